// import: FHIR NDJSON files through the write door of the folder's replica, wherever that runs. Reads and parses on a
// thread of its own; each batch is saved before the next is read. SIGINT stops between two batches and says so.
#pragma once

#include "app/command_line.h"
#include "app/hub_access.h"
#include "exchange/ndjson_import.h"

#include <QObject>

#include <atomic>
#include <thread>

namespace anteroom::app {

class HubImport final : public QObject {
public:
    ~HubImport() override;
    void run(const Arguments &arguments);

private:
    void work();                                             // on m_thread
    [[nodiscard]] Result<void> importFile(const QString &name);
    [[nodiscard]] Result<void> saveBatch(std::vector<schema::Change> changes);
    void finished(const Result<void> &result);               // on the main thread
    void show() const;

    Arguments m_arguments;
    std::unique_ptr<HubAccess> m_access;
    node::ControlHandler *m_handler = nullptr;
    std::thread m_thread;
    std::atomic<bool> m_cancel = false;
    exchange::ImportReport m_total;
    std::vector<std::pair<QString, exchange::BadLine>> m_badLines;       // with their file
};

} // namespace anteroom::app
