// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/connectdialog.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "connections/explain.h"
#include "connections/test.h"
#include "ui/common/field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;
using connections::Draft;

namespace {

QLabel* plain(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// An eye at the end of a masked field.
void addShowToggle(QLineEdit* edit)
{
    auto* toggle = edit->addAction(icon("eye"_L1), QLineEdit::TrailingPosition);
    toggle->setCheckable(true);
    toggle->setText(ConnectDialog::tr("Show what was typed"));
    toggle->setToolTip(toggle->text());
    QObject::connect(toggle, &QAction::toggled, edit, [edit, toggle](bool on) {
        edit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
        toggle->setText(on ? ConnectDialog::tr("Hide what was typed")
                           : ConnectDialog::tr("Show what was typed"));
        toggle->setToolTip(toggle->text());
    });
}

} // namespace

ConnectDialog::ConnectDialog(Network network, std::function<bool(const QString&)> isTaken, QWidget* parent)
    : QDialog(parent)
    , m_network(std::move(network))
    , m_isTaken(std::move(isTaken))
{
    setObjectName(u"connectDialog"_s);
    setWindowTitle(tr("Connect to an account"));
    setAttribute(Qt::WA_DeleteOnClose);
    makeFields();
    layOut();
    showKind();
    m_edits[DraftField::Name]->setFocus();
}

ConnectDialog::~ConnectDialog() = default;

void ConnectDialog::makeFields()
{
    m_form = new QWidget(this);
    addField(DraftField::Name, tr("&Name"), u"connectName"_s, false);
    addField(DraftField::AccountId, tr("&Account ID"), u"connectAccountId"_s, false);
    addField(DraftField::Token, tr("API &token"), u"connectToken"_s, true);
    addField(DraftField::Email, tr("&E-mail address"), u"connectEmail"_s, false);
    addField(DraftField::Key, tr("Global API &key"), u"connectKey"_s, true);
    addField(DraftField::BaseUrl, tr("Address of the &service"), u"connectBaseUrl"_s, false);
    m_edits[DraftField::Name]->setPlaceholderText(tr("The customer, for instance"));
    m_edits[DraftField::BaseUrl]->setPlaceholderText(connections::defaultBaseUrl().toString());
    m_fields[DraftField::AccountId]->setHelp(
        tr("32 characters, in the address of the dashboard right after its host."));
    m_fields[DraftField::Token]->setHelp(tr("With “Cloudflare DEX Write”; “Read” suffices to look."));

    m_byToken = new QRadioButton(tr("With an API token"), m_form);
    m_byToken->setObjectName(u"connectByToken"_s);
    m_byToken->setChecked(true);
    m_byKey = new QRadioButton(tr("With an e-mail address and the Global API key"), m_form);
    m_byKey->setObjectName(u"connectByKey"_s);
    connect(m_byToken, &QRadioButton::toggled, this, &ConnectDialog::showKind);
}

void ConnectDialog::addField(DraftField field, const QString& label, const QString& name, bool secret)
{
    auto* edit = new QLineEdit(m_form);
    edit->setObjectName(name);
    if (secret) {
        edit->setEchoMode(QLineEdit::Password);
        addShowToggle(edit);
    }
    m_edits.insert(field, edit);
    m_fields.insert(field, new Field(label, edit, m_form));
    connect(edit, &QLineEdit::editingFinished, this, [this, field, edit] {
        // Tabbing through an empty field is not yet a mistake.
        if (edit->isModified() || !edit->text().isEmpty())
            m_touched.insert(field);
        showErrors();
    });
    connect(edit, &QLineEdit::textEdited, this, [this, field] {
        if (m_touched.contains(field))
            showErrors();
        m_failure->hide();
    });
}

QWidget* ConnectDialog::makeAdvanced()
{
    m_format = new QComboBox(m_form);
    m_format->setObjectName(u"connectFormat"_s);
    m_format->addItem(tr("Automatic"), QVariant::fromValue(int(api::FormatChoice::Automatic)));
    m_format->addItem(tr("Documented (command_type, command_args)"),
                      QVariant::fromValue(int(api::FormatChoice::Documented)));
    m_format->addItem(tr("Current (type, args)"), QVariant::fromValue(int(api::FormatChoice::Current)));
    auto* format = new Field(tr("&Request format"), m_format, m_form);
    format->setHelp(tr("Automatic finds out with the first run which names the service takes."));

    m_more = new QPushButton(icon("right"_L1), tr("A&dvanced"), this);
    m_more->setObjectName(u"connectAdvanced"_s);
    m_more->setCheckable(true);
    m_more->setFlat(true);
    m_more->setAutoDefault(false);
    m_advanced = new QWidget(m_form);
    auto* column = new QVBoxLayout(m_advanced);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_fields[DraftField::BaseUrl]);
    column->addWidget(format);
    m_advanced->hide();
    connect(m_more, &QPushButton::toggled, this, [this](bool on) {
        m_more->setIcon(icon(on ? "down"_L1 : "right"_L1));
        m_advanced->setVisible(on);
        adjustSize();
    });
    return m_advanced;
}

