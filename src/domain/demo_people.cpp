// The people of the demo clinic: those of the queue by name, the others from the name pools.
#include "domain/demo_maker.h"

#include "domain/birth_date.h"
#include "domain/demo_names.h"
#include "domain/patient.h"
#include "domain/patient_number.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"

namespace anteroom::domain::demo {

using schema::col;
using schema::ColumnValue;
using schema::text;
namespace tables = schema::tables;

namespace {

constexpr Featured kFeatured[] = {
    {"Fatoumata", "Keita", "", 'f', 8, 'm', Triage, "normal", "in_service", 22, 360, "Penicillin"},
    {"", "", "Unknown man, 10:31", 'm', 40, '~', Triage, "emergency", "waiting", 2, 0, ""},
    {"", "Herrera", "Baby of Lucía Herrera", 'f', 3, 'w', Triage, "urgent", "waiting", 24, 0, ""},
    {"Kwame", "Mensah", "", 'm', 71, 'y', Triage, "priority", "waiting", 41, 0, ""},
    {"João", "Pereira", "", 'm', 52, 'y', Triage, "normal", "waiting", 33, 0, ""},
    {"Maryam", "Haidari", "", 'f', 29, 'y', Triage, "normal", "waiting", 28, 0, "Sulfonamides"},
    {"Léa", "Fontaine", "", 'f', 17, 'y', Triage, "normal", "waiting", 16, 0, ""},
    {"Ousmane", "Traoré", "", 'm', 45, 'y', Triage, "normal", "waiting", 4, 0, ""},
    {"محمد", "العلوي", "", 'm', 38, 'y', Triage, "normal", "waiting", 12, 0, ""},
    {"Mei Ling", "Ng", "Ng Mei Ling", 'f', 47, 'y', Consultation, "normal", "in_service", 38, 720, ""},
    {"Ravi Shankar", "Iyer", "", 'm', 55, 'y', Consultation, "normal", "called", 44, 20, "Aspirin"},
    {"Thandiwe", "Nkosi", "", 'f', 26, 'y', Consultation, "urgent", "waiting", 48, 0, ""},
    {"Sofía", "Delgado", "", 'f', 9, 'y', Consultation, "priority", "waiting", 31, 0, "Peanut"},
    {"Ibrahim", "Conté", "", 'm', 34, 'y', Consultation, "normal", "waiting", 52, 0, ""},
    {"Grace Achieng", "Otieno", "", 'f', 58, 'y', Consultation, "normal", "waiting", 19, 0, ""},
    {"Yusuf", "Abdi", "", 'm', 22, 'y', Consultation, "normal", "waiting", 7, 0, ""},
    {"Siobhán", "O'Brien", "", 'f', 44, 'y', Consultation, "normal", "waiting", 26, 0, ""},
    {"Wulandari", "", "", 'f', 63, '~', Consultation, "normal", "waiting", 14, 0, ""},
    {"Chidi", "Okafor", "", 'm', 31, 'y', Cashier, "normal", "in_service", 11, 120, ""},
    {"Pedro", "Alves", "", 'm', 66, 'y', Cashier, "priority", "waiting", 6, 0, ""},
    {"Anna", "Kowalczyk", "", 'f', 30, 'y', Cashier, "normal", "waiting", 9, 0, ""},
    {"Hawa", "Sissoko", "", 'f', 19, 'y', Cashier, "normal", "waiting", 1, 0, ""},
    {"Bintou", "Camara", "", 'f', 41, 'y', Pharmacy, "normal", "called", 7, 45, ""},
    {"Văn Đức", "Nguyễn", "Nguyễn Văn Đức", 'm', 37, 'y', Pharmacy, "normal", "waiting", 3, 0, ""},
    {"Aïssata", "N'Diaye", "", 'f', 5, 'y', Pharmacy, "priority", "waiting", 8, 0, ""},
};

std::string textOf(std::string_view s)
{
    return std::string(s);
}

BirthDate born(Maker &maker, int age, char unit)
{
    const QDate today = maker.setup.clinicDay;
    if (unit == '~')
        return *parseBirthDate(QString::number(age), today);
    if (unit == 'w')
        return {today.addDays(-7 * age - maker.below(7)).toString(Qt::ISODate).toStdString(), BirthPrecision::Day};
    if (unit == 'm')
        return {
            today.addMonths(-age).addDays(-maker.below(25)).toString(Qt::ISODate).toStdString(), BirthPrecision::Day};
    return {today.addYears(-age).addDays(-maker.below(360)).toString(Qt::ISODate).toStdString(), BirthPrecision::Day};
}

// From newborn to 95, with more children and young adults than old people.
BirthDate anyBirth(Maker &maker)
{
    const QDate today = maker.setup.clinicDay;
    const int draw = maker.below(100);
    const int days = draw < 4 ? maker.below(28)
        : draw < 14           ? maker.below(730)
        : draw < 35           ? 730 + maker.below(15 * 365)
        : draw < 85           ? 17 * 365 + maker.below(43 * 365)
                              : 60 * 365 + maker.below(36 * 365 - 30);
    const QDate day = today.addDays(-days);
    const int precision = days < 730 ? 0 : maker.below(100);
    if (precision > 88)
        return {day.toString(QStringLiteral("yyyy")).toStdString(), BirthPrecision::Age};
    if (precision > 83)
        return {day.toString(QStringLiteral("yyyy-MM")).toStdString(), BirthPrecision::Month};
    return {day.toString(Qt::ISODate).toStdString(), BirthPrecision::Day};
}

// Invented: 555 01.. is kept free for invented numbers.
QString phone(Maker &maker)
{
    const QString digits = QStringLiteral("%1").arg(maker.below(10'000), 4, 10, QLatin1Char('0'));
    return QStringLiteral("555 01 ") + digits.left(2) + QLatin1Char(' ') + digits.mid(2);
}

void addHistory(Maker &maker, DemoAct &act, const Uuid &patient, const QString &allergen)
{
    const auto &t = tables::patient_history;
    const std::string_view severities[] = {"mild", "moderate", "severe"};
    act.changes.push_back(maker.newRow(t,
        {{col(t, "patient_id"), patient}, {col(t, "kind"), std::string("allergy")}, {col(t, "title"), text(allergen)},
            {col(t, "substance"), text(allergen)}, {col(t, "severity"), text(maker.pick(severities))},
            {col(t, "verification"), std::string("confirmed")}}));
}

struct Identity {
    QString given, family, shown;
    char sex = 'f';
    BirthDate birth;
    QString allergen;
    bool unknown = false;
    bool dead = false;
};

void addPerson(Maker &maker, DemoAct &act, const Identity &who)
{
    const auto &t = tables::patients;
    Person person{.id = maker.id(),
        .name = who.shown.isEmpty() ? displayName(who.given, {}, who.family) : who.shown,
        .dead = who.dead};
    const auto serial = maker.setup.firstSerial + static_cast<std::int64_t>(maker.people.size());
    person.number = patientNumber(maker.setup.pcPrefix, serial).value_or(QString());
    std::vector<ColumnValue> values{{col(t, "number"), text(person.number)}, {col(t, "given_name"), text(who.given)},
        {col(t, "family_name"), text(who.family)}, {col(t, "display_name"), text(who.shown)},
        {col(t, "birth_date"), who.birth.date}, {col(t, "birth_precision"), textOf(toText(who.birth.precision))},
        {col(t, "birth_captured_on"),
            maker.setup.clinicDay.addDays(-maker.below(700)).toString(Qt::ISODate).toStdString()},
        {col(t, "sex"),
            std::string(who.sex == 'f' ? "female"
                    : who.sex == 'm'   ? "male"
                                       : "unknown")}};
    if (who.unknown) {
        values.push_back({col(t, "unknown"), std::int64_t{1}});
    } else {
        values.push_back({col(t, "phone"), maker.chance(85) ? text(phone(maker)) : schema::Value{}});
        const QString house = QString::number(1 + maker.below(120));
        const QString street = maker.pick(streets());
        values.push_back({col(t, "address_line"), text(house + QLatin1Char(' ') + street)});
        values.push_back({col(t, "city"), text(maker.pick(towns()))});
    }
    if (who.dead) {
        values.push_back({col(t, "deceased"), std::int64_t{1}});
        values.push_back({col(t, "deceased_on"),
            maker.setup.clinicDay.addDays(-20 - maker.below(300)).toString(Qt::ISODate).toStdString()});
    }
    act.changes.push_back(maker.row(t, person.id, values));
    if (!who.allergen.isEmpty())
        addHistory(maker, act, person.id, who.allergen);
    if (!who.unknown && maker.chance(25)) {
        const auto &c = tables::patient_contacts;
        act.changes.push_back(maker.newRow(c,
            {{col(c, "patient_id"), person.id},
                {col(c, "name"), text(maker.pick(namePools()[3].female) + QLatin1Char(' ') + who.family)},
                {col(c, "relationship"), std::string("next of kin")}, {col(c, "phone"), text(phone(maker))},
                {col(c, "emergency"), std::int64_t{1}}}));
    }
    maker.people.push_back(std::move(person));
}

Identity fromPool(Maker &maker)
{
    const auto pools = namePools();
    const NamePool &pool = pools[static_cast<std::size_t>(maker.below(static_cast<int>(pools.size())))];
    Identity who;
    who.sex = maker.chance(53) ? 'f' : 'm';
    who.given = maker.pick(who.sex == 'f' ? pool.female : pool.male);
    if (!pool.family.empty())
        who.family = maker.pick(pool.family);
    if (maker.chance(2))
        who.sex = 'u';
    who.birth = anyBirth(maker);
    if (maker.chance(12))
        who.allergen = maker.pick(allergens());
    who.dead = who.birth.date < std::to_string(maker.setup.clinicDay.year() - 60) && maker.chance(20);
    return who;
}

QString word(std::string_view s)
{
    return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size()));
}

} // namespace

std::span<const Featured> featured()
{
    return kFeatured;
}

void addPeople(Maker &maker)
{
    constexpr std::size_t kPerAct = 240; // a person makes up to three changes; 500 is the limit of an act
    DemoAct act{.name = "demo.patients"};
    for (const Featured &f : kFeatured) {
        Identity who{.given = word(f.given),
            .family = word(f.family),
            .shown = word(f.shown),
            .sex = f.sex,
            .birth = born(maker, f.age, f.unit),
            .allergen = word(f.allergy)};
        who.unknown = f.given.empty() && f.family.empty();
        addPerson(maker, act, who);
    }
    while (static_cast<int>(maker.people.size()) < maker.setup.patients) {
        addPerson(maker, act, fromPool(maker));
        if (act.changes.size() >= kPerAct) {
            maker.acts.push_back(std::move(act));
            act = DemoAct{.name = "demo.patients"};
        }
    }
    if (!act.changes.empty())
        maker.acts.push_back(std::move(act));
}

} // namespace anteroom::domain::demo
