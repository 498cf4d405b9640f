// What waits for a person, read over a real database: both pictures of a group, acts with what their records hold now,
// refused pushes; what a role may not read is left out; what a decision writes.
#include "node/inbox_acts.h"
#include "node/inbox_read.h"

#include "core/clock.h"
#include "core/random.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/devices.h"
#include "schema/tables/diagnoses.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/users.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/records.h"
#include "sync/codec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace anteroom::schema;
using namespace Qt::StringLiterals;

namespace {

constexpr const Table &kPatients = tables::patients, &kConflicts = tables::sync_conflicts, &kReviews = tables::sync_reviews, &kBills = tables::patient_bills;
constexpr int kFamily = col(kPatients, "family_name"), kPhone = col(kPatients, "phone"), kStreet = col(kPatients, "address_line"), kCity = col(kPatients, "city"),
              kStatus = col(kConflicts, "status"), kNote = col(kConflicts, "note");
constexpr GroupNo kAddress = columnAt(kPatients, kStreet).group;

Value text(const char *words) { return std::string(words); }

struct Db {
    QTemporaryDir dir;
    std::unique_ptr<storage::Connection> connection;
    SystemClock clock;
    SystemRandom random;

    Db()
    {
        auto opened = storage::openDatabase(dir.filePath(u"anteroom.db"_s));
        if (!opened)
            throw std::runtime_error(opened.error().detail.toStdString());
        connection = std::move(*opened);
        connection->setDurability(storage::Durability::Normal);
    }
    Uuid newId() { return uuidV7(clock, random); }
    Row put(const Table &table, std::vector<ColumnValue> values)
    {
        Row row = emptyRow(table, newId());
        for (ColumnValue &v : values)
            row[v.column] = std::move(v.value);
        storage::Transaction write(*connection, "test", storage::Transaction::Kind::Write);
        storage::upsertRow(write, table, row);
        write.commit();
        return row;
    }
    void reject(const Entry &entry, const char *why, std::int64_t closedAt = 0)
    {
        storage::Transaction write(*connection, "test", storage::Transaction::Kind::Write);
        storage::Outbox(*connection).reject({entry.uuid, 1, why, 5, sync::encodeEntry(entry)});
        if (closedAt != 0)
            storage::Outbox(*connection).closeRejected(entry.uuid, "dropped", "not needed", closedAt);
        write.commit();
    }
    template <typename Read>
    auto read(Read read)
    {
        storage::Transaction snapshot(*connection, "test", storage::Transaction::Kind::Read);
        auto result = read();
        if (!result)
            throw std::runtime_error(result.error().detail.toStdString());
        return std::move(*result);
    }
    InboxList list(bool closed = false, schema::Role role = schema::Role::Admin)
    {
        return read([&] { return inboxOf(*connection, {.closed = closed}, role); });
    }
    InboxCard card(InboxKind kind, const Uuid &id, schema::Role role = schema::Role::Admin)
    {
        return read([&] { return inboxCardOf(*connection, kind, id, role); });
    }
};

// A conflict about a group of a record, as the host makes it.
Row conflict(Db &db, const Table &table, const Uuid &subject, int group, std::vector<std::vector<Value>> pictures, std::vector<ColumnValue> more = {})
{
    std::vector<ColumnValue> values{{col(kConflicts, "subject_table"), std::int64_t{table.number}}, {col(kConflicts, "subject_id"), subject},
                                    {col(kConflicts, "subject_class"), static_cast<std::int64_t>(table.dataClass)}, {col(kConflicts, "merge_group"), std::int64_t{group}},
                                    {kStatus, text("open")}};
    const int columns[] = {col(kConflicts, "base"), col(kConflicts, "mine"), col(kConflicts, "theirs")};
    for (std::size_t i = 0; i < pictures.size(); ++i)
        values.push_back({columns[i], sync::encodeGroup(table, static_cast<GroupNo>(group), pictures[i])});
    values.insert(values.end(), more.begin(), more.end());
    return db.put(kConflicts, values);
}

Entry entryOf(Db &db, std::vector<Change> changes, const char *act = "record.change") { return {.uuid = db.newId(), .act = act, .at = 7, .changes = std::move(changes)}; }

const Change *changeOf(const Result<Act> &act, const Table &table, Op op)
{
    for (const Change &c : act->changes)
        if (c.table == &table && c.op == op)
            return &c;
    return nullptr;
}

Value newValue(const Change &change, int column)
{
    Row row = emptyRow(*change.table, change.id);
    for (const GroupChange &g : change.groups)
        setGroupValues(*change.table, row, g.group, g.newValues);
    return row[column];
}

} // namespace

