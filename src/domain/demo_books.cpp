// The demo clinic's schedule books: two doctors, today's appointments, two notes, and a few words written by hand.
#include "domain/demo_maker.h"
#include "domain/stroke.h"
#include "schema/tables/books.h"
#include "schema/tables/events.h"
#include "schema/tables/notes.h"
#include "schema/tables/schedule_drawings.h"

#include <algorithm>

namespace anteroom::domain::demo {

using schema::col;
using schema::text;
using schema::Value;
namespace tables = schema::tables;

namespace {

constexpr double kHour = 70; // page units: see stroke.h

struct Appointment {
    int book, start, minutes;
    std::string_view what, struck; // what: behind the name; struck: why it is struck out
};
constexpr Appointment kAppointments[] = {{0, 480, 30, "", ""}, {0, 510, 15, "", ""}, {0, 540, 45, "First visit", ""},
    {0, 600, 30, "", ""}, {0, 630, 30, "With her mother", ""}, {0, 660, 15, "", "Did not come"},
    {0, 690, 45, "Heart check", ""}, {0, 810, 30, "Follow-up", ""}, {0, 825, 30, "", ""}, {0, 900, 60, "First visit", ""},
    {1, 495, 30, "Asthma", ""}, {1, 555, 30, "", ""}, {1, 600, 45, "", ""}, {1, 675, 30, "Vaccination", ""},
    {1, 720, 15, "", "Moved to Monday"}, {1, 840, 30, "Growth check", ""}};

// Letters on a grid of ten by ten, x then y, one pair a point; a stroke ends at '/'. The writing line is at 8.
struct Letter {
    char letter;
    int wide;
    std::string_view points;
};
constexpr Letter kLetters[] = {{'a', 6, "6444353748586664 6778"}, {'b', 6, "30383644546567584837"}, {'c', 5, "6454443537485867"},
    {'d', 6, "64443537485866606778"}, {'e', 5, "36666554443537485867"}, {'f', 4, "60504245484 9/3464"}, {'h', 6, "303438364554646568"},
    {'i', 3, "44475868/4241"}, {'k', 6, "30383664 4668"}, {'l', 3, "3033364858"}, {'m', 8, "2428263444484654646878"}, {'n', 6, "3438364554646568"},
    {'o', 6, "544435374858676554"}, {'r', 5, "343836455464"}, {'s', 5, "64443546666758 38"}, {'t', 4, "41475868/3464"},
    {'u', 6, "3437485866646878"}, {'v', 5, "344864"}, {'w', 7, "24384556 6874"}, {'y', 6, "34374858 66646959"}, {'1', 4, "325058"},
    {'2', 6, "324151626438 68"}, {':', 3, "4545/4747"}};

struct Words {
    int book;
    double x, hour;
    std::string_view text, colour;
    double size; // page units a grid step
};
constexpr Words kWords[] = {{0, 600, 8.75, "vaccines come", "blue", 2.3}, {0, 612, 9.15, "at 11:12", "blue", 2.3},
    {0, 330, 11.02, "call her", "red", 2.0}, {0, 606, 13.6, "no one after 1:12", "ink", 2.2}, {1, 604, 10.1, "lab results", "blue", 2.3},
    {1, 616, 10.5, "are in", "blue", 2.3}};

const Letter *find(char letter)
{
    const auto it = std::find_if(std::begin(kLetters), std::end(kLetters), [&](const Letter &l) { return l.letter == letter; });
    return it == std::end(kLetters) ? nullptr : it;
}

schema::Change strokeRow(Maker &maker, const Uuid &book, std::string_view colour, const Stroke &points)
{
    const auto &t = tables::schedule_drawings;
    const StrokeBounds b = stroke::bounds(points);
    return maker.newRow(t,
        {{col(t, "book_id"), book}, {col(t, "page_day"), maker.setup.clinicDay.toString(Qt::ISODate).toStdString()},
            {col(t, "tool"), std::string("pen")}, {col(t, "colour"), std::string(colour)}, {col(t, "width"), 2.0},
            {col(t, "min_x"), b.minX}, {col(t, "min_y"), b.minY}, {col(t, "max_x"), b.maxX}, {col(t, "max_y"), b.maxY},
            {col(t, "points"), static_cast<std::int64_t>(points.size())},
            {col(t, "stroke"), stroke::encode(points).value_or(QByteArray())},
            {col(t, "encoding"), std::int64_t{stroke::kEncoding}}});
}

// A hand: the line wavers, letters lean and differ a little, pressure grows on the way down.
void write(Maker &maker, DemoAct &act, const Uuid &book, const Words &words)
{
    double x = words.x;
    for (const char c : words.text) {
        const Letter *letter = find(c);
        if (!letter) {
            x += 4 * words.size;
            continue;
        }
        const double lift = (maker.below(9) - 4) * 0.12 * words.size;
        Stroke points;
        const auto penUp = [&] {
            if (!points.empty())
                act.changes.push_back(strokeRow(maker, book, words.colour, points));
            points.clear();
        };
        int gridX = -1;
        for (const char p : letter->points) {
            if (p == '/')
                penUp();
            if (p < '0' || p > '9')
                continue;
            if (gridX < 0) {
                gridX = p - '0';
                continue;
            }
            const int gridY = p - '0';
            const double lean = (8 - gridY) * 0.18, waver = (maker.below(7) - 3) * 0.05;
            const double y = words.hour * kHour + gridY * words.size + lift + waver * words.size;
            const bool down = !points.empty() && y > points.back().y;
            points.push_back({x + (gridX - 3 + lean + waver) * words.size, y, static_cast<std::uint8_t>(down ? 165 : 120), 0});
            gridX = -1;
        }
        penUp();
        x += letter->wide * words.size * 0.82;
    }
}

} // namespace

void addBooks(Maker &maker)
{
    const std::string day = maker.setup.clinicDay.toString(Qt::ISODate).toStdString();
    constexpr std::pair<Staff, std::string_view> kOwners[] = {{Doctor, "Dr Adjei"}, {SecondDoctor, "Dr Ibáñez"}};
    DemoAct books{.name = "demo.books"};
    std::vector<Uuid> ids;
    for (const auto &[owner, title] : kOwners) {
        const auto &t = tables::books;
        ids.push_back(maker.id());
        books.changes.push_back(maker.row(t, ids.back(),
            {{col(t, "title"), std::string(title)}, {col(t, "owner_id"), maker.staff[static_cast<std::size_t>(owner)]},
                {col(t, "room_id"), maker.rooms[owner == Doctor ? 2 : 3]}, {col(t, "first_minute"), std::int64_t{8 * 60}},
                {col(t, "last_minute"), std::int64_t{18 * 60}}, {col(t, "slot_minutes"), std::int64_t{15}},
                {col(t, "sort_order"), static_cast<std::int64_t>(ids.size())}}));
    }
    std::size_t next = featured().size();
    for (const Appointment &a : kAppointments) {
        while (maker.people[next % maker.people.size()].dead)
            ++next;
        const Person &person = maker.people[next++ % maker.people.size()];
        const auto &t = tables::events;
        books.changes.push_back(maker.newRow(t,
            {{col(t, "book_id"), ids[static_cast<std::size_t>(a.book)]}, {col(t, "page_day"), day},
                {col(t, "start_minute"), std::int64_t{a.start}}, {col(t, "duration_minutes"), std::int64_t{a.minutes}},
                {col(t, "title"), text(person.name)}, {col(t, "body"), std::string(a.what)}, {col(t, "patient_id"), person.id},
                {col(t, "struck_out"), std::int64_t{a.struck.empty() ? 0 : 1}}, {col(t, "struck_reason"), std::string(a.struck)}}));
    }
    const auto note = [&](int book, double hour, std::string_view words) {
        const auto &t = tables::notes;
        books.changes.push_back(maker.newRow(t,
            {{col(t, "book_id"), ids[static_cast<std::size_t>(book)]}, {col(t, "page_day"), day},
                {col(t, "subject_class"), std::int64_t{static_cast<std::uint8_t>(tables::events.dataClass)}}, {col(t, "x"), 800.0},
                {col(t, "y"), hour * kHour}, {col(t, "text"), std::string(words)}}));
    };
    note(0, 10.1, "The laboratory phones before noon. Put it through.");
    note(1, 8.4, "No appointments after 15:00, team meeting.");
    DemoAct ink{.name = "demo.ink"};
    for (const Words &words : kWords)
        write(maker, ink, ids[static_cast<std::size_t>(words.book)], words);
    maker.acts.push_back(std::move(books));
    maker.acts.push_back(std::move(ink));
}

} // namespace anteroom::domain::demo
