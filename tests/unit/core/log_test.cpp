// The log: lines as they are written, and what does not compile into one.
#include "core/log.h"

#include <QtTest>

using namespace anteroom;

// A name that a person typed cannot become a field or a text. These are the point of log.h.
static_assert(!std::is_constructible_v<log::Literal, QString>);
static_assert(!std::is_constructible_v<log::Literal, const char *>);
static_assert(!std::is_constructible_v<log::Literal, std::string>);
static_assert(!std::is_constructible_v<log::Field, log::Literal, QString>);
static_assert(!std::is_constructible_v<log::Field, log::Literal, QByteArray>);
static_assert(!std::is_constructible_v<log::Field, log::Literal, std::string>);
static_assert(!std::is_constructible_v<log::Field, log::Literal, std::string_view>);
static_assert(std::is_constructible_v<log::Field, log::Literal, std::int64_t>);
static_assert(std::is_constructible_v<log::Field, log::Literal, std::size_t>);
static_assert(std::is_constructible_v<log::Field, log::Literal, Uuid>);

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreWritten();
    void errorsLeaveTheirSubjectOut();
    void debugIsSilentUnlessAsked();
};

void LogTest::fieldsAreWritten()
{
    const Uuid id = Uuid::fromString(u"01890a5d-ac96-774b-bcce-b302099a8057").value();
    QTest::ignoreMessage(QtInfoMsg,
        "page applied rev=812 rows=40 final=true share=0.25 table=01890a5d-ac96-774b-bcce-b302099a8057 why=behind");
    log::info(log::sync, "page applied", {{"rev", 812}, {"rows", std::size_t{40}}, {"final", true}, {"share", 0.25}, {"table", id}, {"why", log::Literal("behind")}});
}

void LogTest::errorsLeaveTheirSubjectOut()
{
    const Error error{ErrorCode::DiskFull, Severity::Failure, QStringLiteral("The disk is full."), QStringLiteral("ana.txt")};
    QTest::ignoreMessage(QtWarningMsg, "not saved error=9 \"The disk is full.\"");
    log::warning(log::storage, "not saved", {{"error", error}});
    QTest::ignoreMessage(QtCriticalMsg, "stopped");
    log::critical(log::core, "stopped");
}

void LogTest::debugIsSilentUnlessAsked()
{
    QVERIFY(!log::transport().isDebugEnabled());
    QVERIFY(log::transport().isInfoEnabled());
    QCOMPARE(log::desk().categoryName(), "anteroom.desk");
    QLoggingCategory::setFilterRules(QStringLiteral("anteroom.transport.debug=true"));
    QTest::ignoreMessage(QtDebugMsg, "frame bytes=12");
    log::debug(log::transport, "frame", {{"bytes", 12}});
    QLoggingCategory::setFilterRules({});
}

QTEST_GUILESS_MAIN(LogTest)
#include "log_test.moc"
