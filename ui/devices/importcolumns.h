// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include "devices/layout.h"

class QComboBox;
class QGridLayout;

namespace ui {

/// \brief The columns of somebody's table: heading, some of its cells, what it is taken for, to be changed.
class ImportColumns : public QScrollArea {
    Q_OBJECT

public:
    explicit ImportColumns(QWidget* parent = nullptr);

    void show(const devices::Sheet& sheet, const devices::Layout& layout);
    [[nodiscard]] QList<QWidget*> stops() const; ///< of Tab, in their order

Q_SIGNALS:
    void chosen(qsizetype column, devices::Part part);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addColumn(const devices::Sheet& sheet, const devices::Layout& layout, qsizetype column);

    QGridLayout* m_grid = nullptr;
    QList<QComboBox*> m_choices;
};

} // namespace ui
