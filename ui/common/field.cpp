// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;

Field::Field(const QString& label, QWidget* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_line(new QWidget(this))
    , m_sign(new QLabel(m_line))
    , m_below(new QLabel(m_line))
{
    auto* name = new QLabel(label, this);
    name->setBuddy(editor);
    m_sign->setPixmap(icon("warning"_L1, Tone::Bad).pixmap(16, 16));
    m_below->setTextFormat(Qt::PlainText);
    m_below->setWordWrap(true);
    m_below->setObjectName(editor->objectName() + u"Error"_s);

    auto* line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(m_sign, 0, Qt::AlignTop);
    line->addWidget(m_below, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(name);
    column->addWidget(editor);
    column->addWidget(m_line);
    reword();
}

void Field::setError(const QString& sentence)
{
    if (m_error != sentence) {
        m_error = sentence;
        reword();
    }
}

QString Field::error() const
{
    return m_error;
}

void Field::setHelp(const QString& sentence)
{
    m_help = sentence;
    reword();
}

void Field::reword()
{
    const bool wrong = !m_error.isEmpty();
    const auto& text = wrong ? m_error : m_help;
    m_line->setVisible(!text.isEmpty());
    m_sign->setVisible(wrong);
    m_below->setText(text);
    auto palette = this->palette();
    palette.setColor(QPalette::WindowText, wrong ? tone(Tone::Bad) : quiet());
    m_below->setPalette(palette);
    m_editor->setAccessibleDescription(text);
}

} // namespace ui
