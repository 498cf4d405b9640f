// One person beside the list: banner with acts, then contact, person, conditions and today's tickets. Layout only.
#pragma once

#include "ui/common/panel.h"
#include "ui/patients/patient_details_model.h"

class QStackedWidget;
class QVBoxLayout;

namespace anteroom::ui {

class Banner;
class Button;
class EmptyState;

class DetailsPane final : public Panel {
    Q_OBJECT
public:
    explicit DetailsPane(QWidget *page);                 // shortcuts of its acts live in the page

    void setDetails(const std::optional<PatientDetails> &details, const QString &failure);
    Button *edit, *queue, *archive;                      // archive: or restore, where it is archived

private:
    void fill(QVBoxLayout *column, const QString &title, const std::vector<Fact> &facts);
    void fill(QVBoxLayout *column, const QString &title, const QStringList &lines, const QString &none);
    static void empty(QVBoxLayout *column);

    QStackedWidget *m_stack;
    Banner *m_banner;
    EmptyState *m_nobody;
    QVBoxLayout *m_left, *m_right;
};

} // namespace anteroom::ui
