#include <sys/stat.h>

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <map>

#include "ui/look/theme.h"
#include "ui/session/picture_cache.h"
#include "ui/support/turned_pictures.h"

using namespace mnerva::ui;
using mnerva::test::caseFile;

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

QString written(const QTemporaryDir& dir, const char* name, const QByteArray& content) {
    QFile file(dir.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) return {};
    return file.fileName();
}

/// Why a picture is not shown; nothing where it is, or where the answer does not come.
std::optional<mnerva::Error> faultOf(const QString& path) {
    PictureCache& cache = PictureCache::instance();
    cache.picture(path, {});
    (void)QTest::qWaitFor([&] { return cache.state(path) == PictureCache::State::Missing; }, kWait);
    return cache.fault(path);
}

double distance(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return 1000;
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y), other = b.pixel(x, y);
            sum += std::abs(qRed(one) - qRed(other)) + std::abs(qGreen(one) - qGreen(other)) +
                   std::abs(qBlue(one) - qBlue(other));
        }
    return sum / 3 / a.width() / a.height();
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
    void everyKindOnTheListIsShownAndNoOther() {
        const QString folder = caseFile(QStringLiteral("picture-kinds/images/"));
        for (const char* name : {"e0.jpg", "e1.jpg", "e2.jpg", "e7.JPG", "e8.jpeg", "e9.png", "e16.gif"})
            QVERIFY2(!waitFor(folder + QLatin1String(name), {}).isNull(), name);
        const std::map<const char*, std::string> others{
            {"e5.jpg", "AVIF"}, {"e11.jpg", "JPEG 2000"}, {"e13.jpg", "ICO"}};
        for (const auto& [name, kind] : others) {
            const auto fault = faultOf(folder + QLatin1String(name));
            QVERIFY2(fault && fault->code() == mnerva::ErrorCode::ImageKindUnknown, name);
            QCOMPARE(fault->args().at(1), kind);
        }
    }
    void anSvgNamedJpgReachesNoDecoder() {
        QTemporaryDir dir;
        const QString path = written(dir, "a.jpg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
        const auto fault = faultOf(path);
        QVERIFY(fault && fault->code() == mnerva::ErrorCode::ImageKindUnknown);
    }
    void missingIsSaidOfWhatIsNotThereAlone() {
        QTemporaryDir dir;
        QCOMPARE(faultOf(dir.filePath(QStringLiteral("no.jpg")))->code(), mnerva::ErrorCode::FileMissing);
        QCOMPARE(faultOf(written(dir, "empty.jpg", ""))->code(), mnerva::ErrorCode::ImageKindUnknown);
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("d.jpg")));
        QCOMPARE(faultOf(dir.filePath(QStringLiteral("d.jpg")))->code(), mnerva::ErrorCode::FileIsDirectory);
    }
    void aPipeIsRefusedAndTheNextPictureComes() {
        QTemporaryDir dir;
        const QString pipe = dir.filePath(QStringLiteral("p.jpg"));
        QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
        QCOMPARE(faultOf(pipe)->code(), mnerva::ErrorCode::FileNotPlain);
        QCOMPARE(waitFor(drawn(dir, "a.png", {10, 20}), {}).size(), QSize(10, 20));
    }
    void halfAJpegIsShownAndSaidToBe() {
        const QString half = caseFile(QStringLiteral("broken-pictures/images/t1.jpg"));
        const QString whole = caseFile(QStringLiteral("broken-pictures/images/t5.jpg"));
        QVERIFY(!waitFor(half, {100, 100}).isNull());
        QVERIFY(PictureCache::instance().isPart(half));
        QVERIFY(!waitFor(whole, {}).isNull());
        QVERIFY(!PictureCache::instance().isPart(whole));
    }
    void allEightOrientationsAreSeenUpright() {
        const QString first = caseFile(QStringLiteral("orientation/images/o1.jpg"));
        for (const QSize box : {QSize(), QSize(150, 150)}) {
            const QImage upright = waitFor(first, box);
            QTemporaryDir dir;
            for (int o = 1; o <= 8; ++o) {
                const QByteArray note = QByteArray::number(o);
                const QString path = mnerva::test::writeTurned(dir.path(), waitFor(first, {}), o);
                const QImage seen = waitFor(path, box);
                QVERIFY2(seen.size() == upright.size(), note.constData());
                QCOMPARE(PictureCache::instance().fullSize(path), QSize(300, 400));
                QVERIFY2(distance(seen, upright) < 6, note.constData());
            }
            for (const int o : {2, 3, 6, 8}) {
                const QString path = caseFile(QStringLiteral("orientation/images/o%1.jpg").arg(o));
                QVERIFY2(distance(waitFor(path, box), upright) < 6, path.toUtf8().constData());
            }
        }
    }
    void transparentPixelsLieOverWhite() {
        QTemporaryDir dir;
        QImage image(4, 4, QImage::Format_ARGB32);
        image.fill(QColor(0, 0, 0, 128));
        image.setPixelColor(0, 0, QColor(255, 0, 0, 0));
        const QString path = dir.filePath(QStringLiteral("a.png"));
        QVERIFY(image.save(path));
        const QImage seen = waitFor(path, {});
        QVERIFY(!seen.hasAlphaChannel());
        QCOMPARE(seen.pixelColor(0, 0), QColor(Qt::white));
        QVERIFY(std::abs(seen.pixelColor(2, 2).red() - 127) <= 1);
    }
    void aLargePhotoWithinTheBoundIsShown() {
        QTemporaryDir dir;
        QImage image(7000, 5200, QImage::Format_RGB32);  // 139 MiB: beyond Qt's own bound
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); x += 1 + y % 7) image.setPixel(x, y, static_cast<uint>(x * y));
        const QString path = dir.filePath(QStringLiteral("a.png"));
        QVERIFY(image.save(path, "PNG", 90));
        QCOMPARE(waitFor(path, {100, 100}).width(), 100);
    }
    void aBombIsRefusedByItsHeader() {
        QTemporaryDir dir;
        QByteArray gif("GIF89a\xff\xff\xff\xff\0\0\0", 13);
        const auto fault = faultOf(written(dir, "bomb.gif", gif));
        QVERIFY(fault && fault->code() == mnerva::ErrorCode::ImageTooLarge);
    }
    void aLinkThatLeadsOutOfItsFolderIsRefused() {
        QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("images/sub")));
        const QString secret = drawn(dir, "secret.png", {30, 30});
        const QString link = dir.filePath(QStringLiteral("images/a.png"));
        const QString inner = dir.filePath(QStringLiteral("images/sub/b.png"));
        QVERIFY(QFile::link(secret, link));
        QVERIFY(QFile::link(link, inner));
        PictureCache::instance().setFolders({dir.filePath(QStringLiteral("images")).toStdString()});
        QCOMPARE(faultOf(link)->code(), mnerva::ErrorCode::ImageOutside);
        QCOMPARE(faultOf(inner)->code(), mnerva::ErrorCode::ImageOutside);
        PictureCache::instance().setFolders({});
    }
    void aPictureIsSoughtUnderEveryExtension() {
        QTemporaryDir dir;
        drawn(dir, "a.PNG", {30, 20});
        QCOMPARE(waitFor(dir.filePath(QStringLiteral("a.jpg")), {}).size(), QSize(30, 20));
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
