// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QPointer>
#include <QWidget>

#include "captures/desk.h"
#include "ui/devices/devicemodel.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui {

class DeviceTable;
class EmptyState;

/// \brief The table of devices with what belongs to it: the words where it is empty, and the count below.
class DevicePane final : public QWidget {
    Q_OBJECT

public:
    explicit DevicePane(DeviceModel::Clock clock, QWidget* parent = nullptr);
    ~DevicePane() override;

    void setDesk(captures::Desk* desk); ///< null: no connection
    [[nodiscard]] DeviceTable* table() const { return m_table; }

    /// The saved list that is shown, for the words; empty where none is.
    void setList(const QString& name, qsizetype entries, qsizetype missing);

Q_SIGNALS:
    void clearSearch();
    void showTicked();

private:
    void followLoader();
    void loadEnded(const std::optional<api::Error>& error);
    void reword();
    void rewordCount();
    void rewordEmpty();
    [[nodiscard]] QString devicesText() const;

    QPointer<captures::Desk> m_desk;
    DeviceModel* m_model;
    DeviceTable* m_table;
    EmptyState* m_empty;
    QLabel* m_ticked;
    QPushButton* m_show;
    QPushButton* m_again;
    QLabel* m_count;
    QWidget* m_reading;
    QProgressBar* m_progress;

    QString m_list;
    qsizetype m_listed = 0;
    qsizetype m_missing = 0;
    bool m_everRead = false;
    std::optional<api::Error> m_error;
};

} // namespace ui
