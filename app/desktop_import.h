// The desk's importer: reads files on a thread of its own beside the replica's database and saves each batch through the
// replica's door, on the thread that owns it. It shows nothing. Ends its thread before it is gone; what was saved stays.
#pragma once

#include "exchange/import_files.h"
#include "node/replica.h"
#include "ui/import/import_port.h"

#include <QObject>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

namespace anteroom::app {

class DesktopImport final : public QObject, public ui::ImportPort {
public:
    explicit DesktopImport(node::Replica &replica) : m_replica(replica) {}
    ~DesktopImport() override;

    void start(const Request &request, std::function<void(const ui::ImportStep &)> progress,
               std::function<void(const Result<ui::ImportAccount> &)> done) override;
    void cancel() override { m_cancel = true; }

private:
    using Saved = std::promise<Result<void>>;
    [[nodiscard]] Result<exchange::ImportReport> work(const Request &request, const QString &folder);      // on m_thread, as are the next two
    [[nodiscard]] Result<void> saveBatch(std::vector<schema::Change> changes);
    void tell(const exchange::ImportProgress &progress);

    node::Replica &m_replica;
    std::thread m_thread;
    std::atomic<bool> m_cancel = false;
    bool m_running = false;
    std::function<void(const ui::ImportStep &)> m_progress;
    std::function<void(const Result<ui::ImportAccount> &)> m_done;
    std::mutex m_mutex;
    std::shared_ptr<Saved> m_waiting;        // the thread waits for it; guarded by m_mutex
    bool m_ending = false;                   // guarded by m_mutex
};

} // namespace anteroom::app
