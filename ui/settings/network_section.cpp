#include "ui/settings/network_section.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/rows.h"
#include "ui/common/switch.h"
#include "ui/desk/status_words.h"
#include "ui/first_start/first_start_model.h"
#include "ui/hosting/hosting.h"
#include "ui/settings/hosting_switches.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QProgressBar>
#include <QTableView>

namespace anteroom::ui {
namespace {

struct Interval { int seconds; const char *words; };
constexpr Interval kIntervals[] = {{30, QT_TRANSLATE_NOOP("Settings", "30 seconds")}, {60, QT_TRANSLATE_NOOP("Settings", "1 minute")},
                                   {300, QT_TRANSLATE_NOOP("Settings", "5 minutes")}, {600, QT_TRANSLATE_NOOP("Settings", "10 minutes")},
                                   {1800, QT_TRANSLATE_NOOP("Settings", "30 minutes")}, {3600, QT_TRANSLATE_NOOP("Settings", "1 hour")}};
constexpr int kTableStretch = 1000, kSide = 420, kBar = 236, kBarSteps = 1000;
constexpr int kInset = 19, kCellInset = 12;                  // of words in a panel, of words in a cell

QVBoxLayout *columnOf(Panel *panel)
{
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(kInset, 12, kInset, 14);
    layout->setSpacing(6);
    panel->column()->addLayout(layout);
    return layout;
}

} // namespace

NetworkSection::NetworkSection(const Context &context, QWidget *parent)
    : QWidget(parent), m_model(context), m_failure(new MessageStrip(Hue::Danger))
{
    if (context.hosting)
        m_switches = new HostingSwitches(*context.hosting, context.settings);
    auto *top = new QHBoxLayout;
    top->setSpacing(size::kPanelGap);
    m_host = buildHost();
    m_codePanel = buildCode();
    m_codePanel->setFixedWidth(kSide);
    m_client = buildClient();
    top->addWidget(m_host, 1);
    top->addWidget(m_client, 1);
    top->addWidget(m_codePanel);
    m_peersPanel = buildPeers();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kPanelGap);
    m_waits = new MessageStrip(Hue::Danger);
    m_waits->hide();
    column->addWidget(m_failure);
    column->addWidget(m_waits);
    column->addLayout(top);
    column->addWidget(buildSync());
    column->addWidget(m_peersPanel, kTableStretch);
    column->addStretch(1);                                   // takes the room where there is no table
    m_failure->hide();
    connect(&m_model, &NetworkModel::changed, this, &NetworkSection::show);
    connect(&m_model, &NetworkModel::codeChanged, this, &NetworkSection::showCode);
    show();
}

Panel *NetworkSection::buildHost()
{
    auto *panel = new Panel;
    auto *layout = columnOf(panel);
    auto *title = new Label(tr("This PC hosts the clinic"), Type::Section);
    m_hostWords = new Label({}, Type::Secondary, Tone::Text2);
    m_hosting = new Switch(tr("This PC hosts the clinic"));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title);
    words->addWidget(m_hostWords);
    auto *head = new QHBoxLayout;
    head->addLayout(words, 1);
    head->addWidget(m_hosting);
    layout->addLayout(head);
    layout->addWidget(new Rule);
    m_stop = new MessageStrip(Hue::Priority);
    m_keepOn = new Button(tr("Keep hosting"), ButtonKind::Secondary);
    m_stopNow = new Button(tr("Stop hosting"), ButtonKind::Danger);
    m_stop->addAct(m_stopNow);
    m_stop->addAct(m_keepOn);
    m_stop->hide();
    layout->addWidget(m_stop);
    connect(m_keepOn, &Button::clicked, m_stop, &QWidget::hide);
    connect(m_stopNow, &Button::clicked, this, [this] {
        m_stop->hide();
        m_model.setHosting(false, 0);
    });
    m_addressTitle = new Label(tr("Addresses other PCs can use"), Type::Secondary, Tone::Text2);
    m_addressTitle->setWeight(QFont::DemiBold);
    layout->addWidget(m_addressTitle);
    m_addresses = new QVBoxLayout;
    layout->addLayout(m_addresses);
    m_port = new LineEdit(LineEdit::Content::Value);
    m_port->setText(QString::number(kDefaultPort));
    m_port->setMaximumWidth(140);
    m_portField = new Field(tr("Port"), m_port);
    m_portField->setHint(tr("7310, unless another program has it"));
    layout->addWidget(m_portField);
    m_hostHint = new Label({}, Type::Secondary, Tone::Text3);
    m_hostHint->setWordWrap(true);
    layout->addWidget(m_hostHint);
    if (m_switches)
        layout->addWidget(m_switches);
    layout->addStretch();
    connect(m_hosting, &Switch::clicked, this, [this](bool on) {
        bool number = false;
        const int port = m_port->text().toInt(&number);
        if (on && (!number || port < 0 || port > 65535)) {
            m_hosting->setChecked(false);
            m_portField->setError(tr("Write a number from 1 to 65535. 7310 is usual."));
            return;
        }
        m_portField->clearMark();
        if (!on && !m_model.status().clients.empty()) {      // said before, not after
            m_hosting->setChecked(true);
            askToStop();
            return;
        }
        m_model.setHosting(on, static_cast<quint16>(port));
    });
    return panel;
}

