// How this PC hosts when nobody thinks of it: starting with the PC, staying awake, and going on in the tray. Layout only.
#pragma once

#include <QWidget>

namespace anteroom::ui {

class AppSettings;
class Hosting;
class Label;
class Switch;

class HostingSwitches final : public QWidget {
    Q_OBJECT
public:
    HostingSwitches(Hosting &hosting, AppSettings &settings, QWidget *parent = nullptr);

    [[nodiscard]] Switch *startSwitch() const { return m_start; }
    [[nodiscard]] Switch *awakeSwitch() const { return m_awake; }
    [[nodiscard]] Label *failure() const { return m_failure; }           // in words; hidden while there is none

private:
    void show();

    Hosting &m_hosting;
    AppSettings &m_settings;
    Switch *m_start, *m_awake;
    Label *m_failure, *m_tray;
};

} // namespace anteroom::ui
