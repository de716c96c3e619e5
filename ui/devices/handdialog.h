// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "devices/fleet.h"
#include "devices/handform.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace ui {

/// \brief Dialog for adding a device that the service does not list.  `devices::HandForm` holds the rules.
/// The dialog shows errors beside the fields at once, and accepts only a device that can be waited for.
class HandDialog : public QDialog {
    Q_OBJECT

public:
    /// \param fleet the devices that the service lists, to detect that it lists the device after all;
    /// outlives the dialog
    /// \param searched the search text that matched nothing; may be empty
    HandDialog(const devices::Fleet* fleet, const QString& searched, QWidget* parent = nullptr);

Q_SIGNALS:
    void typed(const devices::Device& device);

private:
    void check();
    void add();
    [[nodiscard]] devices::HandForm form() const;
    QLabel* addField(QFormLayout* layout, const QString& text, QLineEdit* edit, const char* name);

    const devices::Fleet* m_fleet;
    QLineEdit* m_name;
    QLineEdit* m_id;
    QLineEdit* m_email;
    QComboBox* m_platform;
    QLabel* m_idNote;
    QLabel* m_emailNote;
    QLabel* m_note; ///< what is missing, or what the program will do with the device
    qsizetype m_listed = 0;
};

} // namespace ui
