// The shell: pages from a table and a permission, keys, and the status strip in each of its states.
#include "plain_pages.h"
#include "ui/common/search_box.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/palette.h"
#include "ui/shell/shell.h"
#include "ui/shell/shortcuts.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QtTest>

using namespace anteroom::ui;

class ThemeShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup()
    {
        m_theme->setScheme(Theme::Scheme::Light);
        m_theme->setScale(100);
    }
    void cleanupTestCase() { m_theme.reset(); }
    void shellOpensAllowedPages();
    void shellByKeyboard();
    void statusStripStates();
    void paletteDoesAnActByItsName();
    void keySheetListsAndCloses();
    void noKeyTwice();

private:
    std::unique_ptr<Theme> m_theme;
};

void ThemeShellTest::shellOpensAllowedPages()
{
    Shell shell;
    shell.setPages(plainPages(), [](const QString &permission) { return permission != QLatin1String("billing.read"); });
    QCOMPARE(shell.currentPage(), q("queue"));
    QVERIFY(!shell.open(q("billing")));
    QVERIFY(!shell.page(q("patients")));
    QVERIFY(shell.open(q("patients")));
    QVERIFY(shell.page(q("patients")));
    QVERIFY(shell.windowTitle().startsWith(q("Patients")));
    shell.setPages(plainPages(), [](const QString &) { return true; });       // another person
    QCOMPARE(shell.currentPage(), q("patients"));
    QVERIFY(shell.open(q("billing")));
}

void ThemeShellTest::shellByKeyboard()
{
    Shell shell;
    shell.setPages(plainPages(), [](const QString &) { return true; });
    shell.show();
    shell.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shell));
    QTest::keyClick(&shell, Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(shell.currentPage(), q("billing"));
    QTest::keyClick(&shell, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(shell.search()));
    QSignalSpy sync(&shell, &Shell::syncNowRequested);
    QTest::keyClick(&shell, Qt::Key_F5, Qt::ControlModifier);
    QCOMPARE(sync.count(), 1);
    QTest::keyClick(shell.search(), Qt::Key_Escape);
    QCOMPARE(static_cast<PlainPage *>(shell.page(q("billing")))->backs, 1);
}

void ThemeShellTest::statusStripStates()
{
    StatusStrip strip;
    strip.resize(1366, size::kStatusBar);
    strip.show();
    QSignalSpy acts(&strip, &StatusStrip::actRequested);
    QImage previous;
    for (const auto state : {StatusView::State::Synced, StatusView::State::Syncing, StatusView::State::Pending, StatusView::State::Offline,
                             StatusView::State::Attention}) {
        strip.setView({.state = state, .count = 3, .since = q("10:42"), .detail = q("Last exchange 10:42:07"), .done = 3, .total = 9,
                       .host = q("Host: Desk 1"), .people = q("4 PCs")});
        QTRY_COMPARE(strip.height(), size::kStatusBar);
        const QImage now = strip.grab().toImage();
        QVERIFY(now != previous);
        previous = now;
    }
    const auto found = strip.findChildren<QAbstractButton *>();
    QAbstractButton *pill = nullptr;
    for (QAbstractButton *button : found) {
        if (button->text() == q("Needs attention 3"))
            pill = button;
    }
    QVERIFY(pill);
    QTest::mouseClick(pill, Qt::LeftButton);
    QCOMPARE(acts.count(), 1);
}

void ThemeShellTest::paletteDoesAnActByItsName()
{
    Shell shell;
    shell.setPages(plainPages(), [](const QString &) { return true; });
    shell.show();
    shell.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shell));
    QWidget *before = QApplication::focusWidget();
    QTest::keyClick(&shell, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    auto *palette = shell.findChild<Palette *>();
    QVERIFY(palette);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(palette->search()));
    QVERIFY(palette->shown().size() > 3);
    QSignalSpy sync(&shell, &Shell::syncNowRequested);
    QTest::keyClicks(palette->search(), q("no sy"));                          // beginnings of words, in any order
    QCOMPARE(palette->shown(), QStringList{q("Sync now")});
    QTest::keyClick(palette->search(), Qt::Key_Return);
    QCOMPARE(sync.count(), 1);
    QVERIFY(!palette->isVisible());
    QCOMPARE(QApplication::focusWidget(), before);
    QTRY_VERIFY(!shell.findChild<Palette *>());
    QTest::keyClick(&shell, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    palette = shell.findChild<Palette *>();
    QTest::keyClicks(palette->search(), q("billi"));
    QTest::keyClick(palette->search(), Qt::Key_Return);
    QCOMPARE(shell.currentPage(), q("billing"));
}

void ThemeShellTest::keySheetListsAndCloses()
{
    Shell shell;
    shell.setPages(plainPages(), [](const QString &) { return true; });
    shell.show();
    shell.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shell));
    QTest::keyClick(&shell, Qt::Key_F1);
    auto *sheet = shell.findChild<KeySheet *>();
    QVERIFY(sheet);
    const QStringList all = sheet->shown();
    for (const Command &command : shell.commands())
        if (!command.keys.isEmpty())
            QVERIFY2(all.contains(command.words + QLatin1Char(' ') + keyWords(command.keys)), qPrintable(command.id));
    QTest::keyClicks(sheet->search(), q("F5"));
    QCOMPARE(sheet->shown().size(), 1);
    QTest::keyClick(sheet->search(), Qt::Key_Escape);                         // first the words, then the sheet
    QTest::keyClick(sheet->search(), Qt::Key_Escape);
    QVERIFY(!sheet->isVisible());
}

// Two keys of the program differ, and a page takes none of the program's. Two pages may each use the same key.
void ThemeShellTest::noKeyTwice()
{
    QSet<QString> ids;
    QHash<QString, QString> program;
    for (const Shortcut &shortcut : kShortcuts) {
        const QString id = QLatin1String(shortcut.id), keys = shortcutKeys(shortcut.id).toString();
        QVERIFY2(!ids.contains(id), shortcut.id);
        ids.insert(id);
        QVERIFY2(!keys.isEmpty(), shortcut.id);
        QVERIFY2(!shortcutTitle(shortcut.id).isEmpty(), shortcut.id);
        if (shortcut.scope == Shortcut::Scope::Program) {
            QVERIFY2(!program.contains(keys), shortcut.id);
            program.insert(keys, id);
        }
    }
    for (const Shortcut &shortcut : kShortcuts)
        if (shortcut.scope == Shortcut::Scope::Page)
            QVERIFY2(!program.contains(shortcutKeys(shortcut.id).toString()), shortcut.id);
}

QTEST_MAIN(ThemeShellTest)
#include "theme_shell_test.moc"
