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

/// \brief What Enter, Ctrl+Enter and Esc do in every dialog of a window, wherever the focus is.
///
/// - Enter presses the button that has the focus; where none has it, the default button.
/// - Ctrl+Enter presses the button with the role that accepts.  A dialog that has none, such as a question
///   before something is deleted, ignores it.
/// - Esc closes the dialog.
/// - Tab reaches every button.
/// - A key that repeats because it is held presses nothing and closes nothing.  In the first moments of a
///   dialog Enter, Ctrl+Enter and Space press nothing: such a key was meant for the window below.
class DialogKeys : public QObject {
    Q_OBJECT

public:
    /// \param window it works for all dialogs that have this ancestor
    DialogKeys(captures::Clock clock, QWidget* window);

    /// For so long after it could first be seen a dialog ignores keys that would press a button.
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
    QHash<const QObject*, std::chrono::milliseconds> m_since; ///< when each dialog began, on the steady clock
};

} // namespace ui
