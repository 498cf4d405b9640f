#include "app/desktop_scene.h"

#include "core/when_ready.h"
#include "node/data_folder.h"
#include "node/digest.h"
#include "schema/tables/patients.h"
#include "ui/common/button.h"
#include "ui/first_start/first_start_page.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/desk_strip.h"
#include "ui/queue/queue_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QStandardPaths>

#include <cstdio>

namespace anteroom::app {
namespace {

constexpr int kPollMs = 2;                                   // finer than what is measured
constexpr char kWithToast[] = "queue-host";                 // the other pictures show what lies under it
constexpr int kSettleMs = 120;                               // colours and layout after a switch
constexpr int kHost = 0, kReception = 1, kRoom3 = 2;
constexpr int kPhone = schema::col(schema::tables::patients, "phone");
const QString kGiven = QStringLiteral("Zuleika");
const QString kFamily = QStringLiteral("Demoto");

} // namespace

DesktopScene::DesktopScene(QString outDir, ui::Theme &theme, QObject *parent) : QObject(parent), m_out(std::move(outDir)), m_theme(theme)
{
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &DesktopScene::poll);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { fail(QStringLiteral("The scene did not end in %1 s: it waited for “%2”.").arg(kMostMs / 1000).arg(QLatin1String(m_step))); });
}

void DesktopScene::say(const QString &line)
{
    std::fprintf(stdout, "%s\n", qPrintable(line));
    std::fflush(stdout);
}

void DesktopScene::fail(const QString &line)
{
    m_poll.stop();
    m_steps.clear();
    std::fprintf(stderr, "%s\n", qPrintable(line));
    Q_EMIT finished(1);
}

void DesktopScene::start()
{
    m_all.start();
    m_limit.start(kMostMs);
    QDir out(m_out);
    if (!out.mkpath(QStringLiteral("data")) || !QDir(out.filePath(QStringLiteral("data"))).removeRecursively()) {
        fail(QStringLiteral("Cannot write in %1. Give a folder that you may write in.").arg(m_out));
        return;
    }
    m_demo = std::make_unique<DesktopDemo>(out.filePath(QStringLiteral("data")), m_theme);
    connect(m_demo.get(), &DesktopDemo::failed, this, [this](const Error &error) { fail(error.detail); });
    connect(m_demo.get(), &DesktopDemo::ready, this, [this] {
        say(QStringLiteral("Demo clinic made, host and two clients joined: %1 ms").arg(m_all.elapsed()));
        m_demo->show(kDemoPlaces);
        writeScript();
        next();
    });
    m_demo->start();
}

void DesktopScene::add(const char *what, std::function<void()> begin, std::function<bool()> done) { m_steps.push_back({what, std::move(begin), std::move(done)}); }

void DesktopScene::next()
{
    m_poll.stop();
    if (m_steps.empty()) {
        compare();
        return;
    }
    const Step step = std::move(m_steps.front());
    m_steps.pop_front();
    m_until = step.done;
    m_step = step.what;
    m_since.start();
    step.begin();
    m_poll.start();
}

void DesktopScene::poll()
{
    if (m_until && m_until())
        next();
}

void DesktopScene::countPatients(int place)
{
    whenReady(m_demo->replica(place).queries().countPatients(), this, [this, place](const Result<std::int64_t> &count) {
        m_counts[static_cast<std::size_t>(place)] = count.value_or(-1);
    });
}

void DesktopScene::writeScript()
{
    add("everything is here", [this] { for (int p = 0; p < kDemoPlaces; ++p) countPatients(p); },
        [this] {
            const bool same = m_counts[kHost] > 0 && m_counts[kHost] == m_counts[kReception] && m_counts[kHost] == m_counts[kRoom3];
            if (same) {
                m_countBefore = m_counts[kHost];
                say(QStringLiteral("%1 patients at each of three PCs").arg(m_countBefore));
            } else {
                for (int p = 0; p < kDemoPlaces; ++p)
                    countPatients(p);
            }
            return same;
        });
    registerAtReception();
    callAtTwoDesks();
    pictures();
    firstStartPictures();
    cutRoom3();
    plugInAgain();
}

