// Scratch: a database of its own for one test, and rows of any table with random values. Test code only.
#pragma once

#include "core/random.h"
#include "schema/change.h"
#include "schema/registry.h"
#include "storage/migrations.h"
#include "storage/sql_error.h"

#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>

namespace scratch {

using namespace anteroom;
using namespace anteroom::storage;

inline std::unique_ptr<Connection> opened(Result<std::unique_ptr<Connection>> result)
{
    if (!result)
        throw std::runtime_error(result.error().detail.toStdString());
    return std::move(*result);
}

struct Scratch {
    QTemporaryDir dir;
    QString path = dir.filePath(QStringLiteral("anteroom.db"));
    std::unique_ptr<Connection> connection = opened(openDatabase(path));
    Connection &operator*() const { return *connection; }
};

inline Uuid randomUuid(Random &random)
{
    Uuid id;
    random.fill(id.bytes.data(), id.bytes.size());
    return id;
}

inline schema::Value randomValue(Random &random, schema::Type type)
{
    using schema::Type;
    const auto dice = random.u64();
    if (dice % 4 == 0)
        return {};
    switch (type) {
    case Type::Uuid:
        return randomUuid(random);
    case Type::Real:
        return static_cast<double>(static_cast<std::int64_t>(random.u64() % 2000000) - 1000000) / 64.0;
    case Type::Boolean:
        return static_cast<std::int64_t>(dice / 4 % 2);
    case Type::Integer:
    case Type::Timestamp:
    case Type::Money:
        return static_cast<std::int64_t>(random.u64());
    case Type::Blob: {
        QByteArray bytes(static_cast<qsizetype>(dice / 4 % 300), '\0');
        random.fill(bytes.data(), static_cast<std::size_t>(bytes.size()));
        return bytes;
    }
    case Type::Text:
    case Type::Date:
    case Type::Json: {
        static constexpr std::string_view kParts[] = {"Ana", "ع", "7", " ", "'", "\"", "%", "é", "\n", "𝔸", "1e5", "0007"};
        std::string text;
        for (auto n = dice / 4 % 12 + 1; n > 0; --n)
            text += kParts[random.u64() % std::size(kParts)];
        return text;
    }
    }
    return {};
}

inline schema::Row randomRow(Random &random, const schema::Table &table)
{
    schema::Row row = schema::emptyRow(table, randomUuid(random));
    for (int i = 0; i < schema::columnCount(table); ++i)
        if (schema::columnAt(table, i).references.empty())
            row[i] = randomValue(random, schema::columnAt(table, i).type);
    return row;
}

// What an expression throws, as its code; ErrorCode{} where it throws nothing.
template <typename Call>
ErrorCode thrown(Call call, QString *words = nullptr)
{
    try {
        call();
    } catch (const SqlError &e) {
        if (words)
            *words = e.error().detail;
        return e.error().code;
    }
    return ErrorCode{};
}

inline std::int64_t number(Connection &connection, std::string_view sql)
{
    Statement statement(connection, sql);
    return statement.step() ? statement.integer(0) : -1;
}

} // namespace scratch
