// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/importformat.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include "devices/encoding.h"

namespace ui {

namespace {

QString separatorName(QChar separator)
{
    switch (separator.unicode()) {
    case u'\t': return ImportFormat::tr("Tab");
    case u';': return ImportFormat::tr("Semicolon ;");
    case u',': return ImportFormat::tr("Comma ,");
    case u'|': return ImportFormat::tr("Bar |");
    case u' ': return ImportFormat::tr("Space");
    default: return QString(separator);
    }
}

} // namespace

ImportFormat::ImportFormat(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_encoding(new QComboBox(this))
    , m_separator(new QComboBox(this))
    , m_quotedLines(new QCheckBox(tr("Each line is in &quotes as a whole: read what is inside"), this))
{
    m_encoding->setObjectName(QStringLiteral("importEncoding"));
    m_separator->setObjectName(QStringLiteral("importSeparator"));
    m_quotedLines->setObjectName(QStringLiteral("importQuotedLines"));
    for (const auto& encoding : devices::encodings())
        m_encoding->addItem(encoding.label, encoding.name);
    m_encodingLabel = addLabelled(tr("&Encoding"), m_encoding, 0);
    addLabelled(tr("Se&parator"), m_separator, 2);
    m_grid->setColumnStretch(4, 1);
    m_grid->addWidget(m_quotedLines, 1, 0, 1, 5, Qt::AlignLeft);
    m_grid->setContentsMargins({});
    hide();
    m_quotedLines->hide();

    connect(m_encoding, &QComboBox::activated, this, [this] {
        m_hints.encoding = m_encoding->currentData().toByteArray();
        Q_EMIT chosen();
    });
    connect(m_separator, &QComboBox::activated, this, [this] {
        m_hints.separator = m_separator->currentData().toChar();
        Q_EMIT chosen();
    });
    connect(m_quotedLines, &QCheckBox::toggled, this, [this](bool on) {
        m_hints.quotedLines = on;
        m_hints.separator.reset(); // the separator inside the quoted lines differs
        Q_EMIT chosen();
    });
}

/// \returns the label
QWidget* ImportFormat::addLabelled(const QString& text, QWidget* field, int column)
{
    auto* label = new QLabel(text, this);
    label->setBuddy(field);
    m_grid->addWidget(label, 0, column);
    m_grid->addWidget(field, 0, column + 1);
    return label;
}

void ImportFormat::takeAsUtf8()
{
    m_hints.encoding = QByteArrayLiteral("UTF-8");
    m_encodingLabel->hide();
    m_encoding->hide();
}

void ImportFormat::show(const devices::TextSheet& read)
{
    const auto& format = read.format;
    if (m_encoding->findData(format.encoding) < 0)
        m_encoding->addItem(QString::fromLatin1(format.encoding), format.encoding);
    m_encoding->setCurrentIndex(m_encoding->findData(format.encoding));
    fillSeparators(format.separator);
    const QSignalBlocker blocker(m_quotedLines);
    m_quotedLines->setChecked(format.quotedLines);
    m_quotedLines->setVisible(read.hasQuotedLines);
    setVisible(true);
}

QList<QWidget*> ImportFormat::stops() const
{
    return {m_encoding, m_separator, m_quotedLines};
}

void ImportFormat::fillSeparators(QChar current)
{
    m_separator->clear();
    QString all = QStringLiteral(",;\t|");
    if (!all.contains(current)) // named by a line `sep=` in the file
        all += current;
    for (const auto separator : std::as_const(all))
        m_separator->addItem(separatorName(separator), separator);
    m_separator->setCurrentIndex(m_separator->findData(current));
}

} // namespace ui
