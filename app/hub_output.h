// What a command prints: results on stdout, one line of words on stderr, and the exit code that goes with it.
#pragma once

#include "app/command_line.h"

#include <QJsonObject>

namespace anteroom::app {

void print(const QString &text);                       // stdout, flushed
void printJson(const QJsonObject &object);             // one line
void complain(const QString &words);                   // stderr, one line whatever is in it
int complainAbout(const Error &error);                 // and the exit code of GOALS

} // namespace anteroom::app
