// KnownDevices: the hashes of tokens that this host has given, once more, outside of the database. A host that was put
// back to an older copy still knows the PCs that joined since, and they bring back what they hold. One line a device in
// a small file of the data folder; it proves nothing but who asks, the database says what they may do. Writer thread.
#pragma once

#include "core/result.h"
#include "core/uuid.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace anteroom::node {

class KnownDevices {
public:
    explicit KnownDevices(QString path) : m_path(std::move(path)) {}

    // Durable when it answers.
    [[nodiscard]] Result<void> add(const Uuid &device, const QByteArray &tokenHash) const;
    [[nodiscard]] std::optional<QByteArray> tokenHash(const Uuid &device) const;

private:
    [[nodiscard]] QByteArray read() const;

    QString m_path;
};

} // namespace anteroom::node
