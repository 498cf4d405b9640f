#include "node/control_client.h"
#include "node/control_server.h"

#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace Qt::StringLiterals;

namespace {

// Answers "count" with that many parts, "fail" with an error, "wait" when it is told to.
class FakeHandler final : public ControlHandler {
public:
    void handle(const QJsonObject &request, const ControlAnswer &answer) override
    {
        ++requests;
        const QString what = request.value("do"_L1).toString();
        if (what == "fail"_L1) {
            answer.done(fail(ErrorCode::Differs, u"The row has changed"_s, u"phone"_s));
        } else if (what == "wait"_L1) {
            waiting.push_back(answer);
        } else {
            const int count = request.value("count"_L1).toInt();
            for (int i = 0; i < count; ++i)
                answer.part({{u"i"_s, i}});
            answer.done(QJsonObject{{u"count"_s, count}});
        }
    }
    int requests = 0;
    std::vector<ControlAnswer> waiting;
};

struct Outcome {
    QList<int> parts;
    std::optional<Result<QJsonObject>> done;
    ControlAnswer answer()
    {
        return {[this](const QJsonObject &p) { parts.append(p.value("i"_L1).toInt()); },
                [this](const Result<QJsonObject> &d) { done = d; }};
    }
};

} // namespace

class ControlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSilentProcessIsNotWaitedForForever()
    {
        const auto client = ControlClient::connectTo(m_dir->path(), 50);
        QVERIFY(client);
        Outcome outcome;
        (*client)->handle({{u"do"_s, u"wait"_s}}, outcome.answer());
        QTRY_VERIFY(outcome.done);
        QVERIFY(!*outcome.done);
        QVERIFY(outcome.done->error().detail.contains(u"does not answer"_s));
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_handler = std::make_unique<FakeHandler>();
        m_server = std::make_unique<ControlServer>(*m_handler);
        const auto listening = m_server->listen(m_dir->path());
        QVERIFY2(listening, qPrintable(listening ? QString() : listening.error().detail));
    }
    void cleanup() { m_server.reset(); }

    void partsThenDone()
    {
        auto client = ControlClient::connectTo(m_dir->path());
        QVERIFY(client);
        Outcome first;
        (*client)->handle({{u"do"_s, u"count"_s}, {u"count"_s, 1000}}, first.answer());
        QTRY_VERIFY(first.done);
        QVERIFY(*first.done);
        QCOMPARE(first.parts.size(), 1000);
        QCOMPARE(first.parts.constLast(), 999);
        Outcome second;                                            // the line goes on
        (*client)->handle({{u"do"_s, u"fail"_s}}, second.answer());
        QTRY_VERIFY(second.done);
        QVERIFY(!*second.done);
        QCOMPARE(second.done->error().code, ErrorCode::Differs);
        QCOMPARE(second.done->error().detail, u"The row has changed"_s);
        QCOMPARE(second.done->error().subject, u"phone"_s);
    }

    void thePathIsOfTheFolderNotOfItsName()
    {
        const QString link = m_dir->path() + u"-link"_s;
        QVERIFY(QFile::link(m_dir->path(), link));
        QVERIFY(ControlClient::connectTo(link));
        QVERIFY(QFile::remove(link));
        QTemporaryDir other;
        const auto nobody = ControlClient::connectTo(other.path());
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().code, ErrorCode::NotFound);
    }

    void onlyThisUserMayConnect()
    {
        const QFileInfo socket(m_server->path());
        QVERIFY(socket.exists());
        QVERIFY(!(socket.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    void aSocketLeftBehindIsReplaced()
    {
        ControlServer second(*m_handler);
        QVERIFY(second.listen(m_dir->path()));                     // as after kill -9: the file is there
        QVERIFY(ControlClient::connectTo(m_dir->path()));
    }

    void garbageAndOversizedLinesAreCut()
    {
        const auto path = controlSocketPath(m_dir->path());
        QVERIFY(path);
        for (const QByteArray &bytes : {QByteArray("garbage\n"), QByteArray("[1]\n"),
                                        QByteArray(control_limits::kMaxRequestBytes + 4096, 'x')}) {
            QLocalSocket socket;
            QSignalSpy gone(&socket, &QLocalSocket::disconnected);
            socket.connectToServer(*path);
            QVERIFY(socket.waitForConnected(2000));
            socket.write(bytes);
            QTRY_COMPARE(gone.count(), 1);
            const auto answer = parseControlLine(socket.readAll().trimmed());
            QVERIFY(answer);
            QCOMPARE(errorFromJson(answer->value("error"_L1).toObject()).code, ErrorCode::Protocol);
        }
        QCOMPARE(m_handler->requests, 0);
        auto client = ControlClient::connectTo(m_dir->path());     // others are unharmed
        QVERIFY(client);
        Outcome outcome;
        (*client)->handle({{u"count"_s, 2}}, outcome.answer());
        QTRY_VERIFY(outcome.done);
        QCOMPARE(outcome.parts.size(), 2);
    }

    void answersInOrderOnOneLine()
    {
        QLocalSocket socket;
        socket.connectToServer(*controlSocketPath(m_dir->path()));
        QVERIFY(socket.waitForConnected(2000));
        socket.write("{\"do\":\"wait\"}\n{\"do\":\"fail\"}\n");
        QTRY_COMPARE(m_handler->waiting.size(), std::size_t(1));
        QCOMPARE(m_handler->requests, 1);                          // the second waits for the first answer
        m_handler->waiting[0].done(QJsonObject{});
        QTRY_COMPARE(m_handler->requests, 2);
    }

    void anAnswerThatNobodyWaitsForIsDropped()
    {
        {
            auto client = ControlClient::connectTo(m_dir->path());
            Outcome outcome;
            (*client)->handle({{u"do"_s, u"wait"_s}}, outcome.answer());
            QTRY_COMPARE(m_handler->waiting.size(), std::size_t(1));
        }
        auto other = ControlClient::connectTo(m_dir->path());
        Outcome outcome;
        (*other)->handle({{u"count"_s, 0}}, outcome.answer());
        QTRY_VERIFY(outcome.done);
        m_handler->waiting[0].done(QJsonObject{});
    }

    void theEndOfTheReplicaIsAnError()
    {
        auto client = ControlClient::connectTo(m_dir->path());
        Outcome outcome;
        (*client)->handle({{u"do"_s, u"wait"_s}}, outcome.answer());
        QTRY_COMPARE(m_handler->waiting.size(), std::size_t(1));
        m_server.reset();
        QTRY_VERIFY(outcome.done);
        QVERIFY(!*outcome.done);
        QCOMPARE(outcome.done->error().code, ErrorCode::Io);
    }

    void tooManyConnectionsAreToldSo()
    {
        std::vector<std::unique_ptr<ControlClient>> clients;
        for (int i = 0; i < control_limits::kMaxConnections; ++i) {
            auto client = ControlClient::connectTo(m_dir->path());
            QVERIFY(client);
            clients.push_back(std::move(*client));
            Outcome outcome;
            clients.back()->handle({{u"count"_s, 0}}, outcome.answer());
            QTRY_VERIFY(outcome.done);
        }
        auto oneMore = ControlClient::connectTo(m_dir->path());
        QVERIFY(oneMore);
        Outcome outcome;
        (*oneMore)->handle({{u"count"_s, 0}}, outcome.answer());
        QTRY_VERIFY(outcome.done);
        QVERIFY(!*outcome.done);
        clients.clear();
        QTRY_VERIFY([&] {
            auto again = ControlClient::connectTo(m_dir->path());
            Outcome second;
            if (again)
                (*again)->handle({{u"count"_s, 0}}, second.answer());
            return again && QTest::qWaitFor([&] { return bool(second.done); }, 1000) && bool(*second.done);
        }());
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeHandler> m_handler;
    std::unique_ptr<ControlServer> m_server;
};

QTEST_GUILESS_MAIN(ControlTest)
#include "control_test.moc"
