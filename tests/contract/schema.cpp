// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema.h"

#include <fstream>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

class ContractSchema::Private {
public:
    valijson::Schema schema;
};

ContractSchema::ContractSchema(const QString& contractFile, const std::string& name)
    : d(std::make_unique<Private>())
{
    // The contract's own root stays the root, so that its references resolve.
    auto document = nlohmann::json::parse(std::ifstream(contractFile.toStdString()));
    document = {{"components", document.at("components")},
                {"allOf", {{{"$ref", "#/components/schemas/" + name}}}}};
    if (!document.at("components").at("schemas").contains(name))
        throw std::invalid_argument(name);
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    parser.populateSchema(adapter, d->schema);
}

ContractSchema::~ContractSchema() = default;

QString ContractSchema::problems(const QByteArray& document) const
{
    const auto json = nlohmann::json::parse(document.toStdString(), nullptr, false);
    if (json.is_discarded())
        return QStringLiteral("no JSON");
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter(json);
    if (validator.validate(d->schema, adapter, &results))
        return {};
    QString text;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        for (const auto& part : error.context)
            text += QString::fromStdString(part);
        text += QStringLiteral(": ") + QString::fromStdString(error.description) + u'\n';
    }
    return text.isEmpty() ? QStringLiteral("invalid") : text;
}
