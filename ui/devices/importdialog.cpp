// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/importdialog.h"

#include <algorithm>
#include <memory>

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QThreadPool>
#include <QTimer>
#include <QVBoxLayout>

#include "devices/fleet.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using devices::Match;
using devices::Part;

namespace {

constexpr int mostColumns = 60;     ///< shown, to be changed
constexpr int mostQuestions = 100;  ///< asked on this page
constexpr qsizetype mostBad = 1000; ///< told on this page
constexpr qsizetype slice = 4000;   ///< rows that are looked up without a break

QString partName(Part part)
{
    switch (part) {
    case Part::Nothing: return ImportDialog::tr("Not used");
    case Part::DeviceId: return ImportDialog::tr("Device ID");
    case Part::RegistrationId: return ImportDialog::tr("Registration ID");
    case Part::Email: return ImportDialog::tr("User (e-mail)");
    case Part::Name: return ImportDialog::tr("Device name");
    case Part::Platform: return ImportDialog::tr("Platform");
    }
    Q_UNREACHABLE();
}

QString encodingName(devices::Encoding encoding)
{
    switch (encoding) {
    case devices::Encoding::Utf8: return QStringLiteral("UTF-8");
    case devices::Encoding::Utf16Little:
    case devices::Encoding::Utf16Big: return QStringLiteral("UTF-16");
    case devices::Encoding::Latin1: return QStringLiteral("Latin-1");
    }
    Q_UNREACHABLE();
}

QString nameOfSeparator(QChar separator)
{
    if (separator == u'\t')
        return ImportDialog::tr("tab");
    if (separator == u';')
        return ImportDialog::tr("semicolon");
    return separator == u',' ? ImportDialog::tr("comma") : QString(separator);
}

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // it shows other people's texts
    label->setText(text);
    return label;
}

void clear(QFormLayout* form)
{
    while (form->rowCount() > 0)
        form->removeRow(0);
}

QScrollArea* scrolling(QWidget* what, const QString& name, int height)
{
    auto* area = new QScrollArea;
    area->setWidget(what);
    area->setWidgetResizable(true);
    area->setAccessibleName(name);
    area->setMinimumHeight(height);
    return area;
}

} // namespace

ImportDialog::ImportDialog(devices::Fleet* fleet, const QByteArray& bytes, const Subject& subject,
                           std::function<QString(const QString&)> problem, QWidget* parent)
    : QDialog(parent)
    , m_fleet(fleet)
    , m_subject(subject)
    , m_problem(std::move(problem))
    , m_read(plainLabel(tr("Reading %1…").arg(shown(subject.source)), this))
    , m_columns(new QWidget)
    , m_columnForm(new QFormLayout(m_columns))
    , m_summary(plainLabel({}, this))
    , m_asking(new QWidget)
    , m_askForm(new QFormLayout(m_asking))
    , m_bad(new QPlainTextEdit(this))
    , m_name(new QLineEdit(subject.listName, this))
    , m_error(plainLabel({}, this))
{
    setObjectName(QStringLiteral("importDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Load a device list"));
    resize(640, 560);
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_summary->setWordWrap(true);
    auto font = m_summary->font();
    font.setBold(true);
    m_summary->setFont(font);
    m_bad->setObjectName(QStringLiteral("importBad"));
    m_bad->setAccessibleName(tr("Lines that cannot be used"));
    m_bad->setReadOnly(true);
    m_bad->setMaximumHeight(90);
    m_bad->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_name->setObjectName(QStringLiteral("importName"));
    m_error->setObjectName(QStringLiteral("importError"));
    setTone(m_error, Tone::Bad);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save list"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("importSave"));
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &ImportDialog::done);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::check);

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_read);
    layout->addWidget(scrolling(m_columns, tr("What each column is taken for"), 130), 2);
    layout->addWidget(m_summary);
    auto* asking = scrolling(m_asking, tr("Names that fit several devices"), 90);
    asking->setObjectName(QStringLiteral("importAsking"));
    asking->hide();
    layout->addWidget(asking, 2);
    m_bad->hide();
    layout->addWidget(m_bad);
    auto* naming = new QFormLayout;
    naming->addRow(tr("&Name of the list"), m_name);
    layout->addLayout(naming);
    layout->addWidget(m_error);
    layout->addWidget(buttons);
    m_save->setEnabled(false);

    // A list of 200,000 lines takes a moment, in which the window goes on.
    QThreadPool::globalInstance()->start([bytes, self = QPointer<ImportDialog>(this)] {
        auto sheet = std::make_shared<std::expected<devices::Sheet, QString>>(devices::readSheet(bytes));
        QMetaObject::invokeMethod(qApp, [sheet, self] {
            if (self)
                self->take(std::move(*sheet));
        });
    });
}

void ImportDialog::take(std::expected<devices::Sheet, QString> sheet)
{
    if (!sheet) {
        Q_EMIT unreadable(sheet.error());
        close();
        return;
    }
    m_sheet = std::move(*sheet);
    m_layout = devices::layoutOf(m_sheet);
    m_read->setText(tr("%1: %2, separated by %3%4")
                        .arg(shown(m_subject.source), encodingName(m_sheet.encoding),
                             nameOfSeparator(m_sheet.separator),
                             m_layout.header < 0 ? tr("; no line names the columns") : QString()));
    showColumns();
    readAgain();
}

