// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/startpage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/common/text.h"
#include "ui/connect/color.h"

namespace ui {

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_saved(new QWidget(this))
{
    setObjectName(QStringLiteral("startPage"));
    auto* heading = new QLabel(tr("Choose a connection"), this);
    auto font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setBold(true);
    heading->setFont(font);

    const auto paragraph = [this](const QString& text) {
        auto* label = new QLabel(text, this);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(520);
        label->setMaximumWidth(520);
        return label;
    };
    auto* sandbox = new QPushButton(tr("Try the &sandbox"), this);
    sandbox->setObjectName(QStringLiteral("trySandbox"));
    connect(sandbox, &QPushButton::clicked, this, &StartPage::trySandbox);
    auto* account = new QPushButton(tr("Connect to an &account…"), this);
    account->setObjectName(QStringLiteral("connectAccount"));
    account->setDefault(true);
    connect(account, &QPushButton::clicked, this, &StartPage::connectAccount);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(account);
    buttons->addWidget(sandbox);
    buttons->addStretch();

    auto* column = new QVBoxLayout;
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(heading);
    m_saved->setLayout(new QVBoxLayout);
    m_saved->layout()->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_saved);
    column->addWidget(
        paragraph(tr("To connect you need an API token with the permission “Cloudflare DEX Write” (“Read” "
                     "suffices to look around), and the account ID: 32 characters, in the address of the "
                     "dashboard after its host.")));
    column->addWidget(
        paragraph(tr("The sandbox is a made-up account on this computer. Nothing leaves it, and nobody is "
                     "recorded.")));
    column->addSpacing(8);
    column->addLayout(buttons);
    column->addStretch(3);
    auto* row = new QHBoxLayout(this);
    row->addStretch();
    row->addLayout(column);
    row->addStretch();
}

void StartPage::setConnections(const QList<connections::Connection>& all)
{
    const auto former = m_saved->findChildren<QPushButton*>();
    qDeleteAll(former);
    for (const auto& connection : all) {
        auto* button = new QPushButton(patch(colorOf(connection)),
                                       menuText(shown(connection.name, 60)) + QStringLiteral("  (…") +
                                           connection.endpoint.accountId.right(4) + u')',
                                       m_saved);
        button->setObjectName(QStringLiteral("saved"));
        button->setMinimumHeight(34);
        m_saved->layout()->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, id = connection.id] { Q_EMIT openSaved(id); });
    }
    m_saved->setVisible(!all.isEmpty());
    if (!all.isEmpty())
        m_saved->findChild<QPushButton*>()->setFocus();
}

} // namespace ui
