// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QDialog>
#include <QMap>
#include <QSet>

#include "connections/connection.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QNetworkAccessManager;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QWidget;

namespace connections {
class Test;
struct Explanation;
} // namespace connections

namespace ui {

class Field;

/// \brief The form of a connection.  It stays, with what was typed, while the connection is tried and when
/// that fails.
class ConnectDialog final : public QDialog {
    Q_OBJECT

public:
    using Network = std::function<std::unique_ptr<QNetworkAccessManager>()>; ///< a new one for each try

    /// \param isTaken whether a name belongs to another connection
    ConnectDialog(Network network, std::function<bool(const QString&)> isTaken, QWidget* parent = nullptr);
    ~ConnectDialog() override;

Q_SIGNALS:
    void tried(const connections::Connection& connection); ///< it works; the dialog closes

protected:
    void accept() override; ///< tries it first
    void reject() override; ///< what runs is cancelled

private:
    using DraftField = connections::Draft::Field;

    void makeFields();
    void addField(DraftField field, const QString& label, const QString& name, bool secret);
    [[nodiscard]] QWidget* makeAdvanced();
    void layOut();
    [[nodiscard]] connections::Draft draft() const;
    [[nodiscard]] QMap<DraftField, QString> errors() const;
    void showErrors();
    void showKind();
    void setBusy(bool busy);
    void failed(const connections::Explanation& words);

    Network m_network;
    std::function<bool(const QString&)> m_isTaken;
    QMap<DraftField, QLineEdit*> m_edits;
    QMap<DraftField, Field*> m_fields;
    QSet<DraftField> m_touched; ///< a field is not scolded before it was left
    QRadioButton* m_byToken = nullptr;
    QRadioButton* m_byKey = nullptr;
    QPushButton* m_more = nullptr;
    QWidget* m_advanced = nullptr;
    QComboBox* m_format = nullptr;
    QWidget* m_failure = nullptr;
    QLabel* m_failureWords = nullptr;
    QLabel* m_failureDetails = nullptr;
    QPushButton* m_showDetails = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_connect = nullptr;
    QWidget* m_form = nullptr;

    std::unique_ptr<QNetworkAccessManager> m_trialNetwork;
    std::unique_ptr<connections::Test> m_trial; ///< destroyed before its network
};

} // namespace ui
