// What the benchmarks of reading share: waiting for a replica's answer, times of many questions, and the pages of a list of
// any table, asked the way the page of records asks.
#pragma once

#include "app/bench_measure.h"
#include "node/replica.h"

#include <QJsonObject>
#include <QStringList>

namespace anteroom::app {

template <typename T>
Result<T> waitFor(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorCode::Failed, QStringLiteral("The replica gave no answer")));
}

// p50_ms, p95_ms, max_ms: nearest rank. Of at least one sample.
[[nodiscard]] QJsonObject timesOf(std::vector<double> samples);

struct ListsOf {
    const schema::Table *table = nullptr;
    int text = 0;                        // column to sort by: no index serves it
    QStringList words;                   // somebody types each of them, letter by letter, and then the next behind it
};

// first, next: latest change first; sorted, sorted_next: by the text column; word, words: a keystroke of one word, of a
// second one. Of each p50_ms, p95_ms, max_ms.
[[nodiscard]] Result<QJsonObject> runLists(node::Replica &replica, const ListsOf &what);

} // namespace anteroom::app
