// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include "devices/layout.h"

class QComboBox;
class QGridLayout;

namespace ui {

/// \brief The columns of an imported table: heading, sample cells and detected meaning, which the operator
/// can change.
class ImportColumns : public QScrollArea {
    Q_OBJECT

public:
    explicit ImportColumns(QWidget* parent = nullptr);

    void show(const devices::Sheet& sheet, const devices::Layout& layout);
    [[nodiscard]] QList<QWidget*> stops() const; ///< the Tab stops, in order

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
