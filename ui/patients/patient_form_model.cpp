#include "ui/patients/patient_form_model.h"

#include "core/when_ready.h"
#include "ui/common/paint.h"
#include "ui/desk/undo.h"
#include "ui/patients/patient_columns.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kFewestDigits = 5;                     // of a phone number anywhere; shorter ones are asked about once
constexpr std::string_view kQueueActOfForm = "patients.register_and_queue";

constexpr auto index(PatientField field) { return static_cast<std::size_t>(field); }

int digitsIn(const QString &text)
{
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](QChar c) { return c.isDigit(); }));
}

} // namespace

PatientFormModel::PatientFormModel(const Context &context, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_clock(context.clock), m_random(context.random), m_undo(context.undo)
{
}

QDate PatientFormModel::today() const { return QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date(); }

void PatientFormModel::startNew(const QString &typed)
{
    m_id = uuidV7(m_clock, m_random);
    m_shown.reset();
    m_now.reset();
    m_conflicts.clear();
    m_texts = m_start = m_errors = m_doubts = {};
    m_confirmed = {};
    m_mine = {};
    const QString words = typed.simplified();
    if (digitsIn(words) >= kFewestDigits) {
        m_texts[index(PatientField::Phone)] = words;
    } else if (!words.isEmpty()) {
        const qsizetype blank = words.indexOf(QLatin1Char(' '));
        const auto capital = [](QString word) { return word.isEmpty() ? word : QString(word.at(0).toUpper() + word.mid(1)); };
        m_texts[index(PatientField::Given)] = capital(words.left(blank));
        m_texts[index(PatientField::Family)] = blank < 0 ? QString() : capital(words.mid(blank + 1));
    }
    m_opened = m_texts;                              // search words alone are no draft
    m_done = false;
    setState(State::Editing);
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
}

void PatientFormModel::startEdit(const schema::Row &shown)
{
    m_id = shown.id;
    m_now.reset();
    m_conflicts.clear();
    m_errors = m_doubts = {};
    m_confirmed = {};
    m_mine = {};
    readRow(shown);
    m_done = false;
    setState(State::Editing);
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
}

void PatientFormModel::readRow(const schema::Row &row)
{
    m_shown = row;
    for (int i = 0; i < kPatientFieldCount; ++i)
        m_texts[static_cast<std::size_t>(i)] = fieldText(row, static_cast<PatientField>(i), today());
    m_start = m_texts;
}

QString PatientFormModel::name() const { return QString(text(PatientField::Given) + QLatin1Char(' ') + text(PatientField::Family)).simplified(); }

bool PatientFormModel::dirty() const { return m_texts != m_start; }

bool PatientFormModel::unsaved() const { return !m_done && (isNew() ? m_texts != m_opened : dirty()); }

void PatientFormModel::restore(const Draft &draft)
{
    m_id = draft.id;
    m_shown = draft.shown;
    m_now.reset();
    m_conflicts.clear();
    m_texts = draft.texts;
    m_start = draft.start;
    m_opened = m_errors = m_doubts = {};
    m_confirmed = {};
    m_mine = {};
    m_done = false;
    setState(State::Editing);
    Q_EMIT textsChanged();
    Q_EMIT marksChanged();
}

void PatientFormModel::setText(PatientField field, const QString &typed)
{
    if (text(field) == typed)
        return;
    m_texts[index(field)] = typed;
    m_errors[index(field)].clear();
    m_doubts[index(field)].clear();
    m_confirmed[index(field)] = false;
    if (field == PatientField::Family) {
        m_errors[index(PatientField::Given)].clear();
        m_doubts[index(PatientField::Given)].clear();
    }
    Q_EMIT touched();
    Q_EMIT marksChanged();
}

void PatientFormModel::left(PatientField field)
{
    if (text(field).isEmpty())
        return;                                      // an empty field is told on saving, not while tabbing through
    checkField(field, false);
    Q_EMIT marksChanged();
}

void PatientFormModel::checkField(PatientField field, bool saving)
{
    const std::size_t i = index(field);
    const QString typed = text(field).simplified();
    m_errors[i].clear();
    m_doubts[i].clear();
    if (field == PatientField::Birth && typed != m_start[i]) {
        const auto birth = domain::parseBirthDate(typed, today());
        if (!birth)
            m_errors[i] = birth.error().detail;
    } else if (field == PatientField::Phone && !typed.isEmpty() && typed != m_start[i]) {
        const int digits = digitsIn(typed);
        if (digits < kFewestDigits)
            m_doubts[i] = tr("A phone number has at least %1 digits, this has %2. Saving again keeps it as it is.").arg(kFewestDigits).arg(digits);
    } else if (field == PatientField::Given && saving && name().isEmpty()) {
        m_doubts[i] = tr("No name is written. Saving again registers an unknown person, to be named later.");
    }
    const auto longest = schema::columnAt(kPatients, columnOf(field)).maxLength;
    if (longest > 0 && typed.size() > static_cast<qsizetype>(longest))
        m_errors[i] = tr("Write at most %1 characters, this has %2.").arg(longest).arg(typed.size());
}

bool PatientFormModel::check()
{
    bool good = true;
    for (int n = 0; n < kPatientFieldCount; ++n) {
        const auto i = static_cast<std::size_t>(n);
        checkField(static_cast<PatientField>(n), true);
        good = good && m_errors[i].isEmpty() && (m_doubts[i].isEmpty() || m_confirmed[i]);
        if (!m_doubts[i].isEmpty())
            m_confirmed[i] = true;                   // shown now: the same value again is meant
    }
    Q_EMIT marksChanged();
    return good;
}

std::optional<PatientField> PatientFormModel::firstWrong() const
{
    for (const auto *marks : {&m_errors, &m_doubts})
        for (int n = 0; n < kPatientFieldCount; ++n)
            if (!(*marks)[static_cast<std::size_t>(n)].isEmpty())
                return static_cast<PatientField>(n);
    return std::nullopt;
}

QString PatientFormModel::birthHint() const
{
    const auto birth = domain::parseBirthDate(text(PatientField::Birth), today());
    if (!birth || birth->date.empty())
        return tr("An age like 34, 8m or 3w, a date, or a year");
    const auto age = domain::ageOn(*birth, today());
    return age ? tr("%1, born %2").arg(ageWords(*age), birthText(*birth)) : birthText(*birth);
}

void PatientFormModel::addBirth(std::vector<schema::ColumnValue> &out) const
{
    const auto birth = domain::parseBirthDate(text(PatientField::Birth), today());
    if (!birth)
        return;                                      // check() refused it before
    const bool known = !birth->date.empty();
    out.push_back({patient::kBirthDate, known ? schema::Value{birth->date} : schema::Value{}});
    out.push_back({patient::kBirthPrecision, known ? schema::Value{std::string(domain::toText(birth->precision))} : schema::Value{}});
    const bool told = known && birth->precision == domain::BirthPrecision::Age;
    out.push_back({patient::kBirthCapturedOn, told ? schema::text(today().toString(Qt::ISODate)) : schema::Value{}});
}

std::vector<schema::ColumnValue> PatientFormModel::changedColumns() const
{
    std::vector<schema::ColumnValue> out;
    for (int n = 0; n < kPatientFieldCount; ++n) {
        const auto field = static_cast<PatientField>(n);
        if (m_texts[static_cast<std::size_t>(n)] == m_start[static_cast<std::size_t>(n)])
            continue;
        if (field == PatientField::Birth)
            addBirth(out);
        else
            out.push_back({columnOf(field), schema::text(text(field).simplified())});
        const bool named = field == PatientField::Given || field == PatientField::Family;
        if (named && m_shown && !schema::isNull((*m_shown)[patient::kDisplay]))
            out.push_back({patient::kDisplay, schema::Value{}});      // the name is read from its parts again
    }
    if (isNew() && name().isEmpty())
        out.push_back({patient::kUnknown, schema::Value{std::int64_t{1}}});
    else if (!isNew() && !name().isEmpty() && schema::toInt((*m_shown)[patient::kUnknown]) != 0)
        out.push_back({patient::kUnknown, schema::Value{std::int64_t{0}}});
    return out;
}

void PatientFormModel::setState(State state, const QString &words)
{
    m_state = state;
    m_failure = words;
    Q_EMIT stateChanged();
}

void PatientFormModel::save(std::optional<NewTicket> newTicket)
{
    if (m_state == State::Saving || !check())
        return;
    if (m_state == State::Differs) {
        const bool open = std::any_of(m_conflicts.begin(), m_conflicts.end(), [](const GroupConflict &c) { return c.choice == GroupConflict::Choice::Open; });
        if (open)
            return setState(State::Differs, tr("Choose for each difference which of the two is kept."));
        m_shown = std::exchange(m_now, std::nullopt);
        m_conflicts.clear();
        for (int n = 0; n < kPatientFieldCount; ++n)
            m_start[static_cast<std::size_t>(n)] = fieldText(*m_shown, static_cast<PatientField>(n), today());
    }
    setState(State::Saving);
    if (newTicket)
        saveWithTicket(*newTicket);
    else
        saveRow();
}

void PatientFormModel::saveRow()
{
    const auto values = changedColumns();
    if (!isNew() && values.empty()) {
        setState(State::Editing);
        Q_EMIT saved(m_id, {}, false);
        return;
    }
    node::Act act{.name = isNew() ? "patients.register" : "patients.edit",
                  .changes = {isNew() ? schema::makeInsert(kPatients, m_id, values) : schema::makeUpdate(kPatients, *m_shown, values)}};
    whenReady(m_replica.commands().save(act), this, [this, act](const Result<node::SaveOutcome> &result) { onSaved(act, result); });
}

void PatientFormModel::saveWithTicket(const NewTicket &wanted)
{
    NewTicket ticket = wanted;
    ticket.id = uuidV7(m_clock, m_random);
    ticket.patient = m_id;
    node::Act act{.name = std::string(kQueueActOfForm), .changes = {insertTicket(ticket, m_clock.utcMs())}};
    act.changes.push_back(schema::makeInsert(kPatients, m_id, changedColumns()));
    whenReady(m_replica.commands().takeTicket(act), this, [this, act](const Result<node::ClaimOutcome> &result) {
        if (!result)
            return onError(result.error());
        m_done = true;
        const QString who = isolated(name().isEmpty() ? tr("the unknown person") : name());
        const QString label = isolated(QString::fromStdString(result->number));
        m_undo.remember(tr("registration of %1").arg(who), act,
                        result->provisional ? tr("%1 is registered, ticket %2 for now.").arg(who, label) : tr("%1 is registered and has ticket %2.").arg(who, label));
        setState(State::Editing);
        Q_EMIT saved(m_id, QString::fromStdString(result->number), result->provisional);
    });
}

void PatientFormModel::onSaved(const node::Act &act, const Result<node::SaveOutcome> &result)
{
    if (!result)
        return onError(result.error());
    if (!result->saved)
        return onDiffers(*result);
    m_done = true;
    const QString who = isolated(name().isEmpty() ? tr("the unknown person") : name());
    m_undo.remember(isNew() ? tr("registration of %1").arg(who) : tr("changes of %1").arg(who), act, *result,
                    (isNew() ? tr("%1 is registered.") : tr("%1 is saved.")).arg(who));
    setState(State::Editing);
    Q_EMIT saved(m_id, {}, false);
}

void PatientFormModel::onError(const Error &error)
{
    if (error.code == ErrorCode::Invalid) {
        for (int n = 0; n < kPatientFieldCount; ++n) {
            const auto name = schema::columnAt(kPatients, columnOf(static_cast<PatientField>(n))).name;
            if (error.subject == QLatin1String(name.data(), static_cast<qsizetype>(name.size()))) {
                m_errors[static_cast<std::size_t>(n)] = error.detail;
                setState(State::Editing);
                Q_EMIT marksChanged();
                return;
            }
        }
    }
    setState(State::Editing, error.detail);
}

} // namespace anteroom::ui
