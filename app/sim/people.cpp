#include "app/sim/people.h"

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "sync/client_outbox.h"

#include <algorithm>

namespace anteroom::sim {

using namespace schema;

namespace {

constexpr int kMostForms = 4;                    // open at one PC
constexpr int kMostTries = 3;                    // then the person gives up

// A day is of a kind: desks of one clinic do the same things at the same time.
const std::vector<std::vector<Kind>> &themes()
{
    using enum Kind;
    static const std::vector<std::vector<Kind>> all{
        {Note, History, Edit, Edit, Edit, Edit, Remove, Restore, Setting, Bill, Pay, Rebill, Issue, Prescribe, Represcribe, Take, Call, Call, Start, Finish, Undo, Resolve, Resolve, Review, Invalid},
        {Bill, Pay, Pay, Rebill, Rebill, Issue, Review, Edit, Review, Invalid},
        {Setting, Setting, Edit, Resolve, Resolve, Resolve, Remove, Restore},
        {Take, Take, Call, Call, Start, Finish, Undo},
        {Prescribe, Represcribe, Represcribe, Edit, Review, Remove, Note, Resolve, Invalid},
    };
    return all;
}

// What a planted bug does: old is what the row holds when it is saved.
void readAgain(Entry &entry, sync::StoreTx &tx)
{
    for (Change &c : entry.changes)
        if (const auto row = c.op == Op::Insert ? std::nullopt : tx.row(*c.table, c.id)) {
            c.oldDeleted = row->deleted();
            for (GroupChange &g : c.groups)
                g.oldValues = oldGroupValues(*c.table, *row, g.group);
        }
}

} // namespace

People::People(Examiner &examiner, Ledger &ledger, Trace &trace, Dice dice)
    : m_examiner(examiner)
    , m_ledger(ledger)
    , m_trace(trace)
{
    m_kinds.push_back(Kind::Register);
    if (dice.chance(50)) {
        const auto &theme = dice.any(themes());
        m_kinds.insert(m_kinds.end(), theme.begin(), theme.end());
    } else {
        for (int n = 3 + dice.below(10); n > 0; --n)
            m_kinds.push_back(dice.any(dice.any(themes())));
    }
    m_few = std::vector{1, 2, 4}[static_cast<std::size_t>(dice.below(3))];
}

std::string People::word() { return "v" + std::to_string(++m_words); }

bool People::act(Pc &pc, Dice &dice)
{
    auto &forms = m_forms[pc.number];
    if (!forms.empty() && (dice.chance(60) || static_cast<int>(forms.size()) >= kMostForms)) {
        const auto at = forms.begin() + dice.below(static_cast<int>(forms.size()));
        Form form = std::move(*at);
        forms.erase(at);
        save(pc, std::move(form));
        return true;
    }
    auto form = open(pc, dice);
    if (form)
        forms.push_back(std::move(*form));
    return form.has_value();
}

std::optional<Form> People::open(Pc &pc, Dice &dice)
{
    Form form;
    form.kind = dice.any(m_kinds);
    switch (form.kind) {
    case Kind::Register: registration(pc, form); break;
    case Kind::Note:
    case Kind::History:
    case Kind::Edit: edit(pc, form, dice); break;
    case Kind::Remove:
    case Kind::Restore: remove(pc, form, dice); break;
    case Kind::Setting: setting(pc, form, dice); break;
    case Kind::Bill: bill(pc, form, dice); break;
    case Kind::Pay:
    case Kind::Rebill:
    case Kind::Issue: onBill(pc, form, dice); break;
    case Kind::Prescribe:
    case Kind::Represcribe: prescription(pc, form, dice); break;
    case Kind::Take:
    case Kind::Call:
    case Kind::Start:
    case Kind::Finish:
    case Kind::Undo: ticket(pc, form, dice); break;
    case Kind::Resolve: resolve(pc, form, dice); break;
    case Kind::Review: review(pc, form, dice); break;
    case Kind::Invalid: invalid(pc, form, dice); break;
    }
    return form.parts.empty() ? std::nullopt : std::optional(std::move(form));
}

std::vector<Change> People::changesOf(const Form &form) const
{
    std::vector<Change> out;
    for (const Part &part : form.parts) {
        switch (part.op) {
        case Op::Insert: out.push_back(makeInsert(*part.table, part.id, part.values)); break;
        case Op::Update: out.push_back(makeUpdate(*part.table, *part.shown, part.values)); break;
        case Op::Delete: out.push_back(makeDelete(*part.table, *part.shown, "entered twice")); break;
        case Op::Restore: out.push_back(makeRestore(*part.table, *part.shown)); break;
        }
        for (const GroupChange &g : part.exact) {
            auto &groups = out.back().groups;
            std::erase_if(groups, [&](const GroupChange &have) { return have.group == g.group; });
            if (part.op == Op::Insert || oldGroupValues(*part.table, *part.shown, g.group) != g.newValues)
                groups.push_back({g.group, part.op == Op::Insert ? std::vector<Value>(g.newValues.size()) : oldGroupValues(*part.table, *part.shown, g.group), g.newValues});
        }
        std::ranges::sort(out.back().groups, {}, &GroupChange::group);
    }
    return out;
}

// As node::Core does it: prepared, compared with what was shown, asked at the door, numbered, written.
void People::save(Pc &pc, Form opened)
{
    const auto form = std::make_shared<Form>(std::move(opened));
    auto prepared = pc.door.prepare({form->act, changesOf(*form), {}, {}}, pc.who, form->claim);
    std::shared_ptr<Entry> entry;
    if (form->pastTheDoor) {
        entry = std::make_shared<Entry>(Entry{uuidV7(pc.clock, pc.dice), form->claim, form->act, pc.clock.utcMs(), pc.who.user, pc.who.device, changesOf(*form)});
    } else if (!prepared || prepared->changes.empty()) {
        if (m_trace.aloud() && !prepared)
            m_trace.say(pc.name() + " may not " + form->act + ": " + prepared.error().detail.toStdString());
        return;
    } else {
        entry = std::make_shared<Entry>(std::move(*prepared));
    }
    const auto differences = std::make_shared<std::vector<node::Difference>>();
    pc.add(storage::Durability::Full,
        [this, &pc, form, entry, differences](sync::StoreTx &tx, sync::Effects &effects) {
            const Act seen = actOf(*entry, pc.number, form->seen);
            if (plant && plant->savesWhatIsHeld())
                readAgain(*entry, tx);
            *differences = pc.door.differences(*entry, tx);
            if (form->claim == Claim::Call)
                std::erase_if(*differences, [&](const node::Difference &d) { return d.id == entry->changes.front().id; });
            if (!differences->empty())
                return;
            if (auto refused = form->pastTheDoor ? std::nullopt : pc.door.refused(*entry, tx))
                throw sync::StoreFailure(std::move(*refused));
            pc.door.number(*entry, !pc.isHost(), tx);
            Act act = actOf(*entry, pc.number, form->seen);
            if (plant && plant->savesWhatIsHeld())
                act.typed = seen.typed, act.deletes = seen.deletes;      // what the person truly saw
            m_ledger.attempted(std::move(act));
            (void)pc.write(*entry, tx, effects);
        },
        [this, &pc, form, entry, differences](const std::optional<Error> &error, const sync::Effects &) {
            if (m_trace.aloud())
                m_trace.say(pc.name() + (error ? " could not " : !differences->empty() ? " is shown a difference at " : " saves ") + form->act + ' '
                            + entry->uuid.toString().right(6).toStdString() + (error ? ": " + error->detail.toStdString() : ""));
            if (!error && differences->empty())
                m_ledger.saved(entry->uuid);
            else if (!error)
                answered(pc, form, differences);
        },
        pc.isHost() ? std::optional(*entry) : std::nullopt);
}

// The form shows what is there now; the person looks and saves again, or leaves it.
void People::answered(Pc &pc, const std::shared_ptr<Form> &form, const std::shared_ptr<std::vector<node::Difference>> &)
{
    const bool comparing = form->kind == Kind::Call || form->kind == Kind::Start || form->kind == Kind::Finish || form->kind == Kind::Undo
                           || form->kind == Kind::Resolve || form->kind == Kind::Review;
    if (comparing || ++form->tries >= kMostTries)
        return;
    for (Part &part : form->parts) {
        if (part.op == Op::Insert)
            continue;
        const RowPtr now = shown(pc, *part.table, part.id);
        if (!now || (now->deleted() != part.shown->deleted()))
            return;                              // there is nothing to write in any more
        const RowId key{part.table->number, part.id};
        for (const Group &group : part.table->groups)
            form->seen[{key, group.number}].insert(groupHash(*part.table, *part.shown, group.number));
        part.shown = now;
    }
    m_forms[pc.number].push_back(*form);
}

bool People::goOn(Pc &pc, Dice &dice)
{
    bool did = false;
    for (const auto &[seq, w] : pc.held.outbox) {
        if (w->entry.claim == Claim::None || w->provisional || !dice.chance(50))
            continue;
        did = true;
        pc.add(storage::Durability::Full, [seq = seq](sync::StoreTx &tx, sync::Effects &effects) { sync::goOn(seq, tx, effects); });
    }
    return did;
}

// ---- what a screen shows --------------------------------------------------------------------

std::vector<RowPtr> People::rows(const Pc &pc, const Table &table, const std::function<bool(const Row &)> &which) const
{
    std::vector<RowPtr> out;
    const Image &screen = m_examiner.screen(pc);
    for (auto at = screen.lower_bound({table.number, {}}); at != screen.end() && at->first.table == table.number; ++at)
        if (which ? which(*at->second) : !at->second->deleted())
            out.push_back(at->second);
    return out;
}

RowPtr People::pick(const Pc &pc, const Table &table, Dice &dice, const std::function<bool(const Row &)> &which) const
{
    const auto list = rows(pc, table, which);
    return list.empty() ? nullptr : dice.any(list);
}

RowPtr People::shown(const Pc &pc, const Table &table, const Uuid &id) const
{
    const Image &screen = m_examiner.screen(pc);
    const auto found = screen.find({table.number, id});
    return found == screen.end() ? nullptr : found->second;
}

Part People::fresh(Pc &pc, const Table &table, std::vector<ColumnValue> values)
{
    const auto natural = naturalIdOf(table, values);
    return {Op::Insert, &table, natural ? *natural : uuidV7(pc.clock, pc.dice), nullptr, std::move(values), {}};
}

} // namespace anteroom::sim
