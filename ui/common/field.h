// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

namespace ui {

/// \brief A form's field: its label above, the editor, and what is wrong with it right below.
class Field final : public QWidget {
    Q_OBJECT

public:
    /// \param editor becomes a child; the label is its buddy, so that it is named for a screen reader
    Field(const QString& label, QWidget* editor, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* editor() const { return m_editor; }
    void setError(const QString& sentence); ///< empty: nothing is wrong
    [[nodiscard]] QString error() const;
    void setHelp(const QString& sentence); ///< below the editor, where there is no error

private:
    void reword();

    QWidget* m_editor;
    QWidget* m_line;
    QLabel* m_sign;
    QLabel* m_below;
    QString m_error;
    QString m_help;
};

} // namespace ui
