// The form of any record over a real replica: every table that people write is added, changed, archived and restored
// through it, and its history tells so; errors, roles, bills, references, keys.
#include "record_form_desk.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPlainTextEdit>
#include <QStackedWidget>

using namespace anteroom;
using namespace anteroom::ui;

class RecordsFormTest : public QObject, RecordFormDesk {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(begin()); }
    void cleanup() { close(); }

    void everyTableGoesThroughTheForm_data();
    void everyTableGoesThroughTheForm();
    void errorsComeWhenAFieldIsLeft();
    void refusalOfTheDoorLandsAtItsField();
    void ledgersStayAsTheyAre();
    void aRoleThatMayNotChangeReads();
    void paymentsStartWithWhatIsOpen();
    void totalsFollowTheTyping();
    void referencesAreFoundByTyping();
    void archivingAsksWhy();
    void keysSaveAndLeave();
};

void RecordsFormTest::everyTableGoesThroughTheForm_data()
{
    QTest::addColumn<int>("number");
    for (const Table *table : schema::allTables())
        if (table->writer == schema::Writer::People && madeElsewhere(*table).isEmpty())
            QTest::newRow(qPrintable(nameOf(*table))) << int{table->number};
}

void RecordsFormTest::everyTableGoesThroughTheForm()
{
    QFETCH(const int, number);
    const Table &table = *schema::findTable(static_cast<std::uint16_t>(number));
    m_form->startNew(table);
    int salt = 7;
    for (const FieldSpec &field : model().fields()) {
        if (!model().mayWrite(field.column))
            continue;
        const schema::Column &c = schema::columnAt(table, field.column);
        if (field.kind == FieldKind::Reference && c.required)
            model().setText(field.column, rowOf(*schema::findTable(c.references)).toString());
        else if (field.kind == FieldKind::SubjectTable && c.required)
            model().setText(field.column, QString::number(tables::patients.number));
        else if (field.kind == FieldKind::Subject && c.required)
            model().setText(field.column, rowOf(tables::patients).toString());
        else if (field.kind == FieldKind::Choice && c.required && c.defaultValue.empty())
            model().setText(field.column, QString::fromUtf8(c.allowed.front().data(), static_cast<qsizetype>(c.allowed.front().size())));
        else if (const QString text = textFor(table, field, salt++); !text.isEmpty() && model().text(field.column).isEmpty())
            model().setText(field.column, text);
    }
    std::map<int, QString> typed;
    for (const FieldSpec &field : model().fields())
        if (model().mayWrite(field.column))
            typed[field.column] = model().text(field.column);
    QVERIFY(saveAndWait());
    const Uuid id = model().id();
    QTRY_VERIFY_WITH_TIMEOUT(model().state() == RecordFormModel::State::Ready && !model().isNew(), kWaitMs);
    schema::Row kept = row(table, id);
    QVERIFY(kept.id == id);
    for (const auto &[column, text] : typed) {
        if (fieldKind(table, column) == FieldKind::Birth || text.isEmpty())
            continue;
        const auto value = fieldValue(table, column, text, model().textContext());
        QVERIFY2(value && *value == kept[column], qPrintable(columnTitle(table, column) + u": "_s + text));
    }
    int steps = 1;
    if (model().whyReadOnly().isEmpty()) {
        for (const FieldSpec &field : model().fields()) {
            const bool words = (field.kind == FieldKind::Line || field.kind == FieldKind::Lines || field.kind == FieldKind::Money || field.kind == FieldKind::Number || field.kind == FieldKind::Moment);
            const QString text = field.kind == FieldKind::Moment ? u"20 Nov 2026, 11:00"_s : textFor(table, field, 99);
            if (!words || !model().mayWrite(field.column) || text == model().text(field.column))
                continue;
            model().setText(field.column, text);
            QVERIFY(saveAndWait());
            QVERIFY(row(table, id)[field.column] != kept[field.column]);
            ++steps;
            break;
        }
        QCOMPARE(steps, 2);
    }
    if (model().mayArchive()) {
        const auto word = [&] { return schema::toQString(row(table, id)[schema::kDeletedReason]); };
        QTRY_VERIFY_WITH_TIMEOUT(model().mayArchive(), kWaitMs);
        model().archive(u"Written twice"_s);
        QTRY_VERIFY_WITH_TIMEOUT(model().archived() && model().state() == RecordFormModel::State::Ready, kWaitMs);
        QCOMPARE(word(), u"Written twice"_s);
        model().restore();
        QTRY_VERIFY_WITH_TIMEOUT(!model().archived() && model().state() == RecordFormModel::State::Ready, kWaitMs);
        steps += 2;
    }
    auto *history = m_form->findChild<HistoryPanel *>();
    history->setRecord(&table, id, model().style(), QDate::currentDate());
    static_cast<QStackedWidget *>(history->parentWidget())->setCurrentWidget(history);
    QTRY_COMPARE_WITH_TIMEOUT(history->steps(), steps, kWaitMs);
}

