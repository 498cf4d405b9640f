#include "app/sim/history.h"

#include <algorithm>

namespace anteroom::sim {

History::History() : m_lines(1)
{
    m_places[{0, 0}] = {0, 0};
}

void History::append(Revision revision)
{
    Line &line = m_lines[static_cast<std::size_t>(m_line)];
    m_head = revision.rev;
    while (line.from + static_cast<std::int64_t>(line.steps.size()) < m_head)
        line.steps.emplace_back();               // a gap is the checks' to find
    Step &step = line.steps[static_cast<std::size_t>(m_head - line.from - 1)];
    step.salt = revision.salt;
    const Spot here{m_line, m_head};
    m_places.try_emplace({m_head, revision.salt}, here);
    for (auto &[key, row] : revision.rows) {
        auto &versions = m_versions[key];
        if (!versions.empty() && versions.back().at == here) {
            versions.back().row = row;
        } else {
            versions.push_back({here, row});
            step.rows.push_back(key);
        }
        m_image[key] = std::move(row);
    }
}

void History::part(Spot at)
{
    m_image = image(at);
    m_lines.push_back({at.line, at.rev, {}});
    m_line = static_cast<int>(m_lines.size()) - 1;
    m_head = at.rev;
}

const History::Step *History::step(Spot at) const
{
    while (at.line >= 0) {
        const Line &line = m_lines[static_cast<std::size_t>(at.line)];
        if (at.rev > line.from) {
            const auto n = static_cast<std::size_t>(at.rev - line.from - 1);
            return n < line.steps.size() ? &line.steps[n] : nullptr;
        }
        at.line = line.parent;
    }
    return nullptr;
}

std::optional<sync::Salt> History::salt(Spot at) const
{
    if (at.rev == 0)
        return sync::Salt{0};
    const Step *found = step(at);
    return found ? std::optional(found->salt) : std::nullopt;
}

std::optional<Spot> History::place(const sync::RevSalt &at) const
{
    const auto found = m_places.find({at.rev, at.salt});
    return found == m_places.end() ? std::nullopt : std::optional(found->second);
}

bool History::holds(Spot at, const sync::RevSalt &revision) const
{
    return revision.rev <= at.rev && salt({at.line, revision.rev}) == revision.salt;
}

std::int64_t History::reach(Spot at, int line) const
{
    while (at.line >= 0 && at.line != line) {
        const Line &here = m_lines[static_cast<std::size_t>(at.line)];
        at = {here.parent, std::min(at.rev, here.from)};
    }
    return at.line == line ? at.rev : -1;
}

RowPtr History::row(const RowId &key, Spot at) const
{
    const auto found = m_versions.find(key);
    if (found == m_versions.end())
        return nullptr;
    for (auto version = found->second.rbegin(); version != found->second.rend(); ++version)
        if (version->at.rev <= reach(at, version->at.line))
            return version->row;
    return nullptr;
}

Image History::image(Spot at) const
{
    Image out;
    for (const auto &[key, versions] : m_versions)
        if (RowPtr found = row(key, at))
            out.emplace_hint(out.end(), key, std::move(found));
    return out;
}

std::optional<std::vector<RowId>> History::touched(Spot from, Spot to) const
{
    if (from.rev > to.rev || reach(to, from.line) < from.rev)
        return std::nullopt;
    std::vector<RowId> out;
    for (std::int64_t rev = from.rev + 1; rev <= to.rev; ++rev)
        if (const Step *found = step({to.line, rev}))
            out.insert(out.end(), found->rows.begin(), found->rows.end());
    return out;
}

} // namespace anteroom::sim
