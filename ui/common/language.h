// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QApplication;

namespace ui {

/// \brief Installs the translation for the system's language, or English if there is none.  English has a
/// translation file, too: it supplies the plural forms, so that one device is not "1 devices".
void installLanguage(QApplication& app);

} // namespace ui
