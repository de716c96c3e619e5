// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/resultspane.h"

#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "captures/retry.h"
#include "connections/explain.h"
#include "storage/settings.h"
#include "ui/common/act.h"
#include "ui/common/csvchoice.h"
#include "ui/common/savedialog.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/results/askbar.h"
#include "ui/results/download.h"
#include "ui/results/resultmodel.h"
#include "ui/results/summary.h"
#include "ui/results/table.h"

namespace ui {

using Column = ResultModel::Column;

namespace {

constexpr qsizetype longestDetails = 600;

} // namespace

ResultsPane::ResultsPane(storage::Settings* settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_ask(new AskBar(this))
    , m_model(new ResultModel(this))
    , m_view(new QTableView(this))
    , m_empty(new QLabel(tr("Nothing captured yet. Tick a device, type the ticket, press Ctrl+Enter."), this))
    , m_advice(new QLabel(this))
    , m_details(new QLabel(this))
    , m_more(new QToolButton(this))
    , m_offer(new QPushButton(this))
    , m_download(new DownloadBar(this))
{
    buildActions();
    m_view->setObjectName(QStringLiteral("results"));
    m_view->setAccessibleName(tr("Results"));
    m_view->setModel(m_model);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    auto* header = m_view->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    // The widths together leave space for the scroll bar at 1280 pixels.
    const auto width = [this](const char* sample, int more = 14) {
        return fontMetrics().horizontalAdvance(QString::fromUtf8(sample)) + more;
    };
    m_view->setColumnWidth(int(Column::State), width("On the device, 12 min · usually ready by 14:08", 26));
    m_view->setColumnWidth(int(Column::Device), width("ANA-LT-0422", 20));
    m_view->setColumnWidth(int(Column::User), width("ana@example.com", 20));
    m_view->setColumnWidth(int(Column::What), width("Diagnostics"));
    m_view->setColumnWidth(int(Column::Ticket), width("INC0012345"));
    m_view->setColumnWidth(int(Column::Started), width("12:58"));
    header->setStretchLastSection(true); // after the widths, otherwise the last column would stay wide
    header->restoreState(settings->get(storage::setting::resultHeader));
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addActions(captureActions());

    m_empty->setObjectName(QStringLiteral("resultsEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    // Inside the table, so that the table keeps its place, also for a screen reader.
    auto* inside = new QVBoxLayout(m_view->viewport());
    inside->addWidget(m_empty);

    auto* heading = new QLabel(tr("Results"), this);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto* save = new QToolButton(this);
    save->setDefaultAction(m_save);
    save->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* menu = new QMenu(this);
    menu->addActions(exportActions());
    auto* out = new QToolButton(this);
    out->setText(tr("Export"));
    out->setObjectName(QStringLiteral("export"));
    out->setMenu(menu);
    out->setPopupMode(QToolButton::InstantPopup);

    m_advice->setObjectName(QStringLiteral("advice"));
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("resultDetails"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->hide();
    m_more->setText(tr("Details"));
    m_more->setObjectName(QStringLiteral("resultMore"));
    m_more->setCheckable(true);
    connect(m_more, &QToolButton::toggled, m_details, &QWidget::setVisible);
    m_offer->setObjectName(QStringLiteral("offer"));
    m_offer->hide();
    connect(m_offer, &QPushButton::clicked, m_again, &QAction::trigger);

    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addStretch();
    top->addWidget(save);
    top->addWidget(out);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_advice, 1);
    foot->addWidget(m_offer, 0, Qt::AlignTop);
    foot->addWidget(m_more, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_ask);
    layout->addWidget(m_view, 1);
    layout->addLayout(foot);
    layout->addWidget(m_details);
    layout->addWidget(m_download);

    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ResultsPane::refresh);
    connect(m_view, &QAbstractItemView::doubleClicked, this, qOverload<>(&ResultsPane::askAndSave));
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &ResultsPane::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ResultsPane::refresh);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ResultsPane::refresh);
    connect(m_download, &DownloadBar::failed, this, [this](const api::Error& error) {
        noteFile(captures::Deed::What::SaveFailed,
                 tr("%1: %2").arg(QDir::toNativeSeparators(m_savingTo),
                                  connections::explain(error, connections::Act::Save).what));
        Q_EMIT failed(error);
    });
    connect(m_download, &DownloadBar::notSaved, this, [this](const base::SaveProblem& problem) {
        noteFile(captures::Deed::What::SaveFailed, base::whatOf(problem));
        offerElsewhere(problem, [this, id = m_saving] { askAndSave(id); });
    });
    connect(m_download, &DownloadBar::saved, this, [this](const QString& path) {
        rememberFolder(*m_settings, FileKind::Capture, path);
        noteFile(captures::Deed::What::Save, QDir::toNativeSeparators(path));
        Q_EMIT saved();
        Q_EMIT message(tr("Saved: %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(&m_clock, &QTimer::timeout, m_model, &ResultModel::tick);
    refresh();
}

ResultsPane::~ResultsPane() = default;

void ResultsPane::buildActions()
{
    const auto action = [this](const QString& text, const QKeySequence& keys, const char* name, auto act) {
        auto* made = new QAction(text, this);
        made->setObjectName(QLatin1StringView(name));
        made->setShortcut(keys);
        onTriggered(made, this, act);
        return made;
    };
    m_save = action(tr("Save capture file…"), QKeySequence(Qt::CTRL | Qt::Key_S), "saveCapture",
                    [this] { askAndSave(); });
    m_copy =
        action(tr("Copy summary"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), "copySummary", [this] {
            QStringList texts;
            for (const auto& capture : highlighted())
                texts << summaryOf(capture, m_desk->connection().name);
            QApplication::clipboard()->setText(texts.join(u'\n'));
            Q_EMIT message(tr("Summary copied."));
        });
    m_copyId = action(tr("Copy command ID"), {}, "copyCommandId", [this] {
        QStringList ids;
        for (const auto& capture : highlighted())
            ids << capture.commandId;
        QApplication::clipboard()->setText(ids.join(u'\n'));
    });
    m_again = action(tr("Run again…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), "runAgain",
                     [this] { Q_EMIT repeat(repeatableHighlighted()); });
    m_againRun = action(tr("Run again all that failed of this run…"), {}, "runAgainAll",
                        [this] { Q_EMIT repeat(repeatableOfRun()); });
    m_agree =
        action(tr("Start confirmed captures"), {}, "agree", [this] { m_desk->agree(highlightedIds()); });
    m_cancel = action(tr("Cancel what is not sent"), {}, "cancelUnsent",
                      [this] { m_desk->cancel(highlightedIds()); });
    m_csv =
        action(tr("Export results as CSV…"), {}, "exportCsv", [this] { askAndExport(exports::Format::Csv); });
    m_json = action(tr("Export results as JSON…"), {}, "exportJson",
                    [this] { askAndExport(exports::Format::Json); });
}

void ResultsPane::setDesk(captures::Desk* desk)
{
    m_download->stop();
    m_desk = desk;
    m_model->setDesk(desk);
    m_ask->setDesk(desk);
    refresh();
}

void ResultsPane::saveHeader()
{
    m_settings->set(storage::setting::resultHeader, m_view->horizontalHeader()->saveState());
}

void ResultsPane::focusNewest()
{
    if (m_model->rowCount() > 0)
        // selectRow() would extend the selection, because Ctrl of Ctrl+2 is still held.
        m_view->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::ClearAndSelect |
                                                                            QItemSelectionModel::Rows);
    m_view->setFocus(Qt::ShortcutFocusReason);
}

const captures::Capture* ResultsPane::current() const
{
    const auto rows = m_view->selectionModel()->selectedRows();
    return rows.size() == 1 ? &m_model->captureAt(rows.first().row()) : nullptr;
}

QList<captures::Capture> ResultsPane::highlighted() const
{
    auto rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<captures::Capture> captures;
    for (const auto& row : std::as_const(rows))
        captures << m_model->captureAt(row.row());
    return captures;
}

void ResultsPane::refresh()
{
    m_empty->setVisible(m_model->rowCount() == 0);
    const auto* one = current();
    const auto some = highlighted();
    m_save->setEnabled(one && captures::mayHaveFile(*one));
    m_copy->setEnabled(!some.isEmpty());
    m_copyId->setEnabled(
        std::ranges::any_of(some, [](const auto& capture) { return !capture.commandId.isEmpty(); }));
    m_cancel->setEnabled(
        std::ranges::any_of(some, [](const auto& capture) { return captures::isUnsent(capture.state); }));
    const auto attempts = m_desk ? std::optional(captures::Attempts(m_desk->captures())) : std::nullopt;
    m_again->setEnabled(attempts && !attempts->repeatable(highlightedIds()).isEmpty());
    m_againRun->setEnabled(one && !attempts->repeatableOf(one->run).isEmpty());
    m_agree->setEnabled(std::ranges::any_of(
        some, [](const auto& capture) { return capture.asks && captures::isUnsent(capture.state); }));
    for (auto* action : exportActions())
        action->setEnabled(m_model->rowCount() > 0);

    QString text, details;
    if (one) {
        text = QStringList{shown(one->problem), captures::advice(*one)}.join(u' ').trimmed();
        const auto now = QDateTime::currentDateTimeUtc();
        if (const auto until = m_desk->slowedUntil(); captures::isSlowed(*one, now, until))
            text = captures::slowedText(until, now);
        QStringList lines;
        if (!one->commandId.isEmpty())
            lines << tr("Command %1").arg(shown(one->commandId));
        if (!one->serviceStatus.isEmpty())
            lines << tr("Status %1").arg(shown(one->serviceStatus));
        if (one->filename)
            lines << tr("File %1").arg(shown(*one->filename));
        if (!one->details.isEmpty())
            lines << shown(QString(one->details).replace(u'\n', u' '), longestDetails);
        details = lines.join(QStringLiteral(" · "));
    }
    m_advice->setText(text);
    // Not offered if a later attempt has succeeded or is still running.
    const bool offers = one && attempts && !attempts->repeatable({one->id}).isEmpty();
    if (!offers && window()->focusWidget() == m_offer) // the button disappears: return the focus to the table
        m_view->setFocus();
    m_offer->setVisible(offers);
    if (offers)
        m_offer->setText(captures::repeatText(attempts->latest(*one)));
    m_details->setText(details);
    m_more->setVisible(!details.isEmpty());
    m_details->setVisible(m_more->isChecked() && !details.isEmpty());
    if (m_model->anyOpen()) {
        using std::chrono::milliseconds;
        constexpr milliseconds second(1000), usual(5000);
        const auto until = m_desk->slowedUntil();
        const milliseconds left(until ? QDateTime::currentDateTimeUtc().msecsTo(*until) : 0);
        if (left.count() > 0) // a countdown that updates as the second changes
            m_clock.start(left % second + milliseconds(1));
        else if (!m_clock.isActive() || m_clock.intervalAsDuration() != usual)
            m_clock.start(usual);
    } else {
        m_clock.stop();
    }
}

void ResultsPane::askAndSave()
{
    if (const auto* one = current())
        askAndSave(one->id);
}

/// By ID, because another row may be current when the operator has chosen the name.
void ResultsPane::askAndSave(qint64 id)
{
    const auto* one = m_desk ? m_desk->capture(id) : nullptr;
    if (!one || !captures::mayHaveFile(*one))
        return;
    askSaveFile(window(), *m_settings,
                {.kind = FileKind::Capture,
                 .title = tr("Save capture file"),
                 .fileName = fileNameFor(*one),
                 .filter = tr("Capture files (*.zip)"),
                 .suffix = QStringLiteral("zip"),
                 .done = [this, id](const QString& path) { save(id, path); }});
}

void ResultsPane::save(qint64 id, const QString& path)
{
    if (!m_desk || !m_desk->capture(id))
        return;
    m_saving = id;
    m_savingTo = path;
    m_download->save(m_desk, id, path);
}

/// Writes to the audit log how saving the capture file ended.
void ResultsPane::noteFile(captures::Deed::What what, const QString& about)
{
    if (const auto* capture = m_desk ? m_desk->capture(m_saving) : nullptr)
        m_desk->note(what, capture->ticket, tr("%1: %2").arg(capture->order.device.name, about));
}

void ResultsPane::offerElsewhere(const base::SaveProblem& problem, const std::function<void()>& ask)
{
    Q_EMIT notSaved({.what = base::whatOf(problem),
                     .todo = base::todoOf(problem, base::Elsewhere::Offered),
                     .details = base::details(problem)},
                    {.text = tr("Save elsewhere…"), .act = ask});
}

void ResultsPane::askAndExport(exports::Format format)
{
    const bool csv = format == exports::Format::Csv;
    askSaveFile(window(), *m_settings,
                {.kind = FileKind::Results,
                 .title = tr("Export results"),
                 .fileName = csv ? QStringLiteral("captures.csv") : QStringLiteral("captures.json"),
                 .filter = csv ? tr("CSV (*.csv)") : tr("JSON (*.json)"),
                 .suffix = csv ? QStringLiteral("csv") : QStringLiteral("json"),
                 .setUp =
                     [this, csv](QFileDialog* dialog) {
                         if (csv)
                             offerSeparators(dialog, m_settings);
                     },
                 .done = [this, format](const QString& path) { exportTo(path, format); }});
}

void ResultsPane::exportTo(const QString& path, exports::Format format)
{
    auto rows = highlighted();
    if (rows.size() < 2) {
        rows.clear();
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows << m_model->captureAt(row);
    }
    const auto as = format == exports::Format::Csv ? csvFormat(*m_settings) : format;
    if (const auto written = exports::writeFile(path, as, tableOf(rows)); !written) {
        m_desk->note(captures::Deed::What::ExportFailed, {}, base::whatOf(written.error()));
        offerElsewhere(written.error(), [this, format] { askAndExport(format); });
        return;
    }
    rememberFolder(*m_settings, FileKind::Results, path);
    m_desk->note(captures::Deed::What::Export, {},
                 tr("%n results: %1", nullptr, int(rows.size())).arg(QDir::toNativeSeparators(path)));
    Q_EMIT saved();
    Q_EMIT message(
        tr("%n results exported: %1", nullptr, int(rows.size())).arg(QDir::toNativeSeparators(path)));
}

QList<qint64> ResultsPane::highlightedIds() const
{
    QList<qint64> ids;
    for (const auto& capture : highlighted())
        ids << capture.id;
    return ids;
}

QList<qint64> ResultsPane::repeatableHighlighted() const
{
    return m_desk ? captures::Attempts(m_desk->captures()).repeatable(highlightedIds()) : QList<qint64>();
}

QList<qint64> ResultsPane::repeatableOfRun() const
{
    const auto* one = current();
    return one ? captures::Attempts(m_desk->captures()).repeatableOf(one->run) : QList<qint64>();
}

} // namespace ui
