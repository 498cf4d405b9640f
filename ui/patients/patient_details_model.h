// One person as the pane beside the list shows them: banner facts, allergies, contact, conditions, today's tickets.
// It follows every commit that touches the person. No widgets.
#pragma once

#include "ui/desk/context.h"

#include <QDate>

namespace anteroom::ui {

struct Fact { QString label, value; };               // "Phone", "76 12 40 88"

struct PatientDetails {
    schema::Row row;
    QString name;
    QString facts;                                   // "F · 34 y · born 12 Mar 1992 · AA-000012-7"
    enum class Allergies : std::uint8_t { Known, NotAsked } allergies = Allergies::NotAsked;
    QString allergyText;
    std::vector<Fact> contact, person;
    QStringList conditions, kin, tickets;
    bool died = false;
};

class PatientDetailsModel final : public QObject {
    Q_OBJECT
public:
    explicit PatientDetailsModel(const Context &context, QObject *parent = nullptr);

    void open(const Uuid &id);                       // null: nobody
    [[nodiscard]] Uuid id() const { return m_id; }
    [[nodiscard]] const std::optional<PatientDetails> &details() const { return m_details; }
    [[nodiscard]] bool shown() const { return m_details && m_details->row.id == m_id; }      // false while id()'s record is on its way
    [[nodiscard]] QString failure() const { return m_failure; }

Q_SIGNALS:
    void changed();

private:
    void reload();

    node::Replica &m_replica;
    const Clock &m_clock;
    Uuid m_id;
    std::optional<PatientDetails> m_details;
    QString m_failure;
};

[[nodiscard]] PatientDetails detailsOf(const node::PatientCard &card, QDate today);

} // namespace anteroom::ui
