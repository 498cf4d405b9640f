#include "core/log.h"

namespace anteroom::log {

Q_LOGGING_CATEGORY(core, "anteroom.core", QtInfoMsg)
Q_LOGGING_CATEGORY(storage, "anteroom.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(sync, "anteroom.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(transport, "anteroom.transport", QtInfoMsg)
Q_LOGGING_CATEGORY(session, "anteroom.session", QtInfoMsg)
Q_LOGGING_CATEGORY(node, "anteroom.node", QtInfoMsg)
Q_LOGGING_CATEGORY(exchange, "anteroom.exchange", QtInfoMsg)
Q_LOGGING_CATEGORY(desk, "anteroom.desk", QtInfoMsg)

namespace {

QLatin1String latin(Literal literal)
{
    return QLatin1String(literal.text().data(), static_cast<qsizetype>(literal.text().size()));
}

struct Printer {
    QString &line;

    void operator()(std::int64_t value) const { line += QString::number(value); }
    void operator()(bool value) const { line += value ? QLatin1String("true") : QLatin1String("false"); }
    void operator()(double value) const { line += QString::number(value, 'g', 6); }
    void operator()(const Uuid &value) const { line += value.toString(); }
    void operator()(const Literal &value) const { line += latin(value); }
    void operator()(const Error &value) const
    {
        line += QString::number(static_cast<int>(value.code)) + QLatin1String(" \"") + value.detail + u'"';
    }
};

QString compose(Literal text, Fields fields)
{
    QString line = latin(text);
    for (const Field &field : fields)
        field.appendTo(line);
    return line;
}

} // namespace

void Field::appendTo(QString &line) const
{
    line += u' ' + latin(m_key) + u'=';
    std::visit(Printer{line}, m_value);
}

void debug(Category category, Literal text, Fields fields)
{
    qCDebug(category).noquote() << compose(text, fields);
}

void info(Category category, Literal text, Fields fields)
{
    qCInfo(category).noquote() << compose(text, fields);
}

void warning(Category category, Literal text, Fields fields)
{
    qCWarning(category).noquote() << compose(text, fields);
}

void critical(Category category, Literal text, Fields fields)
{
    qCCritical(category).noquote() << compose(text, fields);
}

} // namespace anteroom::log
