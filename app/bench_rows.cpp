#include "app/bench_rows.h"

#include "core/clock.h"
#include "core/random.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"

#include <QFile>

#include <array>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr qint64 kMaxTsvBytes = 256 * 1024 * 1024;
constexpr int kHistoryTitleLength = 400;

using schema::tables::patient_history;
using schema::tables::patients;

schema::Change insertOf(const Uuid &id, const QString &family, const QString &given, const QString &birth, const QString &sex, const QString &phone, const QString &address)
{
    return schema::makeInsert(patients, id, {
        {schema::col(patients, "family_name"), schema::text(family)},
        {schema::col(patients, "given_name"), schema::text(given)},
        {schema::col(patients, "birth_date"), schema::text(birth)},
        {schema::col(patients, "birth_precision"), schema::text(birth.isEmpty() ? QString() : u"day"_s)},
        {schema::col(patients, "sex"), schema::text(sex == "F"_L1 ? u"female"_s : sex == "M"_L1 ? u"male"_s : u"unknown"_s)},
        {schema::col(patients, "phone"), schema::text(phone)},
        {schema::col(patients, "address_line"), schema::text(address)},
    });
}

Result<std::vector<schema::Change>> fromTsv(const QString &name, int count)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxTsvBytes)
        return fail(ErrorCode::NotFound, u"%1 cannot be read; --rows-file takes a TSV of patients"_s.arg(name), name);
    std::vector<schema::Change> changes;
    int line = 0;
    while (!file.atEnd() && (count == 0 || line < count)) {
        const QStringList fields = QString::fromUtf8(file.readLine()).trimmed().split(u'\t');
        ++line;
        if (fields.size() < 8 || fields.at(0) == "id"_L1)
            continue;
        const auto id = Uuid::fromString(fields.at(0));
        if (!id)
            return fail(ErrorCode::Invalid, u"Line %1 of %2 has no id in its first field"_s.arg(line).arg(name), name);
        changes.push_back(insertOf(*id, fields.at(1), fields.at(2), fields.at(3), fields.at(4), fields.at(5), fields.at(6)));
        changes.push_back(schema::makeInsert(patient_history, schema::importedId("bench-allergies", fields.at(0).toStdString()), {
            {schema::col(patient_history, "patient_id"), *id},
            {schema::col(patient_history, "kind"), std::string("allergy")},
            {schema::col(patient_history, "title"), schema::text(fields.at(7).left(kHistoryTitleLength))},
        }));
    }
    return changes;
}

} // namespace

Result<std::vector<schema::Change>> patientInserts(const QString &file, int count)
{
    if (!file.isEmpty())
        return fromTsv(file, count);
    static constexpr std::array kFamilies{u"Kowalczyk", u"Lindqvist", u"Ueda", u"Okonkwo", u"Fernández", u"Nguyễn", u"Haddad", u"Brännström", u"da Silva", u"Öztürk"};
    static constexpr std::array kGiven{u"Siobhán", u"Caoimhe", u"Wilhelmina", u"José María", u"Amina", u"Zoë", u"Bartholomew", u"Ngozi", u"Håkon", u"Li"};
    static constexpr std::array kStreets{u"Saint Bartholomew Lane", u"Gartenstraße", u"Rue de la République", u"Calle Mayor", u"Park Avenue"};
    SeededRandom random(7);
    const SystemClock clock;
    std::vector<schema::Change> changes;
    changes.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const std::uint64_t dice = random.u64();
        const auto pick = [dice](const auto &list, int shift) { return QString::fromUtf16(list[(dice >> shift) % list.size()]); };
        const QString number = QString::number(i);
        const QString birth = u"%1-%2-%3"_s.arg(1930 + int(dice % 95)).arg(1 + int((dice >> 8) % 12), 2, 10, QChar(u'0')).arg(1 + int((dice >> 16) % 28), 2, 10, QChar(u'0'));
        changes.push_back(insertOf(uuidV7(clock, random), pick(kFamilies, 24) + u'-' + pick(kFamilies, 28), pick(kGiven, 32), birth,
                                   (dice >> 40) % 2 ? u"F"_s : u"M"_s, u"+77 %1"_s.arg(i, 9, 10, QChar(u'0')),
                                   u"Apartment %1, %2 %3, %4 Saint-Étienne"_s.arg(int(dice % 90)).arg(number, pick(kStreets, 44)).arg(int((dice >> 48) % 90000) + 10000)));
    }
    return changes;
}

} // namespace anteroom::app
