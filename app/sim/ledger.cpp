#include "app/sim/ledger.h"

#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/user_activity_log.h"

#include <functional>

namespace anteroom::sim {

using namespace schema;

bool hostsOwn(const Table &table)
{
    return &table == &tables::active_patient_queue || &table == &tables::patient_queue || &table == &tables::sync_conflicts
           || &table == &tables::sync_reviews || &table == &tables::user_activity_log;
}

Act actOf(const Entry &entry, int pc, const std::map<std::pair<RowId, GroupNo>, Seen> &more)
{
    Act act{entry, pc, {}, {}, false, false};
    for (const Change &c : entry.changes) {
        const RowId key{c.table->number, c.id};
        for (const GroupChange &g : c.groups) {
            Seen seen;
            if (const auto also = more.find({key, g.group}); also != more.end())
                seen = also->second;
            if (c.op != Op::Insert)
                seen.insert(hashOf(g.oldValues));
            if (c.op == Op::Delete)
                act.deletes[key][g.group] = std::move(seen);
            else
                act.typed.push_back({key, g.group, hashOf(g.newValues), std::move(seen), c.oldDeleted, textOf(g.newValues)});
        }
    }
    return act;
}

void Ledger::attempted(Act act)
{
    const Uuid entry = act.entry.uuid;
    m_acts.insert_or_assign(entry, std::move(act));
}

void Ledger::saved(const Uuid &entry)
{
    if (Act *act = find(entry))
        act->saved = true;
}

Act *Ledger::find(const Uuid &entry)
{
    const auto found = m_acts.find(entry);
    return found == m_acts.end() ? nullptr : &found->second;
}

const Typed *Ledger::typed(const Uuid &entry, const RowId &key, GroupNo group) const
{
    const auto found = m_acts.find(entry);
    if (found == m_acts.end())
        return nullptr;
    for (auto t = found->second.typed.rbegin(); t != found->second.typed.rend(); ++t)
        if (t->key == key && t->group == group)
            return &*t;
    return nullptr;
}

void Ledger::keep(Kept &kept, const Entry &entry)
{
    for (const Change &c : entry.changes)
        for (const GroupChange &g : c.groups)
            kept.insert({{c.table->number, c.id}, g.group, hashOf(g.newValues)});
}

std::optional<std::string> Ledger::lost(const Kept &kept) const
{
    std::map<std::pair<RowId, GroupNo>, std::vector<const Typed *>> byGroup;
    std::map<const Typed *, const Act *> actOfTyped;
    for (const auto &[uuid, act] : m_acts) {
        if (!act.saved)
            continue;
        for (const Typed &t : act.typed)
            if (!hostsOwn(tableOf(t.key))) {
                byGroup[{t.key, t.group}].push_back(&t);
                actOfTyped[&t] = &act;
            }
    }
    for (const auto &[where, list] : byGroup) {
        std::map<const Typed *, bool> known;
        const std::function<bool(const Typed *)> accounted = [&](const Typed *t) -> bool {
            if (const auto at = known.find(t); at != known.end())
                return at->second;
            known[t] = false;
            bool found = t->value == kNothing || kept.contains({t->key, t->group, t->value});
            for (const Typed *o : list)
                found = found || (o != t && (o->value == t->value || o->seen.contains(t->value)) && accounted(o));
            return known[t] = found;
        };
        for (const Typed *t : list)
            if (const Act &act = *actOfTyped.at(t); !act.gone && !accounted(t)) {
                return nameOf(t->key) + " group " + std::to_string(t->group) + ' ' + t->text + ", typed at PC " + std::to_string(act.pc) + " ("
                       + act.entry.act + ' ' + act.entry.uuid.toString().toStdString() + "), is nowhere";
            }
    }
    return std::nullopt;
}

} // namespace anteroom::sim
