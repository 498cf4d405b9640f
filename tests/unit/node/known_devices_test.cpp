// Tokens that outlive the database: the last one of a device counts, nothing is confused, damage is no device.

#include "core/atomic_file.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/uuid.h"
#include "node/known_devices.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using node::KnownDevices;
using namespace Qt::StringLiterals;

class KnownDevicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLastTokenOfADeviceCounts()
    {
        QTemporaryDir dir;
        const SystemClock clock;
        SeededRandom random(1);
        const Uuid a = uuidV7(clock, random), b = uuidV7(clock, random);
        const KnownDevices known(dir.filePath(u"devices.known"_s));
        QVERIFY(!known.tokenHash(a));
        QVERIFY(known.add(a, QByteArray(32, 'a')));
        QVERIFY(known.add(b, QByteArray(32, 'b')));
        QVERIFY(known.add(a, QByteArray(32, 'c')));          // joined once more
        QCOMPARE(*known.tokenHash(a), QByteArray(32, 'c'));
        QCOMPARE(*known.tokenHash(b), QByteArray(32, 'b'));
        const KnownDevices again(dir.filePath(u"devices.known"_s));
        QCOMPARE(*again.tokenHash(b), QByteArray(32, 'b'));
        QCOMPARE(QFile::permissions(dir.filePath(u"devices.known"_s)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void whatIsDamagedIsNoDevice()
    {
        QTemporaryDir dir;
        const SystemClock clock;
        SeededRandom random(2);
        const Uuid a = uuidV7(clock, random);
        const QString path = dir.filePath(u"devices.known"_s);
        const QByteArray name = a.toString().toLatin1();
        QVERIFY(writeFileAtomically(path, QByteArray("\n \n" + name + "\n" + name + "x 00\n" + QByteArray(5000, '\0')), FileMode::Private));
        QVERIFY(!KnownDevices(path).tokenHash(a));
    }
};

QTEST_GUILESS_MAIN(KnownDevicesTest)
#include "known_devices_test.moc"
