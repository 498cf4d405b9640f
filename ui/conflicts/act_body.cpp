#include "ui/conflicts/act_body.h"

#include "domain/birth_date.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/panel.h"
#include "ui/records/field_rules.h"
#include "ui/records/reference_box.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>

namespace anteroom::ui {
namespace {

using schema::Change;
using schema::Op;

constexpr int kFieldWidth = 104, kMostLines = 40;      // changes of one act that are shown one by one; a person reads no more

// What the author saw and wrote, by column of the record.
struct Sides { schema::Row before, after; std::vector<int> columns; };

Sides sidesOf(const Change &change, const std::optional<schema::Row> &now)
{
    Sides out{schema::emptyRow(*change.table, change.id), now.value_or(schema::emptyRow(*change.table, change.id)), {}};
    for (const schema::GroupChange &g : change.groups) {
        const auto columns = schema::groupColumns(*change.table, g.group);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool content = schema::columnAt(*change.table, columns[i]).content;
            if (i < g.oldValues.size() && !content)
                out.before[columns[i]] = g.oldValues[i];
            if (i < g.newValues.size())
                out.after[columns[i]] = g.newValues[i];
            if (change.op != Op::Delete && fieldKind(*change.table, columns[i]) != FieldKind::Hidden && out.before[columns[i]] != out.after[columns[i]])
                out.columns.push_back(columns[i]);
        }
    }
    return out;
}

bool editable(FieldKind kind) { return kind != FieldKind::Hidden && kind != FieldKind::Shown && kind != FieldKind::Bytes && kind != FieldKind::Subject && kind != FieldKind::SubjectTable; }

} // namespace

ActBody::ActBody(InboxModel &model, node::Queries &queries, const Typed &typed, QWidget *parent)
    : InboxBody(parent), m_model(model), m_queries(queries),
      m_editable(model.card()->item.kind == node::InboxKind::Refused && model.card()->item.open && node::whyNotAgain(model.card()->entry).isEmpty())
{
    auto *layout = makeColumn();
    const std::size_t shown = std::min<std::size_t>(model.card()->entry.changes.size(), kMostLines);
    for (std::size_t i = 0; i < shown; ++i)
        addChange(layout, i, typed);
    const auto more = static_cast<int>(model.card()->entry.changes.size() - shown);
    for (const QString &text : {more > 0 ? tr("And %1 more records of the same act.").arg(more) : QString(),
                                model.card()->elsewhere > 0 ? tr("%1 more records of this act are not for your role.").arg(model.card()->elsewhere) : QString()})
        if (!text.isEmpty()) {
            auto *label = new Label(text, Type::Secondary, Tone::Text2);
            label->setWordWrap(true);
            layout->addWidget(label);
        }
    layout->addStretch();
}

schema::Row ActBody::typedRow(std::size_t number) const
{
    const node::InboxCard &card = *m_model.card();
    return sidesOf(card.entry.changes[number], card.nows[number]).after;
}

void ActBody::addChange(QVBoxLayout *layout, std::size_t number, const Typed &typed)
{
    const node::InboxCard &card = *m_model.card();
    const Change &change = card.entry.changes[number];
    const schema::Table &table = *change.table;
    const Sides sides = sidesOf(change, card.nows[number]);
    if (number > 0)
        layout->addWidget(new Rule);
    const QString name = card.names[number];
    auto *title = new Label(name.isEmpty() || name == tableTitle(table) ? tr("%1: %2", "kind of record, what was done").arg(tableTitle(table), inSentence(opWords(change.op)))
                                                                      : tr("%1, %2: %3", "kind of record, its name, what was done").arg(tableTitle(table), isolated(name), inSentence(opWords(change.op))), Type::Name);
    title->setWeight(QFont::DemiBold);
    title->setWordWrap(true);
    layout->addWidget(title);
    if (!change.reason.empty())
        layout->addWidget(valueLabel(tr("Reason: %1").arg(QString::fromStdString(change.reason))));
    if (sides.columns.empty())
        return;
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    Shown shown{number, change.op != Op::Insert, card.item.open && (card.nows[number].has_value() || change.op != Op::Insert)};
    addHead(grid, shown);
    int row = 1;
    for (const int column : sides.columns)
        addRow(grid, row++, column, shown, sides.before, sides.after, typed);
    layout->addLayout(grid);
}

