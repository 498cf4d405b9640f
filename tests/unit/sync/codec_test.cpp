// The codec: every message with rows of every table there and back; damaged, cut and strange bytes are an Error, never a
// crash; what a newer peer adds is passed over. The wire itself is pictured in tests/golden/wire_frames.txt.
#include "sync/codec.h"

#include "core/random.h"
#include "schema/registry.h"
#include "sync/cbor.h"
#include "unit/transport/sample_messages.h"

#include <QFile>
#include <QTest>

using namespace anteroom;
using namespace anteroom::sync;

class CodecTest : public QObject {
    Q_OBJECT

private:
    SeededRandom m_random{20261120};

    int below(int n) { return static_cast<int>(m_random.u64() % static_cast<std::uint64_t>(n)); }
    Uuid id()
    {
        Uuid made;
        m_random.fill(made.bytes.data(), made.bytes.size());
        return made;
    }
    schema::Value value(schema::Type type)
    {
        if (below(4) == 0)
            return {};
        switch (type) {
        case schema::Type::Uuid: return id();
        case schema::Type::Text:
        case schema::Type::Date:
        case schema::Type::Json: return std::string(static_cast<std::size_t>(below(40)), 'x') + "\xc3\xa9\xe2\x82\xac";
        case schema::Type::Real: return below(2) ? below(1000) / 8.0 : -1e300;
        case schema::Type::Blob: return QByteArray(below(300), static_cast<char>(below(256)));
        default: return static_cast<std::int64_t>(m_random.u64()) >> below(63);
        }
    }
    Row row(const Table &table)
    {
        Row made = schema::emptyRow(table, id());
        for (int i = 0; i < schema::columnCount(table); ++i)
            made[i] = value(schema::columnAt(table, i).type);
        return made;
    }
    Entry entry(const Table &table)
    {
        Entry made{id(), static_cast<schema::Claim>(below(3)), "test.act", -5, id(), id(), {}};
        for (const schema::Op op : {schema::Op::Insert, schema::Op::Update, schema::Op::Delete, schema::Op::Restore}) {
            schema::Change c{&table, id(), op, below(9), below(2) == 1, "why", {}};
            const Row before = row(table), after = row(table);
            for (const schema::Group &g : table.groups)
                if (op != schema::Op::Restore)
                    c.groups.push_back({g.number, schema::groupValues(table, before, g.number),
                                        op == schema::Op::Delete ? std::vector<schema::Value>{} : schema::groupValues(table, after, g.number)});
            made.changes.push_back(std::move(c));
        }
        return made;
    }
    std::vector<Message> messagesOf(const Table &table)
    {
        const std::vector<RowAt> rows{{&table, row(table), {1, 2}}, {&table, row(table), {INT64_MAX, schema::kAllOfRev}}};
        return {Push{1, entry(table), false}, Frame{1, 2, UINT64_MAX, rows, {}, {}}, Page{{1, 2}, {1, 1}, {2, 2}, rows, true, {}, {}, {}},
                Offer{{1, 2}, {}, 3, rows}};
    }

private Q_SLOTS:
    void everyMessageWithRowsOfEveryTable()
    {
        std::vector<RowAt> mixed;
        for (const Table *table : schema::allTables()) {
            mixed.push_back({table, row(*table), {static_cast<std::int64_t>(mixed.size()), 0}});
            for (const Message &message : messagesOf(*table)) {
                const QByteArray bytes = encode(message);
                const auto back = decode(bytes);
                QVERIFY2(back, table->name.data());
                QCOMPARE(encode(*back), bytes);
                QCOMPARE(back->index(), message.index());
                if (const auto *push = std::get_if<Push>(&*back))
                    QVERIFY2(push->entry == std::get<Push>(message).entry, table->name.data());
                if (const auto *frame = std::get_if<Frame>(&*back))
                    QVERIFY2(frame->rows == std::get<Frame>(message).rows, table->name.data());
            }
            const Row one = row(*table);
            QVERIFY(decodeRow(*table, encodeRow(*table, one)).value() == one);
            const Entry act = entry(*table);
            QVERIFY(decodeEntry(encodeEntry(act)).value() == act);
        }
        const auto back = decode(encode(Frame{1, 2, 3, mixed, {}, {}}));
        QVERIFY(back && std::get<Frame>(*back).rows == mixed);
        for (const Message &message : test::sampleMessages())
            QCOMPARE(encode(decode(encode(message)).value()), encode(message));
    }

