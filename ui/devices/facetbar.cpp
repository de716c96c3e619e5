// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/facetbar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include "devices/device.h"
#include "ui/common/numbers.h"
#include "ui/common/text.h"

namespace ui {

using devices::Facet;

namespace {

constexpr int mostValues = 40;

QString nameOf(Facet facet)
{
    switch (facet) {
    case Facet::Platform: return FacetBar::tr("Platform");
    case Facet::Standing: return FacetBar::tr("Captures");
    case Facet::Status: return FacetBar::tr("Client status");
    case Facet::Version: return FacetBar::tr("Client version");
    }
    Q_UNREACHABLE();
}

QString textOf(Facet facet, const QString& value)
{
    if (facet == Facet::Standing)
        return value.isEmpty() ? FacetBar::tr("possible") : shown(devices::obstacleText(value));
    if (value.isEmpty())
        return FacetBar::tr("unknown");
    return facet == Facet::Platform ? platformName(value) : shown(value);
}

} // namespace

FacetBar::FacetBar(QWidget* parent)
    : QWidget(parent)
    , m_clear(new QToolButton(this))
{
    setObjectName(QStringLiteral("facets"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (const auto facet : {Facet::Platform, Facet::Status, Facet::Standing, Facet::Version}) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("facet%1").arg(int(facet)));
        button->setPopupMode(QToolButton::InstantPopup);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        auto* menu = new QMenu(button);
        connect(menu, &QMenu::aboutToShow, this, [this, facet, menu] { fill(facet, menu); });
        button->setMenu(menu);
        m_buttons.emplace(facet, button);
        row->addWidget(button);
    }
    m_clear->setObjectName(QStringLiteral("facetsClear"));
    m_clear->setText(tr("Show all"));
    m_clear->setAutoRaise(true);
    connect(m_clear, &QToolButton::clicked, this, &FacetBar::clear);
    row->addWidget(m_clear);
    row->addStretch();
    refresh();
}

void FacetBar::setFleet(devices::Fleet* fleet)
{
    if (m_fleet)
        m_fleet->disconnect(this);
    m_fleet = fleet;
    setEnabled(fleet);
    if (fleet)
        connect(fleet, &devices::Fleet::reset, this, &FacetBar::refresh);
    refresh();
}

void FacetBar::clear()
{
    if (!m_fleet)
        return;
    auto view = m_fleet->view();
    view.chosen.clear();
    m_fleet->setView(view);
}

void FacetBar::fill(Facet facet, QMenu* menu)
{
    menu->clear();
    if (!m_fleet)
        return;
    const auto chosen = m_fleet->view().chosen.value(facet);
    auto* all = menu->addAction(tr("Any"));
    all->setCheckable(true);
    all->setChecked(chosen.isEmpty());
    connect(all, &QAction::triggered, this, [this, facet] { any(facet); });
    menu->addSeparator();
    const auto values = m_fleet->values(facet);
    for (const auto& [value, devices] : values.first(std::min<qsizetype>(mostValues, values.size()))) {
        auto* action =
            menu->addAction(QStringLiteral("%1\t%2").arg(menuText(textOf(facet, value)), count(devices)));
        action->setCheckable(true);
        action->setChecked(chosen.contains(value));
        connect(action, &QAction::triggered, this,
                [this, facet, value = value](bool on) { choose(facet, value, on); });
    }
    if (values.size() > mostValues)
        menu->addAction(tr("%n more: use the search", nullptr, int(values.size() - mostValues)))
            ->setEnabled(false);
}

void FacetBar::choose(Facet facet, const QString& value, bool on)
{
    auto view = m_fleet->view();
    auto& chosen = view.chosen[facet];
    if (on)
        chosen.insert(value);
    else
        chosen.remove(value);
    if (chosen.isEmpty())
        view.chosen.remove(facet);
    m_fleet->setView(view);
}

void FacetBar::any(Facet facet)
{
    auto view = m_fleet->view();
    view.chosen.remove(facet);
    m_fleet->setView(view);
}

void FacetBar::refresh()
{
    const auto chosen = m_fleet ? m_fleet->view().chosen : decltype(devices::View::chosen)();
    for (const auto& [facet, button] : m_buttons) {
        QStringList texts;
        for (const auto& value : chosen.value(facet))
            texts << textOf(facet, value);
        texts.sort();
        const auto text = texts.isEmpty() ? nameOf(facet)
                                          : tr("%1: %2").arg(nameOf(facet), texts.join(QStringLiteral(", ")));
        if (button->text() == text)
            continue;
        button->setText(menuText(text.left(40)));
        button->setAccessibleName(text);
        button->setDown(false);
        auto font = this->font();
        font.setBold(!texts.isEmpty());
        button->setFont(font);
    }
    m_clear->setVisible(!chosen.isEmpty());
}

} // namespace ui
