// History: what the clinic's host has committed, as the examiner saw it pass: every revision with its salt and rows, on
// lines that part where a host was restored or another one took over. Answers what a row was at any place of any line.
// The engines never see it.
#pragma once

#include "app/sim/rows.h"

#include <optional>

namespace anteroom::sim {

struct Spot {                                   // a revision of one line
    int line = 0;
    std::int64_t rev = 0;
    friend bool operator==(const Spot &, const Spot &) = default;
};

struct Revision {
    std::int64_t rev = 0;
    sync::Salt salt = 0;
    std::vector<std::pair<RowId, RowPtr>> rows;  // in the order of their positions; a later picture replaces an earlier
};

class History {
public:
    History();

    void append(Revision revision);
    // The host goes on from here: another line begins, which holds all before.
    void part(Spot at);

    [[nodiscard]] Spot headPlace() const { return {m_line, m_head}; }
    [[nodiscard]] sync::RevSalt head() const { return {m_head, salt({m_line, m_head}).value_or(0)}; }
    [[nodiscard]] const Image &headImage() const { return m_image; }

    [[nodiscard]] std::optional<sync::Salt> salt(Spot at) const;
    [[nodiscard]] std::optional<Spot> place(const sync::RevSalt &at) const;
    // Does the line of `at`, up to it, hold this revision?
    [[nodiscard]] bool holds(Spot at, const sync::RevSalt &revision) const;
    [[nodiscard]] RowPtr row(const RowId &key, Spot at) const;
    [[nodiscard]] Image image(Spot at) const;
    // Rows of the revisions after `from` up to `to`; nothing where `to` does not lie behind `from` on its line.
    [[nodiscard]] std::optional<std::vector<RowId>> touched(Spot from, Spot to) const;

private:
    struct Step { sync::Salt salt = 0; std::vector<RowId> rows; };
    struct Line {
        int parent = -1;
        std::int64_t from = 0;                   // the revision after which it begins
        std::vector<Step> steps;                 // from + 1, from + 2, …
    };
    struct Version { Spot at; RowPtr row; };

    [[nodiscard]] const Step *step(Spot at) const;
    // The end of what this line holds of the line `line`; −1 where it holds nothing of it.
    [[nodiscard]] std::int64_t reach(Spot at, int line) const;

    std::vector<Line> m_lines;
    int m_line = 0;
    std::int64_t m_head = 0;
    std::map<RowId, std::vector<Version>> m_versions;
    std::map<std::pair<std::int64_t, sync::Salt>, Spot> m_places;
    Image m_image;                               // at the head
};

} // namespace anteroom::sim
