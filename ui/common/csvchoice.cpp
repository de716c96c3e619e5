// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/csvchoice.h"

#include <QFileDialog>
#include <QLocale>

#include "storage/settings.h"
#include "ui/common/tr.h"

namespace ui {

using exports::Format;

namespace {

QString csvFilter(Format format)
{
    return format == Format::SemicolonCsv ? Text::tr("CSV with semicolons (*.csv)")
                                          : Text::tr("CSV with commas (*.csv)");
}

} // namespace

Format csvFormat(const storage::Settings& settings)
{
    const auto chosen = settings.get(storage::setting::csvSeparator);
    if (chosen == u";" || chosen == u",")
        return chosen == u";" ? Format::SemicolonCsv : Format::Csv;
    return QLocale().decimalPoint() == u"." ? Format::Csv : Format::SemicolonCsv;
}

void offerSeparators(QFileDialog* dialog, storage::Settings* settings)
{
    dialog->setNameFilters({csvFilter(Format::Csv), csvFilter(Format::SemicolonCsv)});
    dialog->selectNameFilter(csvFilter(csvFormat(*settings)));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [settings](const QString& filter) {
        settings->set(storage::setting::csvSeparator,
                      filter == csvFilter(Format::SemicolonCsv) ? QStringLiteral(";") : QStringLiteral(","));
    });
}

} // namespace ui
