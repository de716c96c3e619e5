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

#include "ui/common/notelabel.h"
#include "ui/common/theme.h"

namespace ui {

using Field = devices::HandForm::Field;

namespace {

void setHandNote(QLabel* label, const QString& text, Tone in)
{
    setTone(label, in);
    label->setText(text);
}

} // namespace

HandDialog::HandDialog(const devices::Fleet* fleet, const QString& searched, QWidget* parent)
    : QDialog(parent)
    , m_fleet(fleet)
    , m_name(new QLineEdit(this))
    , m_id(new QLineEdit(this))
    , m_email(new QLineEdit(this))
    , m_platform(new QComboBox(this))
    , m_note(noteLabel(QStringLiteral("handNote"), this))
{
    setObjectName(QStringLiteral("handDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a device by hand"));
    setMinimumWidth(480);
    m_note->setMinimumHeight(2 * fontMetrics().height());
    m_note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    // The default for an unknown device is Windows, because a Windows machine runs only one capture at a
    // time.
    m_platform->addItem(QStringLiteral("Windows"), QStringLiteral("windows"));
    m_platform->addItem(QStringLiteral("macOS"), QStringLiteral("mac"));
    m_platform->addItem(QStringLiteral("Linux"), QStringLiteral("linux"));

    auto* fields = new QFormLayout;
    addField(fields, tr("Device &name"), m_name, "handName");
    m_idNote = addField(fields, tr("Device &ID"), m_id, "handId");
    m_emailNote = addField(fields, tr("&User (e-mail)"), m_email, "handEmail");
    fields->addRow(tr("&Platform"), m_platform);
    m_id->setToolTip(
        tr("You find the ID in the client's settings on the device, and in the output of “warp-cli "
           "registration show”."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* accepts = buttons->addButton(tr("Add and tick"), QDialogButtonBox::AcceptRole);
    accepts->setObjectName(QStringLiteral("handAdd"));
    accepts->setDefault(true);
    auto* hint = new QLabel(tr("Its name is enough, or its ID."), this);
    hint->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(fields);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &HandDialog::add);

    const auto found = devices::HandForm::searched(searched);
    m_name->setText(found.name);
    m_id->setText(found.id);
    m_email->setText(found.email);
    for (const auto* field : {m_name, m_id, m_email})
        connect(field, &QLineEdit::textChanged, this, &HandDialog::check);
    check();
}

QLabel* HandDialog::addField(QFormLayout* layout, const QString& text, QLineEdit* edit, const char* name)
{
    edit->setObjectName(QLatin1StringView(name));
    layout->addRow(text, edit);
    auto* note = noteLabel(QLatin1StringView(name) + QStringLiteral("Note"), this);
    note->hide();
    layout->addRow({}, note);
    return note;
}

devices::HandForm HandDialog::form() const
{
    devices::HandForm form;
    form.name = m_name->text();
    form.id = m_id->text();
    form.email = m_email->text();
    form.platform = m_platform->currentData().toString();
    return form;
}

void HandDialog::check()
{
    const auto typed = form();
    for (const auto& [note, field] : {std::pair(m_idNote, Field::Id), std::pair(m_emailNote, Field::Email)}) {
        setHandNote(note, typed.error(field), Tone::Bad);
        note->setVisible(!note->text().isEmpty());
    }
    m_listed = typed.isComplete() ? m_fleet->find(devices::entryOf(typed.device())).size() : 0;
    if (const auto missing = typed.missing(); !missing.isEmpty())
        setHandNote(m_note, missing, Tone::Warning);
    else if (!typed.isComplete())
        setHandNote(m_note, {}, Tone::Quiet);
    else if (m_listed == 1)
        setHandNote(m_note, tr("The service lists this device: it is ticked there."), Tone::Quiet);
    else if (m_listed > 1)
        setHandNote(
            m_note,
            tr("The service lists %n devices or users that fit. Search for it, and tick the right one.",
               nullptr, int(m_listed)),
            Tone::Warning);
    else
        setHandNote(m_note, typed.outcome(), Tone::Quiet);
}

/// Accepts the device, or moves the focus to the wrong field; the error is shown beside it.
void HandDialog::add()
{
    const auto typed = form();
    QLineEdit* wrong = !typed.error(Field::Id).isEmpty()      ? m_id
                       : !typed.error(Field::Email).isEmpty() ? m_email
                       : !typed.isComplete() || m_listed > 1  ? m_name
                                                              : nullptr;
    if (wrong) {
        wrong->setFocus();
        wrong->selectAll();
        return;
    }
    Q_EMIT this->typed(typed.device());
    accept();
}

} // namespace ui