class InboxTest : public QObject {
    Q_OBJECT

private:
    static std::vector<Value> address(const Row &row, const char *street, const char *city)
    {
        Row other = row;
        other[kStreet] = text(street);
        other[kCity] = text(city);
        return groupValues(kPatients, other, kAddress);
    }
    Decider me{Uuid{}, 99};

private Q_SLOTS:
    void bothPicturesAndWho()
    {
        Db db;
        const Row person = db.put(kPatients, {{kFamily, text("Diarra")}, {kStreet, text("near the mosque")}, {kCity, text("Bamako")}});
        const Row marta = db.put(tables::users, {{col(tables::users, "name"), text("Marta Silva")}}), desk = db.put(tables::devices, {{col(tables::devices, "name"), text("Reception")}});
        const Row row = conflict(db, kPatients, person.id, kAddress, {address(person, "old", "Bamako"), address(person, "rue 14", "Kati"), address(person, "near the mosque", "Bamako")},
                                 {{col(kConflicts, "mine_user"), marta.id}, {col(kConflicts, "mine_device"), desk.id}, {col(kConflicts, "mine_at"), std::int64_t{12}}});
        const InboxList list = db.list();
        QCOMPARE(list.items.size(), std::size_t{1});
        QVERIFY(list.items.front().kind == InboxKind::Difference);
        QVERIFY(list.items.front().label.contains(u"Diarra"_s));
        QCOMPARE(list.items.front().mine.person, u"Marta Silva"_s);
        QCOMPARE(list.items.front().mine.device, u"Reception"_s);
        const InboxCard card = db.card(InboxKind::Difference, row.id);
        QVERIFY(card.base == address(person, "old", "Bamako"));
        QVERIFY(card.mine == address(person, "rue 14", "Kati"));
        QVERIFY(card.theirs == address(person, "near the mosque", "Bamako"));
        QVERIFY(card.now && !card.happened);

        const auto columns = groupColumns(kPatients, kAddress);
        std::vector<Side> sides(columns.size(), Side::Theirs);
        const auto theirs = decide(card, sides, me);
        QVERIFY(theirs && theirs->changes.size() == 1);      // what stands stays: it is only closed
        QCOMPARE(toQString(newValue(theirs->changes.front(), col(kConflicts, "resolution"))), u"theirs"_s);
        sides[static_cast<std::size_t>(std::ranges::find(columns, kStreet) - columns.begin())] = Side::Mine;
        const auto mixed = decide(card, sides, me);
        QVERIFY(mixed && mixed->changes.size() == 2);
        const Change *closed = changeOf(mixed, kConflicts, Op::Update), *update = changeOf(mixed, kPatients, Op::Update);
        QVERIFY(closed && update);
        QCOMPARE(toQString(newValue(*closed, col(kConflicts, "resolution"))), u"by_field"_s);
        QVERIFY(closed->groups.front().oldValues == groupValues(kConflicts, card.row, 1));      // the whole row as shown
        QVERIFY(newValue(*closed, col(kConflicts, "mine")) == card.row[col(kConflicts, "mine")]);      // nothing of it goes
        QCOMPARE(toQString(newValue(*update, kStreet)), u"rue 14"_s);
        QCOMPARE(toQString(newValue(*update, kCity)), u"Bamako"_s);
        QVERIFY(update->groups.front().oldValues == groupValues(kPatients, person, kAddress));
    }

