// The part of the form model that deals with another desk: refreshing what was not typed, and two values of one group.
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form_model.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <set>

namespace anteroom::ui {
namespace {

schema::GroupNo groupOf(PatientField field) { return schema::columnAt(kPatients, columnOf(field)).group; }

GroupConflict conflictOf(const node::Difference &difference)
{
    const auto words = [&](const std::vector<schema::Value> &values) {
        schema::Row row = schema::emptyRow(kPatients, difference.id);
        if (!values.empty())
            schema::setGroupValues(kPatients, row, difference.group, values);
        return groupWords(row, difference.group);
    };
    GroupConflict out{.group = difference.group,
                      .title = groupTitle(difference.group),
                      .before = words(difference.shown),
                      .theirs = words(difference.now),
                      .mine = words(difference.mine)};
    const QString when = difference.changedAt ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(difference.changedAt).time(), QStringLiteral("HH:mm")) : QString();
    out.theirsBy = difference.changedBy.isEmpty() ? when : when.isEmpty() ? difference.changedBy : QString(difference.changedBy + QStringLiteral(", ") + when);
    return out;
}

constexpr schema::GroupNo kDeleted = 255;            // node::Difference: the row was deleted meanwhile

} // namespace

void PatientFormModel::onDiffers(const node::SaveOutcome &outcome)
{
    m_conflicts.clear();
    bool gone = false;
    for (const node::Difference &difference : outcome.differences) {
        if (difference.table != &kPatients || difference.id != m_id)
            continue;
        gone = gone || difference.group == kDeleted;
        if (difference.group != kDeleted)
            m_conflicts.push_back(conflictOf(difference));
    }
    if (gone)
        return setState(State::Editing, tr("This person was taken off the list at another desk. What you typed stays here until you leave."));
    const auto now = std::find_if(outcome.rows.begin(), outcome.rows.end(), [&](const schema::Row &row) { return row.id == m_id; });
    if (now == outcome.rows.end() || m_conflicts.empty())
        return setState(State::Editing, tr("Another desk changed this person. Save again."));
    m_now = *now;
    // Groups that nobody typed in show the row as it is now.
    std::set<schema::GroupNo> kept;
    for (const GroupConflict &conflict : m_conflicts)
        kept.insert(conflict.group);
    for (int n = 0; n < kPatientFieldCount; ++n) {
        const auto field = static_cast<PatientField>(n);
        const auto i = static_cast<std::size_t>(n);
        if (m_texts[i] == m_start[i] && !kept.contains(groupOf(field)))
            m_texts[i] = m_start[i] = fieldText(*m_now, field, today());
    }
    Q_EMIT textsChanged();
    setState(State::Differs);
}

bool PatientFormModel::differs(PatientField field) const
{
    return m_state == State::Differs && std::any_of(m_conflicts.begin(), m_conflicts.end(), [field](const GroupConflict &conflict) {
               return conflict.group == groupOf(field) && conflict.choice == GroupConflict::Choice::Open;
           });
}

void PatientFormModel::choose(std::size_t number, GroupConflict::Choice choice)
{
    if (number >= m_conflicts.size() || !m_now)
        return;
    GroupConflict &conflict = m_conflicts[number];
    if (conflict.choice == choice)
        return;
    conflict.choice = choice;
    if (choice == GroupConflict::Choice::Theirs) {
        // What was typed stays in the conflict's own words; the fields show what will be kept.
        for (int n = 0; n < kPatientFieldCount; ++n) {
            const auto field = static_cast<PatientField>(n);
            if (groupOf(field) != conflict.group)
                continue;
            m_mine[static_cast<std::size_t>(n)] = m_texts[static_cast<std::size_t>(n)];
            m_texts[static_cast<std::size_t>(n)] = fieldText(*m_now, field, today());
        }
    } else {
        for (int n = 0; n < kPatientFieldCount; ++n)
            if (groupOf(static_cast<PatientField>(n)) == conflict.group && m_mine[static_cast<std::size_t>(n)])
                m_texts[static_cast<std::size_t>(n)] = *std::exchange(m_mine[static_cast<std::size_t>(n)], std::nullopt);
    }
    Q_EMIT textsChanged();
    setState(State::Differs);
}

void PatientFormModel::refresh(const schema::Row &now)
{
    if (!m_shown || now.id != m_id || m_state != State::Editing)
        return;                                      // while two values are compared, saving looks at the row again
    std::set<schema::GroupNo> typed;
    for (int n = 0; n < kPatientFieldCount; ++n)
        if (m_texts[static_cast<std::size_t>(n)] != m_start[static_cast<std::size_t>(n)])
            typed.insert(groupOf(static_cast<PatientField>(n)));
    schema::Row shown = now;
    for (const schema::Group &group : kPatients.groups)
        if (typed.contains(group.number))
            schema::setGroupValues(kPatients, shown, group.number, schema::groupValues(kPatients, *m_shown, group.number));
    m_shown = shown;
    for (int n = 0; n < kPatientFieldCount; ++n) {
        const auto i = static_cast<std::size_t>(n);
        if (!typed.contains(groupOf(static_cast<PatientField>(n))))
            m_texts[i] = m_start[i] = fieldText(now, static_cast<PatientField>(n), today());
    }
    Q_EMIT textsChanged();
}

} // namespace anteroom::ui
