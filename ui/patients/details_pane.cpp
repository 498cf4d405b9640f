#include "ui/patients/details_pane.h"

#include "ui/common/banner.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/label.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kPadding = 20, kCaption = 120, kSideWidth = 300;

} // namespace

DetailsPane::DetailsPane(QWidget *page) : Panel(Kind::Surface)
{
    m_banner = new Banner;
    queue = new Button(tr("Queue"), QStringLiteral("ticket"), ButtonKind::Secondary);
    edit = new Button(tr("Edit"), ButtonKind::Secondary);
    bindShortcut("patient.queue", queue, page);
    bindShortcut("record.edit", edit, page);
    m_banner->addAct(edit);
    m_banner->addAct(queue);
    auto *person = new QWidget;
    auto *head = new QVBoxLayout;
    head->setContentsMargins(0, 0, 0, 4);
    head->addWidget(m_banner);
    auto *left = new QWidget;
    m_left = new QVBoxLayout(left);
    m_left->setContentsMargins(kPadding, 16, kPadding, 16);
    m_left->setSpacing(8);
    auto *right = new QWidget;
    right->setFixedWidth(kSideWidth);
    m_right = new QVBoxLayout(right);
    m_right->setContentsMargins(16, 16, kPadding, 16);
    m_right->setSpacing(6);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(left, 1);
    body->addWidget(new Rule(Qt::Vertical));
    body->addWidget(right);
    auto *layout = new QVBoxLayout(person);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(new Rule);
    layout->addLayout(body, 1);
    m_nobody = new EmptyState(QStringLiteral("people"), tr("Nobody is chosen"), tr("Choose a person in the list, or type a name, a phone or a number."));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_nobody);
    m_stack->addWidget(person);
    column()->addWidget(m_stack);
}

void DetailsPane::empty(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QLayout *inner = item->layout())
            while (QLayoutItem *part = inner->takeAt(0)) {
                delete part->widget();
                delete part;
            }
        delete item->widget();
        delete item;
    }
}

void DetailsPane::fill(QVBoxLayout *layout, const QString &title, const std::vector<Fact> &facts)
{
    if (facts.empty())
        return;
    auto *heading = new Label(title, Type::Body);
    heading->setWeight(QFont::DemiBold);
    layout->addWidget(heading);
    for (const Fact &fact : facts) {
        auto *row = new QHBoxLayout;
        row->setSpacing(12);
        auto *caption = new Label(fact.label, Type::Body, Tone::Text2);
        caption->setFixedWidth(kCaption);
        auto *value = new Label(fact.value);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(caption, 0, Qt::AlignTop);
        row->addWidget(value, 1);
        layout->addLayout(row);
    }
    layout->addSpacing(12);
}

void DetailsPane::fill(QVBoxLayout *layout, const QString &title, const QStringList &lines, const QString &none)
{
    auto *heading = new Label(title, Type::Body);
    heading->setWeight(QFont::DemiBold);
    layout->addWidget(heading);
    if (lines.isEmpty())
        layout->addWidget(new Label(none, Type::Body, Tone::Text3));
    for (const QString &line : lines) {
        auto *value = new Label(line);
        value->setWordWrap(true);
        layout->addWidget(value);
    }
    layout->addSpacing(12);
}

void DetailsPane::setDetails(const std::optional<PatientDetails> &details, const QString &failure)
{
    m_stack->setCurrentIndex(details ? 1 : 0);
    m_nobody->setText(failure.isEmpty() ? tr("Nobody is chosen") : tr("This record is not here"),
                      failure.isEmpty() ? tr("Choose a person in the list, or type a name, a phone or a number.") : failure);
    if (!details)
        return;
    m_banner->setPerson(details->name, details->facts);
    m_banner->setAllergies(details->allergies == PatientDetails::Allergies::Known ? Banner::Allergies::Known : Banner::Allergies::NotAsked,
                           details->allergyText);
    queue->setWhyDisabled(details->died ? tr("This person has died") : details->tickets.isEmpty() ? QString() : tr("Waits already: %1").arg(details->tickets.join(QStringLiteral(", "))));
    empty(m_left);
    empty(m_right);
    fill(m_left, tr("Contact"), details->contact);
    fill(m_left, tr("Person"), details->person);
    m_left->addStretch();
    fill(m_right, tr("Today"), details->tickets, tr("Not in the queue"));
    fill(m_right, tr("Conditions"), details->conditions, tr("None written"));
    fill(m_right, tr("Next of kin"), details->kin, tr("Nobody written"));
    m_right->addStretch();
}

} // namespace anteroom::ui