    void wireSizeIsAnUpperBound()
    {
        for (const Table *table : schema::allTables()) {
            std::vector<RowAt> rows;
            std::size_t bound = 0;
            for (int i = 0; i < 50; ++i) {
                rows.push_back({table, row(*table), {1, i}});
                bound += wireSize(rows.back());
            }
            const std::size_t columns = static_cast<std::size_t>(encode(Frame{1, 2, 3, {rows.front()}, {}, {}}).size());
            QVERIFY2(static_cast<std::size_t>(encode(Frame{1, 2, 3, rows, {}, {}}).size()) <= bound + columns, table->name.data());
        }
    }

    void cutAnywhereIsAnError()
    {
        std::vector<Message> all = test::sampleMessages();
        for (const Table *table : {schema::findTable("patients"), schema::findTable("vitals"), schema::findTable("sync_reviews")})
            for (Message &message : messagesOf(*table))
                all.push_back(std::move(message));
        for (const Message &message : all) {
            const QByteArray bytes = encode(message);
            for (qsizetype size = 0; size < bytes.size(); ++size)
                QVERIFY(!decode(QByteArrayView(bytes).first(size)));
            QVERIFY(!decode(QByteArray(bytes + '\0')));                               // and nothing may follow
            QVERIFY(!decode(QByteArray(bytes + bytes)));
        }
        const QByteArray act = encodeEntry(entry(*schema::findTable("patients")));
        for (qsizetype size = 0; size < act.size(); ++size)
            QVERIFY(!decodeEntry(QByteArrayView(act).first(size)));
        QVERIFY(!decodeEntry(QByteArray(act + '\0')));
    }

    void damagedBytesAreAnErrorOrAnotherMessage()
    {
        int errors = 0, others = 0;
        for (const Table *table : schema::allTables())
            for (const Message &message : messagesOf(*table)) {
                const QByteArray bytes = encode(message);
                for (int i = 0; i < 60; ++i) {
                    QByteArray damaged = bytes;
                    for (int flips = 1 + below(3); flips > 0; --flips)
                        damaged[below(static_cast<int>(damaged.size()))] ^= static_cast<char>(1 << below(8));
                    const auto back = decode(damaged);
                    errors += !back;
                    others += back.has_value();
                    if (back)                    // what was let in can be said again
                        QVERIFY(decode(encode(*back)));
                    else
                        QVERIFY(!back.error().detail.isEmpty() && back.error().code == ErrorCode::Protocol);
                }
            }
        QVERIFY(errors > 1000 && others > 1000);
        for (int i = 0; i < 20000; ++i) {        // and noise
            QByteArray noise(below(60), '\0');
            m_random.fill(noise.data(), static_cast<std::size_t>(noise.size()));
            if (const auto back = decode(noise))
                QVERIFY(decode(encode(*back)));
        }
    }

    void whatANewerPeerAddsIsPassedOver()
    {
        const Table &points = *schema::findTable("service_points");
        const Uuid row = id();
        QByteArray bytes;
        CborWriter w(&bytes);
        w.array(8);
        w.integer(5);                            // FRAME
        w.integer(1);
        w.integer(2);
        w.natural(3);
        w.array(2);
        w.array(3);
        w.integer(65000);                        // a table of the future
        w.array(0);
        w.end();
        w.array(1);
        w.array(3);
        w.id(id());
        w.integer(2);
        w.integer(0);
        w.end();
        w.end();
        w.end();
        w.array(3);
        w.integer(points.number);
        w.array(3);
        for (const int column : {16, 60000, 18}) // name, a column of the future, prefix
            w.integer(column);
        w.end();
        w.array(1);
        w.array(6);
        w.id(row);
        w.integer(2);
        w.integer(1);
        w.text("Triage");
        w.id(id());
        w.text("T");
        w.end();
        w.end();
        w.end();
        w.end();
        w.array(0);
        w.end();
        w.bytes({});
        w.text("a field of the future");
        w.end();
        const auto back = decode(bytes);
        QVERIFY(back);
        const auto &rows = std::get<Frame>(*back).rows;
        QCOMPARE(rows.size(), 1u);
        QVERIFY(rows.front().row.id == row && rows.front().at == RevPos(2, 1));
        QVERIFY(rows.front().row[schema::findColumn(points, "name")] == schema::Value(std::string("Triage")));
        QVERIFY(rows.front().row[schema::findColumn(points, "prefix")] == schema::Value(std::string("T")));
    }

