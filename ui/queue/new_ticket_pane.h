// A new ticket: the person by search, or registered first; the service point, the priority, the reason. Ctrl+Enter gives
// it. It fills in a NewTicket and says so; the page takes it.
#pragma once

#include "ui/patients/patients_model.h"
#include "ui/queue/queue_model.h"

#include <QWidget>

class QComboBox;
class QListView;
class QStackedWidget;

namespace anteroom::ui {

class Button;
class EmptyState;
class Field;
class Label;
class LineEdit;
class MessageStrip;
class SearchBox;
class Segments;

class NewTicketPane final : public QWidget {
    Q_OBJECT
public:
    NewTicketPane(const Context &context, QueueModel &queue, QWidget *parent = nullptr);

    void start(const Uuid &patient = {});                    // empties the form; the person, if one was chosen elsewhere
    [[nodiscard]] QWidget *firstFocus() const;
    void setBusy(bool busy);
    void setFailure(const QString &words);
    [[nodiscard]] SearchBox *search() const { return m_search; }

Q_SIGNALS:
    void given(const anteroom::ui::NewTicket &ticket, const QString &name);
    void registerWanted(const QString &typed);
    void left();

private:
    QWidget *buildWho();
    QWidget *buildTicket();
    void fillPoints();
    void showWho();
    void choose(const schema::Row &patient);
    void chooseCurrent();
    void move(int rows);
    void give();
    [[nodiscard]] QString whyNot() const;

    node::Replica &m_replica;
    QueueModel &m_queue;
    const Clock &m_clock;
    PatientsModel m_patients;
    std::optional<schema::Row> m_person;
    SearchBox *m_search;
    QListView *m_list;
    QStackedWidget *m_listStack;
    EmptyState *m_nobody;
    Label *m_name, *m_facts;
    Field *m_who;
    QComboBox *m_point;
    Segments *m_priority;
    LineEdit *m_reason;
    MessageStrip *m_strip;
    Button *m_give, *m_register, *m_cancel;
};

// Fills a combo with the service points of the board, keeping what is chosen.
void fillServicePoints(QComboBox *combo, const QueueModel &queue);
[[nodiscard]] Uuid chosenId(const QComboBox *combo);
void addPriorities(Segments *segments);
[[nodiscard]] domain::Priority chosenPriority(const Segments *segments);

} // namespace anteroom::ui
