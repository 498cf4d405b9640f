#include "storage/mark_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::storage;

class MarkFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheLastWrite()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("anteroom.mark"));
        MarkFile file(path);
        QVERIFY(!file.read());
        for (int i = 0; i < 5; ++i) {
            const QByteArray content = "mark " + QByteArray::number(i);
            const auto written = file.write(content);
            QVERIFY2(written, qPrintable(written ? QString() : written.error().detail));
            const auto read = MarkFile(path).read();
            QVERIFY(read);
            QCOMPARE(read->content, content);
            QVERIFY(!read->copied);
        }
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions{});
    }
    // A torn write destroys the record that is being written, never the one before.
    void tornWrite()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("anteroom.mark"));
        {
            MarkFile file(path);
            QVERIFY(file.write("first"));
            QVERIFY(file.write("second"));
        }
        const QByteArray whole = contentOf(path);
        for (qsizetype at = 0; at < 192; at += 7) {
            for (const qsizetype slot : {qsizetype(0), qsizetype(4096)}) {
                QByteArray torn = whole;
                torn[slot + at] = static_cast<char>(torn[slot + at] ^ 0x5a);
                put(path, torn);
                const auto read = MarkFile(path).read();
                QVERIFY(read);
                QVERIFY(read->content == "first" || read->content == "second");
                QVERIFY(MarkFile(path).write("third"));
                QCOMPARE(MarkFile(path).read()->content, QByteArray("third"));
            }
        }
    }
    void copyIsNoticed()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("anteroom.mark")), copy = dir.filePath(QStringLiteral("copy"));
        QVERIFY(MarkFile(path).write("mine"));
        QVERIFY(QFile::copy(path, copy));
        const auto read = MarkFile(copy).read();
        QVERIFY(read);
        QCOMPARE(read->content, QByteArray("mine"));
        QVERIFY(read->copied);
        QVERIFY(!MarkFile(path).read()->copied);
        QVERIFY(MarkFile(copy).write("now mine"));
        QVERIFY(!MarkFile(copy).read()->copied);
    }
    void noRecordIsNoMark()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("anteroom.mark"));
        for (const QByteArray &junk : {QByteArray(), QByteArray("short"), QByteArray(9000, 'x')}) {
            put(path, junk);
            QVERIFY(!MarkFile(path).read());
            QVERIFY(MarkFile(path).write("whole again"));
            QCOMPARE(MarkFile(path).read()->content, QByteArray("whole again"));
        }
    }
    void tellsWhatIsWrong()
    {
        QTemporaryDir dir;
        const auto written = MarkFile(dir.filePath(QStringLiteral("no/such/folder"))).write("mark");
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::NotFound);
        QVERIFY(!MarkFile(dir.filePath(QStringLiteral("long"))).write(QByteArray(kMaxMarkBytes + 1, 'x')));
    }

private:
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void put(const QString &path, const QByteArray &content)      // in place: it stays the same file
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.resize(content.size()));
        QCOMPARE(file.write(content), content.size());
    }
};

QTEST_GUILESS_MAIN(MarkFileTest)
#include "mark_file_test.moc"
