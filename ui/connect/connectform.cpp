// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/connectform.h"

#include <iterator>

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/common/theme.h"
#include "ui/connect/color.h"

namespace ui {

using connections::Draft;
using Proxy = api::Route::Proxy;

ConnectForm::ConnectForm(QWidget* parent)
    : QWidget(parent)
    , m_color(new QComboBox(this))
    , m_withToken(new QRadioButton(tr("API &token"), this))
    , m_withKey(new QRadioButton(tr("E-mail and Global API &key"), this))
    , m_more(new QToolButton(this))
    , m_advanced(new QWidget(this))
    , m_format(new QComboBox(this))
    , m_proxy(new QComboBox(this))
    , m_passwordLabel(new QLabel(tr("Proxy pass&word"), this))
    , m_password(new QLineEdit(this))
{
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(form, Field::Name, tr("&Name"), QStringLiteral("connectionName"));
    auto* colorLabel = new QLabel(tr("&Colour"), this);
    colorLabel->setBuddy(m_color);
    m_color->setObjectName(QStringLiteral("connectionColor"));
    fillColors();
    form->addRow(colorLabel, m_color);
    addField(form, Field::AccountId, tr("&Account ID"), QStringLiteral("accountId"));
    auto* kind = new QVBoxLayout;
    kind->addWidget(m_withToken);
    kind->addWidget(m_withKey);
    form->addRow(tr("Authentication"), kind);
    addField(form, Field::Token, tr("T&oken"), QStringLiteral("token"));
    addField(form, Field::Email, tr("&E-mail"), QStringLiteral("email"));
    addField(form, Field::Key, tr("Ke&y"), QStringLiteral("key"));
    hideText(m_rows[Field::Token].edit);
    hideText(m_rows[Field::Key].edit);
    m_withToken->setChecked(true);
    connect(m_withToken, &QRadioButton::toggled, this, &ConnectForm::check);

    m_more->setObjectName(QStringLiteral("advanced"));
    m_more->setText(tr("Advanced"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setArrowType(Qt::RightArrow);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_more, &QToolButton::toggled, this, [this](bool open) {
        m_more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_advanced->setVisible(open);
        window()->adjustSize();
    });
    buildAdvanced();
    m_advanced->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(form);
    layout->addWidget(m_more);
    layout->addWidget(m_advanced);
    orderTabs();
    check();
}

/// Sets the tab order from top to bottom, independent of the order of creation; the first field has the focus
/// at the start.
void ConnectForm::orderTabs()
{
    const auto edit = [this](Field field) { return m_rows[field].edit; };
    QWidget* const order[] = {edit(Field::Name),
                              m_color,
                              edit(Field::AccountId),
                              m_withToken,
                              m_withKey,
                              edit(Field::Token),
                              edit(Field::Email),
                              edit(Field::Key),
                              m_more,
                              edit(Field::BaseUrl),
                              m_format,
                              m_proxy,
                              edit(Field::ProxyHost),
                              edit(Field::ProxyPort),
                              edit(Field::ProxyUser),
                              m_password,
                              edit(Field::CaFile)};
    for (size_t i = 1; i < std::size(order); ++i)
        setTabOrder(order[i - 1], order[i]);
}

void ConnectForm::buildAdvanced()
{
    auto* form = new QFormLayout(m_advanced);
    form->setContentsMargins(12, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addField(form, Field::BaseUrl, tr("&Base URL"), QStringLiteral("baseUrl"));
    m_rows[Field::BaseUrl].edit->setPlaceholderText(connections::defaultBaseUrl().toString());
    auto* formatLabel = new QLabel(tr("Request &format"), this);
    formatLabel->setBuddy(m_format);
    m_format->setObjectName(QStringLiteral("requestFormat"));
    m_format->addItem(tr("Automatic"), int(api::FormatChoice::Automatic));
    m_format->addItem(tr("Documented"), int(api::FormatChoice::Documented));
    m_format->addItem(tr("Current"), int(api::FormatChoice::Current));
    form->addRow(formatLabel, m_format);

    auto* proxyLabel = new QLabel(tr("Pro&xy"), this);
    proxyLabel->setBuddy(m_proxy);
    m_proxy->setObjectName(QStringLiteral("proxy"));
    m_proxy->addItem(tr("The system's"), int(Proxy::System));
    m_proxy->addItem(tr("None"), int(Proxy::None));
    m_proxy->addItem(tr("This one"), int(Proxy::Typed));
    form->addRow(proxyLabel, m_proxy);
    connect(m_proxy, &QComboBox::currentIndexChanged, this, &ConnectForm::check);
    addField(form, Field::ProxyHost, tr("Proxy &host"), QStringLiteral("proxyHost"));
    addField(form, Field::ProxyPort, tr("Proxy po&rt"), QStringLiteral("proxyPort"));
    addField(form, Field::ProxyUser, tr("Proxy &user"), QStringLiteral("proxyUser"));
    m_rows[Field::ProxyUser].edit->setPlaceholderText(tr("only where it asks for one"));
    m_password->setObjectName(QStringLiteral("proxyPassword"));
    m_passwordLabel->setBuddy(m_password);
    hideText(m_password);
    form->addRow(m_passwordLabel, m_password);

    addField(form, Field::CaFile, tr("E&xtra certificates"), QStringLiteral("caFile"));
    m_rows[Field::CaFile].edit->setPlaceholderText(tr("a PEM file, where this network inspects traffic"));
    auto* choose =
        m_rows[Field::CaFile].edit->addAction(icon(QLatin1StringView("folder")), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a file…"));
    choose->setToolTip(choose->text());
    connect(choose, &QAction::triggered, this, &ConnectForm::browse);
}

void ConnectForm::fillColors()
{
    // Hues that are easy to distinguish, with names for those who cannot distinguish them.
    const std::pair<QString, int> colors[] = {
        {tr("Red"), 0},    {tr("Orange"), 28}, {tr("Yellow"), 50},  {tr("Green"), 120},
        {tr("Teal"), 175}, {tr("Blue"), 215},  {tr("Violet"), 270}, {tr("Pink"), 320},
    };
    m_color->addItem(tr("Automatic"), -1);
    for (const auto& [name, hue] : colors)
        m_color->addItem(patch(colorOfHue(hue)), name, hue);
}

void ConnectForm::addField(QFormLayout* form, Field field, const QString& label, const QString& name)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    const Row row{
        .edit = new QLineEdit(box), .label = new QLabel(label, this), .error = new QLabel(box), .box = box};
    row.edit->setObjectName(name);
    // Qt finds the text of a buddy label only if label and field have the same parent.
    row.edit->setAccessibleName(QString(label).remove(u'&'));
    row.label->setBuddy(row.edit);
    row.error->setObjectName(name + QStringLiteral("Error"));
    row.error->setTextFormat(Qt::PlainText);
    row.error->setWordWrap(true);
    setTone(row.error, Tone::Bad);
    column->addWidget(row.edit);
    column->addWidget(row.error);
    form->addRow(row.label, box);
    m_rows.insert(field, row);
    connect(row.edit, &QLineEdit::textChanged, this, [this, field](const QString& text) {
        if (!text.isEmpty()) {
            m_touched.insert(int(field));
            if (field == Field::Key)
                m_touched.insert(int(Field::Email)); // a key needs an e-mail
        }
        check();
    });
}

void ConnectForm::hideText(QLineEdit* edit)
{
    edit->setEchoMode(QLineEdit::Password);
    auto* show = edit->addAction(icon(QLatin1StringView("eye")), QLineEdit::TrailingPosition);
    show->setCheckable(true);
    show->setText(tr("Show what is typed"));
    show->setToolTip(show->text());
    connect(show, &QAction::toggled, edit,
            [edit](bool on) { edit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password); });
}

void ConnectForm::browse()
{
    auto* dialog = new QFileDialog(this, tr("Extra certificates"), {},
                                   tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_rows[Field::CaFile].edit, &QLineEdit::setText);
    dialog->open();
}

void ConnectForm::setDraft(const Draft& draft)
{
    const auto set = [this](Field field, const QString& text) { m_rows[field].edit->setText(text); };
    set(Field::Name, draft.name);
    set(Field::AccountId, draft.accountId);
    set(Field::Token, draft.token);
    set(Field::Email, draft.email);
    set(Field::Key, draft.key);
    set(Field::BaseUrl, draft.baseUrl);
    set(Field::ProxyHost, draft.proxyHost);
    set(Field::ProxyPort, draft.proxyPort);
    set(Field::ProxyUser, draft.proxyUser);
    set(Field::CaFile, draft.caFile);
    m_password->setText(draft.proxyPassword);
    (draft.withToken ? m_withToken : m_withKey)->setChecked(true);
    m_format->setCurrentIndex(m_format->findData(int(draft.format)));
    m_proxy->setCurrentIndex(m_proxy->findData(int(draft.proxy)));
    if (const auto hue = draft.hue.value_or(-1); m_color->findData(hue) < 0)
        m_color->addItem(patch(colorOfHue(hue)), tr("Custom"), hue);
    m_color->setCurrentIndex(m_color->findData(draft.hue.value_or(-1)));
    m_more->setChecked(!draft.baseUrl.isEmpty() || !draft.caFile.isEmpty() || draft.proxy != Proxy::System ||
                       draft.format != api::FormatChoice::Automatic);
}

Draft ConnectForm::draft() const
{
    const auto text = [this](Field field) { return m_rows[field].edit->text(); };
    Draft draft;
    draft.name = text(Field::Name);
    draft.accountId = text(Field::AccountId);
    draft.withToken = m_withToken->isChecked();
    draft.token = text(Field::Token);
    draft.email = text(Field::Email);
    draft.key = text(Field::Key);
    draft.baseUrl = text(Field::BaseUrl);
    draft.format = api::FormatChoice(m_format->currentData().toInt());
    if (const int hue = m_color->currentData().toInt(); hue >= 0)
        draft.hue = hue;
    draft.proxy = Proxy(m_proxy->currentData().toInt());
    draft.proxyHost = text(Field::ProxyHost);
    draft.proxyPort = text(Field::ProxyPort);
    draft.proxyUser = text(Field::ProxyUser);
    draft.proxyPassword = m_password->text();
    draft.caFile = text(Field::CaFile);
    return draft;
}

bool ConnectForm::isComplete()
{
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row)
        m_touched.insert(int(row.key()));
    check();
    const auto errors = draft().errors();
    if (errors.isEmpty())
        return true;
    const auto first = errors.firstKey();
    if (first >= Field::BaseUrl)
        m_more->setChecked(true);
    m_rows[first].edit->setFocus();
    return false;
}

void ConnectForm::show(Field field, bool visible)
{
    m_rows[field].box->setVisible(visible);
    m_rows[field].label->setVisible(visible);
}

void ConnectForm::check()
{
    if (m_rows.size() <= int(Field::CaFile))
        return; // the form is still being built
    const auto errors = draft().errors();
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        const bool said = m_touched.contains(int(row.key())) && errors.contains(row.key());
        row->error->setText(said ? errors[row.key()] : QString());
        row->error->setVisible(said);
    }
    const bool token = m_withToken->isChecked();
    show(Field::Token, token);
    show(Field::Email, !token);
    show(Field::Key, !token);
    const bool typed = Proxy(m_proxy->currentData().toInt()) == Proxy::Typed;
    for (const auto field : {Field::ProxyHost, Field::ProxyPort, Field::ProxyUser})
        show(field, typed);
    m_password->setVisible(typed);
    m_passwordLabel->setVisible(typed);
}

} // namespace ui
