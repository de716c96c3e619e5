// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/firstpage.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QLabel* paragraph(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// A box with a heading, words and a button at its foot.
QFrame* choice(const QString& heading, const QStringList& words, QPushButton* button, QWidget* parent)
{
    auto* box = new QFrame(parent);
    box->setFrameShape(QFrame::StyledPanel);
    box->setBackgroundRole(QPalette::Base);
    box->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(10);
    auto* title = paragraph(heading, box);
    title->setFont(headingFont());
    column->addWidget(title);
    for (const auto& word : words)
        column->addWidget(paragraph(word, box));
    column->addStretch();
    column->addWidget(button, 0, Qt::AlignLeft);
    return box;
}

} // namespace

FirstPage::FirstPage(bool hasSandbox, QWidget* parent)
    : QWidget(parent)
    , m_problem(new QWidget(this))
    , m_sentence(paragraph({}, m_problem))
{
    setObjectName(u"firstPage"_s);
    auto* sign = new QLabel(m_problem);
    sign->setPixmap(icon("warning"_L1, Tone::Warning).pixmap(16, 16));
    m_sentence->setObjectName(u"firstProblem"_s);
    auto* line = new QHBoxLayout(m_problem);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(sign, 0, Qt::AlignTop);
    line->addWidget(m_sentence, 1);
    m_problem->hide();

    auto* picture = new QLabel(this);
    picture->setPixmap(appIcon().pixmap(48, 48));
    auto* title = paragraph(tr("Packet captures and WARP diagnostics from your users' devices"), this);
    title->setFont(headingFont());

    auto* sandbox = new QPushButton(icon("sandbox"_L1), tr("&Try the sandbox"), this);
    sandbox->setObjectName(u"trySandbox"_s);
    sandbox->setEnabled(hasSandbox);
    auto* account = new QPushButton(icon("connect"_L1), tr("&Connect to an account…"), this);
    account->setObjectName(u"connectAccount"_s);
    for (auto* button : {sandbox, account})
        button->setMinimumHeight(32);
    connect(sandbox, &QPushButton::clicked, this, &FirstPage::sandboxChosen);
    connect(account, &QPushButton::clicked, this, &FirstPage::connectChosen);

    auto* choices = new QHBoxLayout;
    choices->setSpacing(16);
    choices->addWidget(
        choice(tr("Look around"),
               {tr("The sandbox is an account inside this program, with devices that nobody owns."),
                tr("Everything works as with a real account, only faster: search, tick, run, save the "
                   "capture files. Nothing leaves this computer.")},
               sandbox, this),
        1);
    choices->addWidget(
        choice(tr("Work with your own account"),
               {tr("You need an API token with the permission “Cloudflare DEX Write”. To look without "
                   "starting captures, “Cloudflare DEX Read” suffices."),
                tr("And the account ID: 32 characters, in the address of the dashboard right after its "
                   "host, and on an account's Overview page.")},
               account, this),
        1);

    auto* middle = new QWidget(this);
    middle->setMaximumWidth(760);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(18);
    column->addWidget(picture);
    column->addWidget(title);
    column->addWidget(m_problem);
    column->addLayout(choices);

    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(middle, 20);
    row->addStretch(1);
    auto* whole = new QVBoxLayout(this);
    whole->addStretch(2);
    whole->addLayout(row);
    whole->addStretch(3);
    setFocusProxy(hasSandbox ? sandbox : account);
}

void FirstPage::setProblem(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace ui
