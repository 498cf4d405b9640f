// A whole act that waits for a person: nothing of it applies until somebody decides. Its class is the highest of its rows.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kSyncReviewsStatus[] = {"open", "closed"};
inline constexpr std::string_view kSyncReviewsResolution[] = {"applied", "dropped", "resubmitted"};
inline constexpr Group kSyncReviewsGroups[] = {
    {1, "review"},
};
inline constexpr Column kSyncReviewsColumns[] = {
    {.number = 16, .name = "entry_uuid", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .required = true},
    {.number = 17, .name = "author_device", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "devices"},
    {.number = 18, .name = "author_user", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 19, .name = "seq", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical, .min = 0},
    {.number = 20, .name = "entry", .type = Type::Blob, .group = kHostFilled, .dataClass = DataClass::Clinical, .maxLength = 900 * 1024},
    {.number = 21, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 7},
    {.number = 22, .name = "status", .group = 1, .dataClass = DataClass::Clinical, .allowed = kSyncReviewsStatus, .defaultValue = "open"},
    {.number = 23, .name = "why", .group = 1, .dataClass = DataClass::Clinical, .maxLength = 1000},
    {.number = 24, .name = "resolution", .group = 1, .dataClass = DataClass::Clinical, .allowed = kSyncReviewsResolution},
    {.number = 25, .name = "resolved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 26, .name = "resolved_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 27, .name = "act", .group = 1, .dataClass = DataClass::Clinical, .maxLength = 80},
    {.number = 28, .name = "at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Clinical},
};
inline constexpr std::string_view kSyncReviewsByStatus[] = {"status"};
inline constexpr Index kSyncReviewsIndexes[] = {{kSyncReviewsByStatus}};
inline constexpr std::string_view kSyncReviewsLabel[] = {"act", "at"};
inline constexpr std::string_view kSyncReviewsList[] = {"at", "act", "author_user", "author_device", "status", "why", "resolved_by"};

inline constexpr Table sync_reviews{
    .number = 41,
    .name = "sync_reviews",
    .title = "Review",
    .plural = "Reviews",
    .label = kSyncReviewsLabel,
    .list = kSyncReviewsList,
    .columns = kSyncReviewsColumns,
    .groups = kSyncReviewsGroups,
    .indexes = kSyncReviewsIndexes,
    .policy = MergePolicy::Compare,
    .permissions = {.read = kEverybody, .create = kNobody, .change = kEverybody, .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::Data,
    .writer = Writer::Host,
    .classColumn = "subject_class",
};

} // namespace anteroom::schema::tables
