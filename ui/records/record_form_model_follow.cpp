// The part of the form model that follows other desks: what nobody typed in, what two typed at once, what was archived.
#include "ui/records/record_form_model.h"

#include "schema/registry.h"
#include "core/when_ready.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr auto at(int column) { return static_cast<std::size_t>(column); }

} // namespace

void RecordFormModel::onNotice(const node::ChangeNotice &rows)
{
    if (!m_table || isNew() || m_state == State::Nothing || m_state == State::Loading)
        return;
    const bool mine = rows.empty() || std::any_of(rows.begin(), rows.end(), [&](const node::ChangedRow &row) {
        const std::string_view name = row.table->name;
        return row.id == m_id || (concernsBill() && (name == "patient_bills" || name == "bill_items" || name == "payments"));
    });
    if (mine)
        refresh();
}

void RecordFormModel::refresh()
{
    if (std::exchange(m_reading, true)) {
        m_again = true;
        return;
    }
    whenReady(m_context.replica.queries().recordCard(*m_table, m_id), this, [this, turn = m_turn](const Result<node::RecordCard> &card) {
        if (turn != m_turn)
            return;
        m_reading = false;
        if (card && m_state == State::Ready)                     // while it is saved, the save looks at the row itself
            take(*card);
        if (std::exchange(m_again, false))
            refresh();
    });
}

void RecordFormModel::take(const node::RecordCard &card)
{
    for (const auto &[id, label] : card.labels)
        m_labels[id] = label;
    m_bill = card.bill;
    follow(card.row, {});
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    Q_EMIT stateChanged();
}

bool RecordFormModel::groupTyped(schema::GroupNo group) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [&](const FieldSpec &field) {
        return schema::columnAt(*m_table, field.column).group == group && m_texts[at(field.column)] != m_start[at(field.column)];
    });
}

QString RecordFormModel::groupWords(const schema::Row &row, schema::GroupNo group) const
{
    QStringList parts;
    std::vector<int> columns;
    for (const FieldSpec &field : m_fields)
        if (schema::columnAt(*m_table, field.column).group == group)
            columns.push_back(field.column);
    for (const int column : columns) {
        const QString value = cellText(*m_table, column, row, m_labels, m_values.style());
        if (value.isEmpty())
            continue;
        parts.append(columns.size() == 1 ? value : tr("%1: %2", "field and value").arg(columnTitle(*m_table, column), value));
    }
    return parts.isEmpty() ? tr("nothing") : parts.join(QLatin1Char('\n'));
}

QString RecordFormModel::byWords(const schema::Row &row) const
{
    const std::int64_t when = schema::toInt(row[schema::kUpdatedAt]);
    const QString who = labelOf(schema::toUuid(row[schema::kUpdatedBy]));
    const QString at = when ? shortMomentText(when, m_values.today(), m_values.style()) : QString();
    return who.isEmpty() ? at : at.isEmpty() ? who : tr("%1, %2", "person and time").arg(who, at);
}

