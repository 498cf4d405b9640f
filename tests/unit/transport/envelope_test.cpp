#include "transport/envelope.h"

#include "sync/codec.h"
#include "unit/transport/sample_messages.h"

#include <QTest>

#include <zstd.h>

using namespace anteroom;
using namespace anteroom::transport;

namespace {

std::size_t encodedSize(const sync::Message &message) { return static_cast<std::size_t>(sync::encode(message).size()); }

QByteArray zstdFrame(const QByteArray &content, bool withSize = true)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, withSize ? 1 : 0);
    QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(content.size()))), Qt::Uninitialized);
    const std::size_t n = ZSTD_compress2(context, out.data(), static_cast<std::size_t>(out.size()), content.data(), static_cast<std::size_t>(content.size()));
    ZSTD_freeCCtx(context);
    out.truncate(static_cast<qsizetype>(n));
    return out;
}

QByteArray tagged(int packing, const QByteArray &body)
{
    QByteArray out(1, static_cast<char>(packing));
    return out.append(body);
}

} // namespace

class EnvelopeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMessageComesBack()
    {
        Envelope envelope;
        const auto messages = test::sampleMessages();
        QCOMPARE(messages.size(), std::variant_size_v<sync::Message>);
        for (const sync::Message &message : messages) {
            const auto packed = envelope.pack(message);
            QVERIFY(packed);
            const auto back = envelope.unpack(*packed);
            QVERIFY2(back, qPrintable(back ? QString() : back.error().detail));
            QCOMPARE(back->index(), message.index());
            QCOMPARE(sync::encode(*back), sync::encode(message));
        }
    }

    void compressesFromASize()
    {
        Envelope envelope;
        const QByteArray small(kCompressFromBytes - 1, 'a'), large(kCompressFromBytes, 'a');
        QCOMPARE(envelope.wrap(small)->at(0), char(0));
        QCOMPARE(envelope.wrap(large)->at(0), char(1));
        QVERIFY(envelope.wrap(large)->size() < 64);
        QCOMPARE(*envelope.unwrap(*envelope.wrap(large)), large);
    }

    void whatDoesNotCompressStaysPlain()
    {
        Envelope envelope;
        const QByteArray noise = sync::encode(test::messageOfSize(4000, encodedSize)).right(3900);
        const auto packed = envelope.wrap(noise);
        QCOMPARE(packed->at(0), char(0));
        QCOMPARE(packed->size(), noise.size() + 1);
    }

    void boundary_data()
    {
        QTest::addColumn<qulonglong>("size");
        QTest::addColumn<bool>("fits");
        QTest::newRow("limit - 1") << qulonglong(kMaxMessageBytes - 1) << true;
        QTest::newRow("limit") << qulonglong(kMaxMessageBytes) << true;
        QTest::newRow("limit + 1") << qulonglong(kMaxMessageBytes + 1) << false;
    }
    void boundary()
    {
        QFETCH(qulonglong, size);
        QFETCH(bool, fits);
        Envelope envelope;
        const sync::Message message = test::messageOfSize(size, encodedSize);
        QCOMPARE(encodedSize(message), std::size_t(size));
        const auto packed = envelope.pack(message);
        QCOMPARE(packed.has_value(), fits);
        if (fits) {
            QVERIFY(packed->size() <= qsizetype(kMaxEnvelopeBytes));
            QCOMPARE(sync::encode(*envelope.unpack(*packed)), sync::encode(message));
        } else {
            QCOMPARE(packed.error().code, ErrorCode::Protocol);
            const QByteArray plain = tagged(0, sync::encode(message));
            QVERIFY(!envelope.unpack(plain));
        }
    }

    void bombIsRefusedByItsOwnClaim()
    {
        Envelope envelope;
        const QByteArray bomb = tagged(1, zstdFrame(QByteArray(64 * 1024 * 1024, 'b')));
        QVERIFY(bomb.size() < 64 * 1024);
        const auto opened = envelope.unwrap(bomb);
        QVERIFY(!opened);
        QVERIFY(opened.error().detail.contains(QStringLiteral("67108864")));

        const auto atLimit = envelope.unwrap(tagged(1, zstdFrame(QByteArray(kMaxMessageBytes, 'b'))));
        QCOMPARE(atLimit->size(), qsizetype(kMaxMessageBytes));
        QVERIFY(!envelope.unwrap(tagged(1, zstdFrame(QByteArray(kMaxMessageBytes + 1, 'b')))));
    }

    void liarsAreRefused()
    {
        Envelope envelope;
        const QByteArray content(2000, 'b');
        const QByteArray frame = zstdFrame(content);
        QVERIFY(!envelope.unwrap(tagged(1, zstdFrame(content, false))));                // says no size
        QVERIFY(!envelope.unwrap(tagged(1, frame).append(frame)));                            // says one size, holds two
        QVERIFY(!envelope.unwrap(tagged(1, frame.left(frame.size() - 1))));
        QVERIFY(!envelope.unwrap(tagged(1, {})));
        QVERIFY(!envelope.unwrap(QByteArray()));
        QVERIFY(!envelope.unwrap(tagged(2, frame)));                 // packing of a later time
        QVERIFY(!envelope.unpack(QByteArray("\0garbage", 8)));
        QCOMPARE(*envelope.unwrap(tagged(1, frame)), content);
        QVERIFY(!envelope.unwrap(tagged(1, frame), 1999));                              // a stranger's bound
    }

    void noBeginningOfAMessageIsAMessage()
    {
        Envelope envelope;
        const QByteArray whole = *envelope.pack(test::sampleMessages().at(0));
        for (qsizetype cut = 0; cut < whole.size(); ++cut)
            QVERIFY(!envelope.unpack(whole.left(cut)));
    }
};

QTEST_GUILESS_MAIN(EnvelopeTest)
#include "envelope_test.moc"
