#include "ui/conflicts/inbox_model.h"

#include "core/when_ready.h"
#include "schema/registry.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

using node::InboxKind;
using node::Side;

bool ofInbox(const schema::Table *table) { return table == &schema::tables::sync_conflicts || table == &schema::tables::sync_reviews; }

} // namespace

InboxModel::InboxModel(const Context &context, QObject *parent) : QObject(parent), m_context(context), m_values(context)
{
    connect(&context.replica, &node::Replica::changed, this, &InboxModel::onNotice);
    connect(&context.replica, &node::Replica::statusChanged, this, [this] {
        if (std::exchange(m_refused, m_context.replica.status().rejected) != m_refused)      // they are no rows that a notice names
            readLists();
    });
    connect(&context.replica.session(), &session::CurrentSession::changed, this, [this] {
        pick({});
        readLists();
    });
    connect(&m_values, &ClinicValues::changed, this, [this] {
        m_list.setWords(words());
        Q_EMIT cardChanged();
    });
    m_list.setWords(words());
    readLists();
}

InboxWords InboxModel::words() const { return {m_values.style(), m_values.today(), m_context.replica.session().session().user}; }

TextContext InboxModel::textContext() const { return {m_values.style(), m_values.today(), m_context.clock.utcMs()}; }

node::Decider InboxModel::decider() const { return {m_context.replica.session().session().user, m_context.clock.utcMs()}; }

QString InboxModel::title() const { return m_card ? inboxTitle(m_card->item) : QString(); }

// ---- the list -------------------------------------------------------------------------------

void InboxModel::setClosed(bool closed)
{
    if (m_closed == closed)
        return;
    m_closed = closed;
    m_loaded = false;
    pick({});
    m_list.become({});
    readLists();
}

void InboxModel::onNotice(const node::ChangeNotice &rows)
{
    const bool all = rows.empty();
    if (all || std::ranges::any_of(rows, [](const node::ChangedRow &r) { return ofInbox(r.table); }))
        readLists();
    if (!m_card)
        return;
    const auto seen = [this](const node::ChangedRow &r) {
        return r.id == m_card->item.id || r.id == m_card->item.subject
            || std::ranges::any_of(m_card->entry.changes, [&](const schema::Change &c) { return c.id == r.id; });
    };
    if (all || std::ranges::any_of(rows, seen))
        readCard();
}

void InboxModel::readLists()
{
    ++m_asked;
    m_list.setWords(words());
    readList(false);
    if (m_closed)
        readList(true);
}

void InboxModel::readList(bool closed)
{
    whenReady(m_context.replica.queries().inbox({.closed = closed}), this, [this, closed, asked = m_asked](const Result<node::InboxList> &list) {
        if (asked != m_asked)
            return;
        if (list)
            takeList(closed, *list);
        else
            tell(list.error().detail);
    });
}

void InboxModel::takeList(bool closed, node::InboxList list)
{
    if (!closed) {
        const int waiting = static_cast<int>(list.items.size());
        m_elsewhere = list.elsewhere;
        for (const node::InboxItem &item : list.items)
            m_mine.erase(item.id);                       // its decision was taken back
        if (std::exchange(m_waiting, waiting) != waiting)
            Q_EMIT waitingChanged(waiting);
    }
    if (closed == m_closed) {
        // What somebody else settled while it is looked at stays where it is until the person goes on.
        const int row = m_picked.size() == 1 ? m_list.rowOf(m_picked.front().id) : -1;
        if (!closed && row >= 0 && !m_mine.contains(m_list.at(row).id) && std::ranges::find(list.items, m_list.at(row).id, &node::InboxItem::id) == list.items.end()) {
            node::InboxItem item = m_list.at(row);
            item.open = false;
            list.items.insert(list.items.begin() + std::min<std::ptrdiff_t>(row, std::ssize(list.items)), std::move(item));
        }
        m_more = list.more;
        m_list.become(std::move(list.items));
        m_loaded = true;
    }
    Q_EMIT listChanged();
}

// ---- the one that is looked at --------------------------------------------------------------

