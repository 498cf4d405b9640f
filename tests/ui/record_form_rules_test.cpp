// What a form makes of each column without a replica: kinds, texts that are typed and read back, days, choices of a state,
// what follows from others, drafts as bytes.
#include "schema/registry.h"
#include "schema/tables/appointments.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/vitals.h"
#include "ui/records/field_text.h"
#include "ui/records/record_form_draft.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Value;
using schema::col;

class RecordFormRulesTest : public QObject {
    Q_OBJECT

private:
    const QDate m_today{2026, 11, 20};
    TextContext context(int digits = 2) const
    {
        ValueStyle style;
        style.moneyDigits = digits;
        style.locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
        return {.style = style, .today = m_today, .now = 1'795'000'000'000};
    }
    QString day(const char16_t *typed, bool partial = false) const
    {
        const auto read = parseDay(QString::fromUtf16(typed), m_today, context().style.locale, partial);
        return read ? *read : u"refused"_s;
    }
    QString readBack(const schema::Table &table, int column, const Value &value, int digits = 2) const
    {
        schema::Row row = schema::emptyRow(table, {});
        row[column] = value;
        return fieldText(table, column, row, context(digits));
    }

private Q_SLOTS:
    void daysAsPeopleTypeThem()
    {
        QCOMPARE(day(u"2026-11-20"), u"2026-11-20"_s);
        QCOMPARE(day(u"20 Nov"), u"2026-11-20"_s);
        QCOMPARE(day(u"nov 20"), u"2026-11-20"_s);
        QCOMPARE(day(u"20/11/26"), u"2026-11-20"_s);
        QCOMPARE(day(u"1.2."), u"2026-02-01"_s);
        QCOMPARE(day(u"today"), u"2026-11-20"_s);
        QCOMPARE(day(u"+2w"), u"2026-12-04"_s);
        QCOMPARE(day(u"-3d"), u"2026-11-17"_s);
        QCOMPARE(day(u"٢٠/١١/٢٠٢٦"), u"2026-11-20"_s);
        QCOMPARE(day(u"2026-13-01"), u"refused"_s);
        QCOMPARE(day(u"31 Feb"), u"refused"_s);
        QCOMPARE(day(u"soon"), u"refused"_s);
        QCOMPARE(day(u"2024"), u"refused"_s);
        QCOMPARE(day(u"2024", true), u"2024"_s);
        QCOMPARE(day(u"Mar 2024", true), u"2024-03"_s);
    }

    void momentsHaveADayAndATime()
    {
        const auto at = [&](const QString &typed) { return parseMoment(typed, context()); };
        QCOMPARE(*at(u"20 Nov 2026, 10:42"_s), QDateTime(m_today, QTime(10, 42), Qt::UTC).toMSecsSinceEpoch());
        QCOMPARE(*at(u"10:42"_s), QDateTime(m_today, QTime(10, 42), Qt::UTC).toMSecsSinceEpoch());
        QCOMPARE(*at(u"yesterday 8:05"_s), QDateTime(m_today.addDays(-1), QTime(8, 5), Qt::UTC).toMSecsSinceEpoch());
        QCOMPARE(*at(u"now"_s), context().now);
        QVERIFY(!at(u"20 Nov"_s));
        QVERIFY(!at(u"20 Nov 25:00"_s));
    }

