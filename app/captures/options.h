// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <map>
#include <optional>

#include <QList>
#include <QString>
#include <QStringView>

#include "api/requests.h"

namespace captures {

/// The types of capture that the program starts.
enum class Type { Pcap, Diag };

/// \brief What a run does on each device: either type or both.
struct Options {
    std::optional<api::PcapArgs> pcap;
    std::optional<api::DiagArgs> diag;

    [[nodiscard]] int types() const { return int(pcap.has_value()) + int(diag.has_value()); }
    /// `Packet capture 3 min · diagnostics`
    [[nodiscard]] QString summary() const;
    bool operator==(const Options&) const = default;
};

/// \brief A numeric option that the operator may set or leave to the service.
struct NumberField {
    const char* label; ///< untranslated
    const char* unit;  ///< untranslated
    double minimum;    ///< required by the API contract
    double ceiling;    ///< documented by the service; a larger value is allowed with a warning
    double serviceDefault;
    bool whole;       ///< accepts integers only
    const char* help; ///< one sentence
};

enum class Number { TimeLimit, FileSize, PacketSize };
[[nodiscard]] const NumberField& field(Number number);

/// \brief State of the options form: the typed texts, an error and a warning for each field. The widget binds
/// to it and has no logic of its own. An empty text leaves the option to the service.
class OptionsForm {
public:
    OptionsForm();

    bool pcap = true;
    bool diag = true;
    std::map<Number, QString> text;
    bool interfaceDefault = false; ///< neither is set: left to the service (both)
    bool interfaceTunnel = false;
    std::optional<bool> testAllRoutes; ///< nullopt: left to the service (on)

    [[nodiscard]] static OptionsForm from(const Options& options);
    [[nodiscard]] QString error(Number number) const;   ///< a sentence, or empty
    [[nodiscard]] QString warning(Number number) const; ///< a sentence, or empty
    /// The first reason why the options are invalid, including that no type is chosen; empty if they are
    /// valid.
    [[nodiscard]] QString problem() const;
    /// \pre `problem()` is empty
    [[nodiscard]] Options options() const;
    /// `fits up to about 13 Mbit/s`: the traffic of an ordinary laptop above which a capture exceeds its size
    /// limit. Empty without a valid packet capture. The estimate assumes that two thirds of the packets have
    /// 1,400 bytes and one third 66 bytes, and that each packet is recorded on both interfaces.
    [[nodiscard]] QString fits() const;
    [[nodiscard]] std::optional<double> megabits() const; ///< the same as a number, Mbit/s
    [[nodiscard]] bool fitsLittle() const;                ///< less than the traffic of an ordinary laptop
    /// What happens to a capture above its size limit, including `fits`; worded as a warning if it fits
    /// little.
    [[nodiscard]] QString sizeText() const;

    bool operator==(const OptionsForm&) const = default;
};

} // namespace captures
