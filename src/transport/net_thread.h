// NetThread: the thread of the sockets. What is adopted lives and is deleted there. Declare it before the objects that
// it adopts (they are released first). Never runs anything of the engine.
#pragma once

#include <QThread>

#include <memory>

namespace anteroom::transport {

struct DeleteLater {
    void operator()(QObject *object) const { object->deleteLater(); }
};
// Owned by one thread, alive in another: released through that thread's event loop.
template <typename T>
using NetOwned = std::unique_ptr<T, DeleteLater>;

class NetThread {
public:
    NetThread();
    ~NetThread();        // what was released before is deleted, then the thread ends
    NetThread(const NetThread &) = delete;
    NetThread &operator=(const NetThread &) = delete;

    // An object without a parent, made in the calling thread.
    template <typename T>
    [[nodiscard]] NetOwned<T> adopt(std::unique_ptr<T> object)
    {
        object->moveToThread(&m_thread);
        return NetOwned<T>(object.release());
    }

private:
    QThread m_thread;
};

} // namespace anteroom::transport
