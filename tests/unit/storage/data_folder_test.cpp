// The data folder: made for its owner alone, refused in words where it cannot be written, locked against a second process.
#include "storage/data_lock.h"
#include "storage/disk.h"

#include "scratch.h"

#include <QDir>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace scratch;

class DataFolderTest : public QObject {
    Q_OBJECT

private:
    // Runs `body` in a child of another uid and gives its exit code.
    static int asAnotherUser(const std::function<int()> &body)
    {
        const pid_t child = fork();
        if (child == 0) {
            if (setgid(65534) != 0 || setuid(65534) != 0)
                _exit(99);
            _exit(body());
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
    }

private Q_SLOTS:
    void makesTheFolderForItsOwnerAlone()
    {
        QTemporaryDir dir;
        const QString inner = dir.filePath(QStringLiteral("a/b"));
        QVERIFY(prepareDirectory(inner));
        for (const auto &made : {inner, dir.filePath(QStringLiteral("a"))}) {
            const auto permissions = QFileInfo(made).permissions();
            QVERIFY(permissions & QFile::WriteOwner);
            QVERIFY(!(permissions & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther | QFile::WriteOther)));
        }
        QVERIFY(prepareDirectory(inner));
        QVERIFY(QDir(inner).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void aFileIsNoFolder()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("file"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto prepared = prepareDirectory(path);
        QVERIFY(!prepared);
        QCOMPARE(prepared.error().code, ErrorCode::Usage);
    }

    void anotherUsersFolderIsRefusedInWords()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("theirs"));
        const QString database = path + u"/anteroom.db";
        QVERIFY(QDir().mkdir(path));
        QVERIFY(opened(openDatabase(database)) != nullptr);
        constexpr auto kReadable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(QFile::setPermissions(dir.path(), kReadable | QFile::WriteOwner));
        QVERIFY(QFile::setPermissions(path, kReadable));
        const auto look = [&] {
            const auto prepared = prepareDirectory(path);
            const auto made = prepareDirectory(path + u"/inner");
            const auto lock = DataLock::take(path);
            const auto connection = openDatabase(database);
            int bits = 0;
            bits |= !prepared && prepared.error().code == ErrorCode::ReadOnly && prepared.error().detail.contains(path) ? 1 : 0;
            bits |= !made && made.error().code == ErrorCode::ReadOnly ? 2 : 0;
            bits |= !lock && lock.error().code == ErrorCode::ReadOnly ? 4 : 0;
            bits |= !connection && connection.error().code == ErrorCode::ReadOnly ? 8 : 0;
            return bits;
        };
        const int seen = geteuid() == 0 ? asAnotherUser(look) : look();
        QFile::setPermissions(path, kReadable | QFile::WriteOwner);
        if (seen == 99)
            QSKIP("Neither a user nor root that may become one: the rights of a folder cannot be tried here.");
        QCOMPARE(seen, 15);
    }

    void secondHolderIsRefused()
    {
        QTemporaryDir dir;
        auto first = DataLock::take(dir.path());
        QVERIFY(first);
        const auto second = DataLock::take(dir.path());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Locked);
        QVERIFY(second.error().detail.contains(dir.path()));
        first->reset();
        QVERIFY(DataLock::take(dir.path()));
    }

    void restartsAtOnceAfterKill()
    {
        QTemporaryDir dir;
        int told[2];
        QCOMPARE(pipe(told), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto lock = DataLock::take(dir.path());
            const char ok = lock ? 'y' : 'n';
            (void)!write(told[1], &ok, 1);
            pause();
            _exit(0);
        }
        char ok = 0;
        QCOMPARE(read(told[0], &ok, 1), 1);
        QCOMPARE(ok, 'y');
        const auto refused = DataLock::take(dir.path());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Locked);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        QVERIFY(DataLock::take(dir.path()));
        close(told[0]);
        close(told[1]);
    }
};

QTEST_GUILESS_MAIN(DataFolderTest)
#include "data_folder_test.moc"
