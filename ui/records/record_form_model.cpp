#include "ui/records/record_form_model.h"

#include "domain/permissions.h"
#include "schema/registry.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/payments.h"
#include "schema/tables/users.h"
#include "core/when_ready.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr auto at(int column) { return static_cast<std::size_t>(column); }

} // namespace

RecordFormModel::RecordFormModel(const Context &context, QObject *parent) : QObject(parent), m_context(context), m_values(context)
{
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftMs);
    connect(&m_draftTimer, &QTimer::timeout, this, &RecordFormModel::keepDraft);
    connect(&m_context.replica, &node::Replica::changed, this, &RecordFormModel::onNotice);
    connect(&m_context.replica.session(), &session::CurrentSession::changed, this, &RecordFormModel::stateChanged);
    connect(&m_values, &ClinicValues::changed, this, &RecordFormModel::restyle);
}

TextContext RecordFormModel::textContext() const { return {.style = m_values.style(), .today = m_values.today(), .now = m_context.clock.utcMs()}; }

void RecordFormModel::begin(const schema::Table &table, State state)
{
    keepDraft();
    if (m_state == State::Saving && m_texts != m_taken)
        m_typedOn = m_turn;
    ++m_turn;
    m_table = &table;
    m_shown.reset();
    m_preset.clear();
    m_labels.clear();
    m_bill.reset();
    m_fields = fieldSpecs(table);
    m_texts.assign(at(schema::columnCount(table)), {});
    m_start = m_errors = m_taken = m_texts;
    m_filled.clear();
    m_fresh.clear();
    m_mine.clear();
    m_differences.clear();
    m_loading = {};
    m_hasDraft = m_restored = m_reading = m_again = false;
    m_state = state;
    m_failure.clear();
}

void RecordFormModel::startNew(const schema::Table &table, const std::vector<schema::ColumnValue> &preset)
{
    begin(table, State::Ready);
    m_id = m_ownId = uuidV7(m_context.clock, m_context.random);
    m_preset = preset;
    takeDefaults();
    Q_EMIT opened();
    Q_EMIT stateChanged();
    readBill();
    whenReady(m_context.replica.drafts().read(key()), this, [this, turn = m_turn](const Result<std::optional<node::DraftNote>> &note) {
        if (turn != m_turn || !note || !*note || dirty() || !isNew())
            return;
        if (const auto draft = decodeDraft(*m_table, (*note)->value); draft && !draft->shown)
            takeNewDraft(*draft);
    });
}

void RecordFormModel::takeDefaults()
{
    const TextContext context = textContext();
    schema::Row row = schema::emptyRow(*m_table, m_id);
    for (const Prefill &known : prefill(*m_table, context.now, m_context.replica.session().session().user))
        row[known.column] = known.value;
    for (const schema::ColumnValue &known : m_preset)
        row[known.column] = known.value;
    for (const FieldSpec &field : m_fields) {
        const QString known = fieldText(*m_table, field.column, row, context);
        m_texts[at(field.column)] = known.isEmpty() ? defaultText(*m_table, field.column, context) : known;
        if (const schema::Table *of = referred(field.column); of && !schema::isNull(row[field.column]))
            readLabel(*of, schema::toUuid(row[field.column]));
    }
    m_start = m_texts;
}

void RecordFormModel::open(const schema::Table &table, const Uuid &id)
{
    begin(table, State::Loading);
    m_id = id;
    m_shown = schema::emptyRow(table, id);
    Q_EMIT opened();
    Q_EMIT stateChanged();
    whenReady(m_context.replica.queries().recordCard(table, id), this, [this, turn = m_turn](const Result<node::RecordCard> &card) {
        if (turn != m_turn)
            return;
        m_loading.card = card;
        loaded();
    });
    whenReady(m_context.replica.drafts().read(key()), this, [this, turn = m_turn](const Result<std::optional<node::DraftNote>> &note) {
        if (turn != m_turn)
            return;
        m_loading.draftRead = true;
        if (note && *note)
            m_loading.draft = decodeDraft(*m_table, (*note)->value);
        loaded();
    });
}

void RecordFormModel::loaded()
{
    if (!m_loading.card || !m_loading.draftRead)
        return;
    const Loading loading = std::exchange(m_loading, {});
    if (!*loading.card)
        return setState(State::Nothing, loading.card->error().detail);
    const node::RecordCard &card = **loading.card;
    m_labels.insert(card.labels.begin(), card.labels.end());
    m_bill = card.bill;
    m_state = State::Ready;
    showRow(card.row);
    if (loading.draft && loading.draft->shown) {
        bringBack(*loading.draft);
        follow(card.row, {});
    }
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    Q_EMIT stateChanged();
}

