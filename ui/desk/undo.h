// One step back, of this window: the last 20 acts with what takes each of them back. It never takes back somebody
// else's act: where a touched group is no longer as the act left it, it says who changed what and leaves it as it is.
// Steps live in memory and end with the window. Used from the UI thread; never blocks.
#pragma once

#include "node/types.h"

#include <QObject>

#include <deque>

namespace anteroom::node {
class Replica;
}

namespace anteroom::ui {

class Undo final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMostSteps = 20;        // further back nobody knows what an "undo" would do

    explicit Undo(node::Replica &replica, QObject *parent = nullptr);

    // `words` name the act: "no-show A-014". `said` is what the toast says of it: "A-014 did not come."; empty = the words.
    // Only of an act that was saved. What cannot be taken back (a large content that was replaced) is not remembered.
    void remember(const QString &words, const node::Act &act, const node::SaveOutcome &outcome, const QString &said = {});
    // The same of an act whose outcome has no rows (takeTicket, callNext): they are read now.
    void remember(const QString &words, const node::Act &act, const QString &said = {});
    void forget();                                       // another person sits here: the acts were not theirs

    [[nodiscard]] QString words() const;                 // "Undo: no-show A-014"; empty: nothing to undo
    [[nodiscard]] bool busy() const { return m_busy; }
    void undo();                                         // the latest step, as the act "<name>.undo"

Q_SIGNALS:
    void changed();                                      // words(), busy()
    void told(const QString &said, bool undoable);       // of each act that was remembered, or could not be
    void undone(const QString &words);                   // a whole sentence
    void refused(const QString &words);                  // whole sentences: what stands now, and who did it

private:
    struct Step {
        QString words;
        std::string act;
        std::vector<schema::Change> changes;
        std::vector<schema::Row> after;                  // one for each change, as the act left them
        int number = 0;
    };
    void push(Step step, const QString &said);
    void readRows(int number);
    [[nodiscard]] bool mayTakeBack(const Step &step) const;
    [[nodiscard]] Step *find(int number);
    void take(int number);
    void takeBack(const Step &step, bool again);
    void onDiffers(Step step, const node::SaveOutcome &outcome, bool again);
    void tell(const Step &step, const node::Difference &difference, const std::optional<schema::Row> &now);
    void refuse(const Step &step, const QString &why);
    void setBusy(bool busy);

    node::Replica &m_replica;
    std::deque<Step> m_steps;                            // the latest last
    int m_last = 0;
    int m_wanted = 0;                                    // the step that is taken back as soon as its rows are here
    int m_person = 0;                                    // counts who sat here: an answer to somebody else adds no step
    bool m_busy = false;
};

} // namespace anteroom::ui
