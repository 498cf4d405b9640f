// The daily comparing of what rows hold (rule 15), while nobody works.

#include "node/client_service.h"

#include "core/log.h"

namespace anteroom::node {

using namespace sync;

namespace {

constexpr std::int64_t kQuietMs = 5 * 60 * 1000;             // no revision for so long: nobody works
constexpr std::int64_t kEveryMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kAgainMs = 10 * 60 * 1000;            // it ended early, or was done of late

} // namespace

void ClientService::checkContent()
{
    const std::int64_t now = m_context.clock->monotonicMs();
    const std::int64_t head = m_engine ? m_engine->hostHead() : -1;
    if (std::exchange(m_seenHead, head) != head || !online() || m_run || m_engine->digestsEqual() != std::optional(true))
        m_quietSince = now;
    if (m_checking && m_engine && m_engine->contentChecked()) {
        m_checking = false;
        m_context.writer->add({storage::Durability::Normal, [this](StoreTx &tx, Effects &) {
            setStateInt(tx, key::kContentChecked, m_context.clock->utcMs());
        }, {}});
        log::info(log::sync, "content compared", {{"rev", head}});
    }
    if (now - m_quietSince < kQuietMs || now < m_checkNotBefore)
        return;
    m_checkNotBefore = now + kAgainMs;
    const auto due = std::make_shared<bool>(false);
    m_context.writer->add({storage::Durability::Normal,
        [this, due](StoreTx &tx, Effects &) { *due = m_context.clock->utcMs() - stateInt(tx, key::kContentChecked) >= kEveryMs; },
        [this, due](const std::optional<Error> &error, const Effects &) {
            if (!error && *due)
                readContent();
        }});
}

void ClientService::readContent()
{
    m_content.read([this, line = m_line](const Result<ContentSums> &sums) {
        if (!sums || line != m_line)
            return;
        m_context.writer->add({storage::Durability::Normal, [this, line, sums = *sums](StoreTx &tx, Effects &e) {
            if (line != m_line || !m_engine)
                return;
            m_checking = true;
            e.append(m_engine->compareContent(sums, tx));
        }, {}});
    });
}

} // namespace anteroom::node
