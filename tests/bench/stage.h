// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QApplication>
#include <QTemporaryDir>

#include "connections/connection.h"
#include "devices/device.h"
#include "process.h"
#include "storage/settings.h"
#include "ui/window/mainwindow.h"

class QTableView;

namespace bench {

/// \brief The application, which measures each event: the longest time that the event loop was blocked, and
/// by what.
class Application : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;

    void operation(const char* name) { m_operation = name; }
    void resetHeld() { m_held = 0; }
    [[nodiscard]] double heldMs() const { return m_held; }
    [[nodiscard]] QByteArray heldBy() const { return m_heldBy; }

private:
    int m_depth = 0;
    const char* m_operation = "";
    double m_held = 0;
    QByteArray m_heldBy;
};

/// \brief The real window, with folders of its own.
class Stage {
public:
    Stage();
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] QTableView* table();
    void show(); ///< shows it and waits for the first paint
    /// Runs the event loop until the condition holds.
    static void wait(const std::function<bool()>& holds);
    /// Runs the event loop until the table has been painted with all pending changes.
    void settle();
    /// Opens an account whose URL nothing answers, with synthetic devices.
    void fill(qsizetype devices);

private:
    QTemporaryDir m_folder;
    storage::Paths m_paths;
    std::unique_ptr<storage::Settings> m_settings;
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<ui::MainWindow> m_window;
};

[[nodiscard]] QList<devices::Device> make(qsizetype count);

// Each measures and prints one figure.
void keystrokes(Stage& stage, qsizetype devices);
void sorting(Stage& stage, qsizetype devices);
void holding(Application& app, Stage& stage, const connections::Connection& account, qsizetype devices);

} // namespace bench
