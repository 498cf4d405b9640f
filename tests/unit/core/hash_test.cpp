// BLAKE2b-256 against published values, streaming against one shot.
#include "core/hash.h"

#include <QtTest>

#include <rapidcheck.h>

#include <string>

class HashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownAnswers();
    void streamingEqualsOneShot();
    void integersAreBigEndian();
};

void HashTest::knownAnswers()
{
    // b2sum -l 256 of nothing and of "abc"
    QCOMPARE(anteroom::blake2b({}).toHex(), QByteArray("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
    QCOMPARE(anteroom::blake2b("abc").toHex(), QByteArray("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
}

void HashTest::streamingEqualsOneShot()
{
    QVERIFY(rc::check("pieces hash like the whole", [](const std::vector<std::string> &pieces) {
        anteroom::Hasher hasher;
        std::string whole;
        for (const std::string &piece : pieces) {
            hasher.add(QByteArrayView(piece.data(), static_cast<qsizetype>(piece.size())));
            whole += piece;
        }
        RC_ASSERT(hasher.finish() == anteroom::blake2b(QByteArrayView(whole.data(), static_cast<qsizetype>(whole.size()))));
    }));
}

void HashTest::integersAreBigEndian()
{
    const QByteArray bytes = QByteArray::fromHex("fffffffffffffffe");
    QCOMPARE(anteroom::Hasher().addInt(-2).finish(), anteroom::blake2b(bytes));
    QCOMPARE(anteroom::Hasher().addInt(0x0102).finish(), anteroom::blake2b(QByteArray::fromHex("0000000000000102")));
}

QTEST_GUILESS_MAIN(HashTest)
#include "hash_test.moc"
