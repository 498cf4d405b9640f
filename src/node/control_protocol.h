// The control protocol: how a command reaches the process that runs a replica, on the same PC and for the same user.
// Lines of JSON over a local socket: a request {"do": …}, then any number of {"part": {…}}, then {"done": {…}} or
// {"error": {"code", "words"}}. One request at a time a connection. ControlHandler is both ends of it: the service
// answers requests in the process of the replica, the client carries them there; a command cannot tell which it holds.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <functional>

namespace anteroom::node {

// How a request is answered: parts first, then `done` exactly once.
struct ControlAnswer {
    std::function<void(const QJsonObject &)> part;
    std::function<void(const Result<QJsonObject> &)> done;
};

class ControlHandler {
public:
    virtual ~ControlHandler() = default;
    virtual void handle(const QJsonObject &request, const ControlAnswer &answer) = 0;
};

namespace control_limits {
inline constexpr qint64 kMaxRequestBytes = 2 * 1024 * 1024;      // an entry of 900 KiB in base64, and its envelope
inline constexpr qint64 kMaxLineBytes = 16 * 1024 * 1024;        // an answer: one row with all its blobs
inline constexpr qint64 kMaxUnsentBytes = 256 * 1024 * 1024;     // to a reader that does not read; then it is cut
inline constexpr int kMaxConnections = 32;                       // scripts at work on one PC
inline constexpr int kIdleMs = 60'000;                           // a connection that asks nothing
inline constexpr int kConnectMs = 2'000;
inline constexpr int kSilenceMs = 120'000;                        // an answer without a byte: that process hangs
} // namespace control_limits

// Where the process that runs the replica of this folder listens: a socket in the folder; where its path is too long or
// it cannot be written, one named by a BLAKE2b of the folder's canonical path, in a folder under /tmp that only this user
// can enter. Creates that one; Io where it cannot be made or is not ours.
[[nodiscard]] Result<QString> controlSocketPath(const QString &dataDir);

[[nodiscard]] QByteArray controlLine(const QJsonObject &object);                   // with its newline
[[nodiscard]] Result<QJsonObject> parseControlLine(const QByteArray &line);
[[nodiscard]] QJsonObject errorToJson(const Error &error);
[[nodiscard]] Error errorFromJson(const QJsonObject &json);

} // namespace anteroom::node
