#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "core/formats/voc.h"
#include "core/vision/orientation.h"
#include "core/workflow/exchange/import.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/turned_pictures.h"

// A picture that lies on its side, its box and its grid: what a person sees on the tagging page, for all eight
// orientations, after an import as a person makes it.

using namespace mnerva;
using namespace mnerva::ui;

namespace {

constexpr int kWidth = 300, kHeight = 400;
const QRect kObject(60, 20, 180, 70);

/// Gray with a red object and a green left edge: every turn is seen.
QImage uprightPicture() {
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    image.fill(QColor(128, 128, 128));
    QPainter painter(&image);
    painter.fillRect(kObject, QColor(220, 30, 30));
    painter.fillRect(0, 0, 30, kHeight, QColor(30, 200, 30));
    painter.end();
    return image;
}

/// Where the object is in the stored picture, found by looking for it.
QRect objectIn(const QImage& stored) {
    QRect found;
    for (int y = 0; y < stored.height(); ++y)
        for (int x = 0; x < stored.width(); ++x) {
            const QColor colour = stored.pixelColor(x, y);
            if (colour.red() > 180 && colour.green() < 80) found |= QRect(x, y, 1, 1);
        }
    return found;
}

struct Project {
    QTemporaryDir dir;
    QString folder = dir.filePath(QStringLiteral("project"));
    Findings findings;

    Project() {
        QDir(dir.path()).mkpath(QStringLiteral("images"));
        QDir(dir.path()).mkpath(QStringLiteral("boxes"));
        std::string text;
        for (int o = 1; o <= 8; ++o) {
            const std::string name = "o" + std::to_string(o);
            test::writeTurned(dir.filePath(QStringLiteral("images")), uprightPicture(), o);
            const QImage stored = test::storedFrom(uprightPicture(), o);
            const QRect box = objectIn(stored);
            formats::BoxObject object;
            object.region.origin = RegionOrigin::Xml;
            object.region.label = "Mira";
            object.region.left = box.left();
            object.region.top = box.top();
            object.region.width = box.width();
            object.region.height = box.height();
            formats::writeVoc(toPath(dir.filePath(QStringLiteral("boxes/o%1.xml").arg(o))),
                              {name + ".jpg", stored.width(), stored.height(), 3, {object}});
            text += "IMGID:" + name + "\nSaw\tO\nMira\tB-PER\n\n";
        }
        const auto file = toPath(dir.filePath(QStringLiteral("train.txt")));
        writeFileAtomic(file, text);
        const auto project = project::Project::create(toPath(folder), {}, "test");
        workflow::ImportOptions options;
        options.files = {file};
        options.xmlFolder = toPath(dir.filePath(QStringLiteral("boxes")));
        findings = workflow::importFiles(project.get(), options).findings;
    }
};

}  // namespace

class OrientationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBoxLiesOnItsObjectWhicheverWayThePictureIsStored() {
        const Project made;
        QCOMPARE(made.findings.count("box-orientation-assumed"), 3);  // 2, 3 and 4 swap no side
        settings::setValue(QStringLiteral("tag/row"), 0);
        ProjectSession session;
        ActionRegistry actions;
        TagPage page(session, actions);
        page.resize(1200, 700);
        page.show();
        session.open(made.folder);
        QTRY_VERIFY(session.hasView() && session.isFullyLoaded());
        const QString shots = qEnvironmentVariable("MNERVA_SHOTS");
        QSize first;
        for (int o = 1; o <= 8; ++o) {
            const QByteArray note = "orientation " + QByteArray::number(o);
            session.setCurrentPost(session.summaries().at(static_cast<std::size_t>(o - 1)).id);
            PictureView* view = page.picture();
            const QString name = QStringLiteral("o%1.jpg").arg(o);
            QTRY_VERIFY2(view->path().endsWith(name) && view->hasPicture(), note.constData());
            QTRY_VERIFY2(PictureCache::instance().fullSize(view->path()) == QSize(kWidth, kHeight), note.constData());
            QCOMPARE(view->boxes().size(), std::size_t{1});
            view->setGridVisible(false);
            view->setBoxesVisible(false);
            const QImage seen = view->grab().toImage();
            const QRectF box = view->boxRect(0), picture = view->pictureRect();
            const qreal ratio = seen.width() / static_cast<qreal>(view->width());
            const auto colourAt = [&](const QPointF& point) { return seen.pixelColor((point * ratio).toPoint()); };
            const auto isRed = [](const QColor& c) { return c.red() > 180 && c.green() < 80; };
            const auto isGray = [](const QColor& c) {
                return std::abs(c.red() - 128) < 12 && std::abs(c.green() - 128) < 12;
            };
            QVERIFY2(isRed(colourAt(box.center())), note.constData());
            for (const QPointF corner : {box.topLeft() + QPointF(4, 4), box.bottomRight() - QPointF(4, 4)})
                QVERIFY2(isRed(colourAt(corner)), note.constData());
            QVERIFY2(isGray(colourAt(box.bottomLeft() + QPointF(4, 5))), note.constData());
            QVERIFY2(isGray(colourAt(box.topRight() + QPointF(5, 4))), note.constData());
            QVERIFY2(colourAt(picture.topLeft() + QPointF(5, picture.height() / 2)).green() > 150, note.constData());
            if (first.isEmpty()) first = picture.size().toSize();
            QCOMPARE(picture.size().toSize(), first);
            view->setGridVisible(true);
            view->setBoxesVisible(true);
            if (!shots.isEmpty()) page.grab().save(QDir(shots).filePath(QStringLiteral("orientation-%1.png").arg(o)));
        }
    }
    void aKindThatIsNotReadIsNamedOnThePage() {
        QTemporaryDir images;
        QVERIFY(QFile::copy(test::caseFile(QStringLiteral("picture-kinds/images/e5.jpg")),
                            images.filePath(QStringLiteral("a.jpg"))));
        Post post = test::goldenPost();
        post.images = {"a.jpg"};
        test::TagFixture f({post}, {"PER", "LOC"}, images.path());
        QTRY_VERIFY(f.page().picture()->isMissing());
        QVERIFY(f.page().picture()->placeholderText().contains(QStringLiteral("AVIF")));
        QVERIFY(f.page().picture()->placeholderText().contains(QStringLiteral("a.jpg")));
    }
    void aRefusedPictureIsSaidToBeOutsideAndNotShown() {
        QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("images")));
        QVERIFY(uprightPicture().save(dir.filePath(QStringLiteral("secret.png"))));
        QVERIFY(QFile::link(dir.filePath(QStringLiteral("secret.png")), dir.filePath(QStringLiteral("images/a.png"))));
        Post post = test::goldenPost();
        post.images = {"a.png"};
        test::TagFixture f({post}, {"PER", "LOC"}, dir.filePath(QStringLiteral("images")));
        QTRY_VERIFY(f.page().picture()->placeholderText().contains(QStringLiteral("outside")));
        QVERIFY(!f.page().picture()->hasPicture());
        // Nor is it decoded ahead, for the list.
        const QString path = dir.filePath(QStringLiteral("images/a.png"));
        PictureCache::instance().picture(path, {});
        QTRY_VERIFY(PictureCache::instance().fault(path).has_value());
        QCOMPARE(PictureCache::instance().fault(path)->code(), ErrorCode::ImageOutside);
    }
    void halfAPictureIsShownWithANote() {
        QTemporaryDir images;
        QVERIFY(QFile::copy(test::caseFile(QStringLiteral("broken-pictures/images/t3.jpg")),
                            images.filePath(QStringLiteral("a.jpg"))));
        Post post = test::goldenPost();
        post.images = {"a.jpg"};
        test::TagFixture f({post}, {"PER", "LOC"}, images.path());
        QTRY_VERIFY(f.page().picture()->hasPicture());
        QVERIFY(f.page().picture()->accessibleName().contains(QStringLiteral("Only a part")));
        if (const QString shots = qEnvironmentVariable("MNERVA_SHOTS"); !shots.isEmpty())
            f.page().grab().save(QDir(shots).filePath(QStringLiteral("half.png")));
    }
};

QTEST_MAIN(OrientationTest)
#include "orientation_test.moc"
