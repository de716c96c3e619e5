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

Q_SIGNALS:
    /// What was typed is about to be used.
    void trying(const connections::Connection& connection);
    /// \param words why it is not kept, or its key is not; may be empty
    void connected(const connections::Connection& connection, const QString& words);

private:
    using Verdict = connections::Test::Verdict;

    void tryOut(const std::function<void(const Verdict&)>& then);
    void save(const Verdict& verdict);
    void setBusy(bool busy);
    void tell(const QString& text, bool bad);

    connections::Store* m_store;
    QString m_id; ///< of the edited one
    ConnectForm* m_form;
    QLabel* m_keychain;
    QLabel* m_outcome;
    QPushButton* m_test;
    QPushButton* m_connect;
    QPointer<QWidget> m_focus;                        ///< before it was busy
    std::unique_ptr<QNetworkAccessManager> m_network; ///< a new one for each try: its proxy may be another
    connections::Connection m_tried;
};

} // namespace ui
