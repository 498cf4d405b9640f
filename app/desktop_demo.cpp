#include "app/desktop_demo.h"

#include "core/when_ready.h"
#include "domain/demo_clinic.h"
#include "schema/tables/rooms.h"
#include "schema/tables/service_points.h"

#include <QDateTime>
#include <QDir>

namespace anteroom::app {
namespace {

const auto kLoopback = QLatin1String("127.0.0.1");
constexpr auto kHostPrefix = u"AA";                          // the host's first prefix (SYNC, "PC prefix")

} // namespace

struct DesktopDemo::Acts {
    std::vector<domain::DemoAct> list;
};

DesktopDemo::DesktopDemo(QString folder, ui::Theme &theme, QObject *parent) : QObject(parent), m_folder(std::move(folder)), m_theme(theme) {}

DesktopDemo::~DesktopDemo()
{
    for (auto &window : m_windows)
        window.reset();
    for (std::size_t place = kDemoPlaces; place-- > 0;)
        m_replicas[place].reset();                           // clients leave before their host
}

QString DesktopDemo::folder(int place) const { return QDir(m_folder).filePath(QLatin1String(kPlaces[static_cast<std::size_t>(place)].folder)); }

void DesktopDemo::start()
{
    for (int place = 0; place < kDemoPlaces; ++place) {
        auto opened = node::Replica::open({.dataDir = folder(place)});
        if (!opened) {
            Q_EMIT failed(opened.error());
            return;
        }
        m_replicas[static_cast<std::size_t>(place)] = std::move(*opened);
    }
    if (replica(0).status().role == node::Role::Empty)
        makeClinic();
    else
        listen();
}

void DesktopDemo::makeClinic()
{
    const DemoPlace &host = kPlaces[0];
    whenReady(replica(0).startClinic({.clinicName = QString::fromUtf16(domain::kDemoClinicName), .personName = QLatin1String(host.person), .deviceName = QLatin1String(host.device), .demo = true}), this, [this](const Result<void> &result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            const std::int64_t now = m_clock.utcMs();
            m_acts = std::make_unique<Acts>();
            m_acts->list = domain::demoClinic({.clinicDay = QDateTime::fromMSecsSinceEpoch(now).date(), .nowMs = now,
                                               .device = replica(0).identity().device, .pcPrefix = QString::fromUtf16(kHostPrefix)});
            nextAct(0);
        });
}

void DesktopDemo::nextAct(std::size_t at)
{
    if (at == m_acts->list.size()) {
        m_acts.reset();
        listen();
        return;
    }
    domain::DemoAct &demo = m_acts->list[at];
    node::Act act{.name = demo.name, .changes = std::move(demo.changes)};
    const auto goOn = [this, at](const std::optional<Error> &error) {
        if (!error)
            nextAct(at + 1);
        else
            Q_EMIT failed(*error);
    };
    const auto errorOf = [](const auto &result) { return result ? std::optional<Error>() : std::optional(result.error()); };
    if (demo.takesTicket)
        whenReady(replica(0).commands().takeTicket(std::move(act)), this, [=](const Result<node::ClaimOutcome> &result) { goOn(errorOf(result)); });
    else
        whenReady(replica(0).commands().save(std::move(act)), this, [=](const Result<node::SaveOutcome> &result) { goOn(errorOf(result)); });
}

// A second start goes on where the first ended: the host listens on its port again, the clients know it. Only if that
// port is taken by now the clients join anew.
void DesktopDemo::listen()
{
    const bool joined = replica(1).status().role == node::Role::Client && replica(2).status().role == node::Role::Client;
    if (joined && !replica(0).status().listening.isEmpty()) {
        openWindows();
        return;
    }
    whenReady(replica(0).startHosting(kLoopback, 0), this, [this](const Result<node::Listening> &result) {
        if (!result) {
            Q_EMIT failed(result.error());
            return;
        }
        m_listening = *result;
        joinNext(1);
    });
}

void DesktopDemo::joinNext(int place)
{
    if (place == kDemoPlaces) {
        openWindows();
        return;
    }
    const bool again = replica(place).status().role != node::Role::Empty;
    const auto join = [this, place, again](const QString &code) {
        const DemoPlace &here = kPlaces[static_cast<std::size_t>(place)];
        whenReady(replica(place).join({.address = m_listening.address, .port = m_listening.port, .code = code, .personName = QLatin1String(here.person),
                    .deviceName = QLatin1String(here.device), .afresh = again}), this, [this, place](const Result<void> &result) {
                if (result)
                    joinNext(place + 1);
                else
                    Q_EMIT failed(result.error());
            });
    };
    whenReady(replica(0).newAccessCode(), this, [this, join](const Result<node::AccessCode> &code) {
        if (code)
            join(code->code);
        else
            Q_EMIT failed(code.error());
    });
}

void DesktopDemo::openWindows()
{
    for (std::size_t place = 0; place < kDemoPlaces; ++place) {
        m_windows[place] = std::make_unique<ui::DeskWindow>(*m_replicas[place], m_theme);
        m_windows[place]->setDemo(true);
    }
    chooseDesks();
}

// Host and client B serve the first service point in two rooms; the reception stays with registering and shows it too.
void DesktopDemo::chooseDesks()
{
    node::ListRequest points{.table = &schema::tables::service_points, .orderBy = {schema::col(schema::tables::service_points, "sort_order")}};
    whenReady(replica(0).queries().list(std::move(points)), this, [this](const Result<std::vector<schema::Row>> &found) {
        if (!found || found->empty()) {
            Q_EMIT ready();
            return;
        }
        const Uuid point = found->front().id;
        node::ListRequest rooms{.table = &schema::tables::rooms, .where = {{schema::col(schema::tables::rooms, "service_point_id"), schema::Value{point}}}};
        whenReady(replica(0).queries().list(std::move(rooms)), this, [this, point](const Result<std::vector<schema::Row>> &places) {
            const auto room = [&](std::size_t n) { return places && n < places->size() ? (*places)[n].id : Uuid{}; };
            window(0).settings().setDesk(point, room(0));
            window(1).settings().setDesk(point, {});
            window(2).settings().setDesk(point, room(1));
            Q_EMIT ready();
        });
    });
}

void DesktopDemo::show(int windows)
{
    for (std::size_t i = 0; i < m_windows.size() && i < static_cast<std::size_t>(windows); ++i)
        m_windows[i]->show();
}

Result<void> DesktopDemo::reopen(int place, bool network)
{
    const auto at = static_cast<std::size_t>(place);
    m_windows[at].reset();
    m_replicas[at].reset();
    auto opened = node::Replica::open({.dataDir = folder(place), .network = network});
    if (!opened)
        return tl::unexpected(opened.error());
    m_replicas[at] = std::move(*opened);
    m_windows[at] = std::make_unique<ui::DeskWindow>(*m_replicas[at], m_theme);
    m_windows[at]->setDemo(true);
    return {};
}

} // namespace anteroom::app
