// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "devices/sheet.h"

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace ui {

/// \brief How a text file is split into a table: the detected format, which the operator can change.
class ImportFormat : public QWidget {
    Q_OBJECT

public:
    explicit ImportFormat(QWidget* parent = nullptr);

    /// Sets the encoding to UTF-8 and hides its field.
    void takeAsUtf8();
    void show(const devices::TextSheet& read);
    [[nodiscard]] devices::TextHints hints() const { return m_hints; } ///< the operator's choices
    [[nodiscard]] QList<QWidget*> stops() const;                       ///< the Tab stops, in order

Q_SIGNALS:
    void chosen(); ///< the file has to be read again

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
