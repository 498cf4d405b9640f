// The Records page over a real replica: every table that a role may read opens for that role, and no other; sorting,
// filtering and paging by hand; a live change moves neither selection nor scroll; form, keys, columns and empty places.
#include "records_desk.h"

#include "schema/tables/payments.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/vitals.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_strip.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/shell/shortcuts.h"
#include "ui/records/record_cells.h"
#include "ui/records/record_form.h"
#include "ui/records/record_form_model.h"

#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Role;

class RecordsListTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    RecordsPage *m_page = nullptr;

    [[nodiscard]] node::Replica &replica() { return *m_desk->replica; }
    [[nodiscard]] RecordsList &list() { return *m_page->list(); }
    [[nodiscard]] RecordsModel &model() { return list().model(); }
    [[nodiscard]] QString cell(int row, int column = 0) { return model().index(row, column).data().toString(); }
    void sitDown(Role role)
    {
        session::Session session = replica().session().session();
        session.role = role;
        replica().session().set(session);
    }
    bool loaded() { return QTest::qWaitFor([&] { return model().loaded(); }, kWaitMs); }
    bool formReady()
    {
        return QTest::qWaitFor([&] { return m_page->form()->model().state() == RecordFormModel::State::Ready; }, kWaitMs);
    }
    bool open(const schema::Table &table) { return list().choose(table) && loaded(); }
    void type(const QString &words)
    {
        list().filter()->setFocus();
        QTest::keyClicks(list().filter(), words);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        m_page = recordsPage(*m_desk);
        QVERIFY(m_page);
    }
    void cleanup() { m_desk.reset(); }

    void everyReadableTableOpensForEveryRole()
    {
        for (const Role role : {Role::Admin, Role::Doctor, Role::Nurse, Role::Receptionist, Role::Cashier, Role::Pharmacist}) {
            sitDown(role);
            for (const schema::Table *table : schema::allTables()) {
                const bool may = replica().session().mayRead(*table);
                QCOMPARE(list().choose(*table), may);
                if (!may)
                    continue;
                QVERIFY2(QTest::qWaitFor([&] { return model().loaded() || !model().failure().isEmpty(); }, kWaitMs), table->name.data());
                QVERIFY2(model().failure().isEmpty(), qPrintable(model().failure()));
                QVERIFY(model().columnCount() > 1);
                QCOMPARE(m_page->acts().isEmpty(), !replica().session().may(*table, schema::Op::Insert));
            }
        }
    }

    void aRoleThatMayNotLeavesTheTable()
    {
        QVERIFY(open(schema::tables::payments));
        sitDown(Role::Nurse);
        QTRY_VERIFY_WITH_TIMEOUT(list().table() && list().table() != &schema::tables::payments, kWaitMs);
        QVERIFY(replica().session().mayRead(*list().table()));
        QVERIFY(list().chooser()->findText(u"Payments"_s) < 0);
        QVERIFY(list().chooser()->findText(u"Vital signs"_s) >= 0);
        QVERIFY(!m_page->openRecord(schema::tables::payments, {}));
    }

    void headersSort()
    {
        QVERIFY(addServices(replica(), 1, 20));
        QVERIFY(open(kServices));
        auto *header = list().view()->horizontalHeader();
        const auto click = [&](int section) {
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(section) + 8, header->height() / 2));
        };
        click(0);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0001"_s, kWaitMs);
        QCOMPARE(header->sortIndicatorSection(), 0);
        click(0);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0020"_s, kWaitMs);
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    }

    void filterWhileTyping()
    {
        QVERIFY(addServices(replica(), 1, 30));
        QVERIFY(open(kServices));
        QTRY_COMPARE_WITH_TIMEOUT(list().countText(), u"30 services"_s, kWaitMs);
        type(u"0012"_s);
        QTRY_COMPARE_WITH_TIMEOUT(list().countText(), u"1 service"_s, kWaitMs);
        QCOMPARE(cell(0), u"S-0012"_s);
        type(u"zz"_s);
        QTRY_VERIFY_WITH_TIMEOUT(list().empty()->isVisible(), kWaitMs);
        QVERIFY(list().empty()->findChildren<QLabel *>().size() >= 2);
        auto *clear = list().empty()->findChild<Button *>();
        QVERIFY(clear && clear->isVisible());
        clear->click();
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), 30, kWaitMs);
    }

    void anEmptyListSaysWhatToDo()
    {
        QVERIFY(open(schema::tables::vitals));
        QTRY_VERIFY_WITH_TIMEOUT(list().empty()->isVisible(), kWaitMs);
        QVERIFY(!list().empty()->findChild<Button *>()->isVisible());
        sitDown(Role::Doctor);
        QCOMPARE(m_page->newButton()->text(), u"New vital signs"_s);
    }

    void scrollingReadsOn()
    {
        QVERIFY(addServices(replica(), 1, 520));
        QVERIFY(open(kServices));
        list().setSort(service::kCode, false);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0001"_s, kWaitMs);
        QScrollBar *bar = list().view()->verticalScrollBar();
        QVERIFY(QTest::qWaitFor([&] {
            bar->setValue(bar->maximum());
            return model().rowCount() == 520;
        }, kWaitMs));
        QCOMPARE(cell(519), u"S-0520"_s);
    }

    void aLiveChangeMovesNothing()
    {
        QVERIFY(addServices(replica(), 1, 90));
        QVERIFY(open(kServices));
        list().setSort(service::kCode, false);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0001"_s, kWaitMs);
        list().select(serviceId("S-0050"));
        QTableView *view = list().view();
        view->setFocus();
        view->verticalScrollBar()->setValue(view->rowHeight(0) * 40 + 7);
        const int y = view->rowViewportPosition(model().rowOf(serviceId("S-0050")));
        QVERIFY(save(replica(), {newService("S-0000", "Before all"), newService("S-0020A", "Above")}));
        QVERIFY(archive(replica(), serviceId("S-0010")));
        QVERIFY(change(replica(), serviceId("S-0050"), {{service::kName, std::string("Renamed meanwhile")}}));
        QTRY_COMPARE_WITH_TIMEOUT(list().countText(), u"91 services"_s, kWaitMs);
        const int row = model().rowOf(serviceId("S-0050"));
        QTRY_COMPARE_WITH_TIMEOUT(cell(row, 1), u"Renamed meanwhile"_s, kWaitMs);
        QCOMPARE(*list().current(), serviceId("S-0050"));
        QCOMPARE(view->rowViewportPosition(row), y);
        QCOMPARE(m_page->window()->focusWidget(), view);
    }

    void orderWaitsForAStillPointer()
    {
        QVERIFY(addServices(replica(), 1, 12));
        QVERIFY(open(kServices));
        list().setSort(service::kCode, false);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0001"_s, kWaitMs);
        QTest::mouseMove(list().view()->viewport(), QPoint(50, 50));
        QTest::keyClick(list().view(), Qt::Key_Down);
        QVERIFY(save(replica(), {newService("S-0000", "Before all")}));
        QTRY_VERIFY_WITH_TIMEOUT(model().isWaiting(), kWaitMs);
        QCOMPARE(cell(0), u"S-0001"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0), u"S-0000"_s, kWaitMs);        // by itself, once it is still
    }

    void enterOpensAndEscComesBackToTheRow()
    {
        QVERIFY(addServices(replica(), 1, 5));
        QVERIFY(open(kServices));
        list().select(serviceId("S-0003"));
        list().view()->setFocus();
        QTest::keyClick(list().view(), Qt::Key_Return);
        QVERIFY(m_page->formOpen());
        QVERIFY(formReady());
        QVERIFY(m_page->form()->width() >= 372);
        QVERIFY(m_page->back());
        QVERIFY(!m_page->formOpen());
        QCOMPARE(m_page->window()->focusWidget(), list().view());
        QCOMPARE(*list().current(), serviceId("S-0003"));
        QVERIFY(!m_page->back());
    }

    void linksOpenATableOrARecord()
    {
        QVERIFY(addServices(replica(), 1, 5));
        m_desk->window->shell()->open(u"records"_s, u"payments"_s);
        QCOMPARE(list().table(), &schema::tables::payments);
        m_desk->window->shell()->open(u"records"_s, u"clinic_services/"_s + serviceId("S-0004").toString());
        QCOMPARE(list().table(), &kServices);
        QVERIFY(m_page->formOpen());
        QVERIFY(formReady());
        QTRY_VERIFY_WITH_TIMEOUT(list().current() && *list().current() == serviceId("S-0004"), kWaitMs);
    }

    void columnsAreRemembered()
    {
        QVERIFY(addServices(replica(), 1, 2));
        QVERIFY(open(kServices));
        const auto before = model().columns();
        const int note = schema::findColumn(kServices, "note");
        list().setShown(note, true);
        list().setShown(service::kCategory, false);
        QVERIFY(open(schema::tables::patient_bills));
        QVERIFY(open(kServices));
        const auto &now = model().columns();
        QVERIFY(std::find(now.begin(), now.end(), note) != now.end());
        QVERIFY(std::find(now.begin(), now.end(), service::kCategory) == now.end());
        QCOMPARE(now.back(), kChangedColumn);
        list().setShown(service::kCategory, true);
        list().setShown(note, false);
        QCOMPARE(now.size(), before.size());
    }

    void aRowIsCopied()
    {
        QVERIFY(addServices(replica(), 1, 2));
        QVERIFY(open(kServices));
        list().select(serviceId("S-0002"));
        list().view()->window()->activateWindow();
        list().view()->setFocus();
        QTRY_VERIFY(list().view()->hasFocus());
        QTest::keySequence(list().view()->window()->windowHandle(), QKeySequence(shortcutKeys("list.copy")));      // as the window system sends it
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"S-0002\tService number 0002\t"_s));
    }

    void aDeskBesideIsMarkedForAMoment()
    {
        QVERIFY(addServices(replica(), 1, 3));
        const auto where = m_desk->host();
        QVERIFY(where);
        FakeDesk other(*m_theme);
        QVERIFY(other.join(*m_desk, *where, u"Bintou"_s, u"Desk 2"_s));
        QVERIFY(open(kServices));
        QVERIFY(QTest::qWaitFor([&] { return rowOf(*other.replica, kServices, serviceId("S-0002")).has_value(); }, kWaitMs));
        QSignalSpy changed(&model(), &QAbstractItemModel::dataChanged);
        bool fresh = false;
        connect(&model(), &QAbstractItemModel::dataChanged, this, [&] {
            const int row = model().rowOf(serviceId("S-0002"));
            fresh = fresh || model().index(row, 0).data(FreshRole).toBool();
        });
        QVERIFY(change(*other.replica, serviceId("S-0002"), {{service::kName, std::string("From beside")}}));
        QTRY_VERIFY_WITH_TIMEOUT(fresh, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!model().index(model().rowOf(serviceId("S-0002")), 0).data(FreshRole).toBool(), kWaitMs);
    }
};

QTEST_MAIN(RecordsListTest)
#include "records_list_test.moc"
