// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/download.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "captures/desk.h"
#include "ui/common/text.h"

namespace ui {

DownloadBar::DownloadBar(QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setMinimumWidth(1); // otherwise the file's name would widen the window
    m_progress->setAccessibleName(tr("Saving the capture file"));
    m_progress->setMaximumWidth(200);
    auto* cancel = new QPushButton(tr("Stop saving"), this);
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (m_download)
            m_download->cancel();
    });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label, 1);
    row->addWidget(m_progress);
    row->addWidget(cancel);
    hide();
}

DownloadBar::~DownloadBar()
{
    stop();
}

void DownloadBar::stop()
{
    if (m_download) {
        m_download->disconnect(this);
        delete m_download; // it would write to a deleted file object
    }
    m_file.reset();
    hide();
}

void DownloadBar::save(captures::Desk* desk, qint64 id, const QString& path)
{
    stop();
    m_file = std::make_unique<base::SaveFile>(path);
    if (const auto begun = m_file->begin(); !begun) {
        m_file.reset();
        Q_EMIT notSaved(begun.error());
        return;
    }
    m_label->setText(tr("Saving %1").arg(shown(QFileInfo(path).fileName())));
    m_progress->setRange(0, 0);
    show();
    m_download = desk->download(id, m_file.get());
    connect(m_download, &api::Download::progress, this, [this](qint64 received, qint64 total) {
        m_progress->setRange(0, total < 0 ? 0 : 1000);
        m_progress->setValue(total > 0 ? int(received * 1000 / total) : 0);
    });
    connect(m_download, &api::Call::finished, this, &DownloadBar::finish);
}

void DownloadBar::finish()
{
    hide();
    const auto file = std::exchange(m_file, nullptr);
    const auto result = m_download->result();
    m_download = nullptr;
    if (file->problem()) {
        Q_EMIT notSaved(*file->problem());
    } else if (!result) {
        if (!std::holds_alternative<api::Cancelled>(result.error()))
            Q_EMIT failed(result.error());
    } else if (const auto done = file->commit(); !done) {
        Q_EMIT notSaved(done.error());
    } else {
        Q_EMIT saved(file->path());
    }
}

} // namespace ui
