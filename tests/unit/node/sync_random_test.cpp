// Random people at four PCs, random cuts, crashes and power failures, from a seed. At the end everybody is connected, and
// then: replicas are equal row by row and place by place, nothing waits, each entry was merged exactly once, no ticket
// number twice, and every value that somebody typed is there, was overwritten by somebody who saw it, or is aside where
// people find it. ANTEROOM_SEED=n replays one.
#include "unit/node/story.h"

#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::test;

namespace {

struct Typed {
    std::string value, seen;         // seen: what the person overwrote
    Uuid entry;
};

class RandomStory {
public:
    explicit RandomStory(std::uint64_t seed)
        : m_random(seed)
        , m_clinic(3, seed * 7919 + 1, seed % 3 == 0 ? 1 : seed % 3 == 1 ? 7 : 0)
    {
    }

    QString tell(int acts)
    {
        m_clinic.settle();
        for (int i = 0; i < acts; ++i) {
            act(m_clinic.desk(below(4)));
            for (int n = below(3); n > 0; --n)
                accident();
        }
        (void)m_clinic.accidents();
        m_clinic.settle();
        return judge();
    }

    void countVerdicts(std::map<Verdict, int> &counts)
    {
        for (int n = 1; n <= 3; ++n)
            for (const Uuid &entry : m_entries)
                if (const auto reply = m_clinic.desk(n).answer(entry))
                    ++counts[reply->verdict];
    }

private:
    int below(int n) { return static_cast<int>(m_random.u64() % static_cast<std::uint64_t>(n)); }
    template <typename T>
    const T &any(const std::vector<T> &list) { return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))]; }
    std::string fresh() { return QStringLiteral("v%1").arg(++m_values, 7, 10, QLatin1Char('0')).toStdString(); }

    void saved(const Saved &saved, std::vector<Typed> typed = {})
    {
        (void)m_clinic.accidents();
        if (!saved.ok())
            return;
        m_entries.push_back(saved.entry);
        for (Typed &t : typed) {
            t.entry = saved.entry;
            m_typed.push_back(std::move(t));
        }
    }

    void edit(Desk &desk, const Table &table, const Uuid &id, int column)
    {
        const auto shown = desk.row(table, id);
        if (!shown)
            return;
        const std::string value = fresh();
        saved(desk.changeShown(table, *shown, {{column, value}}), {{value, std::string(schema::toText((*shown)[column])), {}}});
    }

    void act(Desk &desk)
    {
        const auto known = desk.rows(patients);
        const auto bills = desk.rows(patient_bills);
        const auto tickets = desk.rows(active_patient_queue);
        const int what = below(16);
        if (known.empty() || what == 0) {
            const std::string value = fresh();
            return saved(desk.add(patients, {{kNote, value}}), {{value, {}, {}}});
        }
        const Uuid patient = any(known).id;
        switch (what) {
        case 1: return setting(desk);
        case 2: return bill(desk, patient);
        case 3: return bills.empty() ? void() : edit(desk, patient_bills, any(bills).id, kBillNote);
        case 4: return bills.empty() ? void() : twoBills(desk, any(bills));
        case 5: return saved(desk.takeTicket(patient));
        case 6: return tickets.empty() ? void() : saved(desk.callTicket(any(tickets).id));
        case 7: return tickets.empty() ? void() : edit(desk, active_patient_queue, any(tickets).id, kTicketNote);
        case 8: return tickets.empty() ? void() : state(desk, any(tickets));
        case 9: return any(known).deleted() ? saved(desk.restore(patients, patient)) : below(3) == 0 ? saved(desk.remove(patients, patient)) : void();
        case 10: return below(3) == 0 ? saved(desk.change(patients, patient, {{col(patients, "deceased"), std::int64_t{below(2)}}})) : void();
        case 11: return resolve(desk);
        default: return edit(desk, patients, patient, any(std::vector<int>{kEmail, kNote, kLine, kCity, kLanguage}));
        }
    }

    void setting(Desk &desk)
    {
        const std::string value = fresh(), key = "test.key" + std::to_string(below(3));
        const std::vector<schema::ColumnValue> values{{kSettingKey, key}, {kSettingValue, value}};
        const auto row = desk.row(clinic_settings, *schema::naturalIdOf(clinic_settings, values));
        if (row)
            return edit(desk, clinic_settings, row->id, kSettingValue);
        saved(desk.add(clinic_settings, values), {{value, {}, {}}});
    }

    void bill(Desk &desk, const Uuid &patient)
    {
        const std::string value = fresh();
        saved(desk.add(patient_bills, {{kBillPatient, patient}, {kBillNote, value}}), {{value, {}, {}}});
    }

    void twoBills(Desk &desk, const Row &shown)      // one transaction that goes to review as a whole, with a new row in it
    {
        const std::string value = fresh(), other = fresh();
        saved(desk.save({schema::makeUpdate(patient_bills, shown, {{kBillNote, value}}),
                         schema::makeInsert(patient_bills, m_clinic.newId(), {{kBillPatient, shown[kBillPatient]}, {kBillNote, other}})}),
              {{value, std::string(schema::toText(shown[kBillNote])), {}}, {other, {}, {}}});
    }

    void state(Desk &desk, const Row &shown)
    {
        static const std::vector<std::string> states{"waiting", "called", "in_service", "done", "left", "no_show"};
        saved(desk.changeShown(active_patient_queue, shown, {{kTicketState, any(states)}}));
    }

    void resolve(Desk &desk)
    {
        const auto inbox = openConflicts(desk);
        if (inbox.empty())
            return;
        const std::string value = fresh();
        saved(desk.change(sync_conflicts, any(inbox).id, {{col(sync_conflicts, "status"), words("closed")}, {col(sync_conflicts, "note"), value}}),
              {{value, {}, {}}});
    }

    void accident()
    {
        const int n = 1 + below(3);
        switch (below(12)) {
        case 0: return m_clinic.cut(n);
        case 1: return below(4) == 0 ? m_clinic.crash(n) : void();
        case 2: return below(8) == 0 ? m_clinic.crash(0) : void();
        case 3: return below(4) == 0 ? m_clinic.powerFailsAt(below(4)) : void();
        case 4: return goOn(n);
        case 5: return m_clinic.deliver();
        case 6: return repeat(n);
        case 7: return m_clinic.beat();
        case 8:
        case 9: return m_clinic.connect(n);
        default:
            for (int i = below(6); i > 0; --i)
                (void)m_clinic.step(n, below(2) ? Way::Up : Way::Down);
        }
    }

    void goOn(int n)
    {
        Desk &desk = m_clinic.desk(n);
        desk.goOn(std::max(1, static_cast<int>(m_entries.size()) - below(20)));
        (void)m_clinic.accidents();
    }

    void repeat(int n)               // a message comes twice
    {
        if (!m_clinic.online(n))
            return;
        const Way way = below(2) ? Way::Up : Way::Down;
        const auto &queue = m_clinic.desk(n).line()->underWay(way);
        if (!queue.empty())
            m_clinic.desk(n).line()->inject(way, queue[static_cast<std::size_t>(below(static_cast<int>(queue.size())))]);
    }

    QString judge()
    {
        if (const QString why = m_clinic.difference(); !why.isEmpty())
            return why;
        for (const Uuid &entry : m_entries)
            if (m_clinic.merged(entry) != 1)
                return QStringLiteral("entry %1 was merged %2 times").arg(entry.toString()).arg(m_clinic.merged(entry));
        std::set<std::string> labels;
        for (const Row &ticket : m_clinic.host().rows(active_patient_queue))
            if (!labels.insert(std::string(schema::toText(of(ticket, active_patient_queue, "label")))).second || labels.contains(""))
                return QStringLiteral("a ticket number was given twice, or none");
        return lost();
    }

    QString lost()
    {
        QByteArray there;            // everything that a person can find
        for (const Table *table : {&patients, &patient_bills, &clinic_settings, &active_patient_queue, &sync_conflicts, &sync_reviews})
            for (const Row &row : m_clinic.host().rows(*table))
                for (int i = 0; i < schema::columnCount(*table); ++i) {
                    if (table == &sync_conflicts && (i == col(sync_conflicts, "base") || i == col(sync_conflicts, "theirs")))
                        continue;    // not proof enough
                    if (const auto *blob = std::get_if<schema::Blob>(&row[i]))
                        there += *blob + ' ';
                    there += schema::toQString(row[i]).toUtf8() + ' ';
                }
        for (int n = 1; n <= 3; ++n)
            for (const auto &item : m_clinic.desk(n).rejected())
                there += item.entry + ' ';
        std::set<std::string> seen;
        for (const Typed &t : m_typed)
            seen.insert(t.seen);
        for (const Typed &t : m_typed)
            if (!seen.contains(t.value) && !there.contains(QByteArray::fromStdString(t.value)))
                return QStringLiteral("%1 of entry %2 is gone").arg(QString::fromStdString(t.value), t.entry.toString());
        return {};
    }

    SeededRandom m_random;
    Clinic m_clinic;
    int m_values = 0;
    std::vector<Uuid> m_entries;
    std::vector<Typed> m_typed;
};

} // namespace

class SyncRandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seeds()
    {
        const bool one = qEnvironmentVariableIsSet("ANTEROOM_SEED");
        const int first = one ? qEnvironmentVariableIntValue("ANTEROOM_SEED") : 1;
        const int last = one ? first : std::max(60, qEnvironmentVariableIntValue("ANTEROOM_SEEDS"));
        std::map<Verdict, int> counts;
        for (int seed = first; seed <= last; ++seed) {
            RandomStory story(static_cast<std::uint64_t>(seed));
            const QString why = story.tell(120);
            QVERIFY2(why.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(why)));
            story.countVerdicts(counts);
        }
        for (const Verdict verdict : {Verdict::Applied, Verdict::Conflict, Verdict::Review, Verdict::Refused})
            QVERIFY2(one || counts[verdict] > 50, "the people of these stories hardly meet: they prove little");
    }
};

QTEST_GUILESS_MAIN(SyncRandomTest)
#include "sync_random_test.moc"