void InboxModel::pick(std::vector<Picked> picked)
{
    if (picked == m_picked)
        return;
    const bool same = !picked.empty() && m_card && m_card->item.id == picked.back().id;
    m_picked = std::move(picked);
    m_told.clear();
    if (!same) {
        m_card.reset();
        m_sides.clear();
        m_touched = false;
        Q_EMIT cardChanged();
        readCard();
    } else {
        Q_EMIT cardChanged();
    }
    Q_EMIT stateChanged();
}

void InboxModel::readCard()
{
    ++m_turn;
    if (m_picked.empty())
        return;
    const Picked &wanted = m_picked.back();
    whenReady(m_context.replica.queries().inboxCard(wanted.kind, wanted.id), this, [this, turn = m_turn](const Result<node::InboxCard> &card) {
        if (turn != m_turn)
            return;
        if (card)
            takeCard(*card);
        else
            tell(card.error().detail);
    });
}

void InboxModel::takeCard(node::InboxCard card)
{
    const std::optional<node::InboxCard> before = m_card && m_card->item.id == card.item.id ? m_card : std::nullopt;
    m_card = std::move(card);
    const std::size_t columns = m_card->mine.size();
    if (!before || m_sides.size() != columns)
        m_sides.assign(columns, Side::Theirs);
    if (before && before->item.open && !m_card->item.open && !m_mine.contains(m_card->item.id)) {
        m_told = decidedWords(m_card->item, words());
        if (m_touched || m_busy)
            m_told += QLatin1Char(' ') + tr("Your choice was not saved. It is still shown here.");
    } else if (before && m_touched && before->now != m_card->now) {
        m_told = tr("The record was changed meanwhile. Look at what stands now; your choice is as you made it.");
    } else if (before && before->row != m_card->row && m_card->item.open) {
        m_told = tr("The other desk wrote it once more meanwhile. Look at it again.");
    }
    Q_EMIT cardChanged();
    Q_EMIT stateChanged();
}

std::vector<std::size_t> InboxModel::differing() const
{
    std::vector<std::size_t> out;
    if (!m_card || !m_card->item.table || m_card->item.kind != InboxKind::Difference)
        return out;
    const auto columns = schema::groupColumns(*m_card->item.table, m_card->item.group);
    for (std::size_t i = 0; i < columns.size() && i < m_card->mine.size(); ++i)
        if (fieldKind(*m_card->item.table, columns[i]) != FieldKind::Hidden && (m_card->mine[i] != m_card->theirs[i] || (m_card->now && (*m_card->now)[columns[i]] != m_card->mine[i])))
            out.push_back(i);
    return out;
}

// Columns that nobody reads (what a search needs of a name) go with the first that is read.
void InboxModel::choose(std::size_t column, Side side)
{
    if (column >= m_sides.size() || !m_card || !m_card->item.open)
        return;
    m_sides[column] = side;
    m_touched = true;
    const auto shown = differing();
    if (!shown.empty())
        for (std::size_t i = 0; i < m_sides.size(); ++i)
            if (std::ranges::find(shown, i) == shown.end())
                m_sides[i] = m_sides[shown.front()];
    Q_EMIT stateChanged();
}

QString InboxModel::whyNotMine() const
{
    if (!m_card || !m_card->item.table)
        return tr("A newer Anteroom wrote this record. Update Anteroom on this PC.");
    if (!m_card->now)
        return tr("The record is not on this PC.");
    const auto &session = m_context.replica.session();
    const bool restores = m_card->now->deleted();
    const bool may = m_card->item.kind == InboxKind::Deleted ? session.may(*m_card->item.table, schema::Op::Delete)
                                                             : session.may(*m_card->item.table, schema::Op::Update) && (!restores || session.may(*m_card->item.table, schema::Op::Restore));
    return may ? QString() : tr("Your role may not change this record. Ask somebody whose role may.");
}

void InboxModel::tell(const QString &words)
{
    m_told = words;
    Q_EMIT stateChanged();
}

void InboxModel::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT stateChanged();
}

} // namespace anteroom::ui
