// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/emptystate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_what(new QLabel(this))
    , m_todo(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"emptyState"_s);
    for (auto* label : {m_what, m_todo}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setMinimumWidth(360);
    }
    m_what->setObjectName(u"emptyWhat"_s);
    m_todo->setObjectName(u"emptyTodo"_s);
    auto bold = m_what->font();
    bold.setWeight(QFont::DemiBold);
    m_what->setFont(bold);
    m_picture->setAlignment(Qt::AlignCenter);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->hide();
    m_buttons->setSpacing(8);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_picture);
    column->addWidget(m_what);
    column->addWidget(m_todo);
    column->addWidget(m_progress);
    column->addLayout(m_buttons);
    hide();
}

void EmptyState::say(QLatin1StringView iconName, const QString& what, const QString& todo,
                     const QList<Offer>& offers)
{
    QString said = what + u'\n' + todo;
    for (const auto& offer : offers)
        said += u'\n' + offer.text;
    if (said != m_said) {
        m_said = said;
        m_picture->setPixmap(icon(iconName, Tone::Waiting).pixmap(32, 32));
        m_what->setText(what);
        m_todo->setText(todo);
        m_todo->setVisible(!todo.isEmpty());
        while (auto* item = m_buttons->takeAt(0)) {
            if (item->widget())
                item->widget()->deleteLater();
            delete item;
        }
        m_buttons->addStretch();
        for (const auto& offer : offers) {
            auto* button = new QPushButton(offer.text, this);
            button->setObjectName(offer.objectName);
            button->setAutoDefault(false);
            connect(button, &QPushButton::clicked, this, offer.act);
            m_buttons->addWidget(button);
        }
        m_buttons->addStretch();
    }
    show();
}

void EmptyState::setProgress(int done, int total)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
    m_progress->show();
}

void EmptyState::hideProgress()
{
    m_progress->hide();
}

} // namespace ui
