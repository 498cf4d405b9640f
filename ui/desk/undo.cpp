#include "ui/desk/undo.h"

#include "core/when_ready.h"
#include "node/replica.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/devices.h"
#include "ui/common/paint.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr const schema::Table &kQueue = schema::tables::active_patient_queue;
constexpr schema::GroupNo kDeleted = 255;                // node::Difference: the row was deleted meanwhile

bool byTheHost(const schema::Column &column) { return column.name == "claim_uuid"; }

// Whether the row still is what the act made of it. The door fills what an insert left empty (day, label); the host marks
// the ticket that it gave to a desk with the desk's own act.
bool asLeft(const schema::Change &change, const schema::Row &row)
{
    for (const schema::GroupChange &group : change.groups) {
        std::size_t at = 0;
        for (int i = schema::kStandardCount; i < schema::columnCount(*change.table) && at < group.newValues.size(); ++i) {
            const schema::Column &column = schema::columnAt(*change.table, i);
            if (column.group != group.group)
                continue;
            const schema::Value &mine = group.newValues[at++];
            const bool filled = change.op == schema::Op::Insert && schema::isNull(mine);
            if (!filled && !byTheHost(column) && row[i] != mine)
                return false;
        }
    }
    return true;
}

// Nobody can put a content back that only its hash is known of.
bool replacesContent(const schema::Change &change)
{
    if (change.op != schema::Op::Update)
        return false;
    for (const schema::GroupChange &group : change.groups)
        for (int i = schema::kStandardCount; i < schema::columnCount(*change.table); ++i)
            if (schema::columnAt(*change.table, i).content && schema::columnAt(*change.table, i).group == group.group)
                return true;
    return false;
}

// A mark of the host alone is no act of somebody else.
bool onlyMarked(const node::Difference &difference)
{
    if (difference.table != &kQueue || difference.shown.size() != difference.now.size())
        return false;
    std::size_t at = 0;
    for (int i = schema::kStandardCount; i < schema::columnCount(kQueue); ++i) {
        const schema::Column &column = schema::columnAt(kQueue, i);
        if (column.group != difference.group)
            continue;
        if (at < difference.now.size() && !byTheHost(column) && difference.shown[at] != difference.now[at])
            return false;
        ++at;
    }
    return at == difference.now.size();
}

QString thing(const node::Difference &difference)
{
    if (difference.table == &kQueue)
        return Undo::tr("the ticket");
    const schema::Group *group = schema::findGroup(*difference.table, difference.group);
    if (difference.group == kDeleted || !group)
        return Undo::tr("the record");
    const std::string name(group->name);
    const QString words = QCoreApplication::translate("Schema", name.c_str()).replace(QLatin1Char('_'), QLatin1Char(' '));
    return Undo::tr("the %1", "one of the groups of a record: phone, address").arg(words);
}

} // namespace

Undo::Undo(node::Replica &replica, QObject *parent) : QObject(parent), m_replica(replica)
{
    connect(&m_replica, &node::Replica::identityChanged, this, [this, user = m_replica.identity().user]() mutable {
        if (std::exchange(user, m_replica.identity().user) != m_replica.identity().user)
            forget();
    });
}

// Whether who sits here may do the opposite: registering is taken back by archiving.
bool Undo::mayTakeBack(const Step &step) const
{
    return std::ranges::all_of(step.changes, [this](const schema::Change &change) {
        const schema::Op back = change.op == schema::Op::Insert ? schema::Op::Delete : change.op == schema::Op::Delete ? schema::Op::Restore
            : change.op == schema::Op::Restore ? schema::Op::Delete : schema::Op::Update;
        return m_replica.session().may(*change.table, back);
    });
}

QString Undo::words() const { return m_steps.empty() || !mayTakeBack(m_steps.back()) ? QString() : tr("Undo: %1").arg(m_steps.back().words); }

void Undo::forget()
{
    m_steps.clear();
    m_wanted = 0;
    ++m_person;
    Q_EMIT changed();
}

void Undo::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT changed();
}

void Undo::remember(const QString &words, const node::Act &act, const node::SaveOutcome &outcome, const QString &said)
{
    Step step{.words = words, .act = act.name, .changes = act.changes, .after = {}};
    std::erase_if(step.changes, [](const schema::Change &change) { return change.op == schema::Op::Update && change.groups.empty(); });
    for (const schema::Change &change : step.changes) {
        const auto row = std::ranges::find(outcome.rows, change.id, &schema::Row::id);
        if (row == outcome.rows.end())
            return Q_EMIT told(said.isEmpty() ? words : said, false);
        step.after.push_back(*row);
    }
    push(std::move(step), said);
}

void Undo::remember(const QString &words, const node::Act &act, const QString &said)
{
    push({.words = words, .act = act.name, .changes = act.changes, .after = {}}, said);
    readRows(m_last);
}

void Undo::push(Step step, const QString &said)
{
    const QString sentence = said.isEmpty() ? step.words : said;
    step.number = ++m_last;
    if (step.changes.empty() || std::ranges::any_of(step.changes, replacesContent) || !mayTakeBack(step))
        return Q_EMIT told(sentence, false);
    m_steps.push_back(std::move(step));
    if (m_steps.size() > kMostSteps)
        m_steps.pop_front();
    Q_EMIT changed();
    Q_EMIT told(sentence, true);
}

