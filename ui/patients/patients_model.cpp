#include "ui/patients/patients_model.h"

#include "core/when_ready.h"
#include "ui/patients/patient_columns.h"
#include "domain/queue.h"
#include "ui/queue/ticket_columns.h"

#include <QDateTime>

#include <algorithm>

namespace anteroom::ui {
namespace {

bool touches(const node::ChangeNotice &rows, const schema::Table &table)
{
    return rows.empty() || std::any_of(rows.begin(), rows.end(), [&](const node::ChangedRow &row) { return row.table == &table; });
}

// One character without its accent, in lower case. Positions stay, so that ranges fit the name as it is shown.
QChar bare(QChar c)
{
    const QString parts = QString(c).normalized(QString::NormalizationForm_D);
    return parts.isEmpty() ? c : parts.at(0).toLower();
}

QString bareText(const QString &text)
{
    QString out(text);
    std::transform(text.begin(), text.end(), out.begin(), bare);
    return out;
}

QString secondLine(const schema::Row &row)
{
    const QString number = schema::toQString(row[patient::kNumber]);
    const QString phone = schema::toQString(row[patient::kPhone]);
    const QString reach = phone.isEmpty() ? PatientsModel::tr("no phone") : phone;
    return number.isEmpty() ? reach : QString(number + QStringLiteral(" · ") + reach);
}

} // namespace

QVector<MatchRange> matchesIn(const QString &name, const QString &typed)
{
    QVector<MatchRange> out;
    const QString folded = bareText(name);
    const QStringList tokens = bareText(typed.simplified()).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (qsizetype at = 0; at < folded.size();) {
        qsizetype end = at;
        while (end < folded.size() && folded.at(end).isLetterOrNumber())
            ++end;
        qsizetype best = 0;
        for (const QString &token : tokens)
            if (QStringView(folded).mid(at, end - at).startsWith(token))
                best = std::max(best, token.size());
        if (best > 0)
            out.append({static_cast<int>(at), static_cast<int>(best)});
        at = end + 1;
    }
    return out;
}

QVariant PatientListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const PatientItem &item = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return item.name;
    case Qt::AccessibleTextRole: return QString(item.name + QStringLiteral(", ") + item.who + QStringLiteral(", ") + item.line);
    case Qt::ToolTipRole: return QString(item.name + QLatin1Char('\n') + item.line);
    case SecondLineRole: return item.line;
    case TrailingRole: return item.who;
    case MatchesRole: return QVariant::fromValue(item.matches);
    case ChipRole:
        if (item.died)
            return QVariant::fromValue(ChipSpec{.text = PatientsModel::tr("Died"), .hue = Hue::Mute});
        if (!item.ticket.isEmpty())
            return QVariant::fromValue(ChipSpec{.text = item.ticket, .hue = Hue::Info});
        return {};
    default: return {};
    }
}

PatientsModel::PatientsModel(const Context &context, QObject *parent) : QObject(parent), m_replica(context.replica), m_clock(context.clock)
{
    connect(&m_replica, &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        if (touches(rows, kPatients))
            reload();
        if (touches(rows, kTickets))
            readTickets();
    });
    reload();
    readTickets();
}

void PatientsModel::setSearch(const QString &text)
{
    if (m_search == text)
        return;
    m_search = text;
    reload();
}

void PatientsModel::reload()
{
    const quint64 asked = ++m_asked;
    const auto answer = [this, asked](const Result<std::vector<schema::Row>> &result) {
        if (asked == m_asked)                        // the answer to an older question is no answer any more
            take(result);
    };
    const QString words = m_search.simplified();
    if (words.isEmpty()) {
        node::ListRequest everybody{.table = &kPatients, .orderBy = {patient::kFamily, patient::kGiven}, .limit = kMost};
        whenReady(m_replica.queries().list(std::move(everybody)), this, answer);
    } else {
        whenReady(m_replica.queries().searchPatients(words, kMost), this, answer);
    }
    whenReady(m_replica.queries().countPatients(), this, [this](const Result<std::int64_t> &result) {
        if (result && m_total != *result) {
            m_total = *result;
            Q_EMIT changed();
        }
    });
}

void PatientsModel::take(const Result<std::vector<schema::Row>> &result)
{
    m_failure = result ? QString() : result.error().detail;
    if (result) {
        m_rows = *result;
        m_loaded = true;
    }
    show();
}

void PatientsModel::readTickets()
{
    whenReady(m_replica.queries().queueBoard(), this, [this](const Result<node::QueueBoard> &result) {
        if (!result)
            return;                                  // the list is right without the marks; the queue page says why
        std::map<Uuid, QString> tickets;
        for (const node::TicketView &view : result->tickets) {
            const auto state = domain::ticketState(schema::toText(view.ticket[ticket::kState]));
            if (state && domain::isActive(*state) && !view.ticket.deleted())
                tickets[schema::toUuid(view.ticket[ticket::kPatient])] =
                    schema::toQString(view.ticket[view.confirmed ? ticket::kLabel : ticket::kProvisionalLabel]);
        }
        if (tickets == m_tickets)
            return;
        m_tickets = std::move(tickets);
        show();
    });
}

void PatientsModel::show()
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date();
    std::vector<PatientItem> items;
    items.reserve(m_rows.size());
    for (const schema::Row &row : m_rows) {
        PatientItem item{.id = row.id, .name = patientName(row), .line = secondLine(row), .who = ageAndSex(row, today), .died = hasDied(row), .row = row};
        if (const auto it = m_tickets.find(row.id); it != m_tickets.end())
            item.ticket = it->second;
        if (!m_search.isEmpty())
            item.matches = matchesIn(item.name, m_search);
        items.push_back(std::move(item));
    }
    m_list.become(std::move(items));
    Q_EMIT changed();
}

} // namespace anteroom::ui
