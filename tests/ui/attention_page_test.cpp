#include "ui/pages/attention/attention_page.h"

#include <cmath>
#include <ctime>

#include "ui/charts/figure_dialog.h"
#include "ui/pages/attention/attention_figure.h"
#include "ui/session/picture_view.h"
#include "ui/support/attention_fixture.h"
#include "ui/support/pdf_text.h"
#include "ui/widgets/dialogs.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

class AttentionPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Where the best epoch is not the last one, its weights can be put beside those of the last.
    void aRunIsComparedWithItsOwnLastEpoch() {
        Shown f;
        f.addRun(QStringLiteral("even"));
        f.addRun(QStringLiteral("past"));
        writeFile(f.folder() + QStringLiteral("/runs/past/events.jsonl"),
                  "{\"event\":\"start\",\"time\":1700000000,\"epochs\":3,\"steps\":30,\"options\":{}}\n"
                  "{\"event\":\"epoch_start\",\"time\":1700000001,\"epoch\":3,\"epochs\":3}\n"
                  "{\"event\":\"eval\",\"epoch\":2,\"split\":\"valid\",\"micro\":{\"f1\":0.5},\"types\":{}}\n"
                  "{\"event\":\"eval\",\"epoch\":3,\"split\":\"valid\",\"micro\":{\"f1\":0.4},\"types\":{}}\n"
                  "{\"event\":\"end\",\"outcome\":\"succeeded\",\"best_epoch\":2}\n");
        qunsetenv("MNERVA_FAKE");
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto &run = f.part<QComboBox>("attentionRun"), &second = f.part<QComboBox>("attentionSecondRun");
        const QString last = AttentionHost::lastEpochOf(QStringLiteral("past"));
        run.setCurrentIndex(run.findData(QStringLiteral("even")));
        QTRY_COMPARE(f.page->host().run(AttentionHost::kFirst), QStringLiteral("even"));
        QVERIFY(second.findData(AttentionHost::lastEpochOf(QStringLiteral("even"))) < 0);
        run.setCurrentIndex(run.findData(QStringLiteral("past")));
        MNERVA_WAIT(second.findData(last) > 0);
        f.compareWith(last);
        MNERVA_WAIT(f.page->host().state(AttentionHost::kSecond) == AttentionHost::State::Ready);
        QCOMPARE(f.page->host().modelOf(AttentionHost::kFirst)->weights, std::string("best"));
        QCOMPARE(f.page->host().modelOf(AttentionHost::kSecond)->weights, std::string("last"));
        QCOMPARE(f.page->host().modelOf(AttentionHost::kSecond)->runFolder,
                 f.page->host().modelOf(AttentionHost::kFirst)->runFolder);
        run.setCurrentIndex(run.findData(QStringLiteral("even")));
        QTRY_VERIFY(f.page->host().run(AttentionHost::kSecond).isEmpty());
    }
    void withoutAProjectTheWayThereIsShown() {
        Shown f;
        f.show();
        QSignalSpy wanted(f.page.get(), &Page::pageWanted);
        f.page->findChild<EmptyState*>()->button()->click();
        QCOMPARE(wanted.value(0).value(0).toString(), QStringLiteral("data"));
    }

    void withoutARunTheWayToTrainingIsShown() {
        Shown f;
        f.open();
        f.show();
        MNERVA_WAIT(f.page->host().areRunsRead());
        QSignalSpy wanted(f.page.get(), &Page::pageWanted);
        f.page->findChild<EmptyState*>()->button()->click();
        QCOMPARE(wanted.value(0).value(0).toString(), QStringLiteral("train"));
    }

    void theHeatOfTheWordUnderTheCaretIsShown() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        QCOMPARE(f.page->map().regions, 53);
        QCOMPARE(f.picture().heat(), f.page->map().cells(f.page->words().current()));
        QVERIFY(!f.facts().isEmpty());
    }

    void aFlatSmallMapIsNoBrightOne() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        const double threshold = f.page->bar().view().heat.attention.threshold;
        QVERIFY(threshold > 0);
        QVERIFY(!f.page->panel().words().tiles().empty());
        for (const MapTiles::Tile& tile : f.page->panel().words().tiles()) {
            QVERIFY(tile.maximum >= threshold);
            QVERIFY(tile.maximum >= vision::heatMaximum(tile.cells, vision::HeatColours::Magma));
        }
    }

    void theCaretMovesTheHeatWithoutAskingTheEngine() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        QSignalSpy asked(&f.page->host(), &AttentionHost::changed);
        f.press(Qt::Key_Home);
        f.press(Qt::Key_Right);
        QCOMPARE(f.page->words().current(), 1);
        QCOMPARE(f.picture().heat(), f.page->map().cells(1));
        QCOMPARE(asked.size(), 0);
        QVERIFY(!f.jobs.engine().isBusy());
    }

    void aMoveOfTheCaretAnotherHeadOrLayerIsRepaintedWithinAFrame() {
        constexpr int kTimes = 20;
        std::vector<std::string> words(30, "word");
        Post post = makePost("long", words);
        post.images = {"a.jpg"};
        Shown f({post});
        f.showRun();
        f.page->resize(1840, 1134);
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        (void)f.page->grab();  // what is made once is made
        // Time of this process: what else the machine does is no matter.
        const auto each = [&](const char* what, const std::function<void(int)>& change) {
            const std::clock_t begin = std::clock();
            for (int i = 0; i < kTimes; ++i) {
                change(i);
                f.picture().repaint();
                f.page->words().repaint();
                f.page->panel().words().viewport()->repaint();
            }
            const double ms = 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC / kTimes;
            qInfo("%s: %.2f ms (budget 16)", what, ms);
            return ms;
        };
        QVERIFY(each("caret", [&](int i) { f.page->words().setCurrent(i % 30); }) < 16);
        QVERIFY(each("head", [&](int i) { f.part<QComboBox>("attentionHead").setCurrentIndex(i % 3); }) < 16);
        QVERIFY(each("layer", [&](int i) { f.part<QComboBox>("attentionLayer").setCurrentIndex(i % 2); }) < 16);
    }

    void aPostWithoutPictureSaysSo() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        f.session.setCurrentPost(f.session.summaries().at(1).id);
        MNERVA_WAIT(f.session.view().post.externalId == "b" && f.ready());
        QVERIFY(f.page->map().isEmpty());  // whatever the run answered: there is nothing that it could show
        QVERIFY2(f.message().contains(QStringLiteral("This post has no picture.")), qPrintable(f.message()));
        QVERIFY2(f.facts().contains(QStringLiteral("no picture")), qPrintable(f.facts()));
        QVERIFY(!f.facts().contains(QStringLiteral(".08")));
        QVERIFY(f.picture().heat().empty());
    }

    void whatWasOddInTheQuestionStandsAboveThePicture() {
        Shown f;
        f.showRun("serve=cut");
        MNERVA_WAIT(f.ready());
        const auto* odd = f.page->findChild<QLabel*>(QStringLiteral("oddInAnswer"));
        QVERIFY(odd->isVisible());
        QVERIFY2(odd->text().contains(QStringLiteral("3 of 9 words")), qPrintable(odd->text()));
        QVERIFY2(odd->text().contains(QStringLiteral("b.jpg")), qPrintable(odd->text()));
        Shown g;
        g.showRun();
        MNERVA_WAIT(g.ready());
        QVERIFY(!g.page->findChild<QLabel*>(QStringLiteral("oddInAnswer"))->isVisible());
    }

    void aPictureThatIsMissingOrCannotBeReadIsNamed() {
        Shown f;
        f.showRun("serve=unreadable");
        MNERVA_WAIT(f.ready());
        QVERIFY2(f.message().contains(QStringLiteral("cannot be read")), qPrintable(f.message()));
        QVERIFY2(f.message().contains(QStringLiteral("a.jpg")), qPrintable(f.message()));
        QVERIFY(!f.facts().contains(QStringLiteral(".08")));
        Shown g;
        g.addRun(QStringLiteral("r1"));
        QFile::remove(g.images() + QStringLiteral("/a.jpg"));
        g.open();
        g.show();
        MNERVA_WAIT(g.ready());
        QVERIFY2(g.message().contains(QStringLiteral("is missing")), qPrintable(g.message()));
        QVERIFY2(g.message().contains(QStringLiteral("a.jpg")), qPrintable(g.message()));
    }

    void anotherSystemIsShownWithWhatItHas() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto* layer = f.page->findChild<QComboBox*>(QStringLiteral("attentionLayer"));
        f.direction().click();
        layer->setCurrentIndex(0);
        layer->setCurrentIndex(1);  // layer 1 of 2
        QVERIFY(!f.page->map().isEmpty());
        // A run with one layer and one direction, as UMT is beside MPCFN.
        Shown g;
        qputenv("MNERVA_FAKE", "serve=one-direction");
        g.addRun(QStringLiteral("umt"));
        g.open();
        g.show();
        MNERVA_WAIT(g.ready());
        QVERIFY2(!g.page->map().isEmpty(), qPrintable(g.message()));
        QVERIFY(!g.direction().isChecked());
        QVERIFY(!g.direction().isEnabled());
        QVERIFY(g.direction().toolTip().contains(QStringLiteral("no attention in the other direction")));
        // What was wanted is still wanted by the first.
        g.page->findChild<QDoubleSpinBox*>(QStringLiteral("attentionThreshold"))->setValue(0.01);
        g.page.reset();
        qunsetenv("MNERVA_FAKE");
        Shown h;
        h.addRun(QStringLiteral("r1"));
        h.open();
        h.show();
        MNERVA_WAIT(h.ready());
        QVERIFY(h.direction().isChecked());
        QVERIFY(h.direction().isEnabled());
        h.direction().click();
        h.page->findChild<QDoubleSpinBox*>(QStringLiteral("attentionThreshold"))->setValue(0.08);
    }

    void aRunWithoutMapsNamesTheWayToOne() {
        Shown f;
        qputenv("MNERVA_FAKE", "serve=mapless");
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        QVERIFY2(f.message().contains(QStringLiteral("makes no map")), qPrintable(f.message()));
        auto* button = f.page->findChild<QPushButton*>(QStringLiteral("attentionMessageButton"));
        QVERIFY(button->isVisible());
        QSignalSpy wanted(f.page.get(), &Page::pageWanted);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.value(0).value(0).toString(), QStringLiteral("train"));
        f.addRun(QStringLiteral("r2"));
        f.page->host().refreshRuns();
        MNERVA_WAIT(f.page->host().runs().size() == 2 && f.ready());
        QVERIFY2(f.message().contains(QStringLiteral("another run")), qPrintable(f.message()));
        QTest::mouseClick(button, Qt::LeftButton);  // and what there is without a map
        QCOMPARE(int(f.page->panel().tab()), int(SidePanel::kMethods));
        f.page->panel().setTab(SidePanel::kWords);
    }

    void theRunsOfTheListNameTheSplitOfTheirScore() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto* runs = f.page->findChild<QComboBox*>(QStringLiteral("attentionRun"));
        QCOMPARE(runs->currentText(), QStringLiteral("r1 · valid 50.00"));
        QCOMPARE(runs->toolTip(), QStringLiteral("validation F1 50.00 (epoch 1)"));
    }

    void goingBackAsksNobody() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        f.session.setCurrentPost(f.session.summaries().at(1).id);
        MNERVA_WAIT(f.session.view().post.externalId == "b" && f.ready());
        f.session.setCurrentPost(f.session.summaries().at(0).id);
        MNERVA_WAIT(f.session.view().post.externalId == "a");
        QVERIFY(f.ready());
    }

    void aDeadEngineIsABannerWithAWayOn() {
        Shown f;
        qputenv("MNERVA_FAKE", "serve=die");
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.page->host().state(AttentionHost::kFirst) == AttentionHost::State::Failed);
        auto* banner = f.page->findChild<Banner*>();
        QVERIFY(banner->text().contains(QStringLiteral("no kernel image")));
        qunsetenv("MNERVA_FAKE");
        f.page->host().retry(AttentionHost::kFirst);
        MNERVA_WAIT(f.ready());
        QVERIFY(banner->isHidden());
    }

    void directionAndHeadChangeTheMap() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        const auto before = f.weights();
        f.direction().click();
        QVERIFY(f.weights() != before);
        f.direction().click();
        f.page->findChild<QComboBox*>(QStringLiteral("attentionHead"))->setCurrentIndex(2);
        QVERIFY(f.weights() != before);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionHead"))->setCurrentIndex(0);
        QCOMPARE(f.weights(), before);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionValues"))->setCurrentIndex(1);
        QCOMPARE(f.page->map().regions, 49);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionValues"))->setCurrentIndex(0);
    }

    void aSecondRunHasItsOwnPicture() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.addRun(QStringLiteral("r2"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto* second = f.page->findChild<PictureView*>(QStringLiteral("attentionSecondPicture"));
        QVERIFY(!second->isVisible());
        f.comparePair();
        QVERIFY(second->isVisible());
        QCOMPARE(second->heat().size(), std::size_t(49));
        QCOMPARE(second->size(), f.picture().size());
        QCOMPARE(second->heatMaximum(), f.picture().heatMaximum());  // one scale
        QVERIFY(f.picture().heatMaximum() > 0);
        QVERIFY(!f.page->panel().isVisible());
        f.press(Qt::Key_D);
        QVERIFY(f.page->panel().isVisible());
        f.press(Qt::Key_D);
        f.part<QToolButton>("attentionDifference").click();
        QVERIFY(!second->isVisible());
        QVERIFY(f.page->panel().isVisible());
        QCOMPARE(f.picture().heatOptions().colours, vision::HeatColours::Diverging);
        f.part<QToolButton>("attentionDifference").click();
    }

    void ofSeveralPicturesOneIsShownWithItsOwnMap() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto* next = f.page->findChild<QToolButton*>(QStringLiteral("nextPicture"));
        QVERIFY(!next->isVisible());
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.ready());
        QVERIFY(next->isVisible());
        QVERIFY(f.picture().path().endsWith(QLatin1String("a.jpg")));
        const std::vector<float> first = f.picture().heat();
        QCOMPARE(first.size(), std::size_t(49));
        QTest::mouseClick(next, Qt::LeftButton);
        QVERIFY(f.picture().path().endsWith(QLatin1String("b.jpg")));
        QVERIFY(f.picture().heat() != first);
        QCOMPARE(f.page->map().regions, 53);
        QVERIFY(!next->isEnabled());
        QTest::keyClick(f.page.get(), Qt::Key_K, Qt::ShiftModifier);
        QVERIFY(f.picture().path().endsWith(QLatin1String("a.jpg")));
        QCOMPARE(f.picture().heat(), first);
    }

    void aHiddenPageWaitsUntilItIsSeen() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        f.page->hide();
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.session.view().post.id == f.session.summaries().back().id);
        QCOMPARE(f.page->words().word(0), QStringLiteral("Kevin"));
        f.page->show();
        QCOMPARE(f.page->words().word(0), QStringLiteral("Ann"));
        MNERVA_WAIT(f.ready());
        QCOMPARE(f.page->map().words, 3);
    }

    void theKeysOfThePageCanBeChanged() {
        Shown f;
        f.showLastPost();
        QVERIFY(f.actions.setKeys(QStringLiteral("attention.nextPicture"), {QKeySequence(Qt::Key_X)}));
        QTest::keyClick(f.page.get(), Qt::Key_J, Qt::ShiftModifier);
        QVERIFY(f.picture().path().endsWith(QLatin1String("a.jpg")));
        QTest::keyClick(f.page.get(), Qt::Key_X);
        QVERIFY(f.picture().path().endsWith(QLatin1String("b.jpg")));
        f.actions.resetKeys(QStringLiteral("attention.nextPicture"));
    }

    void theBoxesOfTheEntityUnderTheCaretAreShown() {
        Shown f;
        f.showLastPost();
        auto* bars = f.page->findChild<BarList*>(QStringLiteral("regionBars"));
        QCOMPARE(f.picture().boxes().size(), std::size_t(2));
        QCOMPARE(f.picture().boxes().back().label, QStringLiteral(".60 person"));  // the heaviest on top
        QCOMPARE(bars->bars().size(), std::size_t(3));
        QCOMPARE(bars->bars()[0].value, double(0.6F));
        f.press(Qt::Key_Right);  // a word of no entity
        QVERIFY(f.picture().boxes().empty());
        QVERIFY(!bars->isVisible() || bars->bars().empty());
        f.press(Qt::Key_Left);
        QTest::keyClick(f.page.get(), Qt::Key_J, Qt::ShiftModifier);
        QVERIFY(f.picture().boxes().empty());  // they are in the other picture
    }

    void theVisualGateFollowsTheCaret() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        auto* bars = f.page->findChild<BarList*>(QStringLiteral("visualGateBars"));
        f.press(Qt::Key_Home);
        QCOMPARE(bars->bars().at(0).value, 0.75);
        f.press(Qt::Key_Right);
        QCOMPARE(bars->bars().at(0).value, 0.25);
        QCOMPARE(bars->bars().at(0).name, QStringLiteral("in"));
    }

    void hoveringACellLightsItsWordsAndAWordItsCells() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        QTest::mouseMove(&f.picture(), f.cell(5));
        QTRY_COMPARE(f.picture().currentCell(), 5);
        QCOMPARE(f.page->words().lights().size(), std::size_t(3));
        Q_EMIT f.picture().cellHovered(-1);
        QCOMPARE(f.picture().currentCell(), -1);
        f.part<QDoubleSpinBox>("attentionThreshold").setValue(0.03);
        QTest::mouseMove(&f.page->words(), f.page->words().wordRect(1).center().toPoint());
        QTRY_VERIFY(!f.picture().markedCells().empty());
        QCOMPARE(f.picture().markedCells(), project::hottestCells(f.page->map().cells(1), 0.03, 49));
        Q_EMIT f.page->words().wordHovered(-1);
        QVERIFY(f.picture().markedCells().empty());
        f.part<QDoubleSpinBox>("attentionThreshold").setValue(0.08);
    }

    void aNewPostStartsAtItsFirstErrorElseAtItsFirstEntity() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        QTRY_COMPARE(f.page->words().current(), 2);  // "Toronto" was missed; "Kevin" is right
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.session.view().post.externalId == "c" && f.ready());
        QCOMPARE(f.page->words().current(), 0);  // "Ann" is right, and the only one
        QVERIFY(f.page->words().shown().places.size() == 1);
    }

    void theBracketsWalkTheErrors() {
        Shown f({[] {
            Post post =
                makePost("many", {"Kevin", "in", "Toronto", "and", "Oslo"}, {"B-PER", "O", "B-LOC", "O", "B-LOC"});
            post.images = {"a.jpg"};
            return post;
        }()});
        f.showRun();
        MNERVA_WAIT(f.ready());
        QTRY_COMPARE(f.page->words().current(), 2);
        QSignalSpy said(f.page.get(), &Page::statusMessage);
        f.press(Qt::Key_BracketRight);
        QCOMPARE(f.page->words().current(), 4);
        f.press(Qt::Key_BracketRight);
        QCOMPARE(f.page->words().current(), 4);
        QCOMPARE(said.size(), 1);
        f.press(Qt::Key_BracketLeft);
        QCOMPARE(f.page->words().current(), 2);
        QStringList notes;
        for (std::size_t mark = 0; mark < f.page->words().picture().marks(); ++mark)
            notes << f.page->words().picture().noteOf(mark);
        QVERIFY2(notes.contains(QStringLiteral("LOC missed")), qPrintable(notes.join(u',')));
    }

    void eachWordOrEntityHasASmallMapThatLeadsToIt() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        MapTiles& tiles = f.page->panel().words();
        QCOMPARE(tiles.tiles().size(), std::size_t(3));
        QCOMPARE(tiles.tiles()[1].name, QStringLiteral("in"));
        QCOMPARE(tiles.tiles()[1].cells, f.page->map().cells(1));
        QTest::mouseClick(tiles.viewport(), Qt::LeftButton, {}, tiles.placeOf(1).center());
        QCOMPARE(f.page->words().current(), 1);
        QCOMPARE(tiles.current(), 1);
    }

    void anEntityOfSeveralWordsHasOneMap() {
        Shown f({[] {
            Post post = makePost("two", {"in", "New", "York"}, {"O", "B-LOC", "I-LOC"});
            post.images = {"a.jpg"};
            return post;
        }()});
        f.showRun();
        MNERVA_WAIT(f.ready());
        QTRY_COMPARE(f.page->panel().words().tiles().size(), std::size_t(2));
        QCOMPARE(f.page->panel().words().tiles()[1].name, QStringLiteral("New York"));
        QTest::mouseClick(&f.page->words(), Qt::LeftButton, {}, f.page->words().wordRect(2).center().toPoint());
        QCOMPARE(f.page->span(), (project::WordSpan{1, 2}));
        QCOMPARE(f.picture().heat(), project::meanCells(f.page->map(), {1, 2}));
        f.press(Qt::Key_E);
        QCOMPARE(f.page->panel().words().tiles().size(), std::size_t(3));
        QCOMPARE(f.picture().heat(), f.page->map().cells(2));
        f.press(Qt::Key_E);
    }

    void layersAndHeadsOfTheWordsStandSideBySide() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.page->panel().setTab(SidePanel::kHeads);
        MapTiles& heads = f.page->panel().heads();
        QCOMPARE(heads.tiles().size(), std::size_t(6));  // two layers with two heads and their mean
        QCOMPARE(heads.current(), 0);
        QTest::mouseClick(heads.viewport(), Qt::LeftButton, {}, heads.placeOf(5).center());
        QCOMPARE(f.part<QComboBox>("attentionLayer").currentData().toInt(), 0);
        QCOMPARE(f.part<QComboBox>("attentionHead").currentData().toInt(), 1);
        QCOMPARE(f.picture().heat(), heads.tiles()[5].cells);
        f.press(Qt::Key_H);  // beyond the last one: the mean
        QCOMPARE(f.part<QComboBox>("attentionHead").currentData().toInt(), -1);
        f.page->panel().setTab(SidePanel::kWords);
        f.part<QComboBox>("attentionLayer").setCurrentIndex(0);
    }

    void coveredCellsAreAskedAboutAndTheEntitiesRedrawn() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        f.page->panel().setTab(SidePanel::kWhatIf);
        QTest::mousePress(&f.picture(), Qt::LeftButton, Qt::ShiftModifier, f.cell(0));
        for (const int cell : {1, 2}) {
            QMouseEvent move(QEvent::MouseMove, QPointF(f.cell(cell)), f.picture().mapToGlobal(QPointF(f.cell(cell))),
                             Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
            QCoreApplication::sendEvent(&f.picture(), &move);
        }
        QTest::mouseRelease(&f.picture(), Qt::LeftButton, Qt::ShiftModifier, f.cell(2));
        QCOMPARE(f.picture().coveredCells(), (std::vector<int>{0, 1, 2}));
        MNERVA_WAIT(f.page->whatIf().result() != nullptr);
        QCOMPARE(f.page->panel().changes().topLevelItemCount(), 1);
        QCOMPARE(f.page->panel().changes().topLevelItem(0)->text(1), QStringLiteral("PER .97"));
        QCOMPARE(f.page->panel().changes().topLevelItem(0)->text(2), QStringLiteral("PER .67"));
        QCOMPARE(f.page->words().shown().lanes.size(), std::size_t(3));  // gold, the run, the run changed
        QTest::mouseClick(&f.picture(), Qt::LeftButton, {}, f.cell(9));  // without Shift nothing is covered
        QCOMPARE(f.picture().coveredCells().size(), std::size_t(3));
        f.press(Qt::Key_C);
        QTest::mouseClick(&f.picture(), Qt::LeftButton, {}, f.cell(1));  // the mode: and one is shown again
        QCOMPARE(f.picture().coveredCells(), (std::vector<int>{0, 2}));
        MNERVA_WAIT(!f.page->whatIf().isWaiting());
        QCOMPARE(f.page->panel().changes().topLevelItem(0)->text(2), QStringLiteral("PER .77"));
        f.press(Qt::Key_Escape);
        QVERIFY(f.picture().coveredCells().empty());
        QCOMPARE(f.page->words().shown().lanes.size(), std::size_t(2));
        f.page->panel().setTab(SidePanel::kWords);
    }

    void thePictureCanBeBlankedAndExchanged() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        f.press(Qt::Key_B);
        MNERVA_WAIT(f.page->whatIf().result() != nullptr);
        QCOMPARE(f.page->whatIf().result()->entities.at(0).type, std::string("LOC"));
        f.press(Qt::Key_Escape);
        f.files = QStringList{f.images() + QStringLiteral("/b.jpg")};
        f.part<QPushButton>("otherPicture").click();
        QVERIFY(f.picture().path().endsWith(QLatin1String("b.jpg")));
        MNERVA_WAIT(f.page->whatIf().result() != nullptr);
        QCOMPARE(f.page->whatIf().result()->entities.at(0).type, std::string("PER"));
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.session.view().post.externalId == "c" && f.ready());
        QVERIFY(f.page->whatIf().whatIf().isNothing());
        f.page->panel().setTab(SidePanel::kWords);
    }

    void everyPostIsComparedWithoutItsPicture() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        f.compareWith(ControlBar::withoutPicture());
        MNERVA_WAIT(f.page->whatIf().result() != nullptr);
        QCOMPARE(f.page->words().shown().lanes.size(), std::size_t(3));
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.session.view().post.externalId == "c" && f.page->whatIf().result() != nullptr);
        QCOMPARE(f.page->words().shown().lanes.back().reading.entities.at(0).type, std::string("LOC"));
        f.compareWith({});
        QCOMPARE(f.page->words().shown().lanes.size(), std::size_t(2));
    }

    void theMapIsSavedAsAFigure_data() {
        QTest::addColumn<QString>("format");
        QTest::newRow("png") << "PNG";
        QTest::newRow("svg") << "SVG";
        QTest::newRow("pdf") << "PDF";
    }
    void theMapIsSavedAsAFigure() {
        QFETCH(QString, format);
        Shown f;
        f.addRun(QStringLiteral("r2"));
        f.showRun();
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        f.comparePair();
        f.press(Qt::Key_Home);
        f.part<QDoubleSpinBox>("attentionThreshold").setValue(0.01);
        const QString path = f.path(QStringLiteral("map.") + format.toLower());
        QString caption;
        dialogs::Answers answers;
        answers.run = [&](QDialog& dialog) {
            auto* formats = dialog.findChild<QComboBox*>(QStringLiteral("figureFormat"));
            for (int i = 0; i < formats->count(); ++i)
                if (formats->itemText(i).startsWith(format)) formats->setCurrentIndex(i);
            dialog.findChild<QComboBox*>(QStringLiteral("figureWidth"))->setCurrentIndex(0);
            dialog.findChild<QCheckBox*>(QStringLiteral("figureOption"))->setChecked(true);
            caption = static_cast<FigureDialog&>(dialog).chosen().caption;
            return int(QDialog::Accepted);
        };
        answers.files = [&](const dialogs::FileRequest&) { return QStringList{path}; };
        dialogs::setAnswers(answers);
        f.press(Qt::Key_S);
        dialogs::setAnswers({});
        for (const char* wanted : {"r1 (mpcfn) and r2 (mpcfn)", "Attention", "layer 2 of 2", "mean of 2 heads",
                                   "words look at regions", "“Kevin”: PER, gold PER", "Post a"})
            QVERIFY2(caption.contains(QString::fromUtf8(wanted)), qPrintable(caption));
        QVERIFY(QFileInfo(path).size() > 1000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        f.part<QDoubleSpinBox>("attentionThreshold").setValue(0.08);
        if (format == QLatin1String("PNG")) return;
        const QString text = format == QLatin1String("PDF") ? pdfText(content) : QString::fromUtf8(content);
        // Both runs, edges of the grid, cells of the table, words of the post.
        for (const char* wanted : {"R1", "C7", "c1", "Kevin", "A r1", "B r2", "mpcfn"})
            QVERIFY2(text.contains(QString::fromUtf8(wanted)),
                     (std::string(wanted) + " in " + toUtf8(text.left(3000))).c_str());
        QVERIFY(!text.contains(QChar::ReplacementCharacter));
        if (format == QLatin1String("PDF")) QVERIFY(pdfEmbedsItsFonts(content));
    }

    void aPhotoTakesAtLeastFortyFivePercentOfAFigure() {
        Shown f;
        f.addRun(QStringLiteral("r2"));
        f.showRun();
        MNERVA_WAIT(f.ready() && f.picture().hasPicture());
        for (const bool isPair : {false, true}) {
            if (isPair) f.comparePair();
            for (const double mm : {kFigureColumnMm, kFigurePageMm, 250.0}) {
                const double share = photoShare(f.page->figure(), mm);
                QVERIFY2(share >= 0.45, qPrintable(QString::number(share)));
            }
        }
    }

    void whileABlindLayerIsMadeNothingOfARunIsSeen() {
        Shown f;
        f.showRun();
        MNERVA_WAIT(f.ready());
        QVERIFY(!f.picture().heat().empty());
        bool isMade = false;
        f.session.write([](project::Project& project) { project.addAnnotator("ann", true); },
                        [&](const std::optional<Error>& error) { isMade = !error; });
        MNERVA_WAIT(isMade);
        f.session.refresh();
        MNERVA_WAIT(f.session.setEditedLayer(QStringLiteral("ann")) && f.session.isBlind() && f.session.hasView());
        QCOMPARE(f.page->host().state(AttentionHost::kFirst), AttentionHost::State::Hidden);
        QVERIFY(!f.page->host().result(AttentionHost::kFirst));
        auto* empty = f.page->findChild<EmptyState*>();
        QVERIFY(empty->isVisible());
        QVERIFY(!f.picture().isVisible());
        // Another post: what is on the shelf of answers stays there, and nobody is asked.
        f.session.setCurrentPost(f.session.summaries().back().id);
        MNERVA_WAIT(f.session.hasView() && f.session.currentPost() == f.session.summaries().back().id);
        QVERIFY(!f.page->host().result(AttentionHost::kFirst));
        QVERIFY(empty->isVisible());
        f.page->exportFigure();
        QVERIFY(!f.page->findChild<FigureDialog*>());
        f.session.setCurrentPost(f.session.summaries().front().id);
        MNERVA_WAIT(f.session.hasView());
        QVERIFY(!f.page->host().result(AttentionHost::kFirst));
        QTest::mouseClick(empty->button(), Qt::LeftButton);
        MNERVA_WAIT(!f.session.isBlind() && f.session.hasView() && f.ready());
        QVERIFY(f.picture().isVisible());
        QVERIFY(!f.picture().heat().empty());
    }

    void nothingIsAskedWhileThePageIsHidden() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.page = std::make_unique<AttentionPage>(f.session, f.jobs, f.actions);
        MNERVA_WAIT(f.page->host().areRunsRead());
        QCOMPARE(f.jobs.engine().state(), EngineClient::State::Stopped);
        QVERIFY(!f.jobs.engine().isBusy());
    }
};

int main(int argc, char** argv) {
    return runTagTest<AttentionPageTest>(argc, argv);
}
#include "attention_page_test.moc"
