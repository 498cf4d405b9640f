// The command palette: a few letters of an act, Enter does it. Only acts that are possible now, those of the page first.
#pragma once

#include "ui/common/sheet.h"
#include "ui/shell/commands.h"

class QListView;
class QStandardItemModel;

namespace anteroom::ui {

class SearchBox;

class Palette final : public Sheet {
    Q_OBJECT
public:
    Palette(QWidget *window, std::vector<Command> commands);

    [[nodiscard]] SearchBox *search() const { return m_search; }
    [[nodiscard]] QStringList shown() const;             // words of the rows, headings left out

protected:
    QWidget *firstFocus() override;
    int wantedHeight() const override;

private:
    void filter();
    void move(int rows);
    void run();

    std::vector<Command> m_commands;
    SearchBox *m_search;
    QStandardItemModel *m_rows;
    QListView *m_list;
};

} // namespace anteroom::ui
