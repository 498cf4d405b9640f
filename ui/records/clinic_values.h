// How this clinic writes values, read from its settings and kept up to date: zone of its times, digits of its currency,
// the clinic's day. One per page; it asks the replica, never the widgets.
#pragma once

#include "ui/desk/context.h"
#include "ui/records/record_words.h"

namespace anteroom::ui {

class ClinicValues final : public QObject {
    Q_OBJECT
public:
    explicit ClinicValues(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] const ValueStyle &style() const { return m_style; }
    [[nodiscard]] QString currency() const { return m_currency; }        // "USD"
    [[nodiscard]] QDate today() const;

Q_SIGNALS:
    void changed();

private:
    void read(std::string key, void (ClinicValues::*take)(const QString &));
    void readAll();
    void takeCurrency(const QString &text);
    void takeZone(const QString &text);

    node::Replica &m_replica;
    const Clock &m_clock;
    ValueStyle m_style;
    QString m_currency;
};

} // namespace anteroom::ui