void RecordFormModel::showRow(const schema::Row &row)
{
    const TextContext context = textContext();
    m_shown = row;
    for (const FieldSpec &field : m_fields)
        m_texts[at(field.column)] = fieldText(*m_table, field.column, row, context);
    m_start = m_texts;
    std::fill(m_errors.begin(), m_errors.end(), QString());
}

void RecordFormModel::bringBack(const RecordDraft &draft)
{
    if (draft.shown) {
        schema::Row row = *draft.shown;
        for (int i = 0; i < schema::columnCount(*m_table); ++i)
            if (schema::columnAt(*m_table, i).type == schema::Type::Blob)
                row[i] = (*m_shown)[i];
        showRow(row);
    } else {
        m_id = m_ownId = draft.id;
    }
    for (const auto &[column, text] : draft.typed) {
        m_texts[at(column)] = text;
        const schema::Table *of = referred(column);
        if (const auto id = Uuid::fromString(text); of && id)
            readLabel(*of, *id);
    }
    m_hasDraft = m_restored = true;
    readBill();
    Q_EMIT textsChanged();
    Q_EMIT stateChanged();
}

void RecordFormModel::startOver()
{
    if (m_state != State::Ready)
        return;                                                  // what is on its way is saved, whatever the form shows
    eraseDraft();
    m_differences.clear();
    m_mine.clear();
    m_fresh.clear();
    m_texts = m_start;
    std::fill(m_errors.begin(), m_errors.end(), QString());
    m_restored = false;
    if (m_shown)
        refresh();
    else
        readBill();
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
    setState(State::Ready);
}

void RecordFormModel::setText(int column, const QString &typed)
{
    if (text(column) == typed)
        return;
    m_texts[at(column)] = typed;
    m_errors[at(column)].clear();
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
    if (concernsBill() && schema::columnAt(*m_table, column).name == "bill_id")
        readBill();
    if (fieldKind(*m_table, column) == FieldKind::SubjectTable)
        if (const int subject = schema::findColumn(*m_table, "subject_id"); subject >= 0)
            m_texts[at(subject)].clear();                        // a row of another table
    Q_EMIT marksChanged();
    Q_EMIT stateChanged();
}

void RecordFormModel::left(int column)
{
    if (text(column).trimmed().isEmpty())
        return;                                                  // an empty field is told on saving, not while tabbing through
    for (const FieldSpec &field : m_fields)
        if (field.column == column)
            check(field, false);
    Q_EMIT marksChanged();
}

void RecordFormModel::check(const FieldSpec &field, bool saving)
{
    QString &error = m_errors[at(field.column)];
    error.clear();
    if (!mayWrite(field.column))
        return;
    const QString typed = text(field.column);
    const bool touched = isNew() || typed != m_start[at(field.column)];
    if (typed.trimmed().isEmpty()) {
        if (saving && !field.optional && touched)
            error = neededWords(field);
    } else if (touched) {
        if (const auto value = fieldValue(*m_table, field.column, typed, textContext()); !value)
            error = value.error().detail;
    }
}

bool RecordFormModel::checkAll()
{
    for (const FieldSpec &field : m_fields)
        check(field, true);
    Q_EMIT marksChanged();
    return !firstWrong();
}

std::optional<int> RecordFormModel::firstWrong() const
{
    for (const FieldSpec &field : m_fields)
        if (!error(field.column).isEmpty())
            return field.column;
    return std::nullopt;
}

bool RecordFormModel::mayWrite(int column) const
{
    if (m_state == State::Nothing || m_state == State::Loading || !whyReadOnly().isEmpty())
        return false;
    const FieldKind kind = fieldKind(*m_table, column);
    if (kind == FieldKind::Shown || kind == FieldKind::Bytes || kind == FieldKind::Hidden)
        return false;
    if (isNew())
        return true;
    return !isKey(*m_table, column) && kind != FieldKind::Subject && kind != FieldKind::SubjectTable;
}

std::vector<std::string_view> RecordFormModel::choices(int column) const
{
    const std::string_view present = m_shown ? schema::toText((*m_shown)[column]) : std::string_view();
    return choicesOf(*m_table, column, present);
}

const schema::Table *RecordFormModel::referred(int column) const
{
    const schema::Column &c = schema::columnAt(*m_table, column);
    if (!c.references.empty())
        return schema::findTable(c.references);
    const int about = c.name == "subject_id" ? schema::findColumn(*m_table, "subject_table") : -1;
    return about < 0 ? nullptr : schema::findTable(static_cast<std::uint16_t>(text(about).toUInt()));
}

QString RecordFormModel::labelOf(const Uuid &id) const
{
    const auto it = m_labels.find(id);
    return it == m_labels.end() ? QString() : it->second;
}

void RecordFormModel::learn(const Uuid &id, const QString &label) { m_labels[id] = label; }

