#include "ui/analyze/attention_page.h"

#include "ui/annotate/picture_view.h"
#include "ui/support/run_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

struct Shown : RunFixture {
    std::unique_ptr<AttentionPage> page;
    void show() {
        page = std::make_unique<AttentionPage>(session, jobs);
        page->resize(1200, 700);
        page->show();
    }
    bool ready() { return page->host().state(AttentionHost::kFirst) == AttentionHost::State::Ready; }
    PictureView& picture() { return *page->findChild<PictureView*>(QStringLiteral("attentionPicture")); }
    QString message() { return page->findChild<QLabel*>(QStringLiteral("attentionMessage"))->text(); }
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
        f.session.setCurrentPost(f.session.summaries().at(1).id);
        MNERVA_WAIT(f.session.view().post.externalId == "b" && f.ready());
        QVERIFY(!f.page->map().isEmpty() || f.message().contains(QStringLiteral("no picture")));
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
        const auto before = f.page->map().values;
        f.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->setCurrentIndex(1);
        QVERIFY(f.page->map().values != before);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionDirection"))->setCurrentIndex(0);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionHead"))->setCurrentIndex(2);
        QVERIFY(f.page->map().values != before);
        f.page->findChild<QComboBox*>(QStringLiteral("attentionHead"))->setCurrentIndex(0);
        QCOMPARE(f.page->map().values, before);
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

    void theBoxesOfTheEntityUnderTheCaretAreShown() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.session.setCurrentPost(f.session.summaries().back().id);
        f.show();
        MNERVA_WAIT(f.ready());
        auto* bars = f.page->findChild<BarList*>(QStringLiteral("regionBars"));
        QCOMPARE(f.picture().boxes().size(), std::size_t(2));
        QCOMPARE(f.picture().boxes().back().label, QStringLiteral(".60 person"));  // the heaviest on top
        QCOMPARE(bars->bars().size(), std::size_t(3));
        QCOMPARE(bars->bars()[0].value, 0.6);
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
    }

    void nothingIsAskedWhileThePageIsHidden() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.page = std::make_unique<AttentionPage>(f.session, f.jobs);
        MNERVA_WAIT(f.page->host().areRunsRead());
        QCOMPARE(f.jobs.engine().state(), EngineClient::State::Stopped);
        QVERIFY(!f.jobs.engine().isBusy());
    }
};

int main(int argc, char** argv) {
    return runTagTest<AttentionPageTest>(argc, argv);
}
#include "attention_page_test.moc"
