#include "ui/desk/status_words.h"

#include "ui/queue/board_view.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cstdlib>

namespace anteroom::ui {
namespace {

constexpr std::int64_t kDay = 24 * 60 * 60 * 1000LL;

QString words(const char *text, int n = -1) { return QCoreApplication::translate("Status", text, nullptr, n); }

// Today a time, else the day too: "yesterday 17:51" would need a calendar, "19 Nov 17:51" is plain.
QString moment(std::int64_t at, std::int64_t now, bool seconds)
{
    const QString time = clockTime(at, seconds);
    return now - at < kDay && QDateTime::fromMSecsSinceEpoch(at).date() == QDateTime::fromMSecsSinceEpoch(now).date()
        ? time
        : QString(QLocale().toString(QDateTime::fromMSecsSinceEpoch(at).date(), QStringLiteral("d MMM")) + QLatin1Char(' ') + time);
}

QString lastExchange(const node::Status &status, std::int64_t now)
{
    if (status.role == node::Role::Solo)
        return words("This PC works alone. Everything is saved here.");
    if (status.lastSuccess == 0)
        return words("Nothing was exchanged yet");
    return words("Last exchange %1").arg(moment(status.lastSuccess, now, true));
}

QString offlineWords(const node::Status &status, std::int64_t now)
{
    QStringList parts;
    if (status.pending > 0)
        parts.append(words(status.pending == 1 ? "%1 change waits on this PC" : "%1 changes wait on this PC").arg(status.pending));
    else
        parts.append(words("Your work is saved on this PC"));
    if (status.nextTryAt > now)
        parts.append(words("next try in %1").arg(durationText(status.nextTryAt - now)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString clockTime(std::int64_t utcMs, bool seconds)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs).time(), seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

QString skewWords(const node::Status &status)
{
    if (status.skewS == 0)
        return {};
    const QString by = durationText(std::abs(std::int64_t{status.skewS}) * 1000);
    return status.skewS > 0 ? words("The clock of this PC is %1 ahead of the host's").arg(by) : words("The clock of this PC is %1 behind the host's").arg(by);
}

StatusView statusView(const node::Status &status, std::int64_t now)
{
    using State = StatusView::State;
    StatusView view;
    switch (status.state) {
    case node::SyncState::Synced:
        view.state = State::Synced;
        view.detail = lastExchange(status, now);
        if (const QString skew = skewWords(status); !skew.isEmpty())
            view.detail += QStringLiteral(" · ") + skew;
        break;
    case node::SyncState::Syncing:
        view.state = State::Syncing;
        view.done = status.progressDone;
        view.total = status.progressTotal;
        view.detail = status.progressTotal > 0 ? words("%1 of %2").arg(QLocale().toString(qlonglong(status.progressDone)), QLocale().toString(qlonglong(status.progressTotal)))
                                               : words("Talking to %1").arg(status.host.isEmpty() ? words("the host") : status.host);
        break;
    case node::SyncState::Pending:
        view.state = State::Pending;
        view.count = status.pending;
        view.detail = status.oldestPendingAt > 0 ? words("oldest %1 · Your work is saved on this PC.").arg(durationText(now - status.oldestPendingAt))
                                                 : words("Your work is saved on this PC.");
        break;
    case node::SyncState::Offline:
        view.state = State::Offline;
        view.since = status.since > 0 ? moment(status.since, now, false) : QString();
        view.detail = offlineWords(status, now);
        view.act = words("Try now");
        break;
    case node::SyncState::Attention:
        view.state = State::Attention;
        view.count = std::max(1, status.conflicts + status.reviews + status.rejected);
        view.detail = status.attention.isEmpty() ? waitingWords(status) : status.attention;
        view.act = words("Show");
        break;
    }
    if (status.role == node::Role::Host)
        view.host = words("This PC is the host");
    else if (status.role == node::Role::Client && !status.host.isEmpty())
        view.host = words("Host: %1").arg(status.host);
    const auto connected = static_cast<int>(status.clients.size());
    if (status.role == node::Role::Host)
        view.people = connected == 1 ? words("1 other PC") : words("%1 other PCs").arg(connected);
    return view;
}

QString summaryWords(const node::SyncSummary &summary)
{
    QString text = words("Up to date: %1 sent, %2 received").arg(summary.sent).arg(summary.received);
    if (summary.needsYou > 0)
        text += words(summary.needsYou == 1 ? ", %1 needs you" : ", %1 need you").arg(summary.needsYou);
    return text;
}

QString waitingWords(const node::Status &status)
{
    QStringList parts;
    const auto add = [&](int count, const char *one, const char *many) {
        if (count > 0)
            parts.append(words(count == 1 ? one : many).arg(count));
    };
    add(status.conflicts, "%1 difference between two desks", "%1 differences between two desks");
    add(status.rejected, "%1 change that the host did not take", "%1 changes that the host did not take");
    add(status.reviews, "%1 record to look at", "%1 records to look at");
    return parts.join(QStringLiteral(", "));
}

QString roleWords(const node::Status &status)
{
    switch (status.role) {
    case node::Role::Host: return words("Host");
    case node::Role::Client: return status.host.isEmpty() ? words("Client") : words("Client of %1").arg(status.host);
    case node::Role::Solo: return words("Works alone");
    case node::Role::Empty: break;
    }
    return words("No clinic yet");
}

} // namespace anteroom::ui
