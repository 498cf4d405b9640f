// What tests of the form of a record share: a desk with a form over it, another writer behind it, records to refer to, and
// pictures where ANTEROOM_PICTURES names a folder.
#pragma once

#include "fake_desk.h"

#include "schema/registry.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescriptions.h"
#include "schema/tables/vitals.h"
#include "ui/common/field.h"
#include "ui/common/segments.h"
#include "ui/records/history_panel.h"
#include "ui/records/record_form.h"
#include "ui/records/record_form_archive.h"
#include "ui/records/record_form_fields.h"
#include "ui/records/record_form_model.h"
#include "ui/records/reference_box.h"

#include <QDir>
#include <QSignalSpy>

namespace anteroom::ui {

using namespace Qt::StringLiterals;
using schema::col;
using schema::Table;
using schema::Value;
namespace tables = schema::tables;

inline constexpr int kNote = col(tables::vitals, "note"), kSystolic = col(tables::vitals, "systolic");

inline QString nameOf(const Table &table) { return QString::fromUtf8(table.name.data(), static_cast<qsizetype>(table.name.size())); }

// A value that any column of its kind takes.
inline QString textFor(const Table &table, const FieldSpec &field, int salt)
{
    const schema::Column &c = schema::columnAt(table, field.column);
    switch (field.kind) {
    case FieldKind::Line:
        if (c.maxLength > 0 && c.maxLength <= 8)
            return QStringLiteral("%1").arg(salt % 10);
        return QStringLiteral("words %1").arg(salt).left(c.maxLength ? static_cast<int>(c.maxLength) : 255);
    case FieldKind::Lines: return QStringLiteral("first line %1\nsecond line").arg(salt);
    case FieldKind::Date: return u"20 Nov 2026"_s;
    case FieldKind::Birth: return u"12 Mar 1992"_s;
    case FieldKind::Moment: return u"20 Nov 2026, 10:42"_s;
    case FieldKind::Money: return QString::number(150 + salt);
    case FieldKind::Real: return u"2.5"_s;
    case FieldKind::MinuteOfDay: return u"08:30"_s;
    case FieldKind::Weekdays: return u"Mon-Fri"_s;
    case FieldKind::Json: return QStringLiteral("{\"n\": %1}").arg(salt);
    case FieldKind::Number: {
        const int digits = measureOf(table, field.column).value_or(Measure{}).digits;
        const std::int64_t kept = std::clamp<std::int64_t>(300 + salt % 10, c.min, c.max);
        return plainMoney(Money{kept}, digits);
    }
    default: return {};
    }
}

class RecordFormDesk {
public:
    RecordFormDesk() : m_theme(std::make_unique<Theme>(*qApp)) {}
    ~RecordFormDesk() { close(); }

    bool begin()
    {
        m_rows.clear();
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        const bool started = m_desk->startClinic();
        openForm();
        return started;
    }
    void close()
    {
        m_form.reset();
        m_desk.reset();
    }

    node::Replica &replica() { return *m_desk->replica; }
    RecordFormModel &model() { return m_form->model(); }

