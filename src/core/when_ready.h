// The answer of a future, in the context's thread, for as long as the context lives. QFuture::then with a context asserts,
// in Qt 6.4, where the context is gone before the answer: a page that is closed while it reads. It keeps nothing else.
#pragma once

#include <QFutureWatcher>

#include <utility>

namespace anteroom {

template <typename T, typename Take>
void whenReady(const QFuture<T> &future, QObject *context, Take take)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, take = std::move(take)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            take(watcher->result());
    });
    watcher->setFuture(future);
}

} // namespace anteroom
