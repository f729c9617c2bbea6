#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/common/picture_cache.h"
#include "ui/common/theme.h"

using namespace mnerva::ui;

namespace {

constexpr int kWait = 20000;

QString drawn(const QTemporaryDir& dir, const char* name, QSize size) {
    const QString path = dir.filePath(QString::fromLatin1(name));
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::blue);
    image.save(path);
    return path;
}

QImage waitFor(const QString& path, const QSize& box) {
    QImage image;
    (void)QTest::qWaitFor([&] { return !(image = PictureCache::instance().picture(path, box)).isNull(); }, kWait);
    return image;
}

}  // namespace

class PictureCacheTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { PictureCache::instance().clear(); }

    void aPictureComesLaterAndFitsItsBox() {
        QTemporaryDir dir;
        const QString path = drawn(dir, "a.png", {400, 200});
        QVERIFY(PictureCache::instance().picture(path, {100, 100}).isNull());
        QCOMPARE(waitFor(path, {100, 100}).size(), QSize(100, 50));
        QCOMPARE(PictureCache::instance().fullSize(path), QSize(400, 200));
    }
    void aSmallPictureIsNotEnlarged() {
        QTemporaryDir dir;
        QCOMPARE(waitFor(drawn(dir, "a.png", {10, 20}), {500, 500}).size(), QSize(10, 20));
    }
    void aThumbnailIsSquare() {
        QTemporaryDir dir;
        const QString path = drawn(dir, "a.jpg", {300, 90});
        QPixmap thumbnail;
        QTRY_VERIFY_WITH_TIMEOUT(!(thumbnail = PictureCache::instance().thumbnail(path, 40)).isNull(), kWait);
        QCOMPARE(thumbnail.deviceIndependentSize(), QSizeF(40, 40));
    }
    void aMissingPictureIsToldOnceAndNotTriedAgain() {
        QSignalSpy missing(&PictureCache::instance(), &PictureCache::missing);
        const QString path = QStringLiteral("/no/such/picture.jpg");
        QVERIFY(PictureCache::instance().picture(path).isNull());
        QTRY_COMPARE_WITH_TIMEOUT(missing.count(), 1, kWait);
        QCOMPARE(PictureCache::instance().state(path), PictureCache::State::Missing);
        QVERIFY(PictureCache::instance().picture(path).isNull());
        PictureCache::instance().forgetMissing();
        QCOMPARE(PictureCache::instance().state(path), PictureCache::State::Unknown);
    }
    void aBrokenPictureCountsAsMissing() {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("broken.jpg")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\xff\xd8\xff\xe0 not much of a jpeg");
        file.close();
        QSignalSpy missing(&PictureCache::instance(), &PictureCache::missing);
        PictureCache::instance().picture(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(missing.count(), 1, kWait);
    }
    void aFolderCountsAsMissing() {
        QTemporaryDir dir;
        QSignalSpy missing(&PictureCache::instance(), &PictureCache::missing);
        PictureCache::instance().picture(dir.path());
        QTRY_COMPARE_WITH_TIMEOUT(missing.count(), 1, kWait);
    }
    void theEndingMayLie() {
        QTemporaryDir dir;
        const QString png = drawn(dir, "a.png", {30, 30});
        const QString lying = dir.filePath(QStringLiteral("b.jpg"));
        QVERIFY(QFile::rename(png, lying));
        QCOMPARE(waitFor(lying, {}).size(), QSize(30, 30));
    }
    void noPathIsNoPicture() {
        QVERIFY(PictureCache::instance().picture({}).isNull());
        QVERIFY(PictureCache::instance().thumbnail({}, 40).isNull());
        QCOMPARE(PictureCache::instance().state({}), PictureCache::State::Missing);
    }
    void thePlaceholderIsDrawnAtAnySize() {
        for (const QSize size : {QSize(0, 0), QSize(1, 1), QSize(40, 40), QSize(900, 20)}) {
            QVERIFY(!PictureCache::missingPicture(size).isNull());
        }
    }
    void aFloodOfWishesLeavesTheNewest() {
        QTemporaryDir dir;
        QStringList paths;
        for (int i = 0; i < 400; ++i) paths << QStringLiteral("/no/such/%1.jpg").arg(i);
        for (const QString& path : paths) PictureCache::instance().thumbnail(path, 40);
        const QString last = drawn(dir, "last.png", {64, 64});
        QCOMPARE(waitFor(last, {32, 32}).size(), QSize(32, 32));
    }
};

QTEST_MAIN(PictureCacheTest)
#include "picture_cache_test.moc"
