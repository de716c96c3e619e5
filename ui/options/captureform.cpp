// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/captureform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "captures/numbertext.h"
#include "captures/tr.h"
#include "ui/common/theme.h"

namespace ui {

using captures::Number;

namespace {

QString objectNameOf(Number number)
{
    switch (number) {
    case Number::TimeLimit: return QStringLiteral("timeLimit");
    case Number::FileSize: return QStringLiteral("fileSize");
    case Number::PacketSize: return QStringLiteral("packetSize");
    }
    Q_UNREACHABLE();
}

void setNote(QLabel* label, const QString& text, Tone in)
{
    setTone(label, in);
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

CaptureForm::CaptureForm(QWidget* parent)
    : QWidget(parent)
    , m_pcap(new QCheckBox(tr("Packet capture"), this))
    , m_diag(new QCheckBox(tr("WARP diagnostics"), this))
    , m_pcapFields(new QWidget(this))
    , m_outside(new QCheckBox(tr("Outside the tunnel"), this))
    , m_inside(new QCheckBox(tr("Inside the tunnel"), this))
    , m_interfaces(new QLabel(this))
    , m_fits(new QLabel(this))
    , m_routes(new QComboBox(this))
    , m_diagFields(new QWidget(this))
{
    m_pcap->setObjectName(QStringLiteral("pcap"));
    m_diag->setObjectName(QStringLiteral("diag"));
    m_outside->setObjectName(QStringLiteral("outside"));
    m_inside->setObjectName(QStringLiteral("inside"));
    m_fits->setObjectName(QStringLiteral("fits"));
    m_fits->setWordWrap(true);
    m_interfaces->setWordWrap(true);
    m_interfaces->setForegroundRole(QPalette::PlaceholderText);
    m_routes->setObjectName(QStringLiteral("routes"));
    m_routes->addItem(tr("Service default (on)"));
    m_routes->addItem(tr("On"), true);
    m_routes->addItem(tr("Off"), false);

    auto* fields = new QVBoxLayout(m_pcapFields);
    fields->setContentsMargins(22, 0, 0, 0);
    fields->setSpacing(3);
    for (const auto number : {Number::TimeLimit, Number::FileSize, Number::PacketSize}) {
        addNumber(fields, number);
        if (number == Number::FileSize)
            fields->addWidget(m_fits);
    }
    fields->addSpacing(4);
    fields->addWidget(m_outside);
    fields->addWidget(m_inside);
    fields->addWidget(m_interfaces);

    auto* more = new QVBoxLayout(m_diagFields);
    more->setContentsMargins(22, 0, 0, 0);
    more->setSpacing(3);
    auto* routes = new QLabel(tr("Test all routes"), this);
    routes->setBuddy(m_routes);
    auto* help = new QLabel(tr("Tries an address of every included or excluded range. Takes longer."), this);
    help->setWordWrap(true);
    help->setForegroundRole(QPalette::PlaceholderText);
    more->addWidget(routes);
    more->addWidget(m_routes);
    more->addWidget(help);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_pcap);
    layout->addWidget(m_pcapFields);
    layout->addSpacing(6);
    layout->addWidget(m_diag);
    layout->addWidget(m_diagFields);
    layout->addStretch();

    for (auto* box : {m_pcap, m_diag, m_outside, m_inside})
        connect(box, &QCheckBox::toggled, this, &CaptureForm::read);
    connect(m_routes, &QComboBox::currentIndexChanged, this, &CaptureForm::read);
    show();
}

void CaptureForm::addNumber(QVBoxLayout* layout, Number number)
{
    const auto& field = captures::field(number);
    Row row{.edit = new QLineEdit(this), .note = new QLabel(this)};
    row.edit->setObjectName(objectNameOf(number));
    const auto unit = captures::Text::tr(field.unit);
    row.edit->setPlaceholderText(
        tr("Service default (%1 %2)").arg(captures::numberText(field.serviceDefault), unit));
    row.edit->setToolTip(tr("%1 From %2; the service's documented limit is %3 %4.")
                             .arg(captures::Text::tr(field.help), captures::numberText(field.minimum),
                                  captures::numberText(field.ceiling), unit));
    row.note->setObjectName(objectNameOf(number) + QStringLiteral("Note"));
    row.note->setWordWrap(true);
    // The label “Bytes per packet” already contains its unit.
    const auto name = captures::Text::tr(field.label);
    auto* label =
        new QLabel(name.contains(unit, Qt::CaseInsensitive) ? name : tr("%1 (%2)").arg(name, unit), this);
    label->setBuddy(row.edit);
    // Without the unit: users of a screen reader search for the field's plain name.
    row.edit->setAccessibleName(captures::Text::tr(field.label));
    row.edit->setAccessibleDescription(row.edit->toolTip());
    layout->addWidget(label);
    layout->addWidget(row.edit);
    layout->addWidget(row.note);
    m_rows.insert_or_assign(number, row);
    connect(row.edit, &QLineEdit::textChanged, this, &CaptureForm::read);
    // “1.500” becomes “1500” or “1.5”, so that the operator sees how it was parsed.
    connect(row.edit, &QLineEdit::editingFinished, this, [edit = row.edit, number] {
        if (const auto value = captures::parseNumber(edit->text(), captures::field(number).whole))
            edit->setText(captures::numberText(*value));
    });
}

void CaptureForm::setForm(const captures::OptionsForm& form)
{
    m_form = form;
    show();
    Q_EMIT edited();
}

void CaptureForm::setInterfacesAllowed(bool allowed)
{
    m_outside->setEnabled(allowed);
    m_inside->setEnabled(allowed);
    m_interfaces->setText(
        allowed ? tr("None ticked: service default (both).")
                : tr("This connection's request format has no choice of interfaces: both are recorded."));
}

void CaptureForm::focusProblem()
{
    for (const auto& [number, row] : m_rows) {
        if (!m_form.error(number).isEmpty()) {
            row.edit->setFocus();
            return;
        }
    }
    m_pcap->setFocus();
}

void CaptureForm::read()
{
    if (m_showing)
        return;
    m_form.pcap = m_pcap->isChecked();
    m_form.diag = m_diag->isChecked();
    for (const auto& [number, row] : m_rows)
        m_form.text[number] = row.edit->text();
    m_form.interfaceDefault = m_outside->isChecked();
    m_form.interfaceTunnel = m_inside->isChecked();
    const auto routes = m_routes->currentData();
    m_form.testAllRoutes = routes.isValid() ? std::optional(routes.toBool()) : std::nullopt;
    show();
    Q_EMIT edited();
}

void CaptureForm::show()
{
    m_showing = true;
    m_pcap->setChecked(m_form.pcap);
    m_diag->setChecked(m_form.diag);
    m_pcapFields->setVisible(m_form.pcap);
    m_diagFields->setVisible(m_form.diag);
    for (const auto& [number, row] : m_rows) {
        if (row.edit->text() != m_form.text.at(number))
            row.edit->setText(m_form.text.at(number));
        const auto error = m_form.error(number);
        setNote(row.note, error.isEmpty() ? m_form.warning(number) : error,
                error.isEmpty() ? Tone::Warning : Tone::Bad);
    }
    m_outside->setChecked(m_form.interfaceDefault);
    m_inside->setChecked(m_form.interfaceTunnel);
    m_routes->setCurrentIndex(!m_form.testAllRoutes ? 0 : *m_form.testAllRoutes ? 1 : 2);
    m_fits->setText(m_form.sizeText());
    setTone(m_fits, m_form.fitsLittle() ? Tone::Warning : Tone::Quiet);
    m_showing = false;
}

} // namespace ui
