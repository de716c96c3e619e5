// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "stage.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QTableView>
#include <QTimer>

#include "ui/common/language.h"
#include "ui/common/theme.h"

namespace bench {

bool Application::notify(QObject* receiver, QEvent* event)
{
    if (m_depth > 0)
        return QApplication::notify(receiver, event);
    ++m_depth;
    const auto type = event->type();
    const QByteArray who = receiver->metaObject()->className();
    const auto begun = now();
    const bool result = QApplication::notify(receiver, event);
    const auto took = now() - begun;
    --m_depth;
    if (took > m_held) {
        m_held = took;
        m_heldBy = QByteArray(m_operation) + ": " + who + ", event " + QByteArray::number(int(type));
    }
    return result;
}

Stage::Stage()
    : m_paths{.config = QDir(m_folder.filePath(QStringLiteral("config"))),
              .data = QDir(m_folder.filePath(QStringLiteral("data"))),
              .log = QDir(m_folder.filePath(QStringLiteral("data/log")))}
    , m_settings(std::make_unique<storage::Settings>(m_paths))
    , m_journal(std::make_unique<captures::Journal>(m_paths.data.filePath(QStringLiteral("runs.sqlite"))))
{
    ui::installLanguage(*qApp);
    ui::applyAppearance(*qApp, ui::Appearance::Light);
    m_window = std::make_unique<ui::MainWindow>(ui::Surroundings{.paths = m_paths,
                                                                 .settings = m_settings.get(),
                                                                 .journal = m_journal.get(),
                                                                 .pace = {},
                                                                 .clock = captures::systemClock(),
                                                                 .store = nullptr,
                                                                 .hide = {},
                                                                 .log = nullptr,
                                                                 .secrets = nullptr,
                                                                 .environment = {}});
}

QTableView* Stage::table()
{
    return m_window->findChild<QTableView*>(QStringLiteral("devices"));
}

namespace {

class Painted : public QObject {
public:
    bool seen = false;
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Paint || seen)
            return false;
        watched->removeEventFilter(this);
        seen = true;
        return false;
    }
};

} // namespace

void Stage::show()
{
    Painted painted;
    m_window->installEventFilter(&painted);
    m_window->show();
    wait([&painted] { return painted.seen; });
}

void Stage::wait(const std::function<bool()>& holds)
{
    if (holds())
        return;
    // An event loop instead of processEvents(), so that deleteLater() works as in the program.
    QEventLoop loop;
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, &loop,
                     [&] {
                         if (holds())
                             loop.quit();
                     });
    loop.exec();
}

void Stage::settle()
{
    Painted painted;
    // If there is nothing to show, another page replaces the table.
    auto* painting = table()->isVisible() ? table()->viewport() : static_cast<QWidget*>(m_window.get());
    painting->installEventFilter(&painted);
    painting->update();
    wait([&painted] { return painted.seen; });
    QCoreApplication::processEvents();
}

QList<devices::Device> make(qsizetype count)
{
    QList<devices::Device> rows;
    rows.reserve(count);
    const auto now = QDateTime::currentDateTimeUtc();
    for (qsizetype i = 0; i < count; ++i) {
        const auto mixed = (i * 7919) % count;
        rows << devices::Device{
            .deviceId = QStringLiteral("%1-0000-4000-8000-%2")
                            .arg(mixed, 8, 16, QLatin1Char('0'))
                            .arg(i, 12, 10, QLatin1Char('0')),
            .registrationId = QStringLiteral("%1-0000-4000-9000-%2")
                                  .arg(mixed, 8, 16, QLatin1Char('0'))
                                  .arg(i, 12, 10, QLatin1Char('0')),
            .email = QStringLiteral("user%1@example.com").arg(mixed),
            .name = QStringLiteral("CORP-HQ-LAPTOP-%1").arg(mixed, 6, 10, QLatin1Char('0')),
            .platform = i % 3 ? QStringLiteral("windows") : QStringLiteral("mac"),
            .status = i % 9 ? QStringLiteral("connected") : QStringLiteral("disconnected"),
            .version = QStringLiteral("2025.%1.%2.0").arg(i % 12).arg(mixed % 900),
            .lastSeen = now.addSecs(-(mixed % 3500))};
    }
    return rows;
}

void Stage::fill(qsizetype devices)
{
    m_window->open({.kind = connections::Connection::Kind::Typed,
                    .name = QStringLiteral("Contoso"),
                    .endpoint = {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/client/v4")),
                                 .accountId = QString(32, u'a'),
                                 .credentials = api::BearerToken{QStringLiteral("of-a-benchmark")}}});
    auto& fleet = m_window->desk()->fleet();
    m_window->desk()->loader().cancel();
    fleet.merge(make(devices));
    settle();
}

} // namespace bench