void NetworkSection::askToStop()
{
    if (!m_model.hosting())
        return;
    QStringList names;
    for (const node::PeerStatus &peer : m_model.status().clients)
        names.append(peer.name);
    const auto connected = static_cast<int>(names.size());
    m_asked = connected;
    m_stop->setMessage(connected == 0 ? tr("No other PC is connected") : connected == 1 ? tr("1 PC is connected") : tr("%1 PCs are connected").arg(connected),
                       connected == 0 ? tr("Other PCs cannot exchange until this PC hosts again.")
                                      : tr("%1. They go on working, but hear nothing of each other until this PC hosts again.").arg(names.join(QStringLiteral(", "))));
    m_stop->show();
    m_keepOn->setFocus(Qt::OtherFocusReason);
}

Panel *NetworkSection::buildCode()
{
    auto *panel = new Panel;
    auto *layout = columnOf(panel);
    layout->addWidget(new Label(tr("Access code for a new PC"), Type::Section));
    layout->addWidget(new Label(tr("Type it on the other PC within 10 minutes."), Type::Secondary, Tone::Text2));
    m_code = new Label({}, Type::Display);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setWeight(QFont::Bold);
    m_code->setAccessibleName(tr("Access code"));
    m_codeBar = new QProgressBar;
    m_codeBar->setTextVisible(false);
    m_codeBar->setRange(0, kBarSteps);
    m_codeBar->setFixedSize(kBar, 6);
    m_codeLeft = new Label({}, Type::Secondary, Tone::Text2);
    layout->addSpacing(6);
    layout->addWidget(m_code);
    layout->addWidget(m_codeBar);
    layout->addWidget(m_codeLeft);
    layout->addStretch();
    m_newCode = new Button(tr("New code"), QStringLiteral("sync"), ButtonKind::Secondary);
    m_copyCode = new Button(tr("Copy"), QStringLiteral("copy"), ButtonKind::Secondary);
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_copyCode);
    acts->addWidget(m_newCode);
    acts->addStretch();
    layout->addLayout(acts);
    connect(m_newCode, &Button::clicked, &m_model, &NetworkModel::newCode);
    connect(m_copyCode, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_model.code()); });
    return panel;
}

