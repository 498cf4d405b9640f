// Deciding: one act for each thing, saved or told why not. Several that are picked are decided one after the other, so that
// one that somebody else settled takes nothing with it.

#include "core/when_ready.h"
#include "ui/conflicts/inbox_model.h"
#include "ui/desk/undo.h"

#include <algorithm>

namespace anteroom::ui {

using node::InboxKind;
using node::Side;

namespace {

// Where a key alone decides: two pictures, or a record that one side keeps.
bool sided(const node::InboxCard &card, Side side)
{
    if (card.item.kind == InboxKind::Deleted)
        return side == Side::Theirs;
    return card.item.kind == InboxKind::Difference && (!card.happened || side == Side::Theirs);
}

Result<node::Act> actOf(const node::InboxCard &card, Side side, const node::Decider &who)
{
    return card.item.kind == InboxKind::Deleted ? node::readAndClose(card, {}, who) : node::decide(card, std::vector(card.mine.size(), side), who);
}

} // namespace

Side InboxModel::side(bool first) const
{
    const Side leads = m_card ? firstSide(m_card->item, decider().user) : Side::Mine;
    return first ? leads : leads == Side::Mine ? Side::Theirs : Side::Mine;
}

int InboxModel::decidable(bool first) const
{
    return static_cast<int>(std::ranges::count_if(m_picked, [&](const Picked &p) { return p.kind == InboxKind::Difference || (p.kind == InboxKind::Deleted && !first); }));
}

bool InboxModel::allMine() const
{
    const Uuid me = decider().user;
    return std::ranges::all_of(m_picked, [&](const Picked &p) {
        const int row = m_list.rowOf(p.id);
        return p.kind != InboxKind::Difference || (row >= 0 && !me.isNull() && (m_list.at(row).mine.user == me || m_list.at(row).theirs.user == me));
    });
}

void InboxModel::keep(bool first)
{
    if (m_busy || m_picked.empty())
        return;
    if (m_picked.size() > 1) {
        m_many = Many{m_picked, first, allMine(), 0, {}};
        setBusy(true);
        return keepNext();
    }
    const Side side = this->side(first);
    if (!m_card || !m_card->item.open || !sided(*m_card, side))
        return;
    if (const QString why = side == Side::Mine ? whyNotMine() : QString(); !why.isEmpty())
        return tell(why);
    std::ranges::fill(m_sides, side);
    send(actOf(*m_card, side, decider()), tr("the choice for %1").arg(title()), tr("%1: %2.").arg(title(), inSentence(keepWords(m_card->item, side == Side::Mine, words()))));
}

void InboxModel::saveChoice()
{
    if (m_busy || !m_card || !m_card->item.open || m_card->item.kind != InboxKind::Difference)
        return;
    const bool mine = std::ranges::any_of(m_sides, [](Side s) { return s == Side::Mine; });
    if (const QString why = mine ? whyNotMine() : QString(); !why.isEmpty())
        return tell(why);
    m_touched = true;
    send(node::decide(*m_card, m_sides, decider()), tr("the choice for %1").arg(title()), tr("%1 is saved as chosen.").arg(title()));
}

void InboxModel::archive(const QString &reason)
{
    if (m_card && !m_busy)
        send(node::deleteAfterAll(*m_card, reason, decider()), tr("archiving %1").arg(title()), tr("%1 is archived.").arg(title()));
}

void InboxModel::close(const QString &note)
{
    if (m_card && !m_busy)
        send(node::readAndClose(*m_card, note, decider()), tr("closing %1").arg(title()), tr("%1 is settled.").arg(title()));
}

void InboxModel::apply()
{
    if (m_card && !m_busy)
        send(node::applyAgain(*m_card, decider()), tr("what was applied to %1").arg(title()), tr("%1: applied.").arg(title()));
}

void InboxModel::drop(const QString &reason)
{
    if (!m_card || m_busy)
        return;
    if (m_card->item.kind != InboxKind::Refused)
        return send(node::dropReview(*m_card, reason, decider()), tr("dropping %1").arg(title()), tr("%1 is dropped. It stays readable under Settled.").arg(title()));
    setBusy(true);
    whenReady(m_context.replica.commands().dropRefused(m_card->item.id, reason), this, [this, id = m_card->item.id, name = title()](const Result<void> &result) {
        if (!result)
            return refuse(id, result.error().detail);
        Q_EMIT said(tr("%1 is dropped. It stays readable under Settled.").arg(name));
        done(id);
    });
}

void InboxModel::sendAgain(const std::vector<node::Rewritten> &values)
{
    if (!m_card || m_busy)
        return;
    const auto act = node::againWith(*m_card, values);
    if (!act)
        return tell(act.error().detail);
    setBusy(true);
    m_touched = true;
    const Sending sending{m_card->item.id, *act, tr("sending %1 again").arg(title()), tr("%1 is saved and goes to the host.").arg(title())};
    whenReady(m_context.replica.commands().sendAgain(sending.id, *act), this, [this, sending](const Result<node::SaveOutcome> &result) { onSaved(result, sending); });
}

void InboxModel::send(const Result<node::Act> &act, const QString &undo, const QString &words)
{
    if (!act)
        return tell(act.error().detail);
    setBusy(true);
    const Sending sending{m_card->item.id, *act, undo, words};
    whenReady(m_context.replica.commands().save(*act), this, [this, sending](const Result<node::SaveOutcome> &result) { onSaved(result, sending); });
}

void InboxModel::onSaved(const Result<node::SaveOutcome> &result, const Sending &sending)
{
    if (!result)
        return refuse(sending.id, result.error().detail);
    if (result->saved) {
        m_context.undo.remember(sending.undo, sending.act, *result, sending.said);
        return done(sending.id);
    }
    QString who;
    for (const node::Difference &d : result->differences)
        if (!d.changedBy.isEmpty())
            who = d.changedBy;
    refuse(sending.id, who.isEmpty() ? tr("It was changed meanwhile. Nothing was saved; look at what stands now and choose again.")
                                     : tr("%1 changed it meanwhile. Nothing was saved; look at what stands now and choose again.").arg(isolated(who)));
}

// Told where it was decided; who looks at another one by now is told of which it is said.
void InboxModel::refuse(const Uuid &id, const QString &words)
{
    const bool here = m_card && m_card->item.id == id;
    const int row = m_list.rowOf(id);
    m_told = here || row < 0 ? words : tr("%1: %2").arg(inboxTitle(m_list.at(row)), words);
    m_touched = m_touched || here;
    readCard();                                          // says who decided, where somebody did
    setBusy(false);
}

void InboxModel::done(const Uuid &id)
{
    m_mine.insert(id);
    m_told.clear();
    m_touched = false;
    setBusy(false);
    readLists();
    Q_EMIT settled(id);
}

// ---- several ---------------------------------------------------------------------------------

void InboxModel::keepNext()
{
    if (m_many->left.empty()) {
        const Many many = *std::exchange(m_many, std::nullopt);
        QString words = many.saved == 1 ? tr("1 is settled.") : tr("%1 are settled.").arg(many.saved);
        if (!many.kept.isEmpty())
            words += QLatin1Char(' ') + tr("Still open: %1").arg(many.kept.join(QStringLiteral(" · ")));
        setBusy(false);
        readLists();
        if (many.kept.isEmpty())
            Q_EMIT said(words);
        else
            tell(words);
        return;
    }
    const Picked next = m_many->left.front();
    m_many->left.erase(m_many->left.begin());
    whenReady(m_context.replica.queries().inboxCard(next.kind, next.id), this, [this](const Result<node::InboxCard> &card) {
        // Without a side in each of them the first key puts back what was not taken, as its words say.
        const bool leads = card && m_many->own && firstSide(card->item, decider().user) == Side::Theirs;
        const Side side = m_many->first != leads ? Side::Mine : Side::Theirs;
        if (card && card->item.open && sided(*card, side))
            return keepOne(*card, side);
        m_many->kept.append(card ? inboxTitle(card->item) : card.error().detail);
        keepNext();
    });
}

void InboxModel::keepOne(const node::InboxCard &card, Side side)
{
    const auto act = actOf(card, side, decider());
    if (!act) {
        m_many->kept.append(inboxTitle(card.item));
        return keepNext();
    }
    whenReady(m_context.replica.commands().save(*act), this, [this, act = *act, id = card.item.id, name = inboxTitle(card.item)](const Result<node::SaveOutcome> &result) {
        if (result && result->saved) {
            m_context.undo.remember(tr("the choice for %1").arg(name), act, *result, tr("%1 is settled.").arg(name));
            m_mine.insert(id);
            ++m_many->saved;
        } else {
            m_many->kept.append(result ? name : tr("%1 (%2)").arg(name, result.error().detail));
        }
        keepNext();
    });
}

} // namespace anteroom::ui
