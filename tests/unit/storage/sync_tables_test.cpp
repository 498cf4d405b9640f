// The local tables: change index, state, salts, counters and replies, images, stage, outbox, refusals, drafts.
#include "storage/device_tables.h"
#include "storage/drafts.h"
#include "storage/outbox.h"
#include "storage/history_tables.h"
#include "storage/sync_images.h"
#include "storage/sync_index.h"

#include "scratch.h"
#include "storage/records.h"

using namespace scratch;
using schema::RevPos;

class SyncTablesTest : public QObject {
    Q_OBJECT

private:
    static const schema::Table &patients() { return *schema::findTable("patients"); }
    static const schema::Table &rooms() { return *schema::findTable("rooms"); }
    static std::vector<std::int64_t> scanned(SyncIndex &index, RevPos after, std::size_t limit = 1000)
    {
        std::vector<std::int64_t> places;
        index.scan(after, [&](const schema::Table &, schema::Row &&, RevPos at) {
            places.push_back(packed(at));
            return places.size() < limit;
        });
        return places;
    }

private Q_SLOTS:
    void placesPackInOrder()
    {
        const RevPos places[] = {{0, 0}, {0, 1}, schema::kStart, {1, 0}, {1, schema::kAllOfRev}, {2, 0}, {INT64_MAX >> 20, schema::kAllOfRev}};
        for (std::size_t i = 0; i < std::size(places); ++i) {
            QVERIFY(unpacked(packed(places[i])) == places[i]);
            if (i)
                QVERIFY(packed(places[i - 1]) < packed(places[i]));
        }
        for (const RevPos bad : {RevPos{-1, 0}, {0, -1}, {0, schema::kAllOfRev + 1}, {(INT64_MAX >> 20) + 1, 0}})
            QCOMPARE(thrown([&] { (void)packed(bad); }), ErrorCode::Protocol);
    }

    void scanFollowsTheLastTouch()
    {
        Scratch s;
        SeededRandom random(1);
        Transaction transaction(*s, "test");
        SyncIndex index(*s);
        std::vector<schema::Row> rows;
        for (int i = 0; i < 4; ++i) {
            rows.push_back(schema::emptyRow(i % 2 ? rooms() : patients(), randomUuid(random)));
            upsertRow(transaction, i % 2 ? rooms() : patients(), rows.back());
            index.setTouched(i % 2 ? rooms() : patients(), rows.back().id, {1 + i / 2, i % 2});
        }
        const auto at = [](std::int64_t rev, std::int32_t pos) { return packed({rev, pos}); };
        QVERIFY(scanned(index, schema::kStart) == std::vector({at(1, 0), at(1, 1), at(2, 0), at(2, 1)}));
        QVERIFY(scanned(index, {1, 0}) == std::vector({at(1, 1), at(2, 0), at(2, 1)}));
        QVERIFY(scanned(index, {1, schema::kAllOfRev}) == std::vector({at(2, 0), at(2, 1)}));
        QVERIFY(scanned(index, schema::kStart, 1) == std::vector({at(1, 0)}));
        index.setTouched(patients(), rows[0].id, {3, 0});
        QVERIFY(index.touched(patients(), rows[0].id) == RevPos(3, 0));
        QVERIFY(!index.touched(rooms(), rows[0].id));                    // one id in another table is another row
        QVERIFY(scanned(index, schema::kStart) == std::vector({at(1, 1), at(2, 0), at(2, 1), at(3, 0)}));
        QCOMPARE(index.countAfter({2, 0}), 2);
        schema::Row marked = rows[1];
        marked[schema::kDeletedAt] = std::int64_t{1};
        upsertRow(transaction, rooms(), marked);
        eraseRow(transaction, patients(), rows[2].id);                   // gone: passed over, not failed on
        QVERIFY(scanned(index, schema::kStart) == std::vector({at(1, 1), at(2, 1), at(3, 0)}));
        std::vector<std::int64_t> revs;
        index.forEachKey(patients(), [&](std::uint16_t, const Uuid &, RevPos place) { revs.push_back(place.rev); });
        QCOMPARE(revs.size(), 2u);
        index.eraseTouched(patients(), rows[2].id);
        revs.clear();
        index.forEachKey(patients(), [&](std::uint16_t, const Uuid &, RevPos place) { revs.push_back(place.rev); });
        QCOMPARE(revs.size(), 1u);
    }

