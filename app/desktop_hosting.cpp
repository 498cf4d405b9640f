#include "app/desktop_hosting.h"

#include "app/desktop_hosting_awake.h"
#include "node/control_client.h"

#include <QGuiApplication>
#include <QSessionManager>

namespace anteroom::app {
namespace {

constexpr int kRaiseMs = 5'000;          // a window that does not answer by then hangs
const auto kDo = QLatin1String("do");
const auto kRaise = QLatin1String("raise");

} // namespace

DesktopHosting::DesktopHosting(const ui::Theme &theme, const AutostartCommand &command)
    : m_tray(std::make_unique<ui::SystemTray>(theme)), m_autostart(makeAutostart(command)), m_awake(makeAwake())
{
}

void DesktopHosting::connectWindow(QGuiApplication &application, ui::DeskWindow &window)
{
    QObject::connect(&window.hostWindow(), &ui::HostWindow::left, &application, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&application, &QGuiApplication::commitDataRequest, &window, [&window] {
        window.keepDrafts();
        window.hostWindow().endSession();
    }, Qt::DirectConnection);
}

void RaisingHandler::handle(const QJsonObject &request, const node::ControlAnswer &answer)
{
    if (request.value(kDo).toString() != kRaise)
        return m_rest.handle(request, answer);
    m_window.hostWindow().raise();
    answer.done(QJsonObject{});
}

bool raiseRunning(const QString &dataDir)
{
    auto client = node::ControlClient::connectTo(dataDir, kRaiseMs);
    if (!client)
        return false;
    (*client)->handle({{kDo, kRaise}}, {.part = [](const QJsonObject &) {},
                                        .done = [](const Result<QJsonObject> &result) {
                                            QMetaObject::invokeMethod(qApp, [raised = result.has_value()] { QCoreApplication::exit(raised ? 0 : 1); }, Qt::QueuedConnection);
                                        }});
    return QCoreApplication::exec() == 0;
}

} // namespace anteroom::app
