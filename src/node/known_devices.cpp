#include "node/known_devices.h"

#include "core/atomic_file.h"
#include "core/log.h"

#include <QList>

namespace anteroom::node {

namespace {

constexpr qint64 kMaxBytes = 1024 * 1024;        // 10,000 devices of 100 bytes: more than a clinic has in its life

} // namespace

QByteArray KnownDevices::read() const
{
    auto content = readSmallFile(m_path, kMaxBytes);
    if (content)
        return std::move(*content);
    if (content.error().code != ErrorCode::NotFound)
        log::warning(log::sync, "the file of known devices cannot be read", {{"why", content.error()}});
    return {};
}

Result<void> KnownDevices::add(const Uuid &device, const QByteArray &tokenHash) const
{
    QByteArray content = read();
    content += device.toString().toLatin1();
    content += ' ';
    content += tokenHash.toHex();
    content += '\n';
    return writeFileAtomically(m_path, content, FileMode::Private);
}

std::optional<QByteArray> KnownDevices::tokenHash(const Uuid &device) const
{
    const QByteArray name = device.toString().toLatin1();
    std::optional<QByteArray> last;
    for (const QByteArray &line : read().split('\n'))
        if (line.startsWith(name) && line.size() > name.size() && line.at(name.size()) == ' ')
            last = QByteArray::fromHex(line.sliced(name.size() + 1));
    return last;
}

} // namespace anteroom::node
