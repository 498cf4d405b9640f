// What benchmarks measure with: CLOCK_MONOTONIC (one clock for all processes of a PC), percentiles, memory from /proc,
// bytes from the kernel's own count of each socket. Linux only, as the figures of GOALS are.
#pragma once

#include <QJsonArray>

#include <cstdint>
#include <vector>

namespace anteroom::app {

[[nodiscard]] std::int64_t nowNs();                              // CLOCK_MONOTONIC

struct Percentiles { double p50 = 0, p99 = 0, max = 0; };
[[nodiscard]] Percentiles percentiles(std::vector<double> samples);      // nearest rank; zeros if empty
[[nodiscard]] double ratioOf(double value, double floor);                // 0 where there is no floor
[[nodiscard]] double rounded(double value);                              // three decimals, for JSON

[[nodiscard]] double residentMib();
[[nodiscard]] double peakMib();                                  // since start or resetPeak()
void resetPeak();
[[nodiscard]] double cpuSeconds();                               // user and system, of this process

// Bytes that the TCP sockets of this process have received.
[[nodiscard]] std::int64_t socketBytesReceived();

} // namespace anteroom::app
