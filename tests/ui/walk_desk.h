// A walk through the real window of a demo clinic: somebody of a role sits down, opens pages, fills forms as a person does.
// After each step look() notes what is cut off and what went wrong; the walk goes on and tells everything at its end.
#pragma once

#include "clipped.h"
#include "record_form_desk.h"

#include "domain/demo_clinic.h"
#include "domain/permissions.h"
#include "schema/tables/users.h"
#include "ui/desk/status_words.h"
#include "ui/records/records_list.h"
#include "ui/records/records_page.h"
#include "ui/shell/shell.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>

namespace anteroom::ui {

inline constexpr int kWalkPatients = 60;     // the least that the demo clinic is made of; more show nothing new
inline constexpr QSize kScreen(1366, 768), kSmallScreen(1366, 696);

class WalkDesk : public RecordFormDesk {
public:
    // The demo clinic, a person of the role, and of each table that others refer to a row that may be referred to.
    bool beginClinic(schema::Role role)
    {
        m_wrong.clear();
        m_salt = 500;                                        // far from the codes of the demo clinic
        if (!begin())
            return false;
        m_form.reset();                                      // the window has its own
        for (domain::DemoAct &demo : domain::demoClinic({.clinicDay = QDate::currentDate(), .nowMs = m_clock.utcMs(), .device = replica().identity().device, .pcPrefix = u"AA"_s, .patients = kWalkPatients})) {
            node::Act act{.name = demo.name, .changes = std::move(demo.changes)};
            if (!(demo.takesTicket ? answer(replica().commands().takeTicket(std::move(act))).has_value() : answer(replica().commands().save(std::move(act))).has_value()))
                return false;
        }
        m_rows[&tables::patients] = add(tables::patients, {{col(tables::patients, "given_name"), std::string("Zyxwa")}, {col(tables::patients, "family_name"), std::string("Diarra-Konaté")}});
        for (const Table *table : schema::allTables())
            for (const FieldSpec &field : fieldSpecs(*table))
                if (const schema::Column &c = schema::columnAt(*table, field.column); c.required && !c.references.empty() && schema::findColumn(*schema::findTable(c.references), "subject_table") < 0)
                    rowOf(*schema::findTable(c.references));
        window()->resize(kScreen);
        window()->activateWindow();
        return sit(role) && QTest::qWaitForWindowActive(window());
    }

    bool sit(schema::Role role)
    {
        const std::string word(domain::toText(role));
        const Uuid id = add(tables::users, {{col(tables::users, "name"), "Somebody, " + word}, {col(tables::users, "role"), word}});
        replica().session().set({.user = id, .name = QString::fromStdString("Somebody, " + word), .role = role});
        return !id.isNull();
    }

    [[nodiscard]] QWidget *window() const { return m_desk->window->widget(); }
    [[nodiscard]] Shell &shell() const { return *m_desk->window->shell(); }
    [[nodiscard]] QString wrong() const { return m_wrong.join(u'\n'); }
    [[nodiscard]] RecordsPage *records()
    {
        shell().open(u"records"_s);
        return static_cast<RecordsPage *>(shell().page(u"records"_s));
    }

    void note(const QString &step, const QString &words)
    {
        m_wrong.append(step + u": "_s + words);
        qInfo("%s", qPrintable(m_wrong.back()));
    }
    bool expect(bool good, const QString &step, const QString &words)
    {
        if (!good)
            note(step, words);
        return good;
    }
    bool awaits(const std::function<bool()> &state, const QString &step, const QString &words) { return expect(QTest::qWaitFor(state, kWaitMs), step, words); }

    // Cut words, and a page that pushes its window wider. A picture where ANTEROOM_PICTURES names a folder.
    void look(const QString &step)
    {
        for (int i = 0; i < 3; ++i)
            QCoreApplication::sendPostedEvents();            // new widgets are shown, then laid out, then their parents
        markWholeColumns();
        for (const QString &cut : clippedIn(window()))
            if (!m_told.contains(cut)) {                     // once: what stands on every page is one defect
                m_told.insert(cut);
                note(step, cut);
            }
        expect(window()->width() == kScreen.width(), step, u"the window is %1 wide"_s.arg(window()->width()));
        if (const QString out = qEnvironmentVariable("ANTEROOM_PICTURES"); !out.isEmpty())
            window()->grab().save(QDir(out).filePath(u"walk-%1-%2.png"_s.arg(QLatin1String(QTest::currentDataTag()), QString(step).replace(u' ', u'-').replace(u'/', u'-'))));
    }

    [[nodiscard]] Button *button(const QWidget *in, const QString &words) const
    {
        for (auto *each : in->findChildren<Button *>())
            if (each->text() == words && each->isVisible())
                return each;
        return nullptr;
    }

    // All that a person has to fill in, and what else there is to write, through the widgets.
    void fill(const QString &step)
    {
        for (const FieldSpec &field : std::vector<FieldSpec>(formModel().fields())) {
            if (!formModel().mayWrite(field.column))
                continue;
            const schema::Column &c = schema::columnAt(*formModel().table(), field.column);
            if (field.kind == FieldKind::Reference && c.required)
                refer(field.column, rowOf(*schema::findTable(c.references)), step);
            else if (field.kind == FieldKind::SubjectTable && c.required)
                choose(field.column, QString::number(tables::patients.number), step);
            else if (field.kind == FieldKind::Subject && c.required)
                refer(field.column, rowOf(tables::patients), step);
            else if (field.kind == FieldKind::Choice && c.required && c.defaultValue.empty())
                choose(field.column, QString::fromUtf8(c.allowed.front().data(), static_cast<qsizetype>(c.allowed.front().size())), step);
            else if (const QString text = textFor(*formModel().table(), field, m_salt++); !text.isEmpty() && formModel().text(field.column).isEmpty())
                type(field.column, text, step);
        }
    }

