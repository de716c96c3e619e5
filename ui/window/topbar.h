// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>

#include "api/requests.h"

class QLabel;
class QMenu;

namespace ui {

/// \brief The button with the account's name and colour; its menu switches to another.
class AccountButton final : public QToolButton {
    Q_OBJECT

public:
    explicit AccountButton(QWidget* parent = nullptr);

    void setAccount(const QString& label); ///< untrusted as it may be
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_label;
};

/// \brief Search: Down and Enter go on to the table, Esc empties it.
class SearchField final : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);

Q_SIGNALS:
    void toTable();

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

/// \brief The window's first line: whose devices these are, search, and what may still be captured today.
class TopBar final : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(QMenu* accounts, QWidget* parent = nullptr);

    void setAccount(const QString& label);
    void setQuota(const std::optional<api::Quota>& quota, const QDateTime& now);
    [[nodiscard]] SearchField* search() const { return m_search; }
    [[nodiscard]] QToolButton* refreshButton() const { return m_refresh; }

private:
    AccountButton* m_account;
    QToolButton* m_refresh;
    SearchField* m_search;
    QLabel* m_sign;
    QLabel* m_quota;
};

} // namespace ui
