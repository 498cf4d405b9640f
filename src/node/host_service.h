// HostService: the host's side of a replica: the clinic's order of revisions, the door for other PCs, access codes,
// presence, and the day's close. A solo replica has one that does not listen. Writer thread.
#pragma once

#include "node/clinic_policy.h"
#include "node/content_reader.h"
#include "node/core_context.h"
#include "node/known_devices.h"
#include "sync/host_log.h"
#include "transport/websocket_host.h"

#include <QTimer>

namespace anteroom::node {

class HostService final : public QObject {
    Q_OBJECT
public:
    HostService(CoreContext &context, sync::StoreTx &tx);
    ~HostService() override;

    [[nodiscard]] sync::HostLog &log() { return m_log; }
    [[nodiscard]] sync::Author author() const { return {m_context.identity.device, 1}; }

    [[nodiscard]] Result<Listening> listen(const QString &address, quint16 port);
    void stopListening();
    [[nodiscard]] QString listeningAt() const { return m_listening; }
    [[nodiscard]] AccessCode newCode();
    // H13: a host that was restarted may have lost its newest tickets. Its own desk gets numbers once a client said what
    // it holds, or a person confirmed; a clinic of one PC never waits.
    [[nodiscard]] bool steppedDown() const { return m_log.steppedDown(); }
    [[nodiscard]] bool numbersWait() const { return m_hasClients && !m_met && !m_confirmed; }
    void confirmNumbers() { m_confirmed = true; }
    [[nodiscard]] bool hasClients() const { return m_hasClients || m_met; }

    void execute(const sync::Effects &effects);
    void lost();                             // the database's transaction is gone: every line starts over
    void remember();                         // before each event, for reload()
    // The database is what it was: the log is read again. Not where the clinic itself was never written.
    void reload(sync::StoreTx &tx);
    [[nodiscard]] std::vector<PeerStatus> peers() const;

private:
    struct Peer { QString name; Uuid device; };

    void received(sync::ConnId conn, const sync::MessagePtr &message);
    void closed(sync::ConnId conn);
    void join(sync::ConnId conn, const sync::Join &join);
    void hello(sync::ConnId conn, const sync::MessagePtr &message);
    void compareContent(sync::ConnId conn, const sync::Compare &asked);
    void tick();
    void closeDay();
    [[nodiscard]] bool proves(const sync::Hello &hello, sync::StoreTx &tx);
    [[nodiscard]] std::optional<sync::Refuse> checkCode(const sync::Join &join);

    CoreContext &m_context;
    ClinicPolicy m_policy;
    sync::HostLog m_log;
    KnownDevices m_known;
    transport::NetOwned<transport::WebSocketHost> m_port;
    std::map<sync::ConnId, Peer> m_peers;
    std::map<sync::ConnId, sync::HostPeer> m_before;         // what each was sent before the event that is under way
    QString m_listening;
    std::uint64_t m_hosting = 0;             // which port a queued job belongs to
    QString m_code;                          // memory only
    std::int64_t m_codeExpires = 0;
    int m_codeFailures = 0;
    ContentReader m_content;
    std::optional<sync::ContentSums> m_sums; // as they were read last
    QTimer m_tick;
    std::string m_day;
    int m_ticks = 0;
    bool m_closing = false;
    bool m_hasClients = false;               // at the start: PCs that joined and were not retired
    bool m_met = false, m_confirmed = false;
};

} // namespace anteroom::node
