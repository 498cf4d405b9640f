// DataLock: one process per data folder. Held as long as the object lives; after a crash or kill -9 the next start
// takes it at once, because the lock names a process that is no more. Guards against a second process only; inside one
// process the owner of the folder is unique by construction.
#pragma once

#include "core/result.h"

#include <memory>

class QLockFile;

namespace anteroom::storage {

class DataLock {
public:
    // ErrorCode::Locked where another process holds the folder.
    [[nodiscard]] static Result<std::unique_ptr<DataLock>> take(const QString &dir);
    ~DataLock();

private:
    explicit DataLock(std::unique_ptr<QLockFile> file);
    std::unique_ptr<QLockFile> m_file;
};

} // namespace anteroom::storage
