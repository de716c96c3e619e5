// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QDialog>
#include <QNetworkAccessManager>
#include <QPointer>

#include "connections/store.h"
#include "connections/test.h"
#include "ui/common/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class ConnectForm;

/// \brief A connection, new or as it is: each error beside its field, tried before it is kept.
class ConnectDialog : public QDialog {
    Q_OBJECT

public:
    /// \param store, secrets outlive it
    /// \param edited nothing but a name and such where its key is not at hand; without an ID: a new one
    ConnectDialog(connections::Store* store, storage::Secrets* secrets,
                  const std::optional<connections::Connection>& edited = {}, QWidget* parent = nullptr);

    void say(const QString& sentence); ///< what is wrong, below the form
    void offerAskingAgain();           ///< shows a button; `askAgain` follows

Q_SIGNALS:
    /// What was typed is about to be used.
    void trying(const connections::Connection& connection);
    void connected(const connections::Connection& connection);
    /// After `connected`: the connection is not kept.
    /// \param words why
    void notSaved(const QString& words);
    /// After `connected`: the key of the connection is in memory only.
    /// \param words why
    void notKept(const QString& id, const QString& words);
    void askAgain(); ///< the keychain, for the key

private:
    using Verdict = connections::Test::Verdict;

    void tryOut(const std::function<void(const Verdict&)>& then);
    void save(const Verdict& verdict);
    void setBusy(bool busy);
    void waitForKeychain(connections::StoreCall* call);
    void tell(const QString& text, Tone tone);

    connections::Store* m_store;
    QString m_id; ///< of the edited one
    ConnectForm* m_form;
    QLabel* m_keychain;
    QLabel* m_outcome;
    QPushButton* m_test;
    QPushButton* m_connect;
    QPushButton* m_goOn;                              ///< while the keychain waits for the operator
    QPushButton* m_askAgain;                          ///< where the keychain did not return the key
    QPointer<QWidget> m_focus;                        ///< before it was busy
    std::unique_ptr<QNetworkAccessManager> m_network; ///< a new one for each try: its proxy may be another
    connections::Connection m_tried;
};

} // namespace ui