// Where it can be written anew the field bears its own name; else the name stands beside what was written.
void ActBody::addHead(QGridLayout *grid, const Shown &shown)
{
    int column = 0;
    const auto head = [&](const QString &words, int stretch) {
        auto *label = new Label(words, Type::Secondary, Tone::Text2);
        label->setWordWrap(true);
        grid->setColumnStretch(column, stretch);
        grid->addWidget(label, 0, column++);
    };
    if (!m_editable) {
        grid->setColumnMinimumWidth(0, Theme::of(this).px(kFieldWidth));
        head(tr("Field"), 2);
    }
    head(tr("Written"), 5);
    if (shown.before)
        head(tr("Before"), 3);
    if (shown.now)
        head(tr("Now on every PC"), 3);
}

void ActBody::addRow(QGridLayout *grid, int row, int column, const Shown &shown, const schema::Row &before, const schema::Row &after, const Typed &typed)
{
    const node::InboxCard &card = *m_model.card();
    const schema::Table &table = *card.entry.changes[shown.number].table;
    const auto text = [&](const schema::Row &of) { return wordsOf(table, column, of[column], card.labels, m_model.words().style); };
    const Qt::Alignment top = m_editable ? Qt::AlignVCenter : Qt::AlignTop;
    int cell = 0;
    const FieldSpec spec{.column = column, .kind = fieldKind(table, column), .title = columnTitle(table, column), .optional = !schema::columnAt(table, column).required};
    if (m_editable && editable(spec.kind)) {
        const QString start = fieldText(table, column, after, m_model.textContext());
        const auto again = typed.find({shown.number, column});
        if (again != typed.end())
            m_typed.insert(*again);
        auto *field = new Field(spec.title, makeEditor(shown.number, spec, again == typed.end() ? start : again->second));
        m_editors.push_back({shown.number, spec, field, start});
        grid->addWidget(field, row, cell++);
    } else {
        auto *name = new Label(spec.title, Type::Body, Tone::Text2);
        name->setWordWrap(true);
        auto *value = valueLabel(text(after), true);
        if (m_editable) {
            auto *both = new QVBoxLayout;
            both->addWidget(name);
            both->addWidget(value);
            grid->addLayout(both, row, cell++);
        } else {
            grid->addWidget(name, row, cell++, Qt::AlignTop);
            grid->addWidget(value, row, cell++, Qt::AlignTop);
        }
    }
    if (shown.before)
        grid->addWidget(valueLabel(schema::columnAt(table, column).content ? tr("another content") : text(before)), row, cell++, top);
    if (shown.now) {
        const auto &now = card.nows[shown.number];
        auto *label = valueLabel(now ? text(*now) : tr("not on this PC"));
        m_now.emplace_back(shown.number, column, label);
        grid->addWidget(label, row, cell++, top);
    }
}

void ActBody::note(std::size_t number, int column, const QString &text)
{
    for (const Editor &editor : m_editors)
        if (editor.change == number && editor.spec.column == column) {
            editor.field->clearMark();
            if (text == editor.start)
                m_typed.erase({number, column});
            else
                m_typed[{number, column}] = text;
        }
    Q_EMIT edited();
}

