#include "app/hub_import.h"

#include "app/hub_import_words.h"
#include "app/hub_output.h"
#include "app/hub_signals.h"
#include "core/clock.h"
#include "core/random.h"
#include "exchange/replica_lookup.h"
#include "storage/connection.h"
#include "sync/codec.h"

#include <QCoreApplication>
#include <QFile>

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
            complain(u"%1 cannot be read; give the path of a FHIR bundle, of NDJSON with a FHIR resource a line, or of a list of codes"_s.arg(name));
            return QCoreApplication::exit(kRefused);
        }
    onEndSignal(this, [this] { m_cancel = true; });
    const Need need = m_arguments.has(u"dry-run"_s) ? Need::Read : Need::Write;
    m_access = std::make_unique<HubAccess>(m_arguments.value(u"data"_s), need);
    m_access->open([this](const Result<node::ControlHandler *> &handler) {
        if (!handler)
            return QCoreApplication::exit(complainAbout(handler.error()));
        m_handler = *handler;
        m_thread = std::thread([this] {
            auto result = work();
            QMetaObject::invokeMethod(this, [this, result = std::move(result)] { finished(result); }, Qt::QueuedConnection);
        });
    });
}

Result<exchange::ImportReport> HubImport::work()
{
    const auto connection = storage::Connection::open(node::databasePath(m_arguments.value(u"data"_s)), storage::Mode::ReadOnly);
    if (!connection)
        return tl::unexpected(connection.error());
    const bool dryRun = m_arguments.has(u"dry-run"_s);
    exchange::ImportHooks hooks;
    exchange::lookIn(**connection, hooks);
    hooks.sink = [this, dryRun](std::vector<schema::Change> changes) { return dryRun ? Result<void>() : saveBatch(std::move(changes)); };
    hooks.cancel = &m_cancel;
    return exchange::importFiles(m_arguments.positionals(), {.codesVersion = m_arguments.value(u"codes-version"_s)}, hooks);
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

void HubImport::finished(Result<exchange::ImportReport> result)
{
    m_thread.join();
    if (!result)
        return QCoreApplication::exit(complainAbout(result.error()));
    const bool dryRun = m_arguments.has(u"dry-run"_s);
    if (m_arguments.has(u"json"_s))
        printJson(importJson(*result, dryRun));
    else
        print(importWords(*result, dryRun));
    if (result->cancelled) {
        complain(u"Stopped; what was saved stays. Run the import again, it goes on where it stopped"_s);
        return QCoreApplication::exit(kRefused);
    }
    if (result->badLineCount > 0 && result->types.empty()) {
        complain(u"No line could be read; give a FHIR bundle, or a file with one FHIR resource of JSON a line"_s);
        return QCoreApplication::exit(kRefused);
    }
    QCoreApplication::exit(kDone);
}

} // namespace anteroom::app
