// Host and link over real sockets: what is sent arrives, in order, both ways; how lines begin and end, in words.
#include "support/fault_proxy.h"
#include "unit/transport/line_fixture.h"
#include "unit/transport/sample_messages.h"

#include <QTcpServer>

using namespace anteroom;
using namespace anteroom::test;

class WebSocketTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMessageBothWays()
    {
        NetThread net;
        HostSide host(net);
        LinkSide link(net);
        link.open(host.listen());
        QTRY_VERIFY(link.welcomed());
        const ConnId conn = host.conns.first();
        host.welcomes = false;
        auto messages = sampleMessages();
        messages.pop_back();                                  // REFUSE ends the line: lastWordsArrive()
        for (const auto &message : messages) {
            link.port->send(shared(message));
            host.port->send(conn, shared(message));
        }
        QTRY_COMPARE(host.received[conn].size(), qsizetype(messages.size() + 1));
        QTRY_COMPARE(link.received.size(), qsizetype(messages.size() + 1));
        for (std::size_t i = 0; i < messages.size(); ++i) {
            QCOMPARE(sync::encode(*host.received[conn].at(qsizetype(i) + 1)), sync::encode(messages[i]));
            QCOMPARE(sync::encode(*link.received.at(qsizetype(i) + 1)), sync::encode(messages[i]));
        }
    }

    void lastWordsArrive()
    {
        NetThread net;
        HostSide host(net);
        host.welcomes = false;
        LinkSide link(net);
        link.open(host.listen());
        QTRY_VERIFY(!host.conns.isEmpty() && host.received[host.conns.first()].size() == 1);
        host.port->drop(host.conns.first(), Refuse{sync::RefusalCode::WrongCode, "Ask for a new access code."});
        QTRY_COMPARE(link.closed.size(), 1);
        QCOMPARE(link.received.size(), 1);
        QCOMPARE(std::get<sync::Refuse>(*link.received.first()).words, std::string("Ask for a new access code."));
        QCOMPARE(link.closed.first().code, ErrorCode::Refused);
        QCOMPARE(host.closed[host.conns.first()].size(), 1);
    }

    void largestMessageBothWays()
    {
        NetThread net;
        HostSide host(net);
        LinkSide link(net);
        link.open(host.listen());
        QTRY_VERIFY(link.welcomed());
        const ConnId conn = host.conns.first();
        for (const std::size_t size : {kMaxMessageBytes - 1, kMaxMessageBytes}) {
            const auto message = shared(messageOfSize(size, encodedSize));
            link.port->send(message);
            host.port->send(conn, message);
            QTRY_COMPARE(sync::encode(*host.received[conn].last()), sync::encode(*message));
            QTRY_COMPARE(sync::encode(*link.received.last()), sync::encode(*message));
        }
        QVERIFY(link.closed.isEmpty());
        host.port->send(conn, shared(messageOfSize(kMaxMessageBytes + 1, encodedSize)));
        QTRY_COMPARE(host.closed[conn].size(), 1);             // the engine should have cut it
        QCOMPARE(host.closed[conn].first().code, ErrorCode::Protocol);
        QTRY_COMPARE(link.closed.size(), 1);
    }

    void oneFrameForManyPeersInOrder()
    {
        NetThread net;
        HostSide host(net);
        const quint16 port = host.listen();
        std::vector<std::unique_ptr<LinkSide>> links;
        for (int i = 0; i < 5; ++i) {
            links.push_back(std::make_unique<LinkSide>(net));
            links.back()->open(port);
        }
        for (const auto &link : links)
            QTRY_VERIFY(link->welcomed());
        for (int n = 1; n <= 50; ++n) {
            std::vector<sync::Send> sends;
            const auto message = ack(n);
            for (const ConnId conn : host.conns)
                sends.push_back({conn, message});
            host.port->send(std::move(sends));
        }
        for (const auto &link : links) {
            QTRY_COMPARE(link->received.size(), qsizetype(51));
            for (int n = 1; n <= 50; ++n)
                QCOMPARE(std::get<sync::Ack>(*link->received.at(n)).cursor.rev, n);
        }
    }

    void portInUseSaysWhatToDo()
    {
        NetThread net;
        HostSide first(net), second(net);
        const quint16 port = first.listen();
        QVERIFY(port != 0);
        const auto answer = second.port->listen({.port = port});
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Network);
        QVERIFY(answer.error().detail.contains(QStringLiteral("in use by another program: choose another port")));
        QVERIFY(second.listen() != 0);                         // a failure leaves it as it was
    }

    void addressOfAnotherPcSaysSo()
    {
        NetThread net;
        HostSide host(net);
        const auto answer = host.port->listen({.address = QHostAddress(QStringLiteral("192.0.2.1")), .trialLan = true});
        QVERIFY(!answer);
        QVERIFY(answer.error().detail.contains(QStringLiteral("not one of this PC")));
    }

    void withoutTlsOnlyTheOwnPc()
    {
        NetThread net;
        HostSide host(net);
        const auto answer = host.port->listen({.address = QHostAddress(QHostAddress::AnyIPv4)});
        QVERIFY(!answer);
        QVERIFY(answer.error().detail.contains(QStringLiteral("--trial-lan")));
        QVERIFY(host.listen({.address = QHostAddress(QHostAddress::AnyIPv4), .trialLan = true}) != 0);
    }

    void twoHostsInOneProcess()
    {
        NetThread net;
        HostSide first(net), second(net);
        LinkSide a(net), b(net);
        a.open(first.listen());
        b.open(second.listen());
        QTRY_VERIFY(a.welcomed() && b.welcomed());
        first.port->send(first.conns.first(), ack(1));
        second.port->send(second.conns.first(), ack(2));
        QTRY_COMPARE(a.received.size(), 2);
        QTRY_COMPARE(b.received.size(), 2);
        QCOMPARE(std::get<sync::Ack>(*a.received.last()).cursor.rev, 1);
        QCOMPARE(std::get<sync::Ack>(*b.received.last()).cursor.rev, 2);
    }

    void stoppingTellsBothAndCanStartAgain()
    {
        NetThread net;
        HostSide host(net);
        LinkSide link(net), later(net);
        link.open(host.listen());
        QTRY_VERIFY(link.welcomed());
        host.port->stop();
        QTRY_COMPARE(link.closed.size(), 1);
        QTRY_COMPARE(host.closed[host.conns.first()].size(), 1);
        QCOMPARE(host.closed[host.conns.first()].first().code, ErrorCode::Cancelled);
        later.open(host.listen());
        QTRY_VERIFY(later.welcomed());
    }

    void refusedConnectionSaysWhatToDo()
    {
        NetThread net;
        quint16 nobody = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost, 0));
            nobody = server.serverPort();
        }
        LinkSide link(net);
        link.open(nobody);
        QTRY_COMPARE(link.closed.size(), 1);
        QCOMPARE(link.closed.first().code, ErrorCode::Network);
        const QString words = link.closed.first().detail;
        QVERIFY2(words.contains(QStringLiteral("No host answers at 127.0.0.1:%1").arg(nobody)), qPrintable(words));
    }

    void nonsenseAddressSaysHowToWriteIt()
    {
        NetThread net;
        LinkSide link(net), empty(net);
        link.port->open(QStringLiteral("front desk?"), 1);
        empty.port->open(QString(), 7420);
        QTRY_COMPARE(link.closed.size(), 1);
        QTRY_COMPARE(empty.closed.size(), 1);
        QCOMPARE(link.closed.first().code, ErrorCode::Usage);
        QVERIFY(empty.closed.first().detail.contains(QStringLiteral("write it as")));
    }

    void silentServerTimesOut()
    {
        NetThread net;
        QTcpServer server;                                     // accepts, never answers
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Timings quick = kTestTimings;
        quick.connect = 200ms;
        LinkSide link(net, quick);
        link.open(server.serverPort());
        QTRY_COMPARE(link.closed.size(), 1);
        QVERIFY(link.closed.first().detail.contains(QStringLiteral("does not answer")));
    }

    void anotherKindOfServerIsNoHost()
    {
        NetThread net;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            socket->write("220 mail ready\r\n\r\n");
        });
        LinkSide link(net);
        link.open(server.serverPort());
        QTRY_COMPARE(link.closed.size(), 1);
        QVERIFY(!link.opened);
    }

    void closeEndsBothEnds()
    {
        NetThread net;
        HostSide host(net);
        LinkSide link(net);
        link.open(host.listen());
        QTRY_VERIFY(link.welcomed());
        link.port->close();
        link.port->close();
        link.port->send(ack(1));
        QTRY_COMPARE(host.closed[host.conns.first()].size(), 1);
        QCOMPARE(link.closed.size(), 1);
        QCOMPARE(link.closed.first().code, ErrorCode::Cancelled);
        QCOMPARE(host.received[host.conns.first()].size(), 1);
    }

    void cutLineIsHeardAtOnceByBoth()
    {
        NetThread net;
        HostSide host(net);
        FaultProxy proxy(host.listen());
        LinkSide link(net);
        link.open(proxy.port());
        QTRY_VERIFY(link.welcomed());
        proxy.cut();
        QTRY_COMPARE(link.closed.size(), 1);
        QTRY_COMPARE(host.closed[host.conns.first()].size(), 1);
        QCOMPARE(link.closed.first().code, ErrorCode::Network);
        QVERIFY(link.closed.first().detail.contains(QStringLiteral("tried again")));
        LinkSide next(net);                                    // a new link over the healed network
        next.open(proxy.port());
        QTRY_VERIFY(next.welcomed());
    }

    void delayedLineKeepsItsOrder()
    {
        NetThread net;
        HostSide host(net);
        FaultProxy proxy(host.listen());
        proxy.delay(20ms);
        LinkSide link(net);
        link.open(proxy.port());
        QTRY_VERIFY(link.welcomed());
        for (int n = 1; n <= 20; ++n)
            host.port->send(host.conns.first(), ack(n));
        QTRY_COMPARE(link.received.size(), 21);
        for (int n = 1; n <= 20; ++n)
            QCOMPARE(std::get<sync::Ack>(*link.received.at(n)).cursor.rev, n);
    }
};

QTEST_GUILESS_MAIN(WebSocketTest)
#include "websocket_test.moc"