    void numbersOutOfRangeAreRefused()
    {
        const auto message = [](std::initializer_list<std::int64_t> numbers) {
            QByteArray bytes;
            CborWriter w(&bytes);
            w.array(numbers.size() + 1);
            for (const std::int64_t n : numbers)
                w.integer(n);
            w.text("words");
            w.end();
            return bytes;
        };
        QVERIFY(decode(message({12, 1})));
        QCOMPARE(std::get<Refuse>(*decode(message({12, 9}))).words, std::string("words"));     // of a newer host: its words count
        for (const std::int64_t code : {0, -1, 256, 257})
            QVERIFY2(!decode(message({12, code})), qPrintable(QString::number(code)));
        for (const std::int64_t number : {0, 16, -1, 300})
            QVERIFY(!decode(message({number, 1})));
        Frame frame{1, 2, 3, {{schema::findTable("patients"), row(*schema::findTable("patients")), {-1, 0}}}, {}, {}};
        QVERIFY(!decode(encode(frame)));
        for (const std::int64_t edge : {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0}, INT64_MAX})     // −2⁶³ has no positive
            QCOMPARE(std::get<Ack>(*decode(encode(Ack{{1, 0}, edge}))).retired, edge);
        QVERIFY(!decode(QByteArray::fromHex("8219000c3bffffffffffffffff")));      // −2⁶⁴ fits into no integer of ours
        frame.rows.front().at = {1, schema::kAllOfRev + 1};
        QVERIFY(!decode(encode(frame)));
        QVERIFY(!decode(encode(Ack{{1, -1}, 0})));
        QVERIFY(!decode(encode(Beat{1, {{0, 1, 2}}, 3})));
        QVERIFY(!decodeReply(encodeReply({static_cast<Verdict>(5), 1, {}, {}, {}, {}})));
        Entry act = entry(*schema::findTable("patients"));
        act.claim = static_cast<schema::Claim>(3);
        QVERIFY(!decodeEntry(encodeEntry(act)));
        act.claim = schema::Claim::None;
        act.changes.front().op = static_cast<schema::Op>(5);
        QVERIFY(!decodeEntry(encodeEntry(act)));
        act.changes.assign(schema::kMaxChangesPerEntry + 1, {schema::findTable("patients"), id(), schema::Op::Restore, 0, false, {}, {}});
        QVERIFY(!decodeEntry(encodeEntry(act)));
    }

    void goldenFrames()
    {
        static const char *const names[] = {"HELLO", "WELCOME", "OFFER", "PAGE", "FRAME", "PUSH", "LATER", "ACK", "BEAT", "JOIN", "JOINED", "REFUSE",
            "MORE", "COMPARE", "COMPARED"};
        static_assert(std::size(names) == std::variant_size_v<Message>);
        QByteArray now = "# One message of every type as CBOR in hex (docs/protocol.md). A change here is a change of the protocol.\n";
        for (const Message &message : test::sampleMessages())
            now += names[message.index()] + QByteArray(" ") + encode(message).toHex() + '\n';
        const QString path = qEnvironmentVariable("ANTEROOM_SOURCE") + QStringLiteral("/tests/golden/wire_frames.txt");
        QFile file(path);
        if (qEnvironmentVariableIsSet("ANTEROOM_UPDATE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(now) == now.size());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        const auto golden = file.readAll().split('\n'), lines = now.split('\n');
        QCOMPARE(lines.size(), golden.size());
        for (qsizetype i = 0; i < lines.size(); ++i)
            QVERIFY2(lines[i] == golden[i], QByteArray(QByteArray("the wire changed: ") + lines[i].left(lines[i].indexOf(' ')) + "; ANTEROOM_UPDATE_GOLDEN=1 writes the new picture").constData());
    }
};

QTEST_GUILESS_MAIN(CodecTest)
#include "codec_test.moc"
