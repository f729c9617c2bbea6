#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTest>
#include <QToolButton>

#include "ui/pages/tag/box_hand.h"
#include "ui/pages/tag/entity_list.h"
#include "ui/pages/tag/link_line.h"
#include "ui/pages/tag/picture_panel.h"
#include "ui/session/answer_shelf.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/turned_pictures.h"

// Boxes in the photo by real keys and mouse events.

using namespace mnerva;
using namespace mnerva::ui;

namespace {

constexpr int kWide = 400, kHigh = 200;

Post withPictures(Post post, std::vector<std::string> images) {
    post.images = std::move(images);
    return post;
}

/// The golden post with a picture of 400 x 200 pixels (and others), shown.
struct Photo {
    QTemporaryDir images;
    std::unique_ptr<test::TagFixture> f;

    explicit Photo(std::vector<Post> posts = {withPictures(test::goldenPost(), {"a.png"}), test::chinesePost()}) {
        for (const char* name : {"a.png", "b.png", "c.png"}) {
            QImage image(kWide, kHigh, QImage::Format_RGB32);
            image.fill(QColor(120, 140, 160));
            image.save(images.filePath(QLatin1String(name)));
        }
        f = std::make_unique<test::TagFixture>(posts, std::vector<std::string>{"PER", "LOC", "ORG", "MISC"},
                                               images.path());
        if (!posts.front().images.empty()) QTRY_VERIFY(view()->hasPicture());
    }
    PictureView* view() const { return f->page().picture(); }
    PicturePanel* panel() const { return f->page().photo(); }
    BoxHand* hand() const { return f->page().boxes(); }
    const std::vector<Region>& boxes() const { return f->session().view().state.boxes; }
    const std::vector<RegionLink>& links() const { return f->session().view().state.links; }
    QString status() const { return f->host().statusText(); }
    QPoint at(double x, double y) const { return view()->fromFile(QRectF(x, y, 0, 0)).topLeft().toPoint(); }

    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mousePress(view(), Qt::LeftButton, modifiers, from);
        move((from + to) / 2, modifiers);
        move(to, modifiers);
        QTest::mouseRelease(view(), Qt::LeftButton, modifiers, to);
    }
    void move(const QPoint& to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButtons held = Qt::LeftButton) const {
        QMouseEvent event(QEvent::MouseMove, QPointF(to), QPointF(view()->mapToGlobal(to)), Qt::NoButton, held,
                          modifiers);
        QApplication::sendEvent(view(), &event);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(view(), key, modifiers); }
    void drawBox(double left, double top, double right, double bottom) const {
        panel()->setDrawing(true);
        drag(at(left, top), at(right, bottom));
        panel()->setDrawing(false);
    }
    QMenu* menuAt(const QPoint& point) const {
        QContextMenuEvent event(QContextMenuEvent::Mouse, point, view()->mapToGlobal(point));
        QApplication::sendEvent(view(), &event);
        return view()->findChild<QMenu*>(QStringLiteral("boxMenu"));
    }
    static QAction* entry(QMenu* menu, const QString& begin) {
        for (QAction* action : menu->actions())
            if (action->text().startsWith(begin)) return action;
        return nullptr;
    }
};

/// For people: MNERVA_PICTURES=DIR.
void keepPicture(const Photo& p, const QString& name) {
    const QString folder = qEnvironmentVariable("MNERVA_PICTURES");
    if (!folder.isEmpty()) p.f->page().grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

bool isNear(int a, int b) {
    return std::abs(a - b) <= 2;
}

}  // namespace

class AnnotateBoxesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { settings::setValue(QStringLiteral("tag/boxes"), true); }

    void gProposesABoxArrowsMoveItEnterLinksItAsOneStep() {
        Photo p;
        p.f->press("G");
        QVERIFY(p.hand()->hasDraft());
        QVERIFY(p.view()->hasFocus());
        QVERIFY(p.status().contains(QStringLiteral("Kevin Durant")));
        QVERIFY(p.boxes().empty());
        const auto before = *p.hand()->draftPlace();
        p.key(Qt::Key_Right);
        p.key(Qt::Key_Up);
        p.key(Qt::Key_Down, Qt::ShiftModifier);
        const auto now = *p.hand()->draftPlace();
        QVERIFY(now.left > before.left && now.top < before.top);
        QVERIFY(now.height() > before.height());
        p.key(Qt::Key_Return);
        QVERIFY(!p.hand()->hasDraft());
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QCOMPARE(p.links().size(), std::size_t{1});
        QCOMPARE(p.links().front().entity.type, std::string("PER"));
        QCOMPARE(p.boxes().front().label, std::string("Kevin Durant"));
        QVERIFY(p.f->canvas()->hasFocus());
        QCOMPARE(p.f->spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        const RegionId id = p.boxes().front().id;
        p.f->settle();
        p.f->session().undo();
        QTRY_VERIFY(p.boxes().empty() && p.links().empty());
        QVERIFY(!p.f->session().canUndo());
        p.f->session().redo();
        QTRY_COMPARE(p.boxes().size(), std::size_t{1});
        QCOMPARE(p.boxes().front().id, id);
        p.f->settle();
        p.f->reopen();
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QCOMPARE(p.links().front().region, id);
    }
    void gOnALinkedEntityStartsFromItsBoxAndEscapeLeavesItThere() {
        Photo p;
        p.f->press("G");
        p.key(Qt::Key_Return);
        const Region before = p.boxes().front();
        p.f->press("G");
        QCOMPARE(*p.hand()->draftPlace(), project::placeOf(before));
        p.key(Qt::Key_Left);
        p.key(Qt::Key_Escape);
        QVERIFY(!p.hand()->hasDraft());
        QVERIFY(p.f->canvas()->hasFocus());
        QVERIFY(p.boxes().front() == before);
        p.f->press("G");
        p.key(Qt::Key_Left);
        p.key(Qt::Key_Return);
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QCOMPARE(p.boxes().front().id, before.id);
        QVERIFY(p.boxes().front().left < before.left);
        QCOMPARE(p.links().size(), std::size_t{1});
        p.f->settle();
    }
    void gSaysWhyItDoesNothing() {
        Photo p({withPictures(test::plainGoldenPost(), {"a.png"}), test::goldenPost(),
                 withPictures(test::goldenPost(), {"gone.png"})});
        p.f->press("Right G");
        QVERIFY(!p.hand()->hasDraft());
        QVERIFY(p.status().contains(QStringLiteral("on an entity")));
        p.f->suggest({{0, {{"PER", 1, 2, 0.9}}}});
        p.f->press("Tab G");
        QVERIFY(p.status().contains(QStringLiteral("suggestion")));
        p.f->press("J");
        p.f->waitForRow(1);
        p.f->press("Tab G");
        QVERIFY(p.status().contains(QStringLiteral("no picture")));
        p.f->press("J");
        p.f->waitForRow(2);
        QTRY_VERIFY(p.view()->isMissing());
        p.f->press("Tab G");
        QVERIFY(p.status().contains(QStringLiteral("cannot be shown")));
        QVERIFY(!p.hand()->hasDraft());
        p.f->press("Shift+B");
        QVERIFY(!p.panel()->isDrawing());
        p.f->settle();
    }
    void gBeginsWhereTheMapOfARunPoints() {
        Photo p;
        p.f->press("G");
        // Without an answer and without found boxes: the middle.
        const auto middle = *p.hand()->draftPlace();
        QVERIFY(isNear(static_cast<int>(middle.left + middle.right) / 2, kWide / 2));
        p.key(Qt::Key_Escape);
        auto answer = std::make_shared<protocol::PredictResult>();
        FloatArray map;
        map.shape = {1, 5, 49};
        for (int word = 0; word < 5; ++word)
            for (int cell = 0; cell < 49; ++cell)
                map.values.push_back(cell == (word == 1 || word == 2 ? 48 : 0) ? 0.5F : 0.01F);
        answer->textToImage = {map};
        p.f->session().answers().keep(QStringLiteral("r1"), p.f->session().currentPost(), answer);
        p.f->press("G");
        const auto hot = *p.hand()->draftPlace();  // the last cell of what the network sees
        QVERIFY(hot.left > kWide / 2 && hot.top > kHigh * 3 / 4);
        QVERIFY(hot.width() < 40);
        p.key(Qt::Key_Escape);
    }
    void aDragInDrawModeDrawsTheBoxOfTheEntityUnderTheCaret() {
        Photo p;
        p.f->press("Shift+B");
        QVERIFY(p.panel()->isDrawing());
        p.drag(p.at(300, 150), p.at(100, 50));  // from the lower right to the upper left
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QVERIFY(isNear(p.boxes().front().left, 100) && isNear(p.boxes().front().top, 50));
        QVERIFY(isNear(p.boxes().front().right(), 300) && isNear(p.boxes().front().bottom(), 150));
        QCOMPARE(p.links().size(), std::size_t{1});
        p.key(Qt::Key_Escape);
        QVERIFY(!p.panel()->isDrawing());
        const auto& drawn = p.view()->boxes();
        QCOMPARE(drawn.size(), std::size_t{1});
        QCOMPARE(drawn.front().label, QStringLiteral("PER · Kevin Durant"));
        QCOMPARE(drawn.front().colour, Theme::labelColor("PER", p.f->session().labels()));
        p.f->settle();
    }
    void withoutAnEntityABoxIsNobodysUntilItIsLinkedFromTheMenu() {
        Photo p;
        p.f->press("End Left");        // "in"
        p.drawBox(-80, -40, 120, 90);  // begun outside: nothing
        QVERIFY(p.boxes().empty());
        p.drawBox(20, 10, 700, 500);  // ended outside: cut
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QCOMPARE(p.boxes().front().right(), kWide);
        QCOMPARE(p.boxes().front().bottom(), kHigh);
        QVERIFY(p.links().empty());
        QMenu* menu = p.menuAt(p.at(200, 100));
        QVERIFY(menu);
        Photo::entry(menu, QStringLiteral("Link to 多伦多"))->trigger();
        menu->close();
        QCOMPARE(p.links().size(), std::size_t{1});
        QCOMPARE(p.links().front().entity.type, std::string("LOC"));
        QTRY_VERIFY(!p.view()->findChild<QMenu*>(QStringLiteral("boxMenu")));
        menu = p.menuAt(p.at(200, 100));
        Photo::entry(menu, QStringLiteral("Take the link to 多伦多"))->trigger();
        QVERIFY(p.links().empty());
        menu->close();
        p.f->settle();
    }
    void aClickIsNoBox() {
        Photo p;
        p.panel()->setDrawing(true);
        QTest::mouseClick(p.view(), Qt::LeftButton, {}, p.at(100, 100));
        p.drag(p.at(100, 100), p.at(101, 101));
        QVERIFY(p.boxes().empty());
        QVERIFY(!p.hand()->hasDraft());
        p.drag(p.at(100, 100), p.at(100, 100) + QPoint(40, 0));  // a line
        QVERIFY(p.boxes().empty());
        QVERIFY(p.status().contains(QStringLiteral("width and a height")));
        p.panel()->setDrawing(false);
    }
    void aBoxIsChosenMovedResizedNamedAndDeleted() {
        Photo p;
        p.f->press("End Left");
        p.drawBox(100, 50, 200, 150);
        QVERIFY(p.boxes().size() == 1);
        p.key(Qt::Key_Escape);
        QVERIFY(!p.hand()->chosen().isValid());
        QTest::mouseClick(p.view(), Qt::LeftButton, {}, p.at(150, 100));
        QVERIFY(p.hand()->chosen().isValid());
        QVERIFY(p.view()->hasFocus());
        p.drag(p.at(150, 100), p.at(200, 120));
        QVERIFY(isNear(p.boxes().front().left, 150) && isNear(p.boxes().front().top, 70));
        QVERIFY(isNear(p.boxes().front().width, 100));
        p.drag(p.at(250, 170), p.at(300, 190));  // its lower right corner
        QVERIFY(isNear(p.boxes().front().width, 150) && isNear(p.boxes().front().height, 120));
        p.drag(p.at(150, 130), p.at(100, 130));  // its left edge
        QVERIFY(isNear(p.boxes().front().left, 100) && isNear(p.boxes().front().right(), 300));
        p.drag(p.at(200, 130), p.at(-900, 130));  // no further than the picture
        QCOMPARE(p.boxes().front().left, 0);
        QVERIFY(isNear(p.boxes().front().width, 200));
        p.key(Qt::Key_F2);
        auto* name = p.view()->findChild<QLineEdit*>(QStringLiteral("boxName"));
        QVERIFY(name);
        QTest::keyClicks(name, QStringLiteral("a  cup"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(p.boxes().front().label, std::string("a cup"));
        QTRY_VERIFY(!p.view()->findChild<QLineEdit*>(QStringLiteral("boxName")));
        p.key(Qt::Key_Delete);
        QVERIFY(p.boxes().empty());
        p.f->settle();
        for (int i = 0; i < 7; ++i) {
            p.f->session().undo();
            p.f->settle();
        }
        QTRY_VERIFY(!p.f->session().canUndo());
        QVERIFY(p.boxes().empty());
    }
    void keysMoveAChosenBoxAndEnterKeepsIt() {
        Photo p;
        p.f->press("End Left");
        p.drawBox(100, 50, 200, 150);
        const Region before = p.boxes().front();
        p.key(Qt::Key_Right);
        QVERIFY(p.boxes().front() == before);
        p.key(Qt::Key_Escape);
        QVERIFY(!p.hand()->hasDraft());
        QVERIFY(p.hand()->chosen().isValid());
        p.key(Qt::Key_Right);
        p.key(Qt::Key_Right);
        p.key(Qt::Key_Return);
        QVERIFY(p.boxes().front().left > before.left + 20);
        QCOMPARE(p.boxes().front().id, before.id);
        p.key(Qt::Key_Escape);
        QVERIFY(p.f->canvas()->hasFocus());
        p.view()->setFocus();
        p.key(Qt::Key_Tab);
        QCOMPARE(p.hand()->chosen(), before.id);
        p.key(Qt::Key_Backspace);
        QVERIFY(p.boxes().empty());
        p.f->settle();
    }
    void zoomAndPanGoOnAndABoxLiesWhereItWasDrawn() {
        Photo p;
        p.f->press("End Left");
        p.view()->setZoom(3, p.view()->rect().center());
        const QRectF before = p.view()->pictureRect();
        p.drag(p.view()->rect().center(), p.view()->rect().center() + QPoint(40, 20));
        QVERIFY(p.view()->pictureRect() != before);
        QVERIFY(p.boxes().empty());
        const QPointF from = p.view()->toFile(QPointF(30, 30)), to = p.view()->toFile(QPointF(130, 110));
        p.panel()->setDrawing(true);
        p.drag({30, 30}, {130, 110});
        QCOMPARE(p.boxes().size(), std::size_t{1});
        QVERIFY(isNear(p.boxes().front().left, int(from.x())) && isNear(p.boxes().front().bottom(), int(to.y())));
        p.panel()->setDrawing(false);
        p.f->settle();
    }
    void aDeletedEntityTakesItsLinkAndUndoBringsBothBack() {
        Photo p;
        p.f->press("G");
        p.key(Qt::Key_Return);
        p.f->press("Backspace");
        QCOMPARE(p.f->spansNow(), QStringLiteral("4 LOC"));
        QVERIFY(p.links().empty());
        p.f->settle();
        p.f->session().undo();
        QTRY_COMPARE(p.links().size(), std::size_t{1});
        QCOMPARE(p.f->spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        p.f->press("3");
        QCOMPARE(p.links().front().entity.type, std::string("ORG"));
        p.f->press("Alt+Right");
        QCOMPARE(p.links().front().entity.last, 3);
        const auto* list = p.f->page().entities();
        QVERIFY(!list->model()->index(0, 0).data(EntityListModel::BoxRole).toString().isEmpty());
        p.f->settle();
    }
    void aLineJoinsWordsAndBoxWhileThePointerIsOverOneOfThem() {
        Photo p;
        p.f->press("G");
        p.key(Qt::Key_Return);
        auto* line = p.f->page().findChild<LinkLine*>();
        QVERIFY(line && !line->isVisible());
        const Region box = p.boxes().front();
        p.move(p.at(box.left + box.width / 2, box.top + box.height / 2), {}, Qt::NoButton);
        QCOMPARE(line->lines().size(), std::size_t{1});
        QVERIFY(line->isVisible());
        keepPicture(p, QStringLiteral("boxes-line"));
        QVERIFY(line->testAttribute(Qt::WA_TransparentForMouseEvents));
        p.move(QPoint(1, 1), {}, Qt::NoButton);
        QVERIFY(!line->isVisible());
        QTest::mouseMove(p.f->canvas()->viewport(), p.f->canvas()->wordRect(2).center().toPoint());
        QTRY_COMPARE(line->lines().size(), std::size_t{1});
        p.f->press("Right");
        QVERIFY(!line->isVisible());
        p.f->settle();
    }
    void anEntityIsDraggedFromTheListToTheBoxThatShowsIt() {
        Photo p;
        p.f->press("End Left");
        p.drawBox(100, 50, 200, 150);
        auto* list = p.f->page().entities();
        const QPoint row = list->visualRect(list->model()->index(0, 0)).center();
        const auto dragTo = [&](const QPoint& inPhoto) {
            const QPoint to = list->viewport()->mapFromGlobal(p.view()->mapToGlobal(inPhoto));
            QTest::mousePress(list->viewport(), Qt::LeftButton, {}, row);
            for (const QPoint& at : {(row + to) / 2, to}) {
                QMouseEvent move(QEvent::MouseMove, QPointF(at), QPointF(list->viewport()->mapToGlobal(at)),
                                 Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(list->viewport(), &move);
            }
            QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, to);
        };
        dragTo(p.at(150, 100));
        QCOMPARE(p.links().size(), std::size_t{1});
        QCOMPARE(p.links().front().entity.type, std::string("PER"));
        dragTo(p.at(350, 100));  // no box is there: one is proposed
        QVERIFY(p.hand()->hasDraft());
        QVERIFY(p.hand()->draftPlace()->right > 350);
        keepPicture(p, QStringLiteral("boxes-draft"));
        p.key(Qt::Key_Escape);
        p.f->settle();
    }
    void ofThreePicturesOneIsChosenByKeyOrClickAndBoxesStayInTheirs() {
        Photo p({withPictures(test::goldenPost(), {"a.png", "b.png", "c.png"})});
        auto* strip = p.f->page().findChild<PictureStrip*>();
        QVERIFY(strip->isVisible());
        p.f->press("P");
        QCOMPARE(p.panel()->shownImage(), 1);
        QTRY_VERIFY(p.view()->hasPicture());
        p.f->press("G");
        QTRY_VERIFY(p.hand()->hasDraft());
        p.key(Qt::Key_Return);
        QCOMPARE(p.boxes().front().image, 1);
        QTest::mouseClick(strip, Qt::LeftButton, {}, strip->placeOf(2).center());
        QCOMPARE(p.panel()->shownImage(), 2);
        QVERIFY(p.view()->boxes().empty());
        p.f->press("P");
        QCOMPARE(p.panel()->shownImage(), 0);
        p.f->press("Shift+P");
        QCOMPARE(p.panel()->shownImage(), 2);
        p.f->press("G");  // the entity's box is in the second picture
        QTRY_VERIFY(p.hand()->hasDraft());
        QCOMPARE(p.panel()->shownImage(), 1);
        p.key(Qt::Key_Escape);
        p.f->settle();
    }
    void anotherPostTakesWhatIsInHandAway() {
        Photo p;
        p.f->press("G");
        QVERIFY(p.hand()->hasDraft());
        QTest::keyClick(p.view(), Qt::Key_J);
        p.f->waitForRow(1);
        QVERIFY(!p.hand()->hasDraft());
        QTest::mouseRelease(p.view(), Qt::LeftButton, {}, QPoint(5, 5));
        p.f->press("K");
        p.f->waitForRow(0);
        QVERIFY(p.boxes().empty());
        QVERIFY(!p.f->session().canUndo());
    }
    void aPictureThatVanishesWhileOneDrawsLosesNothing() {
        Photo p;
        p.f->press("End Left");
        p.panel()->setDrawing(true);
        QTest::mousePress(p.view(), Qt::LeftButton, {}, p.at(20, 20));
        p.move(p.at(100, 100));
        QVERIFY(QFile::remove(p.images.filePath(QStringLiteral("a.png"))));
        p.view()->setZoom(2, QPointF(10, 10));  // asks for it again
        QApplication::processEvents();
        p.move(p.at(120, 110));
        QTest::mouseRelease(p.view(), Qt::LeftButton, {}, p.at(120, 110));
        p.panel()->setDrawing(false);
        QVERIFY(p.boxes().size() <= 1);
        for (const Region& box : p.boxes()) checkRegion(box);
        p.f->press("G");
        p.f->press("J");
        p.f->waitForRow(1);
        p.f->settle();
    }
    void aTurnedPictureIsDrawnOnAsItIsSeen() {
        QTemporaryDir dir;
        QImage upright(300, 400, QImage::Format_RGB32);
        upright.fill(QColor(128, 128, 128));
        test::writeTurned(dir.path(), upright, 6);
        test::TagFixture f({withPictures(test::goldenPost(), {"o6.jpg"})}, {"PER", "LOC"}, dir.path());
        auto* view = f.page().picture();
        QTRY_VERIFY(view->hasPicture() && view->filePixels() == QSize(300, 400));
        f.press("G");
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Return);
        const auto& boxes = f.session().view().state.boxes;
        QCOMPARE(boxes.size(), std::size_t{1});
        QVERIFY(boxes.front().bottom() > 300 && boxes.front().bottom() <= 400);
        f.settle();
    }
    void aReadOnlyProjectSaysSoAndChangesNothing() {
        Photo p;
        p.f->press("G");
        p.key(Qt::Key_Return);
        p.f->settle();
        ProjectSession other;
        other.open(p.f->folder());
        QTRY_VERIFY(other.isOpen() && other.hasView());
        ActionRegistry actions;
        TagPage page(other, actions);
        page.resize(1200, 700);
        page.show();
        QTRY_VERIFY(page.picture()->hasPicture());
        QVERIFY(other.isReadOnly());
        page.host().run(QStringLiteral("tag.nextMark"));
        page.host().run(QStringLiteral("tag.ground"));
        QVERIFY(!page.boxes()->hasDraft());
        QVERIFY(page.host().statusText().contains(QStringLiteral("cannot")) ||
                page.host().statusText().contains(QStringLiteral("Nothing can be changed")));
        const QRectF box = page.picture()->boxRect(0);
        QTest::mouseClick(page.picture(), Qt::LeftButton, {}, box.center().toPoint());
        QTest::keyClick(page.picture(), Qt::Key_Delete);
        QCOMPARE(other.view().state.boxes.size(), std::size_t{1});
    }
};

int main(int argc, char** argv) {
    return test::runTagTest<AnnotateBoxesTest>(argc, argv);
}

#include "annotate_boxes_test.moc"
