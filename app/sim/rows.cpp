#include "app/sim/rows.h"

#include "app/sim/dice.h"
#include "schema/registry.h"
#include "sync/audit.h"
#include "sync/merge.h"

#include <algorithm>

namespace anteroom::sim {

using namespace schema;

const Table &tableOf(const RowId &key) { return *findTable(key.table); }

std::string nameOf(const RowId &key)
{
    return std::string(tableOf(key).name) + ' ' + key.id.toString().toStdString();
}

namespace {

std::string textOf(const Value &v)
{
    if (isNull(v))
        return "-";
    if (const auto *id = std::get_if<Uuid>(&v))
        return id->toString().toStdString();
    if (const auto *n = std::get_if<std::int64_t>(&v))
        return std::to_string(*n);
    if (const auto *d = std::get_if<double>(&v))
        return std::to_string(*d);
    if (const auto *b = std::get_if<Blob>(&v))
        return '<' + std::to_string(b->size()) + " bytes>";
    return std::string(toText(v));
}

std::uint64_t hashOfOne(std::uint64_t hash, const Value &v)
{
    const std::uint64_t kind = v.index();
    hash = folded(hash, &kind, sizeof kind);
    if (const auto *id = std::get_if<Uuid>(&v))
        return folded(hash, id->bytes.data(), id->bytes.size());
    if (const auto *n = std::get_if<std::int64_t>(&v))
        return folded(hash, n, sizeof *n);
    if (const auto *d = std::get_if<double>(&v))
        return folded(hash, d, sizeof *d);
    if (const auto *b = std::get_if<Blob>(&v))
        return folded(hash, b->constData(), static_cast<std::size_t>(b->size()));
    const auto text = toText(v);
    return folded(hash, text.data(), text.size());
}

} // namespace

std::string textOf(std::span<const Value> values)
{
    std::string out = "(";
    for (const Value &v : values)
        out += (out.size() > 1 ? ", " : "") + textOf(v);
    return out + ')';
}

std::uint64_t hashOf(std::span<const Value> values)
{
    if (std::all_of(values.begin(), values.end(), [](const Value &v) { return isNull(v); }))
        return kNothing;
    std::uint64_t hash = values.size();
    for (const Value &v : values)
        hash = hashOfOne(hash, v);
    return hash | 1;                             // never kNothing
}

std::uint64_t groupHash(const Table &table, const Row &row, GroupNo group)
{
    return hashOf(groupValues(table, row, group));
}

bool Waiting::shown() const
{
    return !doomed && (entry.claim != Claim::Call || provisional);
}

std::shared_ptr<Waiting> waiting(const Entry &entry, bool doomed, bool provisional)
{
    auto out = std::make_shared<Waiting>(Waiting{sync::withAudit(entry), {}, doomed, provisional});
    for (const Change &c : out->entry.changes)
        out->touches.push_back({c.table->number, c.id});
    return out;
}

RowPtr overlaid(const RowPtr &image, const std::map<std::int64_t, std::shared_ptr<Waiting>> &outbox, const RowId &key)
{
    std::optional<Row> row;
    bool touched = false;
    for (const auto &[seq, w] : outbox) {
        if (!w->shown() || std::find(w->touches.begin(), w->touches.end(), key) == w->touches.end())
            continue;
        if (!touched && image)
            row = *image;
        touched = true;
        for (const Change &c : w->entry.changes)
            if (c.table->number == key.table && c.id == key.id)
                sync::overlay(w->entry, c, row);
    }
    if (!touched)
        return image;
    return row ? std::make_shared<const Row>(std::move(*row)) : nullptr;
}

bool same(const RowPtr &a, const RowPtr &b)
{
    return a == b || (a && b && *a == *b);
}

std::string difference(const RowId &key, const RowPtr &is, const RowPtr &shouldBe)
{
    if (!is || !shouldBe)
        return nameOf(key) + (is ? " is there and should not be" : " is missing");
    std::string out = nameOf(key) + ':';
    for (int i = 0; i < columnCount(tableOf(key)); ++i)
        if ((*is)[i] != (*shouldBe)[i])
            out += ' ' + std::string(columnAt(tableOf(key), i).name) + " is " + textOf((*is)[i]) + ", should be " + textOf((*shouldBe)[i]) + ';';
    return out;
}

} // namespace anteroom::sim
