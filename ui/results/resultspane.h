// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QWidget>

class QAction;

namespace captures {
class Desk;
}
namespace storage {
class Settings;
}

namespace ui {

/// \brief The results: one row a capture, live, with saving of files and export.
class ResultsPane : public QWidget {
    Q_OBJECT

public:
    explicit ResultsPane(storage::Settings* settings, QWidget* parent = nullptr);
    ~ResultsPane() override;

    void setDesk(captures::Desk* desk);
    void focusNewest(); ///< the newest row becomes current and has the focus

    /// For the window's menus; enabled as the selection allows.
    [[nodiscard]] QList<QAction*> captureActions() const; ///< save file, copy summary, cancel, …
    [[nodiscard]] QList<QAction*> exportActions() const;  ///< as CSV, as JSON

Q_SIGNALS:
    void message(const QString& text); ///< for the status bar

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
