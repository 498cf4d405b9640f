// The form of any record as rules without widgets: what was shown, what was typed, what is refused, what another desk
// changed meanwhile. Old is what the person was shown: a group that nobody typed in follows the other desk at once, a
// group with typed text becomes a difference to be chosen before saving. It never overwrites what was typed.
#pragma once

#include "ui/desk/context.h"
#include "ui/records/clinic_values.h"
#include "ui/records/field_text.h"
#include "ui/records/record_form_draft.h"

#include <QTimer>

#include <set>

namespace anteroom::ui {

struct GroupDifference {
    enum class Choice : std::uint8_t { Open, Mine, Theirs };
    schema::GroupNo group = 0;
    QString title;                       // "Phone"
    QString before, theirs, mine;        // in words, never empty ("nothing")
    QString theirsBy;                    // "Marta, 10:42"; may be empty
    std::vector<schema::Value> values;   // theirs
    Choice choice = Choice::Open;
};

class RecordFormModel final : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Nothing, Loading, Ready, Saving };
    static constexpr int kDraftMs = 500;                             // typed text is safe this long after the first key

    explicit RecordFormModel(const Context &context, QObject *parent = nullptr);

    void startNew(const schema::Table &table, const std::vector<schema::ColumnValue> &preset);
    void open(const schema::Table &table, const Uuid &id);
    void keepDraft();                                                // now: the form is left
    void startOver();                                                // throws away what is typed

    [[nodiscard]] const schema::Table *table() const { return m_table; }
    [[nodiscard]] Uuid id() const { return m_id; }
    [[nodiscard]] bool isNew() const { return m_table && !m_shown; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::vector<FieldSpec> &fields() const { return m_fields; }
    [[nodiscard]] const std::optional<schema::Row> &shown() const { return m_shown; }
    [[nodiscard]] const std::optional<domain::BillTotals> &bill() const { return m_bill; }
    [[nodiscard]] const ValueStyle &style() const { return m_values.style(); }
    [[nodiscard]] TextContext textContext() const;
    [[nodiscard]] QString title() const;                             // what the record is called
    [[nodiscard]] QString subtitle() const;                          // "Changed 2 Nov by Marta"
    [[nodiscard]] QString failure() const { return m_failure; }

    [[nodiscard]] QString text(int column) const { return m_texts[static_cast<std::size_t>(column)]; }
    void setText(int column, const QString &text);                   // the person's
    void left(int column);                                           // the field lost the focus: now it may be refused
    [[nodiscard]] QString error(int column) const { return m_errors[static_cast<std::size_t>(column)]; }
    [[nodiscard]] QString shownText(int column) const;               // of what is read only; computed while typing
    [[nodiscard]] QString freshBy(int column) const;                 // who changed it just now; empty = nobody
    [[nodiscard]] bool inDifference(int column) const;
    [[nodiscard]] std::optional<int> firstWrong() const;
    [[nodiscard]] bool mayWrite(int column) const;
    [[nodiscard]] QString whyReadOnly() const;                       // a sentence; empty: it can be changed
    [[nodiscard]] std::vector<std::string_view> choices(int column) const;
    [[nodiscard]] const schema::Table *referred(int column) const;   // table of a reference; null where it is not chosen yet
    [[nodiscard]] QString labelOf(const Uuid &id) const;
    [[nodiscard]] const node::Labels &labels() const { return m_labels; }
    void learn(const Uuid &id, const QString &label);                // what a chosen row is called

    [[nodiscard]] bool dirty() const { return m_texts != m_start; }
    [[nodiscard]] bool restored() const { return m_restored; }
    [[nodiscard]] bool archived() const { return m_shown && m_shown->deleted(); }
    [[nodiscard]] QString archivedWords() const;
    [[nodiscard]] bool mayArchive() const;
    [[nodiscard]] bool mayRestore() const;
    [[nodiscard]] const std::vector<GroupDifference> &differences() const { return m_differences; }
    void choose(std::size_t difference, GroupDifference::Choice choice);

    void save();
    void archive(const QString &reason);
    void restore();

Q_SIGNALS:
    void opened();                                                   // other fields: another table or record
    void textsChanged();
    void marksChanged();                                             // errors, fresh, differences at fields
    void stateChanged();                                             // everything around the fields
    void saved(const anteroom::schema::Table *table, const anteroom::Uuid &id);

private:
    struct Loading {
        std::optional<Result<node::RecordCard>> card;
        std::optional<RecordDraft> draft;
        bool draftRead = false;
    };
    void begin(const schema::Table &table, State state);
    void loaded();
    void showRow(const schema::Row &row);
    void bringBack(const RecordDraft &draft);
    void refresh();
    void take(const node::RecordCard &card);
    void follow(const schema::Row &now, const std::vector<node::Difference> &told);
    void onNotice(const node::ChangeNotice &rows);
    void restyle();
    void fillFromBill();
    void readBill();
    void readLabel(const schema::Table &table, const Uuid &id);
    void takeDefaults();
    void check(const FieldSpec &field, bool saving);
    [[nodiscard]] bool checkAll();
    [[nodiscard]] bool groupTyped(schema::GroupNo group) const;
    [[nodiscard]] std::vector<schema::ColumnValue> typedValues() const;
    [[nodiscard]] schema::Row rowAsTyped() const;
    [[nodiscard]] QString groupWords(const schema::Row &row, schema::GroupNo group) const;
    [[nodiscard]] QString byWords(const schema::Row &row) const;
    void send(node::Act act, const QString &words, const QString &said);
    void onSaved(const Result<node::SaveOutcome> &result, const node::Act &act);
    void onError(const Error &error);
    void done(const schema::Row &row);
    void savedElsewhere(const QString &key, const Uuid &ownId, int turn);
    void takeNewDraft(const RecordDraft &draft);
    void setState(State state, const QString &failure = {});
    void eraseDraft();
    [[nodiscard]] QString key() const;
    [[nodiscard]] bool concernsBill() const;

    const Context m_context;
    ClinicValues m_values;
    const schema::Table *m_table = nullptr;
    Uuid m_id;
    Uuid m_ownId;                                                    // of a new record before its values gave it another
    std::optional<schema::Row> m_shown;                              // per group: as it was shown when that group was typed
    std::vector<schema::ColumnValue> m_preset;
    node::Labels m_labels;
    std::optional<domain::BillTotals> m_bill;
    std::vector<FieldSpec> m_fields;
    std::vector<QString> m_texts, m_start, m_errors;                 // by column
    std::vector<QString> m_taken;                                    // what the act on its way takes in; the rest stays typed
    QString m_filled;                                                // the amount that is there because a bill is open
    std::map<schema::GroupNo, QString> m_fresh;
    std::map<schema::GroupNo, std::map<int, QString>> m_mine;        // typed texts of groups where theirs was chosen
    std::vector<GroupDifference> m_differences;
    State m_state = State::Nothing;
    QString m_failure;
    Loading m_loading;
    QTimer m_draftTimer;
    int m_turn = 0;                                                  // answers to an earlier record are not wanted any more
    int m_typedOn = -1;                                              // the turn that was left while it was saved, with more typed
    bool m_hasDraft = false, m_restored = false, m_reading = false, m_again = false;
};

} // namespace anteroom::ui
