// Replica::Parts: what a replica owns, in the order in which it may die. Internal to node.
#pragma once

#include "node/replica.h"
#include "storage/reader_pool.h"
#include "transport/net_thread.h"

#include <QThread>

namespace anteroom::node {

struct Replica::Parts {
    QString dataDir;
    transport::NetThread net;            // outlives the core, whose links live in it
    QThread thread;                      // the writer
    Core *core = nullptr;                // lives, and is deleted, on `thread`
    std::unique_ptr<storage::ReaderPool> readers;
    Status status;
    Identity identity;
};

} // namespace anteroom::node
