// Two desks of one clinic that can be cut off from each other, and what makes each thing of the inbox there: the same
// group written at both, a record archived at one and changed at the other, a bill that both wrote, a push that the host
// refuses. Everything by real replicas; nothing is put into the database by hand.
#pragma once

#include "fake_desk.h"

#include "core/random.h"
#include "schema/registry.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/users.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/conflicts/conflicts_page.h"
#include "ui/conflicts/inbox_pane.h"
#include "ui/conflicts/inbox_view.h"
#include "ui/conflicts/side_card.h"
#include "ui/shell/shell.h"

#include <QLineEdit>

namespace anteroom::ui {

namespace conflictdesk {
using namespace schema;
inline constexpr const Table &kPatients = tables::patients, &kConflicts = tables::sync_conflicts, &kReviews = tables::sync_reviews,
                             &kBills = tables::patient_bills, &kUsers = tables::users, &kServices = tables::clinic_services;
inline constexpr int kFamily = col(kPatients, "family_name"), kPhone = col(kPatients, "phone"), kStreet = col(kPatients, "address_line"), kCity = col(kPatients, "city");
inline constexpr int kStatus = col(kConflicts, "status"), kResolution = col(kConflicts, "resolution"), kResolvedBy = col(kConflicts, "resolved_by");
} // namespace conflictdesk

struct TwoDesks {
    explicit TwoDesks(Theme &theme) : host(theme), client(theme) {}

    FakeDesk host, client;
    node::Listening where;

    bool open()
    {
        if (!host.startClinic())
            return false;
        const auto listening = host.host();
        if (!listening || !client.join(host, *listening, QStringLiteral("Kofi Osei"), QStringLiteral("Room 3")))
            return false;
        where = *listening;
        return QTest::qWaitFor([&] { return client.replica->status().pending == 0 && client.replica->status().state == node::SyncState::Synced; }, kWaitMs);
    }
    bool cut()
    {
        return done(host.replica->stopHosting()) && QTest::qWaitFor([&] { return client.replica->status().state == node::SyncState::Offline; }, kWaitMs);
    }
    bool mend()
    {
        if (!answer(host.replica->startHosting(where.address, where.port)))
            return false;
        client.replica->reconnectNow();
        return QTest::qWaitFor([&] {
            const auto &s = client.replica->status();
            return s.pending == 0 && (s.state == node::SyncState::Synced || s.state == node::SyncState::Attention);
        }, kWaitMs);
    }

    static std::optional<schema::Row> row(FakeDesk &desk, const schema::Table &table, const Uuid &id)
    {
        const auto found = answer(desk.replica->queries().record(table, id));
        return found ? *found : std::nullopt;
    }
    static bool save(FakeDesk &desk, std::vector<schema::Change> changes, const char *name = "record.change")
    {
        const auto outcome = answer(desk.replica->commands().save({.name = name, .changes = std::move(changes)}));
        return outcome && outcome->saved;
    }
    static bool change(FakeDesk &desk, const schema::Table &table, const Uuid &id, const std::vector<schema::ColumnValue> &values)
    {
        const auto shown = row(desk, table, id);
        return shown && save(desk, {schema::makeUpdate(table, *shown, values)});
    }
    static QString text(FakeDesk &desk, const schema::Table &table, const Uuid &id, int column)
    {
        const auto found = row(desk, table, id);
        return found ? schema::toQString((*found)[column]) : QString();
    }
    // A record that both desks hold.
    Uuid make(const schema::Table &table, const std::vector<schema::ColumnValue> &values)
    {
        static SystemClock clock;
        static SystemRandom random;
        const Uuid id = schema::naturalIdOf(table, values).value_or(uuidV7(clock, random));
        if (!save(host, {schema::makeInsert(table, id, values)}, "record.add"))
            return {};
        return QTest::qWaitFor([&] { return row(client, table, id).has_value(); }, kWaitMs) ? id : Uuid{};
    }
    // Written at both desks while they do not hear each other; the host's stands.
    bool differ(const schema::Table &table, const Uuid &id, const std::vector<schema::ColumnValue> &atHost, const std::vector<schema::ColumnValue> &atClient)
    {
        return cut() && change(host, table, id, atHost) && change(client, table, id, atClient) && mend();
    }
    static std::vector<schema::Row> rows(FakeDesk &desk, const schema::Table &table, std::vector<schema::ColumnValue> same)
    {
        node::ListRequest request;
        request.table = &table;
        request.where = std::move(same);
        const auto found = answer(desk.replica->queries().list(request));
        return found ? *found : std::vector<schema::Row>{};
    }
    static std::optional<schema::Row> conflictOf(FakeDesk &desk, const Uuid &subject)
    {
        const auto found = rows(desk, conflictdesk::kConflicts, {{schema::findColumn(conflictdesk::kConflicts, "subject_id"), subject}});
        return found.empty() ? std::nullopt : std::optional(found.back());
    }

    // The page of a desk with this thing chosen and shown.
    static ConflictsPage *show(FakeDesk &desk, const Uuid &id)
    {
        ConflictsPage *page = desk.window->conflictsPage();
        if (!page || !QTest::qWaitFor([&] { return page->model().list().rowOf(id) >= 0; }, kWaitMs))
            return nullptr;
        page->select(id);
        page->list()->setFocus();
        if (QTest::qWaitFor([&] { return page->model().card() && page->model().card()->item.id == id && !page->model().busy(); }, kWaitMs))
            return page;
        qWarning("%s is not shown: %d chosen, told “%s”", qPrintable(id.toString()), static_cast<int>(page->model().picked().size()), qPrintable(page->model().told()));
        return nullptr;
    }
};

// Every word of the pane, to look for a value in.
inline QString wordsOn(ConflictsPage *page)
{
    QStringList out;
    for (const Label *label : page->pane()->findChildren<Label *>())
        if (label->isVisibleTo(page))
            out.append(label->text());
    for (const SideCard *card : page->pane()->findChildren<SideCard *>())
        out.append(card->value());
    return out.join(QLatin1Char('\n'));
}

// The dialog of the pane: writes the words and presses its act.
inline bool writeReason(ConflictsPage *page, const QString &words)
{
    AskDialog *dialog = page->pane()->dialog();
    if (!dialog || !QTest::qWaitFor([&] { return dialog->isVisible(); }, kWaitMs))
        return false;
    auto *line = dialog->findChild<QLineEdit *>();
    line->setText(words);
    for (Button *button : dialog->findChildren<Button *>())
        if (button->kind() == ButtonKind::Primary)
            button->click();
    return true;
}

} // namespace anteroom::ui
