#include <QScreen>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

#include "ui/pages/tag/entity_list.h"
#include "ui/pages/tag/pane_layout.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_delegate.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/pages/tag/tag_panes.h"
#include "ui/session/picture_view.h"
#include "ui/shell/window_place.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

namespace {

/// A picture of a size, in a folder of pictures.
void makePicture(const QString& folder, const char* name, QSize size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QVERIFY(image.save(folder + QLatin1Char('/') + QLatin1String(name)));
}

Post tweet(const char* image) {
    Post post =
        test::makePost("t", {"RT", "@NBAcanada", ":", "Kevin", "Durant", "in", "Toronto", "tonight", "vs", "the",
                             "Raptors", ",", "says", "Drake", "at", "the", "Arena", "http://t.co/abcdefgh"});
    if (*image) post.images = {image};
    return post;
}

/// A project in the real window.
struct InWindow {
    explicit InWindow(const std::vector<Post>& posts, QSize size, const QString& images = {}) {
        test::makeProject(folder.filePath(QStringLiteral("p")), posts, {"PER", "LOC", "ORG", "MISC"}, images);
        window.resize(size);
        window.show();
        window.openProject(folder.filePath(QStringLiteral("p")));
        if (!QTest::qWaitFor([this] { return window.session().hasView(); })) qFatal("not opened");
        window.showPage(QStringLiteral("tag"));
        page = qobject_cast<TagPage*>(window.page(QStringLiteral("tag")));
    }
    QTemporaryDir folder;
    test::Window window;
    TagPage* page = nullptr;
};

PaneNeeds needs(QSize room, double aspect) {
    PaneNeeds asked;
    asked.room = room;
    asked.hasPictures = true;
    asked.aspect = aspect;
    asked.textHeight = 148;
    return asked;
}

}  // namespace

class TagLayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLandscapePhotoStandsUnderTheTextAndAPortraitBesideIt() {
        QCOMPARE(layoutPanes(needs({970, 580}, 1.5)).kind, PaneKind::Above);
        QCOMPARE(layoutPanes(needs({970, 580}, 0.66)).kind, PaneKind::Beside);
        QCOMPARE(layoutPanes(needs({1110, 680}, 1.5)).kind, PaneKind::Above);
        QCOMPARE(layoutPanes(needs({1110, 680}, 0.66)).kind, PaneKind::Beside);
    }
    void aWideWindowHasThePhotoBesideTheTextWithTheListUnderIt() {
        const PaneLayout places = layoutPanes(needs({1540, 1000}, 1.5));
        QCOMPARE(places.kind, PaneKind::Beside);
        QVERIFY(places.text.width() <= 760 && places.text.width() > 740);
        QVERIFY(places.picture.width() >= 750);
        QCOMPARE(places.entities.left(), places.text.left());
        QVERIFY(places.entities.top() >= places.text.bottom());
    }
    void theTextColumnIsAtMost760WideBesideAPhoto() {
        for (int width = 700; width < 4000; width += 50)
            if (const PaneLayout places = layoutPanes(needs({width, 900}, 0.6)); places.kind == PaneKind::Beside)
                QVERIFY(places.text.width() <= 760);
    }
    void aNarrowWindowStacks() {
        PaneNeeds asked = needs({900, 500}, 0.6);
        asked.isNarrow = true;
        QCOMPARE(layoutPanes(asked).kind, PaneKind::Above);
    }
    void withoutPicturesThereIsNoPaneForThem() {
        PaneNeeds asked = needs({1110, 680}, 0);
        asked.hasPictures = false;
        const PaneLayout places = layoutPanes(asked);
        QVERIFY(places.picture.isNull());
        QCOMPARE(places.text.width(), 760);
        QVERIFY(places.entities.width() >= 300);
    }
    void whenTheWindowGrowsThePhotoGrows() {
        for (const double aspect : {0.66, 1.0, 1.5}) {
            const QRect small = layoutPanes(needs({970, 580}, aspect)).picture;
            const QRect large = layoutPanes(needs({1110, 680}, aspect)).picture;
            QVERIFY(large.width() >= small.width() && large.height() > small.height());
        }
    }
    void noPaneReachesOutOfTheRoomOrOverAnother() {
        for (int width = 0; width <= 2400; width += 150)
            for (int height = 0; height <= 1300; height += 130)
                for (const double aspect : {0.0, 0.3, 1.0, 3.0})
                    for (const bool narrow : {false, true})
                        for (const bool pictures : {false, true}) {
                            PaneNeeds asked = needs({width, height}, aspect);
                            asked.isNarrow = narrow;
                            asked.hasPictures = pictures;
                            asked.textHeight = 5000;
                            const PaneLayout at = layoutPanes(asked);
                            if (width < 320 || height < 260) continue;  // nothing fits there; it must not crash
                            const QRect room(0, 0, width, height);
                            for (const QRect& pane : {at.text, at.entities, at.picture})
                                QVERIFY(pane.isEmpty() || room.contains(pane));
                            QVERIFY(!at.text.intersects(at.entities));
                            QVERIFY(!at.text.intersects(at.picture));
                            QVERIFY(!at.picture.intersects(at.entities));
                        }
    }
    void theListIsAsWideAsTheWindowAllows() {
        QCOMPARE(listWidth(1280, true), 232);
        QCOMPARE(listWidth(1440, true), 248);
        QCOMPARE(listWidth(1920, true), 300);
        QCOMPARE(listWidth(1024, true), 56);
        QCOMPARE(listWidth(1440, false), 248);
    }
    void linesAre66PixelsApartAt16PointsAnd90WithTags() {
        TagFixture f({tweet("")});
        f.host().setTagRow(TagRow::None);
        QCOMPARE(Theme::postTextSize(), 16);
        QCOMPARE(f.canvas()->linePitch(), 66);
        f.press("T");
        QCOMPARE(f.canvas()->linePitch(), 90);
        f.press("T T");
        QCOMPARE(f.canvas()->linePitch(), 66);
    }
    void newProjectsHaveNoTagsUnderTheWordsAndTShowsThoseOfTheirFiles() {
        settings::remove(QStringLiteral("tag/row"));
        ActionRegistry actions;
        ProjectSession session;
        TagHost host(session, actions);
        QCOMPARE(host.tagRow(), TagRow::None);
        host.nextTagRow();
        QCOMPARE(host.tagRow(), TagRow::Bio);
        settings::remove(QStringLiteral("tag/row"));
    }
    void aLandscapePhotoTakesAQuarterOfTheWindow() {
        QTemporaryDir images;
        makePicture(images.path(), "a.png", {900, 600});
        settings::remove(QStringLiteral("tag/row"));
        InWindow f({tweet("a.png")}, {1440, 900}, images.path());
        QTRY_VERIFY(f.page->picture()->hasPicture());
        QTRY_COMPARE(f.page->panes()->places().kind, PaneKind::Above);
        const QSizeF photo = f.page->picture()->pictureRect().size();
        const double share = photo.width() * photo.height() / (1440.0 * 900);
        qInfo("the photo is %.0f x %.0f, %.1f %% of the window", photo.width(), photo.height(), 100 * share);
        QVERIFY(share >= 0.25);
        QVERIFY(QRectF(f.page->picture()->rect()).contains(f.page->picture()->pictureRect()));
    }
    void thePhotoIsFittedToItsRectangle() {
        QTemporaryDir images;
        makePicture(images.path(), "a.png", {600, 900});
        InWindow f({tweet("a.png")}, {1440, 900}, images.path());
        QTRY_VERIFY(f.page->picture()->hasPicture());
        QTRY_COMPARE(f.page->panes()->places().kind, PaneKind::Beside);
        const QRectF photo = f.page->picture()->pictureRect();
        const QSize room = f.page->picture()->size();
        QVERIFY(std::abs(photo.width() - room.width()) < 1.5 || std::abs(photo.height() - room.height()) < 1.5);
        QVERIFY(photo.height() > photo.width());
    }
    void aProjectWithoutPicturesHasNeitherPaneNorThumbnails() {
        InWindow f({tweet("")}, {1440, 900});
        QVERIFY(!f.page->picture()->isVisible());
        QVERIFY(!f.page->list()->hasThumbnails());
        QVERIFY(f.page->canvas()->width() <= 760);
        QVERIFY(f.page->entities()->isVisible());
    }
    void aNarrowWindowShowsThumbnailsAlone() {
        QTemporaryDir images;
        makePicture(images.path(), "a.png", {900, 600});
        InWindow f({tweet("a.png")}, {1024, 700}, images.path());
        QTRY_VERIFY(f.page->list()->isCompact());
        QCOMPARE(f.page->list()->width(), 56);
        QCOMPARE(f.window.findChild<QWidget*>(QStringLiteral("rail.tag"))->width(), 48);
        f.window.resize(1280, 800);
        QTRY_VERIFY(!f.page->list()->isCompact());
        QVERIFY(f.page->list()->hasThumbnails());
    }
    void rowsAre40PixelsAndTheCurrentOneStandsAThirdDown() {
        std::vector<Post> posts;
        for (int i = 0; i < 60; ++i) posts.push_back(test::makePost("p" + std::to_string(i), {"word"}));
        TagFixture f(posts);
        auto* list = f.page().list();
        QCOMPARE(list->visualRect(list->model()->index(0, 0)).height(), 40);
        f.session().setCurrentPost(f.page().listModel()->postAt(30));
        f.waitForRow(30);
        const int high = list->viewport()->height();
        const int top = list->visualRect(list->currentIndex()).top();
        QVERIFY2(std::abs(top - (high - 40) / 3) <= 1, qPrintable(QString::number(top)));
        // A click moves nothing under the pointer.
        const QRect clicked = list->visualRect(list->model()->index(33, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, clicked.center());
        f.waitForRow(33);
        QCOMPARE(list->visualRect(list->model()->index(33, 0)), clicked);
    }
    void theWheelAndKeysZoomThePhotoAndADragPans() {
        QTemporaryDir images;
        makePicture(images.path(), "a.png", {900, 600});
        TagFixture f({tweet("a.png")}, {"PER"}, images.path());
        auto* photo = f.page().picture();
        QTRY_VERIFY(photo->hasPicture());
        const QRectF whole = photo->pictureRect();
        const QPointF at = whole.center();
        QWheelEvent wheel(at, photo->mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(photo, &wheel);
        QVERIFY(photo->zoom() > 1.5);
        QVERIFY(photo->pictureRect().width() > whole.width() * 1.5);
        QVERIFY(photo->pictureRect().contains(at));
        const QPointF before = photo->pictureRect().topLeft();
        QTest::mousePress(photo, Qt::LeftButton, {}, at.toPoint());
        const QPoint to = at.toPoint() - QPoint(20, 10);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), QPointF(photo->mapToGlobal(to)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(photo, &move);
        QTest::mouseRelease(photo, Qt::LeftButton, {}, to);
        QVERIFY(photo->pictureRect().left() < before.x());
        QVERIFY(!photo->grab().isNull());
        f.press("Z");
        QCOMPARE(photo->zoom(), 1.0);
        QCOMPARE(photo->pictureRect(), whole);
        f.press("=");
        QVERIFY(photo->zoom() > 1);
        f.press("Shift+Z");
        QCOMPARE(photo->zoom(), 1.0);
        f.press("Shift+Z");
        QCOMPARE(photo->zoom(), 1.0);
    }
    void aGripDragsAndADoubleClickGivesThePlaceBack() {
        TagFixture f({tweet("")});
        auto* grip = f.page().findChild<QWidget*>(QStringLiteral("sideGrip"));
        QVERIFY(grip->isVisible());
        const int before = f.canvas()->width();
        const QPoint from = grip->rect().center(), to = from - QPoint(80, 0);
        QTest::mousePress(grip, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), QPointF(grip->mapToGlobal(to)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(grip, &move);
        QTest::mouseRelease(grip, Qt::LeftButton, {}, to);
        QCOMPARE(f.canvas()->width(), before - 80);
        QTest::mouseDClick(grip, Qt::LeftButton, {}, grip->rect().center());
        QCOMPARE(f.canvas()->width(), before);
    }
    void aWindowStaysWithinItsScreen() {
        const QRect screen(0, 0, 1280, 720);
        const QSize frame(16, 48);
        for (const QRect& wanted :
             {QRect(0, 0, 1280, 800), QRect(-500, -300, 900, 600), QRect(5000, 4000, 3000, 2000)}) {
            const QRect place = placeWithin(wanted, screen, frame);
            QVERIFY(screen.contains(place.adjusted(-8, -40, 8, 8)));
        }
        QCOMPARE(placeWithin(QRect(100, 100, 800, 500), screen, frame), QRect(100, 100, 800, 500));
        test::Window window;
        window.show();
        QVERIFY(window.screen()->availableGeometry().contains(window.geometry()));
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<TagLayoutTest>(argc, argv);
}
#include "tag_layout_test.moc"
