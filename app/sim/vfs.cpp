#include "app/sim/vfs.h"

#include "app/sim/vfs_sqlite.h"

namespace anteroom::sim {

Disk::Disk()
    : m_state((registerVfs(), registerDisk()))
{
}

Disk::Disk(const Image &image)
    : Disk()
{
    restore(image);
}

Disk::~Disk()
{
    forgetDisk(*m_state);
    m_state->observer = nullptr;
    m_state->killHandles();
}

QString Disk::path(const QString &file) const
{
    return QStringLiteral("/disk%1/%2").arg(m_state->number).arg(file);
}

QString Disk::vfsName()
{
    registerVfs();
    return QString::fromLatin1(kVfsName);
}

storage::OpenOptions Disk::openOptions()
{
    storage::OpenOptions options;
    options.vfs = vfsName();
    return options;
}

void Disk::powerCut(Random &random)
{
    restore(imageAfterPowerCut(random));
}

void Disk::processCrash()
{
    m_state->killHandles();
}

void Disk::setCapacity(std::optional<std::int64_t> bytes)
{
    m_state->capacity = bytes;
}

void Disk::failOperation(std::int64_t n)
{
    m_state->failIn = n;
}

std::int64_t Disk::failures() const
{
    return m_state->failures;
}

void Disk::ignoreSync(bool on)
{
    m_state->lies = on;
}

Disk::Image Disk::image() const
{
    auto files = std::make_shared<Image::Files>();
    for (const auto &[name, file] : m_state->files)
        if (file->exists)
            files->contents.emplace_hint(files->contents.end(), name, file->seen);
    Image image;
    image.m_files = std::move(files);
    return image;
}

Disk::Image Disk::imageAfterPowerCut(Random &random) const
{
    const Fate fate = m_state->castFate(random);
    auto files = std::make_shared<Image::Files>();
    for (const auto &[name, file] : m_state->files)
        if (auto left = file->survivors(fate, random))
            files->contents.emplace_hint(files->contents.end(), name, std::move(*left));
    Image image;
    image.m_files = std::move(files);
    return image;
}

void Disk::restore(const Image &image)
{
    m_state->killHandles();
    m_state->files.clear();
    if (!image.m_files)
        return;
    for (const auto &[name, content] : image.m_files->contents) {
        auto file = std::make_shared<DiskFile>();
        file->become(content);
        m_state->files.emplace_hint(m_state->files.end(), name, std::move(file));
    }
}

void Disk::exchange(const Image &image)
{
    for (const auto &[name, file] : m_state->files) {
        const auto found = image.m_files->contents.find(name);
        file->become(found == image.m_files->contents.end() ? std::nullopt : std::optional(found->second));
        if (file->shm)
            file->shm->clear();
    }
    for (const auto &[name, content] : image.m_files->contents)
        if (!m_state->files.contains(name))
            m_state->open(name)->become(content);
}

std::int64_t Disk::unsynced() const
{
    std::int64_t sum = 0;
    for (const auto &[name, file] : m_state->files)
        sum += static_cast<std::int64_t>(file->pending.size());
    return sum;
}

std::int64_t Disk::operations() const
{
    return m_state->operations;
}

std::int64_t Disk::bytesUsed() const
{
    return m_state->bytesUsed();
}

void Disk::observe(Observer observer)
{
    m_state->observer = std::move(observer);
}

void Disk::keepLog(bool on)
{
    m_state->logging = on;
    if (!on)
        m_state->log.clear();
}

const std::vector<DiskOperation> &Disk::log() const
{
    return m_state->log;
}

std::optional<QByteArray> Disk::readFile(const QString &name) const
{
    const DiskFile *file = m_state->find(name.toStdString());
    if (!file)
        return std::nullopt;
    QByteArray bytes(file->seen.size(), Qt::Uninitialized);
    file->seen.read(0, std::as_writable_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))));
    return bytes;
}

bool Disk::writeFile(const QString &name, const QByteArray &bytes, bool durable)
{
    const std::string key = name.toStdString();
    const auto data = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (m_state->replace(key, data) != DiskState::Outcome::Done)
        return false;
    return !durable || m_state->sync(key, *m_state->files.at(key)) == DiskState::Outcome::Done;
}

void Disk::removeFile(const QString &name, bool durable)
{
    m_state->remove(name.toStdString(), durable);
}

QStringList Disk::files() const
{
    QStringList names;
    for (const auto &[name, file] : m_state->files)
        if (file->exists)
            names.append(QString::fromStdString(name));
    return names;
}

} // namespace anteroom::sim
