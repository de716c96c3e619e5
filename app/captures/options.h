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

/// \brief A number the operator may set or leave to the service.
struct NumberField {
    const char* label; ///< untranslated
    const char* unit;  ///< untranslated
    double minimum;    ///< of the contract
    double ceiling;    ///< documented by the service; above it the program warns and lets it be
    double serviceDefault;
    bool whole;       ///< it counts whole things
    const char* help; ///< one sentence
};

enum class Number { TimeLimit, FileSize, PacketSize };
[[nodiscard]] const NumberField& field(Number number);

/// \brief The state of the option form: texts as typed, an error and a warning for each field.  The widget
/// binds to it and decides nothing.  An empty text leaves the field to the service.
class OptionsForm {
public:
    OptionsForm();

    bool pcap = true;
    bool diag = true;
    std::map<Number, QString> text;
    bool interfaceDefault = false; ///< neither ticked: left to the service (both)
    bool interfaceTunnel = false;
    std::optional<bool> testAllRoutes; ///< absent: left to the service (on)

    [[nodiscard]] static OptionsForm from(const Options& options);
    [[nodiscard]] QString error(Number number) const;   ///< a sentence, or empty
    [[nodiscard]] QString warning(Number number) const; ///< a sentence, or empty
    [[nodiscard]] QString
    problem() const; ///< the first reason why it cannot run, neither type chosen included; or empty
    /// \pre `problem()` is empty
    [[nodiscard]] Options options() const;
    /// `fits up to about 13 Mbit/s`: the traffic of an ordinary laptop above which a capture outgrows its
    /// size limit. Empty without a valid packet capture.  An estimate: two thirds of the packets 1,400 bytes
    /// and one third 66 bytes, each seen on both interfaces.
    [[nodiscard]] QString fits() const;
    [[nodiscard]] std::optional<double> megabits() const; ///< the same as a number, Mbit/s
    [[nodiscard]] bool fitsLittle() const;                ///< an ordinary laptop has more traffic
    /// What becomes of a capture beyond its size limit, with `fits`; a warning where it fits little.
    [[nodiscard]] QString sizeText() const;

    bool operator==(const OptionsForm&) const = default;
};

} // namespace captures
