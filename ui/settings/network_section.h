// Settings, "Network and sync": hosting and addresses, the access code, automatic sync, the PCs of the clinic; on a client
// its host, reconnecting, and joining afresh. Layout only.
#pragma once

#include "ui/settings/network_model.h"

#include <QWidget>

class QComboBox;
class QProgressBar;
class QTableView;
class QVBoxLayout;

namespace anteroom::ui {

class Button;
class Field;
class HostingSwitches;
class Label;
class LineEdit;
class MessageStrip;
class Panel;
class Switch;

class NetworkSection final : public QWidget {
    Q_OBJECT
public:
    explicit NetworkSection(const Context &context, QWidget *parent = nullptr);

    void askToStop();                                        // says who would be left alone; a person decides
    [[nodiscard]] NetworkModel &model() { return m_model; }
    [[nodiscard]] Switch *hostSwitch() const { return m_hosting; }
    [[nodiscard]] MessageStrip *stopStrip() const { return m_stop; }      // asks before connected PCs lose their host
    [[nodiscard]] MessageStrip *waitsStrip() const { return m_waits; }    // what needs a person, in words
    [[nodiscard]] HostingSwitches *switches() const { return m_switches; }       // null where nothing of it is offered
    [[nodiscard]] Button *stopNow() const { return m_stopNow; }
    [[nodiscard]] Button *joinNow() const { return m_joinNow; }
    [[nodiscard]] LineEdit *joinAddress() const { return m_joinAddress; }
    [[nodiscard]] LineEdit *joinCode() const { return m_joinCode; }

private:
    Panel *buildHost();
    Panel *buildCode();
    Panel *buildClient();
    Panel *buildSync();
    Panel *buildPeers();
    void show();
    void showHost();
    void showSync();
    void showCode();

    NetworkModel m_model;
    MessageStrip *m_failure, *m_waits, *m_stop;
    HostingSwitches *m_switches = nullptr;
    Panel *m_host, *m_codePanel, *m_client, *m_peersPanel;
    Switch *m_hosting, *m_auto;
    Label *m_hostWords, *m_addressTitle, *m_hostHint, *m_code, *m_codeLeft, *m_clientTitle, *m_clientWords, *m_joinWords, *m_result;
    QVBoxLayout *m_addresses;
    QStringList m_shownAddresses;
    LineEdit *m_port, *m_joinAddress, *m_joinCode;
    Field *m_portField;
    QWidget *m_joinBox;
    QProgressBar *m_codeBar;
    Button *m_newCode, *m_copyCode, *m_reconnect, *m_joinOther, *m_joinNow, *m_syncNow, *m_stopNow, *m_keepOn;
    QComboBox *m_interval;
    QTableView *m_peers;
    int m_asked = 0;                                         // PCs connected when stopping was asked
};

} // namespace anteroom::ui
