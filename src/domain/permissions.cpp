#include "domain/permissions.h"

#include "schema/tables/users.h"

#include <algorithm>
#include <array>

namespace anteroom::domain {
namespace {

using schema::Role;

struct Named {
    Role role;
    std::string_view text;
};
constexpr std::array<Named, 6> kRoles{{{Role::Admin, "admin"}, {Role::Doctor, "doctor"}, {Role::Nurse, "nurse"},
    {Role::Receptionist, "receptionist"}, {Role::Cashier, "cashier"}, {Role::Pharmacist, "pharmacist"}}};
static_assert(std::size(schema::tables::kUsersRole) == kRoles.size());

bool holds(schema::Roles roles, Role role)
{
    return (roles & static_cast<schema::Roles>(role)) != 0;
}

QString word(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::optional<Role> role(std::string_view text)
{
    const auto at = std::find_if(kRoles.begin(), kRoles.end(), [&](const Named &n) { return n.text == text; });
    return at == kRoles.end() ? std::nullopt : std::optional(at->role);
}

std::string_view toText(Role r)
{
    const auto at = std::find_if(kRoles.begin(), kRoles.end(), [&](const Named &n) { return n.role == r; });
    return at == kRoles.end() ? std::string_view() : at->text;
}

bool mayRead(Role r, const schema::Table &table)
{
    return holds(table.permissions.read, r);
}

bool may(Role r, const schema::Table &table, schema::Op op)
{
    switch (op) {
    case schema::Op::Insert:
        return holds(table.permissions.create, r);
    case schema::Op::Update:
        return !table.insertOnly && holds(table.permissions.change, r);
    case schema::Op::Delete:
        return holds(table.permissions.erase, r);      // a stroke is rubbed out, though it is never changed
    case schema::Op::Restore:
        return !table.insertOnly && holds(table.permissions.erase, r);
    }
    return false;
}

Result<void> checkRead(Role r, const schema::Table &table)
{
    if (mayRead(r, table))
        return {};
    return fail(ErrorCode::Refused,
        QStringLiteral("The role %1 may not see this (%2). Ask somebody whose role may.").arg(word(toText(r)), word(table.plural)),
        word(table.name));
}

Result<void> checkPermission(Role r, const schema::Change &change)
{
    const schema::Table &table = *change.table;
    const QString title = word(table.title);
    const bool madeByHost = table.writer == schema::Writer::Host && change.op != schema::Op::Update;
    if (table.writer == schema::Writer::Door || madeByHost)      // what the host made a person may still decide on
        return fail(ErrorCode::Refused,
            QStringLiteral("%1 is written by Anteroom alone and cannot be changed by hand.").arg(title),
            word(table.name));
    if (may(r, table, change.op))
        return {};
    if (table.insertOnly && change.op != schema::Op::Insert)
        return fail(ErrorCode::Refused,
            QStringLiteral("%1 stays as it was written. Add a correcting one instead.").arg(title), word(table.name));
    const QString verb = change.op == schema::Op::Insert ? QStringLiteral("create")
        : change.op == schema::Op::Update                ? QStringLiteral("change")
                                                         : QStringLiteral("remove or restore");
    return fail(ErrorCode::Refused,
        QStringLiteral("The role %1 may not %2 this (%3). Ask somebody whose role may.")
            .arg(word(toText(r)), verb, title),
        word(table.name));
}

} // namespace anteroom::domain