void ImportDialog::showColumns()
{
    const auto first = size_t(m_layout.header + 1);
    for (qsizetype column = 0; column < std::min<qsizetype>(m_layout.columns.size(), mostColumns); ++column) {
        const auto cellOf = [&](size_t row) {
            return row < m_sheet.rows.size() ? shown(m_sheet.rows[row].cells.value(column).left(40))
                                             : QString();
        };
        auto heading = m_layout.header < 0 ? QString() : cellOf(size_t(m_layout.header));
        if (heading.isEmpty())
            heading = tr("Column %1").arg(column + 1);
        auto* choice = new QComboBox(m_columns);
        choice->setObjectName(QStringLiteral("importColumn%1").arg(column));
        for (const auto part :
             {Part::Nothing, Part::DeviceId, Part::RegistrationId, Part::Email, Part::Name, Part::Platform})
            choice->addItem(partName(part), int(part));
        choice->setCurrentIndex(choice->findData(int(m_layout.columns[column])));
        connect(choice, &QComboBox::currentIndexChanged, this, [this, choice, column] {
            m_layout.columns[column] = Part(choice->currentData().toInt());
            readAgain();
        });
        const auto sample = cellOf(first);
        auto* label = plainLabel(sample.isEmpty() ? heading : QStringLiteral("%1 (%2)").arg(heading, sample),
                                 m_columns);
        label->setBuddy(choice);
        m_columnForm->addRow(label, choice);
    }
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
    showMatches();
}

void ImportDialog::showMatches()
{
    qsizetype ready = 0, absent = 0, unclear = 0;
    auto repeated = m_reading.repeated.size();
    clear(m_askForm);
    m_questions.clear();
    for (qsizetype i = 0; i < m_matches.size(); ++i) {
        switch (m_matches[i].state) {
        case Match::State::Ready: ++ready; break;
        case Match::State::NotSeen: ++absent; break;
        case Match::State::Repeated: ++repeated; break;
        case Match::State::Unclear:
            if (++unclear <= mostQuestions)
                addQuestion(i);
            break;
        }
    }
    QStringList parts{tr("%1 ready").arg(ready)};
    if (absent > 0)
        parts << tr("%1 not seen in the last hour").arg(absent);
    if (repeated > 0)
        parts << tr("%n duplicates", nullptr, int(repeated));
    if (unclear > 0)
        parts << tr("%n need your choice", nullptr, int(unclear));
    if (!m_reading.bad.isEmpty())
        parts << tr("%n cannot be used", nullptr, int(m_reading.bad.size()));
    const auto rows = m_reading.rows.size() + m_reading.repeated.size() + m_reading.bad.size();
    m_summary->setText(tr("%1: %2").arg(tr("%n rows", nullptr, int(rows)), parts.join(QStringLiteral(", "))));

    QStringList lines;
    for (const auto& bad : m_reading.bad.first(std::min(mostBad, m_reading.bad.size())))
        lines << tr("Line %1: %2").arg(bad.line).arg(shown(bad.reason));
    if (m_reading.bad.size() > mostBad)
        lines << tr("and %1 more").arg(m_reading.bad.size() - mostBad);
    m_bad->setPlainText(lines.join(u'\n'));
    m_bad->setVisible(!lines.isEmpty());
    findChild<QScrollArea*>(QStringLiteral("importAsking"))->setVisible(unclear > 0);
    check();
}

/// Nothing is picked for the operator.
void ImportDialog::addQuestion(qsizetype row)
{
    const auto& entry = m_reading.rows[row].entry;
    auto* choice = new QComboBox(m_asking);
    choice->addItem(tr("Leave out"));
    for (const auto& device : m_matches[row].devices)
        choice->addItem(QStringLiteral("%1 · %2 · %3")
                            .arg(shown(device.name), shown(device.email), platformName(device.platform)));
    auto* label = plainLabel(tr("Line %1: %2")
                                 .arg(m_reading.rows[row].line)
                                 .arg(shown(entry.name.isEmpty() ? entry.key.email : entry.name)),
                             m_asking);
    label->setBuddy(choice);
    m_askForm->addRow(label, choice);
    m_questions.emplace_back(row, choice);
}

void ImportDialog::check()
{
    const auto wrong = m_problem(m_name->text());
    m_error->setText(m_name->text().isEmpty() ? QString() : wrong);
    m_save->setEnabled(wrong.isEmpty() && m_matches.size() == m_reading.rows.size() && !m_matches.isEmpty());
}

void ImportDialog::done()
{
    QList<devices::Entry> entries;
    for (qsizetype i = 0; i < m_matches.size(); ++i) {
        const auto& match = m_matches[i];
        switch (match.state) {
        case Match::State::Ready:
            entries << (match.devices.size() == 1 ? devices::entryOf(match.devices.first())
                                                  : m_reading.rows[i].entry);
            break;
        case Match::State::NotSeen: entries << m_reading.rows[i].entry; break;
        case Match::State::Repeated:
        case Match::State::Unclear: break;
        }
    }
    for (const auto& [row, choice] : m_questions) {
        if (choice->currentIndex() > 0)
            entries << devices::entryOf(m_matches[row].devices[choice->currentIndex() - 1]);
    }
    Q_EMIT imported(m_name->text().trimmed(), entries);
    accept();
}

} // namespace ui
