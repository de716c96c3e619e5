// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace ui {

void installLanguage(QApplication& app)
{
    auto* translator = new QTranslator(&app);
    const auto folder = QStringLiteral(":/i18n");
    if (translator->load(QLocale(), QStringLiteral("capturedesk"), QStringLiteral("_"), folder) ||
        translator->load(folder + QStringLiteral("/capturedesk_en.qm")))
        QApplication::installTranslator(translator);
    // Qt's own buttons use the window's language, which may differ from the system's.
    auto* buttons = new QTranslator(&app);
    if (buttons->load(QLocale(translator->language()), QStringLiteral("qtbase"), QStringLiteral("_"),
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(buttons);
}

} // namespace ui
