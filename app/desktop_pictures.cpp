#include "app/desktop_pictures.h"

#include "ui/shell/shell.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>

#include <cstdio>

namespace anteroom::app {
namespace {

constexpr int kPollMs = 40;                                  // between two grabs; longer than a turn of any timer of a page's layout
constexpr int kSames = 3;

} // namespace

DesktopPictures::DesktopPictures(Wish wish, ui::Theme &theme, QObject *parent) : QObject(parent), m_wish(std::move(wish)), m_theme(theme)
{
    const double factor = qApp->devicePixelRatio();
    const QString size = factor > 1 ? QString::number(qRound(100 * factor)) : QString();
    const auto name = [&](const QString &look) { return m_wish.language.isEmpty() && !size.isEmpty() ? size : size.isEmpty() ? look : look + u'-' + size; };
    m_variants.push_back({name(m_wish.language.isEmpty() ? QStringLiteral("light") : m_wish.language), ui::Theme::Scheme::Light});
    if (m_wish.language.isEmpty() && size.isEmpty())
        m_variants.push_back({QStringLiteral("dark"), ui::Theme::Scheme::Dark});
    QApplication::setCursorFlashTime(0);                     // a caret that blinks is another picture each time
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &DesktopPictures::poll);
}

DesktopPictures::~DesktopPictures()
{
    m_newWindow.reset();
    m_newPc.reset();
    m_importer.reset();                                      // before the replica that it saves to
}

void DesktopPictures::fail(const QString &line)
{
    m_poll.stop();
    m_steps.clear();
    std::fprintf(stderr, "%s\n", qPrintable(line));
    Q_EMIT finished(1);
}

void DesktopPictures::start()
{
    if (!QDir().mkpath(m_wish.folder) || !m_data.isValid())
        return fail(QStringLiteral("Cannot write in %1. Give a folder that you may write in.").arg(m_wish.folder));
    m_demo = std::make_unique<DesktopDemo>(m_data.filePath(QStringLiteral("clinic")), m_theme);
    connect(m_demo.get(), &DesktopDemo::failed, this, [this](const Error &error) { fail(error.detail); });
    connect(m_demo.get(), &DesktopDemo::ready, this, [this] {
        m_theme.setReducedMotion(true);
        m_importer = std::make_unique<DesktopImport>(m_demo->replica(0));
        host().setImporter(*m_importer);
        host().settings().setReducedMotion(QStringLiteral("on"));
        m_demo->show();
        writeScript();
        for (const QString &page : m_wish.pages)
            if (!m_pages.contains(page))
                return fail(QStringLiteral("No page is called “%1”. There are: %2.").arg(page, m_pages.join(QStringLiteral(", "))));
        next();
    });
    m_demo->start();
}

void DesktopPictures::add(const QString &what, std::function<void()> begin, std::function<bool()> done)
{
    m_steps.push_back({what, std::move(begin), std::move(done)});
}

void DesktopPictures::next()
{
    m_poll.stop();
    if (m_steps.empty()) {
        std::fprintf(stdout, "%d pictures in %s\n", m_written, qPrintable(m_wish.folder));
        std::fflush(stdout);
        Q_EMIT finished(0);
        return;
    }
    const Step step = std::move(m_steps.front());
    m_steps.pop_front();
    m_until = step.done;
    m_step = step.what;
    m_since.start();
    m_poll.start();
    step.begin();
}

void DesktopPictures::poll()
{
    if (m_until && m_until())
        return next();
    if (m_since.elapsed() > kMostMs)
        fail(QStringLiteral("No picture of “%1” after %2 s: the page did not get ready.").arg(m_step).arg(kMostMs / 1000));
}

QWidget *DesktopPictures::inFront() { return m_newWindow ? m_newWindow->widget() : host().widget(); }

void DesktopPictures::picture(const QString &page, std::function<void()> open, std::function<bool()> loaded)
{
    m_pages.append(page);
    if (!wanted(page))
        return;
    add(page, std::move(open), std::move(loaded));
    for (const Variant &variant : m_variants)
        grab(page, variant);
}

void DesktopPictures::grab(const QString &page, const Variant &variant)
{
    add(page, [this, variant] {
            m_theme.setScheme(variant.scheme);
            m_sames = 0;
        },
        [this, page, variant] {
            if (ui::Shell *shell = host().shell(); shell && !m_newWindow)
                for (ui::Toast *toast : shell->toasts()->toasts())
                    toast->hide();
            if (!same(inFront()->grab().toImage()))
                return false;
            const QString file = QDir(m_wish.folder).filePath(page + u'-' + variant.name + QStringLiteral(".png"));
            if (!fewColours(m_last).save(file, nullptr, 0))
                fail(QStringLiteral("Cannot write %1. Is the disk full?").arg(file));
            ++m_written;
            return true;
        });
}

bool DesktopPictures::same(const QImage &image)
{
    m_sames = image == m_last ? m_sames + 1 : 1;
    m_last = image;
    return m_sames >= kSames;
}

} // namespace anteroom::app
