// What the door and the host say to a change that breaks the description: the first offence, in words that help.
#include "schema/registry.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/schedule_drawings.h"
#include "schema/tables/vitals.h"
#include "schema/validation.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::schema;
using tables::patients;
using tables::vitals;

namespace {

Uuid id(int n)
{
    Uuid u;
    u.bytes[0] = static_cast<std::uint8_t>(n);
    return u;
}

std::string str(const char *s) { return s; }

QString wordsOf(const Result<void> &result) { return result ? QString() : result.error().detail; }
QString subjectOf(const Result<void> &result) { return result ? QString() : result.error().subject; }

Change vitalsWith(const char *column, Value value)
{
    return makeInsert(vitals, id(1), {{col(vitals, "patient_id"), id(2)}, {findColumn(vitals, column), std::move(value)}});
}

} // namespace

class ValidationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rangesSayWhatToWrite()
    {
        QVERIFY(validate(vitalsWith("heart_rate", std::int64_t{72})));
        QCOMPARE(wordsOf(validate(vitalsWith("heart_rate", std::int64_t{4000}))),
                 QStringLiteral("heart_rate: write a number from 10 to 400."));
        QCOMPARE(subjectOf(validate(vitalsWith("heart_rate", std::int64_t{9}))), QStringLiteral("heart_rate"));
        QVERIFY(validate(vitalsWith("heart_rate", std::int64_t{10})));
        QVERIFY(validate(vitalsWith("heart_rate", std::int64_t{400})));
        const Table &lots = *findTable("stock_lots");
        const Change lot = makeInsert(lots, id(1), {{findColumn(lots, "drug_id"), id(2)},
                                                   {findColumn(lots, "unit_cost"), std::int64_t{-1}}});
        QCOMPARE(wordsOf(validate(lot)), QStringLiteral("unit_cost: write 0 or more."));
    }

    void allowedWordsAreListed()
    {
        const Change change = makeInsert(patients, id(1), {{col(patients, "sex"), str("M")}});
        QCOMPARE(wordsOf(validate(change)), QStringLiteral("sex: write one of male, female, other, unknown."));
        QVERIFY(validate(makeInsert(patients, id(1), {{col(patients, "sex"), str("female")}})));
    }

    void lengthIsCountedInCharacters()
    {
        const int number = col(patients, "number");
        QString fits;
        for (int i = 0; i < 32; ++i)
            fits += QStringLiteral("é");
        QVERIFY(validate(makeInsert(patients, id(1), {{number, text(fits)}})));
        QCOMPARE(wordsOf(validate(makeInsert(patients, id(1), {{number, text(fits + QStringLiteral("x"))}}))),
                 QStringLiteral("number: write at most 32 characters."));
        const int email = col(patients, "email");      // nothing said: 255
        QVERIFY(validate(makeInsert(patients, id(1), {{email, std::string(255, 'x')}})));
        QVERIFY(!validate(makeInsert(patients, id(1), {{email, std::string(256, 'x')}})));
    }

    void bytesHaveALimit()
    {
        const Table &parts = *findTable("attachment_parts");
        const auto part = [&](qsizetype size) {
            return makeInsert(parts, id(1), {{findColumn(parts, "attachment_id"), id(2)}, {findColumn(parts, "part"), std::int64_t{0}},
                                             {findColumn(parts, "subject_class"), std::int64_t{3}}, {findColumn(parts, "content"), Blob(size, 'x')}});
        };
        QVERIFY(validate(part(256 * 1024)));
        QCOMPARE(wordsOf(validate(part(256 * 1024 + 1))), QStringLiteral("content: write at most 262144 bytes."));
    }

    void aWrongTypeIsRefused()
    {
        QVERIFY(!validate(vitalsWith("heart_rate", str("fast"))));
        QVERIFY(!validate(makeInsert(patients, id(1), {{col(patients, "email"), std::int64_t{1}}})));
    }

    void requiredColumnsAreNeededInAnInsert()
    {
        const Table &names = tables::patient_names;
        const Change nobody = makeInsert(names, id(1), {{col(names, "given_name"), str("Ana")}});
        QCOMPARE(wordsOf(validate(nobody)), QStringLiteral("patient_id: this is needed."));
        const Change somebody = makeInsert(names, id(1), {{col(names, "given_name"), str("Ana")}, {col(names, "patient_id"), id(2)}});
        QVERIFY(validate(somebody));
    }

    void aRequiredColumnCannotBeEmptied()
    {
        const Table &points = *findTable("service_points");
        Row row = emptyRow(points, id(1));
        const int name = findColumn(points, "name");
        row[name] = str("Triage");
        QCOMPARE(wordsOf(validate(makeUpdate(points, row, {{name, Value{}}}))), QStringLiteral("name: this is needed."));
    }

    void anOldValueIsNotJudgedAgain()
    {
        Row row = emptyRow(patients, id(1));
        const int sex = col(patients, "sex"), note = col(patients, "sex_note");      // one group
        row[sex] = str("intersex");                                                  // an older rule let it in
        QVERIFY(validate(makeUpdate(patients, row, {{note, str("as told")}})));
        QVERIFY(!validate(makeUpdate(patients, row, {{sex, str("undetermined")}})));
        row[sex] = std::int64_t{3};                                                  // but never a wrong type
        QVERIFY(!validate(makeUpdate(patients, row, {{note, str("as told")}})));
    }

    void ledgersTakeInsertsAlone()
    {
        const Table &payments = tables::payments;
        Row row = emptyRow(payments, id(1));
        row[col(payments, "kind")] = str("payment");
        row[col(payments, "method")] = str("cash");
        row[col(payments, "amount")] = std::int64_t{100};
        QCOMPARE(wordsOf(validate(makeUpdate(payments, row, {{col(payments, "amount"), std::int64_t{1}}}))),
                 QStringLiteral("payments: its rows are never changed; add one that corrects it."));
        QCOMPARE(wordsOf(validate(makeDelete(payments, row, "mistake"))),
                 QStringLiteral("payments: its rows are never deleted; add one that corrects it."));
        QVERIFY(validate(makeDelete(tables::schedule_drawings, emptyRow(tables::schedule_drawings, id(1)), {})));   // the rubber
    }

    void aNaturalKeyStays()
    {
        const Table &settings = tables::clinic_settings;
        Row row = emptyRow(settings, naturalId(settings, {"clinic.name"}));
        row[col(settings, "key")] = str("clinic.name");
        QVERIFY(!validate(makeUpdate(settings, row, {{col(settings, "key"), str("clinic.title")}})));
        QVERIFY(validate(makeUpdate(settings, row, {{col(settings, "value"), str("Sainte Anne")}})));
    }

    void malformedChangesAreRefused()
    {
        Change change = makeInsert(patients, id(1), {{col(patients, "number"), str("AA-1")}});
        QVERIFY(validate(change));
        Change noTable = change;
        noTable.table = nullptr;
        QVERIFY(!validate(noTable));
        Change noId = change;
        noId.id = Uuid{};
        QVERIFY(!validate(noId));
        Change short_ = change;
        short_.groups.front().newValues.clear();
        QVERIFY(!validate(short_));
        Change unknownGroup = change;
        unknownGroup.groups.back().group = 254;
        QVERIFY(!validate(unknownGroup));
        Change host = change;
        host.groups.insert(host.groups.begin(), GroupChange{kHostFilled, std::vector<Value>(kStandardCount), std::vector<Value>(kStandardCount)});
        QVERIFY(!validate(host));
        Change twice = change;
        twice.groups.insert(twice.groups.begin(), change.groups.front());
        QVERIFY(!validate(twice));
        Change remembers = change;
        remembers.groups.front().oldValues.front() = str("AA-0");
        QVERIFY(!validate(remembers));
        Change op = change;
        op.op = static_cast<Op>(9);
        QVERIFY(!validate(op));
        Change partial = makeDelete(patients, emptyRow(patients, id(1)), {});
        partial.groups.pop_back();
        QVERIFY(!validate(partial));
        QVERIFY(!validate(makeDelete(patients, emptyRow(patients, id(1)), std::string(501, 'x'))));
    }
};

QTEST_GUILESS_MAIN(ValidationTest)
#include "validation_test.moc"
