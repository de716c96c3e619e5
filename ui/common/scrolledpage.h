// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

namespace ui {

/// \brief A scroll area whose page fills it but is never smaller than its contents.  On a small screen the
/// page scrolls, and the focused widget stays visible.
///
/// QScrollArea alone gives a page with wrapped texts its preferred height, and scrolls although the page
/// could be lower.
class ScrolledPage : public QScrollArea {
    Q_OBJECT

public:
    /// \param page has a layout; the scroll area owns it
    explicit ScrolledPage(QWidget* page, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    void show(const QWidget* focused);
};

} // namespace ui
