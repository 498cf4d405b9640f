// What the fields of the form show of a row, and how a merge group of a patient reads in words.
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form_model.h"

#include <QLocale>

namespace anteroom::ui {

int columnOf(PatientField field)
{
    static constexpr int kColumns[kPatientFieldCount] = {
        patient::kGiven, patient::kFamily, patient::kSex, patient::kBirthDate, patient::kPhone, patient::kSecondPhone, patient::kAddress,
        patient::kDistrict, patient::kCity, patient::kNationalId, patient::kOccupation, patient::kEmail, patient::kNote};
    return kColumns[static_cast<std::size_t>(field)];
}

QString fieldText(const schema::Row &row, PatientField field, QDate today)
{
    if (field != PatientField::Birth)
        return schema::toQString(row[columnOf(field)]);
    const domain::BirthDate birth = birthOf(row);
    if (birth.precision == domain::BirthPrecision::Age) {
        const auto age = domain::ageOn(birth, today);
        static constexpr const char *kUnits[] = {"d", "w", "m", ""};           // what the one field takes
        if (age)
            return QString::number(age->value) + QLatin1String(kUnits[static_cast<std::size_t>(age->unit)]);
    }
    return QString::fromStdString(birth.date);
}

QString groupTitle(schema::GroupNo group)
{
    const auto of = [](int column) { return schema::columnAt(kPatients, column).group; };
    if (group == of(patient::kGiven))
        return PatientFormModel::tr("Name");
    if (group == of(patient::kBirthDate))
        return PatientFormModel::tr("Age or date of birth");
    if (group == of(patient::kSex))
        return PatientFormModel::tr("Sex");
    if (group == of(patient::kPhone))
        return PatientFormModel::tr("Phone");
    if (group == of(patient::kSecondPhone))
        return PatientFormModel::tr("Second phone");
    if (group == of(patient::kAddress))
        return PatientFormModel::tr("Address");
    if (group == of(patient::kNationalId))
        return PatientFormModel::tr("ID card");
    if (group == of(patient::kOccupation))
        return PatientFormModel::tr("Occupation");
    if (group == of(patient::kEmail))
        return PatientFormModel::tr("E-mail");
    if (group == of(patient::kNote))
        return PatientFormModel::tr("Note");
    const schema::Group *described = schema::findGroup(kPatients, group);
    return described ? QString::fromUtf8(described->name.data(), static_cast<qsizetype>(described->name.size())) : PatientFormModel::tr("The record");
}

QString groupWords(const schema::Row &row, schema::GroupNo group)
{
    const auto of = [](int column) { return schema::columnAt(kPatients, column).group; };
    QString text;
    if (group == of(patient::kGiven))
        text = QStringLiteral("%1 %2").arg(schema::toQString(row[patient::kGiven]), schema::toQString(row[patient::kFamily])).trimmed();
    else if (group == of(patient::kBirthDate))
        text = birthText(birthOf(row));
    else if (group == of(patient::kSex))
        text = sexWord(schema::toQString(row[patient::kSex]));
    else if (group == of(patient::kAddress))
        text = addressText(row);
    else
        for (int column = schema::kStandardCount; column < schema::columnCount(kPatients) && text.isEmpty(); ++column)
            if (of(column) == group)
                text = schema::toQString(row[column]);
    return text.isEmpty() ? PatientFormModel::tr("nothing") : text;
}

} // namespace anteroom::ui
