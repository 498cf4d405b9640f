// The activity index finds a record in entries of the log that name another one, and survives what it cannot read.
#include "storage/activity_index.h"

#include "scratch.h"
#include "schema/tables/patients.h"
#include "schema/tables/user_activity_log.h"
#include "schema/tables/visits.h"
#include "storage/records.h"

#include <QCborStreamWriter>

using namespace scratch;
using namespace schema;

namespace {

constexpr const Table &kLog = tables::user_activity_log;

QByteArray idBytes(const Uuid &id) { return {reinterpret_cast<const char *>(id.bytes.data()), 16}; }

// [[table, id, op, groups…]…], with something in the groups to step over.
QByteArray details(const std::vector<std::pair<const Table *, Uuid>> &touched)
{
    QByteArray out;
    QCborStreamWriter w(&out);
    w.startArray(touched.size());
    for (const auto &[table, id] : touched) {
        w.startArray(4);
        w.append(qint64(table->number));
        w.append(idBytes(id));
        w.append(qint64(2));
        w.startArray(1);
        w.append(QByteArrayLiteral("old and new"));
        w.endArray();
        w.endArray();
    }
    w.endArray();
    return out;
}

Row activity(Random &random, const Table &table, const Uuid &subject, std::int64_t at, const QByteArray &bytes)
{
    Row row = emptyRow(kLog, randomUuid(random));
    row[col(kLog, "entry_uuid")] = randomUuid(random);
    row[col(kLog, "action")] = std::string("patients.change");
    row[col(kLog, "subject_table")] = std::int64_t{table.number};
    row[col(kLog, "subject_id")] = subject;
    row[col(kLog, "subject_class")] = std::int64_t{2};
    row[col(kLog, "at")] = at;
    row[col(kLog, "details")] = bytes;
    return row;
}

} // namespace

class ActivityIndexTest : public QObject {
    Q_OBJECT

private:
    static void put(Connection &connection, const Row &row)
    {
        Transaction write(connection, "test", Transaction::Kind::Write);
        upsertRow(write, kLog, row);
        indexActivity(write, row);
        indexActivity(write, row);
        write.commit();
    }
    static std::vector<Uuid> found(Connection &connection, const Table &table, const Uuid &id, int limit = 10)
    {
        std::vector<Uuid> ids;
        for (const Row &row : activitiesOf(connection, table, id, limit))
            ids.push_back(row.id);
        return ids;
    }

private Q_SLOTS:
    void anActIsFoundByEveryRecordThatItTouched()
    {
        Scratch db;
        SystemRandom random;
        const Uuid patient = randomUuid(random), visit = randomUuid(random), other = randomUuid(random);
        const Row first = activity(random, tables::patients, patient, 10, details({{&tables::patients, patient}, {&tables::visits, visit}}));
        const Row second = activity(random, tables::visits, visit, 20, details({{&tables::visits, visit}}));
        put(*db, second);
        put(*db, first);
        QCOMPARE(found(*db, tables::visits, visit), (std::vector{second.id, first.id}));
        QCOMPARE(found(*db, tables::visits, visit, 1), std::vector{second.id});
        QCOMPARE(found(*db, tables::patients, patient), std::vector{first.id});
        QVERIFY(found(*db, tables::patients, visit).empty());           // an id of another table
        QVERIFY(found(*db, tables::patients, other).empty());
        QCOMPARE(number(*db, "SELECT count(*) FROM activity_row"), 3);
    }

    void aDatabaseOfTheFirstDayHasItsHistoryToo()
    {
        QTemporaryDir dir;
        SystemRandom random;
        const auto db = opened(Connection::open(dir.filePath(QStringLiteral("old.db")), Mode::ReadWrite));
        QVERIFY(migrate(*db, std::span(kMigrations).first(1)));
        const Uuid patient = randomUuid(random), visit = randomUuid(random);
        const Row told = activity(random, tables::patients, patient, 10, details({{&tables::patients, patient}, {&tables::visits, visit}}));
        Row mute = activity(random, tables::patients, patient, 20, {});
        mute[col(kLog, "details")] = {};
        {
            Transaction write(*db, "test", Transaction::Kind::Write);
            upsertRow(write, kLog, told);
            upsertRow(write, kLog, mute);
            write.commit();
        }
        QVERIFY(migrate(*db));
        QCOMPARE(found(*db, tables::patients, patient), (std::vector{mute.id, told.id}));
        QCOMPARE(found(*db, tables::visits, visit), std::vector{told.id});
    }

    void unreadableDetailsLeaveTheSubject()
    {
        Scratch db;
        SystemRandom random;
        const Uuid patient = randomUuid(random);
        const QByteArray whole = details({{&tables::patients, patient}});
        int rows = 0;
        for (qsizetype cut = 0; cut < whole.size(); ++cut, ++rows)
            put(*db, activity(random, tables::patients, patient, cut, whole.left(cut)));
        put(*db, activity(random, tables::patients, patient, 99, QByteArray(64, '\xff')));
        QCOMPARE(found(*db, tables::patients, patient, 1000).size(), std::size_t(rows + 1));
    }
};

QTEST_GUILESS_MAIN(ActivityIndexTest)
#include "activity_index_test.moc"
