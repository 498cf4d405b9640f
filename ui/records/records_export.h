// A list of records as a CSV file (RFC 4180, UTF-8 with its mark): every page of the question, not the loaded rows alone,
// in the columns of the list. Amounts, dates and times are written for programs, words for people; a text that a
// spreadsheet would take for a formula gets an apostrophe. The file is there as a whole or not at all.
#pragma once

#include "ui/records/records_model.h"

#include <QThreadPool>

namespace anteroom::ui {

[[nodiscard]] QByteArray csvField(const QString &text);              // quoted where it must be
[[nodiscard]] QString csvText(const schema::Table &table, int column, const schema::Row &row, const node::Labels &labels, const ValueStyle &style);
[[nodiscard]] QByteArray csvHead(const schema::Table &table, const std::vector<int> &columns);
[[nodiscard]] QByteArray csvLine(const schema::Table &table, const std::vector<int> &columns, const schema::Row &row, const node::Labels &labels,
                                 const ValueStyle &style);

class RecordsExport final : public QObject {
    Q_OBJECT
public:
    // 1 KiB a row is generous; what is larger is no list for a spreadsheet, which opens 1,048,576 rows.
    static constexpr qsizetype kMostBytes = qsizetype{1} << 30;

    RecordsExport(const Context &context, const ClinicValues &values, QObject *parent = nullptr);
    ~RecordsExport() override;

    void start(const RecordsQuestion &question, std::vector<int> columns, const QString &path);        // one at a time
    void cancel();
    [[nodiscard]] bool running() const { return m_running; }

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    void finished(qint64 rows, const QString &path);
    void failed(const QString &words);
    void cancelled();

private:
    void read();
    void take(const node::BrowsePage &page);
    void write();

    node::Replica &m_replica;
    const ClinicValues &m_values;
    QThreadPool m_pool;
    RecordsQuestion m_question;
    std::vector<int> m_columns;
    std::optional<schema::Row> m_last;
    QByteArray m_content;
    QString m_path;
    qint64 m_done = 0;
    quint64 m_asked = 0;
    bool m_running = false;
};

} // namespace anteroom::ui
