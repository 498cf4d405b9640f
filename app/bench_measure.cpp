#include "app/bench_measure.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <ctime>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace anteroom::app {

namespace {

constexpr int kMaxDescriptor = 1024;

double statusMib(QByteArrayView field)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith(field))
            return line.mid(field.size()).simplified().split(' ').value(0).toDouble() / 1024.0;
    return 0;
}

} // namespace

std::int64_t nowNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Percentiles percentiles(std::vector<double> samples)
{
    if (samples.empty())
        return {};
    std::ranges::sort(samples);
    const auto at = [&samples](double share) {
        const auto rank = static_cast<std::size_t>(std::ceil(share * double(samples.size())));
        return samples[std::clamp<std::size_t>(rank, 1, samples.size()) - 1];
    };
    return {at(0.50), at(0.99), samples.back()};
}

double ratioOf(double value, double floor)
{
    return floor > 0 ? value / floor : 0;
}

double rounded(double value)
{
    return std::round(value * 1000.0) / 1000.0;
}

double residentMib()
{
    return statusMib("VmRSS:");
}

double peakMib()
{
    return statusMib("VmHWM:");
}

void resetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::int64_t socketBytesReceived()
{
    std::int64_t bytes = 0;
    for (int fd = 3; fd < kMaxDescriptor; ++fd) {
        tcp_info info{};
        socklen_t size = sizeof info;
        if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
            bytes += std::int64_t(info.tcpi_bytes_received);
    }
    return bytes;
}

} // namespace anteroom::app
