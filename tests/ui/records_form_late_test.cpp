// Answers that come late: typed on while it is saved, left before the answer, another record chosen before the answer.
#include "record_form_desk.h"

using namespace anteroom;
using namespace anteroom::ui;

class RecordsFormLateTest : public QObject, RecordFormDesk {
    Q_OBJECT

private:
    std::size_t drafts()
    {
        const auto all = answer(replica().drafts().all(u"records."_s));
        return all ? all->size() : 99;
    }
    std::vector<schema::ColumnValue> ofSomebody()
    {
        return {{col(tables::vitals, "patient_id"), add(tables::patients, {{col(tables::patients, "given_name"), std::string("Amina")}})}};
    }
    QString noteOf(const Uuid &id) { return schema::toQString(row(tables::vitals, id)[kNote]); }

private Q_SLOTS:
    void init() { QVERIFY(begin()); }
    void cleanup() { close(); }

    void typedOnWhileItIsSavedStays();
    void startOverWaitsForTheAnswer();
    void savedAfterTheFormWasLeftIsNoDraft();
    void refusedAfterTheFormWasLeftIsADraft();
    void aDraftOfWhatIsThereIsForgotten();
    void theAmountIsOfTheBillThatWasChosenLast();
    void historyOfTheRecordBeforeIsDropped();
};

void RecordsFormLateTest::typedOnWhileItIsSavedStays()
{
    const Uuid known = someVitals();
    for (const bool isNew : {false, true}) {
        if (isNew)
            m_form->startNew(tables::vitals, ofSomebody());
        else
            QVERIFY(openAndWait(tables::vitals, known));
        model().setText(kNote, u"first"_s);
        model().save();
        QVERIFY(model().state() == RecordFormModel::State::Saving);
        model().setText(kNote, u"first and more"_s);
        QTRY_VERIFY_WITH_TIMEOUT(model().state() == RecordFormModel::State::Ready, kWaitMs);
        const Uuid id = model().id();
        QCOMPARE(noteOf(id), u"first"_s);
        QCOMPARE(model().text(kNote), u"first and more"_s);
        QVERIFY(model().dirty());
        QTRY_COMPARE_WITH_TIMEOUT(drafts(), std::size_t{1}, kWaitMs);
        QVERIFY(saveAndWait());
        QCOMPARE(noteOf(id), u"first and more"_s);
        QTRY_COMPARE_WITH_TIMEOUT(drafts(), std::size_t{0}, kWaitMs);
    }
}

void RecordsFormLateTest::startOverWaitsForTheAnswer()
{
    QVERIFY(openAndWait(tables::vitals, someVitals()));
    model().setText(kNote, u"mine"_s);
    model().save();
    model().startOver();
    QVERIFY(model().state() == RecordFormModel::State::Saving);
    QTRY_VERIFY_WITH_TIMEOUT(model().state() == RecordFormModel::State::Ready, kWaitMs);
    QCOMPARE(model().text(kNote), u"mine"_s);
    QCOMPARE(noteOf(model().id()), u"mine"_s);
}

void RecordsFormLateTest::savedAfterTheFormWasLeftIsNoDraft()
{
    const Uuid other = someVitals();
    const auto preset = ofSomebody();
    m_form->startNew(tables::vitals, preset);
    const Uuid id = model().id();
    model().setText(kNote, u"mine"_s);
    model().keepDraft();
    QTRY_COMPARE_WITH_TIMEOUT(drafts(), std::size_t{1}, kWaitMs);
    model().save();
    QVERIFY(openAndWait(tables::vitals, other));
    QTRY_COMPARE_WITH_TIMEOUT(noteOf(id), u"mine"_s, kWaitMs);
    QTRY_COMPARE_WITH_TIMEOUT(drafts(), std::size_t{0}, kWaitMs);
    QVERIFY(model().id() == other);
    QCOMPARE(model().text(kNote), u"as it was"_s);
}

