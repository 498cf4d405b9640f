// Load: puts patients into the folder of a running replica as fast as they are acknowledged, over the control protocol that
// `record put` speaks, and remembers what was acknowledged. For tests of real processes; it never waits.
#pragma once

#include "node/control_client.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <limits>
#include <map>
#include <memory>
#include <set>

namespace anteroom::test {

using namespace Qt::StringLiterals;

// New ones, and a new phone for the one before; no more than `limit` acts.
class Load final : public QObject {
public:
    explicit Load(QString name, int limit = std::numeric_limits<int>::max()) : m_name(std::move(name)), m_limit(limit) {}

    bool connectTo(const QString &dir)
    {
        auto client = node::ControlClient::connectTo(dir);
        if (!client)
            return false;
        m_client = std::move(*client);
        next();
        return true;
    }
    void stop() { m_client.reset(); }        // an answer that still comes is not an acknowledgement
    [[nodiscard]] bool done() const { return answers >= m_limit; }

    std::map<QString, QString> acknowledged;      // family name (one per insert) → phone that was acknowledged last
    std::map<QString, std::set<QString>> asked;   // family name → phones that may have been taken without an answer
    int answers = 0;

private:
    void next()
    {
        const bool update = !m_lastId.isEmpty() && m_count % 2 == 1;
        const QString phone = QString::number(++m_count);
        const QString family = update ? m_lastFamily : QString(m_name + phone);
        QJsonObject values{{u"phone"_s, phone}};
        QJsonObject request{{u"do"_s, u"put"_s}, {u"table"_s, u"patients"_s}};
        if (update)
            request.insert(u"id"_s, m_lastId);
        else
            values.insert(u"family_name"_s, family);
        request.insert(u"values"_s, values);
        asked[family].insert(phone);
        m_client->handle(request, node::ControlAnswer{.part = {}, .done = [this, family, phone](const Result<QJsonObject> &result) {
            if (!result)
                return;                      // killed: unknown, may be there or not
            const QJsonObject row = result->value("row"_L1).toObject();
            acknowledged[family] = phone;
            asked[family] = {phone};
            m_lastFamily = family;
            m_lastId = row.value("id"_L1).toString();
            ++answers;
            QMetaObject::invokeMethod(this, [this] {
                if (m_client && !done())
                    next();
            }, Qt::QueuedConnection);
        }});
    }

    QString m_name, m_lastFamily, m_lastId;
    int m_count = 0, m_limit;
    std::unique_ptr<node::ControlClient> m_client;
};

// Words where something that was acknowledged is missing in `rows` (of patients), is there twice, or is another value
// than any that may have been taken; else empty.
[[nodiscard]] inline QString missingOf(const Load &load, const std::map<QString, QStringList> &phones)
{
    for (const auto &[family, phone] : load.acknowledged) {
        const auto found = phones.find(family);
        if (found == phones.end())
            return u"%1 was acknowledged and is missing"_s.arg(family);
        if (found->second.size() != 1)
            return u"%1 is there twice"_s.arg(family);
        if (!load.asked.at(family).contains(found->second.constFirst()))
            return u"%1 was acknowledged with %2 and holds %3"_s.arg(family, phone, found->second.constFirst());
    }
    return {};
}

} // namespace anteroom::test
