// First start: a clinic is started, joined, or tried. What was typed, what is still missing, and what the replica
// answered, in words at the field they are about. It has no widgets and keeps the access code in memory only.
#pragma once

#include "node/replica.h"

#include <QObject>

namespace anteroom::ui {

class FirstStartModel final : public QObject {
    Q_OBJECT
public:
    enum class Choice : unsigned char { None, Join, Start, Demo };
    enum class Field : unsigned char { None, Address, Code, Clinic, Person, Device };

    explicit FirstStartModel(node::Replica &replica, QObject *parent = nullptr);

    QString address, code, clinic, person, device;       // as typed

    [[nodiscard]] Choice choice() const { return m_choice; }
    void choose(Choice choice);
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] Field wrongField() const { return m_wrong; }
    [[nodiscard]] QString words() const { return m_words; }          // what to write, or what the replica answered

    void go();                                            // Start or Join; Demo is another process or window: demoWanted()

Q_SIGNALS:
    void stateChanged();
    void done();
    void demoWanted();

private:
    void refuse(Field field, const QString &words);
    void startClinic();
    void join();
    void finish(const Result<void> &result, bool joining);

    node::Replica &m_replica;
    Choice m_choice = Choice::None;
    Field m_wrong = Field::None;
    QString m_words;
    bool m_busy = false;
};

// "192.168.1.20:7310", "192.168.1.20 : 7310", "desk1.local", "[::1]:7310". No port: the default one.
struct TypedAddress { QString host; quint16 port = 0; };
inline constexpr quint16 kDefaultPort = 7310;
[[nodiscard]] Result<TypedAddress> parseAddress(const QString &text);
// Upper case, without blanks and dashes, Crockford's likenesses resolved (O→0, I and L→1).
[[nodiscard]] Result<QString> parseCode(const QString &text);

} // namespace anteroom::ui
