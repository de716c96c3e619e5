// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Workbooks on the import page: which sheet is read, and what cannot be read.

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "support/eventually.h"
#include "support/suite.h"
#include "hands.h"
#include "stage.h"

class UiWorkbooks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalSheets();
    void oneSheet();
    void oldWorkbook();
};

namespace {

QString workbookPath(const char* name)
{
    return QStringLiteral(WORKBOOKS "/") + QString::fromLatin1(name);
}

connections::Connection workbookAccount()
{
    return {.kind = connections::Connection::Kind::Typed,
            .name = QStringLiteral("Contoso"),
            .endpoint = {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/client/v4")),
                         .accountId = QString(32, u'a'),
                         .credentials = api::BearerToken{QStringLiteral("token-for-a-test")}}};
}

devices::Device deviceNamed(const QString& name, const QString& email)
{
    return {.deviceId = QStringLiteral("id-") + name,
            .registrationId = QStringLiteral("r-") + name,
            .email = email,
            .name = name};
}

} // namespace

/// The sheet with device headings is read first; the operator chooses another one.
void UiWorkbooks::severalSheets()
{
    Stage stage;
    stage.window().open(workbookAccount());
    stage.window().desk()->loader().cancel();
    stage.window().desk()->fleet().merge(
        {deviceNamed(QStringLiteral("PC-1"), QStringLiteral("ana@example.com")),
         deviceNamed(QStringLiteral("OLD-1"), QStringLiteral("old@example.com"))});
    hands::press(Qt::Key_O, Qt::ControlModifier);
    EVENTUALLY(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()));
    const auto filters = qobject_cast<QFileDialog*>(QApplication::activeModalWidget())->nameFilters();
    QVERIFY2(filters.first().contains(QStringLiteral("*.xlsx")) &&
                 filters.first().contains(QStringLiteral("*.ods")),
             qPrintable(filters.first()));
    stage.answerFileDialog(QStringLiteral("Load"), workbookPath("several-sheets.xlsx"));
    auto* dialog = stage.dialog("importDialog");
    auto* tab = dialog->findChild<QComboBox*>(QStringLiteral("importTab"));
    EVENTUALLY(tab->isVisible());
    QStringList tabs;
    for (int i = 0; i < tab->count(); ++i)
        tabs << tab->itemText(i);
    QCOMPARE(tabs, (QStringList{QStringLiteral("Read me"), QStringLiteral("Old (hidden in the workbook)"),
                                QStringLiteral("Devices"), QStringLiteral("Empty (empty)"),
                                QStringLiteral("Very hidden (hidden in the workbook)")}));
    QCOMPARE(tab->currentText(), QStringLiteral("Devices"));
    auto* summary = dialog->findChild<QLabel*>(QStringLiteral("importSummary"));
    EVENTUALLY_COMPARE(summary->text(), QStringLiteral("1 row: 1 ready"));
    QVERIFY(!dialog->findChild<QComboBox*>(QStringLiteral("importSeparator"))->isVisible());
    QVERIFY(!(tab->model()->index(3, 0).flags() & Qt::ItemIsEnabled)); // an empty sheet is disabled
    stage.picture("47-workbook", dialog);
    hands::pick(tab, 1);
    EVENTUALLY_COMPARE(tab->currentText(), QStringLiteral("Old (hidden in the workbook)"));
    EVENTUALLY_COMPARE(summary->text(), QStringLiteral("1 row: 1 ready"));
    auto* save = dialog->findChild<QPushButton*>(QStringLiteral("importSave"));
    EVENTUALLY(save->isEnabled());
    hands::click(save);
    EVENTUALLY_COMPARE(stage.window().desk()->fleet().viewSize(), 1);
    QCOMPARE(stage.window().desk()->fleet().viewAt(0).name, QStringLiteral("OLD-1"));
}

void UiWorkbooks::oneSheet()
{
    Stage stage;
    stage.window().open(workbookAccount());
    stage.window().desk()->loader().cancel();
    stage.window().desk()->fleet().merge(
        {deviceNamed(QStringLiteral("PC-1"), QStringLiteral("ana@example.com"))});
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), workbookPath("libreoffice.ods"));
    auto* dialog = stage.dialog("importDialog");
    auto* summary = dialog->findChild<QLabel*>(QStringLiteral("importSummary"));
    EVENTUALLY_COMPARE(summary->text(), QStringLiteral("2 rows: 1 ready, 1 not seen in the last hour"));
    QVERIFY(!dialog->findChild<QComboBox*>(QStringLiteral("importTab"))->isVisible());
}

void UiWorkbooks::oldWorkbook()
{
    Stage stage;
    stage.window().open(workbookAccount());
    stage.window().desk()->loader().cancel();
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("monday.xls")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file.close();
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), file.fileName());
    const auto* text = stage.find<QLabel>("bannerText");
    EVENTUALLY_COMPARE(text->text(),
                       QStringLiteral("monday.xls was not loaded: This is an old Excel file (.xls). Save "
                                      "it as .xlsx or .csv, and load that file."));
}

CAPTUREDESK_SUITE(test_ui_workbooks, UiWorkbooks)
#include "workbooks.moc"
