// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "devices/sheet.h"

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace ui {

/// \brief How a file is cut into a table: what was guessed, to be changed.
class ImportFormat : public QWidget {
    Q_OBJECT

public:
    explicit ImportFormat(QWidget* parent = nullptr);

    /// Its encoding is known and not asked for.
    void takeAsUtf8();
    void show(const devices::TextSheet& read);
    [[nodiscard]] devices::TextHints hints() const { return m_hints; } ///< what the operator has chosen
    [[nodiscard]] QList<QWidget*> stops() const;                       ///< of Tab, in their order

Q_SIGNALS:
    void chosen(); ///< the file is to be read again

private:
    QWidget* addLabelled(const QString& text, QWidget* field, int column);
    void fillSeparators(QChar current);

    devices::TextHints m_hints;
    QGridLayout* m_grid;
    QWidget* m_encodingLabel;
    QComboBox* m_encoding;
    QComboBox* m_separator;
    QCheckBox* m_quotedLines;
};

} // namespace ui
