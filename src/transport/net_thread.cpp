#include "transport/net_thread.h"

namespace anteroom::transport {

NetThread::NetThread()
{
    m_thread.setObjectName(QStringLiteral("net"));
    m_thread.start();
}

NetThread::~NetThread()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace anteroom::transport
