// ControlClient: carries requests to the process that runs the replica of a data folder. One request at a time.
// Never opens the data itself.
#pragma once

#include "node/control_protocol.h"

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace anteroom::node {

class ControlClient final : public QObject, public ControlHandler {
    Q_OBJECT
public:
    // NotFound where nobody listens for that folder.
    [[nodiscard]] static Result<std::unique_ptr<ControlClient>> connectTo(const QString &dataDir, int silenceMs = control_limits::kSilenceMs);

    void handle(const QJsonObject &request, const ControlAnswer &answer) override;

private:
    explicit ControlClient(int silenceMs);
    void read();
    void finish(const Result<QJsonObject> &result);

    QLocalSocket m_socket;
    QTimer m_silence;
    std::optional<ControlAnswer> m_answer;
};

} // namespace anteroom::node
