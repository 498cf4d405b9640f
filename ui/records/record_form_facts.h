// What a bill comes to and where it stands, above the fields of the bill, its items and its payments. It computes nothing.
#pragma once

#include "domain/billing.h"
#include "ui/records/record_words.h"

#include <QWidget>

#include <array>

namespace anteroom::ui {

class Chip;
class Label;

class RecordFacts final : public QWidget {
    Q_OBJECT
public:
    explicit RecordFacts(QWidget *parent = nullptr);

    void show(const domain::BillTotals &bill, const ValueStyle &style);

private:
    enum Line { Items, Discount, Due, Paid, Open, kLines };
    std::array<Label *, kLines> m_names{}, m_amounts{};
    Chip *m_state;
};

} // namespace anteroom::ui
