// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/topbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int bar = 5; ///< width of the account's colour
constexpr int widestName = 220;
constexpr qint64 fewLeft = 10; ///< from here on the quota has a sign

} // namespace

AccountButton::AccountButton(QWidget* parent)
    : QToolButton(parent)
{
    setObjectName(u"accountButton"_s);
    setPopupMode(InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::TabFocus);
    auto bold = font();
    bold.setWeight(QFont::DemiBold);
    setFont(bold);
}

void AccountButton::setAccount(const QString& label)
{
    m_label = shown(label, 120);
    setText(fontMetrics().elidedText(m_label, Qt::ElideMiddle, widestName).replace(u'&', u"&&"_s));
    setAccessibleName(tr("Connection: %1").arg(m_label));
    setToolTip(m_label.toHtmlEscaped());
    updateGeometry();
}

QSize AccountButton::sizeHint() const
{
    return QToolButton::sizeHint() + QSize(bar + 22, 6);
}

void AccountButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.features &= ~QStyleOptionToolButton::HasMenu; // the arrow is drawn where the text ends
    option.text.clear();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
    painter.fillRect(3, 4, bar, height() - 8, accountColour(m_label));
    const auto down = ui::icon("down"_L1);
    const QRect words(bar + 10, 0, width() - bar - 34, height());
    painter.drawItemText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, palette(),
                         isEnabled(), text(), QPalette::ButtonText);
    down.paint(&painter, QRect(width() - 20, (height() - 12) / 2, 12, 12));
}

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent)
{
    setObjectName(u"search"_s);
    setAccessibleName(tr("Search devices"));
    setPlaceholderText(tr("Search name, e-mail, ID, version…  Ctrl+F"));
    setClearButtonEnabled(true);
    addAction(icon("search"_L1), LeadingPosition)->setToolTip(tr("Search devices"));
    setMaxLength(200);
    setMinimumHeight(28);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain &&
        (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT toTable();
        event->accept();
    } else if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

TopBar::TopBar(QMenu* accounts, QWidget* parent)
    : QWidget(parent)
    , m_account(new AccountButton(this))
    , m_refresh(new QToolButton(this))
    , m_search(new SearchField(this))
    , m_sign(new QLabel(this))
    , m_quota(new QLabel(this))
{
    setObjectName(u"topBar"_s);
    m_account->setMenu(accounts);
    m_refresh->setObjectName(u"refreshButton"_s);
    m_refresh->setAutoRaise(true);
    m_refresh->setFocusPolicy(Qt::TabFocus);
    m_quota->setObjectName(u"quota"_s);
    m_quota->setTextFormat(Qt::PlainText);
    m_sign->hide();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_account);
    row->addWidget(m_refresh);
    row->addWidget(m_search, 1);
    row->addSpacing(8);
    row->addWidget(m_sign);
    row->addWidget(m_quota);
    m_search->setMaximumWidth(640);
    row->insertStretch(3, 0);
    row->setStretch(2, 10);
    row->setStretch(3, 1);
}

void TopBar::setAccount(const QString& label)
{
    m_account->setAccount(label);
}

void TopBar::setQuota(const std::optional<api::Quota>& quota, const QDateTime& now)
{
    if (!quota) {
        m_quota->clear();
        m_quota->setToolTip({});
        m_sign->hide();
        return;
    }
    const auto left = quota->left();
    const auto reset = clockTime(quota->reset, now);
    m_quota->setText(left == 0 ? tr("No captures left today · more at %1").arg(reset)
                               : counted(left, tr("1 capture left today"), tr("%1 captures left today")));
    m_quota->setToolTip(tr("Shared by everyone in this account. %1 of %2 are used; more at %3.")
                            .arg(QLocale().toString(quota->used), QLocale().toString(quota->allowed), reset));
    m_sign->setVisible(left <= fewLeft);
    m_sign->setPixmap(icon("warning"_L1, left == 0 ? Tone::Bad : Tone::Warning).pixmap(16, 16));
}

} // namespace ui
