// What lines and machines do to the sync: lost answers, repeats, holes, crashes, strangers (rules 5–8, H4, H5, H8,
// H20). Told over real databases and encoded messages.
#include "storage/migrations.h"
#include "unit/node/story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;

class SyncLinesTest : public QObject {
    Q_OBJECT

private:
    static Message opened(Clinic &c, const QByteArray &bytes) { return c.port().envelope().unpack(bytes).value(); }
    static QByteArray packed(Clinic &c, const Message &message) { return c.port().envelope().pack(message).value(); }
    static Hello firstHello(Clinic &c, int n) { return std::get<Hello>(opened(c, c.desk(n).line()->underWay(Way::Up).front())); }
    static bool knows(Desk &desk, const Uuid &patient) { return desk.row(patients, patient).has_value(); }

private Q_SLOTS:
    void h4_aLostAnswerComesWithTheLastPage()
    {
        Clinic c(2);
        c.settle();
        const Uuid ana = c.desk(1).admit("Silva");
        QVERIFY(c.step(1, Way::Up));
        QVERIFY(knows(c.host(), ana));
        c.cut(1);                                    // the frame with the answer is lost
        QCOMPARE(c.desk(1).pending(), 1);
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        QCOMPARE(c.desk(1).line()->underWay(Way::Up).size(), 1u);        // it goes up again, and changes nothing
        const Message page = opened(c, c.desk(1).line()->underWay(Way::Down).front());
        QVERIFY(std::get<Page>(page).final && std::get<Page>(page).answers.contains(1));
        QVERIFY(c.step(1, Way::Down));
        QCOMPARE(c.desk(1).pending(), 0);
        c.settle();
        c.expectEqual();
        QCOMPARE(c.log().head(), std::get<Page>(page).head.rev);
    }

    // A catch-up ends with an own act, the entry in sync_log, that goes up at once: it must not be lost with the power.
    void h20_whatEndsACatchUpIsDurable()
    {
        Page page;
        QVERIFY(!ClientEngine::needsFull(page));
        page.final = true;
        QVERIFY(ClientEngine::needsFull(page));
        Frame frame;
        QVERIFY(!ClientEngine::needsFull(frame));
        frame.answers.emplace(1, Reply{});
        QVERIFY(ClientEngine::needsFull(frame));
    }

