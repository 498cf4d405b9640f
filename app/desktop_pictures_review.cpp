// Pictures of what needs a person: Room 3 is cut off, both desks write the same address and the same bill, and the cable
// comes back. Nothing is put into the database by hand.
#include "app/desktop_pictures.h"

#include "core/when_ready.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "ui/conflicts/conflicts_page.h"
#include "ui/conflicts/inbox_pane.h"

namespace anteroom::app {
namespace {

namespace tables = schema::tables;
using namespace Qt::StringLiterals;

constexpr int kHost = 0, kRoom3 = 2;

std::vector<schema::ColumnValue> address(const QString &line, const QString &district, const QString &city)
{
    constexpr const schema::Table &kTable = tables::patients;
    return {{schema::col(kTable, "address_line"), schema::text(line)}, {schema::col(kTable, "district"), schema::text(district)}, {schema::col(kTable, "city"), schema::text(city)}};
}

std::vector<schema::ColumnValue> note(const QString &words) { return {{schema::col(tables::patient_bills, "note"), schema::text(words)}}; }

} // namespace

void DesktopPictures::reviewPages()
{
    const auto page = [this] { return host().conflictsPage(); };
    const auto ready = [page](node::InboxKind kind) { return page()->model().card() && page()->model().card()->item.kind == kind; };
    if (wanted(u"review"_s) || wanted(u"review-act"_s)) {
        add(u"a bill"_s, [this] {
                node::ListRequest request;
                request.table = &tables::patient_bills;
                request.limit = 1;
                whenReady(m_demo->replica(kRoom3).queries().list(request), this, [this](const Result<std::vector<schema::Row>> &bills) {
                    if (bills && !bills->empty())
                        m_bill = bills->front().id;
                });
            },
            [this] { return !m_bill.isNull() && !m_patient.isNull(); });
        add(u"Room 3 is cut off"_s, [this] {
                if (const auto cut = m_demo->reopen(kRoom3, false); !cut)
                    fail(cut.error().detail);
            },
            [] { return true; });
        add(u"the same address"_s, [this] { edit(kHost, tables::patients, m_patient, address(u"Hamdallaye, near the mosque"_s, u"Commune IV"_s, u"Bamako"_s)); }, [this] { return m_edited; });
        add(u"written twice"_s, [this] { edit(kRoom3, tables::patients, m_patient, address(u"Hamdallaye, rue 14"_s, u"Commune IV"_s, u"Kati"_s)); }, [this] { return m_edited; });
        add(u"the same bill"_s, [this] { edit(kHost, tables::patient_bills, m_bill, note(u"Pays on Friday"_s)); }, [this] { return m_edited; });
        add(u"changed twice"_s, [this] { edit(kRoom3, tables::patient_bills, m_bill, note(u"Her brother pays tomorrow"_s)); }, [this] { return m_edited; });
        add(u"the cable comes back"_s, [this] {
                if (const auto again = m_demo->reopen(kRoom3, true); !again)
                    fail(again.error().detail);
            },
            [page] { return page()->model().list().rowCount() == 2; });
    }
    const auto choose = [page](node::InboxKind kind) {
        for (const node::InboxItem &item : page()->model().list().items())
            if (item.kind == kind)
                return page()->select(item.id);
    };
    picture(u"review"_s, [choose] { choose(node::InboxKind::Difference); },
            [this, page, ready] {
                if (!ready(node::InboxKind::Difference))
                    return false;
                page()->model().choose(page()->model().differing().front(), node::Side::Mine);
                host().widget()->activateWindow();
                return page()->pane()->enter();
            });
    picture(u"review-act"_s, [choose] { choose(node::InboxKind::Review); }, [ready] { return ready(node::InboxKind::Review); });
}

} // namespace anteroom::app
