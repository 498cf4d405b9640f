// Drafts: half-typed forms that survive a crash, a lock or a forced sign-out. Bytes by key, on this PC only: no record,
// never sent, never audited. Called from the UI thread; never blocks; writes are kept in the order of the calls.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace anteroom::node {

class Replica;

struct DraftNote {
    QString key;                         // page and subject: "patients.new", "records.vitals.<id>"
    QByteArray value;
    std::int64_t at = 0;                 // UTC ms when it was kept
};

class Drafts {
public:
    static constexpr int kMostBytes = 256 * 1024;      // of one draft; more is refused

    explicit Drafts(Replica &replica) : m_replica(replica) {}

    [[nodiscard]] QFuture<Result<std::optional<DraftNote>>> read(QString key);
    // Those whose key begins so, newest first.
    [[nodiscard]] QFuture<Result<std::vector<DraftNote>>> all(QString prefix = {});
    QFuture<Result<void>> put(QString key, QByteArray value);
    QFuture<Result<void>> erase(QString key);

private:
    Replica &m_replica;
};

} // namespace anteroom::node
