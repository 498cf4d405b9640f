// The handwriting on one page of a book: its strokes as this PC holds them, drawing, erasing, and steps back and forth.
// A stroke is on the page at once and becomes one act when the pen is lifted; one that could not be saved stays on the
// page, marked, until it can. Steps are this window's own strokes and erasures; a step forth or back that brings ink again
// draws a new stroke, for what was rubbed out stays so in the record.
// No widgets, no painting; never blocks.
#pragma once

#include "domain/stroke.h"
#include "ui/books/book_columns.h"
#include "ui/desk/context.h"

#include <QObject>
#include <QRectF>

#include <deque>

namespace anteroom::ui {

enum class InkTool : std::uint8_t { Pen, Marker, Pencil };

struct InkStroke {
    Uuid id;
    InkTool tool = InkTool::Pen;
    QString colour;                      // what it means ("ink", "blue", …), never a number: it reads in light and dark
    double width = 2;                    // page units
    domain::Stroke points;
    QRectF bounds;                       // with its width, page units
    bool unsaved = false;                // its save failed
    bool hidden = false;                 // under the rubber, until it is lifted
    schema::Row row;
};

class PageInk final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMostSteps = 200;       // a stroke is a small step: a line of handwriting has forty

    explicit PageInk(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<InkStroke> &strokes() const { return m_strokes; }
    [[nodiscard]] const InkStroke *find(const Uuid &id) const;
    void setPage(const Uuid &book, const std::string &day);      // empty until become()
    void become(const std::vector<schema::Row> &rows);
    void apply(const Uuid &id, const std::optional<schema::Row> &row);      // as it is now; nothing: not on this page

    void draw(InkTool tool, const QString &colour, double width, const domain::Stroke &points);
    [[nodiscard]] std::vector<Uuid> touched(const domain::Stroke &path, double radius) const;
    void hide(const std::vector<Uuid> &ids);             // until erase(), which is the act
    void erase(const std::vector<Uuid> &ids);

    [[nodiscard]] bool canUndo() const { return !m_done.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_undone.empty(); }
    void undo();
    void redo();

    [[nodiscard]] int unsaved() const { return static_cast<int>(m_unsaved.size()); }      // on any page
    [[nodiscard]] int saving() const { return m_saving; }
    void retry();

Q_SIGNALS:
    void added(const anteroom::Uuid &id);
    void removed(const QRectF &where);
    void reset();                        // another page, or all of it anew
    void historyChanged();
    void unsavedChanged(const QString &why);
    void failed(const QString &words);   // an erasure or a step that did not happen

private:
    struct Step {
        std::vector<Uuid> ids;
        bool drew = true;                // else erased
    };
    struct Waiting {                     // strokes whose save failed, of any page
        Uuid book;
        std::string day;
        std::vector<InkStroke> strokes;
    };
    void put(InkStroke stroke);
    std::optional<InkStroke> take(const Uuid &id);
    void insert(std::vector<InkStroke> strokes, const Uuid &book, const std::string &day);
    void remove(const std::vector<Uuid> &ids, const QString &reason);
    void restore(const std::vector<Uuid> &ids);
    void save(std::vector<schema::Change> changes, const char *name, std::vector<InkStroke> back);
    void remember(Step step);

    node::Replica &m_replica;
    const Clock &m_clock;
    Random &m_random;
    Uuid m_book;
    std::string m_day;
    std::vector<InkStroke> m_strokes;                    // as they were drawn
    std::vector<InkStroke> m_gone;                       // erased here, for the way back
    std::vector<Waiting> m_unsaved;
    std::deque<Step> m_done, m_undone;
    int m_saving = 0;
};

[[nodiscard]] std::optional<InkStroke> strokeOf(const schema::Row &row);      // nothing where it cannot be read

} // namespace anteroom::ui
