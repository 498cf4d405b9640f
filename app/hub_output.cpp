#include "app/hub_output.h"

#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace anteroom::app {

void print(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void printJson(const QJsonObject &object)
{
    print(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n');
}

void complain(const QString &words)
{
    QString line = words.simplified();
    if (!line.endsWith(u'.'))
        line += u'.';
    const QByteArray bytes = QString(line + u'\n').toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

int complainAbout(const Error &error)
{
    complain(error.detail);
    return exitCodeOf(error);
}

} // namespace anteroom::app