void DesktopScene::registerAtReception()
{
    add("register", [this] {
            auto *page = m_demo->window(kReception).patientsPage();
            page->registerNew({});
            auto &form = page->form()->model();
            form.setText(ui::PatientField::Given, kGiven);
            form.setText(ui::PatientField::Family, kFamily);
            form.setText(ui::PatientField::Sex, QStringLiteral("female"));
            form.setText(ui::PatientField::Birth, QStringLiteral("34"));
            form.setText(ui::PatientField::Phone, QStringLiteral("76 12 40 88"));
            m_patient = form.patientId();
            m_found = false;
            // The clock starts with the press of the button, and stops when Room 3 reads the row.
            connect(&m_demo->replica(kRoom3), &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
                for (const node::ChangedRow &row : rows)
                    if (row.id == m_patient && !m_found && m_measuring) {
                        m_found = true;
                        m_measuring = false;
                        say(QStringLiteral("Registered at the reception, in Room 3 after %1 ms").arg(m_since.elapsed()));
                    }
            });
            m_measuring = true;
            m_since.restart();
            page->form()->save(true);
        },
        [this] { return m_found && m_demo->window(kReception).patientsPage()->title() == QLatin1String("Patients"); });
}

void DesktopScene::callAtTwoDesks()
{
    add("call next at two desks", [this] {
            m_demo->window(kHost).queuePage()->model().reload();
            m_demo->window(kRoom3).queuePage()->model().reload();
        },
        [this] {
            for (const int place : {kHost, kRoom3})
                if (!m_demo->window(place).queuePage()->model().view().desk.next)
                    return false;
            return true;
        });
    add("both press F9", [this] {
            for (const int place : {kHost, kRoom3})
                m_demo->window(place).queuePage()->strip()->next->click();
        },
        [this] {
            const auto current = [this](int place) { return m_demo->window(place).queuePage()->model().view().desk.current; };
            const auto busy = [this](int place) { return m_demo->window(place).queuePage()->deskActs().busy(); };
            const auto a = current(kHost), b = current(kRoom3);
            if (busy(kHost) || busy(kRoom3) || !a || !b || a->id == b->id || a->state != domain::TicketState::Called || b->state != domain::TicketState::Called)
                return false;
            say(QStringLiteral("Two desks called at once: %1 at Desk 1, %2 in Room 3, after %3 ms").arg(a->label, b->label).arg(m_since.elapsed()));
            return true;
        });
}

