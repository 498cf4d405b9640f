// Words of the schema: every title is for people and stands once in its table; values read as a nurse writes them.
#include "ui/records/record_words.h"

#include "schema/registry.h"
#include "schema/tables/books.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/drugs.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/stock_movements.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/visits.h"
#include "schema/tables/vitals.h"

#include <QRegularExpression>
#include <QTest>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
namespace tables = schema::tables;

class RecordWordsTest : public QObject {
    Q_OBJECT

    ValueStyle m_style{.zone = QTimeZone("Africa/Dakar"), .moneyDigits = 2, .locale = QLocale(u"en_GB"_s)};

    [[nodiscard]] QString text(const schema::Table &table, std::string_view column, const schema::Value &value, const node::Labels &labels = {}) const
    {
        return valueText(table, schema::findColumn(table, column), value, labels, m_style);
    }
    static QString title(const schema::Table &table, std::string_view column) { return columnTitle(table, schema::findColumn(table, column)); }

private Q_SLOTS:
    void everyTitleStandsOnce()
    {
        for (const schema::Table *table : schema::allTables()) {
            QVERIFY(!tableTitle(*table).isEmpty() && !tablePlural(*table).isEmpty());
            QStringList seen;
            for (int i = 0; i < schema::columnCount(*table); ++i) {
                const QString column = columnTitle(*table, i);
                QVERIFY2(!column.contains(u'_') && column.at(0).isUpper(), qPrintable(column));
                if (isTechnical(*table, i))
                    continue;
                QVERIFY2(!seen.contains(column), qPrintable(tableTitle(*table) + u": "_s + column));
                seen.append(column);
            }
        }
    }

    void unitsAreNeverInATitle()
    {
        static const QRegularExpression units(u"\\b(grams|milli|millimetres|minutes|decidegrees|decimmol|permille|bytes)\\b"_s);
        for (const schema::Table *table : schema::allTables())
            for (int i = 0; i < schema::columnCount(*table); ++i)
                QVERIFY2(!columnTitle(*table, i).contains(units), qPrintable(columnTitle(*table, i)));
    }

    void titlesComeFromNames()
    {
        QCOMPARE(title(tables::patients, "birth_date"), u"Birth date"_s);
        QCOMPARE(title(tables::patient_bills, "patient_id"), u"Patient"_s);
        QCOMPARE(title(tables::patient_bills, "issued_at"), u"Issued"_s);
        QCOMPARE(title(tables::stock_movements, "quantity_milli"), u"Quantity"_s);
        QCOMPARE(title(tables::vitals, "weight_grams"), u"Weight"_s);
        QCOMPARE(title(tables::clinic_services, "active"), u"In use"_s);
        QCOMPARE(title(tables::patients, "active"), u"Active"_s);
        QCOMPARE(inSentence(u"Clinical notes"_s), u"clinical notes"_s);
        QCOMPARE(inSentence(u"ID cards"_s), u"ID cards"_s);
    }

    void allowedValuesAreWords()
    {
        QCOMPARE(text(tables::visits, "state", std::string("in_progress")), u"In progress"_s);
        QCOMPARE(text(tables::visits, "kind", std::string("walk_in")), u"Walk-in"_s);
        QCOMPARE(text(tables::patients, "blood_group", std::string("AB+")), u"AB+"_s);
        QCOMPARE(text(tables::visits, "state", std::string("next_years_state")), u"next_years_state"_s);
        for (const schema::Table *table : schema::allTables())
            for (int i = 0; i < schema::columnCount(*table); ++i)
                for (const std::string_view value : schema::columnAt(*table, i).allowed)
                    QVERIFY(!allowedWord(*table, i, value).contains(u'_'));
        QCOMPARE(actWords("patients.register"), u"Patient registered"_s);
        QCOMPARE(actWords("stock.count_lot"), u"Stock count lot"_s);
    }

