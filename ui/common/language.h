// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QApplication;

namespace ui {

/// \brief Makes the window speak the system's language where there is a translation, else English.  English
/// is translated, too: it knows that one device is not "1 devices".
void installLanguage(QApplication& app);

} // namespace ui
