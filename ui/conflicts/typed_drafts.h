// What was written anew into refused pushes and not sent yet: kept on this PC half a second after the last key, so that it
// survives another choice in the list, a crash, the end of the session. Erased when the push is sent or dropped.
#pragma once

#include "node/inbox.h"
#include "ui/conflicts/act_body.h"

#include <QTimer>

namespace anteroom::node {
class Drafts;
}

namespace anteroom::ui {

class TypedDrafts final : public QObject {
    Q_OBJECT
public:
    static constexpr int kDraftMs = 500;

    explicit TypedDrafts(node::Drafts &drafts, QObject *parent = nullptr);

    // Of this push, as far as it is known by now; asked for at the first time, and found() when there is more.
    [[nodiscard]] ActBody::Typed of(const node::InboxCard &card);
    void keep(const node::InboxCard &card, const ActBody::Typed &typed);
    void now();                                      // what waits is put at once
    void erase(const Uuid &id);

Q_SIGNALS:
    void found(const anteroom::Uuid &id);

private:
    struct Known { ActBody::Typed typed; bool asked = false; };
    node::Drafts &m_drafts;
    std::map<Uuid, Known> m_known;
    std::map<Uuid, QByteArray> m_waiting;
    QTimer m_timer;
};

} // namespace anteroom::ui
