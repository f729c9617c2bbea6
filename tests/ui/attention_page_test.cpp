#include "ui/pages/attention/attention_page.h"

#include "ui/session/picture_view.h"
#include "ui/support/pdf_text.h"
#include "ui/support/run_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

struct Shown : RunFixture {
    ActionRegistry actions;
    std::unique_ptr<AttentionPage> page;
    void show() {
        page = std::make_unique<AttentionPage>(session, jobs, actions);
        page->resize(1200, 700);
        page->show();
    }
    /// A project with one run, shown; the engine plays the scenario.
    void showRun(const char* scenario = nullptr) {
        addRun(QStringLiteral("r1"));
        scenario ? qputenv("MNERVA_FAKE", scenario) : qunsetenv("MNERVA_FAKE");
        open();
        show();
    }
    /// The same with the last post, which has two pictures; its answer is there.
    void showLastPost() {
        addRun(QStringLiteral("r1"));
        open();
        session.setCurrentPost(session.summaries().back().id);
        show();
        MNERVA_WAIT(ready());
    }
    bool ready() { return page->host().state(AttentionHost::kFirst) == AttentionHost::State::Ready; }
    PictureView& picture() { return *page->findChild<PictureView*>(QStringLiteral("attentionPicture")); }
    QString message() { return page->findChild<QLabel*>(QStringLiteral("attentionMessage"))->text(); }
    /// All weights of the map that is shown.
    std::vector<float> weights() {
        std::vector<float> all;
        for (int region = 0; region < page->map().regions; ++region)
            for (const float weight : page->map().wordsOf(region)) all.push_back(weight);
        return all;
    }
    QString facts() { return page->findChild<QLabel*>(QStringLiteral("wordFacts"))->text(); }
};

}  // namespace

class AttentionPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
        QCOMPARE(f.picture().heat(), f.page->map().cells(0));
        QVERIFY(!f.facts().isEmpty());
    }

    void theCaretMovesTheHeatWithoutAskingTheEngine() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        QSignalSpy asked(&f.page->host(), &AttentionHost::changed);
        QTest::keyClick(&f.page->words(), Qt::Key_Right);
        QCOMPARE(f.page->words().current(), 1);
        QCOMPARE(f.picture().heat(), f.page->map().cells(1));
        QCOMPARE(asked.size(), 0);
        QVERIFY(!f.jobs.engine().isBusy());
    }

    void movingTheCaretIsFast() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 100; ++i) f.page->words().setCurrent(i % 3);
        QVERIFY2(clock.elapsed() < 1600, "a move of the caret takes longer than a frame");
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
        auto* direction = f.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"));
        auto* layer = f.page->findChild<QComboBox*>(QStringLiteral("attentionLayer"));
        direction->setCurrentIndex(1);
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
        auto* fields = g.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"));
        QVERIFY2(!g.page->map().isEmpty(), qPrintable(g.message()));
        QCOMPARE(fields->currentIndex(), 0);
        QVERIFY(fields->isEnabled());
        QVERIFY(!(fields->model()->flags(fields->model()->index(1, 0)) & Qt::ItemIsEnabled));
        QVERIFY(!fields->itemData(1, Qt::ToolTipRole).toString().isEmpty());
        // What was wanted is still wanted by the first.
        g.page->findChild<QDoubleSpinBox*>(QStringLiteral("attentionThreshold"))->setValue(0.01);
        g.page.reset();
        qunsetenv("MNERVA_FAKE");
        Shown h;
        h.addRun(QStringLiteral("r1"));
        h.open();
        h.show();
        MNERVA_WAIT(h.ready());
        QCOMPARE(h.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->currentIndex(), 1);
        QVERIFY(h.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->isEnabled());
        h.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->setCurrentIndex(0);
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
        QVERIFY(!button->isVisible());
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
        f.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->setCurrentIndex(1);
        QVERIFY(f.weights() != before);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->setCurrentIndex(0);
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
        auto* box = f.page->findChild<QComboBox*>(QStringLiteral("attentionSecondRun"));
        box->setCurrentIndex(box->count() - 1);
        MNERVA_WAIT(f.page->host().state(AttentionHost::kSecond) == AttentionHost::State::Ready);
        QVERIFY(second->isVisible());
        QCOMPARE(second->heat().size(), std::size_t(49));
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
        QTest::keyClick(&f.page->words(), Qt::Key_Right);  // a word of no entity
        QVERIFY(f.picture().boxes().empty());
        QVERIFY(!bars->isVisible() || bars->bars().empty());
        QTest::keyClick(&f.page->words(), Qt::Key_Left);
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
        QCOMPARE(bars->bars().at(0).value, 0.75);
        QTest::keyClick(&f.page->words(), Qt::Key_Right);
        QCOMPARE(bars->bars().at(0).value, 0.25);
        QCOMPARE(bars->bars().at(0).name, QStringLiteral("in"));
    }

    void hoveringACellLightsItsWords() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        Q_EMIT f.picture().cellHovered(5);
        QCOMPARE(f.picture().currentCell(), 5);
        Q_EMIT f.picture().cellHovered(-1);
        QCOMPARE(f.picture().currentCell(), -1);
    }

    void theMapIsSavedAsAFigure_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("png") << "map.png";
        QTest::newRow("svg") << "map.svg";
        QTest::newRow("pdf") << "map.pdf";
    }
    void theMapIsSavedAsAFigure() {
        QFETCH(QString, name);
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        MNERVA_WAIT(f.ready());
        f.files = QStringList{f.path(name)};
        f.page->findChild<QPushButton*>(QStringLiteral("exportMap"))->click();
        QVERIFY(QFileInfo(f.path(name)).size() > 1000);
        QFile file(f.path(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        if (name.endsWith(QLatin1String("png"))) return;
        const QString text = name.endsWith(QLatin1String("pdf")) ? pdfText(content) : QString::fromUtf8(content);
        // Cells of the grid, numbers of the legend, words of the post.
        for (const char* wanted : {"R11", "R77", "c1", ".08", "Kevin", "r1"})
            QVERIFY2(text.contains(QString::fromUtf8(wanted)),
                     (std::string(wanted) + " in " + toUtf8(text.left(2000))).c_str());
        QVERIFY(!text.contains(QChar::ReplacementCharacter));
        if (name.endsWith(QLatin1String("pdf"))) QVERIFY(pdfEmbedsItsFonts(content));
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
