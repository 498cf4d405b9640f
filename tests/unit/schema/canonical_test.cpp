// One form for each value, so that two replicas never disagree about nothing; and JSON that gives it back.
#include "schema/registry.h"
#include "schema/tables/patients.h"
#include "schema/validation.h"

#include <rapidcheck.h>

#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace anteroom;
using namespace anteroom::schema;

namespace {

constexpr Column column(Type type) { return Column{.number = 16, .name = "field", .type = type}; }
constexpr Column kText = column(Type::Text), kInteger = column(Type::Integer), kReal = column(Type::Real),
                 kBoolean = column(Type::Boolean), kDate = column(Type::Date), kTime = column(Type::Timestamp),
                 kMoney = column(Type::Money), kJson = column(Type::Json), kBlob = column(Type::Blob), kUuid = column(Type::Uuid);

std::string str(const char *s) { return s; }
bool refused(const Column &c, Value value) { return !canonical(c, std::move(value)); }
bool becomes(const Column &c, Value value, Value wanted)
{
    const auto got = canonical(c, std::move(value));
    return got && *got == wanted;
}

rc::Gen<std::string> anyText()      // letters, accents, other scripts; composed and decomposed
{
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                            "a", "B", " ", "\n", "é", "e\u0301", "ł", "ß", "ا", "日", "'", "\"", "\\", "\u00a0", "😀")),
                        [](const std::vector<std::string> &parts) {
                            std::string text;
                            for (const std::string &part : parts)
                                text += part;
                            return text;
                        });
}

