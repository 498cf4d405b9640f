// What a picture of a widget can not say: sizes under the scale, busy buttons, refusals, keys, timing, the ring.
#include "plain_pages.h"
#include "ui/common/field.h"
#include "ui/common/focus_ring.h"
#include "ui/common/label.h"
#include "ui/common/rows.h"
#include "ui/common/segments.h"
#include "ui/common/toast.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSet>
#include <QStandardItemModel>
#include <QTableView>
#include <QtTest>

using namespace anteroom::ui;

class ThemeWidgetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup()
    {
        m_theme->setScheme(Theme::Scheme::Light);
        m_theme->setScale(100);
    }
    void cleanupTestCase() { m_theme.reset(); }
    void sizesFollowTheScale();
    void busyKeepsItsWidth();
    void keycapsCanBeHidden();
    void errorTakesTheHintsPlace();
    void labelsFollowTheScheme();
    void segmentsByKeyboard();
    void toastsLeaveAndUndo();
    void shortcutsAreUnique();
    void ringOnlyByKeyboard();

private:
    std::unique_ptr<Theme> m_theme;
};

void ThemeWidgetsTest::sizesFollowTheScale()
{
    LineEdit edit;
    Button button(q("Save"));
    QTableView view;
    QStandardItemModel model(2, 1);
    view.setModel(&model);
    setUpTable(&view);
    QCOMPARE(edit.minimumHeight(), 34);
    QCOMPARE(button.sizeHint().height(), 34);
    QCOMPARE(view.rowHeight(0), 34);
    m_theme->setScale(130);
    edit.show();
    button.show();
    QTRY_COMPARE(edit.minimumHeight(), 44);
    QTRY_COMPARE(button.minimumHeight(), 44);
}

void ThemeWidgetsTest::busyKeepsItsWidth()
{
    QWidget window;
    QHBoxLayout row(&window);
    auto *button = new Button(q("Register and queue"), ButtonKind::Primary);
    row.addWidget(button);
    row.addStretch();
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy clicks(button, &QPushButton::clicked);
    const int width = button->width();
    button->setBusy(q("Saving"));
    QCOMPARE(button->minimumWidth(), width);
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::keyClick(button, Qt::Key_Return);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(clicks.count(), 0);
    button->setReady();
    QCOMPARE(button->text(), q("Register and queue"));
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(clicks.count(), 1);
    button->setWhyDisabled(q("Write a name first."));
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), q("Write a name first."));
}

void ThemeWidgetsTest::keycapsCanBeHidden()
{
    Button button(q("Call next"));
    const int bare = button.sizeHint().width();
    button.setKeycap(QKeySequence(Qt::Key_F9));
    QVERIFY(button.sizeHint().width() > bare);
    m_theme->setShowsKeycaps(false);
    QCOMPARE(button.sizeHint().width(), bare);
    QCOMPARE(button.accessibleDescription(), q("F9"));
    m_theme->setShowsKeycaps(true);
    QVERIFY(button.sizeHint().width() > bare);
}

void ThemeWidgetsTest::errorTakesTheHintsPlace()
{
    auto *edit = new LineEdit;
    Field field(q("Phone"), edit);
    field.setHint(q("8 digits"));
    const int height = field.sizeHint().height();
    field.setError(q("Write 8 digits."));
    QCOMPARE(field.mark(), FieldMark::Error);
    QCOMPARE(field.sizeHint().height(), height);
    QCOMPARE(edit->accessibleDescription(), q("Write 8 digits."));
    field.setError({});
    QCOMPARE(field.mark(), FieldMark::None);
    QCOMPARE(edit->accessibleDescription(), q("8 digits"));
}

void ThemeWidgetsTest::labelsFollowTheScheme()
{
    Label label(q("28 min"), Type::Secondary, Tone::Text2);
    QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->color(Tone::Text2));
    m_theme->setScheme(Theme::Scheme::Dark);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText), QColor(0xB0, 0xBB, 0xC1));
    label.setHue(Hue::Danger);
    QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->fg(Hue::Danger));
}

