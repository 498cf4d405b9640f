// Replica::Parts: what a replica owns, in the order in which it may die. Internal to node.
#pragma once

#include "node/replica.h"
#include "storage/reader_pool.h"
#include "storage/search_vocabulary.h"
#include "transport/net_thread.h"

#include <QThread>

namespace anteroom::node {

struct Replica::Parts {
    QString dataDir;
    transport::NetThread net;            // outlives the core, whose links live in it
    QThread thread;                      // the writer
    Core *core = nullptr;                // lives, and is deleted, on `thread`
    std::unique_ptr<storage::ReaderPool> readers;
    std::shared_ptr<storage::SearchVocabulary> vocabulary = std::make_shared<storage::SearchVocabulary>();      // of this database
    Status status;
    Identity identity;
    session::CurrentSession session;
    session::Session followed;           // what the identity set; another one was set by somebody and stays
    QFuture<Result<std::optional<schema::Row>>> person;      // the latest reading of the person's row
};

} // namespace anteroom::node
