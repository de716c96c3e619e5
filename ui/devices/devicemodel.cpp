// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/devicemodel.h"

#include "captures/plan.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using devices::Column;

QString columnName(Column column)
{
    switch (column) {
    case Column::Tick: return DeviceModel::tr("Ticked");
    case Column::Name: return DeviceModel::tr("Device");
    case Column::User: return DeviceModel::tr("User");
    case Column::Status: return DeviceModel::tr("Client status");
    case Column::Platform: return DeviceModel::tr("Platform");
    case Column::Seen: return DeviceModel::tr("Seen");
    case Column::Version: return DeviceModel::tr("Client version");
    }
    Q_UNREACHABLE();
}

void DeviceModel::setFleet(devices::Fleet* fleet)
{
    beginResetModel();
    if (m_fleet)
        m_fleet->disconnect(this);
    m_fleet = fleet;
    endResetModel();
    if (!fleet)
        return;
    using devices::Fleet;
    connect(fleet, &Fleet::aboutToReset, this, [this] { beginResetModel(); });
    connect(fleet, &Fleet::reset, this, [this] { endResetModel(); });
    connect(fleet, &Fleet::aboutToInsert, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(fleet, &Fleet::inserted, this, [this] { endInsertRows(); });
    connect(fleet, &Fleet::aboutToRemove, this,
            [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(fleet, &Fleet::removed, this, [this] { endRemoveRows(); });
    connect(fleet, &Fleet::aboutToMerge, this, &DeviceModel::aboutToMerge);
    connect(fleet, &Fleet::merged, this, &DeviceModel::merged);
    connect(fleet, &Fleet::changed, this, [this](int first, int last) {
        Q_EMIT dataChanged(index(first, 0), index(last, devices::columnCount - 1));
    });
}

void DeviceModel::setRunning(const QHash<QString, QString>& running)
{
    if (running == m_running)
        return;
    m_running = running;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, int(Column::Status)), index(rowCount() - 1, int(Column::Status)));
}

int DeviceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_fleet ? 0 : m_fleet->viewSize();
}

int DeviceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : devices::columnCount;
}

using GroupPart = devices::Group::Part;

bool DeviceModel::isClosed(int row) const
{
    return m_fleet->groupAt(row).part == GroupPart::Closed;
}

QString DeviceModel::text(int row, Column column) const
{
    const auto& device = m_fleet->viewAt(row);
    const auto group = m_fleet->groupAt(row);
    switch (column) {
    case Column::Tick: return {};
    case Column::Name: return name(row) + foundId(device);
    case Column::User:
        return group.part == GroupPart::Closed ? tr("%n users ▸", nullptr, group.users) : shown(device.email);
    case Column::Status: {
        if (group.part == GroupPart::Closed)
            return {}; // each user has a status
        const auto obstacle = device.obstacle();
        const auto status = obstacle.isEmpty() ? shown(device.status) : shown(obstacle);
        if (!m_running.contains(device.deviceId))
            return status;
        return captures::absence(device).isEmpty() ? tr("capturing") : tr("%1 · capturing").arg(status);
    }
    case Column::Platform: return platformName(device.platform);
    case Column::Seen:
        return device.lastSeen ? ago(*device.lastSeen, QDateTime::currentDateTimeUtc()) : QString();
    case Column::Version: return shown(device.version);
    }
    Q_UNREACHABLE();
}

QString DeviceModel::name(int row) const
{
    const auto& device = m_fleet->viewAt(row);
    const auto part = m_fleet->groupAt(row).part;
    const auto name = deviceName(device);
    const auto users = m_fleet->usersOn(device.deviceId);
    if (users < 2 || part == GroupPart::Closed)
        return name;
    const auto text = tr("%1 · %n users", nullptr, users).arg(name);
    return part == GroupPart::First ? text + QStringLiteral(" ▾") : text;
}

/// Returns the device ID if the search matched it, because no column shows the ID.
QString DeviceModel::foundId(const devices::Device& device) const
{
    if (device.name.trimmed().isEmpty() ||
        devices::marksIn(device.deviceId, devices::Field::DeviceId, m_fleet->terms()).empty())
        return {};
    return QStringLiteral(" · ") + shown(device.deviceId);
}

