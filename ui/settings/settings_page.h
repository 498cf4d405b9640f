// Settings: network and sync, which desk this PC is, how it looks, its data. What is chosen acts at once. Layout only.
#pragma once

#include "ui/shell/page.h"
#include "ui/settings/network_section.h"

class QComboBox;
class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace anteroom::ui {

class AppSettings;
class Label;
class QueueModel;
class Segments;

class SettingsPage final : public Page {
    Q_OBJECT
public:
    SettingsPage(const Context &context, QueueModel &queue, QWidget *parent = nullptr);

    QString title() const override { return tr("Settings"); }
    QString subtitle() const override;
    QWidget *firstFocus() override;
    void showSection(const QString &id);                     // "network", "desk", "look", "data"
    void addDataPanel(QWidget *panel);                       // the section "Data" is there from the first panel on
    [[nodiscard]] NetworkSection *network() const { return m_network; }

private:
    QWidget *buildDesk();
    QWidget *buildLook();
    QWidget *buildLanguage();
    void fillDesk();

    AppSettings &m_settings;
    QueueModel &m_queue;
    QListWidget *m_nav;
    QStackedWidget *m_stack;
    NetworkSection *m_network;
    QComboBox *m_point, *m_room;
    QVBoxLayout *m_data = nullptr;
};

} // namespace anteroom::ui
