// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A transaction that fails at its COMMIT, after all of its statements succeeded.

#include <QFileInfo>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "support/ceiling.h"
#include "support/suite.h"
#include "storage/database.h"

using storage::Database;
using support::Ceiling;

class Commit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void failsAsAWhole();
};

void Commit::failsAsAWhole()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("some.sqlite"));
    auto database = Database::open(path, {QStringLiteral("CREATE TABLE notes(text TEXT NOT NULL)")});
    QVERIFY(database.has_value());
    int written = 0;
    const auto add = [&](const QString& text) {
        written = 0;
        return (*database)->transaction([&]() -> Database::Done {
            for (; written < 50; ++written) {
                if (const auto done =
                        (*database)->run(QStringLiteral("INSERT INTO notes(text) VALUES(?)"), {text});
                    !done)
                    return done;
            }
            return {};
        });
    };
    const auto count = [&](const QString& text) {
        int result = -1;
        const auto done = (*database)->read(QStringLiteral("SELECT count(*) FROM notes WHERE text=?"), {text},
                                            [&](const QSqlQuery& row) { result = row.value(0).toInt(); });
        return done ? result : -1;
    };
    const auto first = QString(2000, u'1'), second = QString(2000, u'2'), third = QString(2000, u'3');
    QVERIFY(add(first).has_value());

    {
        const Ceiling ceiling(QFileInfo(path).size());
        const auto done = add(second);
        QCOMPARE(written, 50); // the COMMIT fails
        QVERIFY(!done.has_value());
        QVERIFY(!done.error().message.isEmpty());
        QCOMPARE(count(first), 50);
        QCOMPARE(count(second), 0);
        QVERIFY(!add(third).has_value());
    }

    QVERIFY(add(third).has_value()); // recovers by itself once there is space
    database->reset();
    database = Database::open(path, {QStringLiteral("CREATE TABLE notes(text TEXT NOT NULL)")});
    QVERIFY(database.has_value());
    QCOMPARE(count(first), 50);
    QCOMPARE(count(second), 0);
    QCOMPARE(count(third), 50);
}

CAPTUREDESK_SUITE(test_faults_commit, Commit)

#include "commit.moc"
