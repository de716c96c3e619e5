// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/devicemodel.h"

#include <QLocale>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;
using devices::Column;
using devices::Device;
using devices::Fleet;

namespace {

/// The platform as people write it.
QString platformName(const QString& word)
{
    if (word.compare("windows"_L1, Qt::CaseInsensitive) == 0)
        return u"Windows"_s;
    if (word.compare("mac"_L1, Qt::CaseInsensitive) == 0 ||
        word.compare("macos"_L1, Qt::CaseInsensitive) == 0)
        return u"macOS"_s;
    if (word.compare("linux"_L1, Qt::CaseInsensitive) == 0)
        return u"Linux"_s;
    return shown(word);
}

QString localTime(const QDateTime& when)
{
    return QLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
}

} // namespace

DeviceModel::DeviceModel(Clock clock, QObject* parent)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock))
    , m_connected(icon("dot"_L1, Tone::Good))
    , m_away(icon("ring"_L1, Tone::Waiting))
    , m_barred(icon("barred"_L1, Tone::Waiting))
{
    m_minute.setInterval(std::chrono::seconds(30));
    connect(&m_minute, &QTimer::timeout, this, &DeviceModel::reword);
}

void DeviceModel::setFleet(Fleet* fleet)
{
    if (fleet == m_fleet)
        return;
    beginResetModel();
    if (m_fleet)
        disconnect(m_fleet, nullptr, this, nullptr);
    m_fleet = fleet;
    if (fleet) {
        follow(fleet);
        m_minute.start();
    } else {
        m_minute.stop();
    }
    endResetModel();
}

void DeviceModel::follow(Fleet* fleet)
{
    connect(fleet, &Fleet::aboutToReset, this, &DeviceModel::beginResetModel);
    connect(fleet, &Fleet::reset, this, &DeviceModel::endResetModel);
    connect(fleet, &Fleet::aboutToInsert, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(fleet, &Fleet::inserted, this, &DeviceModel::endInsertRows);
    connect(fleet, &Fleet::aboutToRemove, this,
            [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(fleet, &Fleet::removed, this, &DeviceModel::endRemoveRows);
    connect(fleet, &Fleet::changed, this, [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, devices::columnCount - 1));
    });
    connect(fleet, &Fleet::ticksChanged, this, &DeviceModel::retick);
}

void DeviceModel::retick()
{
    if (const auto rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, int(Column::Tick)), index(rows - 1, int(Column::Tick)),
                           {Qt::CheckStateRole, Qt::AccessibleTextRole});
}

/// "3 min" grows old.
void DeviceModel::reword()
{
    if (const auto rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, int(Column::Seen)), index(rows - 1, int(Column::Seen)),
                           {Qt::DisplayRole});
}

QString DeviceModel::columnName(Column column)
{
    switch (column) {
    case Column::Tick: return tr("Ticked");
    case Column::Name: return tr("Device");
    case Column::User: return tr("User");
    case Column::Status: return tr("Client status");
    case Column::Platform: return tr("Platform");
    case Column::Seen: return tr("Seen");
    case Column::Version: return tr("Client version");
    }
    return {};
}

int DeviceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_fleet ? 0 : m_fleet->viewSize();
}

int DeviceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : devices::columnCount;
}

QString DeviceModel::text(const Device& device, Column column) const
{
    switch (column) {
    case Column::Tick: return {};
    case Column::Name: {
        const auto name = shown(device.name.isEmpty() ? device.deviceId : device.name);
        const int users = m_fleet->usersOn(device.deviceId);
        return users > 1 ? tr("%1 · %2 users").arg(name).arg(users) : name;
    }
    case Column::User: return shown(device.email);
    case Column::Status: {
        const auto obstacle = device.obstacle();
        return shown(obstacle.isEmpty() ? device.status : obstacle);
    }
    case Column::Platform: return platformName(device.platform);
    case Column::Seen: return device.lastSeen ? ago(*device.lastSeen, m_clock()) : QString();
    case Column::Version: return shown(device.version);
    }
    return {};
}

