// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace captures {
class SharedRecord;
}

namespace ui {

/// \brief Says to which file the record is appended and whether that goes well, and lets choose one.
class SharedLine : public QWidget {
    Q_OBJECT

public:
    /// \param shared outlives it
    explicit SharedLine(captures::SharedRecord* shared, QWidget* parent = nullptr);

private:
    void tell();
    void ask();

    captures::SharedRecord* m_shared;
    QLabel* m_words;
    QPushButton* m_choose;
    QPushButton* m_stop;
};

} // namespace ui