std::vector<devices::Mark> DeviceModel::marks(const QModelIndex& index) const
{
    using devices::Field;
    if (!m_fleet || m_fleet->terms().isEmpty())
        return {};
    const auto& terms = m_fleet->terms();
    const auto& device = m_fleet->viewAt(index.row());
    const auto column = Column(index.column());
    const auto in = [&](Field field) { return devices::marksIn(text(index.row(), column), field, terms); };
    switch (column) {
    case Column::Tick:
    case Column::Seen: return {};
    case Column::Name: {
        const auto first = name(index.row());
        auto marks = devices::marksIn(first, Field::Name, terms);
        for (auto mark : devices::marksIn(foundId(device), Field::DeviceId, terms)) {
            mark.start += first.size();
            marks.push_back(mark);
        }
        return marks;
    }
    case Column::User: return isClosed(index.row()) ? std::vector<devices::Mark>() : in(Field::User);
    case Column::Status: return in(Field::Status);
    case Column::Platform: return in(Field::Platform);
    case Column::Version: return in(Field::Version);
    }
    Q_UNREACHABLE();
}

bool DeviceModel::canBeTicked(int row) const
{
    if (isClosed(row))
        return false; // no user is chosen automatically
    // A device that was ticked and is no longer eligible can still be unticked.
    return m_fleet->viewAt(row).canBeTicked() || m_fleet->isTickedAt(row);
}

QVariant DeviceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_fleet)
        return {};
    const int row = index.row();
    const auto& device = m_fleet->viewAt(row);
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::CheckStateRole:
        if (column == Column::Tick && canBeTicked(row))
            return m_fleet->isTickedAt(row) ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::AccessibleTextRole: return column == Column::Tick ? tickText(row) : text(row, column);
    case Qt::ForegroundRole:
        if (device.standing == devices::Standing::Remembered ||
            (!isClosed(row) && !device.obstacle().isEmpty()))
            return tone(Tone::Quiet);
        if (column == Column::Status && !device.isConnected())
            return tone(Tone::Warning);
        return {};
    case Qt::ToolTipRole: return tip(row, column);
    default: return {};
    }
}

QString DeviceModel::tickText(int row) const
{
    const auto& device = m_fleet->viewAt(row);
    const auto name = deviceName(device);
    if (isClosed(row))
        return tr("%1 has %n users: Space shows them", nullptr, m_fleet->groupAt(row).users).arg(name);
    if (!device.canBeTicked())
        return tr("%1 cannot be ticked: %2").arg(name, shown(device.obstacle()));
    return m_fleet->isTickedAt(row) ? tr("%1 ticked").arg(name) : tr("%1 not ticked").arg(name);
}

QString DeviceModel::tip(int row, Column column) const
{
    const auto& device = m_fleet->viewAt(row);
    if (isClosed(row) && (column == Column::Tick || column == Column::User))
        return toolTip(tr("Space or a double click shows its users, each with a row to tick."));
    if (column == Column::Seen && device.lastSeen)
        return clockAndDate(*device.lastSeen);
    if (device.standing == devices::Standing::Remembered)
        return toolTip(tr("As of %1; not confirmed yet").arg(clockAndDate(m_fleet->rememberedAt())));
    if (column == Column::Name)
        return toolTip(device.name + u'\n' + device.deviceId);
    if (const auto running = m_running.constFind(device.deviceId);
        column == Column::Status && running != m_running.cend() && !isClosed(row))
        return toolTip(*running);
    if (column == Column::Status && device.obstacle().isEmpty() && !captures::absence(device).isEmpty() &&
        !isClosed(row))
        return toolTip(tr("The client is %1: a capture there usually fails after 10 minutes.")
                           .arg(captures::absence(device)));
    if (column == Column::Status && device.standing == devices::Standing::NotSeen)
        return toolTip(tr("A capture on it waits until it is connected."));
    return toolTip(text(row, column));
}

bool DeviceModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || Column(index.column()) != Column::Tick || !m_fleet)
        return false;
    const devices::Range row{index.row(), index.row()};
    m_fleet->tickRows({&row, 1}, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags DeviceModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || !m_fleet)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    if (Column(index.column()) == Column::Tick && canBeTicked(index.row()))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant DeviceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= devices::columnCount)
        return {};
    const auto column = Column(section);
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return columnName(column);
    if (role != Qt::DisplayRole)
        return {};
    auto text = column == Column::Tick ? QString() : columnName(column);
    // The header's own arrow marks the first sort column; the others show their position.
    if (const auto* order = m_fleet ? &m_fleet->view().order : nullptr) {
        for (qsizetype place = 1; place < order->size(); ++place) {
            if (order->at(place).column == column)
                text += QStringLiteral(" %1%2")
                            .arg(QChar(order->at(place).order == Qt::AscendingOrder ? u'▴' : u'▾'))
                            .arg(place + 1);
        }
    }
    return text;
}

void DeviceModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0)
        setOrder({{Column(column), order}});
}

void DeviceModel::setOrder(const QList<devices::SortBy>& order)
{
    if (!m_fleet)
        return;
    auto view = m_fleet->view();
    view.order = order;
    m_fleet->setView(view);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, devices::columnCount - 1);
}

} // namespace ui