QWidget *ActBody::makeEditor(std::size_t number, const FieldSpec &spec, const QString &text)
{
    const node::InboxCard &card = *m_model.card();
    const schema::Table &table = *card.entry.changes[number].table;
    const schema::Column &column = schema::columnAt(table, spec.column);
    if (spec.kind == FieldKind::Choice || spec.kind == FieldKind::Check || spec.kind == FieldKind::YesNo) {
        auto *combo = new QComboBox;
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        if (spec.optional && spec.kind != FieldKind::Check)
            combo->addItem(tr("nothing"), QString());
        if (spec.kind == FieldKind::Choice)
            for (const std::string_view value : column.allowed)
                combo->addItem(allowedWord(table, spec.column, value), QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
        else
            for (const auto &[word, value] : {std::pair(tr("Yes"), QStringLiteral("1")), std::pair(tr("No"), QStringLiteral("0"))})
                combo->addItem(word, value);
        combo->setCurrentIndex(combo->findData(text));
        connect(combo, &QComboBox::activated, this, [this, combo, number, at = spec.column] { note(number, at, combo->currentData().toString()); });
        return combo;
    }
    if (spec.kind == FieldKind::Reference) {
        auto *box = new ReferenceBox(m_queries);
        box->setTable(schema::findTable(column.references));
        const auto id = Uuid::fromString(text);
        const auto label = id ? card.labels.find(*id) : card.labels.end();
        box->setText(text, label == card.labels.end() ? QString() : label->second);
        connect(box, &ReferenceBox::edited, this, [this, number, at = spec.column](const QString &chosen) { note(number, at, chosen); });
        return box;
    }
    const bool prose = spec.kind == FieldKind::Line || spec.kind == FieldKind::Lines;
    auto *line = new LineEdit(prose ? LineEdit::Content::Words : LineEdit::Content::Value);
    line->setText(text);
    line->setCursorPosition(0);
    connect(line, &QLineEdit::textEdited, this, [this, number, at = spec.column](const QString &words) { note(number, at, words); });
    return line;
}

// Only what stands now is newer; what is typed stays.
bool ActBody::follow()
{
    const node::InboxCard &card = *m_model.card();
    if (!card.item.open || !m_editable)
        return false;
    for (const auto &[number, column, label] : m_now)
        if (number < card.nows.size() && card.nows[number])
            label->setText(isolated(wordsOf(*card.entry.changes[number].table, column, (*card.nows[number])[column], card.labels, m_model.words().style)));
    return true;
}

QWidget *ActBody::firstFocus() { return m_editors.empty() ? nullptr : m_editors.front().field->control(); }

std::optional<std::vector<node::Rewritten>> ActBody::rewritten()
{
    const TextContext context = m_model.textContext();
    std::vector<node::Rewritten> out;
    QWidget *wrong = nullptr;
    for (const Editor &editor : m_editors) {
        const auto typed = m_typed.find({editor.change, editor.spec.column});
        if (typed == m_typed.end())
            continue;
        const schema::Table &table = *m_model.card()->entry.changes[editor.change].table;
        const auto value = fieldValue(table, editor.spec.column, typed->second, context);
        const bool missing = value && schema::isNull(*value) && !editor.spec.optional;
        if (!value || missing) {
            editor.field->setError(missing ? neededWords(editor.spec) : value.error().detail);
            wrong = wrong ? wrong : editor.field->control();
            continue;
        }
        out.push_back({editor.change, editor.spec.column, *value});
        if (editor.spec.kind == FieldKind::Birth)
            if (const auto birth = domain::parseBirthDate(typed->second, context.today); birth && !birth->date.empty()) {
                const bool told = birth->precision == domain::BirthPrecision::Age;
                out.push_back({editor.change, schema::col(schema::tables::patients, "birth_precision"), std::string(domain::toText(birth->precision))});
                out.push_back({editor.change, schema::col(schema::tables::patients, "birth_captured_on"), told ? schema::text(context.today.toString(Qt::ISODate)) : schema::Value{}});
            }
    }
    if (wrong) {
        wrong->setFocus(Qt::OtherFocusReason);
        return std::nullopt;
    }
    for (std::size_t i = 0; i < m_model.card()->entry.changes.size(); ++i) {
        schema::Row row = typedRow(i);
        bool changed = false;
        for (const node::Rewritten &r : out)
            if (r.change == i) {
                row[r.column] = r.value;
                changed = true;
            }
        std::vector<schema::ColumnValue> derived;
        if (changed)
            addDerived(*m_model.card()->entry.changes[i].table, row, m_model.words().style, derived);
        for (schema::ColumnValue &v : derived)
            out.push_back({i, v.column, std::move(v.value)});
    }
    return out;
}

} // namespace anteroom::ui
