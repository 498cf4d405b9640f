// tables_test live|offline|audit TABLE: what holds for every table of the registry, one table a run, between a real host
// and a real client. tables_test registry NAME…: the list from which ctest made these entries is the registry's.
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/sync_conflicts.h"
#include "tables/table_acts.h"
#include "tables/table_audit.h"

#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::test;
using namespace anteroom::node;
using namespace anteroom::schema;
using namespace Qt::StringLiterals;

namespace {

QString textOf(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

} // namespace

class TablesTest : public QObject {
    Q_OBJECT
public:
    const Table *table = nullptr;
    QStringList names;

private Q_SLOTS:
    void registry()
    {
        std::set<QString> listed(names.begin(), names.end()), known;
        for (const Table *t : allTables())
            known.insert(textOf(t->name));
        QCOMPARE(listed, known);
        QCOMPARE(std::size_t(names.size()), allTables().size());
    }

    void live() { guarded([this] { liveActs(); }); }
    void offline() { guarded([this] { offlineActs(); }); }
    void audit() { guarded([this] { auditedActs(); }); }

private:
    void guarded(const std::function<void()> &test)
    {
        try {
            test();
        } catch (const Broken &broken) {
            QFAIL(qPrintable(textOf(table->name) + u": "_s + broken.why));
        }
    }

    // ---- the line stands ------------------------------------------------------------------

    void liveActs()
    {
        TableActs acts(*table);
        for (const bool fromHost : {true, false}) {
            if (table->name == "patient_queue" && !fromHost)
                break;                           // a day closes once, for the tickets of both
            // Asked for each time: a day's close starts the host anew.
            const auto a = [&]() -> Replica & { return fromHost ? acts.host() : acts.client(); };
            const auto b = [&]() -> Replica & { return fromHost ? acts.client() : acts.host(); };
            Uuid id;
            if (acts.madeByPeople()) {
                const Change change = acts.prepared(*table);
                acts.insert(a(), change);
                id = change.id;
                (void)awaitRow(b(), *table, id, u"the insert"_s, [&](const Row &row) { return holds(row, change); });
            } else {
                id = acts.made(a());
            }
            acts.pair().awaitEqual(*table, id, u"the insert"_s);
            if (acts.madeByPeople())
                QVERIFY(isStamped(acts.shown(b(), id), a(), kCreatedBy));
            liveChanges(acts, id, a(), b());
        }
        acts.pair().awaitSameContent();
    }

    static bool isStamped(const Row &row, const Replica &author, int by)
    {
        return toUuid(row[by]) == author.identity().user && toUuid(row[kUpdatedDevice]) == author.identity().device
               && !isNull(row[kCreatedAt]) && toInt(row[kUpdatedAt]) >= toInt(row[kCreatedAt]);
    }

    void liveChanges(TableActs &acts, const Uuid &id, Replica &a, Replica &b)
    {
        if (acts.changeable()) {
            for (const GroupNo group : acts.groups()) {
                const Change change = acts.update(b, id, group);
                (void)awaitRow(a, *table, id, u"the update of group %1"_s.arg(group), [&](const Row &row) { return holds(row, change); });
            }
            acts.pair().awaitEqual(*table, id, u"the updates"_s);
            QVERIFY(isStamped(acts.shown(a, id), b, kUpdatedBy));
        }
        if (acts.erasable()) {
            (void)acts.erase(a, id);
            (void)awaitRow(b, *table, id, u"the delete"_s,
                           [](const Row &row) { return row.deleted() && toText(row[kDeletedReason]) == "entered twice"; });
            acts.pair().awaitEqual(*table, id, u"the delete"_s);
            QVERIFY(isStamped(acts.shown(b, id), a, kUpdatedBy));
        }
    }

    // ---- the line is cut --------------------------------------------------------------------

    void offlineActs()
    {
        TableActs acts(*table);
        if (acts.madeByPeople())
            offlineSaves(acts);
        else if (table->name == "devices")
            offlineDevices(acts);
        else if (table->name == "patient_queue")
            offlineDay(acts);
        else if (table->name == "user_activity_log")
            offlineLog(acts);
        else
            offlineDecisions(acts);
        acts.pair().awaitSameContent();
    }