Value anyOf(Type type)
{
    switch (type) {
    case Type::Uuid: {
        Uuid id;
        for (auto &b : id.bytes)
            b = *rc::gen::arbitrary<std::uint8_t>();
        return id;
    }
    case Type::Text: return *anyText();
    case Type::Real: return *rc::gen::arbitrary<double>();
    case Type::Boolean: return std::int64_t{*rc::gen::arbitrary<bool>()};
    case Type::Timestamp: return *rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'799'999);
    case Type::Date: {
        const auto day = QDate(1800, 1, 1).addDays(*rc::gen::inRange(0, 120'000)).toString(Qt::ISODate).toStdString();
        return day.substr(0, *rc::gen::element<std::size_t>(4, 7, 10));
    }
    case Type::Json: return "{\"b\": [" + std::to_string(*rc::gen::arbitrary<std::int64_t>()) + ", \"é\", null], \"a\" : true}";
    case Type::Blob: {
        const auto bytes = *rc::gen::arbitrary<std::string>();
        return Blob(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    case Type::Integer:
    case Type::Money: break;
    }
    return *rc::gen::arbitrary<std::int64_t>();
}

constexpr Column kEveryType[] = {kText, kInteger, kReal, kBoolean, kDate, kTime, kMoney, kJson, kBlob, kUuid};

} // namespace

class CanonicalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNull()
    {
        for (const Column &c : kEveryType) {
            QVERIFY(becomes(c, Value{}, Value{}));
            QVERIFY(becomes(c, str(""), Value{}));
            QVERIFY(becomes(c, str(" \t"), Value{}));
        }
        QVERIFY(becomes(kText, str("\u00a0"), Value{}));
        QVERIFY(becomes(kBlob, Blob(), Value{}));
        QVERIFY(becomes(kUuid, Uuid{}, Value{}));
        QVERIFY(becomes(kJson, str("null"), Value{}));
    }

    void numbersTakeTheColumnsType()
    {
        for (const Column &c : {kInteger, kMoney}) {
            QVERIFY(becomes(c, str("1.0"), std::int64_t{1}));
            QVERIFY(becomes(c, 1.0, std::int64_t{1}));
            QVERIFY(becomes(c, str("9223372036854775807"), INT64_MAX));
            QVERIFY(refused(c, 1.5));
            QVERIFY(refused(c, 0x1p63));
            QVERIFY(refused(c, str("1.5")));
            QVERIFY(refused(c, str("one")));
            QVERIFY(refused(c, Blob("1")));
            QVERIFY(refused(c, std::numeric_limits<double>::quiet_NaN()));
        }
        QVERIFY(becomes(kReal, std::int64_t{2}, 2.0));
        QVERIFY(becomes(kReal, str("2.50"), 2.5));
        QVERIFY(refused(kReal, std::numeric_limits<double>::infinity()));
        const auto zero = canonical(kReal, -0.0);
        QVERIFY(zero && !std::signbit(std::get<double>(*zero)));
        QVERIFY(becomes(kBoolean, str("true"), std::int64_t{1}));
        QVERIFY(becomes(kBoolean, 0.0, std::int64_t{0}));
        QVERIFY(refused(kBoolean, std::int64_t{2}));
        QVERIFY(refused(kTime, INT64_MAX));
    }

    void textIsNfcWithoutTrailingBlanks()
    {
        QVERIFY(becomes(kText, str("Zoe\u0301 "), str("Zo\u00e9")));
        QVERIFY(becomes(kText, str("Ana  \n"), str("Ana")));
        QVERIFY(becomes(kText, str("  Ana"), str("  Ana")));
        QVERIFY(refused(kText, str("\xc3")));
        QVERIFY(refused(kText, std::string("a\0b", 3)));
        QVERIFY(refused(kText, std::int64_t{1}));
    }

    void datesAreDaysOfTheCalendar()
    {
        for (const char *date : {"1988", "1988-11", "1988-11-20", "2024-02-29"})
            QVERIFY(becomes(kDate, str(date), str(date)));
        for (const char *date : {"88", "1988-13", "1988-1", "2023-02-29", "20/11/1988", "1988-11-20T00:00", "1988_11", "abcd", "0000"})
            QVERIFY2(refused(kDate, str(date)), date);
        QVERIFY(refused(kDate, std::int64_t{1988}));
    }

    void jsonIsOneCompactValue()
    {
        QVERIFY(becomes(kJson, str("{ \"b\" : 1, \"a\": [ ] }"), str("{\"a\":[],\"b\":1}")));
        QVERIFY(becomes(kJson, str(" 7 "), str("7")));
        for (const char *json : {"{", "1,2", "]", "[1]]", "{a:1}"})
            QVERIFY2(refused(kJson, str(json)), json);
    }

    void idsAreSixteenBytes()
    {
        const auto id = *Uuid::fromString(u"0190c3a1-0000-7000-8000-000000000001");
        QVERIFY(becomes(kUuid, str("0190C3A1-0000-7000-8000-000000000001"), id));
        QVERIFY(refused(kUuid, str("0190c3a1")));
        QVERIFY(refused(kUuid, std::int64_t{1}));
    }

    void wordsNameTheColumnAndNeverTheValue()
    {
        const auto result = canonical(kInteger, str("secret"));
        QCOMPARE(result.error().detail, QStringLiteral("field: write a whole number."));
        QCOMPARE(result.error().subject, QStringLiteral("field"));
        QVERIFY(result.error().code == ErrorCode::Invalid);
    }

    void aChangeIsMadeCanonicalOnBothSides()
    {
        const Table &patients = tables::patients;
        Row shown = emptyRow(patients, Uuid{{1}});
        const int city = col(patients, "city");
        shown[city] = str("Orle\u0301ans");
        Change change = makeUpdate(patients, shown, {{city, str("Thie\u0300s ")}});
        QVERIFY(canonicalise(change));
        const auto columns = groupColumns(patients, change.groups.front().group);
        const auto at = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), city) - columns.begin());
        QVERIFY(change.groups.front().oldValues[at] == Value{str("Orl\u00e9ans")});
        QVERIFY(change.groups.front().newValues[at] == Value{str("Thi\u00e8s")});
        change.groups.front().newValues[at] = std::int64_t{1};
        QVERIFY(!canonicalise(change));
    }

    void canonicalTwiceIsCanonicalOnce()
    {
        QVERIFY(rc::check("canonical is idempotent", [] {
            for (const Column &c : kEveryType) {
                const auto once = canonical(c, anyOf(c.type));
                RC_ASSERT(once.has_value());
                const auto twice = canonical(c, *once);
                RC_ASSERT(twice.has_value());
                RC_ASSERT(*twice == *once);
            }
        }));
    }

    void jsonGivesEveryTypeBack()
    {
        QVERIFY(rc::check("JSON round trip through bytes", [] {
            for (const Column &c : kEveryType) {
                const Value value = *canonical(c, anyOf(c.type));
                const auto bytes = QJsonDocument(QJsonObject{{QStringLiteral("v"), valueToJson(c, value)}}).toJson();
                const auto back = valueFromJson(c, QJsonDocument::fromJson(bytes).object().value(QStringLiteral("v")));
                RC_ASSERT(back.has_value());
                RC_ASSERT(*back == value);
            }
        }));
    }

    void jsonHasTheFormsOfTheCommandLine()
    {
        QCOMPARE(valueToJson(kTime, Value{std::int64_t{1'700'000'029'740}}), QJsonValue(QStringLiteral("2023-11-14T22:13:49.740Z")));
        QVERIFY(*valueFromJson(kTime, QStringLiteral("2023-11-15T00:13:49.740+02:00")) == Value{std::int64_t{1'700'000'029'740}});
        QVERIFY(!valueFromJson(kTime, QStringLiteral("2023-11-14T22:13:49")));      // whose clock?
        QVERIFY(!valueFromJson(kTime, 5));
        QCOMPARE(valueToJson(kBoolean, Value{std::int64_t{1}}), QJsonValue(true));
        QCOMPARE(valueToJson(kBlob, Value{Blob("ab")}), QJsonValue(QStringLiteral("YWI=")));
        QVERIFY(!valueFromJson(kBlob, QStringLiteral("Y!")));
        QVERIFY(!valueFromJson(kInteger, QStringLiteral("1")));
        QVERIFY(!valueFromJson(kInteger, 1.5));
        QVERIFY(!valueFromJson(kText, 1));
        QVERIFY(*valueFromJson(kMoney, QJsonValue(qint64{9'007'199'254'740'993})) == Value{std::int64_t{9'007'199'254'740'993}});
        QVERIFY(isNull(*valueFromJson(kText, QJsonValue::Null)));
    }

    void aRowNamesIdAndEveryColumn()
    {
        const Table &patients = tables::patients;
        Row row = emptyRow(patients, Uuid{{1}});
        row[col(patients, "family_name")] = str("Sow");
        const QJsonObject json = rowToJson(patients, row);
        QCOMPARE(json.size(), columnCount(patients) + 1);
        QCOMPARE(json.value(QStringLiteral("id")).toString(), row.id.toString());
        QCOMPARE(json.value(QStringLiteral("family_name")).toString(), QStringLiteral("Sow"));
        QVERIFY(json.value(QStringLiteral("deleted_at")).isNull());
    }
};

QTEST_GUILESS_MAIN(CanonicalTest)
#include "canonical_test.moc"
