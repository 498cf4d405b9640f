// What two people do to one record while they cannot see each other: rules 3, 4, 9–12 of the sync, told over real
// databases, engines and write doors.
#include "unit/node/story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;

class SyncMergeTest : public QObject {
    Q_OBJECT

private:
    // Everybody knows Ana; PCs 1 and 2 are without a line.
    struct Apart : Clinic {
        Uuid ana;
        explicit Apart(std::vector<schema::ColumnValue> more = {}) : Clinic(3)
        {
            settle();
            ana = desk(1).admit("Silva", std::move(more));
            settle();
            cut(1);
            cut(2);
        }
        void firstOneThenTwo()
        {
            connect(1);
            deliver();
            settle();
        }
        std::string at(int n, int column) { return desk(n).text(patients, ana, schema::columnAt(patients, column).name); }
        Uuid bill(const char *note)
        {
            return desk(3).add(patient_bills, {{kBillPatient, ana}, {kBillNote, words(note)}}).row;
        }
    };

private Q_SLOTS:
    void rule9_differentGroupsAreBothKept()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("ana@example.org")}}).ok());
        QVERIFY(c.desk(2).change(patients, c.ana, {{kNote, words("allergic to dust")}}).ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(c.at(3, kEmail), std::string("ana@example.org"));
        QCOMPARE(c.at(3, kNote), std::string("allergic to dust"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    void rule11_theLoserOfAGroupIsInTheInboxOfEveryReplica()
    {
        Apart c({{kLine, words("Rua A 1")}, {kCity, words("Lisboa")}});
        const Row base = c.desk(1).row(patients, c.ana).value();
        QVERIFY(c.desk(1).change(patients, c.ana, {{kLine, words("Rua B 2")}}).ok());
        const Saved lost = c.desk(2).change(patients, c.ana, {{kCity, words("Porto")}});       // another column of the same group
        const Row mine = c.desk(2).row(patients, c.ana).value();
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(2), lost), Verdict::Conflict);
        for (int n = 0; n <= 3; ++n) {
            QCOMPARE(c.at(n, kLine), std::string("Rua B 2"));
            QCOMPARE(c.at(n, kCity), std::string("Lisboa"));
            const auto inbox = openConflicts(c.desk(n));
            QCOMPARE(inbox.size(), 1u);
            const Row &conflict = inbox.front();
            QVERIFY(of(conflict, sync_conflicts, "base") == picture(patients, kCity, base));
            QVERIFY(of(conflict, sync_conflicts, "mine") == picture(patients, kCity, mine));
            QVERIFY(of(conflict, sync_conflicts, "theirs") == picture(patients, kCity, c.host().row(patients, c.ana).value()));
            QVERIFY(of(conflict, sync_conflicts, "mine_device") == Value(c.desk(2).who().device));
            QVERIFY(of(conflict, sync_conflicts, "mine_user") == Value(c.desk(2).who().user));
            QVERIFY(of(conflict, sync_conflicts, "theirs_device") == Value(c.desk(1).who().device));
            QVERIFY(of(conflict, sync_conflicts, "theirs_user") == Value(c.desk(1).who().user));
            const std::string cause = "1/" + c.ana.toString().toStdString() + "/8";            // H18
            QVERIFY(conflict.id == uuidV5(lost.entry, cause));
        }
    }

    // The row's last writer is the loser himself, whose other group was taken, or somebody who wrote another group.
    void rule11_theirsIsWhoWroteTheLostGroup()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kNote, words("allergic to dust")}}).ok());
        c.connect(1);
        c.deliver();
        QVERIFY(c.desk(3).change(patients, c.ana, {{kLanguage, words("pt")}}).ok());
        const Row shown = c.desk(2).row(patients, c.ana).value();
        QVERIFY(c.desk(2).change(patients, c.ana, {{kNote, words("allergic to pollen")}, {kEmail, words("ana@example.org")}}).ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(c.at(0, kEmail), std::string("ana@example.org"));
        const auto inbox = openConflicts(c.host());
        QCOMPARE(inbox.size(), 1u);
        QVERIFY(of(inbox.front(), sync_conflicts, "theirs_device") == Value(c.desk(1).who().device));
        QVERIFY(of(inbox.front(), sync_conflicts, "theirs_user") == Value(c.desk(1).who().user));
        const Saved late = c.desk(3).changeShown(patients, shown, {{kNote, words("none")}});          // a form that was open all the time
        QCOMPARE(late.differences.size(), 1u);
        QCOMPARE(late.differences.front().changedBy, c.desk(1).who().personName);
    }

    void hostRefusesAnActOfNobodyItKnows()
    {
        Clinic c(2);
        c.settle();
        schema::Entry entry = c.desk(1).entryOf({schema::makeInsert(patients, c.newId(), {{schema::col(patients, "family_name"), words("Nemo")}})});
        entry.user = c.newId();
        c.desk(1).line()->send(std::make_shared<const Message>(Push{1, entry, false}));
        c.deliver();
        QVERIFY(!c.lastWords(0));                    // its database took the transaction: nobody else waits behind it
        QVERIFY(!c.host().row(patients, entry.changes.front().id));
        QVERIFY(c.online(1));
        const Uuid ben = c.desk(2).admit("Ben");
        c.settle();
        QVERIFY(c.host().row(patients, ben));
    }

    void rule9_alreadyNewIsNoConflict()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("ana@example.org")}}).ok());
        const Saved same = c.desk(2).change(patients, c.ana, {{kEmail, words("ana@example.org  ")}});
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(2), same), Verdict::Applied);
        QVERIFY(openConflicts(c.host()).empty());
    }

    void h1_aSecondLossOnTopOfTheFirstUpdatesTheConflict()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("theirs")}}).ok());
        const Row base = c.desk(2).row(patients, c.ana).value();
        QVERIFY(c.desk(2).change(patients, c.ana, {{kEmail, words("mine 1")}}).ok());
        QVERIFY(c.desk(2).change(patients, c.ana, {{kEmail, words("mine 2")}}).ok());
        const Row mine = c.desk(2).row(patients, c.ana).value();
        c.firstOneThenTwo();
        const auto inbox = openConflicts(c.host());
        QCOMPARE(inbox.size(), 1u);
        QVERIFY(of(inbox.front(), sync_conflicts, "mine") == picture(patients, kEmail, mine));
        QVERIFY(of(inbox.front(), sync_conflicts, "base") == picture(patients, kEmail, base));
        c.cut(2);                                    // a loss on other ground opens another one
        QVERIFY(c.desk(2).change(patients, c.ana, {{kEmail, words("mine 3")}}).ok());
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("theirs 2")}}).ok());
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(openConflicts(c.desk(3)).size(), 2u);
    }

    void h2_oneNaturalKeyTwiceIsOneRow()
    {
        Apart c;
        const Saved first = c.desk(1).add(clinic_settings, {{kSettingKey, words("queue.greeting")}, {kSettingValue, words("Good morning")}});
        const Saved other = c.desk(2).add(clinic_settings, {{kSettingKey, words("queue.greeting")}, {kSettingValue, words("Bom dia")}});
        QVERIFY(first.row == other.row);
        QVERIFY(c.desk(1).add(clinic_settings, {{kSettingKey, words("queue.same")}, {kSettingValue, words("yes")}}).ok());
        QVERIFY(c.desk(2).add(clinic_settings, {{kSettingKey, words("queue.same")}, {kSettingValue, words("yes")}}).ok());
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(c.desk(3).text(clinic_settings, first.row, "value"), std::string("Good morning"));
        const auto inbox = openConflicts(c.host());
        QCOMPARE(inbox.size(), 1u);
        QVERIFY(of(inbox.front(), sync_conflicts, "subject_id") == Value(first.row));
    }

    void h3_aConflictThatChangedMeanwhileIsNotResolved()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("theirs")}}).ok());
        QVERIFY(c.desk(2).change(patients, c.ana, {{kEmail, words("mine 1")}}).ok());
        c.firstOneThenTwo();
        const Uuid conflict = openConflicts(c.host()).front().id;
        const Row old = c.desk(2).row(patients, c.ana).value();
        c.cut(1);
        const Saved resolved = c.desk(1).change(sync_conflicts, conflict,
            {{col(sync_conflicts, "status"), words("closed")}, {col(sync_conflicts, "resolution"), words("theirs")}});
        QVERIFY(resolved.ok());
        auto again = schema::makeUpdate(patients, old, {{kEmail, words("mine 2")}});           // typed on top of what was lost
        again.groups.front().oldValues = {words("mine 1")};
        QVERIFY(c.desk(2).force(c.desk(2).entryOf({again})).seq > 0);
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), resolved), Verdict::Refused);
        QCOMPARE(c.desk(1).rejected().size(), 1u);
        QCOMPARE(openConflicts(c.desk(3)).size(), 1u);
        QCOMPARE(openConflicts(c.desk(3)).front().id, conflict);
        QVERIFY(c.desk(3).change(sync_conflicts, conflict, {{col(sync_conflicts, "status"), words("closed")}}).ok());
        c.settle();
        QVERIFY(openConflicts(c.host()).empty());
        c.expectEqual();
    }

    void h9_anItemThatComesAgainAfterItsBillWasIssuedIsNoRefusal()
    {
        Apart c;
        const Uuid bill = c.bill("first");
        const Uuid item = c.desk(3).add(bill_items, {{col(bill_items, "bill_id"), bill}, {col(bill_items, "description"), words("Visit")}, {col(bill_items, "unit_price"), std::int64_t{500}}}).row;
        const auto update = schema::makeUpdate(bill_items, c.desk(3).row(bill_items, item).value(), {{col(bill_items, "unit_price"), std::int64_t{700}}});
        const schema::Entry entry = c.desk(3).entryOf({update});
        QVERIFY(c.desk(3).force(entry).seq > 0);
        QVERIFY(c.desk(3).change(patient_bills, bill, {{kBillState, words("issued")}}).ok());
        c.settle();
        const Saved again = c.desk(3).force(entry);              // as a clone, or a copy that was restored, sends it
        c.settle();
        c.expectEqual();
        QVERIFY(c.desk(3).rejected().empty());
        QCOMPARE(verdict(c.desk(3), again), Verdict::Applied);
        auto late = schema::makeUpdate(bill_items, c.desk(3).row(bill_items, item).value(), {{col(bill_items, "unit_price"), std::int64_t{900}}});
        const Saved refused = c.desk(3).force(c.desk(3).entryOf({late}));
        c.settle();
        QCOMPARE(verdict(c.desk(3), refused), Verdict::Refused);
        c.expectEqual();
    }

    void rule10_wholeGoesToReviewAndNothingOfItApplies()
    {
        Apart c;
        const Uuid bill = c.bill("first");
        c.settle();
        c.cut(1);
        c.cut(2);
        QVERIFY(c.desk(1).change(patient_bills, bill, {{kBillNote, words("theirs")}}).ok());
        const Row shown = c.desk(2).row(patient_bills, bill).value();
        const Uuid second = c.newId();
        const Saved whole = c.desk(2).save({schema::makeUpdate(patient_bills, shown, {{kBillNote, words("mine")}}),
                                            schema::makeInsert(patient_bills, second, {{kBillPatient, c.ana}})});
        const Saved joins = c.desk(2).change(patient_bills, second, {{kBillNote, words("on the second")}});         // H6
        const Saved elsewhere = c.desk(2).change(patients, c.ana, {{kEmail, words("ana@example.org")}});
        QCOMPARE(c.desk(2).text(patient_bills, bill, "note"), std::string("mine"));
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(2), whole), Verdict::Review);
        QCOMPARE(verdict(c.desk(2), joins), Verdict::Review);
        QCOMPARE(verdict(c.desk(2), elsewhere), Verdict::Applied);
        QCOMPARE(c.desk(2).text(patient_bills, bill, "note"), std::string("theirs"));          // the host's image
        QVERIFY(!c.desk(2).row(patient_bills, second));
        QVERIFY(openConflicts(c.host()).empty());
        const auto reviews = openReviews(c.desk(2));
        QCOMPARE(reviews.size(), 2u);
        const auto review = c.desk(1).row(sync_reviews, uuidV5(whole.entry, "review"));        // H18
        QVERIFY(review);
        const auto entry = decodeEntry(std::get<schema::Blob>(of(*review, sync_reviews, "entry")));
        QVERIFY(entry && entry->uuid == whole.entry && entry->changes.size() == 2);
        QVERIFY(of(*review, sync_reviews, "act") == words("test.act") && of(*review, sync_reviews, "at") == Value(entry->at));
        QVERIFY(c.desk(2).rejected().empty());
    }

    void h21_aPaymentInItsOwnTransactionIsNeverHeldUp()
    {
        Apart c;
        const Uuid bill = c.bill("first");
        c.settle();
        c.cut(1);
        c.cut(2);
        QVERIFY(c.desk(1).change(patient_bills, bill, {{kBillNote, words("theirs")}}).ok());
        const Saved paid = c.desk(2).add(payments, {{col(payments, "bill_id"), bill}, {col(payments, "amount"), std::int64_t{2500}}});
        QVERIFY2(paid.ok(), qPrintable(paid.refused));
        const Saved noted = c.desk(2).change(patient_bills, bill, {{kBillNote, words("mine")}, {kBillState, words("issued")}});
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(2), paid), Verdict::Applied);
        QCOMPARE(verdict(c.desk(2), noted), Verdict::Review);
        QVERIFY(c.desk(3).row(payments, paid.row));
    }

    void rule4_whatWasShownIsComparedBeforeItIsSaved()
    {
        Apart c;
        c.settle();
        const Row shown = c.desk(1).row(patients, c.ana).value();
        QVERIFY(c.desk(2).change(patients, c.ana, {{kEmail, words("theirs")}}).ok());
        c.deliver();
        const Saved stopped = c.desk(1).changeShown(patients, shown, {{kEmail, words("mine")}, {kNote, words("n")}});
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.differences.size(), 1u);
        QCOMPARE(stopped.differences.front().group, schema::columnAt(patients, kEmail).group);
        QVERIFY(stopped.differences.front().now == std::vector<Value>{words("theirs")});
        QCOMPARE(c.desk(1).pending(), 0);
        QCOMPARE(c.at(1, kNote), std::string());
        QVERIFY(c.desk(1).changeShown(patients, shown, {{kNote, words("n")}}).ok());           // an untouched group may differ
        const Row atHost = c.host().row(patients, c.ana).value();
        c.settle();
        QVERIFY(!c.host().changeShown(patients, atHost, {{kNote, words("host")}}).ok());       // the host's own door asks alike
        c.expectEqual();
    }

    void rule12_pendingEditsStayVisible()
    {
        Apart c;
        c.settle();
        c.desk(1).line()->hold(Way::Up, true);
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("mine")}}).ok());
        QVERIFY(c.host().change(patients, c.ana, {{kEmail, words("theirs")}}).ok());
        QVERIFY(c.host().change(patients, c.ana, {{kNote, words("from the host")}}).ok());
        c.deliver();
        QCOMPARE(c.at(1, kEmail), std::string("mine"));
        QCOMPARE(c.at(1, kNote), std::string("from the host"));
        QCOMPARE(c.at(2, kEmail), std::string("theirs"));
        c.desk(1).line()->hold(Way::Up, false);
        c.deliver();
        QCOMPARE(c.at(1, kEmail), std::string("theirs"));
        QCOMPARE(openConflicts(c.desk(1)).size(), 1u);
        c.settle();
        c.expectEqual();
    }

    void deleteAgainstEdit()
    {
        Apart c;
        QVERIFY(c.desk(1).remove(patients, c.ana).ok());
        const Saved late = c.desk(2).change(patients, c.ana, {{kEmail, words("mine")}});
        c.firstOneThenTwo();
        c.expectEqual();
        QVERIFY(c.desk(2).row(patients, c.ana)->deleted());
        QCOMPARE(verdict(c.desk(2), late), Verdict::Conflict);
        QVERIFY(of(openConflicts(c.host()).front(), sync_conflicts, "merge_group") == Value(std::int64_t{7}));
        QVERIFY(c.desk(2).restore(patients, c.ana).ok());
        c.settle();
        QVERIFY(!c.desk(3).row(patients, c.ana)->deleted());
        c.expectEqual();
    }

    void editAgainstDelete()
    {
        Apart c;
        QVERIFY(c.desk(1).change(patients, c.ana, {{kEmail, words("mine")}}).ok());
        const Saved late = c.desk(2).remove(patients, c.ana);                // it never saw the edit
        QVERIFY(c.desk(2).row(patients, c.ana)->deleted());
        c.firstOneThenTwo();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(2), late), Verdict::Conflict);
        QVERIFY(!c.desk(2).row(patients, c.ana)->deleted());
        QVERIFY(of(openConflicts(c.host()).front(), sync_conflicts, "merge_group") == Value(std::int64_t{255}));
    }
};

QTEST_GUILESS_MAIN(SyncMergeTest)
#include "sync_merge_test.moc"
