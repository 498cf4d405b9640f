// import: FHIR bundles, NDJSON of FHIR resources and lists of codes through the write door of the folder's replica, wherever
// that runs. Reads and parses on a thread of its own; each batch is saved before the next is read. SIGINT stops between two batches and says so.
#pragma once

#include "app/command_line.h"
#include "app/hub_access.h"
#include "exchange/import_files.h"

#include <QObject>

#include <atomic>
#include <thread>

namespace anteroom::app {

class HubImport final : public QObject {
public:
    ~HubImport() override;
    void run(const Arguments &arguments);

private:
    [[nodiscard]] Result<exchange::ImportReport> work();     // on m_thread
    [[nodiscard]] Result<void> saveBatch(std::vector<schema::Change> changes);
    void finished(Result<exchange::ImportReport> result);    // on the main thread

    Arguments m_arguments;
    std::unique_ptr<HubAccess> m_access;
    node::ControlHandler *m_handler = nullptr;
    std::thread m_thread;
    std::atomic<bool> m_cancel = false;
};

} // namespace anteroom::app
