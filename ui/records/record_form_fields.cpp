#include "ui/records/record_form_fields.h"

#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/records/record_form_model.h"

#include <QGridLayout>
#include <QScrollArea>

namespace anteroom::ui {
namespace {

constexpr int kColumnGap = 12, kRowGap = 10, kHeadingGap = 10;

} // namespace

RecordFields::RecordFields(RecordFormModel &model, node::Queries &queries, QWidget *parent) : QWidget(parent), m_model(model), m_queries(queries)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kColumnGap);
    grid->setVerticalSpacing(kRowGap);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 1);
    grid->setColumnMinimumWidth(1, 1);
    int cell = 0, section = -1;
    for (const FieldSpec &field : model.fields()) {
        if (field.kind == FieldKind::Shown && model.isNew() && schema::columnAt(*model.table(), field.column).group == schema::kHostFilled)
            continue;                                              // the host has not given it yet
        if (field.kind == FieldKind::Bytes && model.isNew())
            continue;
        if (field.section != section) {
            cell += cell % 2;
            if (section >= 0) {
                grid->setRowMinimumHeight(cell / 2, kHeadingGap);
                cell += 2;
            }
            section = field.section;
            if (const QString title = sectionTitle(*model.table(), section); !title.isEmpty()) {
                grid->addWidget(new Label(title, Type::Section), cell / 2, 0, 1, 2);
                cell += 2;
            }
        }
        addField(field, grid, cell);
    }
    showTexts();
    showMarks();
}

void RecordFields::addField(const FieldSpec &field, QGridLayout *grid, int &cell)
{
    Entry entry;
    const int column = field.column;
    entry.control = makeControl(field, m_model, m_queries, this);
    QWidget *shown = entry.control->widget();
    if (field.kind != FieldKind::Check) {
        const bool input = field.kind != FieldKind::Shown && field.kind != FieldKind::Bytes;
        entry.field = new Field(field.title, shown, input && field.optional && m_model.whyReadOnly().isEmpty() ? Field::Need::Optional : Field::Need::Required);
        shown = entry.field;
    }
    shown->setMinimumWidth(1);
    if (field.wide)
        cell += cell % 2;
    grid->addWidget(shown, cell / 2, cell % 2, 1, field.wide ? 2 : 1, Qt::AlignTop);
    cell += field.wide ? 2 : 1;
    connect(entry.control, &FieldControl::edited, this, [this, column](const QString &text) { m_model.setText(column, text); });
    connect(entry.control, &FieldControl::labelled, this, [this](const Uuid &id, const QString &label) { m_model.learn(id, label); });
    connect(entry.control, &FieldControl::left, this, [this, column] { m_model.left(column); });
    connect(entry.control, &FieldControl::openRequested, this, &RecordFields::openRequested);
    m_entries[column] = entry;
    m_order.push_back(column);
}

void RecordFields::showTexts()
{
    for (const auto &[column, entry] : m_entries)
        entry.control->show(m_model, column);
}

void RecordFields::showMarks()
{
    const TextContext context = m_model.textContext();
    for (const FieldSpec &spec : m_model.fields()) {
        const auto it = m_entries.find(spec.column);
        if (it == m_entries.end())
            continue;
        if (spec.kind == FieldKind::Shown || spec.kind == FieldKind::Subject)
            it->second.control->show(m_model, spec.column);        // follows other fields while they are typed in
        Field *field = it->second.field;
        if (!field)
            continue;
        const QString fresh = m_model.freshBy(spec.column);
        field->setHint(!fresh.isEmpty() ? tr("Changed: %1", "person and time").arg(fresh)
                       : m_model.mayWrite(spec.column) ? fieldHint(*m_model.table(), spec, context) : QString());
        if (const QString error = m_model.error(spec.column); !error.isEmpty())
            field->setError(error);
        else
            field->setUnusual(m_model.inDifference(spec.column) ? tr("Changed at another desk too. Choose which is kept.") : QString());
    }
}

QWidget *RecordFields::control(int column) const
{
    const auto it = m_entries.find(column);
    return it == m_entries.end() ? nullptr : it->second.control->widget();
}

QWidget *RecordFields::firstEmpty() const
{
    QWidget *first = nullptr;
    for (const int column : m_order) {
        if (!m_model.mayWrite(column))
            continue;
        if (m_model.text(column).isEmpty() && m_entries.at(column).field)
            return control(column);
        first = first ? first : control(column);
    }
    return first;
}

void RecordFields::reveal(int column)
{
    QWidget *wanted = control(column);
    if (!wanted)
        return;
    wanted->setFocus(Qt::OtherFocusReason);
    for (QWidget *above = parentWidget(); above; above = above->parentWidget())
        if (auto *scroll = qobject_cast<QScrollArea *>(above)) {
            scroll->ensureWidgetVisible(m_entries.at(column).field ? m_entries.at(column).field : wanted, 0, kHeadingGap);
            return;
        }
}

} // namespace anteroom::ui
