#include "ui/records/history_panel.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/panel.h"
#include "ui/records/field_rules.h"
#include "core/when_ready.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QScrollArea>

namespace anteroom::ui {
namespace {

constexpr int kPadding = 20;

QString opWords(schema::Op op)
{
    switch (op) {
    case schema::Op::Insert: return HistoryPanel::tr("Added");
    case schema::Op::Update: return HistoryPanel::tr("Changed");
    case schema::Op::Delete: return HistoryPanel::tr("Archived");
    case schema::Op::Restore: return HistoryPanel::tr("Restored");
    }
    return {};
}

// The act in words; what it did to this record where the act says another thing ("Patient registered and queued").
QString stepWords(const node::HistoryStep &step)
{
    const QString act = actWords(step.act), op = opWords(step.op);
    return act == op || act.isEmpty() ? op : HistoryPanel::tr("%1 · %2", "what happened to the record; the act it was part of").arg(op, act);
}

} // namespace

HistoryPanel::HistoryPanel(node::Queries &queries, QWidget *parent)
    : QWidget(parent), m_queries(queries), m_scroll(new QScrollArea), m_note(new Label({}, Type::Body, Tone::Text2)), m_more(new Button(tr("Show earlier ones"), ButtonKind::Link))
{
    auto *body = new QWidget;
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(12);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(kPadding, 12, kPadding, 12);
    column->setSpacing(12);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    column->addLayout(m_cards);
    column->addWidget(m_more, 0, Qt::AlignLeading);
    column->addStretch();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(body);
    m_scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    m_scroll->setAccessibleName(tr("History"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    connect(m_more, &Button::clicked, this, [this] {
        m_limit += kPage;
        refresh();
    });
}

QWidget *HistoryPanel::firstFocus() const { return m_scroll; }

void HistoryPanel::setRecord(const schema::Table *table, const Uuid &id, const ValueStyle &style, QDate today)
{
    m_style = style;
    m_today = today;
    if (m_table == table && m_id == id)
        return;
    m_table = table;
    m_id = id;
    m_limit = kPage;
    m_steps = 0;
    m_stale = true;
    ++m_asked;                                             // columns of one table say nothing about a row of another
    m_note->setText(tr("Reading"));
    m_note->show();
    m_more->hide();
    show(node::History{});
}

void HistoryPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refresh();
}

void HistoryPanel::refresh()
{
    m_stale = true;
    if (!isVisible() || !m_table)
        return;                                            // when it is looked at
    m_stale = false;
    whenReady(m_queries.history(*m_table, m_id, m_limit), this, [this, asked = ++m_asked](const Result<node::History> &history) {
        if (asked != m_asked)
            return;
        m_note->setText(!history ? history.error().detail : history->steps.empty() ? tr("Nothing was written down about this record.") : QString());
        m_note->setVisible(!m_note->text().isEmpty());
        show(history);
        Q_EMIT loaded();
    });
}

void HistoryPanel::show(const Result<node::History> &history)
{
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_steps = 0;
    m_more->setVisible(history && history->more);
    if (!history)
        return;
    for (const node::HistoryStep &step : history->steps) {
        if (m_steps++ > 0)
            m_cards->addWidget(new Rule);
        m_cards->addWidget(card(step, history->labels));
    }
}

QWidget *HistoryPanel::card(const node::HistoryStep &step, const node::Labels &labels)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    const auto add = [&](const QString &text, Type type, Tone tone, bool strong) {
        auto *label = new Label(text, type, tone);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (strong)
            label->setWeight(QFont::DemiBold);
        column->addWidget(label);
    };
    add(stepWords(step), Type::Body, Tone::Text, true);
    const QString when = shortMomentText(step.at, m_today, m_style);
    QStringList who;
    for (const QString &part : {when, step.person, step.device})
        if (!part.isEmpty())
            who.append(part);
    add(who.join(QStringLiteral(" · ")), Type::Secondary, Tone::Text2, false);
    if (!step.reason.isEmpty())
        add(tr("Reason: %1").arg(step.reason), Type::Secondary, Tone::Text, false);
    auto *values = new QGridLayout;
    values->setHorizontalSpacing(12);
    values->setVerticalSpacing(2);
    values->setColumnStretch(1, 1);
    int row = 0;
    for (const node::HistoryValue &value : step.values) {
        if (value.column < schema::kStandardCount || fieldKind(*m_table, value.column) == FieldKind::Hidden)
            continue;
        const QString before = valueText(*m_table, value.column, value.before, labels, m_style), after = valueText(*m_table, value.column, value.after, labels, m_style);
        if (before == after || (step.op == schema::Op::Delete && after.isEmpty()))
            continue;
        const QString nothing = tr("nothing");
        auto *words = new Label(step.op == schema::Op::Insert ? after : tr("%1 → %2", "value before and after").arg(before.isEmpty() ? nothing : before, after.isEmpty() ? nothing : after), Type::Secondary);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        values->addWidget(new Label(columnTitle(*m_table, value.column), Type::Secondary, Tone::Text2), row, 0, Qt::AlignTop);
        values->addWidget(words, row++, 1);
    }
    column->addLayout(values);
    return box;
}

} // namespace anteroom::ui
