// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMap>
#include <QSet>
#include <QWidget>

#include "connections/connection.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QRadioButton;
class QToolButton;

namespace ui {

/// \brief The input fields of a connection, each with its error beside it.
class ConnectForm : public QWidget {
    Q_OBJECT

public:
    explicit ConnectForm(QWidget* parent = nullptr);

    void setDraft(const connections::Draft& draft);
    [[nodiscard]] connections::Draft draft() const;
    /// Shows all errors and moves the focus to the first.  \returns whether there are none
    [[nodiscard]] bool isComplete();

private:
    using Field = connections::Draft::Field;

    void addField(QFormLayout* form, Field field, const QString& label, const QString& name);
    void hideText(QLineEdit* edit);
    void buildAdvanced();
    void fillColors();
    void orderTabs();
    void browse();
    void check();
    void show(Field field, bool visible);

    struct Row {
        QLineEdit* edit;
        QLabel* label;
        QLabel* error;
        QWidget* box;
    };

    QMap<Field, Row> m_rows;
    QSet<int> m_touched; ///< fields typed into; before that, an empty field is not an error
    QComboBox* m_color;
    QRadioButton* m_withToken;
    QRadioButton* m_withKey;
    QToolButton* m_more;
    QWidget* m_advanced;
    QComboBox* m_format;
    QComboBox* m_proxy;
    QLabel* m_passwordLabel;
    QLineEdit* m_password;
};

} // namespace ui
