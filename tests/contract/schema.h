// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>

#include <QByteArray>
#include <QString>

/// \brief One schema of the contract, evaluated by an implementation of JSON Schema that shares no code with
/// the program.
class ContractSchema {
public:
    /// \param name of a schema under `components`
    ContractSchema(const QString& contractFile, const std::string& name);
    ~ContractSchema();

    /// Returns what is wrong with a document; empty: nothing.
    [[nodiscard]] QString problems(const QByteArray& document) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};
