#include "ui/queue/desk_strip.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/label.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QEvent>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kLinkPadding = 4, kEdge = 15;
constexpr int kAllergyLetters = 24;                       // the chip's word; the whole stands in the tool-tip and the record

Hue hueOf(domain::Priority priority)
{
    return priority == domain::Priority::Emergency ? Hue::Danger : priority == domain::Priority::Urgent ? Hue::Urgent : Hue::Priority;
}

} // namespace

DeskStrip::DeskStrip(QWidget *page) : Panel(Kind::Surface, page)
{
    record = new Button(tr("Record"), ButtonKind::Quiet);
    serve = new Button(tr("Start"), ButtonKind::Secondary);
    recall = new Button(tr("Call again"), ButtonKind::Quiet);
    noShow = new Button(tr("No-show"), ButtonKind::Quiet);
    transfer = new Button(tr("Transfer"), ButtonKind::Quiet);
    finish = new Button(tr("Finish"), ButtonKind::Quiet);
    why = new Button(tr("Why this one?"), ButtonKind::Link);
    chooseDesk = new Button(tr("Choose this desk"), ButtonKind::Primary);
    next = new Button(tr("Call next"), QStringLiteral("speaker"), ButtonKind::Primary);
    next->setLarge(true);
    bindShortcut("record.open", record, page);
    bindShortcut("queue.serve", serve, page);
    bindShortcut("queue.recall", recall, page);
    bindShortcut("queue.hold", noShow, page);
    bindShortcut("queue.transfer", transfer, page);
    bindShortcut("queue.finish", finish, page);
    bindShortcut("queue.next", next, page);

    m_nobody = new Label(tr("Nobody is with you"), Type::Section);
    m_nobodyWhy = new Label({}, Type::Secondary, Tone::Text2);
    auto *empty = new QWidget;
    auto *words = new QVBoxLayout(empty);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(m_nobody);
    words->addWidget(m_nobodyWhy);
    words->addStretch();
    m_left = new QStackedWidget;
    m_left->addWidget(empty);
    m_left->addWidget(buildCurrent());

    m_nextCaption = new Label({}, Type::Secondary, Tone::Text2);
    m_nextCaption->setWeight(QFont::DemiBold);
    m_nextNumber = new Label({}, Type::Section);
    m_nextCaption->setContentsMargins(kLinkPadding, 0, 0, 0);       // in line with the words of the link below
    m_nextNumber->setContentsMargins(kLinkPadding, 0, 0, 0);
    auto *nextWords = new QVBoxLayout;
    nextWords->setSpacing(0);
    nextWords->addStretch();
    nextWords->addWidget(m_nextCaption);
    nextWords->addWidget(m_nextNumber);
    nextWords->addWidget(why, 0, Qt::AlignLeading);
    nextWords->addStretch();
    m_divider = new Rule(Qt::Vertical);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(kEdge, 0, kEdge, 0);             // the same at both ends: margins do not mirror
    row->setSpacing(14);
    row->addWidget(m_left, 1);
    auto *line = new QVBoxLayout;
    line->setContentsMargins(0, 12, 0, 12);
    line->addWidget(m_divider);
    row->addLayout(line);
    row->addLayout(nextWords);
    row->addWidget(next, 0, Qt::AlignVCenter);
    row->addWidget(chooseDesk, 0, Qt::AlignVCenter);
    column()->addLayout(row);
    setFixedHeight(Theme::of(this).px(size::kDeskStrip));
    setAccessibleName(tr("This desk"));
}

