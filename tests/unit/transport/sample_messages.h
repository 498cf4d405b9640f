// One message of every type with every field set, for the tests of what carries them.
#pragma once

#include "schema/registry.h"
#include "sync/messages.h"

namespace anteroom::test {

inline Uuid sampleId(std::uint8_t seed)
{
    Uuid id;
    id.bytes.fill(seed);
    return id;
}

inline std::vector<sync::RowAt> sampleRows(int count, std::size_t textBytes)
{
    const schema::Table *table = schema::findTable("service_points");
    std::vector<sync::RowAt> rows;
    for (int i = 0; i < count; ++i) {
        sync::RowAt row{table, schema::emptyRow(*table, sampleId(static_cast<std::uint8_t>(i + 1))), {7, i}};
        for (std::size_t c = 0; c < row.row.values.size(); ++c)
            if (schema::columnAt(*table, static_cast<int>(c)).type == schema::Type::Text)
                row.row.values[c] = std::string(textBytes, static_cast<char>('a' + i % 26));
        rows.push_back(std::move(row));
    }
    return rows;
}

inline std::vector<sync::Message> sampleMessages()
{
    using namespace sync;
    const schema::Table *table = schema::findTable("service_points");
    Entry entry{sampleId(1), schema::Claim::Take, "queue.take", 1700000000000, sampleId(2), sampleId(3), {}};
    entry.changes.push_back(schema::makeInsert(*table, sampleId(4), {}));
    const Reply reply{Verdict::Refused, 9, "This is not allowed; ask an administrator.", "T-001", sampleId(5), sampleId(6)};
    return {
        Hello{1, sampleId(7), 2, QByteArray(32, 't'), {3, sampleId(8)}, {4, 5}, 6, {7, 8}, RevSalt{9, 10}, {{11, 12}}, Probe{13, 14}, 15, 1, 1, 16, "0.1"},
        Welcome{1, {3, sampleId(8)}, 40, 41, "AB", 42, Probe{43, 44}, true, 1, "front desk", 45},
        Offer{{1, 2}, {{3, 4}}, 5, sampleRows(2, 8)},
        Page{{1, 2}, {3, 4}, {5, 6}, sampleRows(3, 400), true, {{7, reply}}, {{8, 9}}, QByteArray(20, 'c')},
        Frame{1, 2, 0xffffffffffffffffULL, sampleRows(1, 8), {{3, reply}}, QByteArray(20, 'c')},
        Push{1, entry, true},
        Later{1, "The disk of the host is full."},
        Ack{{1, 2}, 3},
        Beat{1, {{2, 3, 4}}, 5},
        Join{1, "ABCDE-FGHJK", "front desk", "Ana", "0.1", 1, 1, 7},
        Joined{1, sampleId(1), sampleId(2), sampleId(3), QByteArray(32, 't'), "Clinic", "front desk"},
        More{3},
        Compare{9, 4, 2, true, std::vector<std::uint64_t>(256, 0xfedcba9876543210ULL)},
        Compared{9, 4, 2, false, true, {0, 17, 255}, sampleRows(1, 8)},
        Refuse{RefusalCode::WrongCode, "This access code is not valid: ask for a new one."},
    };
}

// A message whose encoding has exactly `size` bytes.
inline sync::Message messageOfSize(std::size_t size, std::size_t (*encodedSize)(const sync::Message &))
{
    sync::Frame frame{1, 2, 3, {}, {}, QByteArray(static_cast<qsizetype>(size), 'x')};
    const std::size_t over = encodedSize(frame) - size;
    frame.counters.chop(static_cast<qsizetype>(over));
    for (std::uint32_t i = 0, s = 1; i < static_cast<std::uint32_t>(frame.counters.size()); ++i) {
        s = s * 1664525U + 1013904223U;      // does not compress
        frame.counters[static_cast<qsizetype>(i)] = static_cast<char>(s >> 24);
    }
    return frame;
}

} // namespace anteroom::test