    void offlineSaves(TableActs &acts)
    {
        const Change mine = acts.prepared(*table), theirs = acts.prepared(*table);
        const std::vector<GroupNo> groups = acts.changeable() ? acts.groups() : std::vector<GroupNo>{};
        const Uuid shared = groups.empty() ? Uuid{} : acts.made(acts.host());
        const Uuid gone = acts.erasable() ? acts.made(acts.host()) : Uuid{}, goneToo = acts.erasable() ? acts.made(acts.client()) : Uuid{};
        std::optional<Change> first, last;
        if (!groups.empty()) {
            first = acts.maker().update(*table, acts.shown(acts.client(), shared), groups.front());
            if (groups.size() > 1)
                last = acts.maker().update(*table, acts.shown(acts.host(), shared), groups.back());
        }
        if (const auto parents = acts.maker().parents(); !parents.empty()) {
            (void)saved(acts.host(), {"test.parents", parents, {}});
            acts.pair().awaitEqual(*parents.back().table, parents.back().id, u"the rows it refers to"_s);
        }

        acts.pair().unplug();
        acts.insert(acts.client(), mine);
        acts.insert(acts.host(), theirs);
        QVERIFY(!rowOf(acts.host(), *table, mine.id) && !rowOf(acts.client(), *table, theirs.id));
        if (first)
            (void)saved(acts.client(), {"test.update", {*first}, {}});
        if (last)
            (void)saved(acts.host(), {"test.update", {*last}, {}});
        if (acts.erasable()) {
            (void)acts.erase(acts.client(), gone);
            (void)acts.erase(acts.host(), goneToo);
        }
        acts.pair().plug();

        for (Replica *replica : {&acts.host(), &acts.client()}) {
            (void)awaitRow(*replica, *table, mine.id, u"the client's insert"_s, [&](const Row &row) { return holds(row, mine); });
            (void)awaitRow(*replica, *table, theirs.id, u"the host's insert"_s, [&](const Row &row) { return holds(row, theirs); });
            if (first)
                (void)awaitRow(*replica, *table, shared, u"both edits"_s,
                               [&](const Row &row) { return holds(row, *first) && (!last || holds(row, *last)); });
            for (const Uuid &id : {gone, goneToo})
                if (!id.isNull())
                    (void)awaitRow(*replica, *table, id, u"the delete"_s, [](const Row &row) { return row.deleted(); });
        }
        if (table == &tables::active_patient_queue)
            offlineTickets(acts, mine.id, theirs.id);
        acts.pair().awaitSameContent();
        for (const Row &row : rowsWhere(acts.host(), tables::sync_conflicts, {})) {       // nothing was lost; two tickets of one patient are flagged
            QVERIFY(table == &tables::active_patient_queue);
            QCOMPARE(toQString(row[col(tables::sync_conflicts, "rule")]), u"second_ticket"_s);
        }
        QCOMPARE(acts.client().status().rejected, 0);
    }

    void offlineTickets(TableActs &acts, const Uuid &mine, const Uuid &theirs)
    {
        constexpr int kLabel = col(tables::active_patient_queue, "label");
        acts.pair().awaitEqual(*table, mine, u"the number"_s);
        const Row a = acts.shown(acts.host(), mine), b = acts.shown(acts.host(), theirs);
        QVERIFY(!isNull(a[kLabel]) && !isNull(b[kLabel]));
        QVERIFY(a[kLabel] != b[kLabel]);
    }

    void offlineDevices(TableActs &acts)
    {
        const Uuid first = acts.made(acts.host());
        acts.pair().closeClient();
        acts.pair().openClient(0, false);        // its line is cut, the host goes on taking PCs
        const Uuid second = acts.pair().joined(u"late"_s)->identity().device;
        const Change mine = acts.update(acts.client(), first, acts.groups().front());
        const Change theirs = acts.update(acts.host(), first, acts.groups().back());
        QVERIFY(!rowOf(acts.client(), *table, second));
        acts.pair().closeClient();
        acts.pair().openClient();
        acts.pair().awaitEqual(*table, second, u"the PC that joined meanwhile"_s);
        for (Replica *replica : {&acts.host(), &acts.client()})
            (void)awaitRow(*replica, *table, first, u"both edits"_s, [&](const Row &row) { return holds(row, mine) && holds(row, theirs); });
    }

    void offlineDay(TableActs &acts)
    {
        const Uuid a = acts.ticket(acts.host()), b = acts.ticket(acts.client());
        acts.pair().awaitEqual(tables::active_patient_queue, a, u"the host's ticket"_s);
        acts.pair().awaitEqual(tables::active_patient_queue, b, u"the client's ticket"_s);
        acts.pair().unplug();
        const Uuid offline = acts.ticket(acts.client());
        acts.nextDay();
        for (const Uuid &id : {a, b})
            (void)awaitRow(acts.host(), *table, id, u"closed at the host"_s);
        QVERIFY(!rowOf(acts.client(), *table, a));
        acts.pair().plug();
        for (const Uuid &id : {a, b})
            acts.pair().awaitEqual(*table, id, u"closed on both"_s);
        acts.pair().awaitEqual(tables::active_patient_queue, offline, u"the ticket taken meanwhile"_s);
    }

