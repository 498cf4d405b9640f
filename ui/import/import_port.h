// What the desk needs of an importer: files in, an account of every record out, as plain values. The composition root gives
// one to the window; the desk itself knows no file format. One import at a time; every call and answer on the UI thread.
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace anteroom::ui {

struct ImportType {                  // all records of one type; in = taken + those of notTaken
    QString name;                    // as the files call it: "Patient", "ICD-10-CM code"
    int in = 0;
    int taken = 0;                   // stand in a record of this clinic now
    int added = 0, changed = 0;      // of them, new; with newer words
    int kept = 0;                    // of them, changed or removed here since: left as they are
    int retired = 0;                 // here, and marked inactive: the newer list has them no more
    std::vector<std::pair<QString, int>> notTaken;       // why, how many
};

struct ImportAccount {
    std::vector<ImportType> types;
    QStringList problems;            // what could not be read, with file and line
    int problemCount = 0;            // of which `problems` lists the first
    QStringList notes;
    bool cancelled = false;          // what was in by then stays
};

struct ImportStep {
    std::int64_t bytesDone = 0, bytesTotal = 0;
    int records = 0;                 // decided on so far
};

class ImportPort {
public:
    virtual ~ImportPort() = default;

    struct Request {
        QStringList files;
        bool dryRun = true;          // says what would be done and writes nothing
    };
    // `done` once; not before start() has returned. Neither is called after the port is gone.
    virtual void start(const Request &request, std::function<void(const ImportStep &)> progress,
                       std::function<void(const Result<ImportAccount> &)> done) = 0;
    virtual void cancel() = 0;       // after the batch at hand; `done` follows
};

} // namespace anteroom::ui
