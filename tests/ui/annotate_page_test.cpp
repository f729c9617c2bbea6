#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QTest>
#include <QToolButton>

#include "core/vision/geometry.h"
#include "ui/pages/tag/chip_bar.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/session/answer_shelf.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

class AnnotatePageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theListModelKeepsTheRulesOfQt() {
        TagFixture f({test::goldenPost(), test::chinesePost(), test::plainGoldenPost()});
        QAbstractItemModelTester tester(f.page().listModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(f.page().listModel()->rowCount(), 3);
        f.session().setFilter(QStringLiteral("北京"));
        f.session().setFilter(QStringLiteral("zh"));
        QTRY_COMPARE(f.page().listModel()->rowCount(), 1);
        f.session().setFilter({});
        QTRY_COMPARE(f.page().listModel()->rowCount(), 3);
        f.session().close();
        QCOMPARE(f.page().listModel()->rowCount(), 0);
    }
    void theListShowsTextStatusAndCount() {
        TagFixture f({test::goldenPost()});
        const auto index = f.page().listModel()->index(0);
        QVERIFY(index.data(PostListModel::PreviewRole).toString().contains(QStringLiteral("Kevin")));
        QCOMPARE(index.data(PostListModel::ExternalIdRole).toString(), QStringLiteral("golden"));
        QCOMPARE(index.data(PostListModel::EntityCountRole).toInt(), 2);
        QSignalSpy changed(f.page().listModel(), &QAbstractItemModel::dataChanged);
        f.press("End 2");
        QVERIFY(changed.count() > 0);
        QCOMPARE(index.data(PostListModel::EntityCountRole).toInt(), 1);
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("golden")));
        f.settle();
    }
    void theListFollowsThePostAndThePostFollowsTheList() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("J");
        f.waitForRow(1);
        QCOMPARE(f.page().list()->currentIndex().row(), 1);
        f.page().list()->setCurrentIndex(f.page().listModel()->index(0));
        f.waitForRow(0);
    }
    void aHundredThousandRowsStayFluid() {
        std::vector<Post> posts;
        for (int i = 0; i < 100000; ++i) posts.push_back(test::makePost("p" + std::to_string(i), {"word", "two"}));
        TagFixture f(posts);
        QTRY_COMPARE_WITH_TIMEOUT(f.page().listModel()->rowCount(), 100000, 20000);
        QElapsedTimer timer;
        timer.start();
        f.page().list()->scrollToBottom();
        f.page().list()->repaint();
        const auto bottom = timer.restart();
        for (int i = 0; i < 50; ++i) {
            f.page().list()->scrollTo(f.page().listModel()->index(i * 1999));
            f.page().list()->repaint();
        }
        const double each = static_cast<double>(timer.elapsed()) / 50;
        qInfo("100,000 rows: to the bottom %lld ms, a jump with repaint %.1f ms", static_cast<long long>(bottom), each);
        QVERIFY(each < 60);
        QVERIFY(bottom < 500);
    }
    void aPostWithoutAPictureSaysSo() {
        TagFixture f({test::goldenPost()});
        QVERIFY(!f.page().picture()->hasPicture());
        QVERIFY(!f.page().picture()->placeholderText().isEmpty());
        QVERIFY(!f.page().grab().isNull());
    }
    void aMissingPictureIsNamed() {
        QTemporaryDir images;
        Post post = test::goldenPost();
        post.images = {"gone.jpg"};
        TagFixture f({post}, {"PER", "LOC"}, images.path());
        QTRY_VERIFY(f.page().picture()->isMissing());
        QVERIFY(f.page().picture()->placeholderText().contains(QStringLiteral("gone.jpg")));
        QVERIFY(!f.page().grab().isNull());
    }
    void anUnreadablePictureIsMissingToo() {
        QTemporaryDir images;
        QFile file(images.filePath(QStringLiteral("broken.jpg")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no picture");
        file.close();
        Post post = test::goldenPost();
        post.images = {"broken.jpg"};
        TagFixture f({post}, {"PER", "LOC"}, images.path());
        QTRY_VERIFY(f.page().picture()->isMissing());
    }
    void thePictureIsShownWithItsCells() {
        QTemporaryDir images;
        QImage image(640, 480, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        QVERIFY(image.save(images.filePath(QStringLiteral("a.png"))));
        Post post = test::goldenPost();
        post.images = {"a.png"};
        post.crops = {"a.png", "gone.png"};
        TagFixture f({post}, {"PER", "LOC"}, images.path());
        auto* view = f.page().picture();
        QTRY_VERIFY(view->hasPicture());
        for (const int cell : {0, 6, 24, 48}) QCOMPARE(view->cellAt(view->cellRect(cell).center()), cell);
        QCOMPARE(view->cellAt(QPointF(-5, -5)), -1);
        // The network sees the middle square of a wide picture only.
        QVERIFY(view->cellRect(0).left() > view->pictureRect().left() + 10);
        QSignalSpy hovered(view, &PictureView::cellHovered);
        QTest::mouseMove(view, view->cellRect(24).center().toPoint());
        QTRY_VERIFY(hovered.count() > 0);
        QCOMPARE(hovered.last().first().toInt(), 24);
        auto* grid = f.page().findChild<QToolButton*>(QStringLiteral("gridButton"));
        const bool was = view->isGridVisible();
        grid->click();
        QCOMPARE(view->isGridVisible(), !was);
        grid->click();
    }
    void boxesStandWhereTheyAreAndSayWhereTheyComeFrom() {
        QTemporaryDir images;
        QImage image(400, 200, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        QVERIFY(image.save(images.filePath(QStringLiteral("a.png"))));
        Post post = test::goldenPost();
        post.images = {"a.png"};
        TagFixture f({post}, {"PER", "LOC"}, images.path());
        auto* view = f.page().picture();
        QTRY_VERIFY(view->hasPicture());
        auto* button = f.page().findChild<QToolButton*>(QStringLiteral("boxesButton"));
        QVERIFY(button->isHidden());  // no boxes yet

        PostRegions regions;
        Region whole;
        whole.id = RegionId{1};
        whole.width = 400;
        whole.height = 200;
        whole.origin = RegionOrigin::Xml;
        whole.label = "Kevin <b>Durant</b>";
        Region face;
        face.id = RegionId{2};
        face.left = 100;
        face.top = 50;
        face.width = 40;
        face.height = 60;
        face.origin = RegionOrigin::Detector;
        face.detector = "faces";
        face.fingerprint = "0123456789abcdef";
        face.score = 0.75;
        face.label = "face";
        regions.regions = {whole, face};
        regions.links = {{{"PER", 1, 2, {}}, RegionId{1}}};
        const auto boxes = pictureBoxes(regions, post, 0);
        QCOMPARE(boxes.size(), std::size_t{2});
        QVERIFY(pictureBoxes(regions, post, 1).empty());
        view->setBoxesVisible(true);
        view->setBoxes(boxes);
        const QRectF picture = view->pictureRect();
        const QRectF place = view->boxRect(0);  // the least sure is drawn first
        QVERIFY(std::abs(place.left() - (picture.left() + picture.width() / 4)) < 1);
        QVERIFY(std::abs(place.width() - picture.width() / 10) < 1);
        QVERIFY(std::abs(place.height() - picture.height() * 0.3) < 1);
        const QString tip = view->tipAt(place.center());
        QVERIFY(tip.contains(QStringLiteral("faces")) && tip.contains(QStringLiteral("0123456789ab")));
        QVERIFY(!tip.contains(QStringLiteral("0123456789abc")));
        const QString other = view->tipAt(picture.topLeft() + QPointF(5, 5));
        QVERIFY(other.contains(QStringLiteral("Kevin <b>Durant</b>")));
        QVERIFY(other.contains(QStringLiteral("Kevin Durant (PER)")));

        view->setGridVisible(false);
        const QImage shown = view->grab().toImage();
        view->setBoxesVisible(false);
        const QImage hidden = view->grab().toImage();
        QVERIFY(shown != hidden);
        QVERIFY(view->tipAt(place.center()).isEmpty());
        // The outline, not the inside, is what differs.
        const QPoint inside = place.center().toPoint();
        QCOMPARE(shown.pixelColor(inside), hidden.pixelColor(inside));
    }
    void theKeyOfTheBoxesTogglesThem() {
        TagFixture f({test::goldenPost()}, {"PER", "LOC"});
        const bool was = f.page().picture()->areBoxesVisible();
        f.press("B");
        QCOMPARE(f.page().picture()->areBoxesVisible(), !was);
        f.press("B");
        QCOMPARE(f.page().picture()->areBoxesVisible(), was);
    }
    void heatDarkensItsCellAndAWrongSizeClearsIt() {
        PictureView view;
        view.resize(224, 224);
        view.setGridVisible(false);
        QImage image(224, 224, QImage::Format_RGB32);
        image.fill(Qt::white);
        view.setImage(image);
        std::vector<float> cells(49, 0.0F);
        cells[24] = 1.0F;
        vision::HeatOptions blue;  // its heaviest weight is dark
        blue.colours = vision::HeatColours::Blue;
        view.setHeatOptions(blue);
        view.setHeat(cells, 1.0);
        const QImage hot = view.grab().toImage();
        QVERIFY(hot.pixelColor(112, 112).lightness() < 200);
        QCOMPARE(hot.pixelColor(10, 10), QColor(Qt::white));
        view.setHeat({1.0F, 2.0F});
        QVERIFY(view.heat().empty());
        QCOMPARE(view.grab().toImage().pixelColor(112, 112), QColor(Qt::white));
        view.setLegendVisible(true);
        view.setHeat(cells, 1.0);
        view.setMarkedCells({3, 24});
        view.setCurrentCell(3);
        QVERIFY(!view.grab().isNull());
    }
    void theHeatOfTheWordUnderTheCaretFollowsItOverThePhoto() {
        Post post = test::makePost("a", {"Kevin", "in", "Toronto"}, {"B-PER", "O", "B-LOC"});
        post.images = {"a.jpg"};
        TagFixture f({post});
        auto answer = std::make_shared<protocol::PredictResult>();
        FloatArray tensor;
        tensor.shape = {1, 3, 49};
        for (int i = 0; i < 3 * 49; ++i) tensor.values.push_back(float(i) / 200);
        answer->textToImage = {tensor};
        PictureView& photo = *f.page().picture();
        f.press("H");
        QVERIFY(photo.heat().empty());
        QVERIFY(!photo.note().isEmpty());  // nothing was received of this post
        f.session().answers().keep(QStringLiteral("r1"), f.session().currentPost(), answer);
        QCOMPARE(photo.heat().size(), std::size_t(49));
        QVERIFY(photo.note().isEmpty());
        const int word = f.editor().caret();
        QCOMPARE(photo.heat().at(7), float(49 * word + 7) / 200);
        f.press("Right");
        QCOMPARE(photo.heat().at(7), float(49 * (word + 1) + 7) / 200);
        f.press("H");
        QVERIFY(photo.heat().empty());
    }
    void aZeroSizedPageAndPictureArePainted() {
        TagFixture f({test::goldenPost()});
        f.page().resize(0, 0);
        QVERIFY(!f.page().grab(QRect(0, 0, 10, 10)).isNull());
        PictureView view;
        QImage image(3, 3, QImage::Format_RGB32);
        image.fill(Qt::red);
        view.setImage(image);
        view.resize(0, 0);
        QVERIFY(view.pictureRect().isEmpty());
        view.resize(1, 1);
        (void)view.grab();
        QCOMPARE(view.cellAt(QPointF(5000, 5000)), -1);
    }
    void sixtySixLabelsFitBehindMore() {
        std::vector<std::string> types;
        for (int i = 1; i <= 66; ++i) types.push_back("LABEL" + std::to_string(i));
        TagFixture f({test::plainGoldenPost()}, types);
        auto* bar = f.page().findChild<ChipBar*>();
        QCOMPARE(bar->chips().size(), std::size_t(66));
        QVERIFY(bar->visibleChips() > 2);
        QVERIFY(bar->visibleChips() < 66);
        QVERIFY(bar->moreButton()->isVisible());
        QVERIFY(!f.page().grab().isNull());
        bar->moreButton()->click();
        QVERIFY(f.page().findChild<QWidget*>(QStringLiteral("labelFinder"))->isVisible());
    }
    void anUnknownLabelInASuggestionIsDrawnAndItsAcceptanceRefused() {
        TagFixture f({test::plainGoldenPost()});
        f.suggest({{0, {{"PLANET", 4, 4, 0.66}}}});
        QCOMPARE(f.editor().pending().size(), std::size_t(1));
        QVERIFY(!f.page().grab().isNull());
        f.press("End Return");
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Refused);
        QVERIFY(f.host().statusText().contains(QStringLiteral("PLANET")));
        f.press("2");  // another label answers it
        QCOMPARE(f.spansNow(), QStringLiteral("4 LOC"));
        QVERIFY(f.editor().pending().empty());
        f.settle();
        QVERIFY(!f.session().isSaveFailed());
    }
    void textDoesNotMoveWhenALabelComes() {
        TagFixture f({test::plainGoldenPost()});
        std::vector<QRectF> before;
        for (int i = 0; i < 5; ++i) before.push_back(f.canvas()->wordRect(i));
        f.press("Home Right Shift+Right 1 End 2");
        for (int i = 0; i < 5; ++i) QCOMPARE(f.canvas()->wordRect(i), before[static_cast<std::size_t>(i)]);
        f.settle();
    }
    void everyWordHasAnAccessibleName() {
        TagFixture f({test::goldenPost()});
        QCOMPARE(f.host().accessibleWord(2), QStringLiteral("Durant, inside PER"));
        QCOMPARE(f.host().accessibleWord(1), QStringLiteral("Kevin, begins PER"));
        QCOMPARE(f.host().accessibleWord(3), QStringLiteral("in"));
        QCOMPARE(f.host().accessibleWord(99), QString());
        auto* canvas = QAccessible::queryAccessibleInterface(f.canvas());
        QVERIFY(canvas);
        QCOMPARE(canvas->childCount(), 5);
        QCOMPARE(canvas->child(2)->text(QAccessible::Name), QStringLiteral("Durant, inside PER"));
        QVERIFY(canvas->child(2)->rect().isValid());
        QVERIFY(!canvas->child(5));
        QCOMPARE(canvas->indexOfChild(canvas->child(3)), 3);
        f.press("End");
        QVERIFY(canvas->child(4)->state().focused);
    }
    void interactiveWidgetsHaveNames() {
        TagFixture f({test::goldenPost()});
        for (auto* widget : f.page().findChildren<QWidget*>()) {
            const bool interactive = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                                     qobject_cast<QListView*>(widget) || qobject_cast<TagCanvas*>(widget);
            if (!interactive || !widget->isVisibleTo(&f.page())) continue;
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
    void withoutPostsThePageSaysWhatToDo() {
        TagFixture f({});
        QVERIFY(!f.host().hasPost());
        QSignalSpy wanted(&f.page(), &Page::pageWanted);
        QVERIFY(!f.page().list()->isVisible());
        f.page().findChild<QAbstractButton*>()->isVisible();
        QVERIFY(!f.page().grab().isNull());
    }
    void theSuggestionLayerIsChosenInTheHeader() {
        TagFixture f({test::plainGoldenPost()});
        auto* layer = f.page().findChild<QComboBox*>(QStringLiteral("suggestionLayer"));
        QVERIFY(!layer->isVisible());
        f.suggest({{0, {{"PER", 1, 2, 0.9}}}});
        f.session().refresh();
        QTRY_VERIFY(layer->isVisible());
        QCOMPARE(layer->count(), 2);
        QCOMPARE(layer->currentText(), QStringLiteral("run1"));
    }
    void retranslatingKeepsThePost() {
        TagFixture f({test::goldenPost()});
        f.press("End T");
        f.page().retranslate();
        QCOMPARE(f.editor().caret(), 4);
        QCOMPARE(f.page().findChild<QComboBox*>(QStringLiteral("tagRow"))->currentIndex(), 1);
        f.press("T T");
    }
    void rightToLeftPostsAreDrawn() {
        using test::makePost;
        const std::vector<Post> posts{
            makePost("r0", {"פגשתי", "את", "Mira", "לונד", "ליד", "קרסונד", "2024", "!"},
                     {"O", "O", "B-PER", "I-PER", "O", "B-LOC", "O", "O"}),
            makePost("r1", {"رأيت", "يسرى", "العبد", "في", "ميناء", "Karsund", "الجديد", "(", "50%", ")"},
                     {"O", "B-PER", "I-PER", "O", "O", "B-LOC", "I-LOC", "O", "O", "O"}),
            makePost("r2", {"Saw", "יוסי", "כהן", "at", "Norbix", "שלום"}, {"O", "B-PER", "I-PER", "O", "B-ORG", "O"}),
            makePost("r3", {"\u202Eabc\u202C", "plain", "\u200F", "end"}, {"B-PER", "O", "O", "O"})};
        TagFixture f(posts);
        const QString kept = qEnvironmentVariable("MNERVA_PICTURES");
        for (int row = 0; row < 4; ++row) {
            f.waitForRow(row);
            f.press("Home Tab");
            const QPixmap picture = f.page().grab();
            QVERIFY(!picture.isNull());
            if (!kept.isEmpty()) picture.save(kept + QStringLiteral("/tag-rtl-%1.png").arg(row));
            if (row < 3) f.press("J");
        }
    }
    /// Draws the page in both themes with all that can be on it; with MNERVA_PICTURES=DIR the pictures are kept to be
    /// looked at.
    void thePageIsDrawnInBothThemes_data() {
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("name");
        QTest::newRow("light") << static_cast<int>(Theme::Choice::Light) << QStringLiteral("light");
        QTest::newRow("dark") << static_cast<int>(Theme::Choice::Dark) << QStringLiteral("dark");
    }
    void thePageIsDrawnInBothThemes() {
        QFETCH(int, theme);
        QFETCH(QString, name);
        Theme::instance()->setChoice(static_cast<Theme::Choice>(theme));
        QTemporaryDir images;
        QImage image(640, 480, QImage::Format_RGB32);
        for (int y = 0; y < 480; ++y) {
            for (int x = 0; x < 640; ++x) image.setPixelColor(x, y, QColor(60 + x / 5, 90 + y / 4, 150));
        }
        QVERIFY(image.save(images.filePath(QStringLiteral("a.jpg"))));
        auto tweet = test::makePost(
            "O_3071",
            {"RT",
             "@NBAcanada",
             ":",
             "Kevin",
             "Durant",
             "in",
             "Toronto",
             "tonight",
             "🔥",
             "vs",
             "the",
             "Toronto",
             "Raptors",
             ",",
             "says",
             "\uFE0F",
             "Drake",
             "at",
             "Scotiabank",
             "Arena",
             "-",
             "the",
             "best",
             "game",
             "of",
             "the",
             "season",
             "so",
             "far",
             "#NBA",
             "http://t.co/abcdefgh"},
            {"O", "O", "O", "B-PER", "I-PER", "O", "B-LOC", "O", "O", "O", "O", "B-ORG", "I-ORG", "O", "O", "O",
             "O", "O", "O", "O",     "O",     "O", "O",     "O", "O", "O", "O", "O",     "O",     "O", "O"});
        tweet.images = {"a.jpg"};
        tweet.crops = {"a.jpg", "a.jpg", "gone.jpg"};
        auto chinese = test::makePost(
            "zh_17", {"昨", "天", "姚", "明", "在", "北", "京", "大", "学", "和", "多",
                      "伦", "多", "猛", "龙", "队", "的", "球", "迷", "见", "面"},
            {"O",     "O",     "B-PER", "E-PER", "O",     "B-ORG", "M-ORG", "M-ORG", "E-ORG", "O", "B-ORG",
             "M-ORG", "M-ORG", "M-ORG", "M-ORG", "E-ORG", "O",     "O",     "O",     "O",     "O"},
            JoinRule::Nothing);
        TagFixture f({tweet, chinese, test::goldenPost()}, {"PER", "LOC", "ORG", "MISC"}, images.path());
        f.suggest({{0, {{"PER", 16, 16, 0.83}, {"LOC", 18, 19, 0.91}, {"ORG", 6, 6, 0.55}}},
                   {1, {{"LOC", 10, 12, 0.72}, {"PER", 17, 18, 0.35}}}});
        f.session().refresh();
        QTRY_VERIFY(f.page().picture()->hasPicture());
        QTRY_VERIFY(f.page().findChild<QComboBox*>(QStringLiteral("suggestionLayer"))->count() == 2);
        const QString kept = qEnvironmentVariable("MNERVA_PICTURES");
        const auto keep = [&](const QString& what) {
            const QPixmap picture = f.page().grab();
            QVERIFY(!picture.isNull());
            if (!kept.isEmpty())
                picture.save(kept + QStringLiteral("/tag-") + what + QLatin1Char('-') + name + QStringLiteral(".png"));
        };
        keep(QStringLiteral("suggestion"));
        f.press("Home Right Right Right Right");
        keep(QStringLiteral("entity"));
        f.press("Home Shift+Right Shift+Right");
        keep(QStringLiteral("selection"));
        f.press("Esc Tab Shift+Right Shift+Right 3");
        keep(QStringLiteral("refused"));
        f.press("Esc ?");
        keep(QStringLiteral("keys"));
        QTest::keyClick(f.page().findChild<QWidget*>(QStringLiteral("keySheet")), Qt::Key_Escape);
        f.press("/");
        keep(QStringLiteral("finder"));
        QTest::keyClick(f.page().findChild<QWidget*>(QStringLiteral("labelFinderText")), Qt::Key_Escape);
        f.press("J");
        f.waitForRow(1);
        f.press("T");
        keep(QStringLiteral("chinese"));
        f.press("T T");
        Theme::instance()->setChoice(Theme::Choice::Light);
    }
    void invisibleWordsAreDrawnAndLabelled() {
        TagFixture f({test::makePost("x", {"\uFE0F", "Kevin", "\uE123"})});
        f.press("Home");
        QVERIFY(f.host().statusText().contains(QStringLiteral("VARIATION SELECTOR-16")));
        f.press("1");
        QCOMPARE(f.spansNow(), QStringLiteral("0 PER"));
        QVERIFY(!f.page().grab().isNull());
        f.settle();
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<AnnotatePageTest>(argc, argv);
}
#include "annotate_page_test.moc"
