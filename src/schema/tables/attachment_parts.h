// 256 KiB of a file. A part is inserted once and never changed; an attachment is complete when all of them are there.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kAttachmentPartsGroups[] = {
    {1, "part"},
    {2, "content"},
};
inline constexpr Column kAttachmentPartsColumns[] = {
    {.number = 16, .name = "attachment_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .references = "attachments"},
    {.number = 17, .name = "part", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 0, .max = 1023},
    {.number = 18, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 7},
    {.number = 19, .name = "content", .type = Type::Blob, .group = 2, .dataClass = DataClass::Clinical,
     .required = true, .content = true, .maxLength = 256 * 1024},
};
inline constexpr std::string_view kAttachmentPartsByAttachmentId[] = {"attachment_id"};
inline constexpr Index kAttachmentPartsIndexes[] = {{kAttachmentPartsByAttachmentId}};
inline constexpr std::string_view kAttachmentPartsLabel[] = {"attachment_id", "part"};
inline constexpr std::string_view kAttachmentPartsList[] = {"attachment_id", "part", "subject_class", "created_at"};

inline constexpr Table attachment_parts{
    .number = 14,
    .name = "attachment_parts",
    .title = "Part of an attachment",
    .plural = "Parts of attachments",
    .label = kAttachmentPartsLabel,
    .list = kAttachmentPartsList,
    .columns = kAttachmentPartsColumns,
    .groups = kAttachmentPartsGroups,
    .indexes = kAttachmentPartsIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = kNobody,
                    .erase = kNobody},
    .scopes = kFullOnly,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::PatientData,
    .classColumn = "subject_class",
    .insertOnly = true,
};

} // namespace anteroom::schema::tables
