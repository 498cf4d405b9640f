#include "app/desktop_pictures.h"

#include "core/when_ready.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/prescriptions.h"
#include "ui/books/books_page.h"
#include "ui/common/button.h"
#include "ui/common/search_box.h"
#include "ui/common/sheet.h"
#include "ui/first_start/first_start_page.h"
#include "ui/import/import_panel.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/patients/similar_panel.h"
#include "ui/queue/queue_page.h"
#include "ui/records/history_panel.h"
#include "ui/records/record_form.h"
#include "ui/records/record_form_archive.h"
#include "ui/records/record_form_model.h"
#include "ui/records/records_list.h"
#include "ui/records/records_page.h"
#include "ui/search/search_panel.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

namespace anteroom::app {
namespace {

namespace tables = schema::tables;
using namespace Qt::StringLiterals;

// Two people, one of them as no clinic could take it, and a line that is no record at all.
constexpr char kImported[] =
    R"({"resourceType":"Patient","id":"a1","name":[{"use":"official","family":"Okonkwo","given":["Zoë","Ana"]}],"gender":"female","birthDate":"1987-04-17"})"
    "\n"
    R"({"resourceType":"Patient","id":"a2","name":[{"use":"official","family":"Traoré","given":["Issa"]}],"gender":"male","birthDate":"2019-11-02"})"
    "\n"
    R"({"resourceType":"Patient","id":"a3","gender":"male","birthDate":"1999-02-31"})"
    "\n"
    R"({"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Mood"},"subject":{"reference":"Patient/a1"},"valueString":"well"})"
    "\n"
    R"({"resourceType":"Claim","id":"c1","status":"active"})"
    "\nnot a record\n";

ui::RecordsPage *recordsOf(ui::DeskWindow &window)
{
    window.shell()->open(u"records"_s);
    return static_cast<ui::RecordsPage *>(window.shell()->page(u"records"_s));
}

ui::BooksPage *bookOf(ui::DeskWindow &window)
{
    window.shell()->open(u"book"_s);
    return static_cast<ui::BooksPage *>(window.shell()->page(u"book"_s));
}

QString textOf(const schema::Row &row, const char *column) { return schema::toQString(row[schema::findColumn(tables::patients, column)]); }

void runCommand(ui::Shell &shell, const QString &id)
{
    for (const ui::Command &command : shell.commands())
        if (command.id == id)
            return command.run();
}

} // namespace

void DesktopPictures::writeScript()
{
    queueAndBook();
    patientPages();
    differencePage();
    searchPage();
    recordPages();
    recordActs();
    settingsPages();
    sheetPages();
    reviewPages();                                           // last: from here on something needs you on every page
    firstStart();
}

// The person of most pictures: the first in today's queue who has an allergy.
void DesktopPictures::queueAndBook()
{
    add(u"everything is here"_s, [] {}, [this] {
        auto &model = host().queuePage()->model();
        if (!model.loaded() || !model.view().desk.chosen || model.board().tickets.empty() || m_demo->replica(0).status().clients.size() + 1 < std::size_t{kDemoPlaces})
            return false;
        for (const node::TicketView &ticket : model.board().tickets)
            if (ticket.patient && (m_patient.isNull() || !ticket.allergy.isEmpty())) {
                m_patient = ticket.patient->id;
                if (!ticket.allergy.isEmpty())
                    break;
            }
        return !m_patient.isNull();
    });
    picture(u"queue"_s, [this] { host().shell()->open(u"queue"_s); }, [] { return true; });
    picture(u"book"_s, [this] { bookOf(host()); }, [this] { return bookOf(host())->model().loaded() && !bookOf(host())->model().ink().strokes().empty(); });
}

void DesktopPictures::patientPages()
{
    const auto page = [this] { return host().patientsPage(); };
    const auto shown = [this, page] { return page()->details().details() && page()->details().details()->row.id == m_patient; };
    picture(u"patients"_s, [this, page] { page()->showPatient(m_patient); }, shown);
    add(u"who is registered twice"_s, [this, page] { page()->showPatient(m_patient); }, shown);
    picture(u"register"_s, [page] {
            const schema::Row row = page()->details().details()->row;
            page()->registerNew({});
            for (const auto &[field, column] : {std::pair(ui::PatientField::Given, "given_name"), std::pair(ui::PatientField::Family, "family_name"),
                                                std::pair(ui::PatientField::Phone, "phone")})
                if (auto *line = qobject_cast<QLineEdit *>(page()->form()->control(field)))
                    line->insert(textOf(row, column));       // as typed
        },
        [page] {
            const auto *similar = page()->form()->findChild<ui::SimilarPanel *>();
            return similar && !similar->findChildren<ui::Button *>().isEmpty();
        });
    add(u"back to the list"_s, [page] {
            page()->form()->startOver();
            page()->back();
        },
        [] { return true; });
}

void DesktopPictures::edit(int place, const schema::Table &table, const Uuid &id, const std::vector<schema::ColumnValue> &values)
{
    m_edited = false;
    whenReady(m_demo->replica(place).queries().record(table, id), this, [this, place, &table, values](const Result<std::optional<schema::Row>> &row) {
        if (!row || !*row)
            return fail(u"What the pictures show is not at %1."_s.arg(QLatin1String(kPlaces[static_cast<std::size_t>(place)].device)));
        const auto change = schema::makeUpdate(table, **row, values);
        whenReady(m_demo->replica(place).commands().save({.name = "record.change", .changes = {change}}), this, [this](const Result<node::SaveOutcome> &saved) {
            if (!saved || !saved->saved)
                return fail(saved ? u"A change of the pictures met a difference."_s : saved.error().detail);
            m_edited = true;
        });
    });
}

// The form of a person is open while another desk saves the same phone.
void DesktopPictures::differencePage()
{
    if (!wanted(u"difference"_s) && !wanted(u"history"_s))
        return;
    const auto page = [this] { return recordsOf(host()); };
    add(u"a form with a typed phone"_s, [this, page] {
            page()->openRecord(tables::patients, m_patient);
        },
        [this] { return recordReady(tables::patients); });
    add(u"the reception writes the same phone"_s, [this, page] {
            constexpr int kPhone = schema::col(tables::patients, "phone");
            page()->form()->model().setText(kPhone, u"76 12 40 89"_s);
            edit(1, tables::patients, m_patient, {{kPhone, schema::text(u"76 12 99 00"_s)}});
        },
        [this, page] { return m_edited && !page()->form()->model().differences().empty(); });
    picture(u"difference"_s, [page] { page(); }, [] { return true; });
    add(u"keep what was typed"_s, [page] {
            page()->form()->model().choose(0, ui::GroupDifference::Choice::Mine);
            page()->form()->model().save();
        },
        [this, page] { return recordReady(tables::patients) && !page()->form()->model().dirty(); });
    picture(u"history"_s, [this, page] {
            page()->openRecord(tables::patients, m_patient);
            for (ui::Button *button : page()->form()->findChildren<ui::Button *>())
                if (button->text() == ui::RecordForm::tr("History"))
                    button->click();
        },
        [page] { return page()->form()->findChild<ui::HistoryPanel *>()->steps() > 1; });
    add(u"close it"_s, [page] {
            while (page()->back()) { }
        },
        [] { return true; });
}

void DesktopPictures::searchPage()
{
    picture(u"search"_s, [this] {
            host().shell()->open(u"queue"_s);
            ui::SearchBox *box = host().shell()->search();
            host().widget()->activateWindow();
            box->setFocus(Qt::ShortcutFocusReason);
            for (const QChar letter : u"diallo"_s) {
                QKeyEvent press(QEvent::KeyPress, letter.toUpper().unicode(), Qt::NoModifier, QString(letter));
                QCoreApplication::sendEvent(box, &press);
            }
        },
        [this] {
            auto *panel = host().shell()->findChild<ui::SearchPanel *>();
            return panel && panel->isVisible() && panel->list()->model()->rowCount() > 2 && !panel->model().waiting();
        });
    add(u"no search"_s, [this] { runCommand(*host().shell(), u"page.queue"_s); host().shell()->search()->clear(); host().queuePage()->setFocus(); },
        [] { return true; });
}

bool DesktopPictures::recordReady(const schema::Table &table)
{
    const auto &model = recordsOf(host())->form()->model();
    return model.table() == &table && model.state() == ui::RecordFormModel::State::Ready;
}

void DesktopPictures::recordPages()
{
    const auto page = [this] { return recordsOf(host()); };
    const auto rows = [this, page](const schema::Table &table) {
        const auto &model = page()->list()->model();
        return page()->list()->table() == &table && model.loaded() && model.rowCount() > 0;
    };
    const auto form = [this, page, rows](const QString &name, const schema::Table &table, int row) {
        if (!wanted(name))
            return;
        add(name, [page, &table] { page()->list()->choose(table); }, [rows, &table] { return rows(table); });
        picture(name, [page, &table, row] { page()->openRecord(table, page()->list()->model().at(std::min(row, page()->list()->model().rowCount() - 1)).id); },
                [this, &table] { return recordReady(table); });
        add(u"close it"_s, [page] {
                while (page()->back()) { }
            },
            [] { return true; });
    };
    picture(u"records"_s, [page] { page()->list()->choose(tables::patient_bills); }, [rows] { return rows(tables::patient_bills); });
    form(u"record"_s, tables::clinic_services, 2);
    form(u"bill"_s, tables::patient_bills, 0);
    form(u"bill-item"_s, tables::bill_items, 0);
    picture(u"empty"_s, [page] { page()->list()->choose(tables::prescriptions); },
            [page] { return page()->list()->table() == &tables::prescriptions && page()->list()->model().loaded() && page()->list()->model().total() == 0; });
}

void DesktopPictures::recordActs()
{
    if (!wanted(u"archive"_s))
        return;
    const auto page = [this] { return recordsOf(host()); };
    add(u"a service"_s, [page] { page()->list()->choose(tables::clinic_services); },
        [page] { return page()->list()->table() == &tables::clinic_services && page()->list()->model().loaded() && page()->list()->model().rowCount() > 1; });
    add(u"its form"_s, [page] { page()->openRecord(tables::clinic_services, page()->list()->model().at(1).id); }, [this] { return recordReady(tables::clinic_services); });
    picture(u"archive"_s, [page] {
            page()->form()->archive();
            page()->form()->findChild<ui::RecordArchive *>()->reason()->setText(u"Not offered any more"_s);
        },
        [] { return true; });
    add(u"close it"_s, [page] {
            while (page()->back()) { }
        },
        [] { return true; });
}

void DesktopPictures::settingsPages()
{
    const auto page = [this] { return host().settingsPage(); };
    picture(u"settings"_s, [page] {
            page()->showSection(u"network"_s);
            page()->network()->model().newCode();
        },
        [page] { return !page()->network()->model().code().isEmpty(); });
    picture(u"settings-look"_s, [page] { page()->showSection(u"look"_s); }, [] { return true; });
    picture(u"import"_s, [this, page] {
            page()->showSection(u"data"_s);
            QFile file(m_data.filePath(u"people.ndjson"_s));
            if (!file.open(QIODevice::WriteOnly) || file.write(kImported) < 0)
                return fail(u"Cannot write %1. Is the disk full?"_s.arg(file.fileName()));
            file.close();
            if (auto *panel = page()->findChild<ui::ImportPanel *>())
                panel->chooseFiles({file.fileName()});
        },
        [page] {
            const auto *panel = page()->findChild<ui::ImportPanel *>();
            return panel && panel->step() == ui::ImportPanel::Step::Checked;
        });
}

void DesktopPictures::sheetPages()
{
    const auto sheet = [this] { return host().shell()->findChild<ui::Sheet *>(); };
    for (const auto &[name, id] : {std::pair(u"keys"_s, u"keys"_s), std::pair(u"palette"_s, u"palette"_s)}) {
        picture(name, [this, id = id] {
                host().shell()->open(u"queue"_s);
                runCommand(*host().shell(), id);
            },
            [sheet] { return sheet() != nullptr; });
        add(u"close it"_s, [sheet] {
                if (sheet())
                    sheet()->leave();
            },
            [sheet] { return sheet() == nullptr; });
    }
}

void DesktopPictures::firstStart()
{
    const auto open = [this] {
        auto opened = node::Replica::open({.dataDir = m_data.filePath(u"new-pc"_s)});
        if (!opened)
            return fail(opened.error().detail);
        m_newPc = std::move(*opened);
        m_newWindow = std::make_unique<ui::DeskWindow>(*m_newPc, m_theme);
        m_newWindow->settings().setReducedMotion(u"on"_s);
        m_newWindow->show();
    };
    picture(u"first-start"_s, open, [this] { return m_newWindow != nullptr; });
}

} // namespace anteroom::app
