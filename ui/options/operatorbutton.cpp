// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/operatorbutton.h"

#include <chrono>

#include <QApplication>
#include <QInputDialog>
#include <QMenu>

#include "storage/settings.h"
#include "ui/common/text.h"

namespace ui {

namespace {

constexpr std::chrono::minutes idleTime{15};
constexpr qsizetype mostNames = 12;
constexpr int widest = 260; ///< pixels

bool isWork(QEvent::Type type)
{
    return type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel;
}

} // namespace

OperatorButton::OperatorButton(storage::Settings* settings, QWidget* parent)
    : QToolButton(parent)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("operator"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, &OperatorButton::fillMenu);
    setMenu(menu);
    if (!settings->get(storage::setting::askOperator))
        m_name = settings->get(storage::setting::operatorName);
    m_idle.setInterval(idleTime);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (m_settings->get(storage::setting::askOperator))
            choose({});
    });
    qApp->installEventFilter(this);
    m_idle.start();
    refresh();
}

OperatorButton::~OperatorButton() = default;

bool OperatorButton::isMissing() const
{
    return m_name.isEmpty() && m_settings->get(storage::setting::askOperator);
}

bool OperatorButton::eventFilter(QObject* watched, QEvent* event)
{
    if (isWork(event->type()))
        m_idle.start();
    return QToolButton::eventFilter(watched, event);
}

void OperatorButton::fillMenu()
{
    auto* list = menu();
    list->clear();
    for (const auto& name : m_settings->get(storage::setting::operatorNames)) {
        auto* action = list->addAction(menuText(shown(name, 60)), this, [this, name] { choose(name); });
        action->setCheckable(true);
        action->setChecked(name == m_name);
    }
    list->addAction(tr("Somebody else…"), this, &OperatorButton::askName);
    list->addSeparator();
    auto* ask = list->addAction(tr("Ask at the start, and after 15 minutes without work"));
    ask->setCheckable(true);
    ask->setChecked(m_settings->get(storage::setting::askOperator));
    connect(ask, &QAction::toggled, this, [this](bool on) {
        m_settings->set(storage::setting::askOperator, on);
        Q_EMIT changed();
    });
}

void OperatorButton::askName()
{
    auto* dialog = new QInputDialog(window());
    dialog->setObjectName(QStringLiteral("operatorDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Operator"));
    dialog->setLabelText(tr("Your name, for the audit log:"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        if (const auto name = text.simplified().left(80); !name.isEmpty())
            choose(name);
    });
    dialog->open();
}

void OperatorButton::choose(const QString& name)
{
    m_name = name;
    if (!name.isEmpty()) {
        auto names = m_settings->get(storage::setting::operatorNames);
        names.removeAll(name);
        names.prepend(name);
        if (names.size() > mostNames)
            names.resize(mostNames);
        m_settings->set(storage::setting::operatorNames, names);
        m_settings->set(storage::setting::operatorName, name);
    }
    refresh();
    Q_EMIT changed();
}

void OperatorButton::refresh()
{
    const auto text = m_name.isEmpty() ? tr("Operator: choose") : tr("Operator: %1").arg(shown(m_name, 60));
    setText(menuText(fontMetrics().elidedText(text, Qt::ElideRight, widest)));
    setAccessibleName(text);
}

} // namespace ui
