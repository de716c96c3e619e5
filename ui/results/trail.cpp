// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/trail.h"

#include <QAbstractTableModel>
#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "captures/scribe.h"
#include "captures/trail.h"
#include "storage/settings.h"
#include "ui/common/csvchoice.h"
#include "ui/common/savedialog.h"
#include "ui/common/text.h"
#include "ui/results/sharedline.h"

namespace ui {

using captures::Deed;

namespace {

enum class Column { When, Operator, SystemUser, Connection, Ticket, What, About };
constexpr int columns = int(Column::About) + 1;
constexpr qsizetype longestNote = 600;

/// \brief Table model of the audit entries, newest first.  The entries do not change while the dialog is
/// open.
class TrailModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setDeeds(const QList<Deed>& deeds)
    {
        beginResetModel();
        m_deeds = deeds;
        endResetModel();
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : int(m_deeds.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : columns;
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        const auto& deed = m_deeds[index.row()];
        const auto column = Column(index.column());
        if (role == Qt::ToolTipRole && column == Column::About)
            return ui::toolTip(deed.about);
        return role == Qt::DisplayRole ? QVariant(text(deed, column)) : QVariant();
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        switch (Column(section)) {
        case Column::When: return TrailDialog::tr("When");
        case Column::Operator: return TrailDialog::tr("Operator");
        case Column::SystemUser: return TrailDialog::tr("System user");
        case Column::Connection: return TrailDialog::tr("Connection");
        case Column::Ticket: return TrailDialog::tr("Ticket");
        case Column::What: return TrailDialog::tr("What");
        case Column::About: return TrailDialog::tr("About");
        }
        Q_UNREACHABLE();
    }

private:
    static QString text(const Deed& deed, Column column)
    {
        switch (column) {
        case Column::When: return deed.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        case Column::Operator: return shown(deed.operatorName);
        case Column::SystemUser: return shown(deed.systemUser);
        case Column::Connection: return shown(deed.connection);
        case Column::Ticket: return shown(deed.ticket);
        case Column::What: return captures::textOf(deed.what);
        case Column::About: return shown(deed.about, 500);
        }
        Q_UNREACHABLE();
    }

    QList<Deed> m_deeds;
};

} // namespace

TrailDialog::TrailDialog(captures::Journal* journal, captures::SharedRecord* shared,
                         storage::Settings* settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_table(new QTableView(this))
    , m_note(new QLabel(this))
    , m_export(new QPushButton(tr("Export as CSV…"), this))
{
    setObjectName(QStringLiteral("trail"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Audit log"));
    resize(980, 480);
    m_table->setObjectName(QStringLiteral("trailTable"));
    m_table->setAccessibleName(tr("Audit log"));
    m_table->setModel(new TrailModel(m_table));
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setMaximumSectionSize(260); // except the last section
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_note->setObjectName(QStringLiteral("trailNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setText(tr("Reading…"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setDefault(true); // otherwise Qt chooses the first button
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &TrailDialog::askAndExport);
    m_export->setObjectName(QStringLiteral("trailExport"));
    m_export->setEnabled(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    if (shared)
        layout->addWidget(new SharedLine(shared, settings, this));
    layout->addWidget(buttons);

    auto* call = journal->trail();
    connect(call, &captures::JournalCall::finished, this, [this, call] {
        if (call->problem())
            m_note->setText(captures::Scribe::explain(*call->problem()));
        else
            show(call->deeds());
    });
}

void TrailDialog::show(const QList<Deed>& deeds)
{
    m_deeds = deeds;
    m_note->setText(tr("Covers this computer; the service does not say who started the others."));
    m_export->setEnabled(!deeds.isEmpty());
    static_cast<TrailModel*>(m_table->model())->setDeeds(deeds);
    m_table->resizeColumnsToContents(); // measures the visible rows only
}

void TrailDialog::askAndExport()
{
    askSaveFile(this, *m_settings,
                {.kind = FileKind::Record,
                 .title = tr("Export the audit log"),
                 .fileName = QStringLiteral("record-of-runs.csv"),
                 .filter = tr("CSV (*.csv)"),
                 .suffix = QStringLiteral("csv"),
                 .setUp = [this](QFileDialog* dialog) { offerSeparators(dialog, m_settings); },
                 .done = [this](const QString& path) { exportTo(path); }});
}

void TrailDialog::exportTo(const QString& path)
{
    exports::Table table;
    table.columns = captures::trailColumns();
    for (const auto& deed : std::as_const(m_deeds))
        table.rows << captures::trailRow(deed);
    const auto written = exports::writeFile(path, csvFormat(*m_settings), table);
    if (written)
        rememberFolder(*m_settings, FileKind::Record, path);
    m_note->setText(shown(written ? tr("Exported: %1").arg(QDir::toNativeSeparators(path))
                                  : base::sentence(written.error(), base::Elsewhere::Offered),
                          longestNote));
    m_export->setText(written ? tr("Export as CSV…") : tr("Save elsewhere…"));
}

} // namespace ui
