// Review where it is tight: each kind of thing on small screens, in large type, mirrored, in longer words, in the dark. No
// word is cut, nothing warns. The pictures go to $ANTEROOM_PICTURES.
#include "clipped.h"
#include "conflicts_desk.h"
#include "quiet.h"

#include "ui/desk/translate.h"

#include <QDir>

using namespace anteroom;
using namespace anteroom::ui;
using namespace anteroom::ui::conflictdesk;
using namespace Qt::StringLiterals;

class ConflictsLayoutTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TwoDesks> m_desks;

    TwoDesks &d() { return *m_desks; }
    static std::vector<schema::ColumnValue> address(const char *street, const char *district, const char *city)
    {
        return {{kStreet, std::string(street)}, {col(kPatients, "district"), std::string(district)}, {kCity, std::string(city)}};
    }

    // One of each kind, made while the two desks do not hear each other.
    bool makeAll()
    {
        const Uuid kofi = d().client.replica->identity().user;
        const Uuid person = d().make(kPatients, {{kFamily, std::string("von Habsburg-Lothringen y Rodríguez de la Fuente")}, {col(kPatients, "given_name"), std::string("Maximiliana")}});
        const Uuid gone = d().make(kPatients, {{kFamily, std::string("العلوي")}, {kPhone, std::string("70 11 22 33")}}), bill = d().make(kBills, {{col(kBills, "patient_id"), person}});
        const std::vector<schema::ColumnValue> twin{{kFamily, std::string("Coulibaly")}, {col(kPatients, "given_name"), std::string("Awa")}, {col(kPatients, "birth_date"), std::string("1990-02-03")},
                                                    {col(kPatients, "birth_precision"), std::string("day")}, {col(kPatients, "sex"), std::string("female")}};
        if (person.isNull() || gone.isNull() || bill.isNull() || d().make(kPatients, twin).isNull() || d().make(kPatients, twin).isNull() || !d().cut())
            return false;
        const auto shown = TwoDesks::row(d().client, kPatients, gone);
        const std::vector<schema::ColumnValue> service{{col(kServices, "code"), std::string("DRESS")}, {col(kServices, "name"), std::string("Dresing of a wound, with everything that it takes")}};
        return TwoDesks::change(d().host, kPatients, person, address("Quartier Hamdallaye, near the mosque, behind the new water tower", "Commune IV", "Bamako"))
            && TwoDesks::change(d().client, kPatients, person, address("Hamdallaye, rue 14", "Commune V", "Kati"))
            && TwoDesks::change(d().host, kPatients, gone, {{kPhone, std::string("1")}})
            && TwoDesks::save(d().client, {schema::makeDelete(kPatients, *shown, "registered twice")})
            && TwoDesks::change(d().host, kBills, bill, {{col(kBills, "note"), std::string("Pays on Friday")}})
            && TwoDesks::change(d().client, kBills, bill, {{col(kBills, "note"), std::string("Her brother pays tomorrow")}})
            && d().mend() && d().cut()                       // a refusal takes nothing else with it
            && TwoDesks::change(d().host, kUsers, kofi, {{col(kUsers, "role"), std::string("nurse")}})
            && TwoDesks::save(d().client, {schema::makeInsert(kServices, *schema::naturalIdOf(kServices, service), service)}, "record.add")
            && d().mend() && TwoDesks::change(d().host, kUsers, kofi, {{col(kUsers, "role"), std::string("admin")}});
    }

    void look(const QString &name, QStringList &cut)
    {
        QWidget *window = d().client.window->widget();
        for (int i = 0; i < 4; ++i)
            QCoreApplication::sendPostedEvents();            // new widgets are shown, then laid out
        const QString out = qEnvironmentVariable("ANTEROOM_PICTURES");
        if (!out.isEmpty())
            window->grab().save(QDir(out).filePath(u"review-%1.png"_s.arg(name)));
        for (const QString &line : clippedIn(window))
            cut.append(name + u": "_s + line);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setReducedMotion(true);
        m_desks = std::make_unique<TwoDesks>(*m_theme);
        QVERIFY(d().open());
        QVERIFY(makeAll());
    }
    void cleanupTestCase()
    {
        m_desks.reset();
        m_theme.reset();
    }

    void nothingIsCut_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("scale");
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << QString() << QSize(1366, 696) << 100 << false;
        QTest::newRow("dark") << QString() << QSize(1366, 768) << 100 << true;
        QTest::newRow("narrow") << QString() << QSize(1024, 700) << 100 << false;
        QTest::newRow("large") << QString() << QSize(1366, 768) << 130 << false;
        QTest::newRow("ar") << u"ar"_s << QSize(1366, 768) << 100 << false;
        QTest::newRow("fr-pseudo") << u"fr-pseudo"_s << QSize(1366, 768) << 100 << false;
    }
    void nothingIsCut()
    {
        QFETCH(const QString, language);
        QFETCH(const QSize, size);
        QFETCH(const int, scale);
        QFETCH(const bool, dark);
        const Quiet quiet;
        const bool arabic = language == u"ar"_s;
        PseudoTranslator words(arabic ? PseudoTranslator::Script::Arabic : PseudoTranslator::Script::Latin);
        if (!language.isEmpty())
            QCoreApplication::installTranslator(&words);
        QApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
        d().client.open();
        QVERIFY(QTest::qWaitFor([&] { return d().client.window->shell() != nullptr; }, kWaitMs));
        d().client.window->settings().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        d().client.window->settings().setScale(scale);
        d().client.window->widget()->resize(size);
        ConflictsPage *page = d().client.window->conflictsPage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 5, kWaitMs);
        QStringList cut;
        for (const node::InboxItem &item : std::vector(page->model().list().items())) {
            QVERIFY(TwoDesks::show(d().client, item.id));
            look(QStringLiteral("%1-%2").arg(QLatin1String(QTest::currentDataTag())).arg(static_cast<int>(item.kind)), cut);
        }
        page->list()->selectAll();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().picked().size(), std::size_t{5}, kWaitMs);
        look(QLatin1String(QTest::currentDataTag()) + u"-several"_s, cut);
        QCOMPARE(d().client.window->widget()->size(), size);                 // no body pushes the window wider
        QCoreApplication::removeTranslator(&words);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
        QVERIFY2(quiet.words().isEmpty(), qPrintable(quiet.words()));
    }
};

QTEST_MAIN(ConflictsLayoutTest)
#include "conflicts_layout_test.moc"
