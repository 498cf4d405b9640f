// The part of the form model that writes: values from texts, the act, its answer, undo, and the draft.
#include "ui/records/record_form_model.h"

#include "domain/birth_date.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patients.h"
#include "ui/desk/undo.h"
#include "core/when_ready.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr auto at(int column) { return static_cast<std::size_t>(column); }

void addBirth(const QString &text, const TextContext &context, std::vector<schema::ColumnValue> &out)
{
    using schema::tables::patients;
    const auto birth = domain::parseBirthDate(text, context.today);
    if (!birth)
        return;
    const bool known = !birth->date.empty(), told = known && birth->precision == domain::BirthPrecision::Age;
    out.push_back({schema::col(patients, "birth_precision"), known ? schema::Value{std::string(domain::toText(birth->precision))} : schema::Value{}});
    out.push_back({schema::col(patients, "birth_captured_on"), told ? schema::text(context.today.toString(Qt::ISODate)) : schema::Value{}});
}

} // namespace

// What the person wrote, without what follows from it. Texts that cannot be read yet are left out.
std::vector<schema::ColumnValue> RecordFormModel::typedValues() const
{
    const TextContext context = textContext();
    std::vector<schema::ColumnValue> out;
    if (isNew())
        for (const schema::ColumnValue &known : m_preset)
            if (fieldKind(*m_table, known.column) == FieldKind::Hidden)
                out.push_back(known);
    for (const FieldSpec &field : m_fields) {
        const QString typed = text(field.column);
        if (!mayWrite(field.column) || (isNew() ? typed.isEmpty() : typed == m_start[at(field.column)]))
            continue;
        const auto value = fieldValue(*m_table, field.column, typed, context);
        if (!value)
            continue;
        out.push_back({field.column, *value});
        if (field.kind == FieldKind::Birth)
            addBirth(typed, context, out);
    }
    return out;
}

schema::Row RecordFormModel::rowAsTyped() const
{
    schema::Row row = m_shown ? *m_shown : schema::emptyRow(*m_table, m_id);
    std::vector<schema::ColumnValue> values = typedValues();
    for (const schema::ColumnValue &each : values)
        row[each.column] = each.value;
    if (!isNew() && values.empty())
        return row;
    values.clear();
    addDerived(*m_table, row, m_values.style(), values);
    for (const schema::ColumnValue &each : values)
        row[each.column] = each.value;
    return row;
}

QString RecordFormModel::shownText(int column) const
{
    const bool computed = schema::columnAt(*m_table, column).group != schema::kHostFilled;
    if (!computed)
        return m_shown ? valueText(*m_table, column, (*m_shown)[column], m_labels, m_values.style()) : QString();
    return valueText(*m_table, column, rowAsTyped()[column], m_labels, m_values.style());
}

QString RecordFormModel::title() const
{
    if (!m_table)
        return {};
    if (isNew())
        return tr("New %1", "kind of record").arg(inSentence(tableTitle(*m_table)));
    const QString label = labelOf(m_id);
    return label.isEmpty() ? tableTitle(*m_table) : label;
}

QString RecordFormModel::subtitle() const
{
    if (!m_shown || m_state == State::Loading || m_state == State::Nothing)
        return {};
    const QString by = byWords(*m_shown);
    return by.isEmpty() ? tableTitle(*m_table) : tr("%1 · changed: %2", "kind of record; person and time").arg(tableTitle(*m_table), by);
}

void RecordFormModel::setState(State state, const QString &failure)
{
    m_state = state;
    m_failure = failure;
    if (state == State::Ready && m_table && dirty() && !m_draftTimer.isActive())
        m_draftTimer.start();                                    // typed on while it was saved, or not saved after all
    Q_EMIT stateChanged();
}

