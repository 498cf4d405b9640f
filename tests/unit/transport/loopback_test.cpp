#include "transport/loopback_link.h"

#include "sync/codec.h"
#include "unit/transport/sample_messages.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::transport;

class LoopbackTest : public QObject {
    Q_OBJECT

private:
    static MessagePtr ack(int n) { return std::make_shared<const sync::Message>(sync::Ack{{n, 0}, 0}); }
    static int revOf(const MessagePtr &m) { return static_cast<int>(std::get<sync::Ack>(*m).cursor.rev); }

private Q_SLOTS:
    void everyMessageBothWays()
    {
        QList<QByteArray> up, down;
        LoopbackHost host;
        LoopbackLink link(host);
        connect(&host, &HostPort::received, this, [&](ConnId, const MessagePtr &m) { up << sync::encode(*m); });
        connect(&link, &LinkPort::received, this, [&](const MessagePtr &m) { down << sync::encode(*m); });
        link.open();
        QList<QByteArray> sent;
        for (const auto &message : test::sampleMessages()) {
            const auto shared = std::make_shared<const sync::Message>(message);
            link.send(shared);
            host.send(link.conn(), shared);
            sent << sync::encode(message);
        }
        QVERIFY(up.isEmpty() && down.isEmpty());           // nothing moves by itself
        QCOMPARE(host.deliver(), int(2 * sent.size()));
        QCOMPARE(up, sent);
        QCOMPARE(down, sent);
    }

    void heldWayWaitsAndTheOtherGoesOn()
    {
        QList<int> up, down;
        LoopbackHost host;
        LoopbackLink link(host);
        connect(&host, &HostPort::received, this, [&](ConnId, const MessagePtr &m) { up << revOf(m); });
        connect(&link, &LinkPort::received, this, [&](const MessagePtr &m) { down << revOf(m); });
        link.open();
        link.hold(Way::Down, true);
        link.send(ack(1));
        host.send(link.conn(), ack(2));
        host.deliver();
        QCOMPARE(up, QList<int>{1});
        QVERIFY(down.isEmpty());
        link.hold(Way::Down, false);
        host.deliver();
        QCOMPARE(down, QList<int>{2});
    }

    void cutLosesWhatIsUnderWayAndTellsBothOnce()
    {
        int closedUp = 0, received = 0;
        QStringList words;
        LoopbackHost host;
        LoopbackLink link(host);
        connect(&host, &HostPort::closed, this, [&] { ++closedUp; });
        connect(&host, &HostPort::received, this, [&] { ++received; });
        connect(&link, &LinkPort::closed, this, [&](const Error &why) { words << why.detail; });
        link.open();
        link.send(ack(1));
        link.cut();
        link.cut();
        link.send(ack(2));
        host.deliver();
        QCOMPARE(received, 0);
        QCOMPARE(closedUp, 1);
        QCOMPARE(words.size(), 1);
        QVERIFY(words.first().contains(QStringLiteral("plug it in")));
    }

    void lastWordsComeBeforeTheEnd()
    {
        QStringList seen;
        LoopbackHost host;
        LoopbackLink link(host);
        connect(&link, &LinkPort::received, this, [&](const MessagePtr &m) { seen << QString::fromStdString(std::get<sync::Refuse>(*m).words); });
        connect(&link, &LinkPort::closed, this, [&] { seen << QStringLiteral("closed"); });
        link.open();
        host.drop(link.conn(), Refuse{sync::RefusalCode::WrongCode, "Ask for a new code."});
        link.deliver();
        QCOMPARE(seen, (QStringList{QStringLiteral("Ask for a new code."), QStringLiteral("closed")}));
    }

    void garbageEndsItsLineAlone()
    {
        QList<ConnId> ended;
        int received = 0;
        LoopbackHost host;
        LoopbackLink bad(host), good(host);
        connect(&host, &HostPort::closed, this, [&](ConnId conn) { ended << conn; });
        connect(&host, &HostPort::received, this, [&] { ++received; });
        bad.open();
        good.open();
        const ConnId badConn = bad.conn();
        bad.inject(Way::Up, QByteArray("\0\xff\xff", 3));
        bad.send(ack(1));
        good.send(ack(2));
        host.deliver();
        QCOMPARE(ended, QList<ConnId>{badConn});
        QCOMPARE(received, 1);
        QVERIFY(good.isOpen());
    }

    void aLinkThatDiesIsHeardByItsHost()
    {
        int ended = 0;
        LoopbackHost host;
        connect(&host, &HostPort::closed, this, [&] { ++ended; });
        {
            LoopbackLink link(host);
            link.open();
        }
        QCOMPARE(ended, 1);
        QCOMPARE(host.deliver(), 0);
    }
};

QTEST_GUILESS_MAIN(LoopbackTest)
#include "loopback_test.moc"
