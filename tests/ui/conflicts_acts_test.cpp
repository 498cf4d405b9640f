// Whole acts that wait, pushes that the host refused, and checks, over real replicas: read with every value, applied, sent
// again, dropped or closed with words that stay.
#include "conflicts_desk.h"

#include "ui/common/segments.h"

using namespace anteroom;
using namespace anteroom::ui;
using namespace anteroom::ui::conflictdesk;
using namespace Qt::StringLiterals;

class ConflictsActsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TwoDesks> m_desks;

    TwoDesks &d() { return *m_desks; }
    Uuid patient(const char *family) { return d().make(kPatients, {{kFamily, std::string(family)}}); }
    QString status(FakeDesk &desk, const Uuid &id) { return TwoDesks::text(desk, kConflicts, id, kStatus); }

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

    void aReviewIsAppliedOrDropped_data()
    {
        QTest::addColumn<bool>("apply");
        QTest::newRow("applied") << true;
        QTest::newRow("dropped") << false;
    }
    void aReviewIsAppliedOrDropped()
    {
        QFETCH(const bool, apply);
        constexpr int kNote = col(kBills, "note");
        const Uuid id = d().make(kBills, {{col(kBills, "patient_id"), patient("Diarra")}});
        QVERIFY(!id.isNull());
        QVERIFY(d().differ(kBills, id, {{kNote, std::string("pays on Friday")}}, {{kNote, std::string("her brother pays")}}));
        std::vector<schema::Row> reviews;
        QTRY_VERIFY_WITH_TIMEOUT(!(reviews = TwoDesks::rows(d().client, kReviews, {})).empty(), kWaitMs);
        const Uuid review = reviews.front().id;
        ConflictsPage *page = TwoDesks::show(d().client, review);
        QVERIFY(page);
        for (const QString &value : {u"her brother pays"_s, u"pays on Friday"_s})
            QVERIFY2(wordsOn(page).contains(value), qPrintable(wordsOn(page)));
        if (apply) {
            QTest::keyClick(page->list(), Qt::Key_Return, Qt::ControlModifier);
        } else {
            QTest::keyClick(page->list(), Qt::Key_D, Qt::AltModifier);
            QVERIFY(writeReason(page, u"asked her: Friday"_s));
        }
        QTRY_COMPARE_WITH_TIMEOUT(TwoDesks::text(d().host, kReviews, review, col(kReviews, "status")), u"closed"_s, kWaitMs);
        QCOMPARE(TwoDesks::text(d().host, kReviews, review, col(kReviews, "resolution")), apply ? u"applied"_s : u"dropped"_s);
        QCOMPARE(TwoDesks::text(d().host, kBills, id, kNote), apply ? u"her brother pays"_s : u"pays on Friday"_s);
        if (!apply)
            QVERIFY(TwoDesks::text(d().host, kReviews, review, col(kReviews, "why")).endsWith(u"asked her: Friday"_s));
    }

    void aRefusedPushIsSentAgainOrDropped_data()
    {
        QTest::addColumn<bool>("again");
        QTest::newRow("edited and sent again") << true;
        QTest::newRow("dropped with a reason") << false;
    }
    void aRefusedPushIsSentAgainOrDropped()
    {
        QFETCH(const bool, again);
        const Uuid kofi = d().client.replica->identity().user;
        const std::vector<schema::ColumnValue> values{{col(kServices, "code"), std::string("DRESS")}, {col(kServices, "name"), std::string("Dresing")}};
        const Uuid id = *schema::naturalIdOf(kServices, values);
        QVERIFY(d().cut());
        QVERIFY(TwoDesks::change(d().host, kUsers, kofi, {{col(kUsers, "role"), std::string("nurse")}}));
        QVERIFY(TwoDesks::save(d().client, {schema::makeInsert(kServices, id, values)}, "record.add"));
        QVERIFY(d().mend());
        QTRY_COMPARE_WITH_TIMEOUT(d().client.replica->status().rejected, 1, kWaitMs);
        QVERIFY(TwoDesks::change(d().host, kUsers, kofi, {{col(kUsers, "role"), std::string("admin")}}));
        QTRY_VERIFY_WITH_TIMEOUT(d().client.replica->session().session().role == schema::Role::Admin
                                     && TwoDesks::text(d().client, kUsers, kofi, col(kUsers, "role")) == u"admin"_s, kWaitMs);
        ConflictsPage *page = d().client.window->conflictsPage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 1, kWaitMs);
        const Uuid entry = page->model().list().at(0).id;
        QVERIFY(TwoDesks::show(d().client, entry));
        QVERIFY2(wordsOn(page).contains(u"role nurse"_s), qPrintable(wordsOn(page)));          // its reason
        if (again) {
            QLineEdit *name = nullptr;
            for (QLineEdit *line : page->pane()->findChildren<QLineEdit *>())
                if (line->text() == u"Dresing"_s)
                    name = line;
            QVERIFY(name);
            name->setText(u"Dressing"_s);
            Q_EMIT name->textEdited(name->text());
            d().client.window->keepDrafts();                 // the PC ends here; what was written is there again
            d().client.open();
            QVERIFY(QTest::qWaitFor([&] { return d().client.window->shell() != nullptr; }, kWaitMs));
            QTRY_VERIFY_WITH_TIMEOUT(d().client.replica->status().state == node::SyncState::Attention, kWaitMs);
            page = TwoDesks::show(d().client, entry);
            QVERIFY(page);
            const auto written = [&] { return std::ranges::any_of(page->pane()->findChildren<QLineEdit *>(), [](const QLineEdit *line) { return line->text() == u"Dressing"_s; }); };
            QTRY_VERIFY_WITH_TIMEOUT(written(), kWaitMs);
            QVERIFY(page->pane()->save->isEnabled());
            page->pane()->save->click();
            QTRY_COMPARE_WITH_TIMEOUT(TwoDesks::text(d().host, kServices, id, col(kServices, "name")), u"Dressing"_s, kWaitMs);
        } else {
            page->pane()->drop->click();
            QVERIFY(writeReason(page, u"we do not offer it"_s));
        }
        QTRY_COMPARE_WITH_TIMEOUT(d().client.replica->status().rejected, 0, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 0, kWaitMs);
        if (!again)
            QVERIFY(!TwoDesks::row(d().host, kServices, id));
        Q_EMIT page->filter()->chosen(1);                    // it stays readable on this PC, as it was typed
        QTRY_VERIFY_WITH_TIMEOUT(page->model().card() && page->model().card()->item.id == entry, kWaitMs);
        QVERIFY(wordsOn(page).contains(u"Dresing"_s));
        if (!again)
            QVERIFY2(wordsOn(page).contains(u"we do not offer it"_s), qPrintable(wordsOn(page)));
    }

    // A rule that does not hold: read, and closed with a note.
    void aCheckIsClosedWithANote()
    {
        const std::vector<schema::ColumnValue> person{{kFamily, std::string("Coulibaly")}, {col(kPatients, "given_name"), std::string("Awa")}, {col(kPatients, "birth_date"), std::string("1990-02-03")},
                                                      {col(kPatients, "birth_precision"), std::string("day")}, {col(kPatients, "sex"), std::string("female")}};
        QVERIFY(!d().make(kPatients, person).isNull());
        QVERIFY(!d().make(kPatients, person).isNull());
        std::vector<schema::Row> raised;
        QTRY_VERIFY_WITH_TIMEOUT(!(raised = TwoDesks::rows(d().client, kConflicts, {{col(kConflicts, "rule"), std::string("same_person")}})).empty(), kWaitMs);
        const Uuid id = raised.front().id;
        ConflictsPage *page = TwoDesks::show(d().client, id);
        QVERIFY(page);
        QVERIFY(page->model().card()->item.kind == node::InboxKind::Check);
        QTest::keyClick(page->list(), Qt::Key_M);            // there are no sides
        QVERIFY(!page->model().busy());
        page->pane()->save->click();
        QVERIFY(writeReason(page, u"two sisters"_s));
        QTRY_COMPARE_WITH_TIMEOUT(status(d().host, id), u"closed"_s, kWaitMs);
        const QString note = TwoDesks::text(d().host, kConflicts, id, col(kConflicts, "note"));
        QVERIFY2(note.endsWith(u"\ntwo sisters"_s) && note.size() > 12, qPrintable(note));
    }
};

QTEST_MAIN(ConflictsActsTest)
#include "conflicts_acts_test.moc"
