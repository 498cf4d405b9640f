#include "app/desktop_import.h"

#include "core/when_ready.h"
#include "exchange/replica_lookup.h"
#include "storage/connection.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

ui::ImportAccount accountOf(const exchange::ImportReport &report)
{
    ui::ImportAccount account;
    for (const auto &[name, count] : report.types) {
        ui::ImportType type{name, count.in, count.taken, count.added, count.changed, count.kept, count.retired, {}};
        type.notTaken.assign(count.notTaken.begin(), count.notTaken.end());
        account.types.push_back(std::move(type));
    }
    for (const exchange::BadLine &line : report.badLines) {
        const QString file = QFileInfo(line.file).fileName();
        const QString place = line.number == 0 ? file : line.entry ? u"%1, entry %2"_s.arg(file).arg(line.number) : u"%1, line %2"_s.arg(file).arg(line.number);
        account.problems.append(u"%1: %2"_s.arg(place, line.why));
    }
    account.problemCount = report.badLineCount;
    account.notes = QStringList(report.notes.begin(), report.notes.end());
    account.cancelled = report.cancelled;
    return account;
}

} // namespace

DesktopImport::~DesktopImport()
{
    m_cancel = true;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        if (m_waiting)                       // its answer would come through an event loop that turns no more
            m_waiting->set_value(fail(ErrorCode::Cancelled, u"The window was closed."_s));
        m_waiting.reset();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void DesktopImport::start(const Request &request, std::function<void(const ui::ImportStep &)> progress,
                          std::function<void(const Result<ui::ImportAccount> &)> done)
{
    if (m_running) {
        QMetaObject::invokeMethod(this, [done = std::move(done)] { done(fail(ErrorCode::Busy, u"Another import is running here. Wait for its end."_s)); }, Qt::QueuedConnection);
        return;
    }
    m_running = true;
    m_cancel = false;
    m_progress = std::move(progress);
    m_done = std::move(done);
    m_thread = std::thread([this, request, folder = m_replica.dataDir()] {
        auto result = work(request, folder);
        QMetaObject::invokeMethod(this, [this, result = std::move(result)] {
            m_thread.join();
            m_running = false;
            const auto finish = std::exchange(m_done, {});
            if (result)
                finish(accountOf(*result));
            else
                finish(tl::unexpected(result.error()));
        }, Qt::QueuedConnection);
    });
}

Result<exchange::ImportReport> DesktopImport::work(const Request &request, const QString &folder)
{
    const auto connection = storage::Connection::open(node::databasePath(folder), storage::Mode::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    exchange::ImportHooks hooks;
    exchange::lookIn(**connection, hooks);
    hooks.sink = [this, &request](std::vector<schema::Change> changes) { return request.dryRun ? Result<void>() : saveBatch(std::move(changes)); };
    hooks.progress = [this](const exchange::ImportProgress &progress) { tell(progress); };
    hooks.cancel = &m_cancel;
    return exchange::importFiles(request.files, {}, hooks);
}

void DesktopImport::tell(const exchange::ImportProgress &progress)
{
    QMetaObject::invokeMethod(this, [this, step = ui::ImportStep{progress.bytesDone, progress.bytesTotal, progress.records}] {
        if (m_progress)
            m_progress(step);
    }, Qt::QueuedConnection);
}

// The door is the owner thread's; this thread waits for its answer.
Result<void> DesktopImport::saveBatch(std::vector<schema::Change> changes)
{
    auto saved = std::make_shared<Saved>();
    auto answer = saved->get_future();
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending)
            return fail(ErrorCode::Cancelled, u"The window was closed."_s);
        m_waiting = saved;
    }
    const auto settle = [this, saved](const Result<void> &result) {
        const std::lock_guard lock(m_mutex);
        if (m_waiting == saved) {
            saved->set_value(result);
            m_waiting.reset();
        }
    };
    QMetaObject::invokeMethod(this, [this, settle, changes = std::move(changes)]() mutable {
        whenReady(m_replica.commands().save({.name = "import", .changes = std::move(changes)}), this, [settle](const Result<node::SaveOutcome> &outcome) {
            if (!outcome)
                settle(tl::unexpected(outcome.error()));
            else if (!outcome->saved)
                settle(fail(ErrorCode::Differs, u"Somebody saved the same records at this moment."_s));
            else
                settle({});
        });
    }, Qt::QueuedConnection);
    return answer.get();
}

} // namespace anteroom::app