QWidget *DeskStrip::buildCurrent()
{
    m_number = new Label({}, Type::Display, Tone::AccentText);
    m_caption = new ElidedLabel({}, Type::Secondary, Tone::Text2);
    m_caption->setWeight(QFont::DemiBold);
    m_name = new ElidedLabel({}, Type::Section);
    m_allergy = new Chip({.text = {}, .hue = Hue::Danger});
    m_facts = new ElidedLabel({}, Type::Secondary, Tone::Text2);
    auto *who = new QHBoxLayout;
    who->setSpacing(8);
    who->addWidget(m_name);
    who->addWidget(m_allergy);
    who->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_caption);
    words->addLayout(who);
    words->addWidget(m_facts);
    words->addStretch();
    auto *current = new QWidget;
    auto *row = new QHBoxLayout(current);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_number);
    row->addSpacing(10);
    row->addLayout(words, 1);
    for (Button *act : {record, recall, noShow, transfer, finish, serve})
        row->addWidget(act, 0, Qt::AlignVCenter);
    return current;
}

void DeskStrip::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setFixedHeight(Theme::of(this).px(size::kDeskStrip));
}

void DeskStrip::setBusy(bool busy)
{
    m_busy = busy;
    if (busy)
        next->setBusy(tr("Calling"));
    else
        next->setReady();
}

void DeskStrip::setView(const DeskView &desk)
{
    showCurrent(desk);
    showNext(desk);
}

void DeskStrip::showCurrent(const DeskView &desk)
{
    m_left->setCurrentIndex(desk.current ? 1 : 0);
    chooseDesk->setVisible(!desk.chosen);
    m_nobody->setText(desk.chosen ? tr("Nobody is with you") : tr("This PC is no desk yet"));
    m_nobodyWhy->setText(!desk.chosen ? tr("Say which service point and room it stands in, then it can call people.")
                         : desk.room.isEmpty() ? desk.point
                                               : QString(desk.point + QStringLiteral(", ") + desk.room));
    if (!desk.current)
        return;
    const TicketItem &item = *desk.current;
    const bool called = item.state == domain::TicketState::Called;
    m_number->setText(item.label);
    const QString where = desk.room.isEmpty() ? desk.point : QString(desk.point + QStringLiteral(", ") + desk.room);
    m_caption->setText((called ? tr("Called to you") : tr("With you now")) + QStringLiteral(" · ") + where);
    m_name->setText(item.name);
    m_allergy->setVisible(!item.allergy.isEmpty());
    m_allergy->setToolTip(item.allergy);
    m_allergy->setSpec({.text = item.allergy.size() > kAllergyLetters ? QString(item.allergy.left(kAllergyLetters - 1) + QStringLiteral("…")) : item.allergy,
                        .hue = Hue::Danger});
    m_facts->setText(item.who.isEmpty() ? item.stateWords : QString(item.who + QStringLiteral(" · ") + item.stateWords));
    for (Button *act : {serve, recall, noShow})
        act->setVisible(called);
    for (Button *act : {record, transfer, finish})
        act->setVisible(!called);
}

void DeskStrip::showNext(const DeskView &desk)
{
    m_divider->setVisible(desk.chosen);
    next->setVisible(desk.chosen);
    const bool waits = desk.next.has_value();
    m_nextCaption->setVisible(desk.chosen);
    m_nextNumber->setVisible(waits);
    why->setVisible(waits);
    if (!m_busy)
        next->setText(desk.current ? waits ? tr("Finish and call next") : tr("Finish") : tr("Call next"));
    if (!m_busy)
        next->setWhyDisabled(waits || desk.current ? QString() : tr("Nobody is waiting here"));
    if (!waits) {
        m_nextCaption->setText(tr("Nobody is waiting"));
        return;
    }
    const TicketItem &item = *desk.next;
    const bool normal = item.priority == domain::Priority::Normal;
    m_nextCaption->setText(normal ? tr("Next, waits %1").arg(item.place) : tr("Next, %1").arg(priorityWord(item.priority).toLower()));
    m_nextNumber->setText(item.label);
    m_nextNumber->setHue(normal ? std::nullopt : std::optional(hueOf(item.priority)));
    why->setToolTip(desk.reason ? reasonWords(*desk.reason) : QString());
}

} // namespace anteroom::ui