void ThemeWidgetsTest::segmentsByKeyboard()
{
    Segments segments;
    segments.add(q("Female"), 1, q("f"));
    segments.add(q("Male"), 2, q("m"));
    segments.add(q("Unknown"), 3, q("u"));
    segments.show();
    QSignalSpy chosen(&segments, &Segments::chosen);
    QTest::keyClick(&segments, Qt::Key_Right);
    QCOMPARE(segments.value().toInt(), 2);
    QTest::keyClick(&segments, Qt::Key_U);
    QCOMPARE(segments.value().toInt(), 3);
    segments.setValue(1);
    QCOMPARE(segments.current(), 0);
    QCOMPARE(chosen.count(), 2);
    segments.setLayoutDirection(Qt::RightToLeft);
    QTest::keyClick(&segments, Qt::Key_Left);
    QCOMPARE(segments.value().toInt(), 2);
}

void ThemeWidgetsTest::toastsLeaveAndUndo()
{
    QWidget window;
    window.resize(900, 500);
    ToastHost host(&window, size::kStatusBar);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    int undone = 0;
    host.show({.text = q("One")});
    host.show({.text = q("Two")});
    host.show({.text = q("Three"), .act = q("Undo"), .key = QKeySequence(q("Ctrl+Z")), .undo = true}, [&] { ++undone; });
    QCOMPARE(host.toasts().size(), ToastHost::kMost);
    QVERIFY(host.toasts().last()->geometry().bottom() < window.height() - size::kStatusBar);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 1);
    QCOMPARE(host.toasts().size(), 1);
    host.toasts().first()->setRemaining(20);
    QTRY_COMPARE(host.toasts().size(), 0);
}

void ThemeWidgetsTest::shortcutsAreUnique()
{
    QSet<QString> ids, keys, windows, pages;
    for (const Shortcut &shortcut : kShortcuts) {
        QVERIFY2(!shortcutKeys(shortcut.id).isEmpty(), shortcut.id);
        ids.insert(QLatin1String(shortcut.id));
        // Pages are never there at the same time: each has its keys, and none takes one of the window's.
        const QString id = QLatin1String(shortcut.id);
        const QString page = shortcut.scope == Shortcut::Scope::Page && id.contains(u'.') ? id.section(u'.', 0, 0) : QString();
        const QString sequence = shortcutKeys(shortcut.id).toString();
        keys.insert(page + u' ' + sequence);
        if (shortcut.scope != Shortcut::Scope::Page)
            windows.insert(sequence);
        else
            pages.insert(sequence);
        const bool letter = shortcutKeys(shortcut.id)[0].keyboardModifiers() == Qt::NoModifier
            && shortcutKeys(shortcut.id)[0].key() < Qt::Key_Escape;
        QVERIFY2(!letter, shortcut.id);         // no bare letters while a field could have the focus
    }
    QCOMPARE(ids.size(), qsizetype(kShortcuts.size()));
    QCOMPARE(keys.size(), qsizetype(kShortcuts.size()));
    QVERIFY(!windows.intersects(pages));
}

void ThemeWidgetsTest::ringOnlyByKeyboard()
{
    QWidget window;
    window.resize(400, 200);
    QVBoxLayout column(&window);
    auto *first = new Button(q("First"));
    auto *second = new Button(q("Second"));
    first->setFocusPolicy(Qt::StrongFocus);
    column.addWidget(first);
    column.addWidget(second);
    FocusRing ring(&window);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::mouseClick(second, Qt::LeftButton);
    second->setFocus(Qt::MouseFocusReason);
    QVERIFY(!ring.isVisible());
    QTest::keyClick(&window, Qt::Key_Tab);
    QTRY_VERIFY(ring.isVisible());
    QVERIFY(ring.geometry().contains(QApplication::focusWidget()->geometry()));
    QApplication::focusWidget()->hide();
    QTRY_VERIFY(!ring.geometry().contains(first->geometry()) || !ring.isVisible() || QApplication::focusWidget() == first);
}

QTEST_MAIN(ThemeWidgetsTest)
#include "theme_widgets_test.moc"
