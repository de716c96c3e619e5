// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A file is saved completely or not at all, whatever the file system refuses; the message states the outcome.

#include <cerrno>
#include <csignal>
#include <string>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/ceiling.h"
#include "support/faultyfiles.h"
#include "support/suite.h"
#include "base/leftover.h"
#include "base/overwrite.h"
#include "base/probe.h"
#include "base/rename.h"
#include "base/savefile.h"

using base::Rights;
using base::SaveProblem;
using support::Fault;
using support::FaultyFiles;
using Faults = std::vector<Fault>;
Q_DECLARE_METATYPE(Faults)
Q_DECLARE_METATYPE(std::string)

namespace {

const QByteArray former("the former content\n");
const QByteArray next("what is saved now\n");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

struct ::stat statusOf(const QString& path)
{
    struct ::stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        qFatal("there is no file");
    return status;
}

::mode_t modeOf(const QString& path)
{
    return statusOf(path).st_mode & 07777;
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the file cannot be made");
}

/// A folder for injected faults, with known content.
class Folder {
public:
    Folder()
    {
        // Faults apply to paths with this prefix, which other tests' folders do not have.
        if (!m_folder.isValid())
            qFatal("there is no folder");
    }

    [[nodiscard]] QString path(const char* name = "r.csv") const
    {
        return m_folder.filePath(QLatin1StringView(name));
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    /// The same faults for this folder: replaces `@` by its path.
    [[nodiscard]] Faults here(Faults faults) const
    {
        for (auto& fault : faults)
            fault.under = m_folder.path().toStdString() + '/' + fault.under;
        return faults;
    }
    /// A message without the parts that differ between tests.
    [[nodiscard]] QString told(QString sentence) const
    {
        return sentence.replace(m_folder.path(), QStringLiteral("@"));
    }

private:
    QTemporaryDir m_folder;
};

QStringList copies()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) +
                QStringLiteral("/unsaved"))
        .entryList(QDir::Files | QDir::Hidden);
}

} // namespace

class SaveFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(copies(), QStringList()); }
    void rights();
    void fails_data();
    void fails();
    void fallsBack_data();
    void fallsBack();
    void restores_data();
    void restores();
    void keepsACopyThatCannotBeWrittenBack();
    void isNotOverwrittenWithoutACopy();
    void endsWhileOverwriting_data();
    void endsWhileOverwriting();
    void followsLinks_data();
    void followsLinks();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void keepsHardLinks();
    void keepsAForeignOwner();
    void largeFile();
    void withoutCommit();
    void renames();
    void putsAside();
    void probes_data();
    void probes();
};

void SaveFileTest::rights()
{
    const Folder folder;
    const auto mask = ::umask(022);
    QVERIFY(base::saveFile(folder.path("own"), next));
    QCOMPARE(modeOf(folder.path("own")), ::mode_t(0600));
    QVERIFY(base::saveFile(folder.path("shared"), next, Rights::Shared));
    QCOMPARE(modeOf(folder.path("shared")), ::mode_t(0644));
    for (const auto mode : {0600, 0640, 0664, 0666}) {
        put(folder.path(), former);
        ::chmod(QFile::encodeName(folder.path()).constData(), ::mode_t(mode));
        for (const auto rights : {Rights::Own, Rights::Shared}) {
            QVERIFY(base::saveFile(folder.path(), next, rights));
            QCOMPARE(modeOf(folder.path()), ::mode_t(mode));
            QCOMPARE(contentOf(folder.path()), next);
        }
    }
    QVERIFY(base::saveFile(folder.path(), next, Rights::Private));
    QCOMPARE(modeOf(folder.path()), ::mode_t(0600));
    ::umask(mask);
}

