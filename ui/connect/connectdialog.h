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

/// \brief Dialog that creates or edits a connection.  It shows each error beside its field and tests the
/// connection before saving it.
class ConnectDialog : public QDialog {
    Q_OBJECT

public:
    /// \param store, secrets outlive the dialog
    /// \param edited the connection to edit; without its key if the key is not available; without an ID it is
    /// a new connection
    ConnectDialog(connections::Store* store, storage::Secrets* secrets,
                  const std::optional<connections::Connection>& edited = {}, QWidget* parent = nullptr);

    void say(const QString& sentence); ///< shows an error below the form
    void offerAskingAgain();           ///< shows a button that emits `askAgain`

Q_SIGNALS:
    /// Emitted before the typed connection is tested.
    void trying(const connections::Connection& connection);
    void connected(const connections::Connection& connection);
    /// Follows `connected`: the connection was not saved.
    /// \param words the reason
    void notSaved(const QString& words);
    /// Follows `connected`: the key of the connection is in memory only.
    /// \param words the reason
    void notKept(const QString& id, const QString& words);
    void askAgain(); ///< the operator wants to query the keychain for the key again

private:
    using Verdict = connections::Test::Verdict;

    void tryOut(const std::function<void(const Verdict&)>& then);
    void save(const Verdict& verdict);
    void setBusy(bool busy);
    void waitForKeychain(connections::StoreCall* call);
    void tell(const QString& text, Tone tone);

    connections::Store* m_store;
    QString m_id; ///< of the edited connection
    ConnectForm* m_form;
    QLabel* m_keychain;
    QLabel* m_outcome;
    QPushButton* m_test;
    QPushButton* m_connect;
    QPushButton* m_goOn;                              ///< visible while the keychain waits for the operator
    QPushButton* m_askAgain;                          ///< visible if the keychain did not return the key
    QPointer<QWidget> m_focus;                        ///< the focused widget before the dialog became busy
    std::unique_ptr<QNetworkAccessManager> m_network; ///< a new one for each test: the proxy may differ
    connections::Connection m_tried;
};

} // namespace ui
