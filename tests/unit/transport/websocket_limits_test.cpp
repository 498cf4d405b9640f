// What a host does with peers that are broken, hostile, slow or silent: that line ends, the others go on.
#include "support/fault_proxy.h"
#include "unit/transport/line_fixture.h"
#include "unit/transport/sample_messages.h"

#include <QTcpSocket>
#include <QWebSocket>

#include <zstd.h>

using namespace anteroom;
using namespace anteroom::test;

namespace {

// A client that says what it likes.
struct Stranger : QObject {
    explicit Stranger(quint16 port, const QString &origin = {}) : socket(origin)
    {
        connect(&socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
            Envelope envelope;
            if (const auto message = envelope.unpack(bytes))
                if (const auto *refuse = std::get_if<sync::Refuse>(&*message))
                    words = QString::fromStdString(refuse->words);
        });
        connect(&socket, &QWebSocket::connected, this, [this] { connected = true; });
        connect(&socket, &QWebSocket::disconnected, this, [this] { ended = true; });
        socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(port)));
    }
    void greet()
    {
        Envelope envelope;
        socket.sendBinaryMessage(*envelope.pack(*hello()));
    }
    QWebSocket socket;
    QString words;
    bool connected = false, ended = false;
};

} // namespace

class WebSocketLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void brokenPeersEndAlone_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"text", "garbage", "unknown packing", "bomb", "oversized message", "oversized frame", "empty", "oversized greeting", "not a greeting"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void brokenPeersEndAlone()
    {
        QFETCH(QString, kind);
        NetThread net;
        HostSide host(net);
        const quint16 port = host.listen();
        LinkSide good(net);
        good.open(port);
        QTRY_VERIFY(good.welcomed());

        Stranger bad(port);
        QTRY_VERIFY(bad.connected);
        const bool early = kind == QLatin1String("oversized greeting") || kind == QLatin1String("not a greeting");
        if (!early) {
            bad.greet();
            QTRY_COMPARE(host.received[host.conns.last()].size(), 1);
        }
        QTRY_COMPARE(host.conns.size(), 2);
        const ConnId badConn = host.conns.last(), goodConn = host.conns.first();
        const qsizetype before = host.received[badConn].size();
        send(bad, kind);
        QTRY_COMPARE(host.closed[badConn].size(), 1);
        QCOMPARE(host.closed[badConn].first().code, ErrorCode::Protocol);
        QTRY_VERIFY(bad.ended || !bad.words.isEmpty());
        if (kind != QLatin1String("oversized message") && kind != QLatin1String("oversized frame"))
            QTRY_VERIFY(!bad.words.isEmpty());           // Qt itself closes on sizes, with code 1009
        QTRY_VERIFY(bad.ended);
        QCOMPARE(host.received[badConn].size(), before);

        good.port->send(ack(1));                             // the other goes on, both ways
        host.port->send(goodConn, ack(2));
        QTRY_COMPARE(host.received[goodConn].size(), 2);
        QTRY_COMPARE(good.received.size(), 2);
        QVERIFY(good.closed.isEmpty() && host.closed[goodConn].isEmpty());
    }

    void pagesOfTheWebAreNotLetIn()
    {
        NetThread net;
        HostSide host(net);
        const quint16 port = host.listen();
        Stranger page(port, QStringLiteral("http://evil.example"));
        QTRY_VERIFY(page.socket.state() == QAbstractSocket::UnconnectedState);
        QVERIFY(!page.connected && host.conns.isEmpty());
    }

    void silentSocketIsCutBeforeTheUpgrade()
    {
        NetThread net;
        HostSide host(net);
        QTcpSocket silent;
        silent.connectToHost(QHostAddress(QHostAddress::LocalHost), host.listen());
        QTRY_COMPARE(silent.state(), QAbstractSocket::ConnectedState);
        QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(host.conns.isEmpty());
    }

    void silentStrangerIsCutBeforeTheHello()
    {
        NetThread net;
        HostSide host(net);
        Stranger silent(host.listen());
        QTRY_VERIFY(silent.ended);
        QVERIFY(silent.words.contains(QStringLiteral("No HELLO came in time")));
        QCOMPARE(host.closed[host.conns.first()].size(), 1);
    }

    void neverWelcomedIsCutToo()
    {
        NetThread net;
        Timings quick = kTestTimings;
        quick.welcome = 300ms;
        HostSide host(net, quick);
        host.welcomes = false;
        Stranger guest(host.listen());
        QTRY_VERIFY(guest.connected);
        guest.greet();
        QTRY_VERIFY(guest.ended);
        QVERIFY(guest.words.contains(QStringLiteral("greeting took too long")));
    }

    void crowdOfSilentSocketsDoesNotKeepARealClientOut()
    {
        NetThread net;
        Timings slow = kTestTimings;
        slow.upgrade = 60s;                                  // only the caps may help
        HostSide host(net, slow);
        const quint16 port = host.listen();
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        for (int i = 0; i < kMaxStrangers + 20; ++i) {
            crowd.push_back(std::make_unique<QTcpSocket>());
            crowd.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        }
        const auto open = [&crowd] {
            return std::count_if(crowd.begin(), crowd.end(), [](const auto &s) { return s->state() == QAbstractSocket::ConnectedState; });
        };
        QTRY_VERIFY(open() == kMaxStrangersOwnPc && crowd.back()->state() == QAbstractSocket::ConnectedState);
        QCOMPARE(crowd.front()->state(), QAbstractSocket::UnconnectedState);       // the oldest went
        LinkSide link(net);
        link.open(port);
        QTRY_VERIFY(link.welcomed());
    }

    // Half-open: both sockets look alive to TCP. The other end is patient, so that only silence can end the line.
    void silentHostIsShownThenDropped()
    {
        NetThread net;
        HostSide host(net, patient());
        FaultProxy proxy(host.listen());
        LinkSide link(net);
        link.open(proxy.port());
        QTRY_VERIFY(link.welcomed());
        QTRY_VERIFY(link.heard.size() > 3);
        proxy.hold(Toward::Client, true);
        QTRY_COMPARE(link.closed.size(), 1);
        QVERIFY(link.heard.last() > kTestTimings.silentDrop.count() / 2);
        QVERIFY(link.closed.first().detail.contains(QStringLiteral("silent")));
    }

    void silentClientIsDropped()
    {
        NetThread net;
        HostSide host(net);
        FaultProxy proxy(host.listen());
        LinkSide link(net, patient());
        link.open(proxy.port());
        QTRY_VERIFY(link.welcomed());
        const ConnId conn = host.conns.first();
        proxy.hold(Toward::Host, true);
        QTRY_COMPARE(host.closed[conn].size(), 1);
        QVERIFY(host.closed[conn].first().detail.contains(QStringLiteral("silent")));
    }

    void pingsAloneKeepAnIdleLine()
    {
        NetThread net;
        HostSide host(net);
        LinkSide link(net);
        link.open(host.listen());
        QTRY_VERIFY(link.welcomed());
        const qsizetype beats = 2 * (kTestTimings.silentDrop / kTestTimings.ping);
        QTRY_VERIFY(link.heard.size() > beats);
        QVERIFY(link.closed.isEmpty() && host.closed[host.conns.first()].isEmpty());
    }

    void slowReaderIsToldAndDrained()
    {
        NetThread net;
        HostSide host(net, patient());
        FaultProxy proxy(host.listen());
        LinkSide slow(net, patient());
        slow.open(proxy.port());
        QTRY_VERIFY(slow.welcomed());
        const ConnId conn = host.conns.first();
        proxy.hold(Toward::Client, true);
        const auto page = shared(messageOfSize(kMaxMessageBytes, encodedSize));
        constexpr int kSent = 15;                            // more than the kernel holds, less than drops the line
        for (int i = 0; i < kSent; ++i)
            host.port->send(conn, page);
        QTRY_VERIFY(!host.pressure[conn].isEmpty() && host.pressure[conn].last());      // buffers on the way fill in steps
        QVERIFY(host.closed[conn].isEmpty());
        proxy.heal();
        QTRY_COMPARE(slow.received.size(), kSent + 1);
        QTRY_VERIFY(!host.pressure[conn].last());
    }

    void whoNeverDrainsIsDropped()
    {
        NetThread net;
        HostSide host(net, patient());
        FaultProxy proxy(host.listen());
        LinkSide slow(net, patient());
        slow.open(proxy.port());
        QTRY_VERIFY(slow.welcomed());
        const ConnId conn = host.conns.first();
        proxy.hold(Toward::Client, true);
        const auto page = shared(messageOfSize(kMaxMessageBytes, encodedSize));
        for (int i = 0; i < 64; ++i)                         // a writer that does not listen
            host.port->send(conn, page);
        QTRY_COMPARE(host.closed[conn].size(), 1);
        QVERIFY(host.closed[conn].first().detail.contains(QStringLiteral("too slowly")));
    }

