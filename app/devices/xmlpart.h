// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <string_view>

#include <QByteArray>
#include <QString>

namespace devices {

/// \brief The attributes of an element.  They live as long as the call that hands them over.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs)
        : m_pairs(pairs)
    {
    }

    /// Empty where there is no such attribute.  With `Namespaces::Prefixes`, a prefix counts as part of the
    /// name.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    /// By its name without prefix or namespace.
    [[nodiscard]] std::string_view local(std::string_view name) const;
    [[nodiscard]] const char** pairs() const { return m_pairs; }

private:
    const char** m_pairs;
};

/// \brief What reads an XML part calls this with each element and text.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view utf8) = 0;

    /// Ends the reading; the sentence becomes its error.
    void refuse(const QString& sentence)
    {
        if (m_refusal.isEmpty())
            m_refusal = sentence;
    }
    [[nodiscard]] const QString& refusal() const { return m_refusal; }

private:
    QString m_refusal;
};

/// How names arrive.
enum class Namespaces {
    Dropped, ///< elements without their prefix
    Resolved ///< elements and attributes as `namespace|name`
};

/// Reads a whole part.  A document type is refused, so no entity but XML's own five is expanded.
/// The error is a sentence for the operator.
/// \param part named in the error
[[nodiscard]] std::expected<void, QString> readXml(const QByteArray& bytes, const QString& part,
                                                   Namespaces namespaces, XmlHandler& handler);

/// An attribute's number; `fallback` where it is none or does not fit.
[[nodiscard]] qint64 wholeNumber(std::string_view text, qint64 fallback);

[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace devices
