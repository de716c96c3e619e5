// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace ui {

/// \brief Lets Shift+F10 open the context menu, as the Menu key does.  Many keyboards have no Menu key, and
/// Qt handles this shortcut on Windows only.
class MenuKey : public QObject {
    Q_OBJECT

public:
    explicit MenuKey(QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui
