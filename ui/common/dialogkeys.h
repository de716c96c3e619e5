// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QEvent>
#include <QHash>
#include <QObject>
#include <QSet>

#include "captures/moment.h"

class QDialog;
class QKeyEvent;
class QWidget;

namespace ui {

/// \brief Defines what Enter, Ctrl+Enter and Esc do in every dialog of a window, whichever widget has the
/// focus.
///
/// - Enter presses the focused button, or the default button if no button has the focus.
/// - Ctrl+Enter presses the button with the accept role.  A dialog without such a button, for example a
///   question before something is deleted, ignores it.
/// - Esc closes the dialog.
/// - Tab reaches every button.
/// - Auto-repeated keys press nothing and close nothing.  During `guardTime` after a dialog appeared, Enter,
///   Ctrl+Enter and Space press nothing: the operator meant such a key for the window below.
class DialogKeys : public QObject {
    Q_OBJECT

public:
    /// \param window the filter applies to all dialogs that have this ancestor
    DialogKeys(captures::Clock clock, QWidget* window);

    /// How long a dialog, after it first became visible, ignores keys that would press a button.
    static constexpr std::chrono::milliseconds guardTime{400};

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QDialog* dialogOf(const QObject* window) const;
    void note(const QDialog* dialog, QEvent::Type type);
    [[nodiscard]] bool isGuarded(const QDialog* dialog);
    [[nodiscard]] bool press(QDialog* dialog, const QKeyEvent& key);

    captures::Clock m_clock;
    QWidget* m_window;
    QSet<const QObject*> m_painted;
    QHash<const QObject*, std::chrono::milliseconds> m_since; ///< when each dialog appeared (steady clock)
};

} // namespace ui
