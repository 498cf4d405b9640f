// The helpers that walk a window can fail: each kind of cut words is found, whole ones are not, and a warning is heard.
#include "clipped.h"
#include "quiet.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QStandardItemModel>

using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class ClippedTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;

    static QStringList of(QWidget *child, const QSize &size)
    {
        QWidget window;
        window.resize(600, 400);
        child->setParent(&window);
        child->setMinimumSize(0, 0);
        child->setGeometry(QRect(QPoint(10, 10), size));
        window.show();
        const QStringList found = clippedIn(&window);
        child->setParent(nullptr);
        delete child;
        return found;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void labels()
    {
        QCOMPARE(of(new Label(u"Aminata Diarra-Konaté"_s), {40, 30}).size(), 1);
        QVERIFY(of(new Label(u"Aminata Diarra-Konaté"_s), {400, 30}).isEmpty());
        auto *wrapped = new Label(u"A sentence that needs several lines in a narrow place"_s);
        wrapped->setWordWrap(true);
        QCOMPARE(of(wrapped, {120, 20}).size(), 1);
        auto *elided = new ElidedLabel(u"A subtitle that may give way"_s);
        elided->setToolTip(elided->text());
        QVERIFY(of(elided, {60, 30}).isEmpty());
    }

    void buttonsAndFields()
    {
        QCOMPARE(of(new Button(u"Register and queue"_s, ButtonKind::Primary), {50, 34}).size(), 1);
        QVERIFY(of(new Button(u"Register and queue"_s, ButtonKind::Primary), {300, 34}).isEmpty());
        auto *line = new QLineEdit(u"76 12 40 88"_s);
        line->setMinimumHeight(0);
        QCOMPARE(of(line, {200, 8}).size(), 1);
    }

    void columnsThatMustBeWhole()
    {
        const auto table = [](int width) {
            auto *view = new QTableView;
            auto *model = new QStandardItemModel(1, 2, view);
            model->setItem(0, 0, new QStandardItem(u"Aminata Diarra-Konaté"_s));
            model->setItem(0, 1, new QStandardItem(u"Something long that may well elide here"_s));
            view->setModel(model);
            view->setColumnWidth(0, width);
            view->setColumnWidth(1, 40);
            view->setProperty("wholeColumns", QVariant::fromValue(QList<int>{0}));
            return view;
        };
        QCOMPARE(of(table(60), {500, 200}).size(), 1);
        QVERIFY(of(table(300), {500, 200}).isEmpty());
    }

    void warningsAreHeard()
    {
        const Quiet quiet;
        QVERIFY(quiet.words().isEmpty());
        QTest::ignoreMessage(QtWarningMsg, "a warning");
        qWarning("a warning");
        QVERIFY(!quiet.words().isEmpty());
    }
};

QTEST_MAIN(ClippedTest)
#include "clipped_test.moc"
