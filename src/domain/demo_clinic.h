// The demo clinic: "San Rafael Clinic" with staff, four service points, 300 invented people and a morning that is under
// way. Own generator, seeded: the same setup gives the same acts, byte for byte. Makes acts, writes nothing.
#pragma once

#include "schema/change.h"

#include <QDate>
#include <QString>

#include <string>
#include <vector>

namespace anteroom::domain {

struct DemoSetup {
    std::uint64_t seed = 7;
    QDate clinicDay;                 // as the clinic dates it
    std::int64_t nowMs = 0;          // UTC; the morning is told backwards from here
    Uuid device;                     // desk of the tickets that were called; null = none
    QString pcPrefix;                // of patient numbers and of provisional labels: the host's, "AA"
    std::int64_t firstSerial = 1;
    int patients = 300;              // at least 60
};

// One act for node::Commands, in this order. takesTicket: changes[0] inserts a ticket and goes through takeTicket(), so
// that the host numbers it; all others through save(). Inserts only, canonical and derived, each ≤ 500 changes.
struct DemoAct {
    std::string name;
    bool takesTicket = false;
    std::vector<schema::Change> changes;
};

inline constexpr char16_t kDemoClinicName[] = u"San Rafael Clinic";
[[nodiscard]] std::vector<DemoAct> demoClinic(const DemoSetup &setup);

} // namespace anteroom::domain
