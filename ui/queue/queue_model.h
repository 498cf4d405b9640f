// The queue of the clinic as this desk sees it: lanes that follow every commit of any PC, and the desk strip. Contents
// follow at once; the order of a lane waits until pointer and focus were still for a second. It acts on nothing: that is
// DeskActs.
#pragma once

#include "ui/desk/context.h"
#include "ui/queue/board_view.h"

#include <QTimer>

#include <memory>

namespace anteroom::ui {

class QueueModel final : public QObject {
    Q_OBJECT
public:
    static constexpr int kStillMs = 1000;            // LOOK: order changes wait until still for 1 s
    static constexpr int kFreshMs = 900;             // LOOK: a row changed by another PC is marked so long

    explicit QueueModel(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] bool loaded() const { return m_board.has_value(); }
    [[nodiscard]] const BoardView &view() const { return m_view; }
    [[nodiscard]] const node::QueueBoard &board() const { return *m_board; }
    [[nodiscard]] LaneModel *lane(const Uuid &point) const;
    [[nodiscard]] DeskIdentity desk() const;
    [[nodiscard]] std::optional<TicketItem> find(const Uuid &id) const;      // in any state, as the board has it
    [[nodiscard]] QString failure() const { return m_failure; }

    void reload();
    void stir();                                     // the pointer or the focus moved in a lane

Q_SIGNALS:
    void lanesChanged();                             // points came, went or moved: build the lanes anew
    void changed();                                  // headers, footers, desk strip

private:
    void take(node::QueueBoard board);
    void show();
    void markFresh(const node::QueueBoard &board);
    [[nodiscard]] bool still() const { return m_clock.monotonicMs() - m_stirredAt >= kStillMs; }

    node::Replica &m_replica;
    AppSettings &m_settings;
    const Clock &m_clock;
    std::optional<node::QueueBoard> m_board;
    BoardView m_view;
    struct OwnedLane { Uuid point; std::unique_ptr<LaneModel> model; };
    std::vector<OwnedLane> m_lanes;
    std::vector<std::pair<Uuid, std::int64_t>> m_fresh;      // ticket, monotonic ms when the mark ends
    QString m_failure;
    QTimer m_tick, m_settle;
    std::int64_t m_stirredAt = 0;
    bool m_loading = false, m_again = false;
};

} // namespace anteroom::ui
