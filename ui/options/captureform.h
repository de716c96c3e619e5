// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QWidget>

#include "captures/options.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace ui {

/// \brief The form for both capture types.  `captures::OptionsForm` holds the rules; this widget decides
/// nothing.
class CaptureForm : public QWidget {
    Q_OBJECT

public:
    explicit CaptureForm(QWidget* parent = nullptr);

    [[nodiscard]] const captures::OptionsForm& form() const { return m_form; }
    void setForm(const captures::OptionsForm& form);
    /// False if the request format in use has no field for interfaces.
    void setInterfacesAllowed(bool allowed);
    void focusProblem();

Q_SIGNALS:
    void edited();

private:
    struct Row {
        QLineEdit* edit;
        QLabel* note; ///< an error, a warning, or empty
    };

    void addNumber(QVBoxLayout* layout, captures::Number number);
    void read();
    void show();

    captures::OptionsForm m_form;
    std::map<captures::Number, Row> m_rows;
    QCheckBox* m_pcap;
    QCheckBox* m_diag;
    QWidget* m_pcapFields;
    QCheckBox* m_outside;
    QCheckBox* m_inside;
    QLabel* m_interfaces;
    QLabel* m_fits;
    QComboBox* m_routes;
    QWidget* m_diagFields;
    bool m_showing = false;
};

} // namespace ui
