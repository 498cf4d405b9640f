#include "ui/patients/difference_panel.h"

#include "ui/common/label.h"
#include "ui/common/segments.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QTimer>

namespace anteroom::ui {

DifferencePanel::DifferencePanel(PatientFormModel &form, QWidget *parent) : Panel(Kind::Sunken, parent), m_form(form)
{
    m_title = new Label({}, Type::Section);
    m_title->setWordWrap(true);
    m_hint = new Label(tr("Nothing is saved yet. Choose what is kept, then save."), Type::Secondary, Tone::Text2);
    m_hint->setWordWrap(true);
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(8);
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addSpacing(6);
    layout->addLayout(m_cards);
    layout->addStretch();
    column()->addLayout(layout);
    setFocusPolicy(Qt::NoFocus);
}

QWidget *DifferencePanel::card(const GroupConflict &conflict, std::size_t number)
{
    auto *panel = new Panel;
    auto *layout = new QGridLayout;
    layout->setContentsMargins(14, 10, 14, 12);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(4);
    layout->setColumnStretch(1, 1);
    auto *title = new Label(conflict.title, Type::Name);
    title->setWeight(QFont::DemiBold);
    layout->addWidget(title, 0, 0, 1, 2);
    const auto line = [&](int row, const QString &caption, const QString &value, bool strong) {
        layout->addWidget(new Label(caption, Type::Secondary, Tone::Text2), row, 0, Qt::AlignTop);
        auto *words = new Label(value, Type::Body);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (strong)
            words->setWeight(QFont::DemiBold);
        layout->addWidget(words, row, 1);
    };
    line(1, tr("It was"), conflict.before, false);
    line(2, conflict.theirsBy.isEmpty() ? tr("It is now") : tr("Now (%1)").arg(conflict.theirsBy), conflict.theirs, conflict.choice == GroupConflict::Choice::Theirs);
    line(3, tr("You typed"), conflict.mine, conflict.choice == GroupConflict::Choice::Mine);
    auto *choice = new Segments;
    choice->add(tr("Keep mine"), {}, tr("M"));
    choice->add(tr("Take theirs"), {}, tr("T"));
    choice->setCurrent(conflict.choice == GroupConflict::Choice::Open ? -1 : conflict.choice == GroupConflict::Choice::Mine ? 0 : 1);
    choice->setAccessibleName(tr("%1: keep mine or take theirs").arg(conflict.title));
    choice->setObjectName(QStringLiteral("choice%1").arg(number));
    connect(choice, &Segments::chosen, this, [this, number](int chosen) {
        // After this event: the answer rebuilds the cards, this one included.
        QTimer::singleShot(0, this, [this, number, chosen] {
            m_form.choose(number, chosen == 0 ? GroupConflict::Choice::Mine : GroupConflict::Choice::Theirs);
        });
    });
    layout->addWidget(choice, 4, 0, 1, 2, Qt::AlignLeading);
    panel->column()->addLayout(layout);
    return panel;
}

void DifferencePanel::showConflicts(const std::vector<GroupConflict> &conflicts)
{
    m_title->setText(tr("Changed at another desk while you typed"));
    setAccessibleName(m_title->text());
    const QWidget *focused = focusWidget();
    const QString focus = focused ? focused->objectName() : QString();
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < conflicts.size(); ++i)
        m_cards->addWidget(card(conflicts[i], i));
    auto *choice = focus.startsWith(QLatin1String("choice")) ? findChild<Segments *>(focus) : findChild<Segments *>();
    if (choice)
        choice->setFocus(Qt::OtherFocusReason);
}

} // namespace anteroom::ui
