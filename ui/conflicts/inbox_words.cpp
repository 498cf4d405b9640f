#include "ui/conflicts/inbox_words.h"

#include "ui/records/field_rules.h"

#include <QCoreApplication>

namespace anteroom::ui {
namespace {

using node::InboxBy;
using node::InboxItem;
using node::InboxKind;

QString words(const char *text) { return QCoreApplication::translate("Inbox", text); }

QString joined(QStringList parts, const QString &between)
{
    parts.removeAll(QString());
    return parts.join(between);
}

QString nameOf(const InboxBy &by, const InboxWords &w)
{
    if (!by.user.isNull() && by.user == w.me)
        return words("You");
    return by.person.isEmpty() ? words("Somebody") : by.person;
}

QString atDesk(const InboxBy &by, const InboxWords &w)
{
    return by.device.isEmpty() ? nameOf(by, w) : words("%1 at %2").arg(isolated(nameOf(by, w)), isolated(by.device));
}

// The same in the middle of a sentence.
QString andAtDesk(const InboxBy &by, const InboxWords &w)
{
    const QString name = !by.user.isNull() && by.user == w.me ? words("you") : by.person.isEmpty() ? words("somebody") : by.person;
    return by.device.isEmpty() ? name : words("%1 at %2").arg(isolated(name), isolated(by.device));
}

bool samePerson(const InboxItem &item) { return !item.mine.user.isNull() && item.mine.user == item.theirs.user; }

struct Rule { std::string_view rule; const char *words; };
constexpr Rule kRules[] = {
    {"paid_more_than_due", QT_TRANSLATE_NOOP("Inbox", "Paid more than was due")},
    {"dispensed_more_than_prescribed", QT_TRANSLATE_NOOP("Inbox", "Given out more than was prescribed")},
    {"second_ticket", QT_TRANSLATE_NOOP("Inbox", "Two tickets for one patient")},
    {"second_external_id", QT_TRANSLATE_NOOP("Inbox", "One dispensing recorded twice")},
    {"second_login", QT_TRANSLATE_NOOP("Inbox", "Two people with one sign-in name")},
    {"same_person", QT_TRANSLATE_NOOP("Inbox", "One person registered twice")},
    {"stock_below_zero", QT_TRANSLATE_NOOP("Inbox", "Less than nothing in stock")},
};

QString ruleWords(const InboxItem &item)
{
    for (const Rule &rule : kRules)
        if (rule.rule == item.rule)
            return words(rule.words);
    return words("Look at this");                // a rule of a newer Anteroom: its note says what it is
}

} // namespace

QString opWords(schema::Op op)
{
    switch (op) {
    case schema::Op::Insert: return words("Added");
    case schema::Op::Update: return words("Changed");
    case schema::Op::Delete: return words("Archived");
    case schema::Op::Restore: return words("Restored");
    }
    return {};
}

QString wordsOf(const schema::Table &table, int column, const schema::Value &value, const node::Labels &labels, const ValueStyle &style)
{
    const QString text = valueText(table, column, value, labels, style);
    return text.isEmpty() ? words("nothing") : text;
}

QString inboxTitle(const InboxItem &item)
{
    if (!item.label.isEmpty())
        return item.label;
    if (!item.act.empty())
        return actWords(item.act);
    return item.table ? tableTitle(*item.table) : words("A record of a newer Anteroom");
}

QString inboxWhat(const InboxItem &item)
{
    switch (item.kind) {
    case InboxKind::Difference:
        return item.table ? words("%1: changed at two desks").arg(groupTitle(*item.table, item.group)) : words("Changed at two desks");
    case InboxKind::Deleted: return words("Archived at one desk, changed at another");
    case InboxKind::Check: return ruleWords(item);
    case InboxKind::Review: return words("%1, but not in the records yet").arg(actWords(item.act));
    case InboxKind::Refused: return words("Not taken: %1").arg(item.words);
    }
    return {};
}

QString inboxWho(const InboxItem &item, const InboxWords &w)
{
    const QString when = item.mine.at > 0 ? shortMomentText(item.mine.at, w.today, w.style) : QString();
    const bool two = item.kind == InboxKind::Difference || item.kind == InboxKind::Deleted;
    if (!item.open)
        return joined({decidedHow(item), item.closed.person.isEmpty() ? QString() : nameOf(item.closed, w),
                       item.closed.at > 0 ? shortMomentText(item.closed.at, w.today, w.style) : QString()}, QStringLiteral(" · "));
    if (item.mine.person.isEmpty() && item.mine.device.isEmpty())
        return when;
    return two && !item.theirs.person.isEmpty() ? joined({atDesk(item.mine, w), atDesk(item.theirs, w)}, QStringLiteral(" · "))
                                                : joined({atDesk(item.mine, w), when}, QStringLiteral(" · "));
}

ChipSpec inboxChip(const InboxItem &item)
{
    if (!item.open)
        return {.text = words("Settled"), .hue = Hue::Ok, .icon = QStringLiteral("tick")};
    switch (item.kind) {
    case InboxKind::Difference: return {.text = words("Conflict"), .hue = Hue::Danger};
    case InboxKind::Deleted: return {.text = words("Conflict"), .hue = Hue::Danger};
    case InboxKind::Check: return {.text = words("Check"), .hue = Hue::Priority};
    case InboxKind::Review: return {.text = words("Waits"), .hue = Hue::Urgent};
    case InboxKind::Refused: return {.text = words("Refused"), .hue = Hue::Urgent};
    }
    return {};
}

QString decidedHow(const InboxItem &item)
{
    const auto whose = [&](const InboxBy &by, const char *named, const char *nameless) {
        return by.person.isEmpty() ? words(nameless) : words(named).arg(isolated(by.person));
    };
    if (item.how == "dropped")
        return words("Dropped");
    if (item.how == "sent" || item.how == "resubmitted")
        return words("Sent again");
    if (item.how == "applied")
        return words("Applied again");
    if (item.how == "by_field")
        return words("Chosen field by field");
    if (item.how == "withdrawn" || item.how == "superseded")
        return words("Settled by a later change");
    if (item.kind == InboxKind::Check || item.how.empty())
        return words("Read and closed");
    if (item.kind == InboxKind::Deleted)
        return item.how == "mine" ? words("Archived after all") : words("Kept, not archived");
    return item.how == "mine" ? whose(item.mine, "Kept %1's", "Kept what had lost") : whose(item.theirs, "Kept %1's", "Kept what stood");
}

QString decidedWords(const InboxItem &item, const InboxWords &w)
{
    if (item.open)
        return {};
    const QString when = item.closed.at > 0 ? shortMomentText(item.closed.at, w.today, w.style) : QString();
    if (item.kind == InboxKind::Refused)
        return words("%1 on this PC, %2.").arg(decidedHow(item), when);
    return words("%1 decided this, %2: %3.").arg(isolated(nameOf(item.closed, w)), when, inSentence(decidedHow(item)));
}

QString sideName(const InboxItem &item, bool mine, const InboxWords &w)
{
    const InboxBy &by = mine ? item.mine : item.theirs;
    return samePerson(item) && !by.device.isEmpty() ? by.device : nameOf(by, w);
}

QString sideTitle(const InboxItem &item, bool mine, const InboxWords &w)
{
    const InboxBy &by = mine ? item.mine : item.theirs;
    if (samePerson(item) && !by.device.isEmpty())
        return words("At %1").arg(isolated(by.device));
    if (by.user == w.me && !by.user.isNull())
        return words("Yours");
    if (by.person.isEmpty())
        return mine ? words("Not taken") : words("What stands now");
    return words("%1's").arg(isolated(by.person));
}

QString sideDetail(const InboxBy &by, const InboxWords &w)
{
    return joined({by.device, by.at > 0 ? shortMomentText(by.at, w.today, w.style) : QString()}, QStringLiteral(", "));
}

node::Side firstSide(const InboxItem &item, const Uuid &me)
{
    const bool own = item.kind == InboxKind::Difference && !me.isNull() && item.theirs.user == me && item.mine.user != me;
    return own ? node::Side::Theirs : node::Side::Mine;
}

QString keepWords(const InboxItem &item, bool mine, const InboxWords &w)
{
    const InboxBy &by = mine ? item.mine : item.theirs;
    if (item.kind == InboxKind::Deleted)
        return mine ? words("Archive it") : words("Keep the record");
    if (samePerson(item) && !by.device.isEmpty())
        return words("Keep that of %1").arg(isolated(by.device));
    if (by.user == w.me && !by.user.isNull())
        return words("Keep mine");
    if (by.person.isEmpty())
        return mine ? words("Keep what was not taken") : words("Keep what stands");
    return words("Keep %1's").arg(isolated(by.person));
}

QString inboxSentence(const node::InboxCard &card, const InboxWords &w)
{
    const InboxItem &item = card.item;
    const QString mine = atDesk(item.mine, w), theirs = andAtDesk(item.theirs, w);
    const QString group = item.table ? inSentence(groupTitle(*item.table, item.group)) : QString();
    switch (item.kind) {
    case InboxKind::Difference:
        if (card.happened)
            return words("%1 and %2 both moved it on while they could not hear each other. Both things have happened, so there is nothing to choose: read it and close it.").arg(mine, theirs);
        if (card.now && card.now->deleted())
            return words("%1 changed it (%2) while it was archived at another desk. It is archived on every PC; keeping the change brings the record back.").arg(mine, group);
        return words("%1 changed it (%2) while %3 changed the same. Until somebody chooses, every PC shows %4.")
            .arg(mine, group, theirs, item.theirs.user == w.me && !item.theirs.user.isNull() ? words("yours") : item.theirs.person.isEmpty() ? words("what stood") : words("%1's").arg(isolated(item.theirs.person)));
    case InboxKind::Deleted:
        return words("%1 archived it while %2 changed it. It was kept, so that nobody's work is lost.").arg(mine, theirs);
    case InboxKind::Check: return words("%1. %2").arg(ruleWords(item), item.words);
    case InboxKind::Review: return words("%1 did this. It did not fit what another desk had saved meanwhile, so nothing of it is in the records yet. %2").arg(mine, item.words);
    case InboxKind::Refused: return words("%1 did this on this PC. The host did not take it, so no other PC has it.").arg(mine);
    }
    return {};
}

} // namespace anteroom::ui
