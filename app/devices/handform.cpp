// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/handform.h"

#include <algorithm>

#include <QStringList>

#include "devices/cells.h"
#include "devices/names.h"
#include "devices/tr.h"

namespace devices {

namespace {

/// Removes what is often copied along with a text: quotes, braces, invisible characters.
QString bare(const QString& typed)
{
    auto text = withoutInvisible(typed);
    text.removeIf([](QChar c) { return c == u'"' || c == u'{' || c == u'}'; });
    return text.simplified();
}

/// The ID as the service writes it; empty if the text is not a UUID.
QString idFrom(const QString& typed)
{
    return uuidOf(bare(typed)).value_or(QString());
}

} // namespace

HandForm HandForm::searched(const QString& text)
{
    HandForm form;
    QStringList rest;
    for (const auto& word : bare(text).split(u' ', Qt::SkipEmptyParts)) {
        // `user:ana` names a field: the value follows the colon.
        const auto value = word.mid(word.indexOf(u':') + 1);
        if (form.id.isEmpty() && !idFrom(value).isEmpty())
            form.id = idFrom(value);
        else if (form.email.isEmpty() && value.contains(u'@'))
            form.email = value;
        else if (!value.isEmpty())
            rest << value;
    }
    form.name = rest.join(u' ');
    return form;
}

QString HandForm::error(Field field) const
{
    switch (field) {
    case Field::Name: return {};
    case Field::Id: {
        const auto text = bare(id);
        if (text.isEmpty() || !idFrom(text).isEmpty())
            return {};
        const auto digits = std::ranges::count_if(text, [](QChar c) { return c != u'-' && c != u' '; });
        return digits == 32
                   ? Text::tr("A device ID has only digits, 0 to 9 and a to f, and dashes.")
                   : Text::tr("A device ID has 32 digits, 0 to 9 and a to f; this has %1.").arg(digits);
    }
    case Field::Email:
        if (bare(email).isEmpty() || isEmail(bare(email)))
            return {};
        return bare(email).contains(u'@') ? Text::tr("An e-mail address is name@domain, without spaces.")
                                          : Text::tr("An e-mail address has an @.");
    }
    Q_UNREACHABLE();
}

QString HandForm::missing() const
{
    if (!bare(name).isEmpty() || !bare(id).isEmpty())
        return {};
    return bare(email).isEmpty()
               ? Text::tr("Type the device's name, or its ID.")
               : Text::tr("A user may have several devices: type the device's name, or its ID, as well.");
}

QString HandForm::outcome() const
{
    if (!idFrom(id).isEmpty() && isEmail(bare(email)))
        return Text::tr("A capture can wait for it, or be sent at once.");
    return Text::tr("A capture waits until the service lists a device with this %1.")
        .arg(idFrom(id).isEmpty() ? Text::tr("name") : Text::tr("ID"));
}

bool HandForm::isComplete() const
{
    return missing().isEmpty() && error(Field::Id).isEmpty() && error(Field::Email).isEmpty();
}

Device HandForm::device() const
{
    return {.deviceId = idFrom(id),
            .email = bare(email),
            .name = bare(name),
            .platform = platform,
            .standing = Standing::NotSeen};
}

} // namespace devices