void RecordFormModel::save()
{
    if (m_state != State::Ready || !whyReadOnly().isEmpty() || !checkAll())
        return;
    if (std::any_of(m_differences.begin(), m_differences.end(), [](const GroupDifference &d) { return d.choice == GroupDifference::Choice::Open; }))
        return setState(State::Ready, tr("Choose for each difference which of the two is kept, then save."));
    std::vector<schema::ColumnValue> values = typedValues();
    m_taken = m_texts;
    if (!isNew() && values.empty()) {
        const schema::Row row = *m_shown;
        return done(row);
    }
    addDerived(*m_table, rowAsTyped(), m_values.style(), values);
    node::Act act{.name = isNew() ? "record.add" : "record.change", .changes = {}};
    if (isNew()) {
        m_id = schema::naturalIdOf(*m_table, values).value_or(m_id);
        act.changes.push_back(schema::makeInsert(*m_table, m_id, values));
    } else {
        act.changes.push_back(schema::makeUpdate(*m_table, *m_shown, values));
        if (act.changes.front().groups.empty()) {
            const schema::Row row = *m_shown;
            return done(row);
        }
    }
    const QString kind = inSentence(tableTitle(*m_table));
    if (isNew())
        send(std::move(act), tr("new %1", "kind of record, after Undo").arg(kind), tr("Saved: new %1.", "kind of record").arg(kind));
    else
        send(std::move(act), tr("change of %1", "what a record is called, after Undo").arg(title()), tr("Saved: %1.", "what a record is called").arg(title()));
}

void RecordFormModel::archive(const QString &reason)
{
    if (!mayArchive() || reason.simplified().isEmpty())
        return;
    m_taken = m_start;
    node::Act act{.name = "record.delete", .changes = {schema::makeDelete(*m_table, *m_shown, reason.simplified().toStdString())}};
    send(std::move(act), tr("archiving of %1", "after Undo").arg(title()), tr("Archived: %1.").arg(title()));
}

void RecordFormModel::restore()
{
    if (!mayRestore())
        return;
    m_taken = m_start;
    node::Act act{.name = "record.restore", .changes = {schema::makeRestore(*m_table, *m_shown)}};
    send(std::move(act), tr("restoring of %1", "after Undo").arg(title()), tr("Restored: %1.").arg(title()));
}

void RecordFormModel::send(node::Act act, const QString &words, const QString &said)
{
    if (m_taken != m_start)
        keepDraft();                                             // the form may be left before the answer, and the answer be no
    setState(State::Saving);
    const bool takes = m_taken != m_start;
    const bool ticket = act.changes.front().op == schema::Op::Insert && m_table->number == schema::tables::active_patient_queue.number;
    if (ticket) {                                                // the host gives the number
        whenReady(m_context.replica.commands().takeTicket(act), this, [this, act, words, said, key = key(), ownId = m_ownId, turn = m_turn](const Result<node::ClaimOutcome> &result) {
            if (result)
                m_context.undo.remember(words, act, said);
            if (turn != m_turn)
                return result ? savedElsewhere(key, ownId, turn) : void();
            if (!result)
                return onError(result.error());
            eraseDraft();
            m_texts = m_start;
            open(*m_table, m_id);
            Q_EMIT saved(m_table, m_id);
        });
        return;
    }
    whenReady(m_context.replica.commands().save(act), this, [this, act, words, said, key = takes ? key() : QString(), ownId = m_ownId, turn = m_turn](const Result<node::SaveOutcome> &result) {
        const bool saved = result && result->saved;
        if (saved)
            m_context.undo.remember(words, act, *result, said);
        if (turn == m_turn)
            onSaved(result, act);
        else if (saved && !key.isEmpty())
            savedElsewhere(key, ownId, turn);
    });
}

// The answer came when the form showed something else: what was saved is no draft any more.
void RecordFormModel::savedElsewhere(const QString &key, const Uuid &ownId, int turn)
{
    if (turn == m_typedOn)
        return;                                                  // more was typed before it was left
    m_context.replica.drafts().erase(key);
    if (!isNew() || m_ownId != ownId)
        return;
    m_texts = m_start;                                           // its draft was just brought back
    open(*m_table, m_id);
}

