#include "storage/drafts.h"

namespace anteroom::storage {

std::optional<Draft> readDraft(Connection &connection, std::string_view key)
{
    Statement statement(connection, "SELECT value,at FROM drafts WHERE key=?1");
    statement.bindText(1, key);
    if (!statement.step())
        return std::nullopt;
    return Draft{std::string(key), statement.blob(0).toByteArray(), statement.integer(1)};
}

std::vector<Draft> allDrafts(Connection &connection)
{
    Statement statement(connection, "SELECT key,value,at FROM drafts ORDER BY at DESC, key");
    std::vector<Draft> drafts;
    while (statement.step())
        drafts.push_back({std::string(statement.text(0)), statement.blob(1).toByteArray(), statement.integer(2)});
    return drafts;
}

void putDraft(Connection &connection, const Draft &draft)
{
    Statement statement(connection, "INSERT INTO drafts(key,value,at) VALUES(?1,?2,?3) ON CONFLICT(key) DO UPDATE SET value=excluded.value, at=excluded.at");
    statement.bindText(1, draft.key).bindBlob(2, draft.value).bindInt(3, draft.at).run();
}

void eraseDraft(Connection &connection, std::string_view key)
{
    Statement statement(connection, "DELETE FROM drafts WHERE key=?1");
    statement.bindText(1, key).run();
}

} // namespace anteroom::storage