private:
    static Timings patient()
    {
        Timings timings = kTestTimings;
        timings.silentDrop = 60s;
        return timings;
    }

    static void send(Stranger &bad, const QString &kind)
    {
        const auto binary = [&bad](const QByteArray &bytes) { bad.socket.sendBinaryMessage(bytes); };
        Envelope envelope;
        if (kind == QLatin1String("text"))
            bad.socket.sendTextMessage(QStringLiteral("{\"type\":\"hello\"}"));
        else if (kind == QLatin1String("garbage"))
            binary(QByteArray("\0\x9f\xff\xff\xff garbage", 13));
        else if (kind == QLatin1String("unknown packing"))
            binary(QByteArray(200, '\x07'));
        else if (kind == QLatin1String("bomb"))
            binary(bomb());
        else if (kind == QLatin1String("oversized message"))
            binary(QByteArray(kMaxEnvelopeBytes + 1, '\0'));
        else if (kind == QLatin1String("oversized frame")) {
            bad.socket.setOutgoingFrameSize(kMaxSocketFrameBytes + 1);
            binary(QByteArray(kMaxSocketFrameBytes + 1, '\0'));
        } else if (kind == QLatin1String("empty"))
            binary(QByteArray());
        else if (kind == QLatin1String("oversized greeting"))
            binary(bomb(kMaxGreetingBytes + 1));
        else
            binary(*envelope.pack(*ack(1)));
    }

    static QByteArray bomb(std::size_t size = 64 * 1024 * 1024)
    {
        const QByteArray content(static_cast<qsizetype>(size), 'b');
        QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(size)) + 1, '\1');
        const std::size_t n = ZSTD_compress(out.data() + 1, static_cast<std::size_t>(out.size() - 1), content.data(), size, 1);
        out.truncate(static_cast<qsizetype>(n) + 1);
        return out;
    }
};

QTEST_GUILESS_MAIN(WebSocketLimitsTest)
#include "websocket_limits_test.moc"
