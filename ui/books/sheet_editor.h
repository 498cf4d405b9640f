// The slip of fields in which something is written on the sheet, in its place: an appointment (title, details, a patient
// to link), a reason for striking out, a note. Half-typed words are kept on this PC until they are saved or taken back.
// It gives what was written; saving is the sheet's.
#pragma once

#include "ui/books/book_page_model.h"

#include <QFrame>
#include <QTimer>

class QListView;
class QPlainTextEdit;
class QStandardItemModel;

namespace anteroom::ui {

class Button;
class Label;
class LineEdit;

class SheetEditor final : public QFrame {
    Q_OBJECT
public:
    enum class What : std::uint8_t { Event, Reason, Note };
    static constexpr int kMostFound = 4;                 // patients offered below the title
    static constexpr int kKeepMs = 400;                  // of quiet before half-typed words are kept

    SheetEditor(node::Replica &replica, QWidget *sheet);
    ~SheetEditor() override;

    // `typed`: the first letter of a new one. Without it, what was half typed here before comes back.
    void openEvent(const QString &draftKey, const QString &heading, const QString &title, const QString &body, const Uuid &patient, const QString &typed = {});
    void openReason(const QString &heading);
    void openNote(const QString &draftKey, const QString &text);
    struct Written { int turn; QString key, words; };
    [[nodiscard]] Written written() const { return {m_turn, m_key, whole()}; }
    // The words were saved: their draft is gone. True: it stood here still, and is closed; what was opened since stays.
    bool settle(const Written &written);
    void leave();                                        // nothing is saved, the words are kept
    void keepDraft();                                    // now: the window closes
    void setBusy(bool busy);                             // on its way: the words stand as they are being saved
    [[nodiscard]] What what() const { return m_what; }
    [[nodiscard]] QString title() const;                 // of a reason: the reason
    [[nodiscard]] QString body() const;
    [[nodiscard]] QString note() const;
    [[nodiscard]] const Uuid &patient() const { return m_patient; }
    [[nodiscard]] bool isOpen() const { return m_open; }

Q_SIGNALS:
    void accepted();
    void left();                                         // Esc: nothing is saved, the words are kept
    void resized();

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open(What what, const QString &draftKey, const QString &heading);
    void close();
    void keep();
    void bringBack();
    [[nodiscard]] QString whole() const;                 // every word, to see whether any was changed
    void find();
    void choose(int row);
    void fit();
    bool onKey(QObject *watched, const QKeyEvent &event);

    node::Replica &m_replica;
    What m_what = What::Event;
    QString m_key, m_before;                             // before: the words it opened with
    Uuid m_patient;
    QString m_patientName;
    Label *m_heading, *m_titleLabel, *m_bodyLabel;
    LineEdit *m_title, *m_body;
    QPlainTextEdit *m_note;
    QListView *m_found;
    QStandardItemModel *m_people;
    Button *m_save;
    QTimer m_keep, m_search;
    int m_asked = 0, m_turn = 0;                         // turn: how often it was opened
    bool m_open = false, m_busy = false;
};

} // namespace anteroom::ui
