// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/validation.h"

#include <QJsonDocument>
#include <QSet>

namespace sandbox {

namespace {

/// Rules of one generation of field names.
struct Form {
    QString type;
    QString args;
    bool documented;

    [[nodiscard]] QStringList types() const
    {
        QStringList names{QStringLiteral("pcap"), QStringLiteral("warp-diag")};
        if (!documented)
            names << QStringLiteral("speed-test");
        return names;
    }

    /// The arguments allowed for a type; the documented generation allows the same for all types.
    [[nodiscard]] QStringList argumentsOf(const QString& name) const
    {
        const QStringList capture{QStringLiteral("max-file-size-mb"), QStringLiteral("packet-size-bytes"),
                                  QStringLiteral("time-limit-min")};
        const auto routes = QStringLiteral("test-all-routes");
        const auto interfaces = QStringLiteral("interfaces");
        if (documented)
            return QStringList(capture) << routes << interfaces;
        if (name == QLatin1StringView("pcap"))
            return capture;
        return {name == QLatin1StringView("warp-diag") ? routes : interfaces};
    }
};

const Form documentedForm{QStringLiteral("command_type"), QStringLiteral("command_args"), true};
const Form currentForm{QStringLiteral("type"), QStringLiteral("args"), false};

/// Escapes a key for a JSON pointer (RFC 6901).
QString escaped(QString key)
{
    return key.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

class Reader {
public:
    void refuse(const QString& pointer, const QString& message)
    {
        problems << Problem{.code = badParameter, .message = message, .pointer = pointer};
    }

    QString text(const QJsonObject& object, const QString& key, const QString& at, bool required)
    {
        const auto value = object.value(key);
        if (value.isUndefined() && !required)
            return {};
        if (value.isUndefined())
            refuse(at + u'/' + key, QStringLiteral("%1 is required").arg(key));
        else if (!value.isString() || value.toString().isEmpty())
            refuse(at + u'/' + key, QStringLiteral("%1 must be a non-empty string").arg(key));
        return value.toString();
    }

    void argument(const QString& key, const QJsonValue& value, const QString& at)
    {
        if (key == QLatin1StringView("test-all-routes")) {
            if (!value.isBool())
                refuse(at, QStringLiteral("%1 must be a boolean").arg(key));
        } else if (key == QLatin1StringView("interfaces")) {
            const auto list = value.toArray();
            if (!value.isArray())
                refuse(at, QStringLiteral("interfaces must be an array"));
            for (qsizetype i = 0; i < list.size(); ++i) {
                const auto name = list[i].toString();
                if (name != QLatin1StringView("default") && name != QLatin1StringView("tunnel"))
                    refuse(at + u'/' + QString::number(i), QStringLiteral("must be default or tunnel"));
            }
        } else if (!value.isDouble() || value.toDouble() < 1) {
            refuse(at, QStringLiteral("%1 must be a number of at least 1").arg(key));
        }
    }

    Wanted command(const QJsonObject& object, const Form& form, const QString& at)
    {
        const QStringList fields{form.type, form.args, QStringLiteral("device_id"),
                                 QStringLiteral("user_email"), QStringLiteral("registration_id")};
        const auto keys = object.keys();
        for (const auto& key : keys) {
            if (!fields.contains(key))
                refuse(at + u'/' + escaped(key), QStringLiteral("unknown field %1").arg(key));
        }
        Wanted wanted{.type = text(object, form.type, at, true),
                      .deviceId = text(object, QStringLiteral("device_id"), at, true),
                      .userEmail = text(object, QStringLiteral("user_email"), at, true),
                      .registrationId = text(object, QStringLiteral("registration_id"), at, false),
                      .args = object.value(form.args).toObject()};
        if (!wanted.type.isEmpty() && !form.types().contains(wanted.type))
            refuse(at + u'/' + form.type, QStringLiteral("unknown command type"));
        if (object.contains(form.args) && !object.value(form.args).isObject())
            refuse(at + u'/' + form.args, QStringLiteral("must be an object"));
        const auto allowed = form.argumentsOf(wanted.type);
        for (auto arg = wanted.args.begin(); arg != wanted.args.end(); ++arg) {
            const QString pointer = at + u'/' + form.args + u'/' + escaped(arg.key());
            if (allowed.contains(arg.key()))
                argument(arg.key(), arg.value(), pointer);
            else
                refuse(pointer, QStringLiteral("%1 is not allowed here").arg(arg.key()));
        }
        return wanted;
    }

    QList<Problem> problems;
};

/// The generation of a body: the accepted one, or, if both are accepted, the one that its first command uses.
const Form& formOf(const QJsonArray& commands, Schema schema)
{
    if (schema == Schema::Documented)
        return documentedForm;
    if (schema == Schema::Current)
        return currentForm;
    return commands.first().toObject().contains(currentForm.type) ? currentForm : documentedForm;
}

} // namespace

std::expected<QList<Wanted>, QList<Problem>> readCommands(const QByteArray& body, Schema schema)
{
    constexpr int mostCommands = 20;
    constexpr int mostRows = 10;
    Reader reader;
    const auto at = QStringLiteral("/commands");
    QJsonParseError parse;
    const auto document = QJsonDocument::fromJson(body, &parse);
    if (!document.isObject()) {
        reader.refuse({}, QStringLiteral("the body is not a JSON object"));
        return std::unexpected(reader.problems);
    }
    const auto root = document.object();
    const auto keys = root.keys();
    for (const auto& key : keys) {
        if (key != QLatin1StringView("commands"))
            reader.refuse(u'/' + escaped(key), QStringLiteral("unknown field %1").arg(key));
    }
    const auto commands = root.value(u"commands").toArray();
    if (commands.isEmpty() || commands.size() > mostCommands) {
        reader.refuse(at, QStringLiteral("commands must be an array of 1 to %1").arg(mostCommands));
        return std::unexpected(reader.problems);
    }
    const auto& form = formOf(commands, schema);
    QList<Wanted> result;
    QSet<std::pair<QString, QString>> rows;
    for (qsizetype i = 0; i < commands.size(); ++i) {
        const QString here = at + u'/' + QString::number(i);
        if (!commands[i].isObject()) {
            reader.refuse(here, QStringLiteral("must be an object"));
            continue;
        }
        result << reader.command(commands[i].toObject(), form, here);
        rows.insert({result.last().deviceId, result.last().registrationId});
    }
    if (rows.size() > mostRows)
        reader.refuse(at, QStringLiteral("at most %1 devices in one request").arg(mostRows));
    if (!reader.problems.isEmpty())
        return std::unexpected(reader.problems);
    return result;
}

} // namespace sandbox
