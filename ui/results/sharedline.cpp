// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/sharedline.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "captures/sharedrecord.h"
#include "ui/common/savedialog.h"
#include "ui/common/text.h"

namespace ui {

using captures::SharedRecord;

namespace {

QString wordsOf(const SharedRecord::State& state)
{
    QStringList words;
    if (!state.refused.isEmpty())
        words << SharedLine::tr("That file was not taken: %1.").arg(shown(state.refused));
    const auto path = shown(QDir::toNativeSeparators(state.path));
    if (state.path.isEmpty() && !state.problem.isEmpty())
        words << SharedLine::tr("The file: %1.").arg(shown(state.problem));
    else if (state.path.isEmpty())
        words << SharedLine::tr("The audit log can be appended to a file as well, on your team's share for "
                                "instance. Several computers may append to the same one.");
    else if (!state.problem.isEmpty())
        words << SharedLine::tr("Not appended to %1: %2. Lines that wait: %3. They are kept, and appended "
                                "when the file is back.")
                     .arg(path, shown(state.problem))
                     .arg(state.waiting);
    else
        words << SharedLine::tr("What is done here is also appended to %1.").arg(path);
    return words.join(u' ');
}

} // namespace

SharedLine::SharedLine(SharedRecord* shared, const storage::Settings* settings, QWidget* parent)
    : QWidget(parent)
    , m_shared(shared)
    , m_settings(settings)
    , m_words(new QLabel(this))
    , m_choose(new QPushButton(this))
    , m_stop(new QPushButton(tr("Stop appending"), this))
{
    m_words->setObjectName(QStringLiteral("sharedWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_choose->setObjectName(QStringLiteral("sharedChoose"));
    m_stop->setObjectName(QStringLiteral("sharedStop"));
    m_stop->setToolTip(tr("From then on nothing is appended, nor what waits."));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_words, 1);
    layout->addWidget(m_choose);
    layout->addWidget(m_stop);
    connect(m_choose, &QPushButton::clicked, this, &SharedLine::ask);
    connect(m_stop, &QPushButton::clicked, m_shared, &SharedRecord::stop);
    connect(m_shared, &SharedRecord::changed, this, &SharedLine::tell);
    m_shared->append(); // updates the state
    tell();
}

void SharedLine::tell()
{
    const auto& state = m_shared->state();
    m_words->setText(wordsOf(state));
    m_choose->setText(state.path.isEmpty() ? tr("Append to a file…") : tr("Another file…"));
    m_stop->setVisible(!state.path.isEmpty());
}

void SharedLine::ask()
{
    const auto& path = m_shared->state().path;
    askSaveFile(this, *m_settings,
                {.kind = FileKind::SharedRecord,
                 .title = tr("Append the audit log to a file"),
                 .fileName = path.isEmpty() ? QStringLiteral("record-of-runs.csv") : path,
                 .filter = tr("CSV (*.csv)"),
                 .suffix = QStringLiteral("csv"),
                 .done = [this](const QString& chosen) { m_shared->choose(chosen); },
                 .appends = true});
}

} // namespace ui
