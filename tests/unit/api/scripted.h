// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <functional>
#include <optional>

#include <QNetworkAccessManager>
#include <QNetworkReply>

/// \brief A scripted reply.
struct Answer {
    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {{"Content-Type", "application/json"}};
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool hangs = false;     ///< until it is aborted or released
    bool neverSent = false; ///< the body is not read, and `requestSent` not emitted
};

[[nodiscard]] Answer json(const QByteArray& body, int status = 200);
[[nodiscard]] Answer refusal(int status, const QByteArray& pointer = {},
                             const QByteArray& message = "refused");

/// \brief A network access manager that replies from a script, in order, and records the requests.
class ScriptedManager : public QNetworkAccessManager {
    Q_OBJECT

public:
    struct Asked {
        QByteArray method;
        QNetworkRequest request;
        QByteArray body;
    };

    /// Expects this as the next request.  \param target path and query as sent
    void expect(const QByteArray& method, const QByteArray& target, const Answer& answer,
                const std::optional<QByteArray>& body = {});
    /// Answers any further request like this after the end of the script.
    void otherwise(const Answer& answer) { m_otherwise = answer; }
    /// Completes all hanging replies.
    void release();

    [[nodiscard]] bool isUsedUp() const { return m_script.empty() && m_problems.isEmpty(); }
    [[nodiscard]] QString problems() const;
    [[nodiscard]] const QList<Asked>& asked() const { return m_asked; }
    [[nodiscard]] int outstanding() const { return m_outstanding; }
    [[nodiscard]] int mostOutstanding() const { return m_mostOutstanding; }

Q_SIGNALS:
    void released();

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override;

private:
    struct Line {
        QByteArray method;
        QByteArray target;
        std::optional<QByteArray> body;
        Answer answer;
    };

    std::deque<Line> m_script;
    std::optional<Answer> m_otherwise;
    QStringList m_problems;
    QList<Asked> m_asked;
    int m_outstanding = 0;
    int m_mostOutstanding = 0;
};
