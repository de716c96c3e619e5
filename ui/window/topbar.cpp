// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/topbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int widest = 300; ///< pixels of a connection's name

} // namespace

TopBar::TopBar(QWidget* parent)
    : QWidget(parent)
    , m_color(new QWidget(this))
    , m_connection(new QToolButton(this))
    , m_search(new QLineEdit(this))
    , m_quota(new QLabel(this))
{
    m_color->setFixedWidth(6);
    m_connection->setObjectName(QStringLiteral("connection"));
    m_connection->setPopupMode(QToolButton::InstantPopup);
    m_connection->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto font = m_connection->font();
    font.setBold(true);
    m_connection->setFont(font);
    auto* again = new QToolButton(this);
    again->setObjectName(QStringLiteral("refresh"));
    again->setIcon(icon(QLatin1StringView("refresh")));
    again->setAccessibleName(tr("Refresh"));
    again->setToolTip(tr("Refresh (F5)"));
    connect(again, &QToolButton::clicked, this, &TopBar::refresh);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search name, e-mail, ID, version…"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QLatin1StringView("search"), Tone::Quiet), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(460);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &TopBar::search);
    m_quota->setObjectName(QStringLiteral("quota"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_color);
    row->addWidget(m_connection);
    row->addWidget(again);
    row->addWidget(m_search, 1);
    row->addStretch();
    row->addWidget(m_quota);
    setConnection({}, {});
}

void TopBar::setConnection(const QString& label, const QColor& color)
{
    const auto name = label.isEmpty() ? tr("No connection") : shown(label, 60);
    m_connection->setText(menuText(m_connection->fontMetrics().elidedText(name, Qt::ElideRight, widest)));
    m_connection->setAccessibleName(tr("Connection: %1").arg(name));
    m_connection->setToolTip(
        ui::toolTip(tr("Whose devices these are") + (label.isEmpty() ? label : u'\n' + label)));
    m_color->setAutoFillBackground(color.isValid());
    auto palette = m_color->palette();
    palette.setColor(QPalette::Window, color);
    m_color->setPalette(palette);
}

void TopBar::setQuota(const std::optional<api::Quota>& quota)
{
    if (!quota) {
        m_quota->clear();
        m_quota->setToolTip({});
        return;
    }
    m_quota->setText(tr("%n captures left today", nullptr, int(quota->left())));
    m_quota->setToolTip(tr("Shared by everyone of this account. More at %1.").arg(clock(quota->reset)));
}

void TopBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TopBar::clearSearch()
{
    m_search->clear();
    m_search->setFocus();
}

bool TopBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
        if (plain &&
            (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            Q_EMIT leaveSearch();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