void RecordFormModel::onSaved(const Result<node::SaveOutcome> &result, const node::Act &act)
{
    if (!result)
        return onError(result.error());
    const auto row = std::find_if(result->rows.begin(), result->rows.end(), [&](const schema::Row &r) { return r.id == m_id; });
    const bool known = row != result->rows.end();
    if (result->saved) {
        if (known)
            return done(*row);
        eraseDraft();
        m_texts = m_start;
        open(*m_table, m_id);
        Q_EMIT saved(m_table, m_id);
        return;
    }
    if (act.changes.front().op == schema::Op::Insert)
        return setState(State::Ready, tr("There is a record with these values already. Open that one, or write others."));
    if (!known)
        return setState(State::Ready, tr("Another desk changed this record. Save again."));
    m_state = State::Ready;
    follow(*row, result->differences);
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    setState(State::Ready, archived() ? QString() : tr("Another desk changed it meanwhile. Nothing is saved yet."));
}

void RecordFormModel::done(const schema::Row &row)
{
    // Only what was there when it was saved is taken in: what was typed on since stays, and archiving takes in nothing.
    const std::vector<QString> typed = m_texts, taken = m_taken;
    eraseDraft();
    m_differences.clear();
    m_mine.clear();
    m_fresh.clear();
    m_restored = false;
    showRow(row);
    for (std::size_t i = 0; i < typed.size(); ++i)
        if (typed[i] != taken[i])
            m_texts[i] = typed[i];
    setState(State::Ready);
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    refresh();
    Q_EMIT saved(m_table, m_id);
}

void RecordFormModel::onError(const Error &error)
{
    m_state = State::Ready;
    for (const FieldSpec &field : m_fields) {
        const std::string_view name = schema::columnAt(*m_table, field.column).name;
        const QString subject = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        if (error.subject != subject || !mayWrite(field.column))
            continue;
        QString words = error.detail;
        if (words.startsWith(subject + QLatin1Char(':')))
            words = words.mid(subject.size() + 1).trimmed();      // the field says its own name
        if (!words.isEmpty())
            words[0] = words.at(0).toUpper();
        m_errors[at(field.column)] = words;
        Q_EMIT marksChanged();
        return setState(State::Ready);
    }
    setState(State::Ready, error.detail);
}

QString RecordFormModel::key() const { return draftKey(*m_table, m_shown ? std::optional(m_id) : std::nullopt, m_preset); }

// The program may have ended after the record was saved and before its draft was erased: then it is there, and no draft.
void RecordFormModel::takeNewDraft(const RecordDraft &draft)
{
    whenReady(m_context.replica.queries().record(*m_table, draft.id), this, [this, draft, turn = m_turn](const Result<std::optional<schema::Row>> &row) {
        if (turn != m_turn || dirty() || !isNew())
            return;
        if (row && *row)
            m_context.replica.drafts().erase(key());
        else
            bringBack(draft);
    });
}

void RecordFormModel::keepDraft()
{
    m_draftTimer.stop();
    if (!m_table || m_state == State::Loading || m_state == State::Nothing)
        return;
    if (!dirty()) {
        if (m_hasDraft)
            eraseDraft();
        return;
    }
    RecordDraft draft{.id = isNew() ? m_ownId : m_id, .shown = m_shown, .typed = {}};
    for (const FieldSpec &field : m_fields)
        if (text(field.column) != m_start[at(field.column)])
            draft.typed[field.column] = text(field.column);
    m_hasDraft = true;
    m_context.replica.drafts().put(key(), encodeDraft(*m_table, draft));
}

void RecordFormModel::eraseDraft()
{
    m_draftTimer.stop();
    if (std::exchange(m_hasDraft, false))
        m_context.replica.drafts().erase(key());
}

} // namespace anteroom::ui