void ConnectDialog::layOut()
{
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(10);
    form->addWidget(m_fields[DraftField::Name]);
    form->addWidget(m_fields[DraftField::AccountId]);
    form->addWidget(m_byToken);
    form->addWidget(m_byKey);
    form->addWidget(m_fields[DraftField::Token]);
    form->addWidget(m_fields[DraftField::Email]);
    form->addWidget(m_fields[DraftField::Key]);
    auto* advanced = makeAdvanced();
    form->addWidget(m_more, 0, Qt::AlignLeft);
    form->addWidget(advanced);

    m_failure = new QWidget(this);
    auto* sign = new QLabel(m_failure);
    sign->setPixmap(icon("fail"_L1, Tone::Bad).pixmap(16, 16));
    m_failureWords = plain(m_failure);
    m_failureWords->setObjectName(u"connectFailure"_s);
    m_failureDetails = plain(m_failure);
    m_failureDetails->setObjectName(u"connectFailureDetails"_s);
    m_failureDetails->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_showDetails = new QPushButton(tr("Details"), m_failure);
    m_showDetails->setObjectName(u"connectShowDetails"_s);
    m_showDetails->setCheckable(true);
    m_showDetails->setAutoDefault(false);
    auto* words = new QVBoxLayout;
    words->addWidget(m_failureWords);
    words->addWidget(m_failureDetails);
    auto* line = new QHBoxLayout(m_failure);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(sign, 0, Qt::AlignTop);
    line->addLayout(words, 1);
    line->addWidget(m_showDetails, 0, Qt::AlignTop);
    m_failureDetails->hide();
    m_failure->hide();
    connect(m_showDetails, &QPushButton::toggled, this, [this](bool on) {
        m_failureDetails->setVisible(on);
        adjustSize();
    });

    auto* memory = plain(this);
    memory->setText(
        tr("Capture Desk keeps this connection, and its key, until it is closed. Nothing is written down."));
    auto palette = memory->palette();
    palette.setColor(QPalette::WindowText, quiet());
    memory->setPalette(palette);

    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"connectProgress"_s);
    m_progress->setAccessibleName(tr("Trying the connection"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    auto keep = m_progress->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keep);
    m_progress->hide();

    auto* buttons = new QDialogButtonBox(this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connectAccept"_s);
    m_connect->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"connectCancel"_s);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_form);
    column->addStretch();
    column->addWidget(m_failure);
    column->addWidget(memory);
    column->addWidget(m_progress);
    column->addWidget(buttons);
    setMinimumWidth(480);
}

Draft ConnectDialog::draft() const
{
    const auto text = [this](DraftField field) { return m_edits[field]->text(); };
    Draft draft;
    draft.name = text(DraftField::Name);
    draft.accountId = text(DraftField::AccountId);
    draft.withToken = m_byToken->isChecked();
    draft.token = text(DraftField::Token);
    draft.email = text(DraftField::Email);
    draft.key = text(DraftField::Key);
    draft.baseUrl = text(DraftField::BaseUrl);
    draft.format = api::FormatChoice(m_format->currentData().toInt());
    return draft;
}

QMap<Draft::Field, QString> ConnectDialog::errors() const
{
    const auto typed = draft();
    auto all = typed.errors();
    if (!all.contains(DraftField::Name) && m_isTaken(typed.name.trimmed()))
        all.insert(DraftField::Name, tr("There is a connection of this name already."));
    return all;
}

void ConnectDialog::showErrors()
{
    const auto all = errors();
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field)
        field.value()->setError(m_touched.contains(field.key()) ? all.value(field.key()) : QString());
}

void ConnectDialog::showKind()
{
    const bool byToken = m_byToken->isChecked();
    m_fields[DraftField::Token]->setVisible(byToken);
    m_fields[DraftField::Email]->setVisible(!byToken);
    m_fields[DraftField::Key]->setVisible(!byToken);
    showErrors();
    adjustSize();
}

void ConnectDialog::setBusy(bool busy)
{
    m_form->setEnabled(!busy);
    m_connect->setEnabled(!busy);
    m_connect->setText(busy ? tr("Connecting…") : tr("Connect"));
    m_progress->setVisible(busy);
}

void ConnectDialog::accept()
{
    if (m_trial)
        return;
    const auto all = errors();
    if (!all.isEmpty()) {
        for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field)
            m_touched.insert(field.key());
        if (all.contains(DraftField::BaseUrl))
            m_more->setChecked(true);
        showErrors();
        m_edits[all.firstKey()]->setFocus();
        return;
    }
    m_failure->hide();
    setBusy(true);
    const auto connection = draft().connection();
    m_trialNetwork = m_network();
    m_trial = std::make_unique<connections::Test>(connection, m_trialNetwork.get());
    connect(m_trial.get(), &connections::Test::passed, this, [this, connection] {
        Q_EMIT tried(connection);
        QDialog::accept();
    });
    connect(m_trial.get(), &connections::Test::failed, this, [this](const api::Error& error) {
        failed(connections::explain(error, connections::Act::Connect));
        // Not here and now: it is the one who tells.
        m_trial.release()->deleteLater();
    });
    m_trial->start();
}

void ConnectDialog::failed(const connections::Explanation& words)
{
    setBusy(false);
    m_failureWords->setText(words.todo.isEmpty() ? words.what : QString(words.what + u' ' + words.todo));
    m_failureDetails->setText(shown(words.details, 1'000));
    m_showDetails->setVisible(!words.details.isEmpty());
    m_failure->show();
    adjustSize();
    m_connect->setFocus();
}

void ConnectDialog::reject()
{
    if (m_trial) { // the first Cancel ends the try, the form stays
        m_trial.reset();
        setBusy(false);
        return;
    }
    QDialog::reject();
}

} // namespace ui