    void aRecordThatIsGoneComesBack()
    {
        Db db;
        const Row person = db.put(kPatients, {{kFamily, text("Diarra")}, {kCity, text("Bamako")}, {kDeletedAt, std::int64_t{3}}});
        const Row row = conflict(db, kPatients, person.id, kAddress, {address(person, "", "Bamako"), address(person, "", "Kati"), address(person, "", "Bamako")});
        const auto act = decide(db.card(InboxKind::Difference, row.id), std::vector(groupColumns(kPatients, kAddress).size(), Side::Mine), me);
        QVERIFY(act);
        const Change *restore = changeOf(act, kPatients, Op::Restore), *update = changeOf(act, kPatients, Op::Update);
        QVERIFY(restore && update && restore->oldDeleted && update->oldDeleted);
    }

    void whatHappenedIsOnlyRead()
    {
        Db db;
        constexpr const Table &kTickets = tables::active_patient_queue;
        constexpr int kState = col(kTickets, "state");
        const Row ticket = db.put(kTickets, {{kState, text("called")}});
        const GroupNo group = columnAt(kTickets, kState).group;
        const auto values = groupValues(kTickets, ticket, group);
        const Row row = conflict(db, kTickets, ticket.id, group, {values, values, values});
        const InboxCard card = db.card(InboxKind::Difference, row.id);
        QVERIFY(card.happened);
        QVERIFY(!decide(card, std::vector(values.size(), Side::Mine), me));
        QVERIFY(readAndClose(card, {}, me));
    }

    void aCheckKeepsItsNote()
    {
        Db db;
        const Row person = db.put(kPatients, {{kFamily, text("Diarra")}});
        const Row row = conflict(db, kPatients, person.id, 0, {}, {{col(kConflicts, "rule"), text("same_person")}, {kNote, text("Two records look alike.")}});
        const InboxCard card = db.card(InboxKind::Check, row.id);
        QVERIFY(card.item.kind == InboxKind::Check);
        QCOMPARE(card.item.words, u"Two records look alike."_s);
        const auto act = readAndClose(card, u"  two   sisters "_s, me);
        QCOMPARE(toQString(newValue(act->changes.front(), kNote)), u"Two records look alike.\ntwo sisters"_s);
        QVERIFY(mostLetters(card) > 100 && mostLetters(card) <= 300);
    }

    void aReviewOnWhatStandsNow()
    {
        Db db;
        constexpr int kBillNote = col(kBills, "note");
        const Row bill = db.put(kBills, {{kBillNote, text("now")}, {col(kBills, "state"), text("draft")}});
        Row seen = bill;
        seen[kBillNote] = text("before");
        const Entry entry = entryOf(db, {makeUpdate(kBills, seen, {{kBillNote, text("typed")}})}, "record.change");
        const Row row = db.put(kReviews, {{col(kReviews, "entry_uuid"), entry.uuid}, {col(kReviews, "entry"), sync::encodeEntry(entry)}, {col(kReviews, "status"), text("open")},
                                          {col(kReviews, "subject_class"), std::int64_t{5}}, {col(kReviews, "why"), text("changed meanwhile")}, {col(kReviews, "act"), text("record.change")}});
        const InboxCard card = db.card(InboxKind::Review, row.id);
        QCOMPARE(card.entry.changes.size(), std::size_t{1});
        QVERIFY(card.nows.front() && *card.nows.front() == bill);
        const auto act = applyAgain(card, me);
        const Change *update = act ? changeOf(act, kBills, Op::Update) : nullptr;
        QVERIFY(update && changeOf(act, kReviews, Op::Update));
        QCOMPARE(toQString(update->groups.front().oldValues.front()), u"now"_s);
        QCOMPARE(toQString(update->groups.front().newValues.front()), u"typed"_s);
        const auto dropped = dropReview(card, u"asked her"_s, me);
        QCOMPARE(toQString(newValue(dropped->changes.front(), col(kReviews, "why"))), u"changed meanwhile\nasked her"_s);
    }

