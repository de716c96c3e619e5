// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/deed.h"

#include <algorithm>

namespace captures {

namespace {

struct DeedName {
    Deed::What what;
    const char* text;
};

constexpr DeedName deedNames[] = {
    {Deed::What::Run, "run"},
    {Deed::What::Cancel, "cancel"},
    {Deed::What::Agree, "agree"},
    {Deed::What::Save, "save"},
    {Deed::What::SaveFailed, "save-failed"},
    {Deed::What::Open, "open"},
    {Deed::What::Export, "export"},
    {Deed::What::ExportFailed, "export-failed"},
};

} // namespace

QString nameOf(Deed::What what)
{
    return QLatin1StringView(std::ranges::find(deedNames, what, &DeedName::what)->text);
}

Deed::What deedFrom(const QString& name)
{
    const auto* found = std::ranges::find_if(
        deedNames, [&name](const DeedName& one) { return name == QLatin1StringView(one.text); });
    return found == std::end(deedNames) ? Deed::What::Run : found->what;
}

} // namespace captures
