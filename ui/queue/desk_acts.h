// What this desk does to tickets: call next, serve, finish, no-show, call again, transfer, take.
// Each act is one transaction through Commands; what came of it is news in words, and a step for the window's undo.
#pragma once

#include "ui/queue/queue_model.h"

#include <functional>

namespace anteroom::ui {

class DeskActs final : public QObject {
    Q_OBJECT
public:
    static constexpr int kDoublePressMs = 400;           // a second F9 that soon is the same press, not the next patient

    DeskActs(const Context &context, QueueModel &queue, QObject *parent = nullptr);

    [[nodiscard]] bool busy() const { return m_busy; }

    void callNext();                                     // finishes the ticket that is with the desk
    void call(const TicketItem &ticket);                 // out of turn, chosen in the lane
    void serve(const TicketItem &ticket);
    void finish(const TicketItem &ticket);
    void noShow(const TicketItem &ticket);
    void recall(const TicketItem &ticket);
    void transfer(const TicketItem &ticket, const Uuid &servicePoint);
    void giveNumbersNow();                               // a host that waits for another PC (H13) gives them all the same
    void take(NewTicket ticket, const QString &name, const std::vector<schema::Change> &also = {});

Q_SIGNALS:
    void busyChanged();
    void news(const QString &words, bool undoable);      // a toast; an undoable one is told by Undo, with its act
    void failed(const QString &words);                   // stays on the page; empty takes it back
    void taken(const Uuid &ticket, const QString &label);
    void unconfirmed();                                  // numbers wait for a person; with `failed`

private:
    void save(node::Act act, const QString &undoes, const QString &done);      // empty undoes: no step for undo
    void claim(const TicketItem &next, const std::optional<TicketItem> &current);
    void onCalled(const node::ClaimOutcome &outcome, const TicketItem &asked, const node::Act &act);
    void setBusy(bool busy);
    void fail(const Error &error);
    void give(const node::Act &act, const Uuid &ticket, const QString &name);
    [[nodiscard]] QString whereIs(const Uuid &ticket) const;

    node::Replica &m_replica;
    QueueModel &m_queue;
    const Clock &m_clock;
    Random &m_random;
    Undo &m_undo;
    std::function<void()> m_again;                       // the ticket that waits for a person's word
    std::int64_t m_calledAt = 0;                         // monotonic; 0: nobody yet
    bool m_busy = false;
};

} // namespace anteroom::ui