    void rule8_repeatsReorderingAndHolesChangeNothing()
    {
        Clinic c(2);
        c.settle();
        c.desk(1).line()->hold(Way::Up, true);
        std::vector<Saved> acts;
        const Uuid ana = c.desk(1).admit("Silva");
        for (const char *note : {"one", "two", "three"})
            acts.push_back(c.desk(1).change(patients, ana, {{kNote, words(note)}}));
        const std::deque<QByteArray> sent = c.desk(1).line()->underWay(Way::Up);
        QCOMPARE(sent.size(), 4u);
        c.cut(1);
        c.connect(1);
        QVERIFY(c.step(1, Way::Up));
        const std::int64_t before = c.log().head();
        c.desk(1).line()->inject(Way::Up, sent[2]);                        // a hole
        c.desk(1).line()->inject(Way::Up, sent[1]);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Up));
        QCOMPARE(c.log().head(), before);
        for (const std::size_t i : {0u, 0u, 2u, 1u, 1u, 0u, 2u, 3u, 3u})   // repeats and another order
            c.desk(1).line()->inject(Way::Up, sent[i]);
        c.settle();
        c.expectEqual();
        QCOMPARE(c.log().head(), before + 4);
        for (const Saved &act : acts)
            QCOMPARE(c.merged(act.entry), 1);
        QCOMPARE(c.desk(2).text(patients, ana, "note"), std::string("three"));
    }

    void rule6_aFrameThatDoesNotFollowDropsTheClientToCatchUp()
    {
        Clinic c(2);
        c.settle();
        const Uuid ana = c.host().admit("Silva");
        const QByteArray frame = c.desk(1).line()->underWay(Way::Down).front();
        c.deliver();
        c.desk(1).line()->inject(Way::Down, frame);                        // again
        Frame forged{c.log().head() + 5, c.log().head() + 6, 7, {}, {}, {}};
        const Row nobody = schema::emptyRow(patients, c.newId());
        forged.rows.push_back({&patients, nobody, {forged.rev, 0}});
        c.desk(2).line()->inject(Way::Down, packed(c, forged));
        QVERIFY(c.step(2, Way::Down));
        QVERIFY(!knows(c.desk(2), nobody.id));
        QVERIFY(c.desk(2).engine()->mode() == ClientEngine::Mode::Waiting);
        c.deliver();
        QVERIFY(c.desk(2).engine()->mode() == ClientEngine::Mode::Live);
        QVERIFY(knows(c.desk(1), ana));
        c.expectEqual();
    }

    void rule6_aPageThatDoesNotFollowShowsNothingOld()
    {
        Clinic c(1);
        c.settle();
        const Uuid ana = c.host().admit("Silva");
        c.cut(1);
        QVERIFY(c.host().change(patients, ana, {{kNote, words("old")}}).ok());
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        const QByteArray page = c.desk(1).line()->underWay(Way::Down).front();
        QVERIFY(std::get<Page>(opened(c, page)).final);
        QVERIFY(c.host().change(patients, ana, {{kNote, words("new")}}).ok());
        c.deliver();
        c.desk(1).line()->inject(Way::Down, page);
        QVERIFY(c.step(1, Way::Down));
        QCOMPARE(c.desk(1).text(patients, ana, "note"), std::string("new"));
        QVERIFY(c.desk(1).engine()->mode() == ClientEngine::Mode::Waiting);
        c.desk(1).line()->inject(Way::Down, packed(c, Welcome{}));         // of no HELLO of this line
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(c.desk(1).engine()->mode() == ClientEngine::Mode::Waiting);
        c.deliver();
        c.expectEqual();
    }

    void rule7_stagedPagesArePublishedAtOnce()
    {
        Clinic c(2, 1, 1);
        c.settle();
        const Uuid known = c.host().admit("Silva");
        c.settle();
        c.cut(2);
        std::vector<Uuid> made;
        for (int i = 0; i < 5; ++i)
            made.push_back(c.desk(1).admit("Souza"));
        QVERIFY(c.host().change(patients, known, {{kNote, words("new")}}).ok());
        c.deliver();
        c.connect(2);
        bool whole = false;
        int pages = 0;
        while (c.step(2, Way::Up) || c.step(2, Way::Down)) {
            const auto seen = std::ranges::count_if(made, [&](const Uuid &id) { return knows(c.desk(2), id); });
            const bool noted = c.desk(2).text(patients, known, "note") == "new";
            QVERIFY2(seen == 0 || (seen == 5 && noted), "a half picture was shown");
            QVERIFY(seen == 5 || !noted);
            whole = seen == 5;
            ++pages;
        }
        QVERIFY(whole && pages > 10);
        c.expectEqual();
    }

    void rule7_aCrashInTheMiddleOfStagingResumesThere()
    {
        Clinic c(2, 1, 1);
        c.settle();
        c.cut(2);
        for (int i = 0; i < 8; ++i)
            (void)c.desk(1).admit("Souza");
        c.deliver();
        const Cursor real = c.desk(2).cursor();
        const std::int64_t total = 16;               // a patient and its audit row each
        c.connect(2);
        for (int i = 0; i < 12; ++i)
            QVERIFY(c.step(2, Way::Up) || c.step(2, Way::Down));
        const std::int64_t staged = c.desk(2).engine()->rowsReceived();
        QVERIFY(staged > 2 && staged < total);
        c.crash(2);
        QCOMPARE(c.desk(2).cursor(), real);
        const Uuid late = c.desk(1).admit("Lima");   // meanwhile the world goes on
        c.deliver();
        c.connect(2);
        QVERIFY(firstHello(c, 2).cursor > real);
        c.deliver();
        QCOMPARE(c.desk(2).engine()->rowsReceived(), total + 2 - staged);
        QVERIFY(knows(c.desk(2), late));
        c.expectEqual();
    }

    void h8_aStageOfAnotherHistoryIsDropped()
    {
        Clinic c(2, 1, 1);
        c.settle();
        c.cut(2);
        const std::int64_t common = c.log().head();
        for (int i = 0; i < 8; ++i)
            (void)c.desk(1).admit("Souza");
        c.deliver();
        c.connect(2);
        for (int i = 0; i < 12; ++i)
            QVERIFY(c.step(2, Way::Up) || c.step(2, Way::Down));
        c.cut(2);
        QVERIFY(c.host().tx([&](StoreTx &tx, Effects &) {
            for (std::int64_t rev = common + 1; rev <= c.log().head(); ++rev)
                tx.setSalt(rev, static_cast<schema::Salt>(rev) + 1);       // as after a restore: the same numbers, other revisions
        }));
        c.crash(0);
        c.cut(1);
        c.connect(2);
        QVERIFY(firstHello(c, 2).scan);
        while (c.step(2, Way::Up) || c.step(2, Way::Down)) {}
        QVERIFY(c.desk(2).engine()->mode() == ClientEngine::Mode::Live);
        QCOMPARE(c.desk(2).cursor().rev, c.log().head());
        QCOMPARE(c.desk(2).rows(patients).size(), 8u);
    }

    void anEntryOfAnotherDeviceEndsTheLine()
    {
        Clinic c(2);
        c.settle();
        Entry stranger = c.desk(1).entryOf({schema::makeInsert(patients, c.newId(), {{kEmail, words("x")}})});
        stranger.device = c.newId();
        const std::int64_t before = c.log().head();
        c.desk(1).line()->inject(Way::Up, packed(c, Push{1, stranger, false}));
        c.deliver();
        QVERIFY(!c.online(1));
        QVERIFY(c.lastWords(1));
        QCOMPARE(c.log().head(), before);
        QCOMPARE(c.merged(stranger.uuid), 0);
    }

    void h5_aRefusalDoomsWhatStandsOnIt()
    {
        Clinic c(2);
        c.settle();
        const Uuid ana = c.desk(1).admit("Silva");
        c.settle();
        c.cut(1);
        QVERIFY(c.host().change(patients, ana, {{col(patients, "deceased"), std::int64_t{1}}}).ok());
        const Saved ticket = c.desk(1).takeTicket(ana);
        const Saved note = c.desk(1).change(active_patient_queue, ticket.row, {{kTicketNote, words("wheelchair")}});
        const Saved email = c.desk(1).change(patients, ana, {{kEmail, words("ana@example.org")}});
        QVERIFY(ticket.ok() && note.ok() && email.ok());
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));               // HELLO, WELCOME: all three go up
        QVERIFY(c.step(1, Way::Down));                                     // the page
        const std::int64_t before = c.log().head();
        QVERIFY(c.step(1, Way::Up));
        QCOMPARE(c.log().head(), before + 1);                              // H20: a refusal has a revision
        const Message answer = opened(c, c.desk(1).line()->underWay(Way::Down).front());
        QVERIFY(std::get<Frame>(answer).rows.empty());                     // without rows
        QVERIFY(std::get<Frame>(answer).answers.at(ticket.seq).verdict == Verdict::Refused);
        QVERIFY(c.desk(1).row(active_patient_queue, ticket.row));
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(!c.desk(1).row(active_patient_queue, ticket.row));         // hidden at once, with what stood on it
        QCOMPARE(c.desk(1).pending(), 2);
        QCOMPARE(c.desk(1).rejected().size(), 1u);
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), note), Verdict::Refused);
        QVERIFY(c.desk(1).answer(note.entry)->why.find("is not here any more") != std::string::npos);
        QCOMPARE(verdict(c.desk(1), email), Verdict::Applied);
        const auto aside = c.desk(1).rejected();
        QCOMPARE(aside.size(), 2u);
        for (const auto &item : aside)                                     // all that was typed can be read again
            QVERIFY(decodeEntry(item.entry)->uuid == item.entryUuid && !item.why.empty());
    }

    void h6_whatStandsOnAReviewIsHiddenAtOnceAndJoinsIt()
    {
        Clinic c(2);
        c.settle();
        const Uuid ana = c.desk(1).admit("Silva");
        const Uuid bill = c.desk(1).add(patient_bills, {{kBillPatient, ana}, {kBillNote, words("first")}}).row;
        c.settle();
        c.cut(1);
        QVERIFY(c.host().change(patient_bills, bill, {{kBillNote, words("theirs")}}).ok());
        const Uuid second = c.newId();
        const Saved whole = c.desk(1).save({schema::makeUpdate(patient_bills, c.desk(1).row(patient_bills, bill).value(), {{kBillNote, words("mine")}}),
                                            schema::makeInsert(patient_bills, second, {{kBillPatient, ana}})});
        const Saved paid = c.desk(1).add(payments, {{col(payments, "bill_id"), second}, {col(payments, "amount"), std::int64_t{100}}});
        QVERIFY(whole.ok() && paid.ok());
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down) && c.step(1, Way::Down) && c.step(1, Way::Up));
        QVERIFY(c.desk(1).row(payments, paid.row));
        QVERIFY(c.step(1, Way::Down));
        QCOMPARE(verdict(c.desk(1), whole), Verdict::Review);
        QVERIFY(!c.desk(1).row(patient_bills, second));
        QVERIFY(!c.desk(1).row(payments, paid.row));                       // or it would refer to nothing
        QCOMPARE(c.desk(1).pending(), 1);
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), paid), Verdict::Review);
        QVERIFY(c.desk(2).row(sync_reviews, uuidV5(paid.entry, "review")));
    }

    // A program of last year passed over what it did not know, and its cursor with it.
    void anUpdatedClientReadsWhatItPassedOver()
    {
        Clinic c(2, 1, 3);
        c.settle();
        const Uuid ana = c.desk(1).admit("Silva", {{kEmail, words("a")}});
        const Saved hello = c.host().add(notes, {{col(notes, "text"), words("Hello")}, {col(notes, "subject_class"), std::int64_t{2}}});
        QVERIFY2(hello.ok(), qPrintable(hello.refused));
        const Uuid note = hello.row;
        c.settle();
        c.cut(1);
        QVERIFY(c.desk(1).change(patients, ana, {{kLanguage, words("pt")}}).ok());
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) {
            QCOMPARE(stateInt(tx, key::kSchema), std::int64_t{storage::kSchemaVersion});
            tx.eraseRow(notes, note);                                  // a table and a column that came later
            Row row = tx.base(patients, ana).value();
            row[kEmail] = {};
            tx.setBase(patients, ana, row);
            tx.setState(key::kSchema, {});
        }));
        for (int cut = 0; cut < 3; ++cut) {                            // it goes on where it was cut
            c.connect(1);
            QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down) && c.step(1, Way::Down));
            c.crash(1);
        }
        c.settle();
        QCOMPARE(c.desk(1).text(notes, note, "text"), std::string("Hello"));
        QCOMPARE(c.desk(1).text(patients, ana, "email"), std::string("a"));
        QCOMPARE(c.host().text(patients, ana, "language"), std::string("pt"));
        c.expectEqual();
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) { QCOMPARE(stateInt(tx, key::kScans), std::int64_t{1}); }));
        c.cut(1);
        c.settle();
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) { QCOMPARE(stateInt(tx, key::kScans), std::int64_t{1}); }));
    }

    void rule8_aPushThatTheHostLosesComesAgain()
    {
        Clinic c(2);
        c.settle();
        const Saved act = c.desk(1).add(patients, {{kEmail, words("a")}});
        c.powerFailsAt(0);
        c.deliver();
        QVERIFY(!c.online(1) && !c.online(2));
        QCOMPARE(c.merged(act.entry), 0);
        c.settle();
        QCOMPARE(c.merged(act.entry), 1);
        c.powerFailsAt(1);                           // and an answer that the client loses
        const Saved next = c.desk(1).change(patients, act.row, {{kEmail, words("b")}});
        QVERIFY(!next.ok());                         // the power failed before it was saved: the person knows
        QVERIFY(c.accidents());
        QCOMPARE(c.desk(1).text(patients, act.row, "email"), std::string("a"));
        c.settle();
        const Saved last = c.desk(1).change(patients, act.row, {{kEmail, words("c")}});
        QVERIFY(c.step(1, Way::Up));
        c.powerFailsAt(1);
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(!c.online(1));
        QCOMPARE(c.desk(1).pending(), 1);
        c.settle();
        QCOMPARE(c.merged(last.entry), 1);
        c.expectEqual();
    }

    // An ACK makes the host send the next pages. Where its transaction fails they were never sent, and the host knows.
    void rule7_pagesOfAnEventThatFailedAreSentAgain()
    {
        Clinic c(1, 7, 1);                           // one row a page: more pages than may be under way
        for (int i = 0; i < 12; ++i)
            (void)c.host().admit("Silva");
        c.connect(1);
        QVERIFY(c.step(1, Way::Up));
        ConnId conn = 0;
        QTRY_VERIFY(!c.log().peers().empty());
        conn = c.log().peers().begin()->first;
        while (c.step(1, Way::Down)) {}
        const auto before = c.log().peers();
        const bool done = c.host().tx([&](StoreTx &tx, Effects &e) {
            e.append(c.log().received(conn, Ack{c.desk(1).cursor(), 0}, tx));
            QVERIFY(!e.sends.empty());
            throw StoreFailure({ErrorCode::DiskFull, Severity::Failure, QStringLiteral("The disk is full."), {}});
        });
        QVERIFY(!done);
        c.log().undo(before);
        c.deliver();                                 // the same ACK again: no HELLO is needed
        QCOMPARE(c.desk(1).cursor().rev, c.log().head());
        c.expectEqual();
    }
};

QTEST_GUILESS_MAIN(SyncLinesTest)
#include "sync_lines_test.moc"