void RecordFormModel::readLabel(const schema::Table &table, const Uuid &id)
{
    if (id.isNull() || !labelOf(id).isEmpty())
        return;
    whenReady(m_context.replica.queries().recordCard(table, id), this, [this, id, turn = m_turn](const Result<node::RecordCard> &card) {
        if (turn != m_turn || !card)
            return;
        m_labels.insert(card->labels.begin(), card->labels.end());
        Q_EMIT textsChanged();
    });
}

bool RecordFormModel::concernsBill() const
{
    using namespace schema::tables;
    return m_table && (m_table->number == patient_bills.number || m_table->number == bill_items.number || m_table->number == payments.number);
}

void RecordFormModel::readBill()
{
    const int column = concernsBill() ? schema::findColumn(*m_table, "bill_id") : -1;
    if (column < 0)
        return;
    const auto bill = Uuid::fromString(text(column));
    m_bill.reset();
    if (!bill)
        return;
    whenReady(m_context.replica.queries().recordCard(schema::tables::patient_bills, *bill), this, [this, column, asked = text(column), turn = m_turn](const Result<node::RecordCard> &card) {
        if (turn != m_turn || !card || text(column) != asked)
            return;                                              // another bill was chosen meanwhile
        m_labels.insert(card->labels.begin(), card->labels.end());
        m_bill = card->bill;
        fillFromBill();
        Q_EMIT textsChanged();
        Q_EMIT stateChanged();
    });
}

// What is open is what is paid, nearly always; too much is given back.
void RecordFormModel::fillFromBill()
{
    using schema::tables::payments;
    if (!m_bill || !isNew() || m_table->number != payments.number)
        return;
    const std::size_t amount = at(schema::col(payments, "amount")), kind = at(schema::col(payments, "kind"));
    const bool back = m_bill->open.minor < 0;
    const QString open = m_bill->open.minor == 0 ? QString() : plainMoney(Money{std::abs(m_bill->open.minor)}, m_values.style().moneyDigits);
    if (m_texts[amount] != m_start[amount] || (open.isEmpty() && m_start[amount] != m_filled))
        return;
    m_texts[amount] = m_start[amount] = m_filled = open;
    const QString refund = QStringLiteral("refund");
    if (m_texts[kind] == m_start[kind] && (back || m_start[kind] == refund))       // the bill chosen before may have been paid too much
        m_texts[kind] = m_start[kind] = back ? refund : defaultText(*m_table, static_cast<int>(kind), textContext());
}

// Zone and currency came late, or were changed: what nobody typed in is written anew.
void RecordFormModel::restyle()
{
    if (!m_table || m_state == State::Loading || m_state == State::Nothing)
        return;
    const std::vector<QString> typed = m_texts, start = m_start;
    if (m_shown)
        showRow(schema::Row(*m_shown));
    else
        takeDefaults();
    for (std::size_t i = 0; i < typed.size(); ++i)
        if (typed[i] != start[i])
            m_texts[i] = typed[i];
    fillFromBill();
    Q_EMIT textsChanged();
    Q_EMIT stateChanged();
}

QString RecordFormModel::whyReadOnly() const
{
    if (!m_table)
        return {};
    const schema::Op op = isNew() ? schema::Op::Insert : schema::Op::Update;
    if (m_table->writer != schema::Writer::People)
        return tr("%1: Anteroom writes these itself. They are here to be read.").arg(tablePlural(*m_table));
    if (isNew() && !madeElsewhere(*m_table).isEmpty())
        return madeElsewhere(*m_table);
    if (!isNew() && m_table->insertOnly)
        return tr("%1 stay as they were written. Add a correcting one.").arg(tablePlural(*m_table));
    const session::CurrentSession &session = m_context.replica.session();
    if (!session.may(*m_table, op)) {
        const QString role = allowedWord(schema::tables::users, schema::col(schema::tables::users, "role"), domain::toText(session.session().role));
        return isNew() ? tr("%1: the role %2 may not add one. Ask somebody whose role may.").arg(tablePlural(*m_table), role)
                       : tr("%1: the role %2 may not change them. Ask somebody whose role may.").arg(tablePlural(*m_table), role);
    }
    return archived() ? tr("What is archived is not changed. Restore it first.") : QString();
}

bool RecordFormModel::mayArchive() const
{
    return m_table && m_state == State::Ready && !isNew() && !archived() && m_table->writer == schema::Writer::People
        && m_context.replica.session().may(*m_table, schema::Op::Delete);
}

bool RecordFormModel::mayRestore() const
{
    return m_table && m_state == State::Ready && archived() && m_table->writer == schema::Writer::People
        && m_context.replica.session().may(*m_table, schema::Op::Restore);
}

} // namespace anteroom::ui
