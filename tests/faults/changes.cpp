// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "changes.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace faults {

namespace {

void setHeader(Act& act, const QByteArray& name, const QByteArray& value)
{
    act.headers.removeIf([&name](const auto& header) { return header.first.toLower() == name.toLower(); });
    act.headers << std::pair(name, value);
}

void say(Act& act, int status, const QByteArray& type, const QByteArray& body)
{
    act.status = status;
    act.body = body;
    setHeader(act, "Content-Type", type);
}

} // namespace

Change nothing(Act::Then then)
{
    return [then](Act& act) {
        act.reply = Act::Reply::None;
        act.then = then;
    };
}

Change cutShort()
{
    return [](Act& act) {
        act.reply = Act::Reply::CutShort;
        act.then = Act::Then::Close;
    };
}

Change invalidJson()
{
    return [](Act& act) { say(act, 200, "application/json", R"({"success": tru)"); };
}

Change wrongTypes()
{
    return [](Act& act) {
        say(act, 200, "application/json",
            R"({"success": true, "errors": [], "messages": [], "result": {"commands": "none", "devices": 3,
                "quota": "many", "quota_usage": [], "reset_time": 1, "status": 5}})");
    };
}

Change wrongContentType()
{
    return [](Act& act) { setHeader(act, "Content-Type", "text/plain"); };
}

Change page(int status, int retryAfter)
{
    return [=](Act& act) {
        say(act, status, "text/html; charset=utf-8",
            "<html><body><h1>Sign in to the network</h1></body></html>");
        if (retryAfter >= 0)
            setHeader(act, "Retry-After", QByteArray::number(retryAfter));
    };
}

Change refusal(int status, int code, const char* words, int retryAfter)
{
    return [=](Act& act) {
        const QJsonObject error{{u"code"_s, code}, {u"message"_s, QString::fromUtf8(words)}};
        const QJsonObject envelope{{u"success"_s, false},
                                   {u"errors"_s, QJsonArray{error}},
                                   {u"messages"_s, QJsonArray()},
                                   {u"result"_s, QJsonValue::Null}};
        say(act, status, "application/json", QJsonDocument(envelope).toJson());
        if (retryAfter >= 0)
            setHeader(act, "Retry-After", QByteArray::number(retryAfter));
    };
}

Change redirect(int status, const QUrl& to)
{
    return [=](Act& act) {
        page(status)(act);
        setHeader(act, "Location", to.toEncoded() + "/elsewhere");
    };
}

void edit(Act& act, const std::function<void(QJsonObject&)>& change)
{
    auto envelope = QJsonDocument::fromJson(act.body).object();
    change(envelope);
    act.body = QJsonDocument(envelope).toJson(QJsonDocument::Compact);
}

void editRows(Act& act, const QString& list, const std::function<void(QJsonObject&)>& change)
{
    edit(act, [&](QJsonObject& envelope) {
        auto inner = envelope[u"result"].toObject();
        auto all = inner[list].toArray();
        for (auto row : all) {
            auto object = row.toObject();
            change(object);
            row = object;
        }
        inner[list] = all;
        envelope[u"result"] = inner;
    });
}

Change rows(const QString& list, const std::function<void(QJsonObject&)>& change)
{
    return [=](Act& act) { editRows(act, list, change); };
}

Change result(const std::function<void(QJsonObject&)>& change)
{
    return [=](Act& act) {
        edit(act, [&](QJsonObject& envelope) {
            auto inner = envelope[u"result"].toObject();
            change(inner);
            envelope[u"result"] = inner;
        });
    };
}

} // namespace faults
