#include "app/hub_import.h"

#include "app/hub_output.h"
#include "app/hub_signals.h"
#include "core/clock.h"
#include "core/random.h"
#include "storage/connection.h"
#include "storage/records.h"
#include "storage/sql_error.h"
#include "sync/codec.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

#include <future>

using namespace Qt::StringLiterals;

namespace anteroom::app {

HubImport::~HubImport()
{
    m_cancel = true;
    if (m_thread.joinable())
        m_thread.join();
}

void HubImport::run(const Arguments &arguments)
{
    m_arguments = arguments;
    for (const QString &name : m_arguments.positionals())
        if (!QFile(name).open(QIODevice::ReadOnly)) {
            complain(u"%1 cannot be read; give the path of an NDJSON file of FHIR patients"_s.arg(name));
            return QCoreApplication::exit(kRefused);
        }
    onEndSignal(this, [this] { m_cancel = true; });
    const Need need = m_arguments.has(u"dry-run"_s) ? Need::Read : Need::Write;
    m_access = std::make_unique<HubAccess>(m_arguments.value(u"data"_s), need);
    m_access->open([this](const Result<node::ControlHandler *> &handler) {
        if (!handler)
            return QCoreApplication::exit(complainAbout(handler.error()));
        m_handler = *handler;
        m_thread = std::thread([this] { work(); });
    });
}

void HubImport::work()
{
    Result<void> result;
    for (const QString &name : m_arguments.positionals()) {
        result = importFile(name);
        if (!result || m_total.cancelled)
            break;
    }
    QMetaObject::invokeMethod(this, [this, result] { finished(result); }, Qt::QueuedConnection);
}

Result<void> HubImport::importFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, u"%1 cannot be read"_s.arg(name), name);
    const auto connection = storage::Connection::open(node::databasePath(m_arguments.value(u"data"_s)), storage::Mode::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    const bool dryRun = m_arguments.has(u"dry-run"_s);
    exchange::ImportHooks hooks;
    hooks.lookup = [&connection](const schema::Table &table, const Uuid &id) -> Result<std::optional<schema::Row>> {
        try {
            return storage::readRow(**connection, table, id);
        } catch (const storage::SqlError &error) {
            return tl::unexpected(error.error());
        }
    };
    hooks.sink = [this, dryRun](std::vector<schema::Change> changes) { return dryRun ? Result<void>() : saveBatch(std::move(changes)); };
    hooks.cancel = &m_cancel;
    const auto report = exchange::importNdjson(file, hooks);
    if (!report)
        return tl::unexpected(report.error());
    m_total.created += report->created;
    m_total.unchanged += report->unchanged;
    m_total.kept += report->kept;
    m_total.rowsAdded += report->rowsAdded;
    m_total.badLineCount += report->badLineCount;
    m_total.cancelled = report->cancelled;
    for (const auto &[type, count] : report->otherTypes)
        m_total.otherTypes[type] += count;
    for (const exchange::BadLine &line : report->badLines)
        m_badLines.emplace_back(name, line);
    return {};
}

// The handler lives on the main thread; this one waits for its answer.
Result<void> HubImport::saveBatch(std::vector<schema::Change> changes)
{
    SystemRandom random;
    schema::Entry entry;
    entry.uuid = uuidV7(SystemClock(), random);
    entry.act = "import";
    entry.changes = std::move(changes);
    QJsonObject request{{u"do"_s, u"save"_s}, {u"entry"_s, QString::fromLatin1(sync::encodeEntry(entry).toBase64())}};
    if (m_arguments.has(u"as"_s))
        request.insert(u"as"_s, m_arguments.value(u"as"_s));
    auto answer = std::make_shared<std::promise<Result<QJsonObject>>>();
    auto future = answer->get_future();
    QMetaObject::invokeMethod(this, [this, request, answer] {
        m_handler->handle(request, node::ControlAnswer{.part = {}, .done = [answer](const Result<QJsonObject> &result) { answer->set_value(result); }});
    }, Qt::QueuedConnection);
    const Result<QJsonObject> result = future.get();
    if (!result)
        return tl::unexpected(result.error());
    if (!result->value("saved"_L1).toBool())
        return fail(ErrorCode::Differs, u"Somebody saved the same rows at this moment; run the import again, it goes on where it stopped"_s);
    return {};
}

void HubImport::finished(const Result<void> &result)
{
    m_thread.join();
    if (!result)
        return QCoreApplication::exit(complainAbout(result.error()));
    show();
    if (m_total.cancelled) {
        complain(u"Stopped; what was saved stays. Run the import again, it goes on where it stopped"_s);
        return QCoreApplication::exit(kRefused);
    }
    if (m_total.badLineCount > 0 && m_total.created + m_total.unchanged + m_total.kept == 0 && m_total.otherTypes.empty()) {
        complain(u"No line could be read; give a file with one FHIR resource of JSON a line"_s);
        return QCoreApplication::exit(kRefused);
    }
    QCoreApplication::exit(kDone);
}

void HubImport::show() const
{
    if (m_arguments.has(u"json"_s)) {
        QJsonObject others;
        for (const auto &[type, count] : m_total.otherTypes)
            others.insert(type, count);
        QJsonArray bad;
        for (const auto &[file, line] : m_badLines)
            bad.append(QJsonObject{{u"file"_s, file}, {u"line"_s, qint64(line.number)}, {u"why"_s, line.why}});
        return printJson({{u"created"_s, m_total.created}, {u"unchanged"_s, m_total.unchanged}, {u"kept"_s, m_total.kept},
                          {u"rows"_s, m_total.rowsAdded}, {u"other_types"_s, others}, {u"bad_lines"_s, bad},
                          {u"bad_line_count"_s, m_total.badLineCount}, {u"cancelled"_s, m_total.cancelled},
                          {u"dry_run"_s, m_arguments.has(u"dry-run"_s)}});
    }
    print(u"%1 %2 patients in %3 rows; %4 were here already, %5 were changed here and stay as they are\n"_s
              .arg(m_arguments.has(u"dry-run"_s) ? u"Would import"_s : u"Imported"_s)
              .arg(m_total.created).arg(m_total.rowsAdded).arg(m_total.unchanged).arg(m_total.kept));
    for (const auto &[type, count] : m_total.otherTypes)
        print(u"Passed over: %1 of type %2\n"_s.arg(count).arg(type));
    for (const auto &[file, line] : m_badLines)
        print(u"Skipped: line %1 of %2: %3\n"_s.arg(line.number).arg(file, line.why));
    if (m_total.badLineCount > int(m_badLines.size()))
        print(u"Skipped: %1 more lines\n"_s.arg(m_total.badLineCount - int(m_badLines.size())));
}

} // namespace anteroom::app
