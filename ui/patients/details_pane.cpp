#include "ui/patients/details_pane.h"

#include "ui/common/banner.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/label.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kPadding = 20, kCaption = 120, kSideWidth = 300;

QScrollArea *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);          // setWidget fills both: the panel's surface is the ground
    content->setAutoFillBackground(false);
    return area;
}

} // namespace

DetailsPane::DetailsPane(QWidget *page) : Panel(Kind::Surface)
{
    m_banner = new Banner;
    queue = new Button(tr("Queue"), QStringLiteral("ticket"), ButtonKind::Secondary);
    edit = new Button(tr("Edit"), ButtonKind::Secondary);
    bindShortcut("patient.queue", queue, page);
    bindShortcut("record.edit", edit, page);
    archive = new Button(tr("Archive…"), ButtonKind::Quiet);
    bindShortcut("record.archive", archive, page);
    m_banner->addAct(edit);
    m_banner->addAct(queue);
    auto *person = new QWidget;
    auto *head = new QVBoxLayout;
    head->setContentsMargins(0, 0, 0, 4);
    head->addWidget(m_banner);
    auto *left = new QWidget;
    auto *leading = new QVBoxLayout(left);
    leading->setContentsMargins(kPadding, 16, kPadding, 16);
    m_left = new QVBoxLayout;
    m_left->setSpacing(8);
    leading->addLayout(m_left, 1);
    leading->addWidget(archive, 0, Qt::AlignLeading);        // away from the acts of every hour
    auto *right = new QWidget;
    right->setFixedWidth(kSideWidth);
    m_right = new QVBoxLayout(right);
    m_right->setContentsMargins(16, 16, kPadding, 16);
    m_right->setSpacing(6);
    auto *content = new QWidget;
    auto *body = new QHBoxLayout(content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(left, 1);
    body->addWidget(new Rule(Qt::Vertical));
    body->addWidget(right);
    auto *layout = new QVBoxLayout(person);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(new Rule);
    layout->addWidget(scrolled(content), 1);                 // the banner keeps its lines, whatever stands below
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
    using Allergies = PatientDetails::Allergies;
    m_banner->setAllergies(details->allergies == Allergies::Known ? Banner::Allergies::Known : details->allergies == Allergies::None ? Banner::Allergies::None : Banner::Allergies::NotAsked,
                           details->allergyText);
    const bool archived = details->row.deleted();
    archive->setText(archived ? tr("Restore") : tr("Archive…"));
    edit->setWhyDisabled(archived ? tr("This record is archived. Restore it to change it.") : QString());
    queue->setWhyDisabled(archived ? tr("This record is archived") : details->died ? tr("This person has died") : details->tickets.isEmpty() ? QString() : tr("Waits already: %1").arg(details->tickets.join(QStringLiteral(", "))));
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
