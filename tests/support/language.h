// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace support {

/// \brief Translates each text, Qt's own included, by putting it between marks.  Installed for its lifetime.
class MarkedLanguage final : public QTranslator {
public:
    MarkedLanguage() { QCoreApplication::installTranslator(this); }
    ~MarkedLanguage() override { QCoreApplication::removeTranslator(this); }

    [[nodiscard]] static QString marked(const QString& text) { return u'«' + text + u'»'; }

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* /*context*/, const char* sourceText,
                                    const char* /*disambiguation*/, int /*n*/) const override
    {
        return marked(QString::fromUtf8(sourceText));
    }
};

} // namespace support
