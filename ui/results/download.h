// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QPointer>
#include <QWidget>

#include "api/client.h"
#include "base/savefile.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace captures {
class Desk;
}

namespace ui {

/// \brief Saves one capture file at a time, completely or not at all, with a progress bar and a button to
/// stop.
class DownloadBar : public QWidget {
    Q_OBJECT

public:
    explicit DownloadBar(QWidget* parent = nullptr);
    ~DownloadBar() override;

    /// Downloads the file of a capture.  Stops a download that is running.  \pre `captures::mayHaveFile`
    void save(captures::Desk* desk, qint64 id, const QString& path);
    void stop();

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const api::Error& error); ///< the download failed
    void notSaved(const base::SaveProblem& problem);

private:
    void finish();

    std::unique_ptr<base::SaveFile> m_file;
    QPointer<api::Download> m_download;
    QLabel* m_label;
    QProgressBar* m_progress;
};

} // namespace ui
