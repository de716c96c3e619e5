// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QDialog>
#include <QMap>
#include <QNetworkAccessManager>
#include <QSet>

#include "connections/connection.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace ui {

/// \brief A connection typed in: each error beside its field, tried before it is taken, kept in memory alone.
class ConnectDialog : public QDialog {
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget* parent = nullptr);

Q_SIGNALS:
    void connected(const connections::Connection& connection);

private:
    using Field = connections::Draft::Field;

    void addField(QFormLayout* form, Field field, const QString& label, const QString& name, bool secret);
    [[nodiscard]] connections::Draft draft() const;
    void check();
    void tryOut();
    void setBusy(bool busy);

    struct Row {
        QLineEdit* edit;
        QLabel* label;
        QLabel* error;
        QWidget* box;
    };

    QMap<Field, Row> m_rows;
    QSet<int> m_touched; ///< fields that were left once: before that an empty one is no mistake
    QRadioButton* m_withToken;
    QRadioButton* m_withKey;
    QComboBox* m_format;
    QLabel* m_failure;
    QPushButton* m_connect;
    QNetworkAccessManager m_network;
    connections::Connection m_tried;
};

} // namespace ui
