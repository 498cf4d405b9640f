#include "ui/records/record_form_facts.h"

#include "core/money.h"
#include "ui/common/chip.h"
#include "ui/common/label.h"

#include <QGridLayout>

#include <cstdlib>

namespace anteroom::ui {
namespace {

ChipSpec stateChip(domain::BillState state)
{
    using domain::BillState;
    switch (state) {
    case BillState::Draft: return {.text = RecordFacts::tr("Draft"), .hue = Hue::Mute, .icon = {}};
    case BillState::Open: return {.text = RecordFacts::tr("Open"), .hue = Hue::Priority, .icon = {}};
    case BillState::PartPaid: return {.text = RecordFacts::tr("Partly paid"), .hue = Hue::Priority, .icon = {}};
    case BillState::Paid: return {.text = RecordFacts::tr("Paid"), .hue = Hue::Ok, .icon = QStringLiteral("tick")};
    case BillState::Overpaid: return {.text = RecordFacts::tr("Too much paid"), .hue = Hue::Urgent, .icon = QStringLiteral("triangle")};
    case BillState::Void: return {.text = RecordFacts::tr("Void"), .hue = Hue::Mute, .icon = {}};
    }
    return {};
}

} // namespace

RecordFacts::RecordFacts(QWidget *parent) : QWidget(parent), m_state(new Chip({}))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    const std::array names{tr("Items"), tr("Discount"), tr("Due"), tr("Paid"), tr("Open")};
    for (std::size_t i = 0; i < kLines; ++i) {
        const bool strong = i == Due || i == Open;
        m_names[i] = new Label(names[i], Type::Body, strong ? Tone::Text : Tone::Text2);
        m_amounts[i] = new Label({}, i == Open ? Type::Section : Type::Body);
        m_amounts[i]->setWeight(strong ? QFont::DemiBold : QFont::Normal);
        m_amounts[i]->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
        if (strong)
            m_names[i]->setWeight(QFont::DemiBold);
        grid->addWidget(m_names[i], static_cast<int>(i), 0);
        grid->addWidget(m_amounts[i], static_cast<int>(i), 1);
    }
    grid->addWidget(m_state, kLines, 0, 1, 2, Qt::AlignTrailing);
}

void RecordFacts::show(const domain::BillTotals &bill, const ValueStyle &style)
{
    const std::array amounts{bill.items, bill.discount, bill.due, bill.paid, Money{std::abs(bill.open.minor)}};
    for (std::size_t i = 0; i < kLines; ++i)
        m_amounts[i]->setText(formatMoney(amounts[i], style.moneyDigits, style.locale));
    for (Label *label : {m_names[Discount], m_amounts[Discount]})
        label->setVisible(bill.discount.minor != 0);
    m_names[Open]->setText(bill.open.minor < 0 ? tr("Give back") : tr("Open"));
    const auto hue = bill.open.minor < 0 ? std::optional(Hue::Ok) : std::nullopt;
    m_names[Open]->setHue(hue);
    m_amounts[Open]->setHue(hue);
    m_state->setSpec(stateChip(bill.state));
}

} // namespace anteroom::ui
