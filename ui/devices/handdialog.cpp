// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/handdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "devices/cells.h"
#include "ui/common/theme.h"

namespace ui {

HandDialog::HandDialog(QWidget* parent)
    : QDialog(parent)
    , m_id(new QLineEdit(this))
    , m_email(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_platform(new QComboBox(this))
    , m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("handDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a device by hand"));
    m_id->setObjectName(QStringLiteral("handId"));
    m_id->setMinimumWidth(320);
    m_email->setObjectName(QStringLiteral("handEmail"));
    m_name->setObjectName(QStringLiteral("handName"));
    // A Windows machine takes one capture at a time, so that is what an unknown one is taken for.
    m_platform->addItem(QStringLiteral("Windows"), QStringLiteral("windows"));
    m_platform->addItem(QStringLiteral("macOS"), QStringLiteral("mac"));
    m_platform->addItem(QStringLiteral("Linux"), QStringLiteral("linux"));
    setTone(m_error, Tone::Bad);
    m_error->setTextFormat(Qt::PlainText);

    auto* form = new QFormLayout;
    form->addRow(tr("Device &ID"), m_id);
    form->addRow(tr("&User (e-mail)"), m_email);
    form->addRow(tr("&Name, for you"), m_name);
    form->addRow(tr("&Platform"), m_platform);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("Add and tick"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("handAdd"));
    m_add->setDefault(true);
    auto* hint = new QLabel(tr("The ID stands in the client's settings on the device, and in the output of "
                               "“warp-cli registration show”."),
                            this);
    hint->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(m_error);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT typed({.deviceId = devices::plainId(m_id->text().trimmed()),
                      .email = m_email->text().trimmed(),
                      .name = m_name->text().trimmed(),
                      .platform = m_platform->currentData().toString()});
        accept();
    });
    for (auto* field : {m_id, m_email})
        connect(field, &QLineEdit::textChanged, this, &HandDialog::check);
    check();
}

void HandDialog::check()
{
    const auto email = m_email->text().trimmed();
    const auto at = email.indexOf(u'@');
    const bool address = at > 0 && at < email.size() - 1 && !email.contains(u' ');
    // An empty field is not yet a mistake.
    m_error->setText(email.isEmpty() || address ? QString() : tr("This is no e-mail address."));
    m_add->setEnabled(address && !m_id->text().trimmed().isEmpty());
}

} // namespace ui
