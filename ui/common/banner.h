// Who this page is about: name, facts, acts, and the allergy strip; one per patient page, it never scrolls away and the
// name never elides (it wraps).
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace anteroom::ui {

class Label;
class MessageStrip;

class Banner : public QWidget {
    Q_OBJECT
public:
    enum class Allergies : unsigned char { Known, None, NotAsked };
    explicit Banner(QWidget *parent = nullptr);

    void setPerson(const QString &name, const QString &facts);
    // Known: `text` lists them; None: `text` says when asked ("asked 20 Nov"); NotAsked: `text` is not shown.
    void setAllergies(Allergies state, const QString &text, const QString &trailing = {});
    void setAsOf(const QString &words);                         // offline: "As of 10:42"; empty hides it
    void addAct(QWidget *act);

private:
    Label *m_name;
    Label *m_facts;
    Label *m_noAllergies;
    Label *m_checked;
    MessageStrip *m_allergies;
    MessageStrip *m_asOf;
    QHBoxLayout *m_acts;
};

} // namespace anteroom::ui
