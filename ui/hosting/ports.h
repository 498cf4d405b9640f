// What hosting asks of the PC it runs on: an icon in the tray, starting with the PC, staying awake. Interfaces alone: the
// composition root gives the real ones, a test its own. None of them shows a dialog, blocks, or decides anything.
#pragma once

#include "core/result.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace anteroom::ui {

struct TrayView {
    enum class Icon : unsigned char { Synced, Syncing, Pending, Offline, Attention };

    bool shown = false;              // this PC hosts
    Icon icon = Icon::Synced;
    QString words;                   // "Hosting · 3 PCs connected · Synced"
    QString connected;               // "3 PCs connected"
    QStringList names;               // of the connected PCs

    bool operator==(const TrayView &) const = default;
};

class TrayPort : public QObject {
    Q_OBJECT
public:
    [[nodiscard]] virtual bool available() const = 0;        // asked each time: a panel may start late, or end
    virtual void show(const TrayView &view) = 0;
    virtual void say(const QString &title, const QString &words) = 0;

Q_SIGNALS:
    void openWanted();
    void syncWanted();
    void stopWanted();
    void quitWanted();
};

class AutostartPort {
public:
    virtual ~AutostartPort() = default;
    [[nodiscard]] virtual bool on() const = 0;
    [[nodiscard]] virtual Result<void> set(bool on) = 0;     // off never touches what somebody else wrote
};

class AwakePort : public QObject {
    Q_OBJECT
public:
    virtual void hold(const QString &why) = 0;               // answered by held or failed
    virtual void release() = 0;

Q_SIGNALS:
    void held();
    void failed(const QString &words);                       // once a hold()
};

struct HostingPorts {                // each may be missing; they outlive whoever is given them
    TrayPort *tray = nullptr;
    AutostartPort *autostart = nullptr;
    AwakePort *awake = nullptr;
};

} // namespace anteroom::ui
