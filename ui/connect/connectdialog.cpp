// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/connectdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "connections/explain.h"
#include "connections/test.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

ConnectDialog::ConnectDialog(QWidget* parent)
    : QDialog(parent)
    , m_withToken(new QRadioButton(tr("API &token"), this))
    , m_withKey(new QRadioButton(tr("E-mail and Global API &key"), this))
    , m_format(new QComboBox(this))
    , m_failure(new QLabel(this))
{
    setObjectName(QStringLiteral("connectDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Connect to an account"));
    setMinimumWidth(560);

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(form, Field::Name, tr("&Name"), QStringLiteral("connectionName"), false);
    addField(form, Field::AccountId, tr("&Account ID"), QStringLiteral("accountId"), false);
    auto* kind = new QVBoxLayout;
    kind->addWidget(m_withToken);
    kind->addWidget(m_withKey);
    form->addRow(tr("With"), kind);
    addField(form, Field::Token, tr("T&oken"), QStringLiteral("token"), true);
    addField(form, Field::Email, tr("&E-mail"), QStringLiteral("email"), false);
    addField(form, Field::Key, tr("Ke&y"), QStringLiteral("key"), true);
    m_withToken->setChecked(true);

    auto* advanced = new QGroupBox(tr("Advanced"), this);
    auto* more = new QFormLayout(advanced);
    more->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(more, Field::BaseUrl, tr("&Base URL"), QStringLiteral("baseUrl"), false);
    m_rows[Field::BaseUrl].edit->setPlaceholderText(connections::defaultBaseUrl().toString());
    auto* formatLabel = new QLabel(tr("Request &format"), this);
    formatLabel->setBuddy(m_format);
    m_format->setObjectName(QStringLiteral("requestFormat"));
    m_format->addItem(tr("Automatic"), int(api::FormatChoice::Automatic));
    m_format->addItem(tr("Documented"), int(api::FormatChoice::Documented));
    m_format->addItem(tr("Current"), int(api::FormatChoice::Current));
    more->addRow(formatLabel, m_format);

    m_failure->setObjectName(QStringLiteral("connectFailure"));
    m_failure->setWordWrap(true);
    m_failure->setTextFormat(Qt::PlainText);
    m_failure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto palette = m_failure->palette();
    palette.setColor(QPalette::WindowText, tone(Tone::Bad));
    m_failure->setPalette(palette);
    m_failure->hide();
    auto* memory = new QLabel(tr("The key stays in memory and is gone when Capture Desk closes."), this);
    memory->setForegroundRole(QPalette::PlaceholderText);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::ActionRole);
    m_connect->setObjectName(QStringLiteral("connect"));
    m_connect->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::tryOut);
    connect(m_withToken, &QRadioButton::toggled, this, &ConnectDialog::check);

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(advanced);
    layout->addWidget(memory);
    layout->addWidget(m_failure);
    layout->addWidget(buttons);
    check();
}

void ConnectDialog::addField(QFormLayout* form, Field field, const QString& label, const QString& name,
                             bool secret)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    Row row{
        .edit = new QLineEdit(box), .label = new QLabel(label, this), .error = new QLabel(box), .box = box};
    row.edit->setObjectName(name);
    // Qt finds a label's words only for a neighbour of the label.
    row.edit->setAccessibleName(QString(label).remove(u'&'));
    row.label->setBuddy(row.edit);
    row.error->setObjectName(name + QStringLiteral("Error"));
    row.error->setWordWrap(true);
    auto palette = row.error->palette();
    palette.setColor(QPalette::WindowText, tone(Tone::Bad));
    row.error->setPalette(palette);
    if (secret) {
        row.edit->setEchoMode(QLineEdit::Password);
        auto* show = row.edit->addAction(icon(QLatin1StringView("search")), QLineEdit::TrailingPosition);
        show->setCheckable(true);
        show->setText(tr("Show what is typed"));
        show->setToolTip(show->text());
        connect(show, &QAction::toggled, row.edit, [edit = row.edit](bool on) {
            edit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
        });
    }
    column->addWidget(row.edit);
    column->addWidget(row.error);
    form->addRow(row.label, box);
    m_rows.insert(field, row);
    connect(row.edit, &QLineEdit::textChanged, this, [this, field](const QString& text) {
        if (!text.isEmpty())
            m_touched.insert(int(field));
        check();
    });
}

connections::Draft ConnectDialog::draft() const
{
    const auto text = [this](Field field) { return m_rows[field].edit->text(); };
    return {.name = text(Field::Name),
            .accountId = text(Field::AccountId),
            .withToken = m_withToken->isChecked(),
            .token = text(Field::Token),
            .email = text(Field::Email),
            .key = text(Field::Key),
            .baseUrl = text(Field::BaseUrl),
            .format = api::FormatChoice(m_format->currentData().toInt())};
}

void ConnectDialog::check()
{
    const auto errors = draft().errors();
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        const bool said = m_touched.contains(int(row.key())) && errors.contains(row.key());
        row->error->setText(said ? errors[row.key()] : QString());
        row->error->setVisible(said);
    }
    const bool token = m_withToken->isChecked();
    for (const auto field : {Field::Token, Field::Email, Field::Key}) {
        const bool counts = (field == Field::Token) == token;
        m_rows[field].box->setVisible(counts);
        m_rows[field].label->setVisible(counts);
    }
}

void ConnectDialog::setBusy(bool busy)
{
    m_connect->setEnabled(!busy);
    m_connect->setText(busy ? tr("Connecting…") : tr("Connect"));
}

void ConnectDialog::tryOut()
{
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row)
        m_touched.insert(int(row.key()));
    check();
    m_failure->hide();
    const auto typed = draft();
    if (const auto errors = typed.errors(); !errors.isEmpty()) {
        m_rows[errors.firstKey()].edit->setFocus();
        return;
    }
    setBusy(true);
    m_tried = typed.connection();
    auto* test = new connections::Test(m_tried, &m_network, this);
    connect(test, &connections::Test::passed, this, [this, test] {
        test->deleteLater();
        Q_EMIT connected(m_tried);
        accept();
    });
    connect(test, &connections::Test::failed, this, [this, test](const api::Error& error) {
        test->deleteLater();
        setBusy(false);
        const auto explanation = connections::explain(error, connections::Act::Connect);
        m_failure->setText(
            QStringList{explanation.what + u' ' + explanation.todo, explanation.details}.join(u'\n'));
        m_failure->show();
    });
    test->start();
}

} // namespace ui
