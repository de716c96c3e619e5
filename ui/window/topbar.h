// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QColor>
#include <QWidget>

#include "api/requests.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

/// \brief The top of the window: current connection, refresh, search, and the captures left today.
class TopBar : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);

    void setConnection(const QString& label, const QColor& color);
    void setQuota(const std::optional<api::Quota>& quota);
    void focusSearch();
    void clearSearch();
    [[nodiscard]] QToolButton* connectionButton() const { return m_connection; }

Q_SIGNALS:
    void refresh();
    void search(const QString& text);
    void leaveSearch(); ///< Down or Enter was pressed: the focus moves to the table

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_color;
    QToolButton* m_connection;
    QLineEdit* m_search;
    QLabel* m_quota;
};

} // namespace ui
