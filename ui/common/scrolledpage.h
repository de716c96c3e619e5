// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

namespace ui {

/// \brief A page as large as its place, and no smaller than its contents: on a small screen it is scrolled,
/// and what has the focus is in sight.
///
/// QScrollArea itself gives a page with wrapped texts the height that it would like to have, and scrolls
/// although it can be lower.
class ScrolledPage : public QScrollArea {
    Q_OBJECT

public:
    /// \param page with a layout; is owned
    explicit ScrolledPage(QWidget* page, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    void show(const QWidget* focused);
};

} // namespace ui
