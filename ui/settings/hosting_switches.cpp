#include "ui/settings/hosting_switches.h"

#include "ui/common/label.h"
#include "ui/common/switch.h"
#include "ui/hosting/hosting.h"
#include "ui/settings/app_settings.h"
#include "ui/settings/switch_row.h"

#include <QBoxLayout>

namespace anteroom::ui {

HostingSwitches::HostingSwitches(Hosting &hosting, AppSettings &settings, QWidget *parent)
    : QWidget(parent), m_hosting(hosting), m_settings(settings), m_start(new Switch(tr("Start hosting when this PC starts"))),
      m_awake(new Switch(tr("Keep this PC awake while others are connected"))), m_failure(new Label({}, Type::Secondary, Tone::Text2)),
      m_tray(new Label(tr("When this window closes, hosting goes on in the tray."), Type::Secondary, Tone::Text3))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *start = new SwitchRow(m_start), *awake = new SwitchRow(m_awake);
    start->setVisible(m_hosting.mayStartWithPc());
    awake->setVisible(m_hosting.mayKeepAwake());
    m_failure->setWordWrap(true);
    m_failure->setHue(Hue::Urgent);
    m_tray->setWordWrap(true);
    column->addWidget(start);
    column->addWidget(awake);
    column->addWidget(m_failure);
    column->addWidget(m_tray);
    connect(m_start, &Switch::clicked, this, [this](bool on) { m_hosting.setStartsWithPc(on); });
    connect(m_awake, &Switch::clicked, this, [this](bool on) { m_settings.setKeepAwake(on); });
    connect(&m_hosting, &Hosting::changed, this, &HostingSwitches::show);
    connect(&m_settings, &AppSettings::failed, this, &HostingSwitches::show);
    show();
}

void HostingSwitches::show()
{
    m_start->setChecked(m_hosting.startsWithPc());
    m_awake->setChecked(m_settings.keepAwake());
    const QStringList words = QStringList{m_hosting.autostartFailure(), m_hosting.awakeFailure()}.filter(QStringLiteral(" "));
    m_failure->setText(words.join(QLatin1Char('\n')));
    m_failure->setVisible(!words.isEmpty());
    m_tray->setVisible(m_hosting.hosts() && m_hosting.hasTray());
}

} // namespace anteroom::ui
