#include "ui/records/record_form_differences.h"

#include "ui/common/label.h"
#include "ui/common/segments.h"
#include "ui/records/record_form_model.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QTimer>

namespace anteroom::ui {

RecordDifferences::RecordDifferences(RecordFormModel &form, QWidget *parent) : Panel(Kind::Sunken, parent), m_form(form)
{
    auto *title = new Label(tr("Changed at another desk while you typed"), Type::Name);
    title->setWeight(QFont::DemiBold);
    title->setWordWrap(true);
    auto *hint = new Label(tr("Nothing is saved yet. Choose what is kept, then save."), Type::Secondary, Tone::Text2);
    hint->setWordWrap(true);
    setAccessibleName(title->text());
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(8);
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addSpacing(6);
    layout->addLayout(m_cards);
    layout->addStretch();
    column()->addLayout(layout);
}

QWidget *RecordDifferences::card(const GroupDifference &difference, std::size_t number)
{
    using Choice = GroupDifference::Choice;
    auto *panel = new Panel;
    auto *layout = new QGridLayout;
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(4);
    layout->setColumnStretch(1, 1);
    auto *title = new Label(difference.title, Type::Name);
    title->setWeight(QFont::DemiBold);
    layout->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    const auto line = [&](const QString &caption, const QString &value, const QString &by, bool strong) {
        layout->addWidget(new Label(caption, Type::Secondary, Tone::Text2), row, 0, Qt::AlignTop);
        auto *words = new Label(value, Type::Body);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->setWeight(strong ? QFont::DemiBold : QFont::Normal);
        layout->addWidget(words, row++, 1);
        if (by.isEmpty())
            return;
        auto *who = new Label(by, Type::Secondary, Tone::Text2);
        who->setWordWrap(true);
        layout->addWidget(who, row++, 1);
    };
    line(tr("Before"), difference.before, {}, false);
    line(tr("Theirs"), difference.theirs, difference.theirsBy, difference.choice == Choice::Theirs);
    line(tr("Yours"), difference.mine, {}, difference.choice == Choice::Mine);
    auto *choice = new Segments;
    choice->add(tr("Keep mine"), {}, tr("M"));
    choice->add(tr("Take theirs"), {}, tr("T"));
    choice->setCurrent(difference.choice == Choice::Open ? -1 : difference.choice == Choice::Mine ? 0 : 1);
    choice->setAccessibleName(tr("%1: keep mine or take theirs").arg(difference.title));
    choice->setToolTip(tr("Keys M and T"));
    choice->setObjectName(QStringLiteral("choice%1").arg(number));
    connect(choice, &Segments::chosen, this, [this, number](int chosen) {
        // After this event: the answer rebuilds the cards, this one included.
        QTimer::singleShot(0, this, [this, number, chosen] { m_form.choose(number, chosen == 0 ? Choice::Mine : Choice::Theirs); });
    });
    layout->addWidget(choice, row, 0, 1, 2, Qt::AlignLeading);
    panel->column()->addLayout(layout);
    return panel;
}

void RecordDifferences::show(const std::vector<GroupDifference> &differences)
{
    const QWidget *focused = focusWidget();
    const QString focus = focused ? focused->objectName() : QString();
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < differences.size(); ++i)
        m_cards->addWidget(card(differences[i], i));
    if (!focus.isEmpty())
        if (auto *choice = findChild<Segments *>(focus))
            choice->setFocus(Qt::OtherFocusReason);
}

void RecordDifferences::focusFirst()
{
    if (auto *choice = findChild<Segments *>())
        choice->setFocus(Qt::OtherFocusReason);
}

} // namespace anteroom::ui
