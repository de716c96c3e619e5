// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QDialog>

#include "devices/lists.h"

class QLineEdit;
class QPushButton;

namespace ui {

class Field;

/// \brief Asks for a list's name; what is wrong with it stands beside it as it is typed.
class NameDialog : public QDialog {
    Q_OBJECT

public:
    /// What is wrong with a name, or nothing.
    using Check = std::function<QString(const QString&)>;

    NameDialog(const QString& title, const QString& explanation, const QString& button, Check check,
               QWidget* parent = nullptr);

    void setName(const QString& name);
    [[nodiscard]] QString name() const;

protected:
    [[nodiscard]] bool isUsable() const { return m_usable; }
    void setUsable(bool usable);  ///< whether any name would do
    void insert(QWidget* widget); ///< between the explanation and the name

private:
    void judge();

    Check m_check;
    QLineEdit* m_edit;
    Field* m_field;
    QPushButton* m_accept;
    bool m_usable = true;
};

/// \brief What was found in a file, and under which name to keep it.
class ImportDialog final : public NameDialog {
    Q_OBJECT

public:
    ImportDialog(const QString& file, const devices::ReadList& read, Check check, QWidget* parent = nullptr);
};

} // namespace ui
