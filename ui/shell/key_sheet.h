// The key sheet: every key of the page in front and of the program, with what it does; searchable, read like a printed
// card. It runs nothing.
#pragma once

#include "ui/common/sheet.h"
#include "ui/shell/commands.h"

class QGridLayout;

namespace anteroom::ui {

class Label;
class SearchBox;

class KeySheet final : public Sheet {
    Q_OBJECT
public:
    KeySheet(QWidget *window, const QString &page, std::vector<Command> commands);

    [[nodiscard]] SearchBox *search() const { return m_search; }
    [[nodiscard]] QStringList shown() const;                 // words that are on the sheet now

protected:
    QWidget *firstFocus() override;
    int wantedHeight() const override;

private:
    struct Line {
        QString words;
        QWidget *row;
    };
    void fill(QVBoxLayout *column, const QString &title, bool ofPage);
    void filter();

    std::vector<Command> m_commands;
    std::vector<Line> m_lines;
    SearchBox *m_search;
    Label *m_none;
};

} // namespace anteroom::ui
