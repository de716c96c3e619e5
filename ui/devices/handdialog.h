// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "devices/device.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// \brief Asks for a device that the service does not list: an ID and a user are what a capture needs.
class HandDialog : public QDialog {
    Q_OBJECT

public:
    explicit HandDialog(QWidget* parent = nullptr);

Q_SIGNALS:
    void typed(const devices::Device& device);

private:
    void check();

    QLineEdit* m_id;
    QLineEdit* m_email;
    QLineEdit* m_name;
    QComboBox* m_platform;
    QLabel* m_error;
    QPushButton* m_add;
};

} // namespace ui