Panel *NetworkSection::buildClient()
{
    auto *panel = new Panel;
    auto *layout = columnOf(panel);
    m_clientTitle = new Label({}, Type::Section);
    m_clientWords = new Label({}, Type::Secondary, Tone::Text2);
    m_clientWords->setWordWrap(true);
    m_reconnect = new Button(tr("Reconnect now"), QStringLiteral("sync"), ButtonKind::Secondary);
    m_joinOther = new Button(tr("Join another host"), ButtonKind::Quiet);
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_reconnect);
    acts->addWidget(m_joinOther);
    acts->addStretch();
    layout->addWidget(m_clientTitle);
    layout->addWidget(m_clientWords);
    layout->addLayout(acts);
    m_joinBox = new QWidget;
    auto *join = new QVBoxLayout(m_joinBox);
    join->setContentsMargins(0, 8, 0, 0);
    join->setSpacing(6);
    join->addWidget(new Rule);
    m_joinWords = new Label({}, Type::Secondary, Tone::Text2);
    m_joinWords->setWordWrap(true);
    join->addWidget(m_joinWords);
    m_joinAddress = new LineEdit(LineEdit::Content::Value);
    m_joinCode = new LineEdit(LineEdit::Content::Value);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(16);
    fields->addWidget(new Field(tr("Address of the host"), m_joinAddress));
    fields->addWidget(new Field(tr("Access code"), m_joinCode));
    join->addLayout(fields);
    m_joinNow = new Button(tr("Save this copy aside and join"), ButtonKind::Primary);
    join->addWidget(m_joinNow, 0, Qt::AlignLeading);
    layout->addWidget(m_joinBox);
    layout->addStretch();
    m_joinBox->hide();
    connect(m_reconnect, &Button::clicked, this, [this] { m_model.reconnect(); });
    connect(m_joinOther, &Button::clicked, this, [this] {
        m_joinBox->setVisible(m_joinBox->isHidden());
        m_joinAddress->setFocus(Qt::OtherFocusReason);
    });
    connect(m_joinNow, &Button::clicked, this, [this] { m_model.join(m_joinAddress->text(), m_joinCode->text(), true); });
    connect(&m_model, &NetworkModel::joined, m_joinBox, &QWidget::hide);
    return panel;
}