    void openForm(QSize size = {380, 666})
    {
        m_form.reset();
        m_form = std::make_unique<RecordForm>(Context{replica(), m_desk->window->settings(), m_clock, m_random, m_desk->window->undo()});
        m_form->resize(size);
        m_form->show();
        m_form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));       // keys go to the active window
    }

    bool behind(schema::Change change, Uuid user = {})       // another desk, another page
    {
        const auto saved = answer(replica().commands().save({.name = "test.other", .changes = {std::move(change)}, .user = user}));
        return saved && saved->saved;
    }

    schema::Row row(const Table &table, const Uuid &id)
    {
        const auto found = answer(replica().queries().record(table, id));
        return found && *found ? **found : schema::emptyRow(table, {});
    }

    Uuid add(const Table &table, std::vector<schema::ColumnValue> values)
    {
        const Uuid id = schema::naturalIdOf(table, values).value_or(uuidV7(m_clock, m_random));
        return behind(schema::makeInsert(table, id, values)) ? id : Uuid{};
    }

    // A row of the table to refer to, with what it refers to.
    Uuid rowOf(const Table &table)
    {
        if (const auto it = m_rows.find(&table); it != m_rows.end())
            return it->second;
        if (table.name == "users")
            return m_rows[&table] = replica().identity().user;
        if (table.name == "devices")
            return m_rows[&table] = replica().identity().device;
        return m_rows[&table] = add(table, valuesFor(table));
    }

    // What a row of the table needs at least.
    std::vector<schema::ColumnValue> valuesFor(const Table &table)
    {
        std::vector<schema::ColumnValue> values;
        if (table.name == "patients")                        // a person has a name
            values.push_back({col(tables::patients, "given_name"), std::string("Amina")});
        for (const FieldSpec &field : fieldSpecs(table)) {
            const schema::Column &c = schema::columnAt(table, field.column);
            if (!c.required)
                continue;
            if (!c.references.empty())
                values.push_back({field.column, rowOf(*schema::findTable(c.references))});
            else if (!c.allowed.empty())
                values.push_back({field.column, Value{std::string(c.allowed.front())}});
            else if (const auto value = fieldValue(table, field.column, textFor(table, field, static_cast<int>(m_rows.size())), TextContext{.style = {}, .today = QDate::currentDate()}); value && !schema::isNull(*value))
                values.push_back({field.column, *value});
        }
        schema::Row row = schema::emptyRow(table, {});
        for (const schema::ColumnValue &value : values)
            row[value.column] = value.value;
        addDerived(table, row, {}, values);
        return values;
    }

    bool saveAndWait()
    {
        QSignalSpy saved(&model(), &RecordFormModel::saved);
        model().save();
        const bool done = QTest::qWaitFor([&] { return !saved.isEmpty() || (model().state() == RecordFormModel::State::Ready); }, kWaitMs) && !saved.isEmpty();
        if (!done) {
            const auto wrong = model().firstWrong();
            qWarning("%s: not saved: %s %s", qPrintable(nameOf(*model().table())), qPrintable(model().failure()),
                     wrong ? qPrintable(columnTitle(*model().table(), *wrong) + u": "_s + model().error(*wrong)) : "");
        }
        return done;
    }

    bool openAndWait(const Table &table, const Uuid &id)
    {
        m_form->open(table, id);
        return QTest::qWaitFor([&] { return model().state() == RecordFormModel::State::Ready; }, kWaitMs);
    }

    Uuid someVitals()
    {
        const Uuid patient = add(tables::patients, {{col(tables::patients, "given_name"), std::string("Amina")}});
        return add(tables::vitals, {{col(tables::vitals, "patient_id"), patient}, {kNote, std::string("as it was")}, {kSystolic, std::int64_t{120}}});
    }

    bool change(const Table &table, const Uuid &id, std::vector<schema::ColumnValue> values) { return behind(schema::makeUpdate(table, row(table, id), values)); }

    template <typename T>
    T *controlOf(int column) { return qobject_cast<T *>(m_form->findChild<RecordFields *>()->control(column)); }

    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("ANTEROOM_PICTURES");
        if (folder.isEmpty())
            return;
        QDir().mkpath(folder);
        for (const auto &[scheme, word] : {std::pair(Theme::Scheme::Light, u"light"_s), std::pair(Theme::Scheme::Dark, u"dark"_s)}) {
            m_theme->setScheme(scheme);
            QVERIFY(m_form->grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, word)));
        }
        m_theme->setScheme(Theme::Scheme::Light);
    }

protected:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<RecordForm> m_form;
    std::map<const Table *, Uuid> m_rows;                    // one of each table, to refer to
};

} // namespace anteroom::ui
