// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QPointer>
#include <QWidget>

#include "devices/fleet.h"

class QMenu;
class QToolButton;

namespace ui {

/// \brief Filter buttons for platform, eligibility, status and version; each value has its number of devices.
class FacetBar : public QWidget {
    Q_OBJECT

public:
    explicit FacetBar(QWidget* parent = nullptr);

    void setFleet(devices::Fleet* fleet); ///< null: none
    void clear();

private:
    void fill(devices::Facet facet, QMenu* menu);
    void choose(devices::Facet facet, const QString& value, bool on);
    void any(devices::Facet facet);
    void refresh();

    QPointer<devices::Fleet> m_fleet;
    std::map<devices::Facet, QToolButton*> m_buttons;
    QToolButton* m_clear;
};

} // namespace ui
