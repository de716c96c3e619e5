// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// \brief Dialog that asks for a list's name and shows what is wrong with it beside the field.
class NameDialog : public QDialog {
    Q_OBJECT

public:
    /// \param problem returns what is wrong with a name, or an empty text
    NameDialog(const QString& title, const QString& name, std::function<QString(const QString&)> problem,
               QWidget* parent = nullptr);

Q_SIGNALS:
    void named(const QString& name);

private:
    void check();

    std::function<QString(const QString&)> m_problem;
    QLineEdit* m_name;
    QLabel* m_error;
    QPushButton* m_save;
};

} // namespace ui
