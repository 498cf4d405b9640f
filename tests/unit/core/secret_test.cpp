// Secrets and the small files that keep them: private, whole or absent, refused where others may read.
#include "core/atomic_file.h"
#include "core/crockford.h"
#include "core/random.h"
#include "core/secret.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace anteroom;

class SecretTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codesAreCrockfordAndSpread();
    void codesReadBackAsTyped();
    void tokensDiffer();
    void secretFilesArePrivate();
    void readableByOthersIsRefused();
    void comparingAndWiping();
    void replacingLeavesNothingBehind();
    void failuresSayWhatToDo();
    void failedWriteKeepsTheOldFile();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] static mode_t modeOf(const QString &path)
    {
        struct stat status = {};
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777U : 0U;
    }
    QTemporaryDir m_folder;
};

void SecretTest::codesAreCrockfordAndSpread()
{
    SeededRandom random(7);
    std::array<int, 32> seen{};
    for (int i = 0; i < 3200; ++i) {
        const QString code = randomAccessCode(random);
        QCOMPARE(code.size(), kAccessCodeLength);
        for (const QChar c : code)
            ++seen[static_cast<std::size_t>(crockfordValue(c).value())];
    }
    for (const int n : seen)       // 1,000 expected, 31 the standard deviation
        QVERIFY2(n > 850 && n < 1150, qPrintable(QString::number(n)));
}

void SecretTest::codesReadBackAsTyped()
{
    SeededRandom random(8);
    const QString code = randomAccessCode(random);
    QCOMPARE(parseAccessCode(QString(formatAccessCode(code)).toLower()).value(), code);
    QCOMPARE(formatAccessCode(code)[5], u'-');
    QCOMPARE(parseAccessCode(u"K7M2Q-X4D0").error().code, ErrorCode::Invalid);
    QCOMPARE(parseAccessCode(u"K7M2Q-X4DU0").error().code, ErrorCode::Invalid);
}

void SecretTest::tokensDiffer()
{
    SystemRandom random;
    const QByteArray token = randomToken(random);
    QCOMPARE(token.size(), kTokenBytes);
    QVERIFY(token != randomToken(random));
}

void SecretTest::secretFilesArePrivate()
{
    const QByteArray secret("\x00\x01 token", 8);
    QVERIFY(writeSecretFile(path("token"), secret).has_value());
    QCOMPARE(modeOf(path("token")), mode_t(0600));
    QCOMPARE(readSecretFile(path("token")).value(), secret);
    QCOMPARE(writeSecretFile(path("large"), QByteArray(kMaxSecretBytes + 1, 'x')).error().code, ErrorCode::Invalid);
    QVERIFY(!QFile::exists(path("large")));
}

void SecretTest::readableByOthersIsRefused()
{
    QVERIFY(writeFileAtomically(path("open"), "x", FileMode::Shared).has_value());
    QCOMPARE(modeOf(path("open")), mode_t(0644));
    const auto secret = readSecretFile(path("open"));
    QVERIFY(!secret);
    QCOMPARE(secret.error().code, ErrorCode::Refused);
    QVERIFY(secret.error().detail.contains(QStringLiteral("chmod 600")));
}

void SecretTest::comparingAndWiping()
{
    QVERIFY(sameSecret("abc", "abc"));
    QVERIFY(!sameSecret("abc", "abd"));
    QVERIFY(!sameSecret("abc", "abcd"));
    QVERIFY(sameSecret("", ""));
    QByteArray secret("abc");
    wipe(secret);
    QVERIFY(secret.isEmpty());
}

void SecretTest::replacingLeavesNothingBehind()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("f"));
    QVERIFY(writeFileAtomically(file, "one", FileMode::Shared).has_value());
    QVERIFY(writeFileAtomically(file, "two, longer", FileMode::Shared).has_value());
    QCOMPARE(readSmallFile(file, 100).value(), QByteArray("two, longer"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("f")});
    QCOMPARE(readSmallFile(file, 11).value().size(), 11);
    QCOMPARE(readSmallFile(file, 10).error().code, ErrorCode::Invalid);
}

void SecretTest::failuresSayWhatToDo()
{
    QCOMPARE(readSmallFile(path("absent"), 10).error().code, ErrorCode::NotFound);
    QCOMPARE(writeFileAtomically(path("no/such/folder"), "x", FileMode::Shared).error().code, ErrorCode::NotFound);
    QCOMPARE(fileError(ENOSPC, {}).code, ErrorCode::DiskFull);
    QCOMPARE(fileError(EROFS, {}).code, ErrorCode::ReadOnly);
    QCOMPARE(fileError(EACCES, {}).code, ErrorCode::ReadOnly);
    QCOMPARE(fileError(EIO, QStringLiteral("f")).code, ErrorCode::Io);
    QCOMPARE(fileError(EIO, QStringLiteral("f")).subject, QStringLiteral("f"));
    QVERIFY(fileError(ENOSPC, {}).detail.contains(QStringLiteral("make room")));
}

void SecretTest::failedWriteKeepsTheOldFile()
{
    QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("taken"));
    QVERIFY(QDir().mkdir(target));                  // a folder cannot be replaced by a file
    QVERIFY(!writeFileAtomically(target, "x", FileMode::Shared));
    QVERIFY(QFileInfo(target).isDir());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

QTEST_GUILESS_MAIN(SecretTest)
#include "secret_test.moc"
