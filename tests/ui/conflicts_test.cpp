// Review over real replicas: what two desks wrote is decided with one key, side by side or field by field; who decides
// second is told; nothing that anybody typed becomes unreachable.
#include "conflicts_desk.h"

#include "ui/common/button.h"
#include "ui/common/segments.h"
#include "ui/conflicts/side_card.h"
#include "ui/desk/undo.h"
#include "ui/shell/status_strip.h"

#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace anteroom::ui::conflictdesk;
using namespace Qt::StringLiterals;

class ConflictsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TwoDesks> m_desks;

    TwoDesks &d() { return *m_desks; }

    Uuid patient(const char *family) { return d().make(kPatients, {{kFamily, std::string(family)}, {kPhone, std::string("70 11 22 33")}}); }

    // The conflict of a patient whose phone both desks wrote.
    std::optional<schema::Row> phoneConflict(const Uuid &id, const char *atHost = "70 00 00 01", const char *atClient = "70 00 00 02")
    {
        if (id.isNull() || !d().differ(kPatients, id, {{kPhone, std::string(atHost)}}, {{kPhone, std::string(atClient)}}))
            return std::nullopt;
        std::optional<schema::Row> found;
        (void)QTest::qWaitFor([&] { return (found = TwoDesks::conflictOf(d().client, id)) && schema::toText((*found)[kStatus]) == "open"; }, kWaitMs);
        return found;
    }
    QString phone(FakeDesk &desk, const Uuid &id) { return TwoDesks::text(desk, kPatients, id, kPhone); }
    QString status(FakeDesk &desk, const Uuid &id) { return TwoDesks::text(desk, kConflicts, id, kStatus); }
    QString resolution(FakeDesk &desk, const Uuid &id) { return TwoDesks::text(desk, kConflicts, id, kResolution); }

    static SideCard *card(ConflictsPage *page, const QString &name) { return page->pane()->findChild<SideCard *>(name); }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setReducedMotion(true);
    }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desks = std::make_unique<TwoDesks>(*m_theme);
        QVERIFY(d().open());
    }
    void cleanup() { m_desks.reset(); }

    void nothingNeedsYou()
    {
        ConflictsPage *page = d().client.window->conflictsPage();
        QVERIFY(page);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().loaded(), kWaitMs);
        QVERIFY(wordsOn(page).contains(u"Nothing needs you"_s));
        QVERIFY(page->pane()->save->isHidden() || !page->pane()->save->isVisible());
    }

    // Choose it, press one key: the whole cost of a conflict.
    void oneKeyDecides_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("alt");
        QTest::addColumn<bool>("mine");
        QTest::newRow("M in the list") << int(Qt::Key_M) << false << true;
        QTest::newRow("T in the list") << int(Qt::Key_T) << false << false;
        QTest::newRow("Alt+M") << int(Qt::Key_M) << true << true;
    }
    void oneKeyDecides()
    {
        QFETCH(const int, key);
        QFETCH(const bool, alt);
        QFETCH(const bool, mine);
        const Uuid id = patient("Diarra");
        const auto conflict = phoneConflict(id);
        QVERIFY(conflict);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        const QString words = wordsOn(page);
        for (const QString &value : {u"70 11 22 33"_s, u"70 00 00 01"_s, u"70 00 00 02"_s, u"Diarra"_s, u"Amina Diallo"_s, u"Desk 1"_s, u"Room 3"_s, u"Yours"_s})
            QVERIFY2(words.contains(value), qPrintable(value + u" is not in\n"_s + words));
        d().client.window->widget()->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(page->list()->hasFocus(), kWaitMs);
        QTest::keyClick(page->list(), Qt::Key(key), alt ? Qt::AltModifier : Qt::NoModifier);
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"closed"_s, kWaitMs);
        QCOMPARE(resolution(d().host, conflict->id), mine ? u"mine"_s : u"theirs"_s);
        QCOMPARE(phone(d().host, id), mine ? u"70 00 00 02"_s : u"70 00 00 01"_s);
        QTRY_COMPARE_WITH_TIMEOUT(phone(d().client, id), phone(d().host, id), kWaitMs);
        QVERIFY(schema::toUuid((*TwoDesks::row(d().host, kConflicts, conflict->id))[kResolvedBy]) == d().client.replica->identity().user);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 0, kWaitMs);
        QCOMPARE(page->model().waiting(), 0);

        page->filter()->setCurrent(1);                       // and it stays readable, with all three pictures
        Q_EMIT page->filter()->chosen(1);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().card() && !page->model().card()->item.open, kWaitMs);
        for (const QString &value : {u"70 11 22 33"_s, u"70 00 00 01"_s, u"70 00 00 02"_s, u"You"_s})
            QVERIFY2(wordsOn(page).contains(value), qPrintable(value));
    }

    void theDecisionIsTakenBack()
    {
        const Uuid id = patient("Diarra");
        const auto conflict = phoneConflict(id);
        QVERIFY(conflict);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        QTest::keyClick(page->list(), Qt::Key_M);
        QTRY_COMPARE_WITH_TIMEOUT(phone(d().host, id), u"70 00 00 02"_s, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!d().client.window->undo().words().isEmpty(), kWaitMs);
        d().client.window->undo().undo();
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"open"_s, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(phone(d().host, id), u"70 00 00 01"_s, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowOf(conflict->id), 0, kWaitMs);
    }

    void fieldByField()
    {
        const Uuid id = patient("Traoré");
        QVERIFY(!id.isNull());
        QVERIFY(d().differ(kPatients, id, {{kStreet, std::string("near the mosque")}, {kCity, std::string("Bamako")}},
                           {{kStreet, std::string("rue 14")}, {kCity, std::string("Kati")}}));
        std::optional<schema::Row> conflict;
        QTRY_VERIFY_WITH_TIMEOUT((conflict = TwoDesks::conflictOf(d().client, id)).has_value(), kWaitMs);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        QTest::keyClick(page->list(), Qt::Key_F);
        QTRY_VERIFY_WITH_TIMEOUT(card(page, u"theirs0"_s), kWaitMs);
        d().client.window->widget()->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(card(page, u"theirs0"_s)->hasFocus(), kWaitMs);      // what stands is chosen at first
        QTest::keyClick(card(page, u"theirs0"_s), Qt::Key_Left);
        QTRY_VERIFY_WITH_TIMEOUT(card(page, u"mine0"_s)->isChecked() && card(page, u"mine0"_s)->hasFocus(), kWaitMs);
        QTest::keyClick(card(page, u"mine0"_s), Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(card(page, u"theirs1"_s)->hasFocus(), kWaitMs);
        QVERIFY(card(page, u"theirs1"_s)->isChecked());
        QTest::keyClick(card(page, u"theirs1"_s), Qt::Key_Escape);                 // back to the list, the choice stays
        QTRY_VERIFY_WITH_TIMEOUT(page->list()->hasFocus(), kWaitMs);
        QTest::keyClick(page->list(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"closed"_s, kWaitMs);
        QCOMPARE(resolution(d().host, conflict->id), u"by_field"_s);
        QCOMPARE(TwoDesks::text(d().host, kPatients, id, kStreet), u"rue 14"_s);
        QCOMPARE(TwoDesks::text(d().host, kPatients, id, kCity), u"Bamako"_s);
    }

    void decidedFromAFieldTheListHasTheFocus()
    {
        const auto conflict = phoneConflict(patient("Diarra"));
        QVERIFY(conflict);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        d().client.window->widget()->activateWindow();
        QTest::keyClick(page->list(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(card(page, u"theirs0"_s) && card(page, u"theirs0"_s)->hasFocus(), kWaitMs);
        QTest::keyClick(card(page, u"theirs0"_s), Qt::Key_M);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 0, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page->list()->hasFocus(), kWaitMs);
    }

    void severalAtOnce()
    {
        std::vector<Uuid> ids;
        for (const char *family : {"Diarra", "Keita", "Sangaré"})
            ids.push_back(patient(family));
        QVERIFY(d().cut());
        for (const Uuid &id : ids) {
            QVERIFY(TwoDesks::change(d().host, kPatients, id, {{kPhone, std::string("1")}}));
            QVERIFY(TwoDesks::change(d().client, kPatients, id, {{kPhone, std::string("2")}}));
        }
        QVERIFY(d().mend());
        ConflictsPage *page = d().client.window->conflictsPage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 3, kWaitMs);
        page->list()->setFocus();
        page->list()->selectAll();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().picked().size(), std::size_t{3}, kWaitMs);
        QVERIFY(page->pane()->first->text().contains(u"3"_s));
        QTest::keyClick(page->list(), Qt::Key_M);
        for (const Uuid &id : ids)
            QTRY_COMPARE_WITH_TIMEOUT(phone(d().host, id), u"2"_s, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 0, kWaitMs);
    }

    // Somebody else decides while this desk has chosen: told who and how, the choice stays in view, nothing is saved.
    void whoComesSecondIsTold()
    {
        const Uuid id = patient("Diarra");
        const auto conflict = phoneConflict(id);
        QVERIFY(conflict);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        card(page, u"mine0"_s)->click();
        QVERIFY(card(page, u"mine0"_s)->isChecked());
        ConflictsPage *first = TwoDesks::show(d().host, conflict->id);
        QVERIFY(first);
        QTest::keyClick(first->list(), Qt::Key_M);           // at the host it is the host's own that stands
        QTRY_COMPARE_WITH_TIMEOUT(status(d().client, conflict->id), u"closed"_s, kWaitMs);
        QTRY_VERIFY2_WITH_TIMEOUT(page->model().told().contains(u"Amina Diallo"_s) && page->model().told().contains(u"not saved"_s), qPrintable(page->model().told()), kWaitMs);
        QVERIFY(page->model().card() && page->model().card()->item.id == conflict->id);
        QVERIFY(card(page, u"mine0"_s)->isChecked());
        QVERIFY(!card(page, u"mine0"_s)->isEnabled());
        QCOMPARE(phone(d().client, id), u"70 00 00 01"_s);
        QCOMPARE(page->model().list().rowOf(conflict->id), 0);           // until the person goes on
        QVERIFY(!page->model().list().at(0).open);
    }

    // The same while they do not hear each other: the second decision comes back, readable, and nothing of it is lost.
    void theSecondDecisionComesBack()
    {
        const Uuid id = patient("Diarra");
        const auto conflict = phoneConflict(id);
        QVERIFY(conflict);
        QVERIFY(d().cut());
        ConflictsPage *first = TwoDesks::show(d().host, conflict->id), *second = TwoDesks::show(d().client, conflict->id);
        QVERIFY(first && second);
        QTest::keyClick(first->list(), Qt::Key_M);           // at the host it is the host's own that stands
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"closed"_s, kWaitMs);
        QTest::keyClick(second->list(), Qt::Key_M);
        QTRY_COMPARE_WITH_TIMEOUT(status(d().client, conflict->id), u"closed"_s, kWaitMs);
        QVERIFY(d().mend());
        QTRY_COMPARE_WITH_TIMEOUT(second->model().list().rowCount(), 1, kWaitMs);
        QVERIFY(second->model().list().at(0).kind == node::InboxKind::Refused);
        QTRY_VERIFY_WITH_TIMEOUT(second->model().card().has_value(), kWaitMs);
        QVERIFY2(wordsOn(second).contains(u"70 00 00 02"_s), qPrintable(wordsOn(second)));
        QVERIFY(!second->pane()->save->isEnabled());                     // it is decided: sending it again would decide nothing
        QTRY_COMPARE_WITH_TIMEOUT(phone(d().client, id), u"70 00 00 01"_s, kWaitMs);
        QCOMPARE(resolution(d().client, conflict->id), u"theirs"_s);
    }

    void archivedAndChanged_data()
    {
        QTest::addColumn<bool>("archive");
        QTest::newRow("archived after all") << true;
        QTest::newRow("kept") << false;
    }
    void archivedAndChanged()
    {
        QFETCH(const bool, archive);
        const Uuid id = patient("Diarra");
        QVERIFY(d().cut());
        QVERIFY(TwoDesks::change(d().host, kPatients, id, {{kPhone, std::string("1")}}));
        const auto shown = TwoDesks::row(d().client, kPatients, id);
        QVERIFY(shown && TwoDesks::save(d().client, {schema::makeDelete(kPatients, *shown, "registered twice")}));
        QVERIFY(d().mend());
        std::optional<schema::Row> conflict;
        QTRY_VERIFY_WITH_TIMEOUT((conflict = TwoDesks::conflictOf(d().client, id)).has_value(), kWaitMs);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        QVERIFY(page->model().card()->item.kind == node::InboxKind::Deleted);
        QTest::keyClick(page->list(), archive ? Qt::Key_M : Qt::Key_T);
        if (archive)
            QVERIFY(writeReason(page, u"she is there twice"_s));
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"closed"_s, kWaitMs);
        QCOMPARE(TwoDesks::row(d().host, kPatients, id)->deleted(), archive);
        QCOMPARE(phone(d().host, id), u"1"_s);
    }

    // Changed here while it was archived there: keeping the change brings the record back.
    void changedAndArchived()
    {
        const Uuid id = patient("Diarra");
        QVERIFY(d().cut());
        const auto shown = TwoDesks::row(d().host, kPatients, id);
        QVERIFY(shown && TwoDesks::save(d().host, {schema::makeDelete(kPatients, *shown, "registered twice")}));
        QVERIFY(TwoDesks::change(d().client, kPatients, id, {{kPhone, std::string("2")}}));
        QVERIFY(d().mend());
        std::optional<schema::Row> conflict;
        QTRY_VERIFY_WITH_TIMEOUT((conflict = TwoDesks::conflictOf(d().client, id)).has_value(), kWaitMs);
        ConflictsPage *page = TwoDesks::show(d().client, conflict->id);
        QVERIFY(page);
        QTest::keyClick(page->list(), Qt::Key_M);
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, conflict->id), u"closed"_s, kWaitMs);
        QVERIFY(!TwoDesks::row(d().host, kPatients, id)->deleted());
        QCOMPARE(phone(d().host, id), u"2"_s);
    }

    void theStatusLeadsHere()
    {
        const auto conflict = phoneConflict(patient("Diarra"));
        QVERIFY(conflict);
        Shell *shell = d().client.window->shell();
        QTRY_VERIFY_WITH_TIMEOUT(d().client.replica->status().conflicts == 1, kWaitMs);
        Q_EMIT shell->statusActRequested(StatusView::State::Attention);
        QCOMPARE(shell->currentPage(), u"review"_s);
    }
};

QTEST_MAIN(ConflictsTest)
#include "conflicts_test.moc"
