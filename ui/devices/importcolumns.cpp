// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/importcolumns.h"

#include <algorithm>

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>

#include "ui/common/elidedlabel.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using devices::Part;

namespace {

constexpr int mostColumns = 60;          ///< shown and changeable
constexpr qsizetype mostSamples = 3;     ///< cells of a column
constexpr qsizetype samplesWithin = 300; ///< rows that are searched for samples
constexpr qsizetype longestSample = 30;  ///< characters
constexpr qsizetype longestCell = 200;   ///< in the tool tip
constexpr qsizetype longestHeading = 28;

QString partName(Part part)
{
    switch (part) {
    case Part::Nothing: return ImportColumns::tr("Not used");
    case Part::DeviceId: return ImportColumns::tr("Device ID");
    case Part::RegistrationId: return ImportColumns::tr("Registration ID");
    case Part::Email: return ImportColumns::tr("User (e-mail)");
    case Part::Name: return ImportColumns::tr("Device name");
    case Part::Platform: return ImportColumns::tr("Platform");
    }
    Q_UNREACHABLE();
}

/// Returns sample cells of a column, those with non-ASCII letters first, because they show whether the
/// encoding is right.
QStringList samplesOf(const devices::Sheet& sheet, qsizetype from, qsizetype column)
{
    QStringList plain, telling;
    const auto until = std::min(sheet.size(), from + samplesWithin);
    for (auto row = from; row < until && telling.size() < mostSamples; ++row) {
        const auto cell = sheet.cell(row, column).trimmed();
        if (cell.isEmpty())
            continue;
        const bool tells = std::ranges::any_of(cell, [](QChar c) { return c.unicode() >= 0x80; });
        if (auto& list = tells ? telling : plain; list.size() < mostSamples)
            list << cell.left(longestCell);
    }
    return (telling + plain).mid(0, mostSamples);
}

/// Label for untrusted text.  \param whole for the tool tip
QLabel* sampleLabel(const QString& text, const QString& whole, QWidget* parent)
{
    auto* label = new ElidedLabel(text, parent);
    label->setToolTip(toolTip(whole));
    return label;
}

} // namespace

ImportColumns::ImportColumns(QWidget* parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("importColumns"));
    setAccessibleName(tr("What each column is taken for"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // its combo boxes take the focus
    setMinimumHeight(130);
}

void ImportColumns::show(const devices::Sheet& sheet, const devices::Layout& layout)
{
    auto* contents = new QWidget;
    m_grid = new QGridLayout(contents);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 4);
    m_choices.clear();
    for (qsizetype column = 0; column < std::min<qsizetype>(layout.columns.size(), mostColumns); ++column)
        addColumn(sheet, layout, column);
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    setWidget(contents); // deletes the previous widget
}

void ImportColumns::addColumn(const devices::Sheet& sheet, const devices::Layout& layout, qsizetype column)
{
    auto* contents = m_grid->parentWidget();
    auto whole =
        layout.header < 0 ? QString() : sheet.cell(layout.header, column).trimmed().left(longestCell);
    if (shown(whole).isEmpty())
        whole = tr("Column %1").arg(column + 1);
    const auto heading = shown(whole, longestHeading);
    const auto cells = samplesOf(sheet, layout.dataFrom(), column);
    QStringList parts;
    for (const auto& cell : cells)
        parts << shown(cell, longestSample);
    const auto samples = parts.join(QStringLiteral(" · "));
    auto* choice = new QComboBox(contents);
    choice->setObjectName(QStringLiteral("importColumn%1").arg(column));
    for (const auto part :
         {Part::Nothing, Part::DeviceId, Part::RegistrationId, Part::Email, Part::Name, Part::Platform})
        choice->addItem(partName(part), int(part));
    choice->setCurrentIndex(choice->findData(int(layout.columns[column])));
    choice->setFocusPolicy(Qt::StrongFocus);
    choice->installEventFilter(this);
    connect(choice, &QComboBox::currentIndexChanged, this,
            [this, choice, column] { Q_EMIT chosen(column, Part(choice->currentData().toInt())); });

    const auto reason = layout.reasons.value(column);
    choice->setAccessibleName(heading);
    choice->setAccessibleDescription(reason.isEmpty() ? samples : reason);
    auto* name = sampleLabel(heading, whole, contents);
    auto* some = sampleLabel(samples, cells.join(u'\n'), contents);
    some->setObjectName(QStringLiteral("importSamples%1").arg(column));
    setTone(some, Tone::Quiet);
    const auto row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(some, row, 1);
    m_grid->addWidget(choice, row, 2);
    if (!reason.isEmpty()) {
        auto* why = new QLabel(tr("Not used: %1").arg(reason), contents);
        why->setTextFormat(Qt::PlainText);
        why->setObjectName(QStringLiteral("importReason%1").arg(column));
        why->setWordWrap(true);
        setTone(why, Tone::Quiet);
        m_grid->addWidget(why, row + 1, 0, 1, 3);
        connect(choice, &QComboBox::currentIndexChanged, why, &QWidget::hide);
    }
    m_choices << choice;
}

QList<QWidget*> ImportColumns::stops() const
{
    return {m_choices.begin(), m_choices.end()};
}

/// Ignores the mouse wheel over a combo box: scrolling must not change the choice.
bool ImportColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && m_choices.contains(static_cast<QComboBox*>(watched))) {
        event->ignore();
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace ui
