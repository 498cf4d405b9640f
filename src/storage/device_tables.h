// DeviceTables: what a host keeps about each device that writes to it: the counter of its entries with the replies that
// it has not acknowledged, and the hash of its token. Replies are opaque bytes here. Failures throw SqlError.
#pragma once

#include "core/uuid.h"
#include "storage/transaction.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace anteroom::storage {

struct DeviceCounter {
    std::int64_t seq = 0;
    std::string prefix;
};

struct CountedDevice {
    Uuid device;
    std::int64_t incarnation = 1;
    DeviceCounter counter;
};

class DeviceTables {
public:
    explicit DeviceTables(Connection &connection) : m_connection(connection) {}

    [[nodiscard]] std::optional<DeviceCounter> counter(const Uuid &device, std::int64_t incarnation);
    void setCounter(const Uuid &device, std::int64_t incarnation, const DeviceCounter &counter);
    [[nodiscard]] std::vector<CountedDevice> counters();                                       // by device, incarnation

    void keepReply(const Uuid &device, std::int64_t incarnation, std::int64_t seq, const QByteArray &reply);
    [[nodiscard]] std::map<std::int64_t, QByteArray> repliesAfter(const Uuid &device, std::int64_t incarnation, std::int64_t retired);
    void dropReplies(const Uuid &device, std::int64_t incarnation, std::int64_t retired);      // seq ≤ retired

    [[nodiscard]] std::optional<QByteArray> tokenHash(const Uuid &device);
    void setTokenHash(const Uuid &device, const QByteArray &hash);
    void eraseToken(const Uuid &device);
    [[nodiscard]] std::vector<std::pair<Uuid, QByteArray>> tokenHashes();

private:
    Connection &m_connection;
};

} // namespace anteroom::storage
