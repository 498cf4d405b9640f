#include "storage/search_index.h"

#include "schema/registry.h"
#include "storage/records.h"
#include "storage/sync_index.h"

#include <algorithm>
#include <array>
#include <limits>

namespace anteroom::storage {

using schema::Table;

namespace {

constexpr int kKeysAtOnce = 500;             // of sync_row: most are of tables that nobody searches
constexpr int kRowsAtOnce = 100;             // of a table that is walked
constexpr std::size_t kShortestName = 3;     // letters of a word that can be misspelt

namespace key {
constexpr std::string_view kFormat = "format", kTouched = "touched", kTable = "walk_table", kRow = "walk_row", kEpoch = "epoch";
}

const char *textTable(const Table &table)
{
    return table.name == "code_concepts" ? "search_codes" : "search_text";
}

bool isName(std::string_view word)
{
    return word.size() >= kShortestName && std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t placeOf(const SearchDocument &document)
{
    return (static_cast<std::int64_t>(document.kind) << kOrderBits | document.order) << kTieBits;
}

constexpr std::int64_t kTies = (std::int64_t{1} << kTieBits) - 1;

} // namespace

bool SearchIndex::concerns(const Table &table)
{
    static const std::vector<const Table *> searched = searchedTables();
    return patientColumn(table) >= 0 || std::find(searched.begin(), searched.end(), &table) != searched.end();
}

std::int64_t SearchIndex::state(std::string_view key)
{
    Statement statement(m_connection, "SELECT value FROM search_state WHERE key=?1");
    statement.bindText(1, key);
    return statement.step() ? statement.integer(0) : 0;
}

void SearchIndex::setState(std::string_view key, std::int64_t value)
{
    Statement statement(m_connection, "INSERT INTO search_state(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=excluded.value");
    statement.bindText(1, key).bindInt(2, value).run();
}

// ---- documents ------------------------------------------------------------------------------

std::optional<SearchIndex::Doc> SearchIndex::docOf(const Table &table, std::int64_t pk)
{
    Statement statement(m_connection, "SELECT doc,words FROM search_doc WHERE tbl=?1 AND row=?2");
    statement.bindInt(1, table.number).bindInt(2, pk);
    if (!statement.step())
        return std::nullopt;
    return Doc{statement.integer(0), std::string(statement.text(1))};
}

// A contentless index forgets a document only when it is told its words again.
void SearchIndex::remove(const Table &table, const Doc &doc)
{
    const std::string text = indexedText(doc.words);
    const std::string name = textTable(table);
    Statement(m_connection, "INSERT INTO " + name + "(" + name + ",rowid,words) VALUES('delete',?1,?2)").bindInt(1, doc.doc).bindText(2, text).run();
    Statement(m_connection, "DELETE FROM search_doc WHERE doc=?1").bindInt(1, doc.doc).run();
}

void SearchIndex::removeOf(const Table &table, std::int64_t pk)
{
    if (const auto doc = docOf(table, pk))
        remove(table, *doc);
}

void SearchIndex::put(const Table &table, std::int64_t pk, const SearchDocument &document)
{
    const std::int64_t place = placeOf(document);
    if (const auto known = docOf(table, pk)) {
        if (known->words == document.words && (known->doc & ~kTies) == place)
            return;
        remove(table, *known);
    }
    std::int64_t tie = pk & kTies;
    Statement taken(m_connection, "SELECT 1 FROM search_doc WHERE doc=?1");
    while (taken.bindInt(1, place | tie).step()) {
        tie = (tie + 1) & kTies;
        taken.reset();
    }
    Statement doc(m_connection, "INSERT INTO search_doc(doc,tbl,row,words) VALUES(?1,?2,?3,?4)");
    doc.bindInt(1, place | tie).bindInt(2, table.number).bindInt(3, pk).bindText(4, document.words).run();
    const std::string text = indexedText(document.words);
    Statement(m_connection, std::string("INSERT INTO ") + textTable(table) + "(rowid,words) VALUES(?1,?2)").bindInt(1, place | tie).bindText(2, text).run();
    if (document.kind == SearchKind::Code)
        return;
    Statement vocabulary(m_connection, "INSERT INTO search_word(word) SELECT ?1 WHERE NOT EXISTS(SELECT 1 FROM search_word WHERE word=?1)");
    for (const std::string_view word : split(document.words))
        if (isName(word)) {
            vocabulary.bindText(1, word).run();
            vocabulary.reset();
        }
}

void SearchIndex::read(const Table &table, const Uuid &id)
{
    if (const int patient = patientColumn(table); patient >= 0) {
        if (const auto row = readRow(m_connection, table, id))
            read(*schema::findTable("patients"), schema::toUuid((*row)[patient]));
        return;
    }
    std::int64_t pk = 0;
    {
        Statement statement(m_connection, "SELECT pk FROM " + m_connection.statements(table).quotedName + " WHERE id=?1");
        if (!statement.bindUuid(1, id).step())
            return sweep(table);
        pk = statement.integer(0);
    }
    const auto row = readRow(m_connection, table, id);
    if (const auto document = row ? documentOf(m_connection, table, *row) : std::nullopt)
        put(table, pk, *document);
    else
        removeOf(table, pk);
}

// A row that was taken back whole leaves no key behind: its document is the one without a row.
void SearchIndex::sweep(const Table &table)
{
    std::vector<Doc> orphans;
    {
        Statement statement(m_connection, "SELECT doc,words FROM search_doc WHERE tbl=?1 AND row NOT IN (SELECT pk FROM " + m_connection.statements(table).quotedName + ")");
        statement.bindInt(1, table.number);
        while (statement.step())
            orphans.push_back({statement.integer(0), std::string(statement.text(1))});
    }
    for (const Doc &doc : orphans)
        remove(table, doc);
}

// ---- reading behind -------------------------------------------------------------------------

void SearchIndex::readLater(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "INSERT INTO search_todo(tbl,id) VALUES(?1,?2) ON CONFLICT DO NOTHING");
    statement.bindInt(1, table.number).bindUuid(2, id).run();
}

void SearchIndex::pass(std::span<const Key> rows)
{
    Statement statement(m_connection, "SELECT revpos,tbl,id FROM sync_row WHERE revpos>?1 ORDER BY revpos");
    statement.bindInt(1, state(key::kTouched));
    std::int64_t last = 0;
    while (statement.step()) {
        const Table *table = schema::findTable(static_cast<std::uint16_t>(statement.integer(1)));
        if (table && concerns(*table) && std::find(rows.begin(), rows.end(), Key{table, statement.uuid(2)}) == rows.end())
            return;                              // somebody else's row waits too
        last = statement.integer(0);
    }
    if (last > 0)
        setState(key::kTouched, last);
}

void SearchIndex::readAgain(bool afresh)
{
    if (afresh) {
        for (const char *name : {"search_text", "search_codes"})
            Statement(m_connection, std::string("INSERT INTO ") + name + "(" + name + ") VALUES('delete-all')").run();
        for (const char *name : {"search_doc", "search_word", "search_todo"})
            Statement(m_connection, std::string("DELETE FROM ") + name).run();
    }
    {
        Statement last(m_connection, "SELECT max(revpos) FROM sync_row");
        setState(key::kTouched, last.step() ? last.integer(0) : 0);
    }
    setState(key::kTable, 1);
    setState(key::kRow, 0);
    setState(key::kFormat, kSearchFormat);
}

void SearchIndex::distrust()
{
    setState(key::kFormat, 0);
}

void SearchIndex::followEpoch(std::int64_t epoch)
{
    const std::int64_t known = state(key::kEpoch);
    if (known == epoch)
        return;
    if (known != 0)
        readAgain(false);
    setState(key::kEpoch, epoch);
}

bool SearchIndex::slice(const std::function<bool()> &enough)
{
    if (state(key::kFormat) != kSearchFormat)
        readAgain(true);
    return readWaiting(enough) || readTouched(enough) || walk(enough);
}

bool SearchIndex::readWaiting(const std::function<bool()> &enough)
{
    for (;;) {
        const Table *table = nullptr;
        Uuid id;
        std::int64_t number = 0;
        {
            Statement next(m_connection, "SELECT tbl,id FROM search_todo LIMIT 1");
            if (!next.step())
                return false;
            number = next.integer(0);
            id = next.uuid(1);
            table = schema::findTable(static_cast<std::uint16_t>(number));
        }
        if (table)
            read(*table, id);
        Statement(m_connection, "DELETE FROM search_todo WHERE tbl=?1 AND id=?2").bindInt(1, number).bindUuid(2, id).run();
        if (enough())
            return true;
    }
}

bool SearchIndex::readTouched(const std::function<bool()> &enough)
{
    struct Touch { std::int64_t at; const Table *table; Uuid id; };
    for (;;) {
        const std::int64_t from = state(key::kTouched);
        std::vector<Touch> keys;
        {
            Statement statement(m_connection, "SELECT revpos,tbl,id FROM sync_row WHERE revpos>?1 ORDER BY revpos");
            statement.bindInt(1, from);
            // One place is never cut in two: the cursor could not say so.
            while (statement.step() && (keys.size() < kKeysAtOnce || keys.back().at == statement.integer(0)))
                keys.push_back({statement.integer(0), schema::findTable(static_cast<std::uint16_t>(statement.integer(1))), statement.uuid(2)});
        }
        if (keys.empty())
            return false;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Touch &k = keys[i];
            if (k.table && concerns(*k.table))
                read(*k.table, k.id);
            const bool last = i + 1 == keys.size();
            if ((last || keys[i + 1].at != k.at) && enough()) {
                setState(key::kTouched, k.at);
                return true;
            }
        }
        setState(key::kTouched, keys.back().at);
    }
}

