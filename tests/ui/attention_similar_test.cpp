#include <fstream>

#include "ui/frame/project_commands.h"
#include "ui/pages/attention/similar_panel.h"
#include "ui/support/attention_fixture.h"
#include "ui/widgets/banner.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

std::filesystem::path mapsOf(Shown& f, const char* method = "attention") {
    return protocol::mapIndexFile(toPath(f.folder()) / "runs" / "r1", method, "test");
}

/// The page with the similar maps of r1 open and computed.
void showMaps(Shown& f) {
    f.showRun();
    MNERVA_WAIT(f.ready());
    f.press(Qt::Key_Home);
    f.page->toggleSimilar();
    MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Missing);
    QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
    MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Ready);
    MNERVA_WAIT(!f.page->similarPanel().tiles().found().empty() && !f.page->similar().isBusy());
}

}  // namespace

class AttentionSimilarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsOffUntilItIsWantedAndGoesBackToTheTabBefore() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        SidePanel& panel = f.page->panel();
        QVERIFY(!panel.hasSimilar());
        QCOMPARE(int(f.page->similar().state()), int(SimilarHost::State::Off));
        panel.setTab(SidePanel::kHeads);
        f.press(Qt::Key_N);
        QVERIFY(panel.hasSimilar());
        QCOMPARE(panel.tab(), SidePanel::kSimilar);
        QVERIFY(f.part<QToolButton>("attentionSimilar").isChecked());
        QTest::mouseClick(&f.part<QToolButton>("attentionSimilar"), Qt::LeftButton);
        QVERIFY(!panel.hasSimilar());
        QCOMPARE(panel.tab(), SidePanel::kHeads);
        panel.setTab(SidePanel::kWords);
    }

    void theMapsAreComputedByAJobAndSearchedForTheWordsUnderTheCaret() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.press(Qt::Key_Home);
        f.page->toggleSimilar();
        auto& state = f.part<QLabel>("similarState");
        MNERVA_WAIT(state.text().contains(QStringLiteral("--run r1 --maps --method attention --split test")));
        QVERIFY(!f.part<QPushButton>("similarInCases").isVisible());
        QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
        QCOMPARE(f.jobs.jobs().size(), std::size_t(1));
        QVERIFY(f.part<QPushButton>("cancelMaps").isVisible());
        QVERIFY(!f.part<QPushButton>("computeMaps").isVisible());
        SimilarTiles& tiles = f.page->similarPanel().tiles();
        MNERVA_WAIT(!tiles.found().empty());
        QVERIFY(f.jobs.jobs().empty());
        // Of the current post (a) there is none in the list; c is right, as gold has Ann as a person.
        QCOMPARE(tiles.found().size(), std::size_t(1));
        const SimilarHost::Found& found = tiles.found().front();
        QCOMPARE(found.entity.id, std::string("c"));
        QVERIFY(found.isJudged);
        QVERIFY(!found.error.has_value());
        QVERIFY(found.image.path.ends_with("a.jpg"));
        QVERIFY(found.value > 0 && found.value < 1);
        QVERIFY2(tiles.textOf(0).contains(QStringLiteral("Ann as PER in post c: right, ")),
                 qPrintable(tiles.textOf(0)));
        QVERIFY2(state.text().contains(QStringLiteral("Cosine to the map of Kevin among 2 maps · layer 2, mean")),
                 qPrintable(state.text()));
        (void)f.page->grab();
        // Sharpest: c before a, whose map is nearly flat and whose type is wrong.
        f.part<QComboBox>("similarOrder").setCurrentIndex(1);
        MNERVA_WAIT(tiles.found().size() == 2);
        QCOMPARE(tiles.found()[0].entity.id, std::string("c"));
        QCOMPARE(tiles.found()[1].error, std::optional(eval::ErrorKind::Type));
        QVERIFY(tiles.found()[0].value < tiles.found()[1].value);
        f.page->toggleSimilar();
    }

    void aPressOpensThePostWithTheCaretOnTheEntity() {
        Shown f;
        showMaps(f);
        SimilarTiles& tiles = f.page->similarPanel().tiles();
        f.press(Qt::Key_End);
        MNERVA_WAIT(!f.page->similar().isBusy() && !tiles.found().empty());
        QCOMPARE(f.page->words().current(), 2);
        QTest::mouseClick(tiles.viewport(), Qt::LeftButton, {}, tiles.placeOf(0).center());
        MNERVA_WAIT(f.session.view().post.externalId == "c");
        QCOMPARE(f.page->words().current(), 0);
        MNERVA_WAIT(f.ready());
        QCOMPARE(f.page->words().current(), 0);
        QCOMPARE(f.page->panel().tab(), SidePanel::kSimilar);
        f.page->toggleSimilar();
    }

    void allThatWasFoundAreShownInCases() {
        struct Commands : ProjectCommands {
            std::vector<PostId> posts;
            QString title, page;
            void newProject() override {}
            void openProject() override {}
            void open(const QString&, const QStringList&) override {}
            void openDataSet() override {}
            void take(const QStringList&) override {}
            void exportPosts() override {}
            void editLabels() override {}
            void changeMany() override {}
            void editWordLists() override {}
            void showBackups() override {}
            void repairProject() override {}
            void findObjects() override {}
            bool canFindObjects() const override { return false; }
            void trySample() override {}
            void makeSample(const QString&, int) override {}
            void showPosts(const std::vector<PostId>& shown, const QString& what, const QString& where) override {
                posts = shown;
                title = what;
                page = where;
            }
            bool mayLeave() override { return true; }
        } commands;
        Shown f;
        f.commands = &commands;
        showMaps(f);
        QTest::mouseClick(&f.part<QPushButton>("similarInCases"), Qt::LeftButton);
        QCOMPARE(commands.posts.size(), std::size_t(1));
        QVERIFY(commands.posts.front() == PostId{f.page->similar().found().front().entity.number});
        QCOMPARE(commands.page, QStringLiteral("cases"));
        QVERIFY(commands.title.contains(QStringLiteral("Kevin")));
        f.page->toggleSimilar();
    }

    void mapsThatDoNotHoldAreToldAndMadeAnew() {
        Shown f;
        showMaps(f);
        const auto reopened = [&] {
            f.page->toggleSimilar();
            f.page->toggleSimilar();
            MNERVA_WAIT(!f.page->similar().isBusy());
        };
        std::ofstream(mapsOf(f), std::ios::app) << "x";
        reopened();
        QCOMPARE(int(f.page->similar().state()), int(SimilarHost::State::Damaged));
        QVERIFY(f.page->similarPanel().stateText().contains(QStringLiteral("cannot be used")));
        QVERIFY(f.page->similarPanel().tiles().found().empty());
        QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Ready);
        writeFile(f.folder() + QStringLiteral("/runs/r1/model.safetensors"), "others");
        reopened();
        QCOMPARE(int(f.page->similar().state()), int(SimilarHost::State::OtherWeights));
        QVERIFY(f.page->similarPanel().stateText().contains(QStringLiteral("trained further")));
        QVERIFY(f.part<QPushButton>("computeMaps").isVisible());
        f.page->toggleSimilar();
    }

    void computingThatFailsOrIsCancelledLeavesTheWayToIt() {
        Shown f;
        f.showRun("explain=fail");
        MNERVA_WAIT(f.ready());
        f.page->toggleSimilar();
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Missing);
        QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
        MNERVA_WAIT(f.page->findChild<Banner*>()->text().contains(QStringLiteral("were not computed")));
        QVERIFY(f.part<QPushButton>("computeMaps").isVisible());
        qputenv("MNERVA_FAKE", "explain=wait");
        QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
        QCOMPARE(int(f.page->similar().state()), int(SimilarHost::State::Computing));
        QTest::mouseClick(&f.part<QPushButton>("cancelMaps"), Qt::LeftButton);
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Missing);
        QVERIFY(f.jobs.jobs().empty());
        f.page->toggleSimilar();
    }

    void relevancyHasMapsOfItsOwn() {
        Shown f;
        showMaps(f);
        auto& method = f.part<QComboBox>("attentionMethod");
        method.setCurrentIndex(method.findData(QStringLiteral("relevancy")));
        MNERVA_WAIT(f.page->similar().method() == "relevancy");
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Missing);
        QTest::mouseClick(&f.part<QPushButton>("computeMaps"), Qt::LeftButton);
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Ready);
        MNERVA_WAIT(f.page->similarPanel().stateText().contains(QStringLiteral("relevancy")));
        QVERIFY(std::filesystem::exists(mapsOf(f, "relevancy")));
        method.setCurrentIndex(0);
        MNERVA_WAIT(f.page->similar().state() == SimilarHost::State::Ready &&
                    f.page->similar().method() == "attention");
        f.page->toggleSimilar();
    }

    void wordsLeftOutShadeTheLanesAndOtherNamesAreTried() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.press(Qt::Key_Home);
        auto& method = f.part<QComboBox>("attentionMethod");
        method.setCurrentIndex(method.findData(QStringLiteral("word-out")));
        MNERVA_WAIT(f.page->words().weights().size() == 3);
        QCOMPARE(f.page->words().weights()[0], 1.0);
        QCOMPARE(f.page->words().weights()[2], -0.5);
        QCOMPARE(f.page->words().tipOf(0), QStringLiteral("Without “Kevin” y falls by .50"));
        QCOMPARE(f.page->words().tipOf(2), QStringLiteral("Without “Toronto” y rises by .25"));
        // The names are gold's: another person and a place.
        const QString note = f.part<QLabel>("wordNote").text();
        QVERIFY2(note.contains(QStringLiteral("in the place of Kevin")), qPrintable(note));
        QVERIFY2(note.contains(QStringLiteral("y falls by 1.50 with Toronto (LOC)")), qPrintable(note));
        QVERIFY(f.facts().contains(QStringLiteral("It rests most on: Kevin +.50")));
        (void)f.page->grab();
        method.setCurrentIndex(0);
        MNERVA_WAIT(f.page->words().weights().empty());
        QVERIFY(!f.part<QLabel>("wordNote").isVisible());
    }

    void besideASecondRunTheyOpenTheDrawer() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.addRun(QStringLiteral("r2"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        f.comparePair();
        QVERIFY(!f.page->panel().isVisible());
        f.page->toggleSimilar();
        QVERIFY(f.page->panel().isVisible());
        QCOMPARE(f.page->panel().tab(), SidePanel::kSimilar);
        QVERIFY(f.part<QLabel>("similarState").isVisible());
        f.page->toggleSimilar();
        f.compareWith(QString());
    }

    void theTilesAreAsLargeAsTheRoomAllows() {
        const TileLayout small = SimilarTiles::layFor(12, {612, 300}, 40),
                         large = SimilarTiles::layFor(12, {872, 640}, 40);
        QVERIFY(small.height() <= 300);
        QVERIFY(large.side > small.side);
        QVERIFY(large.height() <= 640);
        QVERIFY(SimilarTiles::layFor(12, {240, 100}, 40).height() > 100);  // scrolled
    }
};

int main(int argc, char** argv) {
    return runTagTest<AttentionSimilarTest>(argc, argv);
}
#include "attention_similar_test.moc"