    void offlineLog(TableActs &acts)
    {
        const Change mine = acts.prepared(*findTable("rooms")), theirs = acts.prepared(*findTable("rooms"));
        acts.pair().unplug();
        const Uuid entries[] = {saved(acts.client(), {"test.mine", {mine}, {}}).entry, saved(acts.host(), {"test.theirs", {theirs}, {}}).entry};
        acts.pair().plug();
        for (const Uuid &entry : entries)
            for (Replica *replica : {&acts.host(), &acts.client()})
                await(*replica, u"the act in the log"_s, [&] { return rowsWhere(*replica, *table, {{audit::kEntry, entry}}).size() == 1; });
    }

    // A conflict and a review are made by edits on both sides of a cut line; then decided so.
    void offlineDecisions(TableActs &acts)
    {
        const Uuid one = acts.made(acts.client()), two = acts.made(acts.client());
        QVERIFY(one != two);
        acts.pair().unplug();
        const Change mine = acts.update(acts.client(), one, acts.groups().front());
        const Change theirs = acts.update(acts.host(), two, acts.groups().front());
        acts.pair().plug();
        for (Replica *replica : {&acts.host(), &acts.client()}) {
            (void)awaitRow(*replica, *table, one, u"decided at the client"_s, [&](const Row &row) { return holds(row, mine); });
            (void)awaitRow(*replica, *table, two, u"decided at the host"_s, [&](const Row &row) { return holds(row, theirs); });
        }
    }

    // ---- who did what -----------------------------------------------------------------------

    // Exactly one row an act and class, the same on both replicas, in the revision of what it tells.
    void expectAudit(TableActs &acts, Replica &author, const Uuid &entry, const std::string &action, const std::vector<Change> &changes)
    {
        std::set<DataClass> classes;
        for (const Change &c : changes)
            classes.insert(c.table->dataClass);
        for (Replica *replica : {&acts.host(), &acts.client()}) {
            std::vector<Row> rows;
            await(*replica, u"the audit of %1"_s.arg(textOf(action)), [&] {
                rows = rowsWhere(*replica, audit::kTable, {{audit::kEntry, entry}});
                return rows.size() >= classes.size();
            });
            QCOMPARE(rows.size(), classes.size());
            for (const Row &row : rows) {
                acts.pair().awaitEqual(audit::kTable, row.id, u"the audit"_s);
                QCOMPARE(textOf(toText(row[audit::kAction])), textOf(action));
                QCOMPARE(toUuid(row[audit::kUser]).toString(), author.identity().user.toString());
                QCOMPARE(toUuid(row[audit::kDevice]).toString(), author.identity().device.toString());
                QCOMPARE(classes.count(static_cast<DataClass>(toInt(row[audit::kClass]))), std::size_t(1));
                expectDetails(row, changes);
                const Change &told = changes.back();
                await(*replica, u"the host's answer"_s, [&] { return revisionOf(*replica, audit::kTable, row.id) > 0; });
                QCOMPARE(revisionOf(*replica, audit::kTable, row.id), revisionOf(*replica, *told.table, told.id));
            }
        }
    }

    void expectDetails(const Row &row, const std::vector<Change> &changes)
    {
        std::vector<Change> ofClass;
        for (const Change &c : changes)
            if (static_cast<std::int64_t>(c.table->dataClass) == toInt(row[audit::kClass]))
                ofClass.push_back(c.op == Op::Delete ? c : asSaved(c));
        QCOMPARE(toInt(row[audit::kSubjectTable]), std::int64_t(ofClass.front().table->number));
        QCOMPARE(toUuid(row[audit::kSubject]).toString(), ofClass.front().id.toString());
        const auto *details = std::get_if<Blob>(&row[audit::kDetails]);
        QVERIFY(details);
        const std::vector<Told> told = readDetails(*details);
        QCOMPARE(told.size(), ofClass.size());
        for (std::size_t i = 0; i < told.size(); ++i) {
            QCOMPARE(told[i].id.toString(), ofClass[i].id.toString());
            QCOMPARE(told[i].op, std::int64_t(ofClass[i].op));
            QCOMPARE(told[i].table, std::int64_t(ofClass[i].table->number));
            QVERIFY(tellsOf(told[i], ofClass[i]));
        }
    }

