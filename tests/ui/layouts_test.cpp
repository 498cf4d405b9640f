// The real window where it is tight: small screens, large type, mirrored, many service points, long names in other scripts.
// No button or label is cut, nothing grows out of the window. The pictures go to $ANTEROOM_PICTURES.
#include "fake_desk.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/lane_widget.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/ticket_columns.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/shell.h"

#include <QDir>
#include <QScrollArea>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Value;

class LayoutsTest : public QObject {
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

    Uuid queue(const QString &given, const QString &family, domain::Priority priority)
    {
        const Uuid id = uuidV7(m_clock, m_random);
        if (!save(schema::makeInsert(kPatients, id, {{patient::kGiven, schema::text(given)}, {patient::kFamily, schema::text(family)}, {patient::kSex, Value{std::string("female")}},
                                                     {patient::kPhone, schema::text(u"70 11 22 33"_s)}})))
            return {};
        auto &model = m_desk->window->queuePage()->model();
        const NewTicket ticket{.id = uuidV7(m_clock, m_random), .patient = id, .servicePoint = model.board().points.front().id, .priority = priority, .day = model.board().day};
        return answer(m_desk->replica->commands().takeTicket({.name = "queue.take", .changes = {insertTicket(ticket, m_clock.utcMs())}})) ? id : Uuid{};
    }

    // Buttons and plain labels that are narrower than their words, and what stands out of its parent.
    QStringList cut() const
    {
        QStringList out;
        QWidget *window = m_desk->window->widget();
        for (QWidget *widget : window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->visibleRegion().isEmpty())
                continue;
            const auto *button = qobject_cast<Button *>(widget);
            const auto *label = qobject_cast<Label *>(widget);
            const int wanted = button ? button->minimumSizeHint().width() : label && !label->wordWrap() && !qobject_cast<const ElidedLabel *>(widget) ? label->sizeHint().width() : 0;
            const QString words = button ? button->text() : label ? label->text() : QString();
            if (widget->width() < wanted)
                out.append(u"“%1” has %2 of %3 px"_s.arg(words).arg(widget->width()).arg(wanted));
            if (!(button || label))
                continue;
            const QRect at(widget->mapTo(window, QPoint(0, 0)), widget->size());
            if (at.left() < 0 || at.right() >= window->width())
                out.append(u"“%1” stands out of the window"_s.arg(words));
        }
        return out;
    }

    bool look(const QString &name)
    {
        for (int i = 0; i < 3; ++i)
            QCoreApplication::sendPostedEvents();                        // new widgets are shown, then laid out
        const QString out = qEnvironmentVariable("ANTEROOM_PICTURES");
        if (!out.isEmpty())
            m_desk->window->widget()->grab().save(QDir(out).filePath(u"layout-%1-%2.png"_s.arg(QLatin1String(QTest::currentDataTag()), name)));
        const QStringList found = cut();
        if (!found.isEmpty())
            qWarning("%s", qPrintable(name + u": "_s + found.join(u"; "_s)));
        return found.isEmpty();
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void cleanup()
    {
        m_desk.reset();
        qApp->setLayoutDirection(Qt::LeftToRight);
    }

    void nothingIsCut_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("scale");
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<int>("points");
        QTest::newRow("1366x696") << QSize(1366, 696) << 100 << false << 4;
        QTest::newRow("1024x700") << QSize(1024, 700) << 100 << false << 4;
        QTest::newRow("130-percent") << QSize(1366, 768) << 130 << false << 4;
        QTest::newRow("mirrored") << QSize(1366, 768) << 100 << true << 4;
        QTest::newRow("one-point") << QSize(1366, 768) << 100 << false << 1;
        QTest::newRow("no-point") << QSize(1366, 768) << 100 << false << 0;
        QTest::newRow("seven-points-narrow") << QSize(1024, 700) << 100 << false << 7;
    }
    void nothingIsCut()
    {
        QFETCH(const QSize, size);
        QFETCH(const int, scale);
        QFETCH(const bool, mirrored);
        QFETCH(const int, points);
        qApp->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        m_desk->window->settings().setScale(scale);
        QueuePage *page = m_desk->window->queuePage();
        QTRY_COMPARE_WITH_TIMEOUT(page->lanes().size(), std::size_t{4}, kWaitMs);
        m_desk->window->widget()->resize(size);
        QVERIFY(look(u"empty"_s));
        const auto rows = page->model().board().points;
        for (std::size_t i = static_cast<std::size_t>(std::min(points, 4)); i < rows.size(); ++i)
            QVERIFY(save(schema::makeUpdate(schema::tables::service_points, rows[i], {{schema::col(schema::tables::service_points, "active"), Value{std::int64_t{0}}}})));
        for (int i = 4; i < points; ++i)
            QVERIFY(save(schema::makeInsert(schema::tables::service_points, uuidV7(m_clock, m_random),
                                            {{point::kName, Value{std::string("Service point number ") + std::to_string(i)}},
                                             {schema::col(schema::tables::service_points, "prefix"), Value{std::string("X") + std::to_string(i)}},
                                             {schema::col(schema::tables::service_points, "sort_order"), Value{std::int64_t{20 + i}}}})));
        QTRY_COMPARE_WITH_TIMEOUT(page->lanes().size(), static_cast<std::size_t>(points), kWaitMs);
        Uuid somebody;
        if (points > 0) {
            using domain::Priority;
            QVERIFY(!queue(u"Wolfeschlegelsteinhausenbergerdorff-Maximiliana"_s, u"von Habsburg-Lothringen y Rodríguez de la Fuente"_s, Priority::Emergency).isNull());
            QVERIFY(!queue(u"محمد عبد الرحمن"_s, u"العلوي"_s, Priority::Urgent).isNull());
            somebody = queue(u"美玲"_s, u"司馬"_s, Priority::Normal);
            QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 3, kWaitMs);
            page->deskActs().callNext();
            QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current && !page->deskActs().busy(), kWaitMs);
        }
        QVERIFY(look(u"queue"_s));
        for (LaneWidget *lane : page->lanes())
            QVERIFY2(lane->mapTo(page, QPoint(lane->width(), 0)).x() <= page->width() && lane->mapTo(page, QPoint(0, 0)).x() >= 0, "a lane stands out of the page");
        PatientsPage *patients = m_desk->window->patientsPage();
        if (points > 0) {
            patients->showPatient(page->model().view().desk.current ? schema::toUuid(page->model().view().desk.current->row[ticket::kPatient]) : somebody);
            QTRY_VERIFY_WITH_TIMEOUT(patients->details().shown(), kWaitMs);
        }
        QVERIFY(look(u"patients"_s));
        patients->registerNew(u"ami dia"_s);
        QVERIFY(look(u"register"_s));
        m_desk->window->settingsPage()->showSection(u"network"_s);
        QVERIFY(m_desk->host());
        m_desk->window->settingsPage()->network()->model().newCode();
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->window->settingsPage()->network()->model().code().isEmpty(), kWaitMs);
        QVERIFY(look(u"settings"_s));
        QCOMPARE(m_desk->window->widget()->size(), size);                // no page pushes the window wider
    }
};

QTEST_MAIN(LayoutsTest)
#include "layouts_test.moc"
