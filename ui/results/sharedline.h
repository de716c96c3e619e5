// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace captures {
class SharedRecord;
}

namespace storage {
class Settings;
}

namespace ui {

/// \brief Shows to which shared file the audit log is appended and whether that succeeds, and lets the
/// operator choose a file.
class SharedLine : public QWidget {
    Q_OBJECT

public:
    /// \param shared outlives the widget
    SharedLine(captures::SharedRecord* shared, const storage::Settings* settings, QWidget* parent = nullptr);

private:
    void tell();
    void ask();

    captures::SharedRecord* m_shared;
    const storage::Settings* m_settings;
    QLabel* m_words;
    QPushButton* m_choose;
    QPushButton* m_stop;
};

} // namespace ui