    void measuresHaveTheirUnit()
    {
        QCOMPARE(text(tables::vitals, "weight_grams", std::int64_t{62'500}), u"62.5\u00a0kg"_s);
        QCOMPARE(text(tables::vitals, "weight_grams", std::int64_t{3'000}), u"3\u00a0kg"_s);
        QCOMPARE(text(tables::vitals, "temperature_decidegrees", std::int64_t{375}), u"37.5\u00a0°C"_s);
        QCOMPARE(text(tables::vitals, "height_millimetres", std::int64_t{1'720}), u"172\u00a0cm"_s);
        QCOMPARE(text(tables::vitals, "oxygen_percent", std::int64_t{98}), u"98\u00a0%"_s);
        QCOMPARE(text(tables::stock_movements, "quantity_milli", std::int64_t{-2'500}), u"-2.5"_s);
        QCOMPARE(text(tables::clinic_services, "duration_minutes", std::int64_t{20}), u"20\u00a0min"_s);
        QCOMPARE(text(tables::drugs, "repeat_window_days", std::int64_t{1}), u"1\u00a0day"_s);
        QCOMPARE(text(tables::books, "first_minute", std::int64_t{480}), u"08:00"_s);
        QCOMPARE(text(tables::books, "weekdays", std::int64_t{0b101}), u"Mon, Wed"_s);
        QCOMPARE(text(tables::books, "weekdays", std::int64_t{127}), u"Every day"_s);
    }

    void moneyHasTheCurrencysDigits()
    {
        QCOMPARE(text(tables::payments, "amount", std::int64_t{123'456}), u"1,234.56"_s);
        ValueStyle francs = m_style;
        francs.moneyDigits = 0;
        QCOMPARE(valueText(tables::payments, schema::findColumn(tables::payments, "amount"), std::int64_t{1'500}, {}, francs), u"1,500"_s);
    }

    void datesAndTimes()
    {
        QCOMPARE(text(tables::patients, "birth_date", std::string("1992-03-12")), u"12 Mar 1992"_s);
        QCOMPARE(text(tables::patients, "birth_date", std::string("1992-03")), u"Mar 1992"_s);
        QCOMPARE(text(tables::patients, "birth_date", std::string("1992")), u"1992"_s);
        schema::Row person = schema::emptyRow(tables::patients, {});
        const int birth = schema::findColumn(tables::patients, "birth_date");
        person[birth] = std::string("1984");
        person[schema::findColumn(tables::patients, "birth_precision")] = std::string("age");
        QCOMPARE(cellText(tables::patients, birth, person, {}, m_style), u"about 1984"_s);
        const std::int64_t at = QDateTime(QDate(2026, 3, 12), QTime(10, 42), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(text(tables::payments, "received_at", at), u"12 Mar 2026, 10:42"_s);
        QCOMPARE(shortMomentText(at, QDate(2026, 3, 12), m_style), u"today 10:42"_s);
        QCOMPARE(shortMomentText(at, QDate(2026, 4, 1), m_style), u"12 Mar"_s);
        QCOMPARE(shortMomentText(at, QDate(2027, 4, 1), m_style), u"12 Mar 2026"_s);
        ValueStyle late = m_style;
        late.zone = QTimeZone("Asia/Tokyo");
        QCOMPARE(momentText(at, late), u"12 Mar 2026, 19:42"_s);
    }

    void theRest()
    {
        const Uuid patient{{1}};
        QCOMPARE(text(tables::payments, "patient_id", patient, {{patient, u"Ana Silva"_s}}), u"Ana Silva"_s);
        QCOMPARE(text(tables::payments, "patient_id", patient), u"Not on this PC"_s);
        QCOMPARE(text(tables::patients, "interpreter", std::int64_t{1}), u"Yes"_s);
        QCOMPARE(text(tables::patients, "interpreter", schema::Value{}), QString());
        QCOMPARE(text(tables::sync_conflicts, "mine", schema::Blob(12'000, 'x')), u"12.0\u00a0kB"_s);
        QCOMPARE(text(tables::sync_conflicts, "subject_table", std::int64_t{tables::patients.number}), u"Patient"_s);
        schema::Row conflict = schema::emptyRow(tables::sync_conflicts, {});
        const int group = schema::findColumn(tables::sync_conflicts, "merge_group");
        conflict[schema::findColumn(tables::sync_conflicts, "subject_table")] = std::int64_t{tables::patients.number};
        conflict[group] = std::int64_t{255};
        QCOMPARE(cellText(tables::sync_conflicts, group, conflict, {}, m_style), u"The whole record"_s);
        QCOMPARE(valueText(tables::drugs, schema::findColumn(tables::drugs, "pack_size"), 0.1, {}, m_style), u"0.1"_s);
    }
};

QTEST_MAIN(RecordWordsTest)
#include "record_words_test.moc"
