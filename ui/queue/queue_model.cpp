#include "ui/queue/queue_model.h"

#include "core/when_ready.h"
#include "ui/queue/ticket_columns.h"
#include "ui/settings/app_settings.h"

#include <QDateTime>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kTickMs = 1000;                        // seconds are shown below one minute; unchanged texts repaint nothing

// A change of these tables can change what a lane shows.
bool concerns(const node::ChangeNotice &rows)
{
    static constexpr std::string_view kTables[] = {"active_patient_queue", "patients", "patient_history", "service_points", "rooms", "users", "devices"};
    return rows.empty() || std::any_of(rows.begin(), rows.end(), [](const node::ChangedRow &row) {
               return std::find(std::begin(kTables), std::end(kTables), row.table->name) != std::end(kTables);
           });
}

} // namespace

QueueModel::QueueModel(const Context &context, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_settings(context.settings), m_clock(context.clock),
      m_stirredAt(context.clock.monotonicMs() - kStillMs)
{
    connect(&m_replica, &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        if (concerns(rows))
            reload();
    });
    connect(&m_replica, &node::Replica::identityChanged, this, &QueueModel::reload);
    connect(&m_settings, &AppSettings::deskChanged, this, &QueueModel::reload);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &QueueModel::show);
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &QueueModel::show);
    m_tick.start();
    reload();
}

LaneModel *QueueModel::lane(const Uuid &point) const
{
    const auto it = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const OwnedLane &lane) { return lane.point == point; });
    return it == m_lanes.end() ? nullptr : it->model.get();
}

DeskIdentity QueueModel::desk() const
{
    const node::Identity &me = m_replica.identity();
    return {.device = me.device, .user = me.user, .servicePoint = m_settings.servicePoint(), .room = m_settings.room()};
}

std::optional<TicketItem> QueueModel::find(const Uuid &id) const
{
    for (const LaneView &lane : m_view.lanes)
        for (const auto *list : {&lane.tickets, &lane.finished})
            for (const TicketItem &item : *list)
                if (item.id == id)
                    return item;
    return std::nullopt;
}

void QueueModel::reload()
{
    if (m_loading) {
        m_again = true;                              // one read at a time; the next one sees all that came meanwhile
        return;
    }
    m_loading = true;
    whenReady(m_replica.queries().queueBoard(), this, [this](const Result<node::QueueBoard> &result) {
        m_loading = false;
        m_failure = result ? QString() : result.error().detail;
        if (result)
            take(*result);
        else
            Q_EMIT changed();
        if (std::exchange(m_again, false))
            reload();
    });
}

void QueueModel::markFresh(const node::QueueBoard &board)
{
    const Uuid me = m_replica.identity().device;
    const std::int64_t now = m_clock.monotonicMs();
    std::erase_if(m_fresh, [&](const auto &mark) { return mark.second <= now; });
    if (!m_board)
        return;
    for (const node::TicketView &view : board.tickets) {
        const auto before = std::find_if(m_board->tickets.begin(), m_board->tickets.end(),
                                         [&](const node::TicketView &old) { return old.ticket.id == view.ticket.id; });
        const bool same = before != m_board->tickets.end() && before->ticket == view.ticket;
        if (!same && schema::toUuid(view.ticket[schema::kUpdatedDevice]) != me)
            m_fresh.emplace_back(view.ticket.id, now + kFreshMs);
    }
    if (!m_fresh.empty())
        QTimer::singleShot(kFreshMs, this, &QueueModel::show);
}

void QueueModel::take(node::QueueBoard board)
{
    markFresh(board);
    m_board = std::move(board);
    show();
}

void QueueModel::show()
{
    if (!m_board)
        return;
    const std::int64_t now = m_clock.utcMs();
    const std::int64_t steady = m_clock.monotonicMs();
    m_view = viewOf(*m_board, desk(), now, QDateTime::fromMSecsSinceEpoch(now).date());
    const bool samePoints = std::equal(m_view.lanes.begin(), m_view.lanes.end(), m_lanes.begin(), m_lanes.end(),
                                       [](const LaneView &view, const OwnedLane &lane) { return view.point == lane.point; });
    if (!samePoints) {
        std::vector<OwnedLane> lanes;
        for (const LaneView &view : m_view.lanes) {
            const auto old = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const OwnedLane &lane) { return lane.point == view.point && lane.model; });
            lanes.push_back({view.point, old == m_lanes.end() ? std::make_unique<LaneModel>() : std::move(old->model)});
        }
        std::swap(lanes, m_lanes);
        Q_EMIT lanesChanged();                       // the old models die after the views let go of them
    }
    bool allShown = true;
    for (LaneView &view : m_view.lanes) {
        for (TicketItem &item : view.tickets)
            item.fresh = std::any_of(m_fresh.begin(), m_fresh.end(), [&](const auto &mark) { return mark.first == item.id && mark.second > steady; });
        allShown = lane(view.point)->update(view.tickets, !still()) && allShown;
    }
    if (!allShown)
        m_settle.start(static_cast<int>(std::max<std::int64_t>(kStillMs - (steady - m_stirredAt), 1)));
    Q_EMIT changed();
}

void QueueModel::stir() { m_stirredAt = m_clock.monotonicMs(); }

} // namespace anteroom::ui
