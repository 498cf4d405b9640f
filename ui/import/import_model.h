// The account of an import as a table, a row for each type and each reason why something was not taken, and as text to keep.
// Words and numbers only; no widget, and it starts nothing.
#pragma once

#include "ui/import/import_port.h"

#include <QAbstractTableModel>

namespace anteroom::ui {

class ImportModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TypeColumn, InColumn, TakenColumn, NewColumn, NotTakenColumn, WhyColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setAccount(const ImportAccount &account);
    void clear() { setAccount({}); }
    [[nodiscard]] const ImportAccount &account() const { return m_account; }
    [[nodiscard]] int changes() const;                       // records that are new or get newer words
    [[nodiscard]] int notTaken() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString typeWords(const QString &type);     // "Encounter" → "Visits"
    [[nodiscard]] static QString count(int n);                       // "1,203"
    [[nodiscard]] QString asText(const QString &title, const QStringList &files) const;

private:
    struct Line { const ImportType *type; int reason; bool head; };     // reason −1: none
    [[nodiscard]] QString cell(const Line &line, int column) const;

    ImportAccount m_account;
    std::vector<Line> m_lines;
};

} // namespace anteroom::ui