    // While history that a restore took away is replaced, numbers repeat for a moment.
    void onePlaceMayBearTwoRowsForAMoment()
    {
        Scratch s;
        SeededRandom random(2);
        Transaction transaction(*s, "test");
        SyncIndex index(*s);
        const Uuid a = randomUuid(random), b = randomUuid(random);
        for (const Uuid &id : {a, b})
            upsertRow(transaction, patients(), schema::emptyRow(patients(), id));
        index.setTouched(patients(), a, {7, 0});
        index.setTouched(patients(), b, {7, 0});
        QCOMPARE(scanned(index, {6, 0}).size(), 2u);
        index.setTouched(patients(), a, {9, 0});
        QVERIFY(scanned(index, {6, 0}) == std::vector({packed({7, 0}), packed({9, 0})}));
    }

    void scanUsesTheIndex()
    {
        Scratch s;
        Statement plan(*s, "EXPLAIN QUERY PLAN SELECT revpos,tbl,id FROM sync_row WHERE revpos>?1 ORDER BY revpos,tbl,id");
        QVERIFY(plan.step());
        QVERIFY(plan.text(3).find("COVERING INDEX sync_row_revpos") != std::string_view::npos);
        QVERIFY(!plan.step());                                           // no sorter after it
    }

    void stateAndSalts()
    {
        Scratch s;
        Transaction transaction(*s, "test");
        SyncIndex index(*s);
        QVERIFY(!index.state("cursor"));
        index.setState("cursor", QByteArray("\0\1", 2));
        index.setState("empty", QByteArray());
        QCOMPARE(*index.state("cursor"), QByteArray("\0\1", 2));
        QVERIFY(index.state("empty") && index.state("empty")->isEmpty());
        index.setState("cursor", QByteArray("x"));
        QCOMPARE(*index.state("cursor"), QByteArray("x"));

        QVERIFY(!index.salt(1));
        for (const std::int64_t rev : {1, 2, 3, 5, 8})
            index.setSalt(rev, ~schema::Salt{0} - static_cast<schema::Salt>(rev));      // the highest bit survives
        QVERIFY(index.salt(8) == ~schema::Salt{0} - 8);
        index.setSalt(8, 42);
        const std::vector<std::pair<std::int64_t, schema::Salt>> expected{{5, ~schema::Salt{0} - 5}, {8, 42}};
        QVERIFY(index.saltsBetween(2, 8, 2) == expected);
        QCOMPARE(index.saltsBetween(2, 5, 100).size(), 3u);
        QCOMPARE(index.saltsBetween(2, 5, 100).front().first, 2);
        QVERIFY(index.saltsBetween(1, 8, 0).empty());
        index.eraseSalts();
        QVERIFY(!index.salt(1));
    }

    void countersRepliesTokens()
    {
        Scratch s;
        SeededRandom random(3);
        Transaction transaction(*s, "test");
        DeviceTables devices(*s);
        const Uuid a = randomUuid(random), b = randomUuid(random);
        QVERIFY(!devices.counter(a, 1));
        devices.setCounter(a, 1, {0, "AB"});
        devices.setCounter(a, 2, {3, "AC"});
        devices.setCounter(a, 1, {7, "AB"});
        QCOMPARE(devices.counter(a, 1)->seq, 7);
        QCOMPARE(devices.counter(a, 2)->prefix, std::string("AC"));
        for (const std::int64_t seq : {3, 1, 2})
            devices.keepReply(a, 1, seq, QByteArray::number(seq));
        devices.keepReply(a, 2, 9, "other life");
        devices.keepReply(b, 1, 9, "other device");
        devices.keepReply(a, 1, 3, "again");
        const std::map<std::int64_t, QByteArray> expected{{2, "2"}, {3, "again"}};
        QVERIFY(devices.repliesAfter(a, 1, 1) == expected);
        devices.dropReplies(a, 1, 2);
        QCOMPARE(devices.repliesAfter(a, 1, 0).size(), 1u);
        QCOMPARE(devices.repliesAfter(a, 2, 0).size(), 1u);
        QVERIFY(!devices.tokenHash(a));
        devices.setTokenHash(a, "one");
        devices.setTokenHash(a, "two");
        QCOMPARE(*devices.tokenHash(a), QByteArray("two"));
        devices.eraseToken(a);
        QVERIFY(!devices.tokenHash(a));
    }

    void basesMayBeNoRow()
    {
        Scratch s;
        SeededRandom random(4);
        Transaction transaction(*s, "test");
        SyncImages images(*s);
        const Uuid id = randomUuid(random);
        QVERIFY(!images.hasBase(patients(), id));
        images.setBase(patients(), id, std::nullopt);
        QVERIFY(images.hasBase(patients(), id));
        QVERIFY(!images.base(patients(), id));
        QVERIFY(!images.hasBase(rooms(), id));
        images.setBase(patients(), id, QByteArray("row"));
        QCOMPARE(*images.base(patients(), id), QByteArray("row"));
        images.eraseBase(patients(), id);
        QVERIFY(!images.hasBase(patients(), id));
    }

