#include "storage/search_text.h"

#include "core/text.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/code_concepts.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/patients.h"
#include "storage/records.h"

#include <algorithm>

namespace anteroom::storage {

using namespace schema;
using namespace schema::tables;

namespace {

constexpr int kMostWords = 64;               // of a row; a title has thirty
constexpr qsizetype kLongestWord = 40;       // letters; what is longer nobody types to its end
constexpr int kMostChildren = 50;            // other names, numbers or contacts of one patient

bool isWordPart(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return QChar::isLetterOrNumber(c) || category == QChar::Mark_SpacingCombining || category == QChar::Mark_NonSpacing;
}

class Words {
public:
    void add(std::string word)
    {
        if (!word.empty() && m_words.size() < kMostWords && std::find(m_words.begin(), m_words.end(), word) == m_words.end())
            m_words.push_back(std::move(word));
    }
    void addText(const Value &text)
    {
        for (std::string &word : foldedWords(toQString(text)))
            add(std::move(word));
    }
    // "AA-000123-7" is found by aa, 000123, 123, 1237, aa0001237, aa1237.
    void addNumber(const Value &number)
    {
        std::string whole, brief, digits;
        for (const std::string &part : foldedWords(toQString(number))) {
            const std::string plain = isDigits(part) ? withoutZeros(part) : part;
            add(part);
            add(plain);
            whole += part;
            brief += plain;
            if (isDigits(part))
                digits += part;
        }
        add(std::move(whole));
        add(std::move(brief));
        add(withoutZeros(digits));
    }
    void addPhone(const Value &digits)
    {
        const std::string_view text = toText(digits);
        if (text.size() >= kLeastDigits)
            add(std::string(kDigitRun).append(text.substr(0, kLongestWord)));
    }
    [[nodiscard]] std::string joined() const
    {
        std::string all;
        for (const std::string &word : m_words)
            all.append(all.empty() ? "" : " ").append(word);
        return all;
    }

private:
    static std::string withoutZeros(const std::string &digits)
    {
        return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    }
    std::vector<std::string> m_words;
};

// The first letters as a number that sorts like them: six bits a letter or digit, six and sixteen for other scripts.
std::int64_t orderOf(QStringView folded)
{
    std::uint64_t key = 0;
    int bits = 0;
    const auto push = [&](std::uint64_t value, int width) {
        const int take = std::min(width, kOrderBits - bits);
        key = key << take | value >> (width - take);
        bits += take;
    };
    for (const QChar c : folded) {
        if (bits == kOrderBits)
            break;
        if (c >= u'a' && c <= u'z')
            push(11 + std::uint64_t(c.unicode() - u'a'), 6);
        else if (c >= u'0' && c <= u'9')
            push(1 + std::uint64_t(c.unicode() - u'0'), 6);
        else if (c.isLetterOrNumber() || c.isSurrogate()) {
            push(37, 6);
            push(c.unicode(), 16);
        } else {
            push(0, 6);
        }
    }
    return static_cast<std::int64_t>(key << (kOrderBits - bits));
}

std::int64_t latestFirst(std::int64_t when)
{
    return (std::int64_t{1} << kOrderBits) - 1 - std::clamp<std::int64_t>(when, 0, (std::int64_t{1} << kOrderBits) - 1);
}

std::int64_t dayNumber(std::string_view day)     // "2026-11-21" → 20261121
{
    std::int64_t number = 0;
    for (const char c : day)
        if (c >= '0' && c <= '9')
            number = number * 10 + (c - '0');
    return number;
}

template <typename Add>
void forChildren(Connection &connection, const Table &table, const Uuid &patient, Add add)
{
    const Condition of{patientColumn(table), patient};
    for (const Row &child : findRows(connection, table, std::span(&of, 1), kMostChildren))
        if (!child.deleted())
            add(child);
}

SearchDocument patientDocument(Connection &connection, const Row &row, Reading reading)
{
    Words words;
    for (const int column : {col(patients, "family_name"), col(patients, "given_name"), col(patients, "middle_name"), col(patients, "display_name")})
        words.addText(row[column]);
    words.addNumber(row[col(patients, "number")]);
    words.addNumber(row[col(patients, "national_id")]);
    words.addPhone(row[col(patients, "phone_digits")]);
    words.addPhone(row[col(patients, "second_phone_digits")]);
    if (reading == Reading::Whole) {
        forChildren(connection, patient_names, row.id, [&](const Row &name) {
            for (const int column : {col(patient_names, "family_name"), col(patient_names, "given_name"), col(patient_names, "display_name")})
                words.addText(name[column]);
        });
        forChildren(connection, patient_identifiers, row.id, [&](const Row &r) { words.addNumber(r[col(patient_identifiers, "value")]); });
        forChildren(connection, patient_contacts, row.id, [&](const Row &r) { words.addPhone(r[col(patient_contacts, "phone_digits")]); });
    }
    const bool former = !isNull(row[col(patients, "merged_into")]) || toInt(row[col(patients, "active")], 1) == 0;
    return {former ? SearchKind::FormerPatient : SearchKind::Patient, orderOf(sortName(row)), words.joined()};
}

SearchDocument ticketDocument(const Table &table, const Row &row)
{
    Words words;
    words.addNumber(row[findColumn(table, "label")]);
    words.addNumber(row[findColumn(table, "provisional_label")]);
    return {&table == &active_patient_queue ? SearchKind::Ticket : SearchKind::PastTicket,
            latestFirst(dayNumber(toText(row[findColumn(table, "clinic_day")]))), words.joined()};
}

SearchDocument billDocument(const Row &row)
{
    Words words;
    words.addNumber(row[col(patient_bills, "number")]);
    words.addText(row[col(patient_bills, "snapshot_name")]);
    const std::int64_t at = toInt(row[col(patient_bills, "issued_at")], toInt(row[kCreatedAt]));
    return {SearchKind::Bill, latestFirst(at / 1000), words.joined()};
}

SearchDocument codeDocument(const Row &row)
{
    Words words;
    const std::vector<std::string> system = foldedWords(toQString(row[col(code_concepts, "system")]));
    std::string mark(kDigitRun);
    for (const std::string &part : system)
        mark += part;
    words.add(std::move(mark));
    std::string whole;
    for (const std::string &part : foldedWords(toQString(row[col(code_concepts, "code")])))
        whole += part;
    words.add(whole);
    words.addText(row[col(code_concepts, "title")]);
    return {SearchKind::Code, orderOf(QString::fromStdString(whole)), words.joined()};
}

} // namespace

QString sortName(const Row &patient)
{
    const QString name = toQString(patient[col(patients, "family_name")]) + u' ' + toQString(patient[col(patients, "given_name")]);
    return fold(name.trimmed().isEmpty() ? toQString(patient[col(patients, "display_name")]) : name);
}

std::vector<std::string> foldedWords(QStringView text)
{
    const QString folded = fold(text);
    std::vector<std::string> words;
    qsizetype begin = 0;
    const auto end = [&](qsizetype at) {
        if (at > begin)
            words.push_back(QStringView(folded).mid(begin, std::min(at - begin, kLongestWord)).toUtf8().toStdString());
    };
    for (qsizetype at = 0; at < folded.size();) {
        const bool pair = folded[at].isHighSurrogate() && at + 1 < folded.size();
        const char32_t c = pair ? QChar::surrogateToUcs4(folded[at], folded[at + 1]) : folded[at].unicode();
        const qsizetype next = at + (pair ? 2 : 1);
        if (!isWordPart(c)) {
            end(at);
            begin = next;
        }
        at = next;
    }
    end(folded.size());
    return words;
}

std::vector<std::string_view> split(std::string_view words)
{
    std::vector<std::string_view> all;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        all.push_back(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return all;
}

bool isDigits(std::string_view word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> digitGroups(std::string_view digits)
{
    std::vector<std::string> groups;
    for (std::size_t at = 0; at + kLeastDigits <= digits.size(); ++at)
        groups.push_back(std::string(kDigitRun).append(digits.substr(at, kLeastDigits)));
    return groups;
}

std::string indexedText(std::string_view words)
{
    std::string text;
    for (const std::string_view word : split(words)) {
        const std::string_view run = word.starts_with(kDigitRun) ? word.substr(kDigitRun.size()) : std::string_view();
        if (!isDigits(run)) {
            text.append(word).append(" ");
            continue;
        }
        for (const std::string &group : digitGroups(run))
            text.append(group).append(" ");
    }
    return text;
}

std::optional<SearchDocument> documentOf(Connection &connection, const Table &table, const Row &row, Reading reading)
{
    if (row.deleted())
        return std::nullopt;
    SearchDocument document;
    if (&table == &patients)
        document = patientDocument(connection, row, reading);
    else if (&table == &active_patient_queue || &table == &patient_queue)
        document = ticketDocument(table, row);
    else if (&table == &patient_bills)
        document = billDocument(row);
    else if (&table == &code_concepts && toInt(row[col(code_concepts, "active")], 1) != 0)
        document = codeDocument(row);
    return document.words.empty() ? std::nullopt : std::optional(std::move(document));
}

std::vector<const Table *> searchedTables()
{
    std::vector<const Table *> all{&patients, &active_patient_queue, &patient_queue, &patient_bills, &code_concepts};
    std::sort(all.begin(), all.end(), [](const Table *a, const Table *b) { return a->number < b->number; });
    return all;
}

int patientColumn(const Table &table)
{
    return &table == &patient_names || &table == &patient_identifiers || &table == &patient_contacts ? findColumn(table, "patient_id") : -1;
}

} // namespace anteroom::storage
