// What waits for a person, as rules without widgets: the list, the one that is looked at, which side was chosen for each
// field, and deciding. It follows other desks: what somebody settled meanwhile stays in view with who did it, and a
// choice that could not be saved stays as it was made. It never saves anything that the person did not see.
#pragma once

#include "node/inbox_acts.h"
#include "ui/conflicts/inbox_list_model.h"
#include "ui/desk/context.h"
#include "ui/records/clinic_values.h"
#include "ui/records/field_text.h"

#include <set>

namespace anteroom::ui {

class InboxModel final : public QObject {
    Q_OBJECT
public:
    struct Picked {
        node::InboxKind kind = node::InboxKind::Difference;
        Uuid id;
        friend bool operator==(const Picked &, const Picked &) = default;
    };

    explicit InboxModel(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] InboxListModel &list() { return m_list; }
    [[nodiscard]] bool loaded() const { return m_loaded; }
    [[nodiscard]] bool closed() const { return m_closed; }
    void setClosed(bool closed);                     // what was decided, instead of what waits
    [[nodiscard]] int waiting() const { return m_waiting; }
    [[nodiscard]] bool more() const { return m_more; }
    [[nodiscard]] int elsewhere() const { return m_elsewhere; }      // wait for another role
    [[nodiscard]] InboxWords words() const;
    [[nodiscard]] TextContext textContext() const;

    void pick(std::vector<Picked> picked);           // the last is shown
    [[nodiscard]] const std::vector<Picked> &picked() const { return m_picked; }
    [[nodiscard]] const std::optional<node::InboxCard> &card() const { return m_card; }
    [[nodiscard]] const std::vector<node::Side> &sides() const { return m_sides; }
    void choose(std::size_t column, node::Side side);
    // Columns of the group that a person reads and that the two sides hold differently, as positions in the group.
    [[nodiscard]] std::vector<std::size_t> differing() const;
    [[nodiscard]] QString whyNotMine() const;        // what was not taken cannot be put back by this role; empty: it can
    [[nodiscard]] bool touched() const { return m_touched; }         // chosen by hand
    [[nodiscard]] QString told() const { return m_told; }
    [[nodiscard]] bool busy() const { return m_busy; }

    [[nodiscard]] node::Side side(bool first) const; // of the card: what the first key keeps, or the second
    [[nodiscard]] int decidable(bool first) const;   // of those that are picked, by that key alone
    [[nodiscard]] bool allMine() const;              // the person has a side in each that is picked
    void keep(bool first);                           // for everything that is picked and can be decided so
    void saveChoice();                               // field by field
    void archive(const QString &reason);
    void close(const QString &note);
    void apply();
    void drop(const QString &reason);
    void sendAgain(const std::vector<node::Rewritten> &values);
    void tell(const QString &words);

Q_SIGNALS:
    void listChanged();
    void waitingChanged(int waiting);
    void cardChanged();                              // another one, or other values
    void stateChanged();                             // chosen sides, told(), busy()
    void settled(const anteroom::Uuid &id);          // by the person here
    void said(const QString &words);                 // good news that nothing takes back

private:
    void readLists();
    void readList(bool closed);
    void takeList(bool closed, node::InboxList list);
    void readCard();
    void takeCard(node::InboxCard card);
    void onNotice(const node::ChangeNotice &rows);
    struct Sending { Uuid id; node::Act act; QString undo, said; };
    void send(const Result<node::Act> &act, const QString &undo, const QString &said);
    void onSaved(const Result<node::SaveOutcome> &result, const Sending &sending);
    void refuse(const Uuid &id, const QString &words);
    void done(const Uuid &id);
    void keepNext();
    void keepOne(const node::InboxCard &card, node::Side side);
    void setBusy(bool busy);
    [[nodiscard]] node::Decider decider() const;
    [[nodiscard]] QString title() const;

    const Context m_context;
    ClinicValues m_values;
    InboxListModel m_list;
    bool m_loaded = false, m_closed = false, m_more = false, m_busy = false;
    int m_waiting = 0, m_elsewhere = 0, m_refused = 0;
    int m_asked = 0, m_turn = 0;                     // answers to an earlier question are not wanted any more
    std::vector<Picked> m_picked;
    std::optional<node::InboxCard> m_card;
    std::vector<node::Side> m_sides;
    bool m_touched = false;                          // something was chosen by hand
    QString m_told;
    std::set<Uuid> m_mine;                           // settled here: they leave the list at once
    struct Many { std::vector<Picked> left; bool first = false, own = false; int saved = 0; QStringList kept; };
    std::optional<Many> m_many;
};

} // namespace anteroom::ui
