// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QWidget>

namespace captures {
class Desk;
}
namespace storage {
class Settings;
}

namespace ui {

/// \brief The panel on the right: preset, options, ticket, and the button that opens the review.
class OptionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit OptionsPanel(storage::Settings* settings, QWidget* parent = nullptr);
    ~OptionsPanel() override;

    void setDesk(captures::Desk* desk); ///< null: no connection; everything is disabled
    void focusTicket();
    void review(); ///< action of the Run button: opens the review, or moves the focus to what is missing
    void reviewAgain(const QList<qint64>& ids); ///< opens the review for another attempt of these captures

Q_SIGNALS:
    void runStarted(qint64 run);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