void RecordsFormTest::errorsComeWhenAFieldIsLeft()
{
    QVERIFY(openAndWait(tables::vitals, someVitals()));
    model().setText(kSystolic, u"900"_s);
    QVERIFY(model().error(kSystolic).isEmpty());             // never while typing
    model().left(kSystolic);
    QVERIFY(model().error(kSystolic).contains(u"350"));
    auto *field = qobject_cast<Field *>(m_form->findChild<RecordFields *>()->control(kSystolic)->parentWidget());
    QVERIFY(field && field->mark() == FieldMark::Error);
    model().save();
    QVERIFY(model().state() == RecordFormModel::State::Ready);
    QCOMPARE(*model().firstWrong(), kSystolic);
    model().setText(kSystolic, u"130"_s);
    QVERIFY(saveAndWait());
    m_form->startNew(tables::clinic_services);
    model().left(col(tables::clinic_services, "code"));
    QVERIFY(!model().firstWrong());                          // empty fields are told on saving
    model().save();
    QCOMPARE(*model().firstWrong(), col(tables::clinic_services, "code"));
}

void RecordsFormTest::refusalOfTheDoorLandsAtItsField()
{
    const Table &users = *schema::findTable("users");
    const int login = schema::findColumn(users, "login"), name = schema::findColumn(users, "name"), role = schema::findColumn(users, "role");
    QVERIFY(!add(users, {{login, std::string("marta")}, {name, std::string("Marta")}, {role, std::string("nurse")}}).isNull());
    m_form->startNew(users);
    model().setText(name, u"Other Marta"_s);
    model().setText(login, u"marta"_s);
    model().setText(role, u"nurse"_s);
    model().save();
    QTRY_VERIFY_WITH_TIMEOUT(!model().error(login).isEmpty(), kWaitMs);
    QVERIFY(model().failure().isEmpty());
    QVERIFY(!model().error(login).startsWith(u"login:"));
}

void RecordsFormTest::ledgersStayAsTheyAre()
{
    const Uuid bill = add(tables::patient_bills, {});
    const Uuid payment = add(tables::payments, {{col(tables::payments, "bill_id"), bill}, {col(tables::payments, "kind"), std::string("payment")},
                                                {col(tables::payments, "method"), std::string("cash")}, {col(tables::payments, "amount"), std::int64_t{500}}});
    QVERIFY(openAndWait(tables::payments, payment));
    QVERIFY(model().whyReadOnly().contains(u"Add a correcting one"));
    QVERIFY(!model().mayWrite(col(tables::payments, "amount")) && !model().mayArchive());
    m_form->startNew(*schema::findTable("attachment_parts"));
    QVERIFY(!model().whyReadOnly().isEmpty());
    m_form->startNew(*schema::findTable("sync_conflicts"));
    QVERIFY(!model().whyReadOnly().isEmpty());
}

void RecordsFormTest::aRoleThatMayNotChangeReads()
{
    const Uuid code = add(tables::clinic_services, {{col(tables::clinic_services, "code"), std::string("LAB")}, {col(tables::clinic_services, "name"), std::string("Blood glucose")}});
    QVERIFY(openAndWait(tables::clinic_services, code));
    QVERIFY(model().whyReadOnly().isEmpty());
    session::Session person = replica().session().session();
    person.role = schema::Role::Nurse;
    replica().session().set(person);
    QVERIFY(model().whyReadOnly().contains(u"Nurse"));
    QVERIFY(!model().mayWrite(col(tables::clinic_services, "name")) && !model().mayArchive());
    picture(u"read-only"_s);
    model().save();
    QVERIFY(model().state() == RecordFormModel::State::Ready);
}

void RecordsFormTest::paymentsStartWithWhatIsOpen()
{
    const Uuid bill = add(tables::patient_bills, {{col(tables::patient_bills, "state"), std::string("draft")}});
    m_form->startNew(tables::bill_items, {{col(tables::bill_items, "bill_id"), bill}});
    model().setText(col(tables::bill_items, "description"), u"Consultation"_s);
    model().setText(col(tables::bill_items, "unit_price"), u"3000"_s);
    QVERIFY(saveAndWait());
    QVERIFY(openAndWait(tables::patient_bills, bill));
    QTRY_VERIFY_WITH_TIMEOUT(model().bill() && model().bill()->open.minor > 0, kWaitMs);
    picture(u"bill"_s);
    const std::int64_t open = model().bill()->open.minor;
    m_form->startNew(tables::payments, {{col(tables::payments, "bill_id"), bill}});
    const int amount = col(tables::payments, "amount");
    QTRY_COMPARE_WITH_TIMEOUT(model().text(amount), plainMoney(Money{open}, model().style().moneyDigits), kWaitMs);
    QVERIFY(!model().dirty());
    QVERIFY(saveAndWait());
    QTRY_VERIFY_WITH_TIMEOUT(model().bill() && model().bill()->open.minor == 0, kWaitMs);
}

