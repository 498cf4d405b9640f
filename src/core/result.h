// Result<T>: a value or an Error, the way every fallible function of Anteroom answers. An Error says what went
// wrong in the words of the log and of the command line; the desk translates by `code`. Never thrown.
#pragma once

#include <QString>

#include <tl/expected.hpp>

#include <cstdint>

namespace anteroom {

enum class ErrorCode : std::uint8_t {
    Failed = 1,       // no better word; detail says all
    Usage,            // wrong arguments (exit code 2)
    Locked,           // another process holds the data (exit code 3)
    NotFound,
    Refused,          // a rule of the clinic says no
    Differs,          // the row is no longer what the person was shown
    Invalid,          // a value breaks the schema; detail names the column
    ReadOnly,         // newer database, or a folder that cannot be written
    DiskFull,
    Io,
    Network,
    Busy,             // later, not never
    HistoryChanged,   // host and replica do not share this history
    Protocol,         // a peer broke the protocol
    Cancelled,
    Unconfirmed,      // a person has to say first that it may be done; detail says what
};

// How loudly to say it: decided where the error arises, never where it is shown.
enum class Severity : std::uint8_t { Note, Warning, Failure, Defect };

struct Error {
    ErrorCode code = ErrorCode::Failed;
    Severity severity = Severity::Failure;
    QString detail;     // one English sentence that says what to do, without names of persons
    QString subject;    // column, file or address the sentence is about; may be empty
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString detail, QString subject = {})
{
    return tl::unexpected<Error>(Error{code, Severity::Failure, std::move(detail), std::move(subject)});
}

} // namespace anteroom