    // What the form shows of any value is read back as the same value: else opening and saving would change a record.
    void everyTextIsReadBack()
    {
        for (const schema::Table *table : schema::allTables())
            for (const FieldSpec &field : fieldSpecs(*table)) {
                const schema::Column &c = schema::columnAt(*table, field.column);
                Value value;
                switch (c.type) {
                case schema::Type::Text: value = c.allowed.empty() ? Value{std::string("Some words").substr(0, c.maxLength ? std::min<std::size_t>(c.maxLength, 4) : 10)} : Value{std::string(c.allowed.back())}; break;
                case schema::Type::Integer: value = field.kind == FieldKind::Weekdays ? Value{std::int64_t{21}} : Value{std::clamp<std::int64_t>(367, c.min, c.max)}; break;
                case schema::Type::Money: value = std::int64_t{150'050}; break;
                case schema::Type::Real: value = 2.5; break;
                case schema::Type::Boolean: value = std::int64_t{1}; break;
                case schema::Type::Date: value = std::string("2024-03-09"); break;
                case schema::Type::Timestamp: value = QDateTime(m_today, QTime(9, 5), Qt::UTC).toMSecsSinceEpoch(); break;
                case schema::Type::Json: value = std::string(R"({"a":[1,2]})"); break;
                case schema::Type::Uuid: value = *Uuid::fromString(u"01890000-0000-7000-8000-000000000001"_s); break;
                case schema::Type::Blob: continue;
                }
                if (field.kind == FieldKind::Shown)
                    continue;
                const QString text = readBack(*table, field.column, value);
                const auto read = fieldValue(*table, field.column, text, context());
                const QByteArray where = QByteArray(table->name.data(), static_cast<qsizetype>(table->name.size())) + '.' + QByteArray(c.name.data(), static_cast<qsizetype>(c.name.size())) + ": " + text.toUtf8();
                QVERIFY2(read, where.constData());
                QVERIFY2(*read == value, where.constData());
            }
    }

    void unitsAreHuman()
    {
        using schema::tables::vitals;
        const int weight = col(vitals, "weight_grams"), heat = col(vitals, "temperature_decidegrees");
        QCOMPARE(readBack(vitals, weight, std::int64_t{62'500}), u"62.5"_s);
        QCOMPARE(schema::toInt(*fieldValue(vitals, weight, u"62,5 kg"_s, context())), std::int64_t{62'500});
        QCOMPARE(schema::toInt(*fieldValue(vitals, heat, u"38.4"_s, context())), std::int64_t{384});
        const auto tooHot = fieldValue(vitals, heat, u"384"_s, context());
        QVERIFY(!tooHot);
        QVERIFY2(tooHot.error().detail.contains(u"46"), qPrintable(tooHot.error().detail));
    }

    void moneyAsTheCurrencyHasIt()
    {
        using schema::tables::bill_items;
        const int price = col(bill_items, "unit_price");
        QCOMPARE(readBack(bill_items, price, std::int64_t{1500}, 0), u"1500"_s);
        const auto wrong = fieldValue(bill_items, price, u"1500,5"_s, context(0));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().detail, u"Write a whole amount, like 1500. This currency has no smaller coin."_s);
        QCOMPARE(schema::toInt(*fieldValue(bill_items, price, u"1 500,50"_s, context(2))), std::int64_t{150'050});
    }

    void aStateGoesWhereItMay()
    {
        using schema::tables::patient_bills;
        const int state = stateColumn(patient_bills);
        QCOMPARE(state, col(patient_bills, "state"));
        const schema::Group *group = schema::findGroup(patient_bills, schema::columnAt(patient_bills, state).group);
        for (const std::string_view from : schema::columnAt(patient_bills, state).allowed) {
            const auto choices = choicesOf(patient_bills, state, from);
            for (const std::string_view to : choices)
                QVERIFY(to == from || std::any_of(group->transitions.begin(), group->transitions.end(), [&](const schema::Transition &t) { return t.from == from && t.to == to; }));
            QVERIFY(std::find(choices.begin(), choices.end(), from) != choices.end());
        }
        QVERIFY(choicesOf(patient_bills, state, "void").size() == 1);
    }

    void whatFollowsIsNotAsked()
    {
        using namespace schema::tables;
        QCOMPARE(int(fieldKind(patients, col(patients, "folded_name"))), int(FieldKind::Hidden));
        QCOMPARE(int(fieldKind(patients, col(patients, "phone_digits"))), int(FieldKind::Hidden));
        QCOMPARE(int(fieldKind(patients, col(patients, "birth_date"))), int(FieldKind::Birth));
        QCOMPARE(int(fieldKind(bill_items, col(bill_items, "total"))), int(FieldKind::Shown));
        schema::Row item = schema::emptyRow(bill_items, {});
        item[col(bill_items, "unit_price")] = std::int64_t{1000};
        item[col(bill_items, "quantity_milli")] = std::int64_t{2500};
        item[col(bill_items, "discount")] = std::int64_t{500};
        std::vector<schema::ColumnValue> values;
        addDerived(bill_items, item, context().style, values);
        QVERIFY(std::any_of(values.begin(), values.end(), [](const schema::ColumnValue &v) { return v.column == col(bill_items, "total") && schema::toInt(v.value) == 2000; }));
        schema::Row visit = schema::emptyRow(appointments, {});
        visit[col(appointments, "starts_at")] = QDateTime(m_today, QTime(23, 30), Qt::UTC).toMSecsSinceEpoch();
        ValueStyle style = context().style;
        style.zone = QTimeZone("Africa/Nairobi");
        values.clear();
        addDerived(appointments, visit, style, values);
        QVERIFY(std::any_of(values.begin(), values.end(), [](const schema::ColumnValue &v) { return v.column == col(appointments, "local_start") && schema::toText(v.value) == "2026-11-21T02:30"; }));
    }

    void draftsAreTheSameAfterwards()
    {
        using schema::tables::vitals;
        RecordDraft draft{.id = *Uuid::fromString(u"01890000-0000-7000-8000-000000000001"_s), .shown = schema::emptyRow(vitals, {}), .typed = {}};
        draft.shown->id = draft.id;
        (*draft.shown)[col(vitals, "patient_id")] = *Uuid::fromString(u"01890000-0000-7000-8000-000000000002"_s);
        (*draft.shown)[col(vitals, "systolic")] = std::int64_t{120};
        draft.typed[col(vitals, "note")] = u"half a wo"_s;
        const auto back = decodeDraft(vitals, encodeDraft(vitals, draft));
        QVERIFY(back && back->shown);
        QVERIFY(*back->shown == *draft.shown);
        QVERIFY(back->typed == draft.typed && back->id == draft.id);
        QVERIFY(!decodeDraft(vitals, "nonsense"));
    }

    void everyTableHasAForm()
    {
        for (const schema::Table *table : schema::allTables()) {
            const auto specs = fieldSpecs(*table);
            const QByteArray name(table->name.data(), static_cast<qsizetype>(table->name.size()));
            for (int i = schema::kStandardCount; i < schema::columnCount(*table); ++i) {
                const schema::Column &c = schema::columnAt(*table, i);
                const bool shown = std::any_of(specs.begin(), specs.end(), [&](const FieldSpec &s) { return s.column == i; });
                const bool follows = c.name == "subject_class" || table->writer != schema::Writer::People || !madeElsewhere(*table).isEmpty();
                const QByteArray where = name + '.' + QByteArray(c.name.data(), static_cast<qsizetype>(c.name.size()));
                QVERIFY2(shown || !c.required || follows, where.constData());
            }
        }
    }
};

QTEST_GUILESS_MAIN(RecordFormRulesTest)
#include "record_form_rules_test.moc"