    void stageComesInOrderAndKeepsTheLastTouch()
    {
        Scratch s;
        SeededRandom random(5);
        Transaction transaction(*s, "test");
        SyncImages images(*s);
        const Uuid a = randomUuid(random), b = randomUuid(random), c = randomUuid(random);
        images.stagePut(patients(), c, {3, 0}, "c3");
        images.stagePut(patients(), a, {1, 1}, "a1");
        images.stagePut(rooms(), b, {1, 0}, "b1");
        images.stagePut(patients(), a, {4, 0}, "a4");
        images.stagePut(patients(), c, {2, 0}, "c2");                    // late: an earlier picture
        const auto rowsOf = [](const std::vector<StagedRow> &staged) {
            QByteArrayList list;
            for (const StagedRow &row : staged)
                list << row.row;
            return list;
        };
        QCOMPARE(rowsOf(images.stageAfter(schema::kStart, 10)), (QByteArrayList{"b1", "c3", "a4"}));
        QCOMPARE(rowsOf(images.stageAfter(schema::kStart, 2)), (QByteArrayList{"b1", "c3"}));
        QCOMPARE(rowsOf(images.stageAfter({3, 0}, 2)), (QByteArrayList{"a4"}));
        QCOMPARE(images.stageAfter({3, 0}, 2).front().table, patients().number);
        QVERIFY(images.stageAfter({3, 0}, 2).front().at == RevPos(4, 0));
        QCOMPARE(images.stageCount(), 3);
        images.stageClear();
        QCOMPARE(images.stageCount(), 0);
    }

    void outboxKeepsOrderAndKnowsItsRows()
    {
        Scratch s;
        SeededRandom random(6);
        Transaction transaction(*s, "test");
        Outbox outbox(*s);
        const Uuid a = randomUuid(random), b = randomUuid(random);
        const std::vector<Outbox::RowKey> both{{&patients(), a}, {&rooms(), b}, {&patients(), a}}, one{{&patients(), a}};
        QCOMPARE(outbox.summary().count, 0);
        QCOMPARE(outbox.summary().oldestAt, 0);
        outbox.append({3, false, false, 30, "three"}, one);
        outbox.append({1, false, true, 10, "one"}, both);
        outbox.append({2, true, false, 20, "two"}, {});
        QVERIFY(thrown([&] { outbox.append({2, false, false, 0, "again"}, {}); }) == ErrorCode::Failed);      // entries never change
        QCOMPARE(outbox.item(2)->entry, QByteArray("two"));
        QVERIFY(outbox.item(2)->doomed && !outbox.item(2)->provisional);
        QVERIFY(!outbox.item(4));
        QCOMPARE(outbox.after(1, 10).size(), 2u);
        QCOMPARE(outbox.after(0, 1).front().seq, 1);
        QCOMPARE(outbox.touching(patients(), a).size(), 2u);
        QCOMPARE(outbox.touching(patients(), a).back(), 3);
        QVERIFY(outbox.touching(patients(), b).empty());
        outbox.mark(1, true, false);
        QVERIFY(outbox.item(1)->doomed && !outbox.item(1)->provisional);
        QCOMPARE(outbox.summary().count, 3);
        QCOMPARE(outbox.summary().oldestAt, 10);
        outbox.retire(1);
        QVERIFY(!outbox.item(1));
        QCOMPARE(outbox.touching(patients(), a).size(), 1u);
        QVERIFY(outbox.touching(rooms(), b).empty());
        outbox.append({1, false, false, 40, "renumbered"}, one);         // a new life begins at 1 again
        QCOMPARE(outbox.summary().oldestAt, 20);
    }

    void aNewLifeNumbersFromOne()
    {
        Scratch s;
        SeededRandom random(9);
        Transaction transaction(*s, "test");
        Outbox outbox(*s);
        const Uuid a = randomUuid(random);
        const std::vector<Outbox::RowKey> row{{&patients(), a}};
        for (const std::int64_t seq : {7, 8, 12})
            outbox.append({seq, false, false, seq, "entry " + QByteArray::number(qlonglong(seq))}, row);
        QCOMPARE(outbox.renumber(), 3);
        QCOMPARE(outbox.touching(patients(), a), (std::vector<std::int64_t>{1, 2, 3}));
        QCOMPARE(outbox.item(3)->entry, QByteArray("entry 12"));
        QCOMPARE(outbox.renumber(), 3);
    }

