// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include "devices/device.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;

namespace captures {
class Desk;
}
namespace storage {
class Settings;
}

namespace ui {

class DeviceModel;
class DeviceView;
class FacetBar;

/// \brief The device table with its surroundings: advice while it is empty, progress while it loads, and the
/// counts.
class DevicePane : public QWidget {
    Q_OBJECT

public:
    explicit DevicePane(storage::Settings* settings, QWidget* parent = nullptr);

    void setDesk(captures::Desk* desk);
    [[nodiscard]] DeviceView* view() const { return m_view; }
    void setFilter(const QString& filter);
    void tickShown(); ///< all devices shown that can be ticked
    void addByHand();

Q_SIGNALS:
    void clearSearch();
    void showTicked();
    void typedByHand(const devices::Device& device); ///< to be added and ticked

private:
    void refresh();
    void askService();
    void showRunning();
    void askForUsers(int machines);

    captures::Desk* m_desk = nullptr;
    bool m_unread = false; ///< the last load failed
    int m_opened = 0;      ///< machines for which the operator still has to choose the users
    DeviceModel* m_model;
    DeviceView* m_view;
    FacetBar* m_facets;
    QStackedLayout* m_stack;
    QLabel* m_empty;
    QPushButton* m_clear;
    QPushButton* m_byHand;
    QLabel* m_counts;
    QPushButton* m_show;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QTimer m_ask; ///< delays the search at the service until the operator stops typing
};

} // namespace ui
