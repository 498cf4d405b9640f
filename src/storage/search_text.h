// What a row is found by: its words, folded, and the place it takes among hits. The index stores this, a search compares
// the row with it again. Reads rows of the patient's other names, numbers and contacts; writes nothing.
#pragma once

#include "storage/connection.h"
#include "schema/change.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anteroom::storage {

// In the order in which hits are shown. A former patient is merged into another or no longer active.
enum class SearchKind : std::uint8_t { Patient, FormerPatient, Ticket, PastTicket, Bill, Code };

// Words are separated by blanks; one that begins with kDigitRun is a phone, found by any three digits of it in a row.
inline constexpr std::string_view kDigitRun = "\u00A7";
inline constexpr std::size_t kLeastDigits = 3;          // fewer digits stand in half of all phones
inline constexpr int kSearchFormat = 1;                 // of words and order: another one makes the index anew

struct SearchDocument {
    SearchKind kind = SearchKind::Patient;
    std::int64_t order = 0;                             // kOrderBits: by name, or the latest first
    std::string words;
};
inline constexpr int kOrderBits = 36, kTieBits = 20;

enum class Reading : std::uint8_t { Row, Whole };       // Row: without the tables that belong to it

// Nothing where the row is not to be found: deleted, or without words.
[[nodiscard]] std::optional<SearchDocument> documentOf(Connection &connection, const schema::Table &table, const schema::Row &row, Reading reading = Reading::Whole);
// What patients are sorted by; the index keeps its first letters only.
[[nodiscard]] QString sortName(const schema::Row &patient);

[[nodiscard]] std::vector<std::string> foldedWords(QStringView text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view words);
[[nodiscard]] bool isDigits(std::string_view word);
// Every three neighbouring digits, as the index holds them.
[[nodiscard]] std::vector<std::string> digitGroups(std::string_view digits);
// `words` as the full-text index takes them.
[[nodiscard]] std::string indexedText(std::string_view words);

// Tables with documents of their own, ascending by number.
[[nodiscard]] std::vector<const schema::Table *> searchedTables();
// Column of the patient in a table that belongs to patients' documents; −1 for every other table.
[[nodiscard]] int patientColumn(const schema::Table &table);

} // namespace anteroom::storage
