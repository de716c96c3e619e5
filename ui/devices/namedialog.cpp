// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/namedialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/common/theme.h"

namespace ui {

NameDialog::NameDialog(const QString& title, const QString& name,
                       std::function<QString(const QString&)> problem, QWidget* parent)
    : QDialog(parent)
    , m_problem(std::move(problem))
    , m_name(new QLineEdit(name, this))
    , m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("nameDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_name->setObjectName(QStringLiteral("listName"));
    m_name->setMinimumWidth(300);
    auto* label = new QLabel(tr("&Name of the list"), this);
    label->setBuddy(m_name);
    m_error->setObjectName(QStringLiteral("listNameError"));
    setTone(m_error, Tone::Bad);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT named(m_name->text().trimmed());
        accept();
    });
    connect(m_name, &QLineEdit::textChanged, this, &NameDialog::check);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(m_error);
    layout->addWidget(buttons);
    check();
}

void NameDialog::check()
{
    const auto wrong = m_problem(m_name->text());
    // An empty field is not an error yet.
    m_error->setText(m_name->text().isEmpty() ? QString() : wrong);
    m_save->setEnabled(wrong.isEmpty());
}

} // namespace ui
