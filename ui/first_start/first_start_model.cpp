#include "ui/first_start/first_start_model.h"

#include "core/when_ready.h"

namespace anteroom::ui {
namespace {

constexpr int kCodeLength = 10;                            // characters of an access code (DESIGN 5)
constexpr int kMaxName = 80;                               // fits the rail and the wall display

} // namespace

Result<TypedAddress> parseAddress(const QString &text)
{
    QString typed = text.simplified();
    typed.remove(QLatin1Char(' '));
    if (typed.isEmpty())
        return fail(ErrorCode::Invalid, FirstStartModel::tr("Write the address that the other PC shows, like 192.168.1.20:7310."));
    const qsizetype bracket = typed.lastIndexOf(QLatin1Char(']'));
    const bool manyColons = typed.count(QLatin1Char(':')) > 1 && bracket < 0;      // a bare IPv6 address
    const qsizetype colon = manyColons ? -1 : typed.lastIndexOf(QLatin1Char(':'));
    TypedAddress out{.host = typed, .port = kDefaultPort};
    if (colon > bracket) {
        bool number = false;
        const int port = QStringView(typed).mid(colon + 1).toInt(&number);
        if (!number || port < 1 || port > 65535)
            return fail(ErrorCode::Invalid, FirstStartModel::tr("After the colon write the port, a number from 1 to 65535, like 7310."));
        out = {.host = typed.left(colon), .port = static_cast<quint16>(port)};
    }
    if (out.host.startsWith(QLatin1Char('[')) && out.host.endsWith(QLatin1Char(']')))
        out.host = out.host.mid(1, out.host.size() - 2);
    if (out.host.isEmpty())
        return fail(ErrorCode::Invalid, FirstStartModel::tr("Write the address before the colon, like 192.168.1.20:7310."));
    return out;
}

Result<QString> parseCode(const QString &text)
{
    QString code;
    for (const QChar raw : text.toUpper()) {
        if (raw.isSpace() || raw == QLatin1Char('-'))
            continue;
        const QChar c = raw == QLatin1Char('O') ? QLatin1Char('0') : raw == QLatin1Char('I') || raw == QLatin1Char('L') ? QLatin1Char('1') : raw;
        code += c;
    }
    if (code.isEmpty())
        return fail(ErrorCode::Invalid, FirstStartModel::tr("Write the access code that the other PC shows under Settings."));
    if (code.size() != kCodeLength)
        return fail(ErrorCode::Invalid, FirstStartModel::tr("An access code has %1 characters, this has %2.").arg(kCodeLength).arg(code.size()));
    return code;
}

FirstStartModel::FirstStartModel(node::Replica &replica, QObject *parent) : QObject(parent), m_replica(replica) {}

void FirstStartModel::choose(Choice choice)
{
    if (m_busy)
        return;
    if (choice == Choice::Demo) {
        Q_EMIT demoWanted();
        return;
    }
    m_choice = choice;
    m_wrong = Field::None;
    m_words.clear();
    Q_EMIT stateChanged();
}

void FirstStartModel::refuse(Field field, const QString &sentence)
{
    m_busy = false;
    m_wrong = field;
    m_words = sentence;
    Q_EMIT stateChanged();
}

void FirstStartModel::go()
{
    if (m_busy || m_choice == Choice::None)
        return;
    m_wrong = Field::None;
    m_words.clear();
    if (m_choice == Choice::Join)
        join();
    else
        startClinic();
}

void FirstStartModel::startClinic()
{
    const QString name = clinic.simplified();
    if (name.isEmpty())
        return refuse(Field::Clinic, tr("Write the clinic's name, as it is on the door."));
    if (name.size() > kMaxName)
        return refuse(Field::Clinic, tr("Write at most %1 characters, so that the name fits every screen.").arg(kMaxName));
    if (person.simplified().isEmpty())
        return refuse(Field::Person, tr("Write your name: it stands behind everything you enter here."));
    m_busy = true;
    Q_EMIT stateChanged();
    whenReady(m_replica.startClinic({.clinicName = name, .personName = person.simplified(), .deviceName = device.simplified()}), this, [this](const Result<void> &result) { finish(result, false); });
}

void FirstStartModel::join()
{
    const auto where = parseAddress(address);
    if (!where)
        return refuse(Field::Address, where.error().detail);
    const auto typed = parseCode(code);
    if (!typed)
        return refuse(Field::Code, typed.error().detail);
    if (person.simplified().isEmpty())
        return refuse(Field::Person, tr("Write your name: it stands behind everything you enter here."));
    m_busy = true;
    Q_EMIT stateChanged();
    whenReady(m_replica.join({.address = where->host, .port = where->port, .code = *typed, .personName = person.simplified(),
                              .deviceName = device.simplified()}), this, [this](const Result<void> &result) { finish(result, true); });
}

void FirstStartModel::finish(const Result<void> &result, bool joining)
{
    if (result) {
        m_busy = false;
        Q_EMIT done();
        return;
    }
    const Error &error = result.error();
    if (joining && error.code == ErrorCode::Network)
        return refuse(Field::Address, tr("No answer from %1. See that the other PC is on, hosts the clinic, and is on the same network.")
                                          .arg(address.simplified()));
    if (joining && error.code == ErrorCode::Refused)
        return refuse(Field::Code, error.detail);
    refuse(Field::None, error.detail);
}

} // namespace anteroom::ui
