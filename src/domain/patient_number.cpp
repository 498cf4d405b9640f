#include "domain/patient_number.h"

#include "core/crockford.h"

namespace anteroom::domain {

Result<QString> patientNumber(QStringView pcPrefix, std::int64_t serial)
{
    if (serial < 1 || serial > kMaxPatientSerial)
        return fail(ErrorCode::Refused,
            QStringLiteral("This PC has used up its patient numbers. Give it a new prefix in Settings."),
            QStringLiteral("number"));
    return makeNumber(pcPrefix, serial);
}

std::optional<std::int64_t> patientSerial(QStringView number, QStringView pcPrefix)
{
    const auto canonical = parseNumber(number, static_cast<int>(pcPrefix.size()));
    if (!canonical)
        return std::nullopt;
    const qsizetype from = pcPrefix.size() + 1;
    if (!canonical->startsWith(pcPrefix) || canonical->size() < from + 2)
        return std::nullopt;
    bool ok = false;
    const qint64 serial = QStringView(*canonical).mid(from, canonical->size() - from - 2).toLongLong(&ok);
    return ok ? std::optional<std::int64_t>(serial) : std::nullopt;
}

std::optional<QString> readPatientNumber(QStringView typed)
{
    if (typed.size() < 4 || typed.size() > 32)
        return std::nullopt;
    const auto number = parseNumber(typed);
    return number ? std::optional(*number) : std::nullopt;
}

} // namespace anteroom::domain