// The row as it is now. Groups that nobody typed in are taken over; the others wait for a choice.
void RecordFormModel::follow(const schema::Row &now, const std::vector<node::Difference> &told)
{
    const TextContext context = textContext();
    const schema::Row mine = rowAsTyped();
    schema::Row shown = *m_shown;
    for (int i = 0; i < schema::kStandardCount; ++i)
        shown[i] = now[i];
    for (const int column : schema::groupColumns(*m_table, schema::kHostFilled))
        shown[column] = now[column];
    std::vector<GroupDifference> found;
    for (const schema::Group &group : m_table->groups) {
        const auto before = schema::groupValues(*m_table, *m_shown, group.number), theirs = schema::groupValues(*m_table, now, group.number);
        const bool typed = groupTyped(group.number);
        if (before == theirs) {
            const auto known = std::find_if(m_differences.begin(), m_differences.end(), [&](const GroupDifference &d) { return d.group == group.number; });
            if (known != m_differences.end() && known->choice != GroupDifference::Choice::Open)
                found.push_back(*known);                          // chosen already, not saved yet
            continue;
        }
        if (typed && schema::groupValues(*m_table, mine, group.number) != theirs) {
            GroupDifference difference{.group = group.number, .title = groupTitle(*m_table, group.number), .before = groupWords(*m_shown, group.number),
                                       .theirs = groupWords(now, group.number), .mine = groupWords(mine, group.number), .theirsBy = byWords(now), .values = theirs};
            for (const node::Difference &each : told)
                if (each.group == group.number && !each.changedBy.isEmpty())
                    difference.theirsBy = each.changedAt ? tr("%1, %2", "person and time").arg(each.changedBy, shortMomentText(each.changedAt, context.today, context.style)) : each.changedBy;
            m_mine.erase(group.number);
            found.push_back(std::move(difference));
            continue;
        }
        schema::setGroupValues(*m_table, shown, group.number, theirs);
        m_fresh[group.number] = byWords(now);
    }
    m_differences = std::move(found);
    m_shown = std::move(shown);
    for (const FieldSpec &field : m_fields) {
        const schema::GroupNo group = schema::columnAt(*m_table, field.column).group;
        const bool open = std::any_of(m_differences.begin(), m_differences.end(), [&](const GroupDifference &d) { return d.group == group && d.choice == GroupDifference::Choice::Open; });
        if (open)
            continue;
        const QString fresh = fieldText(*m_table, field.column, *m_shown, context);
        const bool typed = m_texts[at(field.column)] != m_start[at(field.column)];
        m_start[at(field.column)] = fresh;
        if (!typed)
            m_texts[at(field.column)] = fresh;
    }
    if (m_hasDraft || dirty())
        m_draftTimer.start();                                     // the draft knows what the row is now
}

void RecordFormModel::choose(std::size_t number, GroupDifference::Choice choice)
{
    if (number >= m_differences.size() || m_differences[number].choice == choice || m_state != State::Ready)
        return;
    GroupDifference &difference = m_differences[number];
    const bool first = difference.choice == GroupDifference::Choice::Open;
    if (first)                                                    // from now on theirs is what was shown
        schema::setGroupValues(*m_table, *m_shown, difference.group, difference.values);
    difference.choice = choice;
    const TextContext context = textContext();
    auto &mine = m_mine[difference.group];
    for (const FieldSpec &field : m_fields) {
        if (schema::columnAt(*m_table, field.column).group != difference.group)
            continue;
        QString &text = m_texts[at(field.column)], &start = m_start[at(field.column)];
        start = fieldText(*m_table, field.column, *m_shown, context);
        if (first)
            mine[field.column] = text;                            // of the whole group: it is one thing
        text = choice == GroupDifference::Choice::Theirs ? start : mine[field.column];
    }
    m_draftTimer.start();
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    setState(State::Ready);
}

QString RecordFormModel::freshBy(int column) const
{
    const auto it = m_fresh.find(schema::columnAt(*m_table, column).group);
    return it == m_fresh.end() || inDifference(column) ? QString() : it->second.isEmpty() ? tr("another desk") : it->second;
}

bool RecordFormModel::inDifference(int column) const
{
    const schema::GroupNo group = schema::columnAt(*m_table, column).group;
    return std::any_of(m_differences.begin(), m_differences.end(), [&](const GroupDifference &d) { return d.group == group && d.choice == GroupDifference::Choice::Open; });
}

QString RecordFormModel::archivedWords() const
{
    const schema::Row &row = *m_shown;
    const QString when = shortMomentText(schema::toInt(row[schema::kDeletedAt]), m_values.today(), m_values.style());
    const QString who = labelOf(schema::toUuid(row[schema::kUpdatedBy]));
    const QString said = who.isEmpty() ? tr("Archived %1.").arg(when) : tr("Archived %1 by %2.").arg(when, who);
    const QString why = schema::toQString(row[schema::kDeletedReason]);
    return why.isEmpty() ? said : tr("%1 %2", "two sentences").arg(said, tr("Reason: %1").arg(why));
}

} // namespace anteroom::ui
