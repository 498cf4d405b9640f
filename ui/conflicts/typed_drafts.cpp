#include "ui/conflicts/typed_drafts.h"

#include "core/when_ready.h"
#include "node/drafts.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace anteroom::ui {
namespace {

QString keyOf(const Uuid &id) { return QStringLiteral("review.refused.") + id.toString(); }

// [[change, column's number, text] …]: numbers of columns are permanent.
QByteArray encoded(const node::InboxCard &card, const ActBody::Typed &typed)
{
    QJsonArray all;
    for (const auto &[where, text] : typed)
        if (where.first < card.entry.changes.size())
            all.append(QJsonArray{static_cast<int>(where.first), static_cast<int>(schema::columnAt(*card.entry.changes[where.first].table, where.second).number), text});
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

ActBody::Typed decoded(const schema::Entry &entry, const QByteArray &bytes)
{
    ActBody::Typed typed;
    for (const auto &each : QJsonDocument::fromJson(bytes).array()) {
        const QJsonArray one = each.toArray();
        const auto change = static_cast<std::size_t>(one.at(0).toInt(-1));
        if (one.size() != 3 || change >= entry.changes.size())
            continue;
        const schema::Table &table = *entry.changes[change].table;
        for (int i = 0; i < schema::columnCount(table); ++i)
            if (schema::columnAt(table, i).number == one.at(1).toInt())
                typed[{change, i}] = one.at(2).toString();
    }
    return typed;
}

} // namespace

TypedDrafts::TypedDrafts(node::Drafts &drafts, QObject *parent) : QObject(parent), m_drafts(drafts)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDraftMs);
    connect(&m_timer, &QTimer::timeout, this, &TypedDrafts::now);
}

ActBody::Typed TypedDrafts::of(const node::InboxCard &card)
{
    Known &known = m_known[card.item.id];
    if (!std::exchange(known.asked, true))
        whenReady(m_drafts.read(keyOf(card.item.id)), this, [this, id = card.item.id, entry = card.entry](const Result<std::optional<node::DraftNote>> &note) {
            Known &here = m_known[id];
            if (!note || !*note || !here.typed.empty())      // who types already goes on with that
                return;
            here.typed = decoded(entry, (*note)->value);
            if (!here.typed.empty())
                Q_EMIT found(id);
        });
    return known.typed;
}

void TypedDrafts::keep(const node::InboxCard &card, const ActBody::Typed &typed)
{
    m_known[card.item.id].typed = typed;
    m_waiting[card.item.id] = typed.empty() ? QByteArray() : encoded(card, typed);
    m_timer.start();
}

void TypedDrafts::now()
{
    m_timer.stop();
    for (const auto &[id, value] : std::exchange(m_waiting, {})) {
        if (value.isEmpty())
            m_drafts.erase(keyOf(id));
        else
            m_drafts.put(keyOf(id), value);
    }
}

void TypedDrafts::erase(const Uuid &id)
{
    m_waiting.erase(id);
    m_known.erase(id);
    m_drafts.erase(keyOf(id));
}

} // namespace anteroom::ui
