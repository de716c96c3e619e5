// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/importdialog.h"

#include <algorithm>
#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

#include "devices/fleet.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/importcolumns.h"
#include "ui/devices/importformat.h"

namespace ui {

using devices::Match;

namespace {

constexpr int mostQuestions = 100;     ///< asked on this page
constexpr qsizetype longestAsked = 30; ///< characters of a name in a question
constexpr qsizetype longestTab = 60;   ///< characters of a sheet's name
constexpr qsizetype fewRows = 3;       ///< with so few rows it is plausible that no device is online
constexpr qsizetype mostBad = 1000;    ///< lines shown on this page
constexpr qsizetype slice = 4000;      ///< rows that are looked up before the event loop runs again

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // untrusted text
    label->setText(text);
    return label;
}

void clear(QFormLayout* form)
{
    while (form->rowCount() > 0)
        form->removeRow(0);
}

} // namespace

ImportDialog::ImportDialog(devices::Fleet* fleet, const QByteArray& bytes, const Subject& subject,
                           std::function<QString(const QString&)> problem, QWidget* parent)
    : QDialog(parent)
    , m_fleet(fleet)
    , m_bytes(bytes)
    , m_subject(subject)
    , m_problem(std::move(problem))
    , m_read(plainLabel(tr("Reading %1…").arg(shown(subject.source)), this))
    , m_tabs(new QWidget(this))
    , m_tab(new QComboBox(m_tabs))
    , m_format(new ImportFormat(this))
    , m_columns(new ImportColumns(this))
    , m_summary(plainLabel({}, this))
    , m_warning(plainLabel({}, this))
    , m_anyway(new QCheckBox(tr("Save it &all the same: the devices can be waited for"), this))
    , m_asking(new QWidget)
    , m_askForm(new QFormLayout(m_asking))
    , m_bad(new QPlainTextEdit(this))
    , m_name(new QLineEdit(subject.listName, this))
    , m_error(plainLabel({}, this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("importDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Load a device list"));
    resize(720, 620);
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_summary->setWordWrap(true);
    auto font = m_summary->font();
    font.setBold(true);
    m_summary->setFont(font);
    m_warning->setObjectName(QStringLiteral("importWarning"));
    m_warning->setWordWrap(true);
    m_warning->hide();
    setTone(m_warning, Tone::Warning);
    m_anyway->setObjectName(QStringLiteral("importAnyway"));
    m_anyway->hide();
    m_bad->setObjectName(QStringLiteral("importBad"));
    m_bad->setAccessibleName(tr("Lines that cannot be used, and notes on others"));
    m_bad->setReadOnly(true);
    m_bad->setTabChangesFocus(true);
    m_bad->setMaximumHeight(90);
    m_bad->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_name->setObjectName(QStringLiteral("importName"));
    m_error->setObjectName(QStringLiteral("importError"));
    setTone(m_error, Tone::Bad);

    if (subject.pasted)
        m_format->takeAsUtf8();
    m_tab->setObjectName(QStringLiteral("importTab"));
    m_tab->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* tabs = new QFormLayout(m_tabs);
    tabs->setContentsMargins({});
    tabs->addRow(tr("S&heet"), m_tab);
    m_tabs->hide();

    m_save = m_buttons->addButton(tr("Save list"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("importSave"));
    m_save->setDefault(true);
    m_save->setEnabled(false);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ImportDialog::done);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::check);
    connect(m_anyway, &QCheckBox::toggled, this, &ImportDialog::check);
    connect(m_tab, &QComboBox::activated, this, &ImportDialog::chooseSheet);
    connect(m_format, &ImportFormat::chosen, this, &ImportDialog::readFile);
    connect(m_columns, &ImportColumns::chosen, this, [this](qsizetype column, devices::Part part) {
        m_layout.columns[column] = part;
        readAgain();
    });

    auto* asking = new QScrollArea;
    asking->setWidget(m_asking);
    asking->setWidgetResizable(true);
    asking->setAccessibleName(tr("Names that fit several devices"));
    asking->setMinimumHeight(90);
    asking->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    asking->setFocusPolicy(Qt::NoFocus); // its combo boxes take the focus
    asking->setObjectName(QStringLiteral("importAsking"));
    asking->hide();
    m_bad->hide();
    auto* naming = new QFormLayout;
    naming->addRow(tr("&Name of the list"), m_name);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_read);
    layout->addWidget(m_tabs);
    layout->addWidget(m_format);
    layout->addWidget(m_columns, 3);
    layout->addWidget(m_summary);
    layout->addWidget(m_warning);
    layout->addWidget(m_anyway, 0, Qt::AlignLeft);
    layout->addWidget(asking, 2);
    layout->addWidget(m_bad);
    layout->addLayout(naming);
    layout->addWidget(m_error);
    layout->addWidget(m_buttons);
    m_name->setFocus();
    readFile();
}

