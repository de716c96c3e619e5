// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

class QDir;
class QWidget;

namespace ui {

void openAbout(QWidget* parent);

/// Which folders the program writes to, and what is in them.
void openPlaces(QWidget* parent, const QDir& data);

/// Asks before what is not sent yet is lost by quitting.
void openQuitQuestion(QWidget* parent, int unsent, int onTheirWay, const std::function<void()>& quit);

} // namespace ui
