// One person as the pane beside the list shows them: banner facts, allergies, contact, conditions, today's tickets.
// It follows every commit that touches the person. No widgets.
// Allergies: known where a row of kind allergy or intolerance stands that is neither refuted nor an error. "No known
// allergies" is such a row too, known by its code (SNOMED CT 716186003) or its title; it counts only where no other stands.
// No row at all: nobody asked yet.
#pragma once

#include "ui/desk/context.h"

#include <QDate>

namespace anteroom::ui {

struct Fact { QString label, value; };               // "Phone", "76 12 40 88"

struct PatientDetails {
    schema::Row row;
    QString name;
    QString facts;                                   // "F · 34 y · born 12 Mar 1992 · AA-000012-7"
    enum class Allergies : std::uint8_t { Known, None, NotAsked } allergies = Allergies::NotAsked;
    QString allergyText;
    std::vector<Fact> contact, person;
    QStringList conditions, kin, tickets;
    bool died = false;
};

class QueueModel;

class PatientDetailsModel final : public QObject {
    Q_OBJECT
public:
    PatientDetailsModel(const Context &context, QueueModel &queue, QObject *parent = nullptr);

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
    QueueModel &m_queue;
    const Clock &m_clock;
    Uuid m_id;
    std::optional<PatientDetails> m_details;
    QString m_failure;
};

// `points` name where a ticket waits.
[[nodiscard]] PatientDetails detailsOf(const node::PatientCard &card, QDate today, const std::vector<schema::Row> &points);

} // namespace anteroom::ui