void RecordsFormLateTest::refusedAfterTheFormWasLeftIsADraft()
{
    const Table &users = *schema::findTable("users");
    const int login = schema::findColumn(users, "login"), name = schema::findColumn(users, "name"), role = schema::findColumn(users, "role");
    QVERIFY(!add(users, {{login, std::string("marta")}, {name, std::string("Marta")}, {role, std::string("nurse")}}).isNull());
    const Uuid other = someVitals();
    m_form->startNew(users);
    model().setText(name, u"Other Marta"_s);
    model().setText(login, u"marta"_s);
    model().setText(role, u"nurse"_s);
    model().save();
    QVERIFY(model().state() == RecordFormModel::State::Saving);
    QVERIFY(openAndWait(tables::vitals, other));
    m_form->startNew(users);
    QTRY_COMPARE_WITH_TIMEOUT(model().text(name), u"Other Marta"_s, kWaitMs);
    QVERIFY(model().restored());
}

void RecordsFormLateTest::aDraftOfWhatIsThereIsForgotten()
{
    const auto preset = ofSomebody();
    m_form->startNew(tables::vitals, preset);
    const Uuid id = model().id();
    model().setText(kNote, u"mine"_s);
    QVERIFY(saveAndWait());
    // As the program leaves it when it ends between the two.
    const RecordDraft draft{.id = id, .shown = {}, .typed = {{kNote, u"mine"_s}}};
    replica().drafts().put(draftKey(tables::vitals, {}, preset), encodeDraft(tables::vitals, draft));
    QCOMPARE(drafts(), std::size_t{1});
    m_form->startNew(tables::vitals, preset);
    QTRY_COMPARE_WITH_TIMEOUT(drafts(), std::size_t{0}, kWaitMs);
    QVERIFY(!model().restored() && model().text(kNote).isEmpty());
    QVERIFY(model().id() != id);
}

void RecordsFormLateTest::theAmountIsOfTheBillThatWasChosenLast()
{
    const int bill = col(tables::payments, "bill_id"), amount = col(tables::payments, "amount");
    const Uuid patient = add(tables::patients, {{col(tables::patients, "given_name"), std::string("Amina")}});
    const auto newBill = [&] { return add(tables::patient_bills, {{col(tables::patient_bills, "patient_id"), patient}}); };
    const Uuid owing = newBill(), nothing = newBill();
    QVERIFY(!owing.isNull() && !nothing.isNull());
    QVERIFY(!add(tables::bill_items, {{col(tables::bill_items, "bill_id"), owing}, {col(tables::bill_items, "description"), std::string("Dressing")},
                                      {col(tables::bill_items, "quantity_milli"), std::int64_t{1000}}, {col(tables::bill_items, "unit_price"), std::int64_t{500}},
                                      {col(tables::bill_items, "total"), std::int64_t{500}}}).isNull());
    m_form->startNew(tables::payments);
    model().setText(bill, owing.toString());
    QTRY_VERIFY_WITH_TIMEOUT(!model().text(amount).isEmpty(), kWaitMs);
    model().setText(bill, nothing.toString());
    QTRY_VERIFY_WITH_TIMEOUT(model().text(amount).isEmpty(), kWaitMs);
    model().setText(bill, nothing.toString().chopped(1));
    model().setText(bill, nothing.toString());                   // the answer for the one before comes after this choice
    model().setText(bill, owing.toString());
    QTRY_VERIFY_WITH_TIMEOUT(!model().text(amount).isEmpty(), kWaitMs);
}

void RecordsFormLateTest::historyOfTheRecordBeforeIsDropped()
{
    const Uuid vitals = someVitals();
    const Uuid service = rowOf(tables::clinic_services);
    HistoryPanel history(replica().queries());
    history.setParent(m_form.get());                         // no window of its own: the form keeps the keys
    static_cast<QWidget &>(history).show();
    QSignalSpy loaded(&history, &HistoryPanel::loaded);
    history.setRecord(&tables::vitals, vitals, {}, QDate::currentDate());
    history.refresh();
    history.setRecord(&tables::clinic_services, service, {}, QDate::currentDate());
    history.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, kWaitMs);        // the later one alone
    QVERIFY(answer(replica().queries().history(tables::vitals, vitals, 5)));
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(history.steps(), 1);
}

QTEST_MAIN(RecordsFormLateTest)
#include "records_form_late_test.moc"
