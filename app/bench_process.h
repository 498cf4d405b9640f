// BenchProcess: another process of this program, asked by lines of JSON on its standard input. The orchestrator may
// wait: it measures nothing itself.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QProcess>

namespace anteroom::app {

class BenchProcess {
public:
    BenchProcess();
    ~BenchProcess();                         // ends it

    // Sends without waiting; each send() has its receive().
    void send(const QJsonObject &request);
    [[nodiscard]] Result<QJsonObject> receive();
    [[nodiscard]] Result<QJsonObject> call(const QJsonObject &request);

private:
    QProcess m_process;
};

} // namespace anteroom::app
