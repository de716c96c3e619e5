// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>

#include <QByteArray>
#include <QString>

/// \brief One schema of the contract, as an implementation of JSON Schema that shares nothing with the
/// program reads it.
class ContractSchema {
public:
    /// \param name of a schema under `components`
    ContractSchema(const QString& contractFile, const std::string& name);
    ~ContractSchema();

    /// What is wrong with a document, or nothing.
    [[nodiscard]] QString problems(const QByteArray& document) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};
