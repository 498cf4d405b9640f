// `anteroom --pictures` from outside: two pages in two looks, of the promised size and with something on them; a page
// that does not exist is answered with those that do.
#include <QDir>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class PicturesCommandTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kMostMs = 120'000;
    static bool run(QProcess &process, const QStringList &arguments)
    {
        process.start(QDir(qEnvironmentVariable("ANTEROOM_BIN")).filePath(u"anteroom"_s), arguments);
        return process.waitForFinished(kMostMs);
    }

private Q_SLOTS:
    void twoPages()
    {
        QTemporaryDir out;
        QProcess process;
        QVERIFY(run(process, {u"--pictures"_s, out.path(), u"--pages"_s, u"queue,empty"_s}));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QCOMPARE(QDir(out.path()).entryList(QDir::Files), (QStringList{u"empty-dark.png"_s, u"empty-light.png"_s, u"queue-dark.png"_s, u"queue-light.png"_s}));
        for (const QString &name : QDir(out.path()).entryList(QDir::Files)) {
            const QImage image(QDir(out.path()).filePath(name));
            QCOMPARE(image.size(), QSize(1366, 768));
            QSet<QRgb> colours;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    colours.insert(image.pixel(x, y));
            QVERIFY2(colours.size() > 32, qPrintable(name));     // letters alone have as many shades
            QCOMPARE(qGray(image.pixel(5, 400)) < 128, name.contains(u"dark"_s));
        }
    }

    void noSuchPage()
    {
        QTemporaryDir out;
        QProcess process;
        QVERIFY(run(process, {u"--pictures"_s, out.path(), u"--pages"_s, u"moon"_s}));
        QCOMPARE(process.exitCode(), 1);
        const QByteArray words = process.readAllStandardError();
        QVERIFY2(words.contains("moon") && words.contains("patients"), words.constData());
        QVERIFY(QDir(out.path()).isEmpty());
    }
};

QTEST_MAIN(PicturesCommandTest)
#include "pictures_command_test.moc"
