// ContentReader: the sums over what rows hold (rule 15), read from a snapshot on a thread of its own, so that neither the
// writer nor the desk waits for it. One reading at a time; who asks meanwhile shares the next. Lives on the writer's thread.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "sync/digest_content.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <vector>

namespace anteroom::node {

class ContentReader final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<sync::ContentSums> &)>;

    ContentReader(QString databasePath, const Clock &clock);
    ~ContentReader() override;               // gives up what is under way

    // Of a snapshot that begins after this call. `done` is called here, later; not after the end.
    void read(Done done);

private:
    void begin();

    QString m_path;
    const Clock &m_clock;
    std::vector<Done> m_reading, m_waiting;
    std::atomic_bool m_stop = false;
    QThreadPool m_pool;
};

} // namespace anteroom::node