    void offersWaitAndCountOnce()
    {
        Scratch s;
        SeededRandom random(10);
        Transaction transaction(*s, "test");
        HistoryTables history(*s);
        const Uuid device = randomUuid(random), a = randomUuid(random), b = randomUuid(random);
        QVERIFY(!history.offered(device, 1, 5, 77));
        history.setOffered(device, 1, 5, 77);
        history.setOffered(device, 1, 5, 77);
        QVERIFY(history.offered(device, 1, 5, 77) && !history.offered(device, 2, 5, 77) && !history.offered(device, 1, 5, 78));
        history.offerPut(device, 1, patients(), b, {9, 1}, "b");
        history.offerPut(device, 1, patients(), a, {9, 0}, "a");
        QCOMPARE(history.offerRows(device, 1, schema::kStart, 10).front().row, QByteArray("a"));
        QCOMPARE(history.offerRows(device, 1, {9, 0}, 10).size(), 1u);
        QVERIFY(history.offerRows(device, 2, schema::kStart, 10).empty());
        history.offerClear(device, 1);
        QVERIFY(history.offerRows(device, 1, schema::kStart, 10).empty());
        history.setOrigin(patients(), a, 9, 12);
        history.keepOfferSalt(12, 9, 4711);
        QVERIFY(history.origin(patients(), a) == std::pair(std::int64_t{9}, std::int64_t{12}) && !history.origin(patients(), b));
        QVERIFY(history.offerSalt(12, 9) == 4711u && !history.offerSalt(12, 8));
        history.setDigest(4, 2, ~std::uint64_t{0});
        QCOMPARE(history.digest(4, 2), ~std::uint64_t{0});
        QCOMPARE(history.digests().size(), 1u);
        history.eraseDigests();
        QCOMPARE(history.digest(4, 2), std::uint64_t{0});
    }

    void saltsAreSpreadOverWhatIsHeld()
    {
        Scratch s;
        Transaction transaction(*s, "test");
        SyncIndex index(*s);
        for (const std::int64_t rev : {1, 2, 3, 10, 11, 50})
            index.setSalt(rev, static_cast<schema::Salt>(rev * 100));
        const auto some = index.saltsSpread(1, 50, 2);
        QVERIFY(some == (std::vector<std::pair<std::int64_t, schema::Salt>>{{3, 300}, {11, 1100}}));
        QCOMPARE(index.saltsSpread(1, 50, 64).size(), 4u);
        QVERIFY(index.saltsSpread(3, 10, 64).empty());
        QVERIFY(index.saltAtOrBefore(49)->first == 11 && !index.saltAtOrBefore(0));
        index.eraseSalts(10);
        QVERIFY(!index.salt(11) && index.salt(10));
        index.eraseSalts();
        QVERIFY(!index.salt(1));
    }

    void refusedEntriesStayReadable()
    {
        Scratch s;
        SeededRandom random(7);
        Transaction transaction(*s, "test");
        Outbox outbox(*s);
        const Uuid a = randomUuid(random), b = randomUuid(random);
        outbox.reject({a, 4, "no", 100, "typed"});
        outbox.reject({b, 5, "nor this", 200, "typed too"});
        outbox.reject({a, 9, "still no", 150, "typed"});
        QCOMPARE(outbox.rejectedCount(), 2);
        const auto list = outbox.rejected(10);
        QVERIFY(list.front().entryUuid == b);
        QCOMPARE(list.back().why, std::string("still no"));
        QCOMPARE(list.back().seq, 9);
        QCOMPARE(outbox.rejected(1).size(), 1u);
        outbox.closeRejected(b, "dropped", "typed twice", 300);
        QCOMPARE(outbox.rejectedCount(), 1);
        QCOMPARE(outbox.rejected(10).size(), 1u);
        QCOMPARE(outbox.rejected(10, true).size(), 2u);                  // never out of reach
        QCOMPARE(outbox.rejected(b)->closedWhy, std::string("typed twice"));
        outbox.closeRejected(b, "sent", "", 400);
        QCOMPARE(outbox.rejected(b)->closedHow, std::string("dropped"));
    }

    void draftsComeBackNewestFirst()
    {
        Scratch s;
        Transaction transaction(*s, "test");
        QVERIFY(!readDraft(*s, "patients.register"));
        putDraft(transaction.connection(), {"patients.register", "half a name", 1});
        putDraft(transaction.connection(), {"note", "text", 2});
        putDraft(transaction.connection(), {"patients.register", "a name", 3});
        QCOMPARE(readDraft(*s, "patients.register")->value, QByteArray("a name"));
        QCOMPARE(allDrafts(*s).size(), 2u);
        QCOMPARE(allDrafts(*s).front().at, 3);
        eraseDraft(transaction.connection(), "patients.register");
        QVERIFY(!readDraft(*s, "patients.register"));
    }
};

QTEST_GUILESS_MAIN(SyncTablesTest)
#include "sync_tables_test.moc"
