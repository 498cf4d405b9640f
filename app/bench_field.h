// BenchField: a host with its patients, and clients that hold them, each in a process and a folder of its own; folders go
// away with it. A step that fails throws, and guarded() turns that into the run's error.
#pragma once

#include "app/bench_process.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <vector>

namespace anteroom::app {

struct BenchFailure { Error error; };
QJsonObject must(Result<QJsonObject> answer);                        // throws BenchFailure
[[nodiscard]] Result<QJsonObject> guarded(const std::function<QJsonObject()> &run);

struct BenchField {
    BenchField();

    QJsonObject fill(int rows, const QString &file = {});            // patients at the host
    // The same folder in a new process: its memory says nothing of how the rows came there.
    void restartHost();
    // Joined, and at the host's head. `joined`: what the join itself cost.
    BenchProcess &addClient(QJsonObject *joined = nullptr);
    [[nodiscard]] QString clientDir(std::size_t number) const;       // from 1

    QTemporaryDir dir;
    std::unique_ptr<BenchProcess> host;
    std::vector<std::unique_ptr<BenchProcess>> clients;
    int port = 0;
    qint64 rev = 0;
    QJsonObject idle;                        // memory of the last client before it joined
};

} // namespace anteroom::app
