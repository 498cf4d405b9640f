// What another desk changed in groups with typed text: before, theirs, yours, and which is kept. Values wrap, never elide.
// Beside or above the fields, never over them; each choice is one key.
#pragma once

#include "ui/common/panel.h"

class QVBoxLayout;

namespace anteroom::ui {

class RecordFormModel;
struct GroupDifference;

class RecordDifferences final : public Panel {
    Q_OBJECT
public:
    explicit RecordDifferences(RecordFormModel &form, QWidget *parent = nullptr);

    void show(const std::vector<GroupDifference> &differences);
    void focusFirst();

private:
    QWidget *card(const GroupDifference &difference, std::size_t number);

    RecordFormModel &m_form;
    QVBoxLayout *m_cards;
};

} // namespace anteroom::ui
