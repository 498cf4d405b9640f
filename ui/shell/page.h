// What the shell asks of a page: title, subtitle, acts for the toolbar, where the focus goes first. A page is made by the
// factory of its table entry when it is first opened, and lives as long as the shell.
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

namespace anteroom::ui {

class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual QString title() const = 0;
    virtual QString subtitle() const { return {}; }
    virtual QList<QWidget *> acts() { return {}; }          // at most three, made once, owned by the page until asked for
    virtual QWidget *firstFocus() { return nullptr; }       // nullptr: the first in tab order
    virtual bool hasOwnSearch() const { return false; }     // then the toolbar's is hidden, and Ctrl+K goes to focusSearch()
    virtual void focusSearch() {}
    virtual void opened() {}                                // it is in front now; restore row and scroll here
    virtual int footer() const { return 0; }                // pixels at the bottom, with buttons, that toasts leave free
    virtual void keepDrafts() {}                            // the window closes or the session ends: what is typed is put now
    virtual bool back() { return false; }                   // Esc: true when the page had something to leave

Q_SIGNALS:
    void headChanged();                                     // title, subtitle or acts differ
    void openRequested(const QString &pageId, const QString &detail);       // "patients", a record's id
};

struct PageEntry {
    QString id;
    QString title;
    QString icon;
    QString permission;                                     // empty: everybody
    std::function<Page *(QWidget *parent)> factory;
    bool bottom = false;                                    // Review and Settings stand at the rail's bottom
    std::function<void(Page *, const QString &detail)> show;        // opens a detail (a record's id) in the page; optional
};

} // namespace anteroom::ui
