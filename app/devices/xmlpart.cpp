// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/xmlpart.h"

#include <charconv>
#include <memory>

#include <expat.h>

#include "devices/package.h"
#include "devices/tr.h"

namespace devices {

namespace {

std::string_view withoutPrefix(std::string_view name)
{
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// In one pass, because it runs for each element of a part of 30 MB.
std::string_view elementName(const XML_Char* name, Namespaces namespaces)
{
    const auto* begin = name;
    const auto* end = name;
    for (; *end; ++end) {
        if (*end == ':' && begin == name && namespaces == Namespaces::Dropped)
            begin = end + 1;
    }
    return {begin, size_t(end - begin)};
}

struct XmlReading {
    XML_Parser parser;
    XmlHandler& handler;
    Namespaces namespaces;

    void stopIfRefused()
    {
        if (!handler.refusal().isEmpty())
            XML_StopParser(parser, XML_FALSE);
    }
};

void XMLCALL startElement(void* data, const XML_Char* name, const XML_Char** attributes)
{
    auto& reading = *static_cast<XmlReading*>(data);
    reading.handler.start(elementName(name, reading.namespaces), XmlAttributes(attributes));
    reading.stopIfRefused();
}

void XMLCALL endElement(void* data, const XML_Char* name)
{
    auto& reading = *static_cast<XmlReading*>(data);
    reading.handler.end(elementName(name, reading.namespaces));
    reading.stopIfRefused();
}

void XMLCALL characters(void* data, const XML_Char* text, int size)
{
    static_cast<XmlReading*>(data)->handler.text(std::string_view(text, size_t(size)));
}

void XMLCALL documentType(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int)
{
    XML_StopParser(static_cast<XmlReading*>(data)->parser, XML_FALSE);
}

} // namespace

std::string_view XmlAttributes::value(std::string_view name) const
{
    for (const auto* pair = m_pairs; *pair; pair += 2) {
        if (name == pair[0])
            return pair[1];
    }
    return {};
}

std::string_view XmlAttributes::local(std::string_view name) const
{
    for (const auto* pair = m_pairs; *pair; pair += 2) {
        if (withoutPrefix(pair[0]) == name)
            return pair[1];
    }
    return {};
}

std::expected<void, QString> readXml(const QByteArray& bytes, const QString& part, Namespaces namespaces,
                                     XmlHandler& handler)
{
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        namespaces == Namespaces::Resolved ? XML_ParserCreateNS(nullptr, '|') : XML_ParserCreate(nullptr),
        &XML_ParserFree);
    Q_CHECK_PTR(parser.get());
    XmlReading reading{.parser = parser.get(), .handler = handler, .namespaces = namespaces};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), startElement, endElement);
    XML_SetCharacterDataHandler(parser.get(), characters);
    XML_SetStartDoctypeDeclHandler(parser.get(), documentType);
    // In one call: with several calls, expat would rescan a long token in each.
    if (XML_Parse(parser.get(), bytes.data(), int(bytes.size()), XML_TRUE) != XML_STATUS_OK) {
        if (!handler.refusal().isEmpty())
            return std::unexpected(handler.refusal());
        return std::unexpected(damagedWorkbook(Text::tr("line %1 of its part “%2” is not valid XML")
                                                   .arg(XML_GetCurrentLineNumber(parser.get()))
                                                   .arg(part)));
    }
    return {};
}

qint64 wholeNumber(std::string_view text, qint64 fallback)
{
    qint64 number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : fallback;
}

} // namespace devices