bool SearchIndex::walk(const std::function<bool()> &enough)
{
    for (std::int64_t number = state(key::kTable); number > 0;) {
        const auto tables = searchedTables();
        const auto at = std::find_if(tables.begin(), tables.end(), [&](const Table *t) { return t->number >= number; });
        if (at == tables.end()) {
            setState(key::kTable, 0);
            return false;
        }
        const Table &table = **at;
        const std::int64_t from = (*at)->number == number ? state(key::kRow) : 0;
        std::vector<std::pair<std::int64_t, Uuid>> rows;
        {
            Statement statement(m_connection, "SELECT pk,id FROM " + m_connection.statements(table).quotedName + " WHERE pk>?1 ORDER BY pk LIMIT ?2");
            statement.bindInt(1, from).bindInt(2, kRowsAtOnce);
            while (statement.step())
                rows.emplace_back(statement.integer(0), statement.uuid(1));
        }
        std::int64_t to = from;
        bool stopped = false;
        for (const auto &[pk, id] : rows) {
            read(table, id);
            to = pk;
            stopped = enough();
            if (stopped)
                break;
        }
        if (rows.empty()) {
            to = std::numeric_limits<std::int64_t>::max();
            number = table.number + 1;
        } else {
            number = table.number;
        }
        std::vector<Doc> orphans;                // documents between the rows just read
        {
            Statement statement(m_connection, "SELECT doc,words FROM search_doc WHERE tbl=?1 AND row>?2 AND row<=?3 AND row NOT IN (SELECT pk FROM "
                                                  + m_connection.statements(table).quotedName + " WHERE pk>?2 AND pk<=?3)");
            statement.bindInt(1, table.number).bindInt(2, from).bindInt(3, to);
            while (statement.step())
                orphans.push_back({statement.integer(0), std::string(statement.text(1))});
        }
        for (const Doc &doc : orphans)
            remove(table, doc);
        setState(key::kTable, number);
        setState(key::kRow, rows.empty() ? 0 : to);
        if (stopped)
            return true;
    }
    return false;
}

bool SearchIndex::behind()
{
    if (state(key::kFormat) != kSearchFormat || state(key::kTable) > 0)
        return true;
    if (Statement(m_connection, "SELECT 1 FROM search_todo LIMIT 1").step())
        return true;
    Statement keys(m_connection, "SELECT tbl FROM sync_row WHERE revpos>?1 ORDER BY revpos");
    const std::int64_t from = state(key::kTouched);
    keys.bindInt(1, from);
    while (keys.step())
        if (const Table *table = schema::findTable(static_cast<std::uint16_t>(keys.integer(0))); table && concerns(*table))
            return true;
    return false;
}

} // namespace anteroom::storage
