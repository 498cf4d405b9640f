// What is typed in a form and not saved, as bytes for node::Drafts: the texts by column, and the row as it was shown, so
// that bringing it back finds what changed meanwhile. Contents of files are not in it. Pure functions.
#pragma once

#include "schema/change.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>

namespace anteroom::ui {

struct RecordDraft {
    Uuid id;
    std::optional<schema::Row> shown;        // none: a new record
    std::map<int, QString> typed;            // by column
};

[[nodiscard]] QByteArray encodeDraft(const schema::Table &table, const RecordDraft &draft);
// Nothing where the bytes are of another program or another table: then they are of no use.
[[nodiscard]] std::optional<RecordDraft> decodeDraft(const schema::Table &table, const QByteArray &bytes);
// "records.vitals.<id>", "records.vitals.new", "records.bill_items.new.<id of the bill>".
[[nodiscard]] QString draftKey(const schema::Table &table, const std::optional<Uuid> &id, const std::vector<schema::ColumnValue> &preset);

} // namespace anteroom::ui
