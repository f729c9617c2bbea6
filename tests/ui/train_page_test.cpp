#include "ui/pages/train/train_page.h"

#include <QAction>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMessageBox>
#include <QScopeGuard>
#include <QScrollArea>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTranslator>

#include "core/domain/run_lock.h"
#include "core/project/entity_boxes.h"
#include "ui/base/text_border.h"
#include "ui/pages/train/check_texts.h"
#include "ui/pages/train/run_notes.h"
#include "ui/support/train_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

using Shown = TrainFixture;

class TrainPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutRunsTheFirstStepIsShown() {
        Shown f;
        f.open();
        f.show();
        QVERIFY(f.page->findChild<EmptyState*>()->isVisible());
        QVERIFY(f.page->findChild<EmptyState*>()->button()->isVisible());
    }

    void runsAreListedWithTheirScores() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.addRun(QStringLiteral("r2"), "cancelled", false);
        f.open();
        f.show();
        QCOMPARE(f.page->host().runs().rowCount(), 2);
        QCOMPARE(f.stateOf(QStringLiteral("r2")), protocol::RunState::Cancelled);
        QVERIFY(f.button("cloneRun").isEnabled());
    }

    void aCalibratedRunShowsWhetherItsConfidencesCanBeBelieved() {
        Shown f;
        f.addRun(QStringLiteral("plain"));
        f.addRun(QStringLiteral("r1"));
        eval::Reliability before, after;
        before = eval::reliabilityOf({{0.95, true}, {0.9, false}, {0.75, true}, {0.72, false}, {0.3, false}});
        after = eval::reliabilityOf({{0.6, true}, {0.5, false}, {0.55, true}, {0.4, false}, {0.1, false}});
        const nlohmann::json curves{{"before", eval::toJson(before)}, {"after", eval::toJson(after)}};
        writeFile(f.folder() + QStringLiteral("/runs/r1/calibration.json"),
                  QByteArray::fromStdString(nlohmann::json{{"method", "platt"}, {"valid", curves}}.dump()));
        writeFile(f.folder() + QStringLiteral("/runs/plain/calibration.json"), "{\"valid\": 3}");
        f.open();
        f.show();
        auto* details = f.page->findChild<RunDetails*>();
        auto* chart = details->findChild<Chart*>(QStringLiteral("reliabilityChart"));
        details->setRun(QStringLiteral("r1"));
        auto* tabs = details->findChild<QTabBar*>(QStringLiteral("runTabs"));
        QVERIFY(tabs->isTabVisible(RunDetails::kCalibration));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(RunDetails::kCalibration).center());
        QVERIFY(chart->isVisible());
        QVERIFY(details->findChild<QLabel*>(QStringLiteral("calibrationError"))->isVisible());
        QVERIFY(chart->xRange().first <= 0 && chart->xRange().second >= 1);
        if (const QString target = qEnvironmentVariable("MNERVA_SHOTS"); !target.isEmpty())
            QVERIFY(details->grab().save(target + QStringLiteral("/reliability.png")));
        details->setRun(QStringLiteral("plain"));
        QVERIFY(!chart->isVisible());
    }

    // The files of tests/golden/run, which the real trainer wrote.
    void aRealRunIsShownWithAllItTells() {
        Shown f;
        const QString run = f.addGoldenRun(QStringLiteral("golden"));
        f.open();
        f.show();
        const RunInfo* info = f.page->host().runs().run(0);
        QVERIFY(info && info->problem.empty());
        QCOMPARE(fromUtf8(info->record.system), QStringLiteral("mpcfn"));
        QCOMPARE(info->history.state, protocol::RunState::Succeeded);
        QCOMPARE(info->history.epochs, 4);
        QCOMPARE(info->history.evals.size(), std::size_t(5));
        QVERIFY(info->valid && info->test && info->calibration && !info->calibration->kept);
        QVERIFY(std::abs(info->test->f1 - 0.66055) < 1e-4);
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("golden"));
        QCOMPARE(details->lossChart().pointsTaken(), info->history.points.size());
        QCOMPARE(details->findChild<QTableView*>(QStringLiteral("epochTable"))->model()->rowCount(), 4);
        auto* pinned = details->findChild<QTableView*>(QStringLiteral("pinnedScores"));
        QVERIFY(pinned->isVisible());
        QCOMPARE(pinned->model()->rowCount(), 1);
        details->showTest(true);
        QCOMPARE(pinned->model()->rowCount(), 2);
        QCOMPARE(pinned->model()->index(1, EpochTableModel::kF1).data().toString(), QStringLiteral("66.06"));
        const QString facts = details->findChild<QLabel*>(QStringLiteral("runFacts"))->text();
        for (const QString& wanted :
             {QStringLiteral("MPCFN"), QStringLiteral("seed "), QStringLiteral("data "), QStringLiteral("took ")})
            QVERIFY2(facts.contains(wanted), qPrintable(facts));
        QVERIFY(details->findChild<QTableView*>(QStringLiteral("runOptions"))->model()->rowCount() > 20);
        const QString log = details->findChild<QLabel*>(QStringLiteral("trainLog"))->text();
        QVERIFY2(log.contains(QStringLiteral("16 pictures are missing; their posts are read without (data/images/")),
                 qPrintable(log));
    }

    void nothingIsLowerThan120PixelsInASmallWindow() {
        Shown f;
        f.addGoldenRun(QStringLiteral("golden"));
        f.open();
        f.show();
        f.page->resize(1280 - 72, 800 - 76);  // less rail, title bar and status line
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("golden"));
        details->showTest(true);
        auto* loss = details->findChild<Chart*>(QStringLiteral("lossChart"));
        auto* f1 = details->findChild<Chart*>(QStringLiteral("f1Chart"));
        QTRY_VERIFY(loss->height() >= 120 && f1->height() >= 120);
        const double share = double(f1->parentWidget()->height()) / loss->parentWidget()->height();
        QVERIFY2(share > 1.7 && share < 2.3, qPrintable(QString::number(share)));
        auto* views = details->findChild<QStackedWidget*>();
        QVERIFY2(views->height() >= 240, qPrintable(QString::number(views->height())));
        const auto onPage = [&](const QWidget* widget) {
            return details->rect().contains(QRect(widget->mapTo(details, QPoint()), widget->size()));
        };
        auto* pinned = details->findChild<QTableView*>(QStringLiteral("pinnedScores"));
        const int last = pinned->model()->rowCount() - 1;
        const QSize whole = details->size();
        for (const int width : {whole.width(), 420}) {  // where its columns do not fit too
            details->resize(width, whole.height());
            QTRY_VERIFY(pinned->rowViewportPosition(last) + pinned->rowHeight(last) <= pinned->viewport()->height());
        }
        details->resize(whole);
        QVERIFY(onPage(loss) && onPage(f1));
    }

    void linesOfTypesAreShownWhenAskedForInTheColoursOfTheTypes() {
        Shown f;
        f.addGoldenRun(QStringLiteral("golden"));
        f.open();
        f.show();
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("golden"));
        auto* f1 = details->findChild<Chart*>(QStringLiteral("f1Chart"));
        auto* box = details->findChild<QCheckBox*>(QStringLiteral("typeLines"));
        const auto shows = [&](const QColor& colour) {
            const QImage image = f1->grab().toImage();
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == colour;
            return found > 10;
        };
        QVERIFY(!shows(Theme::labelColor("LOC", {})));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QTRY_VERIFY(shows(Theme::labelColor("LOC", {})));
        QVERIFY(shows(Theme::labelColor("PER", {})));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QTRY_VERIFY(!shows(Theme::labelColor("LOC", {})));
    }

    void theReportOfARunIsWrittenFromTheMenu() {
        Shown f;
        f.addGoldenRun(QStringLiteral("golden"));
        f.open();
        f.show();
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("golden"));
        const QString path = f.folder() + QStringLiteral("/../report.html");
        dialogs::Answers answers;
        answers.files = [path](const dialogs::FileRequest&) { return QStringList{path}; };
        dialogs::setAnswers(answers);
        QSignalSpy told(details, &RunDetails::statusMessage);
        auto* menu = details->findChild<QMenu*>(QStringLiteral("runExportMenu"));
        Q_EMIT menu->aboutToShow();
        menu->findChild<QAction*>(QStringLiteral("exportReport"))->trigger();
        MNERVA_WAIT(told.size() == 1);
        dialogs::setAnswers({});
        QFile page(path);
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray html = page.readAll();
        QVERIFY(html.contains("Run golden") && html.contains("<polyline") && !html.contains("<script"));
    }

    void anEventCostsTheSameHoweverLongTheRunIs() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        QDir().mkpath(f.folder() + QStringLiteral("/runs/live"));  // the stand-in makes none
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("live"));
        const std::size_t before = details->lossChart().pointsTaken();
        MNERVA_WAIT(ended.size() == 1);
        const std::size_t points = f.page->host().history(QStringLiteral("live"))->points.size();
        QVERIFY(points > 3);
        // Each point goes into the plot once; twice at most for those of before the curve stood.
        QVERIFY(details->lossChart().pointsTaken() - before <= points + 1);
    }

    void whatARunCanDoFollowsItsState() {
        Shown f;
        f.addRun(QStringLiteral("r1"), "cancelled", false);
        f.open();
        f.show();
        QVERIFY(f.button("resumeRun").isEnabled());
        QVERIFY(!f.button("useAsSuggestions").isEnabled());
        QVERIFY(f.button("deleteRun").isEnabled());
    }

    void aRunIsWatchedToItsEnd() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        QVERIFY(f.jobs.isBusy());
        MNERVA_WAIT(ended.size() == 1);
        QVERIFY(!f.jobs.isBusy());
        QCOMPARE(ended.at(0).at(1).value<protocol::RunState>(), protocol::RunState::Succeeded);
    }

    void aFailedRunSaysWhyInThePage() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("early"));
        MNERVA_WAIT(ended.size() == 1);
        QVERIFY(f.page->findChild<Banner*>()->text().contains(QStringLiteral("config.json")));
    }

    void checksThatStopARunAreAskedAboutAndCanBeOverruled() {
        Shown f;
        f.open();
        f.show();
        f.answer = 1;  // do not train
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("checks"));
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(f.asked, QStringList{QStringLiteral("checks-stopped")});
        QCOMPARE(ended.at(0).at(1).value<protocol::RunState>(), protocol::RunState::Failed);
        f.answer = 0;
        f.start(QStringLiteral("again"), QStringLiteral("checks"));
        MNERVA_WAIT(ended.size() == 3);
        QCOMPARE(ended.at(2).at(0).toString(), QStringLiteral("again"));
        QCOMPARE(ended.at(2).at(1).value<protocol::RunState>(), protocol::RunState::Succeeded);
    }

    void countsInFindingsAreWrittenAsTheLanguageWritesThem() {
        const QLocale before;
        const auto restore = qScopeGuard([&] { QLocale::setDefault(before); });
        QLocale::setDefault(QLocale(QLocale::English));
        protocol::TrainCheck check;
        check.code = "pictures-unreadable";
        check.args = {"1204", "4000"};
        QCOMPARE(checkText(check), QStringLiteral("1,204 of 4,000 pictures are missing or cannot be read"));
    }

    void typesStandInTheProjectsOrder() {
        const LabelSet labels{{"PER", "LOC", "ORG", "MISC"}, {}};
        const std::set<std::string> types{"LOC", "MISC", "OTHER", "PER"};
        QCOMPARE(inProjectOrder(types, labels), (std::vector<std::string>{"PER", "LOC", "MISC", "OTHER"}));
    }

    void splitsInFindingsAreCalledAsTheLanguageCallsThem() {
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/translations/mnerva_zh_CN.qm")));
        protocol::TrainCheck check;
        check.code = "picture-near-in-two-splits";
        check.count = 1204;
        check.args = {"1204", "train/test 40, valid/test 1164"};
        check.examples = {"test 9 = train 1", "test train = valid 3"};
        QVERIFY(checkText(check).contains(QStringLiteral("(train / test 40, valid / test 1,164)")));
        QVERIFY(checkParagraph(check).endsWith(
            QStringLiteral("    test 9 = train 1\n    test train = valid 3\n    and 1,202 more")));
        QCoreApplication::installTranslator(&chinese);
        const QString text = checkText(check), paragraph = checkParagraph(check);
        QCoreApplication::removeTranslator(&chinese);
        QVERIFY2(text.contains(QStringLiteral("训练集 / 测试集")), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("train")), qPrintable(text));
        // The id of a post stays what it is.
        QVERIFY2(paragraph.contains(QStringLiteral("测试集 train = 验证集 3")), qPrintable(paragraph));
    }

    void aLeakIntoTheTestIsToldBesideItsScoreAndShowsItsPosts() {
        protocol::TrainCheck leak;
        leak.code = "picture-near-in-two-splits";
        leak.count = 2;
        leak.args = {"2", "train/test 2"};
        leak.posts = std::vector<std::int64_t>{8, 3, 9};
        QVERIFY(leaksIntoTest(leak));
        protocol::TrainCheck other = leak;
        other.args[1] = "train/valid 2";
        QVERIFY(!leaksIntoTest(other));
        other.code = "orphan-inside-tag";
        other.args[1] = "test 2";
        QVERIFY(!leaksIntoTest(other));
        protocol::RunHistory history;
        history.checks = {other, leak};
        RunNotes notes;
        notes.show(history);
        QCOMPARE(notes.count(), 2);
        const auto* first = notes.findChild<QLabel*>(QStringLiteral("note-1"));  // the gravest
        QVERIFY(first);
        QCOMPARE(first->text(), checkText(leak));
        QCOMPARE(first->font().pointSizeF(), Theme::bodyFont().pointSizeF());
        QSignalSpy wanted(&notes, &RunNotes::postsWanted);
        QTest::mouseClick(notes.findChild<QPushButton*>(QStringLiteral("showPosts-1")), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<std::vector<PostId>>(), (std::vector<PostId>{PostId{8}, PostId{3}, PostId{9}}));
        other.posts.reset();  // of a run that an older engine made
        history.checks = {other};
        notes.show(history);
        QVERIFY(!notes.findChild<QPushButton*>());
    }

    void wordsOfPostsInAQuestionAreNoHtml() {
        const QString text = QStringLiteral("<b>RT</b> & more");
        const std::unique_ptr<QMessageBox> box(
            dialogs::makeBox(nullptr, {QStringLiteral("q"),
                                       QStringLiteral("Title"),
                                       text,
                                       text,
                                       {QStringLiteral("Do"), QStringLiteral("Do not")}}));
        int shown = 0;
        for (const QLabel* label : box->findChildren<QLabel*>())
            if (label->text() == text) {
                ++shown;
                QCOMPARE(label->textFormat(), Qt::PlainText);
            }
        QCOMPARE(shown, 2);
        QCOMPARE(box->defaultButton()->text(), QStringLiteral("Do not"));
    }

    void stopAsksOnlyWhenWorkIsLost() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        MNERVA_WAIT(f.page->host().history(QStringLiteral("live"))->points.size() > 2);
        f.page->findChild<QTableView*>(QStringLiteral("runList"))
            ->selectRow(f.page->host().runs().rowOf(QStringLiteral("live")));
        f.answer = 2;  // go on
        f.button("stopRun").click();
        QCOMPARE(f.asked, QStringList{QStringLiteral("stop-run")});
        QVERIFY(!f.page->host().process(QStringLiteral("live"))->stopAsked());
        f.answer = 0;
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.button("stopRun").click();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(1).value<protocol::RunState>(), protocol::RunState::Cancelled);
    }

    void theQuestionBeforeStoppingFollowsTheRun() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("endless"));
        const auto history = [&] { return f.page->host().history(QStringLiteral("live")); };
        const auto epoch = [&] { return history() ? history()->epoch : 0; };
        const auto standStill = [&] { f.page->host().process(QStringLiteral("live"))->pause(); };
        MNERVA_WAIT(epoch() >= 1);
        standStill();
        MNERVA_WAIT(history() && history()->state == protocol::RunState::Paused);
        const int first = epoch();
        f.page->findChild<QTableView*>(QStringLiteral("runList"))
            ->selectRow(f.page->host().runs().rowOf(QStringLiteral("live")));
        f.answer = 2;  // go on
        f.button("stopRun").click();
        QVERIFY(f.last.now);
        const std::unique_ptr<QMessageBox> box(dialogs::makeBox(nullptr, f.last));
        QVERIFY2(box->text().contains(QStringLiteral("epoch %1").arg(first)), qPrintable(box->text()));
        f.page->host().process(QStringLiteral("live"))->resume();
        MNERVA_WAIT(epoch() > first);
        standStill();  // while the box catches up
        MNERVA_WAIT(history() && history()->state == protocol::RunState::Paused);
        MNERVA_WAIT(box->text().contains(QStringLiteral("epoch %1").arg(epoch())));
        QVERIFY2(box->informativeText().contains(QStringLiteral("checkpoint")), qPrintable(box->informativeText()));
        for (const QLabel* label : box->findChildren<QLabel*>())
            if (label->text() == box->informativeText()) QCOMPARE(label->textFormat(), Qt::PlainText);
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.page->host().process(QStringLiteral("live"))->stop();
        MNERVA_WAIT(ended.size() == 1);
        MNERVA_WAIT(box->text().contains(QStringLiteral("has ended")));
    }

    void theTestScoreIsShownWhenAskedFor() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        MNERVA_WAIT(ended.size() == 1);
        MNERVA_WAIT(f.page->findChild<QTableView*>(QStringLiteral("runList"))->model()->rowCount() == 1);  // no folder
        // A run as the trainer leaves it, with its test.
        const QString folder = f.folder() + QStringLiteral("/runs/tested/");
        f.addRun(QStringLiteral("tested"));
        writeFile(folder + QStringLiteral("events.jsonl"),
                  R"({"event":"eval","epoch":1,"split":"valid","rule":"conll-strict","micro":{"f1":0.5},"types":{}})"
                  "\n"
                  R"({"event":"eval","epoch":1,"split":"test","rule":"conll-strict","micro":{"f1":0.77},"types":{}})"
                  "\n"
                  R"({"event":"end","outcome":"succeeded","best_epoch":1})"
                  "\n");
        f.page->host().refresh();
        MNERVA_WAIT(f.page->host().runs().rowOf(QStringLiteral("tested")) >= 0);
        auto* details = f.page->findChild<RunDetails*>();
        details->setRun(QStringLiteral("tested"));
        const auto allText = [&] {
            QString all;
            for (const QLabel* label : details->findChildren<QLabel*>()) all += label->text() + QLatin1Char('\n');
            for (const QTableView* table : details->findChildren<QTableView*>())
                for (int row = 0; row < table->model()->rowCount(); ++row)
                    for (int column = 0; column < table->model()->columnCount(); ++column)
                        all += table->model()->index(row, column).data().toString() + QLatin1Char('|');
            return all;
        };
        auto* show = details->findChild<QCheckBox*>(QStringLiteral("showTest"));
        auto* table = details->findChild<QTableView*>(QStringLiteral("epochTable"));
        QVERIFY(show->isVisible());
        QVERIFY2(allText().contains(QStringLiteral("50.00|0|")), qPrintable(allText()));
        QCOMPARE(allText().count(QStringLiteral("CoNLL, strict")), 1);
        QVERIFY(!allText().contains(QStringLiteral("77.00")));
        QCOMPARE(table->model()->rowCount(), 1);
        QTest::mouseClick(show, Qt::LeftButton, {}, QPoint(8, show->height() / 2));
        QVERIFY2(allText().contains(QStringLiteral("77.00|0|")), qPrintable(allText()));
        QCOMPARE(table->model()->rowCount(), 2);
        details->setRun(QStringLiteral("r1"));
        QVERIFY(!show->isVisible());  // that run has none
    }

    void theEndOfARunNamesTheSplitAndTheRule() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        MNERVA_WAIT(ended.size() == 1);
        const QString said = f.page->findChild<Banner*>()->text();
        QVERIFY2(said.contains(QStringLiteral("validation F1 80.00 (epoch 3 · seqeval, lenient)")), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("77")));
    }

    void aFinishedRunIsALayerOfItsName() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        writeFile(f.folder() + QStringLiteral("/runs/live/predictions-test.jsonl"),
                  R"({"index": 0, "tags": ["B-PER", "O", "O"], "boxes": [{"first": 0, "last": 0, "left": 1, "top": 2, )"
                  R"("width": 30, "height": 40}]})"
                  "\n");
        QSignalSpy stored(&f.page->host(), &TrainHost::layerStored);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        MNERVA_WAIT(stored.size() == 1);
        const auto layerOf = [&](const std::string& name) {
            const auto& layers = f.session.layers();
            const auto found =
                std::find_if(layers.begin(), layers.end(), [&](const auto& l) { return l.name == name; });
            return found == layers.end() ? project::LayerInfo() : *found;
        };
        MNERVA_WAIT(layerOf("live").posts == 1);
        QCOMPARE(layerOf("live").entities, 1);
        // Of a run that grounds its entities the layer has their boxes, as one of `predict` has.
        const auto project = project::Project::open(toPath(f.folder()), project::OpenMode::ReadOnly, "test");
        const auto boxes = project::entityBoxesOf(*project, "live");
        QVERIFY(boxes.has_value());
        QCOMPARE(boxes->size(), std::size_t(1));
        QVERIFY((boxes->begin()->second == std::vector<EntityBox>{{0, 0, 1, 2, 30, 40}}));
        const QString said = f.page->findChild<Banner*>()->text();
        QVERIFY2(said.contains(QStringLiteral("layer live")), qPrintable(said));
    }

    void predictionsThatDoNotFitAreTold() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        writeFile(f.folder() + QStringLiteral("/runs/live/predictions-test.jsonl"), R"({"index": 0, "tags": ["O"]})");
        QSignalSpy failed(&f.page->host(), &TrainHost::failed);
        f.start(QStringLiteral("live"), QStringLiteral("good"));
        MNERVA_WAIT(failed.size() == 1);
        QVERIFY(f.page->findChild<Banner*>()->text().contains(QStringLiteral("predictions-test.jsonl")));
        QCOMPARE(f.session.layers().size(), std::size_t(2));  // gold and corrected
    }

    void aStartThatFailedGivesItsNameBack() {
        const QTemporaryDir account;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", account.path().toUtf8());
        const auto restore = qScopeGuard([&] { qputenv("XDG_DATA_HOME", before); });
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        // What a start leaves that came as far as its folder.
        writeFile(f.folder() + QStringLiteral("/runs/mine/run.json"), R"({"run":"mine","system":"mpcfn"})");
        writeFile(f.folder() + QStringLiteral("/runs/mine/events.jsonl"),
                  R"({"event":"end","outcome":"failed","error":{"code":"memory-exhausted","args":["training"]}})"
                  "\n");
        f.page->host().refresh();
        MNERVA_WAIT(f.page->host().runs().rowOf(QStringLiteral("mine")) >= 0);
        QCOMPARE(f.page->host().takenNames(), QStringList{QStringLiteral("r1")});
        NewRunDialog dialog(f.session, f.page->host());
        dialog.form().setRunName(QStringLiteral("mine"));
        QCOMPARE(dialog.form().problems().count(QStringLiteral("name")), std::size_t(0));
        dialog.form().setRunName(QStringLiteral("r1"));
        QCOMPARE(dialog.form().problems().count(QStringLiteral("name")), std::size_t(1));
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("mine"), QStringLiteral("good"));
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(1).value<protocol::RunState>(), protocol::RunState::Succeeded);
        QVERIFY(!QFile::exists(f.folder() + QStringLiteral("/runs/mine/events.jsonl")));
        QVERIFY(QFile::exists(account.filePath(QStringLiteral("Trash/files/mine/events.jsonl"))));
    }

    void pauseBecomesContinue() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.page->findChild<QTableView*>(QStringLiteral("runList"))
            ->selectRow(f.page->host().runs().rowOf(QStringLiteral("live")));
        const QString before = f.button("pauseRun").text();
        f.button("pauseRun").click();
        MNERVA_WAIT(f.button("pauseRun").text() != before);
        QCOMPARE(f.jobs.jobs().front()->state(), JobState::Paused);
        f.button("pauseRun").click();
        MNERVA_WAIT(f.button("pauseRun").text() == before);
    }

    void theJobsCancelStopsTheRun() {
        Shown f;
        f.open();
        f.show();
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.jobs.cancelAll();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(ended.at(0).at(1).value<protocol::RunState>(), protocol::RunState::Cancelled);
    }

    void deletingAsksFirstAndGoesToTheTrashEvenOfAFreshAccount() {
        const QTemporaryDir account;
        const QString data = account.filePath(QStringLiteral("not/yet/there"));
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", data.toUtf8());
        const auto restore = qScopeGuard([&] { qputenv("XDG_DATA_HOME", before); });
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        f.answer = 1;
        f.button("deleteRun").click();
        QCOMPARE(f.asked, QStringList{QStringLiteral("delete-run")});
        QVERIFY(QDir(f.folder() + QStringLiteral("/runs/r1")).exists());
        f.answer = 0;
        f.button("deleteRun").click();
        MNERVA_WAIT(!QDir(f.folder() + QStringLiteral("/runs/r1")).exists());
        MNERVA_WAIT(f.page->host().runs().rowCount() == 0);
        QVERIFY(QDir(data + QStringLiteral("/Trash/files/r1")).exists());
        QVERIFY(!QDir(QStringLiteral("files/r1")).exists());
    }

    void aRunThatAProcessTrainsIsNotDeleted() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        const QString folder = f.folder() + QStringLiteral("/runs/r1");
        std::vector<ErrorCode> failures;
        connect(&f.page->host(), &TrainHost::failed, this,
                [&](const QString&, const Error& error) { failures.push_back(error.code()); });
        {
            const RunLock lock = RunLock::take(toPath(folder));
            f.page->host().remove(QStringLiteral("r1"));
            MNERVA_WAIT(failures == std::vector<ErrorCode>{ErrorCode::RunBusy});
        }
        QVERIFY(QFile::exists(folder + QStringLiteral("/model.safetensors")));
    }

    void predictionsBecomeSuggestions() {
        Shown f;
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy ready(&f.page->host(), &TrainHost::suggestionsReady);
        f.button("useAsSuggestions").click();
        MNERVA_WAIT(ready.size() == 1);
        QCOMPARE(f.session.suggestionLayer(), QStringLiteral("r1"));
        MNERVA_WAIT(f.session.layers().size() >= 2);
        QVERIFY(!f.page->host().isPredicting());
    }

    void aPredictionThatFailsChangesNothing() {
        Shown f;
        qputenv("MNERVA_FAKE", "predict=fail");
        f.addRun(QStringLiteral("r1"));
        f.open();
        f.show();
        QSignalSpy failed(&f.page->host(), &TrainHost::failed);
        f.button("useAsSuggestions").click();
        MNERVA_WAIT(failed.size() == 1);
        QVERIFY(f.session.suggestionLayer().isEmpty());
        QVERIFY(!f.jobs.isBusy());
    }

    void aRunOverFoldsTellsItsFoldAndItsJudgementsBecomeALayer() {
        Shown f;
        f.open();
        f.show();
        writeFile(f.folder() + QStringLiteral("/runs/judges/held-out.jsonl"),
                  R"({"format":1,"folds":2,"seed":1,"layer":"gold","tags":["O","B-PER"]})"
                  "\n"
                  R"({"id":"a","number":1,"fold":1,"entities":[{"type":"PER","first":0,"last":0}],)"
                  R"("tags":["B-PER","O","O"],"p":[[0.1,0.9],[1,0],[1,0]]})"
                  "\n"
                  R"({"id":"gone","number":99,"fold":2,"entities":[],"tags":["O"],"p":[[1,0]]})"
                  "\n");
        f.page->asked(QStringLiteral("folds"));
        auto* dialog = f.page->findChild<NewRunDialog*>();
        QVERIFY(dialog);
        auto* holdOut = dialog->findChild<QCheckBox*>(QStringLiteral("holdOut"));
        auto* folds = dialog->findChild<QSpinBox*>(QStringLiteral("folds"));
        QVERIFY(holdOut->isChecked() && !holdOut->toolTip().isEmpty());
        MNERVA_WAIT(!dialog->isChecking());
        MNERVA_WAIT(dialog->form().problems().count(QStringLiteral("folds")) == 1);  // five folds of two posts
        QVERIFY(!dialog->form().isReady());
        folds->setValue(2);
        dialog->findChild<QLineEdit*>(QStringLiteral("runName"))->setFocus();
        dialog->form().setRunName(QStringLiteral("judges"));
        MNERVA_WAIT(dialog->form().isReady());
        QVERIFY(dialog->findChild<QPlainTextEdit*>(QStringLiteral("commandLine"))
                    ->toPlainText()
                    .endsWith(QStringLiteral("--folds 2")));
        QSignalSpy stored(&f.page->host(), &TrainHost::heldOutStored);
        QStringList told;
        connect(&f.jobs, &JobHost::jobChanged, this, [&](const Job* job) { told << job->detail(); });
        qputenv("MNERVA_FAKE", "train=long");
        dialog->accept();
        MNERVA_WAIT(stored.size() == 1);
        QVERIFY2(told.contains(QStringLiteral("fold 2 of 2, epoch 1 of 3")), qPrintable(told.join(u'|')));
        const auto isStored = [&] {
            return std::any_of(f.session.layers().begin(), f.session.layers().end(),
                               [](const auto& layer) { return layer.name == "judges" && layer.posts == 1; });
        };
        MNERVA_WAIT(isStored());
        const auto* banner = f.page->findChild<Banner*>();
        QSignalSpy wanted(f.page.get(), &Page::pageWanted);
        const auto buttons = banner->findChildren<QPushButton*>();
        const auto see = std::find_if(buttons.begin(), buttons.end(),
                                      [](const auto* b) { return b->text() == QLatin1String("See the label errors"); });
        QVERIFY(see != buttons.end());
        (*see)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("cases:doctor"));
        NewRunDialog again(f.session, f.page->host());
        QVERIFY(!again.form().holdsOut());
        QCOMPARE(again.form().folds(), 2);
    }

    void aRunOverFoldsIsCancelledAsAnyOther() {
        Shown f;
        f.open();
        f.show();
        qputenv("MNERVA_FAKE", "train=endless");
        QSignalSpy ended(&f.page->host(), &TrainHost::runEnded);
        f.page->host().start(QStringLiteral("judges"),
                             {QStringLiteral("train"), f.folder(), QStringLiteral("--folds"), QStringLiteral("2")},
                             QStringLiteral("mpcfn"), {});
        const auto isAtWork = [&] {
            const protocol::RunHistory* history = f.page->host().history(QStringLiteral("judges"));
            return history && history->fold == 1 && history->epoch > 0;
        };
        MNERVA_WAIT(isAtWork());
        f.jobs.jobs().front()->cancel();
        MNERVA_WAIT(ended.size() == 1);
        QCOMPARE(f.stateOf(QStringLiteral("judges")), protocol::RunState::Cancelled);
    }

    void destroyingThePageStopsWhatRuns() {
        Shown f;
        f.open();
        f.show();
        f.start(QStringLiteral("live"), QStringLiteral("long"));
        f.page.reset();
        QVERIFY(!f.jobs.isBusy());
    }
};

int main(int argc, char** argv) {
    return runTagTest<TrainPageTest>(argc, argv);
}
#include "train_page_test.moc"
