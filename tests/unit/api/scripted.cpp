// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scripted.h"

#include <QNetworkProxy>
#include <QTimer>
#include <QUrl>

namespace {

/// Emits the signals of a network reply, later, from the event loop.
class ScriptedReply : public QNetworkReply {
public:
    ScriptedReply(ScriptedManager* manager, QNetworkAccessManager::Operation operation,
                  const QNetworkRequest& request, const Answer& answer, QObject* parent)
        : QNetworkReply(parent)
        , m_answer(answer)
    {
        setOperation(operation);
        setRequest(request);
        setUrl(request.url());
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        if (answer.hangs)
            connect(manager, &ScriptedManager::released, this, &ScriptedReply::play);
        else
            QTimer::singleShot(0, this, &ScriptedReply::play);
    }

    void abort() override
    {
        if (isFinished())
            return;
        setError(OperationCanceledError, QStringLiteral("Operation canceled"));
        conclude();
    }

    qint64 bytesAvailable() const override
    {
        return m_answer.body.size() - m_at + QIODevice::bytesAvailable();
    }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        const auto count = std::min<qint64>(maxSize, m_answer.body.size() - m_at);
        std::copy_n(m_answer.body.constData() + m_at, count, data);
        m_at += count;
        return count > 0 ? count : (isFinished() ? -1 : 0);
    }

private:
    void play()
    {
        if (isFinished())
            return;
        if (!m_answer.neverSent)
            Q_EMIT requestSent();
        if (m_answer.status != 0) {
            setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
            for (const auto& [name, value] : m_answer.headers)
                setRawHeader(name, value);
            Q_EMIT metaDataChanged();
        }
        if (!m_answer.body.isEmpty())
            Q_EMIT readyRead();
        if (isFinished())
            return; // a slot has aborted it
        if (m_answer.error != NoError)
            setError(m_answer.error, QStringLiteral("scripted"));
        conclude();
    }

    void conclude()
    {
        setFinished(true);
        Q_EMIT finished();
    }

    Answer m_answer;
    qint64 m_at = 0;
};

QByteArray nameOf(QNetworkAccessManager::Operation operation)
{
    return operation == QNetworkAccessManager::PostOperation  ? "POST"
           : operation == QNetworkAccessManager::GetOperation ? "GET"
                                                              : "another";
}

} // namespace

Answer json(const QByteArray& body, int status)
{
    Answer answer{.status = status, .body = body};
    if (status >= 500)
        answer.error = QNetworkReply::InternalServerError;
    else if (status >= 400)
        answer.error = QNetworkReply::UnknownContentError;
    return answer;
}

Answer refusal(int status, const QByteArray& pointer, const QByteArray& message)
{
    QByteArray notice = R"({"code": 1001, "message": ")" + message + '"';
    if (!pointer.isEmpty())
        notice += R"(, "source": {"pointer": ")" + pointer + "\"}";
    return json(R"({"success": false, "errors": [)" + notice + R"(}], "messages": [], "result": null})",
                status);
}

void ScriptedManager::expect(const QByteArray& method, const QByteArray& target, const Answer& answer,
                             const std::optional<QByteArray>& body)
{
    m_script.push_back({method, target, body, answer});
}

void ScriptedManager::release()
{
    Q_EMIT released();
}

QString ScriptedManager::problems() const
{
    auto all = m_problems;
    for (const auto& line : m_script)
        all << QStringLiteral("not asked: ") + QString::fromLatin1(line.method + ' ' + line.target);
    return all.join(u'\n');
}

QNetworkReply* ScriptedManager::createRequest(Operation operation, const QNetworkRequest& request,
                                              QIODevice* body)
{
    Asked asked{.method = nameOf(operation), .request = request, .body = {}};
    const auto target = request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    Answer answer{.status = 0, .error = QNetworkReply::ConnectionRefusedError, .neverSent = true};
    if (!m_script.empty()) {
        answer = m_script.front().answer;
        const auto& line = m_script.front();
        if (!answer.neverSent && body)
            asked.body = body->readAll();
        if (line.method != asked.method || line.target != target || (line.body && *line.body != asked.body)) {
            m_problems << QStringLiteral("expected %1 %2 %3, was asked %4 %5 %6")
                              .arg(QString::fromUtf8(line.method), QString::fromUtf8(line.target),
                                   QString::fromUtf8(line.body.value_or("")), QString::fromUtf8(asked.method),
                                   QString::fromUtf8(target), QString::fromUtf8(asked.body));
        }
        m_script.pop_front();
    } else if (m_otherwise) {
        answer = *m_otherwise;
        if (!answer.neverSent && body)
            asked.body = body->readAll();
    } else {
        m_problems << QStringLiteral("not expected: %1 %2")
                          .arg(QString::fromUtf8(asked.method), QString::fromUtf8(target));
    }
    m_asked << asked;
    m_mostOutstanding = std::max(m_mostOutstanding, ++m_outstanding);
    auto* reply = new ScriptedReply(this, operation, request, answer, this);
    connect(reply, &QNetworkReply::finished, this, [this] { --m_outstanding; });
    return reply;
}