void DesktopScene::save(QWidget *window, const QString &name, bool dark)
{
    const QString file = QDir(m_out).filePath(name + (dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png")));
    if (!window->grab().save(file))
        fail(QStringLiteral("Cannot write %1. Is the disk full?").arg(file));
}

// A change of colours and layout reaches the widgets with the next turns of the loop, so the grab waits for them.
void DesktopScene::picture(int place, const QString &name)
{
    for (const bool dark : {false, true})
        add("a picture", [this, dark] { m_theme.setScheme(dark ? ui::Theme::Scheme::Dark : ui::Theme::Scheme::Light); },
            [this, place, name, dark] {
                if (m_since.elapsed() < kSettleMs)
                    return false;
                if (name != QLatin1String(kWithToast))
                    for (ui::Toast *toast : m_demo->window(place).shell()->toasts()->toasts())
                        toast->hide();
                save(m_demo->window(place).widget(), name, dark);
                return true;
            });
}

void DesktopScene::pictures()
{
    const auto ready = [this](std::function<void()> open, std::function<bool()> there) { add("open", std::move(open), std::move(there)); };
    picture(kHost, QStringLiteral("queue-host"));
    picture(kRoom3, QStringLiteral("queue-room3"));
    ready([this] { m_demo->window(kReception).patientsPage()->showPatient(m_patient); },
          [this] { return m_demo->window(kReception).patientsPage()->details().details().has_value(); });
    picture(kReception, QStringLiteral("patients"));
    ready([this] { m_demo->window(kReception).patientsPage()->registerNew(QStringLiteral("ami dia")); }, [this] { return m_since.elapsed() > 600; });
    picture(kReception, QStringLiteral("register"));
    ready([this] { m_demo->window(kHost).settingsPage()->network()->model().newCode(); },
          [this] { return !m_demo->window(kHost).settingsPage()->network()->model().code().isEmpty(); });
    picture(kHost, QStringLiteral("settings"));
    ready([this] { m_demo->window(kReception).queuePage()->newTicket(m_patient); }, [this] { return m_since.elapsed() > 300; });
    picture(kReception, QStringLiteral("new-ticket"));
    ready([this] {
              m_demo->window(kReception).queuePage()->back();
              auto *page = m_demo->window(kReception).patientsPage();
              page->back();
              page->searchFor(QStringLiteral("dia"));
          },
          [this] { return m_demo->window(kReception).patientsPage()->model().list().rowCount() > 0 && m_since.elapsed() > 300; });
    picture(kReception, QStringLiteral("search"));
    ready([this] { m_demo->window(kReception).settingsPage()->showSection(QStringLiteral("network")); }, [this] { return m_since.elapsed() > 100; });
    picture(kReception, QStringLiteral("settings-client"));
    ready([this] { m_demo->window(kReception).settingsPage()->showSection(QStringLiteral("desk")); }, [this] { return m_since.elapsed() > 100; });
    picture(kReception, QStringLiteral("settings-desk"));
    ready([this] { m_demo->window(kReception).settingsPage()->showSection(QStringLiteral("look")); }, [this] { return m_since.elapsed() > 100; });
    picture(kReception, QStringLiteral("settings-look"));
    differencePictures();
}

// A form is open at the reception while Desk 1 saves the same phone: the difference is shown before it is saved.
void DesktopScene::differencePictures()
{
    const auto page = [this] { return m_demo->window(kReception).patientsPage(); };
    add("open the form", [this, page] { page()->showPatient(m_patient); },
        [this, page] { return page()->details().details() && page()->details().details()->row.id == m_patient; });
    add("two desks write the phone", [this, page] {
            m_found = false;
            page()->editCurrent();
            page()->form()->model().setText(ui::PatientField::Phone, QStringLiteral("76 12 40 89"));
            editPhone(kHost, QStringLiteral("76 12 99 00"));
        },
        [this] {
            if (m_edited && m_asked++ % 10 == 0)
                whenReady(m_demo->replica(kReception).queries().record(schema::tables::patients, m_patient), this, [this](const Result<std::optional<schema::Row>> &row) {
                    m_found = row && *row && schema::toQString((**row)[kPhone]) == m_phone;
                });
            return m_edited && m_found;
        });
    add("save the form", [page] { page()->form()->save(false); },
        [page] { return page()->form()->model().state() == ui::PatientFormModel::State::Differs; });
    picture(kReception, QStringLiteral("difference"));
    add("keep mine", [page] {
            page()->form()->model().choose(0, ui::GroupConflict::Choice::Mine);
            page()->form()->save(false);
        },
        [this, page] {
            if (page()->title() != QLatin1String("Patients"))
                return false;
            say(QStringLiteral("Two desks wrote one phone number: the second was shown the first before saving"));
            return true;
        });
}

void DesktopScene::firstStartPictures()
{
    add("a PC without a clinic", [this] {
            auto opened = node::Replica::open({.dataDir = QDir(m_out).filePath(QStringLiteral("data/new-pc"))});
            if (!opened)
                return fail(opened.error().detail);
            m_newPc = std::move(*opened);
            m_newWindow = std::make_unique<ui::DeskWindow>(*m_newPc, m_theme);
            m_newWindow->show();
        },
        [this] { return m_newWindow != nullptr; });
    for (const bool form : {false, true})
        for (const bool dark : {false, true})
            add("a picture", [this, form, dark] {
                    m_theme.setScheme(dark ? ui::Theme::Scheme::Dark : ui::Theme::Scheme::Light);
                    if (auto *page = qobject_cast<ui::FirstStartPage *>(m_newWindow->widget()); page && form)
                        page->model().choose(ui::FirstStartModel::Choice::Join);
                },
                [this, form, dark] {
                    if (m_since.elapsed() < kSettleMs)
                        return false;
                    save(m_newWindow->widget(), form ? QStringLiteral("join") : QStringLiteral("first-start"), dark);
                    return true;
                });
    add("close it", [this] {
            m_newWindow.reset();
            m_newPc.reset();
        },
        [] { return true; });
}

void DesktopScene::editPhone(int place, const QString &phone)
{
    m_edited = false;
    m_phone = phone;
    whenReady(m_demo->replica(place).queries().record(schema::tables::patients, m_patient), this, [this, place](const Result<std::optional<schema::Row>> &row) {
        if (!row || !*row) {
            fail(QStringLiteral("The patient is not at %1.").arg(QLatin1String(kPlaces[static_cast<std::size_t>(place)].device)));
            return;
        }
        const auto change = schema::makeUpdate(schema::tables::patients, **row, {{kPhone, schema::text(m_phone)}});
        whenReady(m_demo->replica(place).commands().save({.name = "patients.edit", .changes = {change}}), this, [this](const Result<node::SaveOutcome> &saved) {
            if (saved && saved->saved)
                m_edited = true;
            else
                fail(saved ? QStringLiteral("The offline edit met a difference.") : saved.error().detail);
        });
    });
}

void DesktopScene::cutRoom3()
{
    add("cut", [this] {
            if (const auto cut = m_demo->reopen(kRoom3, false); !cut)
                return fail(cut.error().detail);
            m_demo->window(kRoom3).show();
            editPhone(kRoom3, QStringLiteral("70 99 88 77"));
        },
        [this] { return m_edited; });
    add("the board offline", [] {}, [this] { return m_demo->window(kRoom3).queuePage()->model().loaded(); });
    add("a ticket offline", [this] {
            auto *page = m_demo->window(kRoom3).queuePage();
            page->deskActs().take({.patient = m_patient, .servicePoint = page->model().board().points.back().id}, kGiven);
        },
        [this] {
            const node::Status &status = m_demo->replica(kRoom3).status();
            if (status.pending < 2)
                return false;
            say(QStringLiteral("Room 3 cut off: %1 changes wait there, the desk went on").arg(status.pending));
            return true;
        });
    picture(kRoom3, QStringLiteral("queue-offline"));
}

void DesktopScene::plugInAgain()
{
    add("plug in again", [this] {
            if (const auto again = m_demo->reopen(kRoom3, true); !again)
                return fail(again.error().detail);
            m_demo->window(kRoom3).show();
            m_found = false;
            m_asked = 0;
        },
        [this] {
            if (m_found)
                say(QStringLiteral("Plugged in again: the edit of Room 3 is at the reception after %1 ms").arg(m_since.elapsed()));
            else if (m_asked++ % 10 == 0)
                whenReady(m_demo->replica(kReception).queries().record(schema::tables::patients, m_patient), this, [this](const Result<std::optional<schema::Row>> &row) {
                    m_found = m_found || (row && *row && schema::toQString((**row)[kPhone]) == m_phone);
                });
            return m_found;
        });
    add("all synced", [] {},
        [this] {
            const auto head = m_demo->replica(kHost).status().rev;
            for (const int place : {kReception, kRoom3}) {
                const node::Status &status = m_demo->replica(place).status();
                if (status.pending != 0 || status.cursor != head)
                    return false;
            }
            return true;
        });
}

void DesktopScene::compare()
{
    std::array<QByteArray, kDemoPlaces> whole;
    for (int place = 0; place < kDemoPlaces; ++place) {
        const auto digest = node::contentDigest(node::databasePath(m_demo->folder(place)));
        if (!digest) {
            fail(digest.error().detail);
            return;
        }
        whole[static_cast<std::size_t>(place)] = digest->whole;
        say(QStringLiteral("%1  %2 rows  %3").arg(QLatin1String(kPlaces[static_cast<std::size_t>(place)].device), -10).arg(digest->count).arg(QString::fromLatin1(digest->whole.toHex())));
    }
    const bool equal = whole[0] == whole[1] && whole[0] == whole[2];
    say(equal ? QStringLiteral("Equal on all three PCs, %1 s in all. Pictures: %2").arg(static_cast<double>(m_all.elapsed()) / 1000.0, 0, 'f', 1).arg(m_out)
              : QStringLiteral("NOT equal"));
    m_limit.stop();
    m_demo.reset();
    Q_EMIT finished(equal ? 0 : 1);
}

} // namespace anteroom::app
