// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <string_view>

#include <QByteArray>
#include <QString>

namespace devices {

/// \brief The attributes of an element. They are valid during the call that passes them.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs)
        : m_pairs(pairs)
    {
    }

    /// Returns an attribute's value, empty if it is absent. With `Namespaces::Dropped`, `name` includes the
    /// prefix.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    /// Finds an attribute by its name without prefix. Only with `Namespaces::Dropped`.
    [[nodiscard]] std::string_view local(std::string_view name) const;
    [[nodiscard]] const char** pairs() const { return m_pairs; }

private:
    const char** m_pairs;
};

/// \brief Callbacks of the XML reader, for each element and text.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view utf8) = 0;

    /// Stops the reader, which returns the sentence as its error.
    void refuse(const QString& sentence)
    {
        if (m_refusal.isEmpty())
            m_refusal = sentence;
    }
    [[nodiscard]] const QString& refusal() const { return m_refusal; }

private:
    QString m_refusal;
};

/// How names are passed to the handler.
enum class Namespaces {
    Dropped, ///< elements without their prefix
    Resolved ///< elements and attributes as `namespace|name`
};

/// Parses a whole part. A document type is rejected, so that only the five predefined entities are expanded.
/// The error is a sentence for the operator.
/// \param part name for the error
[[nodiscard]] std::expected<void, QString> readXml(const QByteArray& bytes, const QString& part,
                                                   Namespaces namespaces, XmlHandler& handler);

/// Parses an integer; returns `fallback` if the text is not one or is out of range.
[[nodiscard]] qint64 wholeNumber(std::string_view text, qint64 fallback);

[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace devices
