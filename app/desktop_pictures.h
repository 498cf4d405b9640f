// Pictures of every page, grabbed from the program itself at work on the demo clinic: `--pictures DIR`. One process makes
// the pictures of one look (light and dark, or one language, or one screen factor); a page is grabbed when it says that it
// is loaded and three grabs in a row are the same. It writes nothing but the pictures and a clinic in a temporary folder.
// The demo's morning is told backwards from now, so dates and times are those of the run.
#pragma once

#include "app/desktop_demo.h"
#include "app/desktop_import.h"

#include <QElapsedTimer>
#include <QImage>
#include <QTemporaryDir>
#include <QTimer>

#include <deque>

namespace anteroom::app {

class DesktopPictures final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostMs = 60'000;                   // for one page on a slow PC; past this it fails with words

    struct Wish {
        QString folder;
        QString language;                                    // empty: light and dark; else light, named by the language
        QStringList pages;                                   // empty: all
    };
    DesktopPictures(Wish wish, ui::Theme &theme, QObject *parent = nullptr);
    ~DesktopPictures() override;

    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    struct Step {
        QString what;
        std::function<void()> begin;
        std::function<bool()> done;                          // asked until true
    };
    struct Variant { QString name; ui::Theme::Scheme scheme; };
    void writeScript();
    void queueAndBook();
    void patientPages();
    void differencePage();
    void searchPage();
    void recordPages();
    void recordActs();
    void settingsPages();
    void sheetPages();
    void reviewPages();
    void firstStart();
    [[nodiscard]] bool recordReady(const schema::Table &table);
    [[nodiscard]] bool wanted(const QString &page) const { return m_wish.pages.isEmpty() || m_wish.pages.contains(page); }
    void add(const QString &what, std::function<void()> begin, std::function<bool()> done);
    void picture(const QString &page, std::function<void()> open, std::function<bool()> loaded);
    void grab(const QString &page, const Variant &variant);
    [[nodiscard]] bool same(const QImage &image);
    void next();
    void poll();
    void fail(const QString &line);
    void edit(int place, const schema::Table &table, const Uuid &id, const std::vector<schema::ColumnValue> &values);
    [[nodiscard]] ui::DeskWindow &host() { return m_demo->window(0); }
    [[nodiscard]] QWidget *inFront();

    Wish m_wish;
    ui::Theme &m_theme;
    std::vector<Variant> m_variants;
    QTemporaryDir m_data;
    std::unique_ptr<DesktopDemo> m_demo;
    std::unique_ptr<DesktopImport> m_importer;
    std::unique_ptr<node::Replica> m_newPc;                  // without a clinic: the first window
    std::unique_ptr<ui::DeskWindow> m_newWindow;
    std::deque<Step> m_steps;
    std::function<bool()> m_until;
    QString m_step;
    QStringList m_pages;                                     // all there are
    QTimer m_poll;
    QElapsedTimer m_since;
    QImage m_last;
    int m_sames = 0, m_written = 0;
    Uuid m_patient, m_bill;
    bool m_edited = false;
};

// The image with at most 256 colours, the most frequent as they are, each other one as the nearest of those: a third of
// the bytes, and nothing to be seen on a screen of few hues.
[[nodiscard]] QImage fewColours(const QImage &image);

} // namespace anteroom::app
