#include "ui/patients/patient_columns.h"

#include "ui/common/paint.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace anteroom::ui {
namespace {

QString words(const char *text) { return QCoreApplication::translate("Patients", text); }

QString joined(std::initializer_list<QString> parts, const QString &between)
{
    QStringList known;
    for (const QString &part : parts)
        if (!part.isEmpty())
            known.append(part);
    return known.join(between);
}

} // namespace

QString patientName(const schema::Row &row)
{
    const QString shown = schema::toQString(row[patient::kDisplay]);
    if (!shown.isEmpty())
        return shown;
    const QString name = joined({schema::toQString(row[patient::kGiven]), schema::toQString(row[patient::kFamily])}, QStringLiteral(" "));
    if (!name.isEmpty())
        return name;
    const QString sex = schema::toQString(row[patient::kSex]);
    return sex == QLatin1String("male") ? words("Unknown man") : sex == QLatin1String("female") ? words("Unknown woman") : words("Unknown person");
}

QString sexLetter(const schema::Row &row)
{
    const auto sex = schema::toText(row[patient::kSex]);
    return sex == "female" ? words("F") : sex == "male" ? words("M") : sex == "other" ? words("O") : QString();
}

QString sexWord(const QString &value)
{
    return value == QLatin1String("female") ? words("Female")
         : value == QLatin1String("male")   ? words("Male")
         : value == QLatin1String("other")  ? words("Other")
         : value == QLatin1String("unknown") ? words("Unknown") : value;
}

domain::BirthDate birthOf(const schema::Row &row)
{
    const auto date = schema::toText(row[patient::kBirthDate]);
    return {.date = std::string(date), .precision = domain::birthPrecision(schema::toText(row[patient::kBirthPrecision]), date)};
}

QString patientAge(const schema::Row &row, QDate today)
{
    QDate day = today;
    if (hasDied(row)) {
        const QDate died = QDate::fromString(schema::toQString(row[patient::kDeceasedOn]), Qt::ISODate);
        if (died.isValid())
            day = died;
    }
    const auto age = domain::ageOn(birthOf(row), day);
    return age ? ageWords(*age) : QString();
}

QString ageWords(const domain::Age &age)
{
    constexpr int kDaysOfWeek = 7, kFewestWeeks = 2;         // a newborn of nine days is not "1 wk"
    const bool weeks = age.unit == domain::AgeUnit::Days && age.value >= kFewestWeeks * kDaysOfWeek;
    const int value = weeks ? age.value / kDaysOfWeek : age.value;
    QString text;
    switch (weeks ? domain::AgeUnit::Weeks : age.unit) {
    case domain::AgeUnit::Days: text = words("%1 d"); break;
    case domain::AgeUnit::Weeks: text = words("%1 wk"); break;
    case domain::AgeUnit::Months: text = words("%1 mo"); break;
    case domain::AgeUnit::Years: text = words("%1 y"); break;
    }
    text = text.arg(value).replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return age.about ? words("~%1").arg(text) : text;
}

QString ageAndSex(const schema::Row &row, QDate today)
{
    return joined({patientAge(row, today), sexLetter(row)}, QStringLiteral(" · "));
}

QString dateText(QDate day) { return QLocale().toString(day, QStringLiteral("d MMM yyyy")); }

QString birthText(const domain::BirthDate &birth)
{
    const QString date = QString::fromStdString(birth.date);
    if (date.isEmpty())
        return {};
    const QString year = date.left(4);
    if (birth.precision == domain::BirthPrecision::Age)
        return words("about %1").arg(year);
    if (date.size() == 7) {
        const QDate first = QDate::fromString(date + QStringLiteral("-01"), Qt::ISODate);
        return first.isValid() ? QLocale().toString(first, QStringLiteral("MMM yyyy")) : date;
    }
    const QDate day = QDate::fromString(date, Qt::ISODate);
    return date.size() == 10 && day.isValid() ? dateText(day) : year;
}

QString addressText(const schema::Row &row)
{
    QStringList known;
    for (const int column : {patient::kAddress, patient::kDistrict, patient::kCity})
        if (const QString part = schema::toQString(row[column]); !part.isEmpty())
            known.append(part);
    if (known.size() > 1)                                    // a street in one script and a town in another keep their order
        for (QString &part : known)
            part = isolated(part);
    return known.join(QStringLiteral(", "));
}

bool hasDied(const schema::Row &row) { return schema::toInt(row[patient::kDeceased]) != 0 || !schema::isNull(row[patient::kDeceasedOn]); }

} // namespace anteroom::ui
