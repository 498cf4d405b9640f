// What the parts of the demo clinic share: the seeded dice, ids, and rows in the making. Inside src/domain only.
#pragma once

#include "core/random.h"
#include "domain/demo_clinic.h"

#include <span>

namespace anteroom::domain::demo {

struct Person {
    Uuid id;
    QString name;
    QString number;
    bool dead = false;
};

class Maker {
public:
    explicit Maker(const DemoSetup &of) : setup(of), m_random(of.seed) { }

    const DemoSetup &setup;
    std::vector<Person> people;             // the featured ones of kFeatured first, in its order
    std::vector<Uuid> points, rooms, staff; // in the order of their constants
    std::vector<DemoAct> acts;

    [[nodiscard]] int below(int limit) { return static_cast<int>(m_random.u64() % static_cast<std::uint64_t>(limit)); }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
    [[nodiscard]] QString pick(std::span<const std::string_view> list);
    [[nodiscard]] Uuid id(); // shaped as a UUIDv7 of the demo's own time
    [[nodiscard]] std::int64_t ago(int minutes, int seconds = 0) const
    {
        return setup.nowMs - (minutes * 60LL + seconds) * 1000;
    }
    // Canonical and with its derived columns.
    [[nodiscard]] schema::Change row(
        const schema::Table &table, const Uuid &rowId, const std::vector<schema::ColumnValue> &values) const;
    // With a new id, drawn after the values: the order of the dice must not be the compiler's.
    [[nodiscard]] schema::Change newRow(const schema::Table &table, const std::vector<schema::ColumnValue> &values)
    {
        return row(table, id(), values);
    }

private:
    SeededRandom m_random;
};

enum Point : int { Triage, Consultation, Cashier, Pharmacy };
enum Staff : int { Nurse, Doctor, SecondDoctor, Receptionist, CashierPerson, Pharmacist };

struct Service {
    std::string_view code, name, category;
    int point;
    int minutes;
    std::int64_t price;
};
[[nodiscard]] std::span<const Service> services();

// The people of the queue: who they are and where they stand.
struct Featured {
    std::string_view given, family, shown; // shown: where it is not given + family
    char sex;                              // m, f
    int age;
    char unit; // y, m, w; ~ = years, only the age was told
    int point; // Point
    std::string_view priority, state;
    int waitMin;  // until called, or until now
    int sinceSec; // in this state, where it is not waiting
    std::string_view allergy;
};
[[nodiscard]] std::span<const Featured> featured();

void addHouse(Maker &maker); // staff, service points, rooms, services, prices
void addPeople(Maker &maker);
void addQueue(Maker &maker);
void addAppointments(Maker &maker);
void addBills(Maker &maker);
void addBooks(Maker &maker); // last: what the dice gave before stays

} // namespace anteroom::domain::demo
