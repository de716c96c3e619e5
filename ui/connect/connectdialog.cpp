// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/connectdialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "connections/explain.h"
#include "ui/common/theme.h"
#include "ui/connect/connectform.h"

namespace ui {

using connections::Connection;

ConnectDialog::ConnectDialog(connections::Store* store, storage::Secrets* secrets,
                             const std::optional<Connection>& edited, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_id(edited ? edited->id : QString())
    , m_form(new ConnectForm(this))
    , m_keychain(new QLabel(this))
    , m_outcome(new QLabel(this))
{
    setObjectName(QStringLiteral("connectDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(edited ? tr("Edit the connection") : tr("Connect to an account"));
    setMinimumWidth(560);
    if (edited)
        m_form->setDraft(connections::Draft::from(*edited));

    m_outcome->setObjectName(QStringLiteral("connectFailure"));
    m_outcome->setWordWrap(true);
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcome->hide();
    m_keychain->setObjectName(QStringLiteral("keychainNote"));
    m_keychain->setWordWrap(true);
    m_keychain->setForegroundRole(QPalette::PlaceholderText);
    m_keychain->setText(tr("The key is kept in the system's keychain."));
    auto* look = secrets->check();
    connect(look, &storage::SecretCall::finished, this, [this, look] {
        if (!look->result() && look->result().error().kind == storage::SecretProblem::Kind::NoService)
            m_keychain->setText(
                tr("No keychain can be used on this computer: the key stays in memory and is gone when "
                   "Capture Desk closes."));
    });

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_test = buttons->addButton(tr("&Test"), QDialogButtonBox::ActionRole);
    m_test->setObjectName(QStringLiteral("test"));
    m_test->setAutoDefault(false);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(QStringLiteral("connect"));
    m_connect->setDefault(true);
    m_goOn = buttons->addButton(tr("Go on without &waiting"), QDialogButtonBox::ActionRole);
    m_goOn->setObjectName(QStringLiteral("goOn"));
    m_goOn->setAutoDefault(false);
    m_askAgain = buttons->addButton(tr("Ask a&gain"), QDialogButtonBox::ActionRole);
    m_askAgain->setObjectName(QStringLiteral("askAgain"));
    m_askAgain->setAutoDefault(false);
    connect(m_askAgain, &QPushButton::clicked, this, &ConnectDialog::askAgain);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { tryOut([this](const Verdict& verdict) { save(verdict); }); });
    connect(m_test, &QPushButton::clicked, this, [this] {
        tryOut([this](const Verdict& verdict) {
            setBusy(false);
            const auto works = tr("It works: %n captures left today.", nullptr, int(verdict.quota.left()));
            if (!verdict.access)
                tell(works + u' ' + tr("Whether it may start captures could not be told."), Tone::Warning);
            else if (*verdict.access == api::Access::ReadWrite)
                tell(works + u' ' + tr("It may start captures."), Tone::Good);
            else
                tell(works + u' ' +
                         tr("But it may only look, and not start captures: ask its owner for “Cloudflare DEX "
                            "Write”."),
                     Tone::Warning);
        });
    });

    // After the last addButton(), because each call shows all buttons of the box.
    m_goOn->hide();
    m_askAgain->hide();

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_form);
    layout->addWidget(m_keychain);
    layout->addWidget(m_outcome);
    layout->addStretch();
    layout->addWidget(buttons);
}

void ConnectDialog::say(const QString& sentence)
{
    tell(sentence, Tone::Bad);
}

void ConnectDialog::offerAskingAgain()
{
    m_askAgain->show();
}

void ConnectDialog::tell(const QString& text, Tone how)
{
    setTone(m_outcome, how);
    m_outcome->setText(text.trimmed());
    m_outcome->show();
    QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection); // after the new layout
}

void ConnectDialog::setBusy(bool busy)
{
    // Disabling the focused button would move the focus to Cancel, and a second Enter would discard what was
    // typed.
    if (busy) {
        m_focus = focusWidget();
        setFocus();
    }
    m_connect->setEnabled(!busy);
    m_test->setEnabled(!busy);
    m_connect->setText(busy ? tr("Connecting…") : tr("Connect"));
    if (!busy && m_focus)
        m_focus->setFocus();
}

void ConnectDialog::tryOut(const std::function<void(const Verdict&)>& then)
{
    m_outcome->hide();
    if (!m_form->isComplete())
        return;
    setBusy(true);
    m_tried = m_form->draft().connection();
    m_tried.id = m_id;
    Q_EMIT trying(m_tried);
    m_network = std::make_unique<QNetworkAccessManager>();
    auto* test = new connections::Test(m_tried, m_network.get(), m_network.get());
    connect(test, &connections::Test::passed, this, then);
    connect(test, &connections::Test::failed, this, [this](const api::Error& error) {
        setBusy(false);
        const auto explanation = connections::explain(error, connections::Act::Connect);
        tell(QStringList{explanation.what + u' ' + explanation.todo, explanation.details}.join(u'\n'),
             Tone::Bad);
    });
    test->start();
}

void ConnectDialog::save(const Verdict& verdict)
{
    m_tried.readOnly = verdict.access == api::Access::ReadOnly;
    auto* call = m_store->save(m_tried);
    connect(call, &connections::StoreCall::waiting, this, [this, call] { waitForKeychain(call); });
    connect(call, &connections::StoreCall::finished, this, [this, call] {
        // A connection that could not be saved can still be used.
        Q_EMIT connected(call->result().value_or(m_tried));
        if (!call->result())
            Q_EMIT notSaved(call->result().error());
        else if (!call->memoryOnly().isEmpty())
            Q_EMIT notKept(call->result()->id, call->memoryOnly());
        accept();
    });
}

/// The connection works and is saved; only the keychain's own prompt, in a separate window, is still open.
void ConnectDialog::waitForKeychain(connections::StoreCall* call)
{
    m_connect->setText(tr("Waiting for the keychain…"));
    tell(tr("The connection works. The keychain asks for its password in a window of its own, to keep the "
            "key. "
            "You may go on meanwhile: the key stays in memory until you answer."),
         Tone::Plain);
    m_askAgain->hide();
    m_goOn->show();
    connect(m_goOn, &QPushButton::clicked, call, &connections::StoreCall::goOn, Qt::UniqueConnection);
}

} // namespace ui