    void auditedActs()
    {
        TableActs acts(*table);
        for (const bool atHost : {true, false}) {
            if (table->name == "patient_queue" && !atHost)
                break;
            if (acts.madeByPeople())
                auditedInsert(acts, atHost ? acts.host() : acts.client());
            else
                auditedByItself(acts, atHost);
        }
        acts.pair().awaitSameContent();
    }

    void auditedInsert(TableActs &acts, Replica &author)
    {
        const Change insert = acts.maker().insert(*table);
        std::vector<Change> all = acts.maker().parents();
        if (table == &tables::active_patient_queue) {
            if (!all.empty())
                (void)saved(acts.host(), {"test.parents", all, {}});
            if (!all.empty())
                acts.pair().awaitEqual(*all.back().table, all.back().id, u"the rows a ticket refers to"_s);
            acts.insert(author, insert);
            all = {insert};
            await(author, u"the audit of a ticket"_s, [&] { return !rowsWhere(author, audit::kTable, {{audit::kSubject, insert.id}}).empty(); });
            const auto rows = rowsWhere(author, audit::kTable, {{audit::kSubject, insert.id}});
            expectAudit(acts, author, toUuid(rows.front()[audit::kEntry]), "queue.take", all);
        } else {
            all.push_back(insert);
            expectAudit(acts, author, saved(author, {"test.insert", all, {}}).entry, "test.insert", all);
        }
        acts.pair().awaitEqual(*table, insert.id, u"the insert"_s);
        auditedChanges(acts, insert.id, author);
    }

    void auditedChanges(TableActs &acts, const Uuid &id, Replica &author)
    {
        if (acts.changeable()) {
            const Row before = acts.shown(author, id);
            const auto change = acts.maker().update(*table, before, acts.groups().back());
            const auto late = acts.maker().update(*table, before, acts.groups().back());
            std::vector<Change> all = acts.maker().parents();
            all.push_back(*change);
            expectAudit(acts, author, saved(author, {"test.update", all, {}}).entry, "test.update", all);
            // What was typed over an older picture is shown, not saved: no trace of an act that was none.
            const SaveOutcome stale = take(author.commands().save({"test.stale", {*late}, {}}));
            QVERIFY(!stale.saved && stale.differences.size() == 1);
            QVERIFY(rowsWhere(author, audit::kTable, {{audit::kEntry, stale.entry}}).empty());
        }
        if (acts.erasable()) {
            const Change change = makeDelete(*table, acts.shown(author, id), "entered twice");
            expectAudit(acts, author, saved(author, {"test.delete", {change}, {}}).entry, "test.delete", {change});
        }
    }

    // Rows that the host or the door makes: the act that made them is in the log, and every change by a person.
    void auditedByItself(TableActs &acts, bool atHost)
    {
        Replica &author = atHost ? acts.host() : acts.client();
        const Uuid id = acts.made(author);
        if (table == &audit::kTable) {           // the log tells of acts, not of itself; nobody writes in it
            const Row row = acts.shown(author, id);
            QVERIFY(rowsWhere(author, audit::kTable, {{audit::kSubject, id}}).empty());
            for (const Change &change : {acts.maker().insert(*table), makeDelete(*table, row, "unwelcome")})
                QVERIFY(!outcome(author.commands().save({"test.forge", {change}, {}})).has_value());
            QVERIFY(acts.shown(author, id) == row);
            return;
        }
        for (Replica *replica : {&acts.host(), &acts.client()})
            if (table->name == "devices" || table->name == "patient_queue")
                await(*replica, u"the act that made it in the log"_s, [&] {
                    return rowsWhere(*replica, audit::kTable, {{audit::kSubject, id}, {audit::kSubjectTable, std::int64_t{table->number}}}).size() == 1;
                });
        if (acts.changeable())
            auditedChanges(acts, id, author);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 3) {
        qWarning("usage: tables_test live|offline|audit TABLE, or tables_test registry TABLE…");
        return 2;
    }
    TablesTest test;
    test.names = arguments.mid(2);
    test.table = findTable(arguments.at(2).toStdString());
    if (!test.table) {
        qWarning("There is no table of that name.");
        return 2;
    }
    return QTest::qExec(&test, {arguments.at(0), arguments.at(1)});
}

#include "tables_test.moc"
