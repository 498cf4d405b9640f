#include "ui/conflicts/inbox_body.h"

#include "schema/registry.h"
#include "schema/tables/sync_conflicts.h"
#include "ui/common/label.h"
#include "ui/common/panel.h"
#include "ui/conflicts/side_card.h"
#include "ui/records/field_rules.h"
#include "ui/records/record_cells.h"

#include <QBoxLayout>
#include <QGridLayout>

#include <algorithm>

namespace anteroom::ui {
namespace {

using node::Side;

constexpr int kFieldWidth = 104, kBase = schema::col(schema::tables::sync_conflicts, "base");

} // namespace

QVBoxLayout *InboxBody::makeColumn()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    return layout;
}

Label *valueLabel(const QString &text, bool strong)
{
    auto *label = new Label(isolated(text), Type::Body);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (strong)
        label->setWeight(QFont::DemiBold);
    return label;
}

// ---- a difference ---------------------------------------------------------------------------

FieldsBody::FieldsBody(InboxModel &model, QWidget *parent) : InboxBody(parent), m_model(model)
{
    auto *layout = makeColumn();
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, Theme::of(this).px(kFieldWidth));
    const int stretch[] = {2, 3, 5, 5};
    for (int i = 0; i < 4; ++i)
        grid->setColumnStretch(i, stretch[i]);
    addHead(grid);
    int row = 2;
    for (const std::size_t column : model.differing())
        addLine(grid, row++, column);
    layout->addLayout(grid);
    addSame(layout);
    if (model.card()->item.open && !model.card()->happened && !m_lines.empty()) {
        auto *box = new Panel(Panel::Kind::Sunken);
        auto *inner = new QVBoxLayout;
        inner->setContentsMargins(14, 8, 14, 10);
        inner->setSpacing(2);
        auto *caption = new Label(tr("Will be saved"), Type::Caption, Tone::Text2);
        caption->setWeight(QFont::DemiBold);
        m_saved = valueLabel({}, true);
        inner->addWidget(caption);
        inner->addWidget(m_saved);
        box->column()->addLayout(inner);
        layout->addWidget(box);
    }
    layout->addStretch();
    showState();
}

QString FieldsBody::words(std::size_t column, const schema::Value &value) const
{
    const node::InboxCard &card = *m_model.card();
    const int at = schema::groupColumns(*card.item.table, card.item.group)[column];
    return wordsOf(*card.item.table, at, value, card.labels, m_model.words().style);
}

void FieldsBody::addHead(QGridLayout *grid)
{
    const node::InboxItem &item = m_model.card()->item;
    const InboxWords w = m_model.words();
    const auto head = [&](int column, const QString &title, const QString &detail) {
        auto *name = new Label(title, Type::Secondary);
        name->setWeight(QFont::DemiBold);
        name->setWordWrap(true);
        grid->addWidget(name, 0, column, Qt::AlignTop);
        if (detail.isEmpty())
            return;
        auto *words = new Label(detail, Type::Secondary, Tone::Text2);
        words->setWordWrap(true);
        grid->addWidget(words, 1, column, Qt::AlignTop);
    };
    const bool mine = m_model.side(true) == Side::Mine;
    head(0, tr("Field"), {});
    head(1, tr("Before"), {});
    const QString stands = item.open ? tr("%1 · stands now", "where and when").arg(sideDetail(item.theirs, w)) : sideDetail(item.theirs, w);
    head(2, sideTitle(item, mine, w), mine ? sideDetail(item.mine, w) : stands);
    head(3, sideTitle(item, !mine, w), mine ? stands : sideDetail(item.mine, w));
}

void FieldsBody::addLine(QGridLayout *grid, int row, std::size_t column)
{
    const node::InboxCard &card = *m_model.card();
    const int at = schema::groupColumns(*card.item.table, card.item.group)[column];
    const QString title = columnTitle(*card.item.table, at);
    auto *field = new Label(title, Type::Body, Tone::Text2);
    field->setWeight(QFont::DemiBold);
    field->setWordWrap(true);
    grid->addWidget(field, row, 0, Qt::AlignVCenter);
    const bool unknown = schema::isNull(card.row[kBase]);
    auto *before = valueLabel(unknown ? tr("not known") : schema::columnAt(*card.item.table, at).content ? tr("another content") : words(column, card.base[column]));
    before->setTone(Tone::Text2);
    grid->addWidget(before, row, 1, Qt::AlignVCenter);
    // What stands on every PC by now, where somebody went on since: keeping that side leaves it there.
    const QString theirs = words(column, card.theirs[column]), now = card.now ? words(column, (*card.now)[at]) : theirs;
    const QString stands = card.item.open ? now : theirs;
    const QString note = now == theirs ? QString() : card.item.open ? tr("At first: %1").arg(isolated(theirs)) : tr("Now: %1").arg(isolated(now));
    Line line{column, nullptr, nullptr};
    const InboxWords w = m_model.words();
    for (const bool leads : {true, false}) {
        const bool mine = m_model.side(leads) == Side::Mine;
        auto *choice = new SideCard(leads);
        choice->setValue(mine ? words(column, card.mine[column]) : stands, mine ? QString() : note,
                         tr("%1, %2: %3", "field, whose, value").arg(title, sideTitle(card.item, mine, w), mine ? words(column, card.mine[column]) : stands));
        choice->setObjectName(QStringLiteral("%1%2").arg(mine ? QStringLiteral("mine") : QStringLiteral("theirs")).arg(m_lines.size()));
        choice->setEnabled(card.item.open && !card.happened);
        connect(choice, &SideCard::clicked, this, [this, column, mine] { m_model.choose(column, mine ? Side::Mine : Side::Theirs); });
        connect(choice, &SideCard::moved, this, [this, at = m_lines.size()](int rows, int sides) { move(at, rows, sides); });
        connect(choice, &SideCard::letter, this, &InboxBody::letter);
        (mine ? line.mine : line.theirs) = choice;
        grid->addWidget(choice, row, leads ? 2 : 3);
    }
    m_lines.push_back(line);
}