void SaveFileTest::fails_data()
{
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("todo");
    const auto row = [](const char* name, const Faults& faults, const char* why, const char* todo) {
        QTest::newRow(name) << faults << QString::fromUtf8(why) << QString::fromUtf8(todo);
    };
    row("full when it is written", {{"write", "", ENOSPC}}, "the disk is full (No space left on device)",
        "Free space there, or save it elsewhere.");
    row("full when it goes to the disk", {{"sync", "", ENOSPC}}, "the disk is full (No space left on device)",
        "Free space there, or save it elsewhere.");
    row("full when it is made", {{"open", ".", ENOSPC}, {"tmpfile", "", ENOSPC}},
        "the disk is full (No space left on device)", "Free space there, or save it elsewhere.");
    row("full when it is named", {{"rename", "", ENOSPC}}, "the disk is full (No space left on device)",
        "Free space there, or save it elsewhere.");
    row("quota", {{"write", "", EDQUOT}}, "your share of the disk is used up (Disk quota exceeded)",
        "Delete files of yours there, or save it elsewhere.");
    row("quota of a network share", {{"sync", "", EDQUOT}},
        "your share of the disk is used up (Disk quota exceeded)",
        "Delete files of yours there, or save it elsewhere.");
    row("a file that is too large", {{"write", "", EFBIG}},
        "a file of this size is not accepted there (File too large)", "Save it elsewhere.");
    row("a fault of the disk", {{"sync", "", EIO}}, "the disk or share reports a fault (Input/output error)",
        "Check the disk and the network, or save it elsewhere.");
    row("a share that is gone", {{"rename", "", ESTALE}},
        "the disk or share does not answer (Stale file handle)",
        "Check the disk and the network, or save it elsewhere.");
    row("a server that is down", {{"open", ".", EHOSTDOWN}, {"tmpfile", "", EHOSTDOWN}},
        "the disk or share does not answer (Host is down)",
        "Check the disk and the network, or save it elsewhere.");
    row("something else", {{"write", "", ENOMEM}}, "the system refuses (Cannot allocate memory)",
        "Save it elsewhere.");
}

void SaveFileTest::fails()
{
    QFETCH(const Faults, faults);
    QFETCH(const QString, why);
    QFETCH(const QString, todo);
    const Folder folder;
    {
        const FaultyFiles faulty(folder.here(faults));
        const auto saved = base::saveFile(folder.path(), next);
        QVERIFY(!saved);
        QCOMPARE(folder.told(base::sentence(saved.error(), base::Elsewhere::Offered)),
                 QStringLiteral("“r.csv” was not saved in @: %1. %2").arg(why, todo));
    }
    QCOMPARE(folder.files(), QStringList());
    put(folder.path(), former);
    {
        const FaultyFiles faulty(folder.here(faults));
        const auto saved = base::saveFile(folder.path(), next);
        QVERIFY(!saved);
        QCOMPARE(folder.told(base::sentence(saved.error(), base::Elsewhere::Offered)),
                 QStringLiteral("“r.csv” was not saved in @: %1. The file that was there is unharmed. %2")
                     .arg(why, todo));
    }
    QCOMPARE(contentOf(folder.path()), former);
    QCOMPARE(folder.files(), QStringList{QStringLiteral("r.csv")});
}

void SaveFileTest::fallsBack_data()
{
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<bool>("forNew");  ///< it also helps where no file exists
    QTest::addColumn<bool>("inPlace"); ///< the existing file keeps its identity
    QTest::newRow("no fault") << Faults{} << true << false;
    for (const int code : {ENOENT, EOPNOTSUPP, EISDIR, EINVAL, EACCES})
        QTest::addRow("no files without a name, %s", ::strerrorname_np(code))
            << Faults{{"tmpfile", "", code}} << true << false;
    for (const int code : {EPERM, EXDEV, ENOENT, EOPNOTSUPP, EMLINK})
        QTest::addRow("no links, %s", ::strerrorname_np(code)) << Faults{{"link", "", code}} << true << false;
    for (const int code : {EACCES, EPERM, EBUSY, ETXTBSY, EXDEV, EEXIST, EINVAL, ENOSYS})
        QTest::addRow("no replacing, %s", ::strerrorname_np(code))
            << Faults{{"rename", "", code}} << true << true;
    QTest::newRow("no rights") << Faults{{"chmod", "", EPERM}} << true << true;
    for (const int code : {EACCES, EPERM, EROFS})
        QTest::addRow("folder that may not be written, %s", ::strerrorname_np(code))
            << Faults{{"tmpfile", "", code}, {"open", ".", code}} << false << true;
    QTest::newRow("no fsync") << Faults{{"sync", "", EINVAL}} << true << false;
}

