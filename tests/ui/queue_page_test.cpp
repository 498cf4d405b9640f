// The queue page over a real replica: lanes fold from the fifth on, an order waits until the pointer is still, a new ticket
// by keys, what nobody waits for.
#include "fake_desk.h"

#include "ui/common/button.h"
#include "ui/patients/patient_columns.h"
#include "ui/queue/desk_strip.h"
#include "ui/queue/lane_widget.h"
#include "ui/queue/new_ticket_pane.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/ticket_columns.h"
#include "ui/common/search_box.h"
#include "ui/shell/shell.h"

#include <QDir>
#include <QElapsedTimer>
#include <QListView>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Value;

class QueuePageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    SystemClock m_clock;
    SystemRandom m_random;

    bool save(schema::Change change)
    {
        const auto saved = answer(m_desk->replica->commands().save({.name = "test", .changes = {std::move(change)}}));
        return saved && saved->saved;
    }

    Uuid person(const QString &name)
    {
        const Uuid id = uuidV7(m_clock, m_random);
        return save(schema::makeInsert(kPatients, id, {{patient::kGiven, schema::text(name)}})) ? id : Uuid{};
    }

    Uuid take(const QString &name, domain::Priority priority = domain::Priority::Normal)
    {
        QueuePage *page = m_desk->window->queuePage();
        NewTicket ticket{.id = uuidV7(m_clock, m_random), .patient = person(name), .servicePoint = page->model().board().points.front().id,
                         .priority = priority, .day = page->model().board().day};
        const auto taken = answer(m_desk->replica->commands().takeTicket({.name = "queue.take", .changes = {insertTicket(ticket, m_clock.utcMs())}}));
        return taken ? ticket.id : Uuid{};
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->queuePage()->model().view().desk.chosen, kWaitMs);
    }
    void cleanup() { m_desk.reset(); }

    void fiveLanesAndMoreFold()
    {
        QueuePage *page = m_desk->window->queuePage();
        QCOMPARE(page->lanes().size(), std::size_t{4});
        for (LaneWidget *lane : page->lanes())
            QVERIFY(!lane->folded());
        int order = 10;
        for (const char *name : {"Dressing", "Vaccination", "Dentist"}) {
            const Uuid id = uuidV7(m_clock, m_random);
            QVERIFY(save(schema::makeInsert(schema::tables::service_points, id,
                                            {{point::kName, Value{std::string(name)}},
                                             {schema::col(schema::tables::service_points, "prefix"), Value{std::string(1, name[0]) + name[1]}},
                                             {schema::col(schema::tables::service_points, "sort_order"), Value{std::int64_t{++order}}}})));
        }
        QTRY_COMPARE_WITH_TIMEOUT(page->lanes().size(), std::size_t{7}, kWaitMs);
        const auto folded = [page] { return std::count_if(page->lanes().begin(), page->lanes().end(), [](LaneWidget *lane) { return lane->folded(); }); };
        QCOMPARE(folded(), 5);
        QVERIFY(!page->lanes()[0]->folded());
        QVERIFY(QTest::qWaitForWindowActive(m_desk->window->widget()));
        m_desk->window->shell()->search()->setFocus();                   // keys of the page work from the toolbar too
        QTest::keyClick(m_desk->window->shell()->search(), Qt::Key_4, Qt::AltModifier);
        QVERIFY(!page->lanes()[3]->folded());
        QCOMPARE(folded(), 5);
        QVERIFY(m_desk->window->widget()->width() <= 1366);              // no sideways growth
        if (const QString out = qEnvironmentVariable("ANTEROOM_PICTURES"); !out.isEmpty()) {
            QVERIFY(!take(u"Aminata Diarra"_s, domain::Priority::Urgent).isNull());
            QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 1, kWaitMs);
            QVERIFY(m_desk->window->widget()->grab().save(QDir(out).filePath(u"queue-seven-points.png"_s)));
        }
    }

    void orderWaitsForAStillPointer()
    {
        QueuePage *page = m_desk->window->queuePage();
        const Uuid normal = take(u"Aminata"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 1, kWaitMs);
        LaneModel *lane = page->model().lane(page->model().view().lanes.front().point);
        QTRY_COMPARE_WITH_TIMEOUT(lane->rowCount(), 1, kWaitMs);
        QElapsedTimer since;
        since.start();
        page->model().stir();
        const Uuid emergency = take(u"Binta"_s, domain::Priority::Emergency);
        QTRY_COMPARE_WITH_TIMEOUT(lane->rowCount(), 2, kWaitMs);
        if (since.elapsed() < QueueModel::kStillMs) {                    // a slow machine may be past the second already
            QCOMPARE(lane->at(0).id, normal);
            QCOMPARE(page->model().view().desk.next->id, emergency);     // the strip and F9 look at the board, not the list
        }
        QTRY_COMPARE_WITH_TIMEOUT(lane->at(0).id, emergency, kWaitMs);
        QVERIFY(since.elapsed() >= QueueModel::kStillMs);
    }

    void newTicketByKeys()
    {
        QueuePage *page = m_desk->window->queuePage();
        QVERIFY(!person(u"Aminata"_s).isNull());
        page->newTicket();
        auto *pane = page->findChild<NewTicketPane *>();
        QVERIFY(pane);
        QTest::keyClicks(pane->search(), u"amin"_s);
        auto *list = pane->findChild<QListView *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kWaitMs);
        QTest::keyClick(pane->search(), Qt::Key_Return);
        QTest::keyClick(pane, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 1, kWaitMs);
        QCOMPARE(page->title(), u"Queue"_s);                             // back on the board
        page->newTicket();                                               // the same person again is refused in words
        QTest::keyClicks(pane->search(), u"amin"_s);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kWaitMs);
        QTest::keyClick(pane->search(), Qt::Key_Return);
        QTest::keyClick(pane, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(page->title(), u"New ticket"_s);
    }

    // H13: the host was started again, the other PC is off. One press gives the ticket that waited.
    void numbersWaitForAPerson()
    {
        const auto where = m_desk->host();
        QVERIFY(where.has_value());
        auto other = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(other->join(*m_desk, *where, u"Bea"_s, u"Desk 2"_s));
        const Uuid ana = person(u"Ana"_s);
        other.reset();
        m_desk->open(false);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->queuePage() && m_desk->window->queuePage()->model().view().desk.chosen, kWaitMs);
        QueuePage *page = m_desk->window->queuePage();
        QVERIFY(!page->giveNumbers()->isVisible());
        QSignalSpy failed(&page->deskActs(), &DeskActs::failed), taken(&page->deskActs(), &DeskActs::taken);
        page->deskActs().take({.patient = ana, .servicePoint = page->model().board().points.front().id}, u"Ana"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page->giveNumbers()->isVisible(), kWaitMs);
        QCOMPARE(taken.count(), 0);
        page->giveNumbers()->click();
        QTRY_COMPARE_WITH_TIMEOUT(taken.count(), 1, kWaitMs);
        QVERIFY(taken.front().at(1).toString().endsWith(u"-001"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!page->giveNumbers()->isVisible(), kWaitMs);
    }

    void nobodyWaits()
    {
        QueuePage *page = m_desk->window->queuePage();
        QVERIFY(!page->strip()->next->isEnabled());
        QSignalSpy news(&page->deskActs(), &DeskActs::news);
        page->deskActs().callNext();
        QCOMPARE(news.count(), 1);
    }

    void serveFinishAndRecall()
    {
        QVERIFY(!take(u"Aminata"_s).isNull());
        QueuePage *page = m_desk->window->queuePage();
        const auto current = [page] { return page->model().view().desk.current; };
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.next.has_value(), kWaitMs);
        page->strip()->next->click();
        QTRY_VERIFY_WITH_TIMEOUT(current() && !page->deskActs().busy(), kWaitMs);
        page->strip()->recall->click();
        QTRY_VERIFY_WITH_TIMEOUT(schema::toInt(current()->row[ticket::kRecalls]) == 1 && !page->deskActs().busy(), kWaitMs);
        page->strip()->serve->click();
        QTRY_VERIFY_WITH_TIMEOUT(current()->state == domain::TicketState::InService && !page->deskActs().busy(), kWaitMs);
        page->strip()->finish->click();
        QTRY_VERIFY_WITH_TIMEOUT(!current(), kWaitMs);
        QCOMPARE(page->model().view().lanes.front().finished.size(), std::size_t{1});
    }
};

QTEST_MAIN(QueuePageTest)
#include "queue_page_test.moc"
