#include "ui/records/clinic_values.h"

#include "core/money.h"
#include "core/settings.h"
#include "core/when_ready.h"
#include "schema/tables/clinic_settings.h"

#include <QDateTime>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr const schema::Table &kSettings = schema::tables::clinic_settings;
constexpr int kValue = schema::col(kSettings, "value");

} // namespace

ClinicValues::ClinicValues(const Context &context, QObject *parent) : QObject(parent), m_replica(context.replica), m_clock(context.clock)
{
    m_style.zone = QTimeZone::systemTimeZone();
    takeCurrency({});
    connect(&m_replica, &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        if (rows.empty() || std::any_of(rows.begin(), rows.end(), [](const node::ChangedRow &row) { return row.table == &kSettings; }))
            readAll();
    });
    readAll();
}

void ClinicValues::readAll()
{
    read(std::string(setting::kClinicCurrency.key), &ClinicValues::takeCurrency);
    read(std::string(setting::kClinicZone.key), &ClinicValues::takeZone);
}

void ClinicValues::read(std::string key, void (ClinicValues::*take)(const QString &))
{
    auto answer = m_replica.queries().record(kSettings, schema::naturalId(kSettings, {key}));
    // The replica is the context: Qt 6.4 does not bear a context that is gone when the answer comes.
    whenReady(answer, this, [this, take](const Result<std::optional<schema::Row>> &row) {
        if (row)                                             // else what is known stays
            (this->*take)(*row && !(*row)->deleted() ? schema::toQString((**row)[kValue]) : QString());
    });
}

void ClinicValues::takeCurrency(const QString &text)
{
    const QString currency = text.isEmpty() ? QString::fromLatin1(setting::kClinicCurrency.text.data()) : text;
    if (currency == m_currency)
        return;
    m_currency = currency;
    m_style.moneyDigits = currencyDigits(currency);
    Q_EMIT changed();
}

void ClinicValues::takeZone(const QString &text)
{
    QTimeZone zone = text.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(text.toLatin1());
    if (!zone.isValid())
        zone = QTimeZone::systemTimeZone();
    if (zone == m_style.zone)
        return;
    m_style.zone = zone;
    Q_EMIT changed();
}

QDate ClinicValues::today() const { return QDateTime::fromMSecsSinceEpoch(m_clock.utcMs(), m_style.zone).date(); }

} // namespace anteroom::ui
