// The main window: rail, toolbar, one page at a time from a table, status strip, toasts, focus ring. It knows no
// feature, no record and nothing of replicas: the application gives it pages, counts and a StatusView.
#pragma once

#include "ui/common/toast.h"
#include "ui/shell/commands.h"
#include "ui/shell/page.h"
#include "ui/shell/status_strip.h"

#include <QMainWindow>

class QHBoxLayout;
class QStackedWidget;
class QTimer;

namespace anteroom::ui {

class Button;
class ElidedLabel;
class Label;
class MessageStrip;
class KeyBadges;
class NavRail;
class SearchBox;

class Shell : public QMainWindow {
    Q_OBJECT
public:
    explicit Shell(QWidget *parent = nullptr);
    ~Shell() override;

    // Pages whose permission the function refuses are not in the rail and can not be opened. May be called again when
    // another person signs in: pages already made are dropped.
    void setPages(std::vector<PageEntry> pages, const std::function<bool(const QString &permission)> &allowed);
    bool open(const QString &pageId, const QString &detail = {});      // false: unknown or not allowed
    QString currentPage() const { return m_current; }
    Page *page(const QString &pageId) const;                            // nullptr until opened
    void keepDrafts();                                                  // of every page that was opened

    [[nodiscard]] std::vector<Command> commands();                      // of the program and the page in front, pages of the rail too

    void setClinic(const QString &name);
    void setPerson(const QString &name, const QString &detail);
    void setCount(const QString &pageId, int count, bool urgent = false);
    void setStatus(const StatusView &status);
    StatusStrip *statusStrip() const { return m_status; }
    void setDemo(bool demo);
    void setTrialLan(bool trial);                                       // the banner over everything that says so
    ToastHost *toasts() const { return m_toasts; }
    SearchBox *search() const { return m_search; }                      // the toolbar's; connect textEdited, moved, chosen

Q_SIGNALS:
    void pageOpened(const QString &pageId);
    void syncNowRequested();
    void statusActRequested(anteroom::ui::StatusView::State state);
    void switchPersonRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;     // Esc: the page's way back
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Opened {
        QString id;
        Page *page;
    };
    void buildToolBar();
    void addActions();
    void showHead();
    void updateMetrics();
    void watchKey(const QEvent *event);
    void openPalette();
    void openKeySheet();
    const PageEntry *entry(const QString &pageId) const;

    std::vector<PageEntry> m_entries;
    std::vector<Opened> m_opened;
    QString m_current;
    NavRail *m_rail;
    QWidget *m_toolBar;
    Label *m_title;
    ElidedLabel *m_subtitle;
    SearchBox *m_search;
    QHBoxLayout *m_acts;
    MessageStrip *m_trial;
    QStackedWidget *m_stack;
    StatusStrip *m_status;
    ToastHost *m_toasts;
    QTimer *m_numbers;                                                  // Ctrl is held: numbers of the pages
    QTimer *m_letters;                                                  // Alt is held: letters of the page
    KeyBadges *m_badges;
    QTimer *m_clock;
};

} // namespace anteroom::ui
