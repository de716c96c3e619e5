// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/about.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::About", text);
}

QMessageBox* sheet(QWidget* parent, QMessageBox::Icon sign, const QString& name, const QString& title,
                   const QString& text, const QString& more)
{
    auto* box = new QMessageBox(sign, title, text, QMessageBox::NoButton, parent);
    box->setObjectName(name);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(more);
    return box;
}

} // namespace

void openAbout(QWidget* parent)
{
    auto* box = sheet(
        parent, QMessageBox::NoIcon, u"about"_s, tr("About Capture Desk"),
        tr("Capture Desk %1").arg(QLatin1StringView(CAPTUREDESK_VERSION)),
        tr("Packet captures and WARP diagnostics from end users' devices, for helpdesk operators.\n\n"
           "Copyright 2026 The Capture Desk authors. Free software under the GNU General Public License, "
           "version 3 or later, without any warranty.\n\nWith Qt %1.")
            .arg(QLatin1StringView(qVersion())));
    box->setIconPixmap(appIcon().pixmap(64, 64));
    box->addButton(QMessageBox::Close);
    box->open();
}

void openPlaces(QWidget* parent, const QDir& data)
{
    const auto path = data.absolutePath();
    auto* box = sheet(
        parent, QMessageBox::Information, u"places"_s, tr("Where data lives"), QDir::toNativeSeparators(path),
        tr("Your device lists (ordinary CSV files), the sandbox's state and the log. Keys and tokens are "
           "written nowhere: they stay in memory until Capture Desk is closed."));
    auto* folder = box->addButton(tr("Open folder"), QMessageBox::ActionRole);
    QObject::connect(folder, &QAbstractButton::clicked, box,
                     [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
    box->setDefaultButton(box->addButton(QMessageBox::Close));
    box->open();
}

void openQuitQuestion(QWidget* parent, int unsent, int onTheirWay, const std::function<void()>& quit)
{
    QString more = counted(unsent, tr("It will not be sent any more when you quit, and is not kept."),
                           tr("They will not be sent any more when you quit, and are not kept."));
    if (onTheirWay > 0)
        more += u"\n\n"_s + counted(onTheirWay,
                                    tr("1 more is on its way: its file will be in the account for 7 days, "
                                       "but no longer shown here."),
                                    tr("%1 more are on their way: their files will be in the account for 7 "
                                       "days, but no longer shown "
                                       "here."));
    auto* box = sheet(parent, QMessageBox::Warning, u"quitQuestion"_s, tr("Quit Capture Desk?"),
                      counted(unsent, tr("1 capture is not sent."), tr("%1 captures are not sent.")), more);
    auto* keep = box->addButton(tr("Keep open"), QMessageBox::RejectRole);
    keep->setObjectName(u"quitKeepOpen"_s);
    auto* leave = box->addButton(tr("Quit"), QMessageBox::DestructiveRole);
    leave->setObjectName(u"quitAnyway"_s);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    QObject::connect(leave, &QAbstractButton::clicked, parent, quit);
    box->open();
}

} // namespace ui