Undo::Step *Undo::find(int number)
{
    const auto it = std::ranges::find(m_steps, number, &Step::number);
    return it == m_steps.end() ? nullptr : &*it;
}

void Undo::readRows(int number)
{
    Step *step = find(number);
    if (!step)
        return;
    if (step->after.size() == step->changes.size()) {
        if (m_wanted == number) {
            m_wanted = 0;
            take(number);                                    // this one, whatever was done while it was read
        }
        return;
    }
    const schema::Change &change = step->changes[step->after.size()];
    whenReady(m_replica.queries().record(*change.table, change.id), this, [this, number](const Result<std::optional<schema::Row>> &row) {
        Step *waiting = find(number);
        if (!waiting)
            return;
        if (row && *row && asLeft(waiting->changes[waiting->after.size()], **row)) {
            waiting->after.push_back(**row);
            return readRows(number);
        }
        std::erase_if(m_steps, [number](const Step &s) { return s.number == number; });      // gone already: nothing to take back
        if (m_wanted == number)
            m_wanted = 0;
        Q_EMIT changed();
    });
}

void Undo::undo()
{
    if (m_busy || m_steps.empty() || !mayTakeBack(m_steps.back()))
        return;
    if (m_steps.back().after.size() < m_steps.back().changes.size()) {
        m_wanted = m_steps.back().number;
        return;
    }
    take(m_steps.back().number);
}

void Undo::take(int number)
{
    const auto it = std::ranges::find(m_steps, number, &Step::number);
    if (m_busy || it == m_steps.end())
        return;
    const Step step = std::move(*it);
    m_steps.erase(it);
    setBusy(true);
    takeBack(step, false);
}

void Undo::takeBack(const Step &step, bool again)
{
    node::Act act{.name = step.act + ".undo", .changes = {}};
    for (std::size_t i = step.changes.size(); i-- > 0;)      // backwards: a ticket goes before the person it is of
        if (auto back = schema::makeInverse(step.changes[i], step.after[i], tr("Undone").toStdString()))
            act.changes.push_back(std::move(*back));
    if (act.changes.empty()) {
        setBusy(false);
        Q_EMIT undone(tr("Already undone: %1.").arg(step.words));
        return;
    }
    whenReady(m_replica.commands().save(std::move(act)), this, [this, step, again, person = m_person](const Result<node::SaveOutcome> &result) {
        if (!result) {
            setBusy(false);
            if (person == m_person)                          // not its fault: it can be tried again, before what was done since
                m_steps.insert(std::ranges::upper_bound(m_steps, step.number, {}, &Step::number), step);
            Q_EMIT changed();
            Q_EMIT refused(tr("Not undone: %1. %2").arg(step.words, result.error().detail));
        } else if (result->saved) {
            setBusy(false);
            Q_EMIT undone(tr("Undone: %1.").arg(step.words));
        } else {
            onDiffers(step, *result, again);
        }
    });
}

void Undo::onDiffers(Step step, const node::SaveOutcome &outcome, bool again)
{
    const auto theirs = std::ranges::find_if_not(outcome.differences, onlyMarked);
    if (theirs == outcome.differences.end() && !again && !outcome.differences.empty()) {
        for (schema::Row &row : step.after)
            for (const schema::Row &now : outcome.rows)
                if (row.id == now.id)
                    row = now;
        return takeBack(step, true);
    }
    if (theirs == outcome.differences.end())
        return refuse(step, tr("It was changed meanwhile. It was left as it is."));
    const auto now = std::ranges::find(outcome.rows, theirs->id, &schema::Row::id);
    tell(step, *theirs, now == outcome.rows.end() ? std::nullopt : std::optional(*now));
}

// Where: the desk of the row's last change, if that is the change in question.
void Undo::tell(const Step &step, const node::Difference &difference, const std::optional<schema::Row> &now)
{
    const QString who = difference.changedBy.isEmpty() ? tr("Somebody") : isolated(difference.changedBy);
    const QString what = thing(difference);
    if (difference.changedAt == 0)
        return refuse(step, tr("%1 changed %2 meanwhile. It was left as it is.").arg(who, what));
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(difference.changedAt).time(), QStringLiteral("HH:mm"));
    const auto say = [this, step, who, what, when](const QString &desk) {
        refuse(step, desk.isEmpty() ? tr("%1 changed %2 at %3. It was left as it is.").arg(who, what, when)
                                    : tr("%1 changed %2 at %3 at %4. It was left as it is.", "who, what, desk, time").arg(who, what, isolated(desk), when));
    };
    const Uuid device = now && schema::toInt((*now)[schema::kUpdatedAt]) == difference.changedAt ? schema::toUuid((*now)[schema::kUpdatedDevice]) : Uuid{};
    if (device.isNull())
        return say({});
    whenReady(m_replica.queries().record(schema::tables::devices, device), this, [say](const Result<std::optional<schema::Row>> &row) {
        say(row && *row ? schema::toQString((**row)[schema::col(schema::tables::devices, "name")]) : QString());
    });
}

void Undo::refuse(const Step &step, const QString &why)
{
    setBusy(false);
    Q_EMIT refused(tr("Not undone: %1. %2").arg(step.words, why));
}

} // namespace anteroom::ui
