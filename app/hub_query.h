// The commands that ask or change something and end: status, digest, verify, code, record …, sync.
#pragma once

#include "app/command_line.h"
#include "app/hub_access.h"

#include <QJsonObject>

namespace anteroom::app {

class HubQuery final : public QObject {
public:
    // Takes what the command needs (stdin for put) and asks; ends the event loop with its exit code.
    void run(const CommandSpec &command, const Arguments &arguments);

private:
    [[nodiscard]] Result<QJsonObject> request() const;
    [[nodiscard]] Result<QJsonObject> putRequest(QJsonObject request) const;
    void ask(const QJsonObject &request);
    void answer(const Result<QJsonObject> &result);
    [[nodiscard]] int show(const QJsonObject &result) const;

    QString m_command;
    Arguments m_arguments;
    std::unique_ptr<HubAccess> m_access;
    node::ControlHandler *m_handler = nullptr;
    QJsonObject m_request;
};

} // namespace anteroom::app