    // Other words in the first field that takes some; false where there is none.
    bool edit(const QString &step)
    {
        for (const FieldSpec &field : std::vector<FieldSpec>(formModel().fields())) {
            const bool words = field.kind == FieldKind::Line || field.kind == FieldKind::Lines || field.kind == FieldKind::Money || field.kind == FieldKind::Number || field.kind == FieldKind::Moment;
            const QString text = field.kind == FieldKind::Moment ? u"20 Nov 2026, 11:00"_s : textFor(*formModel().table(), field, m_salt + 3);
            if (!words || !formModel().mayWrite(field.column) || text == formModel().text(field.column))
                continue;
            type(field.column, text, step);
            return true;
        }
        return false;
    }

    bool press(const QString &words, const QString &step)
    {
        Button *found = button(form(), words);
        if (expect(found != nullptr, step, u"no button “%1”"_s.arg(words)))
            QTest::mouseClick(found, Qt::LeftButton);
        return found != nullptr;
    }

    // Save, Restore … and the answer.
    bool pressAndWait(const QString &words, const QString &step)
    {
        QSignalSpy saved(&formModel(), &RecordFormModel::saved);
        if (!press(words, step))
            return false;
        const bool good = QTest::qWaitFor([&] { return formModel().state() == RecordFormModel::State::Ready && (!saved.isEmpty() || !formModel().failure().isEmpty() || formModel().firstWrong()); }, kWaitMs) && !saved.isEmpty();
        const auto field = formModel().firstWrong();
        return expect(good, step, u"“%1” did not save: %2 %3"_s.arg(words, formModel().failure(), field ? columnTitle(*formModel().table(), *field) + u": "_s + formModel().error(*field) : QString()));
    }

    [[nodiscard]] RecordForm *form() { return records()->form(); }
    [[nodiscard]] RecordFormModel &formModel() { return form()->model(); }
    bool formReady(const QString &step) { return awaits([&] { return formModel().state() == RecordFormModel::State::Ready; }, step, u"the form is not ready"_s); }

private:
    [[nodiscard]] QWidget *controlAt(int column)
    {
        auto *fields = form()->findChild<RecordFields *>();
        return fields ? fields->control(column) : nullptr;
    }

    void type(int column, const QString &text, const QString &step)
    {
        QWidget *control = controlAt(column);
        if (auto *line = qobject_cast<QLineEdit *>(control)) {
            line->setFocus(Qt::TabFocusReason);
            line->selectAll();
            line->insert(text);                              // as pasted: told as the person's
        } else if (auto *lines = qobject_cast<QPlainTextEdit *>(control)) {
            lines->setFocus(Qt::TabFocusReason);
            lines->setPlainText(text);
        } else {
            note(step, u"%1 has no field to type in"_s.arg(columnTitle(*formModel().table(), column)));
            return;
        }
        const QString kept = formModel().text(column);
        expect(kept == text, step, u"%1 was typed “%2”, is “%3”"_s.arg(columnTitle(*formModel().table(), column), text, kept));
    }

    void choose(int column, const QString &value, const QString &step)
    {
        QWidget *control = controlAt(column);
        if (auto *combo = qobject_cast<QComboBox *>(control)) {
            combo->setCurrentIndex(combo->findData(value));
            Q_EMIT combo->activated(combo->currentIndex());  // as a press in its list does
        } else if (auto *segments = qobject_cast<Segments *>(control)) {
            for (int i = 0; i < 2 * segments->count() && segments->value().toString() != value; ++i)
                QTest::keyClick(segments, i < segments->count() ? Qt::Key_Right : Qt::Key_Left);
        }
        expect(formModel().text(column) == value, step, u"%1 can not be “%2”"_s.arg(columnTitle(*formModel().table(), column), value));
    }

    // As if it had been found by typing; ui.records_form types and takes from the list.
    void refer(int column, const Uuid &id, const QString &step)
    {
        const QString title = columnTitle(*formModel().table(), column);
        auto *box = qobject_cast<ReferenceBox *>(controlAt(column));
        if (!expect(box != nullptr, step, title + u" is no reference"_s))
            return;
        Q_EMIT box->edited(id.toString(), title);
        expect(formModel().text(column) == id.toString(), step, title + u" was not chosen"_s);
    }

    // Names, and numbers with their unit, may not elide in the list of records.
    void markWholeColumns()
    {
        auto *page = qobject_cast<RecordsPage *>(shell().page(u"records"_s));
        if (!page || !page->isVisible() || !page->list()->table())
            return;
        const Table &table = *page->list()->table();
        QList<int> whole;
        const auto &columns = page->list()->model().columns();
        for (std::size_t at = 0; at < columns.size(); ++at)
            if (columns[at] >= 0 && (isNumber(table, columns[at]) || (columns[at] == schema::findColumn(table, "name"))))
                whole.append(static_cast<int>(at));
        page->list()->view()->setProperty("wholeColumns", QVariant::fromValue(whole));
    }

    QStringList m_wrong;
    QSet<QString> m_told;
    int m_salt = 500;
};

} // namespace anteroom::ui
