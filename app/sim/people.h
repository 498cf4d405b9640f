// People: what people at desks do. They open a form and see rows, type, and save later — also after a restart of the PC;
// where the door shows a difference they look and save again. They act by what their screen shows and know nothing of
// other desks. Everything they typed and saw goes into the ledger.
#pragma once

#include "app/sim/examiner.h"

#include <deque>

namespace anteroom::sim {

enum class Kind : std::uint8_t {
    Register, Note, History, Edit, Remove, Restore, Setting, Bill, Pay, Rebill, Issue, Prescribe, Represcribe,
    Take, Call, Start, Finish, Undo, Resolve, Review, Invalid,
};

struct Part {                                    // one row of a form
    schema::Op op = schema::Op::Insert;
    const schema::Table *table = nullptr;
    Uuid id;
    RowPtr shown;                                // of what is not new
    std::vector<schema::ColumnValue> values;
    std::vector<schema::GroupChange> exact;      // of a review: the groups as they are there
};
struct Form {
    Kind kind = Kind::Edit;
    std::string act;
    schema::Claim claim = schema::Claim::None;
    std::vector<Part> parts;
    std::map<std::pair<RowId, schema::GroupNo>, Seen> seen;      // beside what `shown` shows
    bool pastTheDoor = false;                    // an older program, without today's rules
    int tries = 0;
};

class People {
public:
    People(Examiner &examiner, Ledger &ledger, Trace &trace, Dice dice);

    // One small thing at this PC: a form is opened, or one that is open is saved.
    // False where nobody has anything to do.
    [[nodiscard]] bool act(Pc &pc, Dice &dice);
    // A person at a client who waits for a number goes on without it.
    [[nodiscard]] bool goOn(Pc &pc, Dice &dice);
    void wentAway(int pc) { m_forms.erase(pc); }         // drafts are gone
    Plant *plant = nullptr;

private:
    [[nodiscard]] std::optional<Form> open(Pc &pc, Dice &dice);
    void save(Pc &pc, Form form);
    void answered(Pc &pc, const std::shared_ptr<Form> &form, const std::shared_ptr<std::vector<node::Difference>> &differences);
    [[nodiscard]] std::vector<schema::Change> changesOf(const Form &form) const;

    // Forms.
    [[nodiscard]] std::vector<RowPtr> rows(const Pc &pc, const schema::Table &table, const std::function<bool(const schema::Row &)> &which = {}) const;
    [[nodiscard]] RowPtr pick(const Pc &pc, const schema::Table &table, Dice &dice, const std::function<bool(const schema::Row &)> &which = {}) const;
    [[nodiscard]] RowPtr shown(const Pc &pc, const schema::Table &table, const Uuid &id) const;
    void registration(Pc &pc, Form &form);
    void edit(Pc &pc, Form &form, Dice &dice);
    void remove(Pc &pc, Form &form, Dice &dice);
    void setting(Pc &pc, Form &form, Dice &dice);
    void bill(Pc &pc, Form &form, Dice &dice);
    void onBill(Pc &pc, Form &form, Dice &dice);
    void prescription(Pc &pc, Form &form, Dice &dice);
    void ticket(Pc &pc, Form &form, Dice &dice);
    void resolve(Pc &pc, Form &form, Dice &dice);
    void review(Pc &pc, Form &form, Dice &dice);
    void invalid(Pc &pc, Form &form, Dice &dice);
    [[nodiscard]] Part fresh(Pc &pc, const schema::Table &table, std::vector<schema::ColumnValue> values);
    [[nodiscard]] std::string word();

    Examiner &m_examiner;
    Ledger &m_ledger;
    Trace &m_trace;
    std::vector<Kind> m_kinds;                   // of this day
    int m_few = 4;                               // patients that a desk registers before it works with those
    int m_words = 0;
    std::map<int, std::deque<Form>> m_forms;     // open, by PC
};

} // namespace anteroom::sim
