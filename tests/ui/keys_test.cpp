// The key table against the desk as it is: each id is bound somewhere, no page binds two acts to one key at once, every key
// of the page in front stands in the palette and on the key sheet, the letters of Alt.
#include "fake_desk.h"

#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/key_badges.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/palette.h"
#include "ui/shell/shell.h"
#include "ui/shell/shortcuts.h"

#include <QAction>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class KeysTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;

    Shell &shell() { return *m_desk->window->shell(); }

    QStringList pages()
    {
        QStringList out;
        for (const Command &command : shell().commands())
            if (command.id.startsWith(u"page."_s))
                out.append(command.id.mid(5));
        return out;
    }

    // Ids that one page alone binds; a desk whose role or scope has no such page does not bind them.
    bool ofAPageThatIsHere(const QString &id)
    {
        static const std::pair<QString, QString> kOwners[] = {{u"book."_s, u"book"_s}, {u"zoom."_s, u"book"_s}, {u"list."_s, u"records"_s},
                                                                    {u"save.again"_s, u"records"_s}, {u"record.restore"_s, u"records"_s}};
        return std::none_of(std::begin(kOwners), std::end(kOwners), [&](const auto &owner) { return id.startsWith(owner.first) && !pages().contains(owner.second); });
    }

    // As a keyboard does it: the key goes to the window, and from there to what has the focus. A window that is still
    // losing the focus to none, after the first start has closed, is activated again and the key pressed again.
    bool hold(Qt::Key key, const std::function<bool()> &shown)
    {
        bool pressed = false;
        return QTest::qWaitFor([&] {
            if (!shell().isActiveWindow()) {
                pressed = false;
                shell().activateWindow();
            } else if (!std::exchange(pressed, true)) {
                QTest::keyPress(shell().windowHandle(), key);
            }
            return shown();
        }, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setReducedMotion(true);
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->queuePage()->model().loaded(), kWaitMs);
        for (const QString &page : pages())
            QVERIFY(shell().open(page));
    }
    void cleanupTestCase()
    {
        m_desk.reset();
        m_theme.reset();
    }

    void eachIdIsBound()
    {
        QSet<QString> bound;
        for (const QAction *action : shell().findChildren<QAction *>())
            bound.insert(action->property(kShortcutId).toString());
        QStringList missing;
        for (const Shortcut &shortcut : kShortcuts)
            if (!bound.contains(QLatin1String(shortcut.id)) && ofAPageThatIsHere(QLatin1String(shortcut.id)))
                missing.append(QLatin1String(shortcut.id));
        QVERIFY2(missing.isEmpty(), qPrintable(u"no page binds "_s + missing.join(u", "_s)));
    }

    void noTwoActsOfAPageShareAKey()
    {
        for (const QString &page : pages()) {
            QVERIFY(shell().open(page));
            QHash<QString, QString> taken;
            for (const Command &command : shell().commands()) {
                const QString keys = command.keys.toString();
                if (keys.isEmpty() || !command.possible)
                    continue;
                QVERIFY2(!taken.contains(keys), qPrintable(page + u": "_s + keys + u" is "_s + taken.value(keys) + u" and "_s + command.id));
                taken.insert(keys, command.id);
            }
        }
    }

    void paletteAndSheetHaveEveryKey()
    {
        for (const QString &page : pages()) {
            QVERIFY(shell().open(page));
            const std::vector<Command> commands = shell().commands();
            const Palette palette(&shell(), commands);
            const KeySheet sheet(&shell(), page, commands);
            for (const Command &command : commands) {
                QVERIFY2(!command.words.isEmpty(), qPrintable(command.id));
                if (command.possible)
                    QVERIFY2(palette.shown().contains(command.words), qPrintable(page + u": "_s + command.id));
                if (!command.keys.isEmpty())
                    QVERIFY2(sheet.shown().contains(command.words + u' ' + keyWords(command.keys)), qPrintable(page + u": "_s + command.id));
            }
        }
    }

    void lettersOfThePage()
    {
        m_desk->window->patientsPage()->registerNew({});
        auto *badges = shell().findChild<KeyBadges *>();
        QVERIFY(badges);
        badges->showOver(shell().commands());
        QVERIFY(badges->isVisible());
        QCOMPARE(badges->letters(), QStringList{u"M"_s});        // "More" of the form
        badges->hide();
    }

    void holdingAltShowsTheLetters()
    {
        m_desk->window->patientsPage()->registerNew({});
        auto *badges = shell().findChild<KeyBadges *>();
        QVERIFY(hold(Qt::Key_Alt, [&] { return badges->isVisible(); }));
        QCOMPARE(badges->letters(), QStringList{u"M"_s});
        QTest::keyRelease(shell().windowHandle(), Qt::Key_Alt);
        QTRY_VERIFY_WITH_TIMEOUT(!badges->isVisible(), kWaitMs);
    }

    void holdingCtrlShowsTheNumbers()
    {
        auto *rail = shell().findChild<NavRail *>();
        QVERIFY(rail && !rail->showsNumbers());
        QVERIFY(hold(Qt::Key_Control, [&] { return rail->showsNumbers(); }));
        QTest::keyRelease(shell().windowHandle(), Qt::Key_Control);
        QTRY_VERIFY_WITH_TIMEOUT(!rail->showsNumbers(), kWaitMs);
    }
};

QTEST_MAIN(KeysTest)
#include "keys_test.moc"