QString DeviceModel::toolTip(const Device& device, Column column) const
{
    const auto line = [](const QString& label, const QString& value) {
        return value.isEmpty() ? QString()
                               : QString(label + u": "_s + shown(value).toHtmlEscaped() + u"<br>"_s);
    };
    switch (column) {
    case Column::Tick:
        return device.obstacle().isEmpty() ? QString() : shown(device.obstacle()).toHtmlEscaped();
    case Column::Name:
    case Column::User:
        return QString(u"<qt>"_s + line(tr("Device"), device.name) + line(tr("User"), device.email) +
                       line(tr("Device ID"), device.deviceId) +
                       line(tr("Registration"), device.registrationId) + u"</qt>"_s);
    case Column::Status: {
        const auto obstacle = device.obstacle();
        return QString(u"<qt>"_s + line(tr("Client status"), device.status) +
                       (obstacle.isEmpty() ? QString() : line(tr("No capture can run"), obstacle)) +
                       u"</qt>"_s);
    }
    case Column::Platform:
    case Column::Version: return text(device, column).toHtmlEscaped();
    case Column::Seen: return device.lastSeen ? localTime(*device.lastSeen).toHtmlEscaped() : QString();
    }
    return {};
}

QVariant DeviceModel::tickData(const Device& device, int role) const
{
    const bool ticked = m_fleet->isTicked(device.key());
    const auto obstacle = device.obstacle();
    const bool hasBox = obstacle.isEmpty() || ticked; // what was ticked in time can be unticked
    switch (role) {
    case Qt::CheckStateRole: return hasBox ? QVariant(ticked ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::AccessibleTextRole:
        return hasBox ? (ticked ? tr("Ticked") : tr("Not ticked"))
                      : tr("Cannot be ticked: %1").arg(shown(obstacle));
    default: return {};
    }
}

const QIcon& DeviceModel::statusIcon(const Device& device) const
{
    if (!device.obstacle().isEmpty())
        return m_barred;
    return device.isConnected() ? m_connected : m_away;
}

QVariant DeviceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_fleet)
        return {};
    const auto& device = m_fleet->viewAt(index.row());
    const auto column = columnAt(index.column());
    switch (role) {
    case Qt::DisplayRole: return column == Column::Tick ? QVariant() : text(device, column);
    case Qt::ToolTipRole: return toolTip(device, column);
    case Qt::DecorationRole: return column == Column::Status ? QVariant(statusIcon(device)) : QVariant();
    case Qt::ForegroundRole: return device.obstacle().isEmpty() ? QVariant() : QVariant(quiet());
    case Qt::CheckStateRole:
    case Qt::AccessibleTextRole: return column == Column::Tick ? tickData(device, role) : QVariant();
    default: return {};
    }
}

bool DeviceModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!m_fleet || role != Qt::CheckStateRole || columnAt(index.column()) != Column::Tick)
        return false;
    const auto key = m_fleet->viewAt(index.row()).key();
    const bool ticked = value.value<Qt::CheckState>() == Qt::Checked;
    m_fleet->setTicked({&key, 1}, ticked);
    return m_fleet->isTicked(key) == ticked;
}

Qt::ItemFlags DeviceModel::flags(const QModelIndex& index) const
{
    auto flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (m_fleet && index.isValid() && columnAt(index.column()) == Column::Tick) {
        const auto& device = m_fleet->viewAt(index.row());
        if (device.obstacle().isEmpty() || m_fleet->isTicked(device.key()))
            flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

QVariant DeviceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= devices::columnCount)
        return {};
    const auto column = columnAt(section);
    switch (role) {
    case Qt::DisplayRole: return column == Column::Tick ? QString() : columnName(column);
    case Qt::AccessibleTextRole: return columnName(column);
    case Qt::ToolTipRole:
        return column == Column::Tick ? tr("Ticked devices take part in the next run") : QString();
    case Qt::TextAlignmentRole: return int(Qt::AlignLeft | Qt::AlignVCenter);
    default: return {};
    }
}

void DeviceModel::sort(int column, Qt::SortOrder order)
{
    if (!m_fleet || column < 0 || column >= devices::columnCount)
        return;
    auto view = m_fleet->view();
    if (view.orderBy == columnAt(column) && view.order == order)
        return;
    view.orderBy = columnAt(column);
    view.order = order;
    m_fleet->setView(view);
}

QString DeviceModel::copyText(int row, Column column) const
{
    const auto& device = m_fleet->viewAt(row);
    if (column == Column::Seen)
        return device.lastSeen ? device.lastSeen->toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s)
                               : QString();
    if (column == Column::Name)
        return shown(device.name.isEmpty() ? device.deviceId : device.name);
    return text(device, column);
}

} // namespace ui