void SaveFileTest::fallsBack()
{
    QFETCH(const Faults, faults);
    QFETCH(const bool, forNew);
    QFETCH(const bool, inPlace);
    const QByteArray longer(100'000, 'x');
    const Folder folder;
    {
        const FaultyFiles faulty(folder.here(faults));
        QCOMPARE(base::saveFile(folder.path("new.csv"), next).has_value(), forNew);
    }
    if (forNew) {
        QCOMPARE(contentOf(folder.path("new.csv")), next);
        QCOMPARE(modeOf(folder.path("new.csv")), ::mode_t(0600));
        QFile::remove(folder.path("new.csv"));
    }
    for (const auto& content : {next, longer, QByteArray("short"), QByteArray()}) {
        put(folder.path(), former);
        ::chmod(QFile::encodeName(folder.path()).constData(), 0664);
        const auto before = statusOf(folder.path());
        {
            const FaultyFiles faulty(folder.here(faults));
            const auto saved = base::saveFile(folder.path(), content);
            QVERIFY2(saved, saved ? "" : qPrintable(base::details(saved.error())));
        }
        QCOMPARE(contentOf(folder.path()), content);
        QCOMPARE(statusOf(folder.path()).st_ino == before.st_ino, inPlace);
        QCOMPARE(modeOf(folder.path()), ::mode_t(0664));
        QCOMPARE(folder.files(), QStringList{QStringLiteral("r.csv")});
    }
}

void SaveFileTest::restores_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("after"); ///< writes to the file that succeed first
    QTest::newRow("at the new end") << QByteArray(1'000'000, 'x') << 0;
    QTest::newRow("within the new end") << QByteArray(1'000'000, 'x') << 1;
    QTest::newRow("over the old") << QByteArray(1'000'000, 'x') << 3;
    QTest::newRow("a shorter one") << QByteArray("short") << 0;
}

/// When writing into the existing file fails, the former content is restored.
void SaveFileTest::restores()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, after);
    const Folder folder;
    const QByteArray large(600'000, 'f'); // written in several pieces
    put(folder.path(), large);
    {
        const FaultyFiles faulty(
            folder.here({{"rename", "", EPERM},
                         {.call = "write", .under = "r.csv", .code = ENOSPC, .after = after, .times = 1}}));
        const auto saved = base::saveFile(folder.path(), content);
        QVERIFY(!saved);
        QCOMPARE(
            folder.told(base::sentence(saved.error())),
            QStringLiteral("“r.csv” was not saved in @: the disk is full (No space left on device). The file "
                           "that was there is unharmed. Free space there, then try again."));
    }
    QVERIFY(contentOf(folder.path()) == large);
    QCOMPARE(folder.files(), QStringList{QStringLiteral("r.csv")});
}

void SaveFileTest::keepsACopyThatCannotBeWrittenBack()
{
    const Folder folder;
    put(folder.path(), former);
    const FaultyFiles faulty(folder.here({{"rename", "", EPERM}, {"write", "r.csv", EIO}}));
    const auto saved = base::saveFile(folder.path(), next);
    QVERIFY(!saved);
    QCOMPARE(saved.error().former, SaveProblem::Former::Copied);
    QCOMPARE(contentOf(saved.error().copy), former);
    QCOMPARE(modeOf(saved.error().copy), ::mode_t(0600));
    QCOMPARE(
        folder.told(base::sentence(saved.error())).replace(saved.error().copy, QStringLiteral("#")),
        QStringLiteral("“r.csv” was not saved in @: the disk or share reports a fault (Input/output error). "
                       "The file that was there is damaged. What it held is in #. Check the disk and the "
                       "network, then try again."));
    QFile::remove(saved.error().copy);
}

void SaveFileTest::endsWhileOverwriting_data()
{
    QTest::addColumn<std::string>("under"); ///< the write that kills the program; @: its own folder
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("told");
    QTest::newRow("while the copy is made") << std::string("@.capturedesk-") << 0 << false;
    QTest::newRow("while its note is written") << std::string("@2") << 0 << false;
    QTest::newRow("before anything is overwritten") << std::string("r.csv") << 0 << false;
    QTest::newRow("when the new end is there") << std::string("r.csv") << 1 << true;
}

