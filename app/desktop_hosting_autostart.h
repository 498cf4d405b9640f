// Starting with the PC. Linux: one file of the desktop's autostart folder, which carries the mark of the data folder it is
// for; a file without that mark is somebody else's and is never written or removed. Windows: a value of the user's Run key.
#pragma once

#include "ui/hosting/ports.h"

#include <memory>

namespace anteroom::app {

struct AutostartCommand {
    QString program;                 // absolute
    QString dataDir;
    bool trialLan = false;

    [[nodiscard]] QStringList arguments() const;
};

// A string as one quoted argument of Exec, escaped twice: as an argument, then as a value of the file.
[[nodiscard]] QString desktopEntryArgument(const QString &text);

class XdgAutostart final : public ui::AutostartPort {
public:
    explicit XdgAutostart(AutostartCommand command);

    [[nodiscard]] bool on() const override;
    [[nodiscard]] Result<void> set(bool on) override;
    // A program that moved writes its new path; whether it starts, and how it listens, stays as it was.
    [[nodiscard]] Result<void> refresh();
    [[nodiscard]] static QString path();

private:
    AutostartCommand m_command;
};

// For this PC; a program that moved has its new path afterwards. Null where the system has no such thing.
[[nodiscard]] std::unique_ptr<ui::AutostartPort> makeAutostart(const AutostartCommand &command);

} // namespace anteroom::app