Panel *NetworkSection::buildSync()
{
    auto *panel = new Panel;
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new Label(tr("Automatic sync"), Type::Section));
    words->addWidget(new Label(tr("A safety net behind live changes"), Type::Secondary, Tone::Text2));
    m_interval = new QComboBox;
    for (const Interval &interval : kIntervals)
        m_interval->addItem(QCoreApplication::translate("Settings", interval.words), interval.seconds);
    m_interval->setAccessibleName(tr("How often"));
    m_auto = new Switch(tr("Automatic sync"));
    m_result = new Label({}, Type::Secondary, Tone::Text2);
    m_syncNow = new Button(tr("Sync now"), QStringLiteral("sync"), ButtonKind::Secondary);
    m_syncNow->setKeycap(shortcutKeys("sync.now"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(kInset, 12, kInset, 12);
    row->setSpacing(12);
    row->addLayout(words, 1);
    row->addWidget(new Label(tr("Every"), Type::Body, Tone::Text2));
    row->addWidget(m_interval);
    row->addWidget(m_auto);
    row->addWidget(new Rule(Qt::Vertical));
    row->addWidget(m_result);
    row->addWidget(m_syncNow);
    panel->column()->addLayout(row);
    connect(m_interval, &QComboBox::activated, this, [this] { m_model.setAutoSync(m_auto->isChecked(), m_interval->currentData().toInt()); });
    connect(m_auto, &Switch::clicked, this, [this](bool on) { m_model.setAutoSync(on, m_interval->currentData().toInt()); });
    connect(m_syncNow, &Button::clicked, &m_model, &NetworkModel::syncNow);
    return panel;
}

Panel *NetworkSection::buildPeers()
{
    auto *panel = new Panel;
    auto *title = new Label(tr("PCs that are connected"), Type::Section);
    title->setContentsMargins(kInset, 10, kInset, 6);
    m_peers = new QTableView;
    setUpTable(m_peers);
    m_peers->setModel(&m_model.peers());
    m_peers->horizontalHeader()->setSectionResizeMode(PeersModel::NameColumn, QHeaderView::Stretch);
    for (const int column : {PeersModel::StateColumn, PeersModel::BehindColumn, PeersModel::VersionColumn})
        m_peers->setColumnWidth(column, 140);
    m_peers->setAccessibleName(title->text());
    panel->column()->addWidget(title);
    auto *table = new QVBoxLayout;
    table->setContentsMargins(kInset - kCellInset, 0, kInset - kCellInset, 0);     // its text stands under the title
    table->addWidget(m_peers);
    panel->column()->addLayout(table, 1);
    return panel;
}

void NetworkSection::show()
{
    m_failure->setMessage(m_model.failure());
    m_failure->setVisible(!m_model.failure().isEmpty());
    const node::Status &status = m_model.status();
    const bool client = status.role == node::Role::Client;
    m_host->setVisible(!client);
    m_codePanel->setVisible(!client);
    m_peersPanel->setVisible(!client);
    m_client->setVisible(client);
    const QString waits = waitingWords(status);
    m_waits->setMessage(waits, tr("Both values are kept. Open the person in Patients and write what is right; a page to decide them one by one follows."));
    m_waits->setVisible(!waits.isEmpty());
    if (!m_model.hosting() || (m_asked > 0 && status.clients.empty()))
        m_stop->hide();                                      // what was asked is no longer so
    showHost();
    showSync();
    showCode();
    if (!client)
        return;
    const bool refused = m_model.historyRefused();
    m_clientTitle->setText(status.host.isEmpty() ? tr("This PC follows a host") : tr("This PC follows %1").arg(status.host));
    m_clientWords->setText(refused ? status.attention
                           : status.state == node::SyncState::Offline ? tr("No line to the host. Everything works, and is sent when it answers.")
                                                                      : tr("Connected. Changes arrive at once."));
    if (const QString skew = skewWords(status); !skew.isEmpty())
        m_clientWords->setText(m_clientWords->text() + QLatin1Char(' ') + tr("%1: set it right, so that times in the records agree.").arg(skew));
    if (refused)
        m_joinBox->show();
    m_joinWords->setText(tr("This PC's copy is saved in a folder beside it, with what was not sent yet. Then it fetches the clinic anew."));
    m_joinNow->setText(refused ? tr("Save this copy aside and join afresh") : tr("Save this copy aside and join"));
    if (m_model.joining())
        m_joinNow->setBusy(tr("Joining"));
    else
        m_joinNow->setReady();
}

void NetworkSection::showHost()
{
    const bool on = m_model.hosting();
    const auto connected = static_cast<int>(m_model.status().clients.size());
    m_hosting->setChecked(on);
    m_hostWords->setText(!on              ? tr("Other PCs cannot join or exchange through it")
                         : connected == 0 ? tr("No other PC is connected")
                         : connected == 1 ? tr("1 PC is connected through it")
                                          : tr("%1 PCs are connected through it").arg(connected));
    m_addressTitle->setVisible(on);
    m_portField->setVisible(!on);
    m_hostHint->setText(on && !m_model.status().trialLan ? tr("Until accounts exist it listens on this PC alone. Start Anteroom with --trial-lan to let other PCs in.") : QString());
    m_hostHint->setVisible(!m_hostHint->text().isEmpty());
    if (const QStringList addresses = m_model.addresses(); addresses != m_shownAddresses) {
        m_shownAddresses = addresses;
        while (QLayoutItem *item = m_addresses->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const QString &address : addresses) {
            auto *line = new QWidget;
            auto *row = new QHBoxLayout(line);
            row->setContentsMargins(0, 0, 0, 0);
            auto *words = new Label(address, Type::Name);
            words->setTextInteractionFlags(Qt::TextSelectableByMouse);
            auto *copy = new Button(tr("Copy"), QStringLiteral("copy"), ButtonKind::Link);
            connect(copy, &Button::clicked, this, [address] { QGuiApplication::clipboard()->setText(address); });
            row->addWidget(words, 1);
            row->addWidget(copy);
            m_addresses->addWidget(line);
        }
    }
}

void NetworkSection::showSync()
{
    const node::Status &status = m_model.status();
    m_auto->setChecked(status.autoSync);
    if (const int row = m_interval->findData(status.syncIntervalS); row >= 0)
        m_interval->setCurrentIndex(row);
    m_interval->setEnabled(status.autoSync);
    m_result->setText(m_model.syncResult());
    if (m_model.syncing())
        m_syncNow->setBusy(tr("Syncing"));
    else
        m_syncNow->setReady();
}

void NetworkSection::showCode()
{
    const QString code = m_model.code();
    m_code->setText(code.isEmpty() ? tr("No code") : code);
    m_code->setTone(code.isEmpty() ? Tone::Text3 : Tone::Text);
    m_codeBar->setVisible(!code.isEmpty());
    m_codeBar->setValue(static_cast<int>(m_model.codePart() * kBarSteps));
    m_codeLeft->setText(m_model.hosting() ? m_model.codeLeft() : tr("Let this PC host the clinic first."));
    m_newCode->setWhyDisabled(m_model.hosting() ? QString() : tr("This PC does not host the clinic"));
    m_copyCode->setVisible(!code.isEmpty());
}

} // namespace anteroom::ui