/// The next start finds what a crash left behind, reports it once, and leaves nothing else.
void SaveFileTest::endsWhileOverwriting()
{
    QFETCH(std::string, under);
    QFETCH(const int, after);
    QFETCH(const bool, told);
    const Folder folder;
    put(folder.path(), former);
    auto faults = folder.here({{.call = "rename", .under = "", .code = EPERM}});
    const auto own = base::copyFolderName().toStdString() + '/';
    if (under.starts_with('@'))
        faults.push_back({.call = "write", .under = own + under.substr(1), .code = -1, .after = after});
    else
        faults.push_back(
            folder.here({{.call = "write", .under = under, .code = -1, .after = after}}).front());
    const auto child = ::fork();
    if (child == 0) {
        const FaultyFiles faulty(faults);
        (void)base::saveFile(folder.path(), QByteArray(100'000, 'x'));
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QVERIFY(!copies().isEmpty());
    const auto found = base::takeLeftovers();
    QCOMPARE(found.size(), told ? 1 : 0);
    if (told) {
        QCOMPARE(found.first().path, folder.path());
        QCOMPARE(contentOf(found.first().copy), former);
        QCOMPARE(folder.told(base::sentence(found.first())).replace(found.first().copy, QStringLiteral("#")),
                 QStringLiteral("“r.csv” in @ was being saved when Capture Desk ended. Check it: it may be "
                                "damaged. What it held before is in #."));
        QCOMPARE(base::takeLeftovers(), QList<base::Leftover>());
        QVERIFY(QFile::remove(found.first().copy)); // kept until then
    } else {
        QCOMPARE(contentOf(folder.path()), former);
    }
}

void SaveFileTest::isNotOverwrittenWithoutACopy()
{
    const Folder folder;
    put(folder.path(), former);
    auto faults = folder.here({{"rename", "", EPERM}, {"open", "2", EACCES}});
    const auto own = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    faults.push_back({"open", own.toStdString(), ENOSPC});
    {
        const FaultyFiles faulty(faults);
        const auto saved = base::saveFile(folder.path(), next);
        QVERIFY(!saved);
        QCOMPARE(
            folder.told(base::sentence(saved.error())),
            QStringLiteral("“r.csv” was not saved in @. It cannot be replaced there, and before it is "
                           "overwritten a copy must be kept: you may not write there (Permission denied). "
                           "The file that was there is unharmed. Ask for the right to write there, then try "
                           "again."));
    }
    QCOMPARE(contentOf(folder.path()), former);
}

void SaveFileTest::followsLinks_data()
{
    QTest::addColumn<QString>("to"); ///< `@`: the folder
    QTest::addColumn<bool>("there");
    QTest::newRow("beside") << QStringLiteral("other.csv") << true;
    QTest::newRow("absolute") << QStringLiteral("@/other.csv") << true;
    QTest::newRow("what is not there yet") << QStringLiteral("@/other.csv") << false;
    QTest::newRow("another device") << QStringLiteral("/dev/shm/capturedesk-test-link.csv") << true;
    QTest::newRow("another device, not there yet")
        << QStringLiteral("/dev/shm/capturedesk-test-link.csv") << false;
}

void SaveFileTest::followsLinks()
{
    QFETCH(QString, to);
    QFETCH(const bool, there);
    const Folder folder;
    to.replace(u'@', folder.path(".").chopped(2));
    const auto target = QDir(folder.path(".")).absoluteFilePath(to);
    if (there)
        put(target, former);
    const auto link = folder.path("link.csv"), second = folder.path("second.csv");
    QVERIFY(::symlink(QFile::encodeName(to).constData(), QFile::encodeName(link).constData()) == 0);
    QVERIFY(::symlink("link.csv", QFile::encodeName(second).constData()) == 0);
    const auto saved = base::saveFile(second, next);
    const auto content = contentOf(target);
    QFile::remove(target);
    QVERIFY2(saved, saved ? "" : qPrintable(base::details(saved.error())));
    QCOMPARE(content, next);
    QVERIFY(S_ISLNK(statusOf(link).st_mode));
    QVERIFY(S_ISLNK(statusOf(second).st_mode));
}

void SaveFileTest::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QString& path, const char* sentence) {
        QTest::newRow(name) << path << QString::fromUtf8(sentence);
    };
    row("folder", QStringLiteral("@/folder"),
        "“folder” was not saved in @: there is a folder of this name (Is a directory). Choose another name "
        "or "
        "another folder.");
    row("pipe", QStringLiteral("@/pipe"),
        "“pipe” was not saved in @: it is a device or a pipe, not a file. Choose another name or another "
        "folder.");
    row("device", QStringLiteral("/dev/full"),
        "“full” was not saved in /dev: it is a device or a pipe, not a file. Choose another name or another "
        "folder.");
    row("link to a device", QStringLiteral("@/full"),
        "“full” was not saved in @: it is a device or a pipe, not a file. It is a link to /dev/full. Choose "
        "another "
        "name or another folder.");
    row("circle", QStringLiteral("@/circle"),
        "“circle” was not saved in @: it is a link that leads back to itself (Too many levels of symbolic "
        "links). "
        "It is a link to @/circle. Choose another name or another folder.");
    row("link into nothing", QStringLiteral("@/nowhere"),
        "“nowhere” was not saved in @: the folder is not there (No such file or directory). It is a link to "
        "@/no/such/r.csv. Connect the share or make the folder, then try again.");
    row("no folder", QStringLiteral("@/no/such/r.csv"),
        "“r.csv” was not saved in @/no/such: the folder is not there (No such file or directory). Connect "
        "the share "
        "or make the folder, then try again.");
    row("a file as folder", QStringLiteral("@/file/r.csv"),
        "“r.csv” was not saved in @/file: the folder is not there (Not a directory). Connect the share or "
        "make the "
        "folder, then try again.");
    row("long name", QStringLiteral("@/") + QString(300, u'n'), "");
}

void SaveFileTest::refusesWhatIsNoFile()
{
    QFETCH(QString, path);
    QFETCH(const QString, sentence);
    const Folder folder;
    QVERIFY(QDir(folder.path(".")).mkdir(QStringLiteral("folder")));
    QVERIFY(::mkfifo(QFile::encodeName(folder.path("pipe")).constData(), 0600) == 0);
    QVERIFY(::symlink("/dev/full", QFile::encodeName(folder.path("full")).constData()) == 0);
    QVERIFY(::symlink("circle", QFile::encodeName(folder.path("circle")).constData()) == 0);
    QVERIFY(::symlink("no/such/r.csv", QFile::encodeName(folder.path("nowhere")).constData()) == 0);
    put(folder.path("file"), former);
    const auto before = folder.files();
    path.replace(u'@', folder.path(".").chopped(2));
    const auto saved = base::saveFile(path, next);
    QVERIFY(!saved);
    const auto told = folder.told(base::sentence(saved.error()));
    if (sentence.isEmpty())
        QVERIFY2(told.endsWith(
                     QLatin1StringView("was not saved in @: the file name is not accepted there (File name "
                                       "too long). Choose another name or another folder.")),
                 qPrintable(told));
    else
        QCOMPARE(told, sentence);
    QCOMPARE(folder.files(), before);
}

void SaveFileTest::keepsHardLinks()
{
    const Folder folder;
    put(folder.path(), former);
    QVERIFY(::link(QFile::encodeName(folder.path()).constData(),
                   QFile::encodeName(folder.path("too")).constData()) == 0);
    QVERIFY(base::saveFile(folder.path(), next));
    QCOMPARE(contentOf(folder.path("too")), next);
    QCOMPARE(statusOf(folder.path()).st_nlink, ::nlink_t(2));
}

void SaveFileTest::keepsAForeignOwner()
{
    if (::geteuid() != 0)
        QSKIP("only root can make a file that belongs to somebody else");
    const Folder folder;
    put(folder.path(), former);
    const auto name = QFile::encodeName(folder.path());
    QVERIFY(::chown(name.constData(), 12345, 23456) == 0);
    QVERIFY(::chmod(name.constData(), 0664) == 0);
    const auto before = statusOf(folder.path());
    {
        const FaultyFiles faulty(folder.here({{"chown", "", EPERM}})); // as for any user but root
        QVERIFY(base::saveFile(folder.path(), next));
    }
    auto now = statusOf(folder.path());
    QCOMPARE(now.st_ino, before.st_ino);
    QVERIFY(base::saveFile(folder.path(), former));
    now = statusOf(folder.path());
    QCOMPARE(now.st_uid, ::uid_t(12345));
    QCOMPARE(now.st_gid, ::gid_t(23456));
    QCOMPARE(modeOf(folder.path()), ::mode_t(0664));
    QCOMPARE(contentOf(folder.path()), former);
}

/// Exceeds the system's file size limit, at each remaining size.
void SaveFileTest::largeFile()
{
    const Folder folder;
    const QByteArray large(3'000'000, 'x');
    put(folder.path(), former);
    for (const qint64 room : {0, 1, 4096, 262'144, 2'999'999}) {
        const support::Ceiling ceiling(room);
        const auto saved = base::saveFile(folder.path(), large);
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, SaveProblem::Kind::TooLarge);
        QCOMPARE(contentOf(folder.path()), former);
    }
    QVERIFY(base::saveFile(folder.path(), large));
    QCOMPARE(contentOf(folder.path()), large);
    QCOMPARE(folder.files(), QStringList{QStringLiteral("r.csv")});
}

void SaveFileTest::withoutCommit()
{
    const Folder folder;
    put(folder.path(), former);
    {
        const FaultyFiles faulty(folder.here({{"tmpfile", "", ENOENT}}));
        base::SaveFile file(folder.path());
        QVERIFY(file.begin());
        QCOMPARE(file.write(QByteArray(1'000'000, 'x')), 1'000'000);
    }
    QCOMPARE(contentOf(folder.path()), former);
    QCOMPARE(folder.files(), QStringList{QStringLiteral("r.csv")});
}

void SaveFileTest::renames()
{
    for (const int code : {0, EINVAL, ENOSYS}) {
        const Folder folder;
        put(folder.path("a"), former);
        put(folder.path("b"), next);
        const FaultyFiles faulty(
            code == 0 ? Faults{} : folder.here({{.call = "rename", .under = "", .code = code, .times = 1}}));
        const auto onto = base::renameFile(folder.path("a"), folder.path("b"));
        QVERIFY(!onto);
        QCOMPARE(onto.error().code, EEXIST);
        QCOMPARE(contentOf(folder.path("b")), next);
        QVERIFY(base::renameFile(folder.path("a"), folder.path("c")));
        QCOMPARE(contentOf(folder.path("c")), former);
    }
}

void SaveFileTest::putsAside()
{
    const Folder folder;
    for (int n = 1; n <= 3; ++n) {
        put(folder.path(), former);
        const auto aside = base::putAside(folder.path());
        QVERIFY(aside);
        QCOMPARE(contentOf(*aside), former);
        QCOMPARE(folder.files().size(), n);
    }
}

void SaveFileTest::probes_data()
{
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("why");
    QTest::newRow("nothing") << Faults{} << QString();
    QTest::newRow("locks") << Faults{{"lock", "", ENOLCK}}
                           << QStringLiteral("the disk or share has no locks (No locks available)");
    QTest::newRow("locks of a kind") << Faults{{"lock", "", ENOSYS}}
                                     << QStringLiteral(
                                            "the disk or share has no locks (Function not implemented)");
    QTest::newRow("full") << Faults{{"write", "", ENOSPC}}
                          << QStringLiteral("the disk is full (No space left on device)");
    QTest::newRow("read-only") << Faults{{"open", "", EROFS}}
                               << QStringLiteral("the disk is read-only (Read-only file system)");
}

void SaveFileTest::probes()
{
    QFETCH(const Faults, faults);
    QFETCH(const QString, why);
    const Folder folder;
    const FaultyFiles faulty(folder.here(faults));
    const auto problem = base::probe(QFileInfo(folder.path()).path());
    QCOMPARE(problem ? base::reason(*problem) : QString(), why);
    QCOMPARE(folder.files(), QStringList());
}

CAPTUREDESK_SUITE(test_base_savefile, SaveFileTest)
#include "savefile.moc"
