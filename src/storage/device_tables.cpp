#include "storage/device_tables.h"

namespace anteroom::storage {

std::optional<DeviceCounter> DeviceTables::counter(const Uuid &device, std::int64_t incarnation)
{
    Statement statement(m_connection, "SELECT seq,prefix FROM device_counter WHERE device=?1 AND incarnation=?2");
    statement.bindUuid(1, device).bindInt(2, incarnation);
    if (!statement.step())
        return std::nullopt;
    return DeviceCounter{statement.integer(0), std::string(statement.text(1))};
}

void DeviceTables::setCounter(const Uuid &device, std::int64_t incarnation, const DeviceCounter &counter)
{
    Statement statement(m_connection, "INSERT INTO device_counter(device,incarnation,seq,prefix) VALUES(?1,?2,?3,?4)"
                                      " ON CONFLICT(device,incarnation) DO UPDATE SET seq=excluded.seq, prefix=excluded.prefix");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, counter.seq).bindText(4, counter.prefix).run();
}

std::vector<CountedDevice> DeviceTables::counters()
{
    Statement statement(m_connection, "SELECT device,incarnation,seq,prefix FROM device_counter ORDER BY device,incarnation");
    std::vector<CountedDevice> all;
    while (statement.step())
        all.push_back({statement.uuid(0), statement.integer(1), {statement.integer(2), std::string(statement.text(3))}});
    return all;
}

void DeviceTables::keepReply(const Uuid &device, std::int64_t incarnation, std::int64_t seq, const QByteArray &reply)
{
    Statement statement(m_connection, "INSERT INTO device_reply(device,incarnation,seq,reply) VALUES(?1,?2,?3,?4)"
                                      " ON CONFLICT(device,incarnation,seq) DO UPDATE SET reply=excluded.reply");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, seq).bindBlob(4, reply).run();
}

std::map<std::int64_t, QByteArray> DeviceTables::repliesAfter(const Uuid &device, std::int64_t incarnation, std::int64_t retired)
{
    Statement statement(m_connection, "SELECT seq,reply FROM device_reply WHERE device=?1 AND incarnation=?2 AND seq>?3 ORDER BY seq");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, retired);
    std::map<std::int64_t, QByteArray> replies;
    while (statement.step())
        replies.emplace_hint(replies.end(), statement.integer(0), statement.blob(1).toByteArray());
    return replies;
}

void DeviceTables::dropReplies(const Uuid &device, std::int64_t incarnation, std::int64_t retired)
{
    Statement statement(m_connection, "DELETE FROM device_reply WHERE device=?1 AND incarnation=?2 AND seq<=?3");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, retired).run();
}

std::optional<QByteArray> DeviceTables::tokenHash(const Uuid &device)
{
    Statement statement(m_connection, "SELECT token_hash FROM device_token WHERE device=?1");
    statement.bindUuid(1, device);
    if (!statement.step())
        return std::nullopt;
    return statement.blob(0).toByteArray();
}

void DeviceTables::setTokenHash(const Uuid &device, const QByteArray &hash)
{
    Statement statement(m_connection, "INSERT INTO device_token(device,token_hash) VALUES(?1,?2) ON CONFLICT(device) DO UPDATE SET token_hash=excluded.token_hash");
    statement.bindUuid(1, device).bindBlob(2, hash).run();
}

void DeviceTables::eraseToken(const Uuid &device)
{
    Statement statement(m_connection, "DELETE FROM device_token WHERE device=?1");
    statement.bindUuid(1, device).run();
}

std::vector<std::pair<Uuid, QByteArray>> DeviceTables::tokenHashes()
{
    Statement statement(m_connection, "SELECT device,token_hash FROM device_token ORDER BY device");
    std::vector<std::pair<Uuid, QByteArray>> all;
    while (statement.step())
        all.emplace_back(statement.uuid(0), statement.blob(1).toByteArray());
    return all;
}

} // namespace anteroom::storage
