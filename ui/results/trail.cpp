// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/trail.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "captures/engine.h"
#include "exports/table.h"
#include "storage/settings.h"
#include "ui/common/text.h"

namespace ui {

using captures::Deed;

namespace {

QString textOf(Deed::What what)
{
    switch (what) {
    case Deed::What::Run: return TrailDialog::tr("Run");
    case Deed::What::Cancel: return TrailDialog::tr("Cancelled before it was sent");
    case Deed::What::Agree: return TrailDialog::tr("Agreed to send");
    case Deed::What::Save: return TrailDialog::tr("Capture file saved");
    case Deed::What::Open: return TrailDialog::tr("Capture file opened");
    case Deed::What::Export: return TrailDialog::tr("Results exported");
    }
    Q_UNREACHABLE();
}

} // namespace

TrailDialog::TrailDialog(captures::Journal* journal, storage::Settings* settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_table(new QTableWidget(this))
    , m_note(new QLabel(this))
    , m_export(new QPushButton(tr("Export as CSV…"), this))
{
    setObjectName(QStringLiteral("trail"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Record of runs"));
    resize(980, 480);
    m_table->setObjectName(QStringLiteral("trailTable"));
    m_table->setAccessibleName(tr("Record of runs"));
    m_table->setColumnCount(7);
    m_table->setHorizontalHeaderLabels({tr("When"), tr("Operator"), tr("System user"), tr("Connection"),
                                        tr("Ticket"), tr("What"), tr("About")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_note->setObjectName(QStringLiteral("trailNote"));
    m_note->setWordWrap(true);
    m_note->setText(tr("Reading…"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &TrailDialog::askAndExport);
    m_export->setEnabled(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);

    auto* call = journal->trail();
    connect(call, &captures::JournalCall::finished, this, [this, call] {
        if (call->problem())
            m_note->setText(captures::Engine::explain(*call->problem()));
        else
            show(call->deeds());
    });
}

void TrailDialog::show(const QList<Deed>& deeds)
{
    m_deeds = deeds;
    m_note->setText(tr("Covers this computer; the service does not say who started the others."));
    m_export->setEnabled(!deeds.isEmpty());
    m_table->setRowCount(int(deeds.size()));
    for (int row = 0; row < deeds.size(); ++row) {
        const auto& deed = deeds[row];
        const QStringList texts{deed.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                                shown(deed.operatorName),
                                shown(deed.systemUser),
                                shown(deed.connection),
                                shown(deed.ticket),
                                textOf(deed.what),
                                shown(deed.about)};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            if (column == texts.size() - 1)
                item->setToolTip(ui::toolTip(deed.about.left(2000)));
            m_table->setItem(row, column, item);
        }
    }
    m_table->resizeColumnsToContents();
}

void TrailDialog::askAndExport()
{
    const QDir folder(m_settings->get(storage::setting::exportFolder));
    auto* dialog = new QFileDialog(this, tr("Export the record"),
                                   folder.filePath(QStringLiteral("record-of-runs.csv")), tr("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &TrailDialog::exportTo);
    dialog->open();
}

void TrailDialog::exportTo(const QString& path)
{
    exports::Table table;
    table.columns = {QStringLiteral("at"),         QStringLiteral("operator"), QStringLiteral("system_user"),
                     QStringLiteral("connection"), QStringLiteral("ticket"),   QStringLiteral("what"),
                     QStringLiteral("about")};
    for (const auto& deed : std::as_const(m_deeds))
        table.rows << QList<exports::Cell>{deed.at,     deed.operatorName, deed.systemUser, deed.connection,
                                           deed.ticket, textOf(deed.what), deed.about};
    const auto written = exports::writeFile(path, exports::Format::Csv, table);
    m_note->setText(written ? tr("Exported: %1").arg(QDir::toNativeSeparators(path))
                            : tr("The record was not exported: %1").arg(written.error()));
}

} // namespace ui