/// Reads on a worker thread, so that the window stays responsive with a list of 200,000 lines.
void ImportDialog::readFile()
{
    m_save->setEnabled(false);
    QThreadPool::globalInstance()->start(
        [bytes = m_bytes, hints = m_format->hints(), round = ++m_round, self = QPointer<ImportDialog>(this)] {
            const auto deliver = [&round, &self](auto result, auto taker) {
                auto read = std::make_shared<decltype(result)>(std::move(result));
                QMetaObject::invokeMethod(qApp, [read, taker, round, self] {
                    if (self && self->m_round == round)
                        (self->*taker)(std::move(*read));
                });
            };
            if (devices::startsAsWorkbook(bytes))
                deliver(devices::readWorkbook(bytes), &ImportDialog::takeWorkbook);
            else
                deliver(devices::readSheet(bytes, hints), &ImportDialog::take);
        });
}

void ImportDialog::takeWorkbook(std::expected<devices::Workbook, QString> read)
{
    if (!read) {
        Q_EMIT unreadable(read.error());
        close();
        return;
    }
    m_workbook = std::move(*read);
    for (const auto& [name, hidden, sheet] : m_workbook.sheets) {
        auto text = shown(name, longestTab);
        if (sheet.isEmpty())
            text = tr("%1 (empty)").arg(text);
        else if (hidden)
            text = tr("%1 (hidden in the workbook)").arg(text);
        m_tab->addItem(text);
        if (sheet.isEmpty())
            qobject_cast<QStandardItemModel*>(m_tab->model())->item(m_tab->count() - 1)->setEnabled(false);
    }
    const auto likely = int(devices::likelySheet(m_workbook, m_fleet));
    m_tab->setCurrentIndex(likely);
    m_tabs->setVisible(m_tab->count() > 1);
    chooseSheet(likely);
}

void ImportDialog::chooseSheet(int index)
{
    showSheet(m_workbook.sheets[size_t(index)].sheet);
}

void ImportDialog::take(std::expected<devices::TextSheet, QString> read)
{
    if (read) {
        m_format->show(*read);
        showSheet(std::move(read->sheet));
    } else if (m_format->isVisible()) { // the operator's choice does not fit; another one may
        m_reading = {};
        m_matches.clear();
        m_summary->setText(read.error());
        m_warning->hide();
        check();
    } else {
        Q_EMIT unreadable(read.error());
        close();
    }
}

/// Shows a sheet, from a workbook or from a text file.
void ImportDialog::showSheet(devices::Sheet sheet)
{
    m_sheet = std::move(sheet);
    m_layout = devices::layoutOf(m_sheet, m_fleet);
    m_read->setText(m_layout.header < 0 ? tr("%1: no line names the columns").arg(shown(m_subject.source))
                                        : tr("%1: line %2 names the columns")
                                              .arg(shown(m_subject.source))
                                              .arg(m_sheet.line(m_layout.header)));
    m_columns->show(m_sheet, m_layout);
    orderStops();
    readAgain();
}