    void aRefusedPushIsWrittenAnew()
    {
        Db db;
        const Uuid id = db.newId();
        const Entry entry = entryOf(db, {makeInsert(kPatients, id, {{kFamily, text("Diara")}, {kPhone, text("70")}})}, "patients.register");
        db.reject(entry, "The role nurse may not create this.");
        const InboxList list = db.list();
        QCOMPARE(list.items.size(), std::size_t{1});
        QVERIFY(list.items.front().kind == InboxKind::Refused);
        QVERIFY(list.items.front().label.contains(u"Diara"_s));      // it is in no table: named by what was typed
        const InboxCard card = db.card(InboxKind::Refused, entry.uuid);
        const auto act = againWith(card, {{0, kFamily, text("Diarra")}});
        QVERIFY(act && act->changes.size() == 1 && act->name == "patients.register");
        QVERIFY(act->changes.front().id == id);
        QCOMPARE(toQString(newValue(act->changes.front(), kFamily)), u"Diarra"_s);
        QCOMPARE(toQString(newValue(act->changes.front(), kPhone)), u"70"_s);

        Entry claim = entry;
        claim.claim = Claim::Take;
        QVERIFY(!whyNotAgain(claim).isEmpty());
        const Row person = db.put(kPatients, {{kFamily, text("X")}});
        const Row lost = conflict(db, kPatients, person.id, kAddress, {address(person, "a", "b"), address(person, "c", "d"), address(person, "e", "f")});
        QVERIFY(!whyNotAgain(entryOf(db, {makeUpdate(kConflicts, lost, {{kStatus, text("closed")}})})).isEmpty());
    }

    void settledOnesStay()
    {
        Db db;
        const Row person = db.put(kPatients, {{kFamily, text("Diarra")}});
        const auto values = address(person, "a", "b");
        const Row row = conflict(db, kPatients, person.id, kAddress, {values, values, values},
                                 {{col(kConflicts, "resolution"), text("mine")}, {col(kConflicts, "resolved_at"), std::int64_t{50}}});
        storage::Transaction write(*db.connection, "test", storage::Transaction::Kind::Write);
        Row closed = row;
        closed[kStatus] = text("closed");
        storage::upsertRow(write, kConflicts, closed);
        write.commit();
        db.reject(entryOf(db, {makeInsert(kPatients, db.newId(), {{kFamily, text("Keita")}})}), "no", 60);
        QVERIFY(db.list().items.empty());
        const InboxList list = db.list(true);
        QCOMPARE(list.items.size(), std::size_t{2});
        QVERIFY(list.items.front().kind == InboxKind::Refused);              // the latest decision first
        QCOMPARE(list.items.front().closing, u"not needed"_s);
        QVERIFY(db.card(InboxKind::Difference, row.id).theirs == values);
    }

    void whatARoleMayNotReadIsNotShown()
    {
        Db db;
        const Table &clinical = tables::diagnoses;
        QVERIFY((clinical.permissions.read & static_cast<Roles>(schema::Role::Cashier)) == 0);
        const Row diagnosis = db.put(clinical, {});
        const Row row = conflict(db, clinical, diagnosis.id, 255, {});
        const Row person = db.put(kPatients, {{kFamily, text("Diarra")}});
        const Entry both = entryOf(db, {makeUpdate(kPatients, person, {{kPhone, text("1")}}), makeDelete(clinical, diagnosis, "wrong")});
        const Row review = db.put(kReviews, {{col(kReviews, "entry_uuid"), both.uuid}, {col(kReviews, "entry"), sync::encodeEntry(both)}, {col(kReviews, "status"), text("open")},
                                             {col(kReviews, "subject_class"), std::int64_t{3}}});
        QCOMPARE(db.list().items.size(), std::size_t{2});
        const InboxList list = db.list(false, schema::Role::Cashier);
        QCOMPARE(list.items.size(), std::size_t{1});
        QCOMPARE(list.elsewhere, 1);
        QVERIFY(!inboxCardOf(*db.connection, InboxKind::Deleted, row.id, schema::Role::Cashier));
        const InboxCard card = db.card(InboxKind::Review, review.id, schema::Role::Cashier);
        QCOMPARE(card.entry.changes.size(), std::size_t{1});
        QCOMPARE(card.elsewhere, 1);
        QVERIFY(!applyAgain(card, me));                      // never a part of an act
    }
};

QTEST_GUILESS_MAIN(InboxTest)
#include "inbox_test.moc"