void FieldsBody::addSame(QVBoxLayout *layout)
{
    const node::InboxCard &card = *m_model.card();
    const auto columns = schema::groupColumns(*card.item.table, card.item.group);
    const auto shown = m_model.differing();
    QStringList same;
    for (std::size_t i = 0; i < columns.size() && i < card.mine.size(); ++i)
        if (fieldKind(*card.item.table, columns[i]) != FieldKind::Hidden && std::ranges::find(shown, i) == shown.end() && !schema::isNull(card.mine[i]))
            same.append(tr("%1: %2", "field and value").arg(columnTitle(*card.item.table, columns[i]), isolated(words(i, card.mine[i]))));
    if (same.isEmpty())
        return;
    auto *label = new Label(tr("The same on both sides. %1").arg(same.join(QStringLiteral(" · "))), Type::Secondary, Tone::Text2);
    label->setWordWrap(true);
    layout->addWidget(label);
}

bool FieldsBody::chosen(std::size_t column, Side side) const
{
    const node::InboxItem &item = m_model.card()->item;
    if (item.open || m_model.touched())                     // also a choice that could not be saved
        return m_model.sides()[column] == side;
    return (item.how == "mine" && side == Side::Mine) || (item.how == "theirs" && side == Side::Theirs);
}

void FieldsBody::showState()
{
    if (!m_model.card() || m_model.sides().size() != m_model.card()->mine.size())
        return;
    QStringList saved;
    for (const Line &line : m_lines) {
        line.mine->setChecked(chosen(line.column, Side::Mine));
        line.theirs->setChecked(chosen(line.column, Side::Theirs));
        saved.append(isolated(static_cast<SideCard *>(line.mine->isChecked() ? line.mine : line.theirs)->value()));
    }
    if (m_saved)
        m_saved->setText(saved.join(QStringLiteral(" · ")));
}

// Left and right choose in the line, up and down go to the same side of the next one.
void FieldsBody::move(std::size_t line, int rows, int sides)
{
    if (sides != 0)
        m_model.choose(m_lines[line].column, m_model.side(sides < 0));
    const auto last = static_cast<std::ptrdiff_t>(m_lines.size()) - 1;
    const Line &to = m_lines[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(line) + rows, 0, last))];
    (to.mine->isChecked() ? to.mine : to.theirs)->setFocus(Qt::TabFocusReason);
}

QWidget *FieldsBody::firstFocus()
{
    if (m_lines.empty() || !m_lines.front().mine->isEnabled())
        return nullptr;
    return m_lines.front().mine->isChecked() ? m_lines.front().mine : m_lines.front().theirs;
}

// ---- a record -------------------------------------------------------------------------------

RecordBody::RecordBody(const InboxModel &model, QWidget *parent) : InboxBody(parent)
{
    auto *layout = makeColumn();
    const node::InboxCard &card = *model.card();
    if (!card.item.table || !card.now) {
        auto *gone = new Label(tr("The record is not on this PC."), Type::Body, Tone::Text2);
        gone->setWordWrap(true);
        layout->addWidget(gone);
        layout->addStretch();
        return;
    }
    auto *title = new Label(card.now->deleted() ? tr("What the archived record holds") : tr("What the record holds now"), Type::Secondary);
    title->setWeight(QFont::DemiBold);
    layout->addWidget(title);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, Theme::of(this).px(kFieldWidth));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const FieldSpec &field : fieldSpecs(*card.item.table)) {
        const QString text = cellText(*card.item.table, field.column, *card.now, card.labels, model.words().style);
        if (text.isEmpty())
            continue;
        auto *name = new Label(field.title, Type::Body, Tone::Text2);
        name->setWordWrap(true);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(valueLabel(text), row++, 1);
    }
    layout->addLayout(grid);
    layout->addStretch();
}

} // namespace anteroom::ui