/// Sets the tab order to the visual order; otherwise widgets that are created later come last.
void ImportDialog::orderStops()
{
    auto stops = QList<QWidget*>{m_tab} + m_format->stops() + m_columns->stops() + QList<QWidget*>{m_anyway};
    for (const auto& [row, choice] : m_questions)
        stops << choice;
    stops << m_bad << m_name << m_save << m_buttons->button(QDialogButtonBox::Cancel);
    for (qsizetype i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
}

void ImportDialog::readAgain()
{
    m_save->setEnabled(false);
    m_summary->setText(tr("Looking the devices up…"));
    QThreadPool::globalInstance()->start(
        [sheet = m_sheet, layout = m_layout, round = ++m_round, self = QPointer<ImportDialog>(this)] {
            auto reading = std::make_shared<devices::Reading>(devices::readRows(sheet, layout));
            QMetaObject::invokeMethod(qApp, [reading, round, self] {
                if (!self || self->m_round != round)
                    return;
                self->m_reading = std::move(*reading);
                self->m_matches.clear();
                self->m_taken.clear();
                self->matchOn();
            });
        });
}

void ImportDialog::matchOn()
{
    if (!m_fleet)
        return;
    const auto done = m_matches.size();
    const auto count = std::min(slice, m_reading.rows.size() - done);
    m_matches << devices::matchRows(std::span(m_reading.rows).subspan(size_t(done), size_t(count)), *m_fleet,
                                    m_taken);
    if (m_matches.size() < m_reading.rows.size()) {
        QTimer::singleShot(0, this, [this, round = m_round] {
            if (round == m_round)
                matchOn();
        });
        return;
    }
    devices::settleMatches(m_reading, m_matches);
    showMatches();
}

void ImportDialog::showMatches()
{
    qsizetype absent = 0, unclear = 0;
    auto repeated = m_reading.repeated.size();
    m_ready = 0;
    clear(m_askForm);
    m_questions.clear();
    for (qsizetype i = 0; i < m_matches.size(); ++i) {
        switch (m_matches[i].state) {
        case Match::State::Ready: ++m_ready; break;
        case Match::State::NotSeen: ++absent; break;
        case Match::State::Repeated: ++repeated; break;
        case Match::State::Unclear:
            if (++unclear <= mostQuestions)
                addQuestion(i);
            break;
        case Match::State::Surplus: break;
        }
    }
    QStringList parts{tr("%1 ready").arg(m_ready)};
    if (absent > 0)
        parts << tr("%1 not seen in the last hour").arg(absent);
    if (repeated > 0)
        parts << tr("%n duplicates", nullptr, int(repeated));
    if (unclear > 0)
        parts << tr("%n need your choice", nullptr, int(unclear));
    if (!m_reading.bad.isEmpty())
        parts << tr("%n cannot be used", nullptr, int(m_reading.bad.size()));
    const auto rows = m_ready + absent + repeated + unclear + m_reading.bad.size();
    m_summary->setText(tr("%1: %2").arg(tr("%n rows", nullptr, int(rows)), parts.join(QStringLiteral(", "))));
    findChild<QScrollArea*>(QStringLiteral("importAsking"))->setVisible(unclear > 0);
    showNotes();
    orderStops();
    check();
}

/// Returns whether no row is a device of the account: most probably a column has the wrong meaning.
bool ImportDialog::isUseless() const
{
    return m_fleet && m_fleet->size() > 0 && m_ready == 0 && m_questions.empty() && !m_matches.isEmpty();
}

/// A few machines may all be offline; more are hardly all offline at once.
bool ImportDialog::mustConfirm() const
{
    return isUseless() && m_matches.size() > fewRows;
}

void ImportDialog::showNotes()
{
    QStringList warnings;
    if (isUseless())
        warnings << tr(
            "None of these rows is a device of this account. Check which column holds the device's "
            "name, or its ID.");
    const auto foreign = std::ranges::count(m_matches, true, &Match::isForeign);
    if (foreign > 0)
        warnings << tr("%n IDs are not of this account; these rows count by their names.", nullptr,
                       int(foreign));
    m_warning->setText(warnings.join(u'\n'));
    m_warning->setVisible(!warnings.isEmpty());
    m_anyway->setVisible(mustConfirm());
    if (!mustConfirm())
        m_anyway->setChecked(false);

    QStringList lines;
    const auto tell = [&lines](const QList<devices::BadLine>& told) {
        for (const auto& one : told.first(std::min(mostBad, told.size())))
            lines << tr("Line %1: %2").arg(one.line).arg(shown(one.reason));
        if (told.size() > mostBad)
            lines << tr("and %1 more").arg(told.size() - mostBad);
    };
    tell(m_reading.bad);
    tell(m_reading.notes);
    m_bad->setPlainText(lines.join(u'\n'));
    m_bad->setVisible(!lines.isEmpty());
}

/// Asks which device is meant; none is selected in advance.
void ImportDialog::addQuestion(qsizetype row)
{
    const auto& entry = m_reading.rows[row].entry;
    auto* choice = new QComboBox(m_asking);
    // As wide as the area, not as the longest text.
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(20);
    choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    choice->addItem(tr("Leave out"));
    for (const auto& device : m_matches[row].devices)
        choice->addItem(QStringLiteral("%1 · %2 · %3")
                            .arg(shown(device.name), shown(device.email), platformName(device.platform)));
    auto* label =
        plainLabel(tr("Line %1: %2")
                       .arg(m_reading.rows[row].line)
                       .arg(shown(entry.name.isEmpty() ? entry.key.email : entry.name, longestAsked)),
                   m_asking);
    label->setBuddy(choice);
    m_askForm->addRow(label, choice);
    m_questions.emplace_back(row, choice);
}

void ImportDialog::check()
{
    const auto wrong = m_problem(m_name->text());
    m_error->setText(m_name->text().isEmpty() ? QString() : wrong);
    m_save->setEnabled(wrong.isEmpty() && m_matches.size() == m_reading.rows.size() && !m_matches.isEmpty() &&
                       (!mustConfirm() || m_anyway->isChecked()));
}

void ImportDialog::done()
{
    QList<devices::Entry> entries;
    for (qsizetype i = 0; i < m_matches.size(); ++i) {
        const auto& match = m_matches[i];
        if (match.state == Match::State::Ready || match.state == Match::State::NotSeen)
            entries << devices::entryOf(m_reading.rows[i], match);
    }
    for (const auto& [row, choice] : m_questions) {
        if (choice->currentIndex() > 0)
            entries << devices::entryOf(m_matches[row].devices[choice->currentIndex() - 1]);
    }
    Q_EMIT imported(m_name->text().trimmed(), entries);
    accept();
}

} // namespace ui