void RecordsFormTest::totalsFollowTheTyping()
{
    const int total = col(tables::bill_items, "total"), price = col(tables::bill_items, "unit_price");
    m_form->startNew(tables::bill_items, {{col(tables::bill_items, "bill_id"), add(tables::patient_bills, {})}});
    model().setText(price, u"1000"_s);
    model().setText(col(tables::bill_items, "quantity_milli"), u"2.5"_s);
    QCOMPARE(model().shownText(total), formatMoney(Money{model().style().moneyDigits == 0 ? 2500 : 250'000}, model().style().moneyDigits, QLocale()));
    QCOMPARE(controlOf<LineEdit>(total)->text(), model().shownText(total));
    model().setText(price, u"12,3456"_s);
    model().left(price);
    model().save();
    picture(u"bill-item-error"_s);
    QVERIFY(!model().error(price).isEmpty());
}

void RecordsFormTest::referencesAreFoundByTyping()
{
    // A name that no other test of this desk has given.
    const Uuid zubeida = add(tables::patients, {{col(tables::patients, "given_name"), std::string("Zubeida")}, {col(tables::patients, "family_name"), std::string("Diallo")}});
    m_form->startNew(tables::vitals);
    const int patient = col(tables::vitals, "patient_id");
    auto *box = controlOf<ReferenceBox>(patient);
    QVERIFY(box);
    m_form->activateWindow();
    box->line()->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(box->line()->hasFocus(), kWaitMs);
    QTest::keyClicks(box->line(), u"zub"_s);
    model().save();
    QVERIFY(model().error(patient).contains(u"Choose one"));
    auto *choices = box->findChild<QCompleter *>();
    QTRY_VERIFY_WITH_TIMEOUT(choices->model()->rowCount() == 1 && choices->model()->index(0, 0).data().toString().contains(u"Zubeida"), kWaitMs);
    Q_EMIT choices->activated(choices->model()->index(0, 0));       // as Enter in the list does
    QTRY_COMPARE_WITH_TIMEOUT(model().text(patient), zubeida.toString(), kWaitMs);
    QVERIFY(box->line()->text().contains(u"Zubeida"));
    QSignalSpy opened(m_form.get(), &RecordForm::openRequested);
    for (auto *button : box->findChildren<QPushButton *>())
        if (button->text() == u"Open"_s)
            button->click();
    QCOMPARE(opened.count(), 1);
}

void RecordsFormTest::archivingAsksWhy()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    m_form->archive();
    auto *bar = m_form->findChild<RecordArchive *>();
    QVERIFY(bar->isVisible());
    QTest::keyClick(bar->reason(), Qt::Key_Return);
    QVERIFY(!model().archived());                            // a reason is needed
    picture(u"archive"_s);
    QVERIFY(m_form->back());
    QVERIFY(!bar->isVisible());
    m_form->archive();
    QTest::keyClicks(bar->reason(), u"Wrong person"_s);
    QTest::keyClick(bar->reason(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(model().archived(), kWaitMs);
    QCOMPARE(schema::toQString(row(tables::vitals, id)[schema::kDeletedReason]), u"Wrong person"_s);
    m_desk->window->undo().undo();
    QTRY_VERIFY_WITH_TIMEOUT(!model().archived(), kWaitMs);
}

void RecordsFormTest::keysSaveAndLeave()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    auto *note = controlOf<QPlainTextEdit>(kNote);
    m_form->activateWindow();
    note->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(note->hasFocus(), kWaitMs);
    note->setPlainText(u"by keys"_s);
    QVERIFY(model().dirty());
    QSignalSpy saved(m_form.get(), &RecordForm::saved);
    QTest::keyClick(note, Qt::Key_S, Qt::ControlModifier);
    QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);      // while it is saved: not twice
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
    QCOMPARE(schema::toQString(row(tables::vitals, id)[kNote]), u"by keys"_s);
    QVERIFY(!m_form->back());
    picture(u"vitals"_s);
}

QTEST_MAIN(RecordsFormTest)
#include "records_form_test.moc"
