// A file about a row: scanned letter, photograph, signed consent. The bytes are in attachment_parts; content_hash is the
// BLAKE2b-256 of all of them, so that the same file is stored once and a damaged one is noticed.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kAttachmentsGroups[] = {
    {1, "subject"},
    {2, "file"},
    {3, "title"},
};
inline constexpr Column kAttachmentsColumns[] = {
    {.number = 16, .name = "subject_table", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 65535},
    {.number = 17, .name = "subject_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .required = true},
    {.number = 18, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 7},
    {.number = 19, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "patients"},
    {.number = 20, .name = "file_name", .group = 2, .dataClass = DataClass::Clinical, .required = true},
    {.number = 21, .name = "media_type", .group = 2, .dataClass = DataClass::Clinical, .maxLength = 127},
    {.number = 22, .name = "size_bytes", .type = Type::Integer, .group = 2, .dataClass = DataClass::Clinical, .min = 0, .max = 268435456},
    {.number = 23, .name = "parts", .type = Type::Integer, .group = 2, .dataClass = DataClass::Clinical, .min = 0, .max = 1024},
    {.number = 24, .name = "content_hash", .type = Type::Blob, .group = 2, .dataClass = DataClass::Clinical, .maxLength = 32},
    {.number = 25, .name = "title", .group = 3, .dataClass = DataClass::Clinical},
    {.number = 26, .name = "note", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 2000},
    {.number = 27, .name = "taken_on", .type = Type::Date, .group = 3, .dataClass = DataClass::Clinical},
    {.number = 28, .name = "thumbnail", .type = Type::Blob, .group = 2, .dataClass = DataClass::Clinical, .maxLength = 60 * 1024},
};
inline constexpr std::string_view kAttachmentsBySubjectId[] = {"subject_id"};
inline constexpr Index kAttachmentsIndexes[] = {{kAttachmentsBySubjectId}};
inline constexpr std::string_view kAttachmentsLabel[] = {"file_name", "title"};
inline constexpr std::string_view kAttachmentsList[] = {"file_name", "title", "patient_id", "media_type", "size_bytes", "taken_on"};

inline constexpr Table attachments{
    .number = 13,
    .name = "attachments",
    .title = "Attachment",
    .plural = "Attachments",
    .label = kAttachmentsLabel,
    .list = kAttachmentsList,
    .columns = kAttachmentsColumns,
    .groups = kAttachmentsGroups,
    .indexes = kAttachmentsIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor},
    .scopes = kFullOnly,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::PatientData,
    .classColumn = "subject_class",
};

} // namespace anteroom::schema::tables
