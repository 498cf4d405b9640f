// A row that was damaged under a whole index, at work in real replicas: found and healed while nobody works, once a day.
#include "tables/replica_pair.h"

#include "node/data_folder.h"
#include "node/sql_store_tx.h"
#include "schema/tables/patients.h"
#include "storage/connection.h"
#include "storage/transaction.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace anteroom::test;
using namespace schema;
using schema::tables::patients;
using namespace Qt::StringLiterals;

namespace {

constexpr int kNote = col(patients, "note");
constexpr std::int64_t kMinuteMs = 60'000;

Uuid admitted(Replica &replica)
{
    const Change change = makeInsert(patients, newId(), {{col(patients, "family_name"), std::string("Silva")}, {kNote, std::string("whole")}});
    (void)saved(replica, {"patients.register", {change}});
    return change.id;
}

void damage(ReplicaPair &pair, const Uuid &id)
{
    pair.closeClient();
    {
        const auto connection = storage::Connection::open(databasePath(pair.clientFolder()), storage::Mode::ReadWrite);
        check(connection.has_value(), u"the database opens"_s);
        storage::Transaction transaction(**connection, "test");
        SqlStoreTx tx(transaction, pair.clock());
        Row row = tx.row(patients, id).value();
        row[kNote] = std::string("damaged");
        tx.putRow(patients, row);
        transaction.commit();
    }
    pair.openClient();
    await(pair.client(), u"digests were compared"_s, [&] { return pair.client().status().digestsEqual == std::optional(true); });
}

std::string noteAt(Replica &replica, const Uuid &id) { return std::string(toText(rowOf(replica, patients, id).value()[kNote])); }

} // namespace

class ReplicaContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void damagedRowIsHealedOnceADay()
    {
        try {
            story();
        } catch (const Broken &broken) {
            QFAIL(qPrintable(broken.why));
        }
    }

private:
    static void story()
    {
        ReplicaPair pair;
        const Uuid id = admitted(pair.host());
        pair.awaitEqual(patients, id, u"the patient"_s);
        damage(pair, id);
        QCOMPARE(noteAt(pair.client(), id), "damaged");
        await(pair.client(), u"the row is healed"_s, [&] {
            pair.clock().passes(kMinuteMs);                      // time goes by, and nobody works
            return noteAt(pair.client(), id) == "whole";
        });
        pair.awaitSameContent();
    }
};

QTEST_GUILESS_MAIN(ReplicaContentTest)
#include "replica_content_test.moc"
