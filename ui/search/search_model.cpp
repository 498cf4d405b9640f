#include "ui/search/search_model.h"

#include "core/money.h"
#include "schema/tables/patient_bills.h"
#include "ui/patients/patient_columns.h"
#include "ui/queue/ticket_columns.h"
#include "ui/search/match_ranges.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kMerged = schema::col(kPatients, "merged_into"), kActive = schema::col(kPatients, "active");
const schema::Table &kBills = schema::tables::patient_bills;

QString isolated(const QString &value) { return QChar(0x2068) + value + QChar(0x2069); }      // numbers keep their order in any script

QString joined(const QStringList &parts)
{
    QStringList known;
    for (const QString &part : parts)
        if (!part.isEmpty())
            known.append(isolated(part));
    return known.join(QStringLiteral(" · "));
}

bool concerns(const node::ChangeNotice &rows)
{
    return rows.empty() || std::any_of(rows.begin(), rows.end(), [](const node::ChangedRow &row) {
        return row.table == &kPatients || row.table == &kTickets || row.table == &kBills;
    });
}

} // namespace

SearchModel::SearchModel(const Context &context, QObject *parent)
    : QAbstractListModel(parent), m_replica(context.replica), m_clock(context.clock), m_values(context)
{
    connect(&m_question, &QFutureWatcherBase::finished, this, [this] {
        if (!m_question.isCanceled() && m_question.future().resultCount() > 0)
            take(m_question.result());
    });
    connect(&m_replica, &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        if (m_typed.isEmpty() || !concerns(rows))
            return;
        if (m_waiting)
            m_again = true;                          // one question at a time, however much comes in
        else
            question();
    });
}

SearchModel::~SearchModel() { m_question.cancel(); }

void SearchModel::ask(const QString &typed)
{
    const QString words = typed.simplified();
    if (words == m_typed)
        return;
    m_typed = words;
    m_question.cancel();
    if (!words.isEmpty())
        return question();
    m_waiting = m_again = false;
    beginResetModel();
    m_answered.clear();
    m_lines.clear();
    endResetModel();
    Q_EMIT answered();
}

void SearchModel::question()
{
    m_waiting = true;
    m_again = false;
    m_question.setFuture(m_replica.queries().find({.text = m_typed, .limit = kMost}));
}

void SearchModel::take(const Result<node::Found> &result)
{
    m_waiting = false;
    std::vector<SearchLine> lines;
    const auto heading = [&](const QString &words) {
        SearchLine line;
        line.kind = SearchLine::Kind::Heading;
        line.text = words;
        lines.push_back(std::move(line));
    };
    if (!result) {
        heading(result.error().detail);
    } else {
        bool similar = false;
        for (const node::Hit &hit : result->hits) {
            if (hit.similar && !similar)
                heading(tr("Sounds similar"));
            similar = hit.similar;
            lines.push_back(hitLine(hit));
        }
        if (result->hits.empty())
            heading(tr("Nobody found for “%1”").arg(m_typed));
        if (result->more)
            heading(tr("More match: type another letter, or the end of the phone"));
        if (result->indexing)
            heading(tr("Still reading what came in; somebody may be missing"));
    }
    if (m_replica.session().may(kPatients, schema::Op::Insert)) {
        SearchLine line;
        line.kind = SearchLine::Kind::Register;
        line.text = tr("Register “%1”").arg(m_typed);
        line.second = tr("New patient");
        lines.push_back(std::move(line));
    }
    beginResetModel();
    m_answered = m_typed;
    m_lines = std::move(lines);
    endResetModel();
    Q_EMIT answered();
    if (m_again)
        question();
}

SearchLine SearchModel::hitLine(const node::Hit &hit) const
{
    SearchLine line = hit.table == &kPatients ? patientLine(hit) : hit.table == &kBills ? billLine(hit) : ticketLine(hit);
    line.matches = matchRanges(line.text, m_typed);
    line.hit = hit;
    return line;
}

SearchLine SearchModel::patientLine(const node::Hit &hit) const
{
    SearchLine line;
    line.text = hit.label;
    line.trailing = ageAndSex(hit.row, m_values.today());
    const QString phone = schema::toQString(hit.row[patient::kPhone]);
    line.second = joined({schema::toQString(hit.row[patient::kNumber]), phone.isEmpty() ? tr("no phone") : phone});
    if (!schema::isNull(hit.row[kMerged]))
        line.chip = ChipSpec{.text = tr("Merged"), .hue = Hue::Mute};
    else if (hasDied(hit.row))
        line.chip = ChipSpec{.text = tr("Died"), .hue = Hue::Mute};
    else if (schema::toInt(hit.row[kActive], 1) == 0)
        line.chip = ChipSpec{.text = tr("Not active"), .hue = Hue::Mute};
    return line;
}

SearchLine SearchModel::ticketLine(const node::Hit &hit) const
{
    SearchLine line;
    line.text = hit.label;
    const int state = schema::findColumn(*hit.table, "state");
    const QString day = hit.table == &kTickets ? QString() : valueText(*hit.table, schema::findColumn(*hit.table, "clinic_day"),
                                                                       hit.row[schema::findColumn(*hit.table, "clinic_day")], {}, m_values.style());
    line.second = joined({hit.detail, allowedWord(*hit.table, state, schema::toText(hit.row[state])), day});
    line.trailing = tr("Ticket");
    return line;
}

SearchLine SearchModel::billLine(const node::Hit &hit) const
{
    constexpr int kState = schema::col(kBills, "state");
    SearchLine line;
    line.text = hit.label.isEmpty() ? tr("Bill without a number") : hit.label;
    QString due;
    if (hit.bill && hit.bill->state != domain::BillState::Void) {
        const QString amount = formatMoney(hit.bill->open, m_values.style().moneyDigits, m_values.style().locale);
        const QString currency = m_values.currency();
        due = hit.bill->open.minor > 0 ? tr("%1 due", "an amount").arg(currency.isEmpty() ? amount : QString(amount + QChar(0xA0) + currency)) : tr("nothing due");
    }
    line.second = joined({hit.detail, due.isEmpty() ? allowedWord(kBills, kState, schema::toText(hit.row[kState])) : due});
    line.trailing = tr("Bill");
    return line;
}

int SearchModel::hits() const
{
    return static_cast<int>(std::count_if(m_lines.begin(), m_lines.end(), [](const SearchLine &line) { return line.kind == SearchLine::Kind::Hit; }));
}

int SearchModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_lines.size()); }

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const SearchLine &at = line(index.row());
    switch (role) {
    case Qt::DisplayRole: return at.text;
    case Qt::AccessibleTextRole: return QStringList({at.text, at.trailing, at.second}).join(QStringLiteral(", "));
    case Qt::ToolTipRole: return at.kind == SearchLine::Kind::Hit ? QString(at.text + QLatin1Char('\n') + at.second) : QString();
    case SecondLineRole: return at.second;
    case TrailingRole: return at.trailing;
    case MatchesRole: return at.matches.isEmpty() ? QVariant() : QVariant::fromValue(at.matches);
    case SectionRole: return at.kind == SearchLine::Kind::Heading;
    case StrongRole: return at.kind == SearchLine::Kind::Register;
    case ChipRole: return at.chip ? QVariant::fromValue(*at.chip) : QVariant();
    default: return {};
    }
}

Qt::ItemFlags SearchModel::flags(const QModelIndex &index) const
{
    return selectable(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace anteroom::ui
