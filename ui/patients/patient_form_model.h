// The form of a person: what was shown, what was typed, what is refused or doubtful, and what two desks typed at once.
// It never overwrites what was typed: a group with typed text keeps the row as it was shown, and the difference comes up
// before saving. Units: texts as typed. No widgets.
#pragma once

#include "ui/desk/context.h"
#include "ui/queue/ticket_acts.h"

#include <array>

namespace anteroom::ui {

enum class PatientField : std::uint8_t { Given, Family, Sex, Birth, Phone, SecondPhone, Address, District, City, NationalId, Occupation, Email, Note };
inline constexpr int kPatientFieldCount = 13;

struct GroupConflict {
    schema::GroupNo group = 0;
    QString title;                       // "Phone"
    QString before, theirs, mine;        // in words, never empty ("nothing")
    QString theirsBy;                    // "Marta, 10:42"; may be empty
    enum class Choice : std::uint8_t { Open, Mine, Theirs } choice = Choice::Open;
};

class PatientFormModel final : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Editing, Saving, Differs };

    explicit PatientFormModel(const Context &context, QObject *parent = nullptr);

    void startNew(const QString &typedSearch);                       // "ami dia" goes into the names, digits into the phone
    void startEdit(const schema::Row &shown);
    // What is typed and not saved. Restoring it later finds the differences that came meanwhile, as if it had stayed open.
    struct Draft {
        Uuid id;
        std::optional<schema::Row> shown;
        std::array<QString, kPatientFieldCount> texts, start;
        [[nodiscard]] bool isNew() const { return !shown; }
    };
    [[nodiscard]] Draft draft() const { return {m_id, m_shown, m_texts, m_start}; }
    void restore(const Draft &draft);
    void restart() { startEdit(schema::Row(*m_shown)); }             // as it was shown; only of a person that is edited
    void discard() { m_done = true; }                                // what is typed is not wanted any more
    [[nodiscard]] bool unsaved() const;                              // the person typed, and it was neither saved nor discarded
    [[nodiscard]] bool isNew() const { return !m_shown; }
    [[nodiscard]] Uuid patientId() const { return m_id; }
    [[nodiscard]] QString name() const;                              // as typed
    [[nodiscard]] bool dirty() const;
    [[nodiscard]] bool hasDraft() const { return isNew() && unsaved(); }      // a new person, typed and not saved

    [[nodiscard]] QString text(PatientField field) const { return m_texts[static_cast<std::size_t>(field)]; }
    void setText(PatientField field, const QString &text);           // the person's
    void left(PatientField field);                                   // the field lost the focus: now it may be refused
    [[nodiscard]] QString error(PatientField field) const { return m_errors[static_cast<std::size_t>(field)]; }
    [[nodiscard]] QString doubt(PatientField field) const { return m_doubts[static_cast<std::size_t>(field)]; }
    [[nodiscard]] QString birthHint() const;                         // "34 years, so born about 1992"
    [[nodiscard]] std::optional<PatientField> firstWrong() const;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] std::vector<GroupConflict> &conflicts() { return m_conflicts; }
    [[nodiscard]] bool differs(PatientField field) const;            // its group waits for a choice
    void choose(std::size_t conflict, GroupConflict::Choice choice);

    // With a ticket: registers and queues in one act. Doubtful values are asked about once, the second call saves them.
    void save(std::optional<NewTicket> ticket = std::nullopt);
    void refresh(const schema::Row &now);                            // another PC changed the row

Q_SIGNALS:
    void touched();                                                  // the person wrote something: worth keeping
    void textsChanged();                                             // fields took new texts (start, refresh, take theirs)
    void marksChanged();                                             // errors, doubts, hint
    void stateChanged();                                             // state, failure, conflicts
    void saved(const Uuid &patient, const QString &ticketLabel, bool provisional);

private:
    bool check();
    void checkField(PatientField field, bool saving);
    [[nodiscard]] std::vector<schema::ColumnValue> changedColumns() const;
    void addBirth(std::vector<schema::ColumnValue> &out) const;
    void readRow(const schema::Row &row);
    void saveRow();
    void saveWithTicket(const NewTicket &ticket);
    void onSaved(const node::Act &act, const Result<node::SaveOutcome> &result);
    void onDiffers(const node::SaveOutcome &outcome);
    void onError(const Error &error);
    void setState(State state, const QString &failure = {});
    [[nodiscard]] QDate today() const;

    node::Replica &m_replica;
    const Clock &m_clock;
    Random &m_random;
    Undo &m_undo;
    Uuid m_id;
    std::optional<schema::Row> m_shown;                              // per group: as it was shown when that group was typed
    std::optional<schema::Row> m_now;                                // after a difference: the row as it is
    std::array<QString, kPatientFieldCount> m_texts, m_start, m_opened, m_errors, m_doubts;
    std::array<bool, kPatientFieldCount> m_confirmed{};
    std::array<std::optional<QString>, kPatientFieldCount> m_mine;       // typed texts of groups where theirs was chosen
    std::vector<GroupConflict> m_conflicts;
    State m_state = State::Editing;
    QString m_failure;
    bool m_done = true;                                              // nothing typed waits in this form
};

[[nodiscard]] int columnOf(PatientField field);
[[nodiscard]] QString fieldText(const schema::Row &patient, PatientField field, QDate today);      // as the form shows it
[[nodiscard]] QString groupTitle(schema::GroupNo group);
[[nodiscard]] QString groupWords(const schema::Row &patient, schema::GroupNo group);                // for people, in one line

} // namespace anteroom::ui
