#include "node/mark_keeper.h"

#include "node/data_folder.h"
#include "storage/mark_file.h"

namespace anteroom::node {

using namespace sync;

namespace {

class FolderMark final : public MarkPort {
public:
    explicit FolderMark(const QString &dataDir) : m_file(markPath(dataDir)) {}

    MarkFound read() override
    {
        const auto stored = m_file.read();
        if (!stored)
            return {};
        return {decodeMark(stored->content), stored->copied};
    }
    Result<void> write(const Mark &mark) override { return m_file.write(encodeMark(mark)); }

private:
    storage::MarkFile m_file;
};

Mark markOf(bool host, StoreTx &tx) { return host ? Mark(hostMark(tx)) : Mark(clientMark(tx)); }

} // namespace

MarkKeeper::MarkKeeper(std::unique_ptr<MarkPort> port)
    : m_port(std::move(port))
{
}

MarkKeeper::MarkKeeper(const QString &dataDir)
    : MarkKeeper(std::make_unique<FolderMark>(dataDir))
{
}

HistoryFinding MarkKeeper::check(bool host, Random &random, StoreTx &tx)
{
    const MarkFound found = m_port->read();
    const HistoryFinding finding = host ? openHostHistory(found, random, tx) : openClientHistory(found, random, tx);
    m_written = finding.fault == HistoryFault::None && !found.copied ? found.mark : std::nullopt;
    return finding;
}

void MarkKeeper::begin(bool host, StoreTx &tx)
{
    m_host = host;
    setMarkKnown(tx);
    m_next = markOf(host, tx);
    (void)keep();
}

void MarkKeeper::prepare(StoreTx &tx) { m_next = markOf(m_host, tx); }

Result<void> MarkKeeper::keep()
{
    if (!m_next || m_next == m_written)
        return {};
    if (auto written = m_port->write(*m_next); !written)
        return written;
    m_written = m_next;
    return {};
}

QString historyWords(const HistoryFinding &finding, bool host)
{
    const QString told = QString::number(finding.told);
    if (!host)
        return finding.fault == HistoryFault::None ? QString()
            : QStringLiteral("This PC's data was restored from an older copy, or is a copy of another PC's. It goes on under a new number; what was not sent yet is sent again.");
    switch (finding.fault) {
    case HistoryFault::None:
        break;
    case HistoryFault::Leads:
        return QStringLiteral("This PC's database is older than what it had told others (revision %1). A new epoch was opened; the other PCs send back what is missing.").arg(told);
    case HistoryFault::Foreign:
        return QStringLiteral("This PC's database does not hold what it had told others (revision %1). A new epoch was opened; the other PCs send back what is missing.").arg(told);
    case HistoryFault::Copied:
        return QStringLiteral("This data folder is a copy of another one. A new epoch was opened, so that the two cannot be taken for each other; the other PCs send back what is missing here.");
    case HistoryFault::Missing:
        return QStringLiteral("The file anteroom.mark is missing in the data folder, so nobody can tell whether this database is the newest. A new epoch was opened; the other PCs send back what is missing.");
    }
    return {};
}

} // namespace anteroom::node
