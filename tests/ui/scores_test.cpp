#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QXmlStreamReader>

#include "core/domain/palette.h"
#include "core/project/entity_boxes.h"
#include "ui/charts/bar_charts.h"
#include "ui/charts/chart.h"
#include "ui/pages/scores/scores_page.h"
#include "ui/pages/scores/slices_view.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/language.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

constexpr int kWait = 20000;
using Layer = std::vector<std::pair<int, std::vector<Entity>>>;

Entity entity(const char* type, int first, int last) {
    return {type, first, last, 0.9};
}

std::vector<Post> somePosts() {
    std::vector<Post> posts{makePost("a", {"Kevin", "Durant", "in", "Toronto"}, {"B-PER", "I-PER", "O", "B-LOC"}),
                            makePost("b", {"NBA", "in", "Paris"}, {"B-ORG", "O", "B-LOC"}),
                            makePost("c", {"nothing", "here"}), makePost("d", {"Messi", "scores"}, {"B-PER", "O"})};
    for (Post& post : posts) post.split = Split::Test;
    posts.push_back(makePost("t", {"Paris", "calls"}, {"B-LOC", "O"}));  // train
    return posts;
}

/// `good` misses NBA; `bad` moves a border, swaps a type, invents one and misses one.
const Layer kGood{
    {0, {entity("PER", 0, 1), entity("LOC", 3, 3)}}, {1, {entity("LOC", 2, 2)}}, {2, {}}, {3, {entity("PER", 0, 0)}}};
const Layer kBad{{0, {entity("PER", 0, 0), entity("PER", 3, 3)}},
                 {1, {entity("ORG", 0, 0)}},
                 {2, {entity("ORG", 0, 0)}},
                 {3, {entity("PER", 0, 0)}}};

void store(const QString& folder, const char* name, const Layer& layer) {
    auto project = project::Project::open(toPath(folder), project::OpenMode::ReadWrite, "test");
    const auto rows = project->summaries({}, 100);
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    for (const auto& [row, entities] : layer)
        predictions.emplace_back(rows.at(static_cast<std::size_t>(row)).id, entities);
    project->storePredictions(name, predictions);
}

/// By the key of the page.
void goToScores(MainWindow& window) {
    QApplication::setActiveWindow(&window);
    const QKeyCombination key = window.registry().key(QStringLiteral("page.scores"))[0];
    QTest::keyClick(&window, key.key(), key.keyboardModifiers());
    QCOMPARE(window.currentPage(), QStringLiteral("scores"));
}

/// The window on a project of five posts with these layers, the page Scores shown by its key.
struct Shown {
    explicit Shown(const std::vector<std::pair<const char*, Layer>>& layers = {{"good", kGood}, {"bad", kBad}},
                   const std::vector<Post>& posts = somePosts()) {
        test::makeProject(path(), posts);
        for (const auto& [name, layer] : layers) store(path(), name, layer);
        window = std::make_unique<test::Window>();
        window->resize(1280, 800);
        window->show();
        window->openProject(path());
        QTRY_VERIFY_WITH_TIMEOUT(window->session().hasView(), kWait);
        goToScores(*window);
        page = window->findChild<ScoresPage*>();
        QVERIFY(page);
    }
    ~Shown() {
        dialogs::setAnswers({});
        window->jobs().cancelAll();
    }
    void ready() {
        QTRY_VERIFY_WITH_TIMEOUT(page->host().state() == ScoresHost::State::Ready && !page->host().isComputing(),
                                 kWait);
    }
    QTableView* table(const char* name) { return page->findChild<QTableView*>(QLatin1String(name)); }
    QString cell(int row, int column) { return table("systemsTable")->model()->index(row, column).data().toString(); }
    int shownPosts() { return static_cast<int>(window->session().visibleRows().size()); }
    QComboBox* box(const char* name) { return page->findChild<QComboBox*>(QLatin1String(name)); }
    /// As a person does: opens the box, goes to a line and presses Enter.
    void pick(const char* name, const QVariant& data) {
        QComboBox* of = box(name);
        const int index = of->findData(data);
        QVERIFY(index >= 0);
        of->setCurrentIndex(index);
        Q_EMIT of->activated(index);
        ready();
    }
    template <class Chart>
    Chart* chart(const char* name) {
        return page->findChild<Chart*>(QLatin1String(name));
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }

    QTemporaryDir folder;
    std::unique_ptr<MainWindow> window;
    ScoresPage* page = nullptr;
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class ScoresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
        Theme::install(Theme::Choice::Light);
        useLanguage(QStringLiteral("en"));
        settings::setScoresInPercent(true);
    }
    void cleanup() { dialogs::setAnswers({}); }

    void theSystemsAreScoredOnTheTestPosts() {
        Shown f;
        f.ready();
        QAbstractItemModelTester tester(f.table("systemsTable")->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(f.box("scoresSplit")->currentText(), QStringLiteral("test"));
        QCOMPARE(f.cell(0, systems_table::kSystem), QStringLiteral("good"));
        QCOMPARE(f.cell(0, systems_table::kPrecision), QStringLiteral("100.00"));
        QCOMPARE(f.cell(0, systems_table::kRecall), QStringLiteral("80.00"));
        QCOMPARE(f.cell(1, systems_table::kF1), QStringLiteral("40.00"));  // 2 of 5 and 5
        QCOMPARE(f.cell(1, systems_table::kPosts), QStringLiteral("4"));
        QVERIFY(f.cell(0, systems_table::kInterval).contains(QStringLiteral(" to ")));
    }
    void anotherRuleAndOtherPostsGiveOtherFigures() {
        Shown f;
        f.ready();
        f.pick("scoresRule", static_cast<int>(eval::Rule::NervaluateExact));
        QCOMPARE(f.cell(1, systems_table::kF1), QStringLiteral("60.00"));  // Toronto counts, whatever its type
        f.pick("scoresSplit", -1);
        QVERIFY(f.page->findChild<Banner*>(QStringLiteral("scoresBanner"))->text().contains(QStringLiteral("4 of 5")));
    }
    void aMistakeOpensItsPosts() {
        Shown f;
        f.ready();
        auto* mistakes = f.chart<StackedBars>("mistakesChart");
        QCOMPARE(mistakes->rows().at(1).counts,
                 (std::vector<int>{1, 1, 0, 1, 1}));  // bad: type, boundary, both, missed, spurious
        QVERIFY(!mistakes->parts().empty());
        // The first part is good's missed NBA.
        QTest::mouseClick(mistakes, Qt::LeftButton, {}, mistakes->parts().front().rect.center().toPoint());
        QCOMPARE(f.shownPosts(), 1);
        QTRY_COMPARE(fromUtf8(f.window->session().view().post.externalId), QStringLiteral("b"));
        auto* banner = f.window->findChild<Banner*>(QStringLiteral("windowBanner"));
        QVERIFY(banner->text().contains(QStringLiteral("good: missed")));
        QCOMPARE(f.window->findChild<QListView*>(QStringLiteral("postList"))->model()->rowCount(), 1);
        f.window->session().showOnly({});
        QCOMPARE(f.shownPosts(), 5);
    }
    void theKeyboardReachesEveryPartOfAChart() {
        Shown f;
        f.ready();
        auto* mistakes = f.chart<StackedBars>("mistakesChart");
        mistakes->setFocus();
        QSignalSpy pressed(mistakes, &PressableChart::pressed);
        for (std::size_t i = 0; i + 1 < mistakes->parts().size(); ++i) QTest::keyClick(mistakes, Qt::Key_Right);
        QCOMPARE(mistakes->currentPart(), static_cast<int>(mistakes->parts().size()) - 1);
        QTest::keyClick(mistakes, Qt::Key_Home);
        QCOMPARE(mistakes->currentPart(), 0);
        QTest::keyClick(mistakes, Qt::Key_Return);
        QCOMPARE(pressed.count(), 1);
    }
    void enterOnAFigureShowsWhereTheSystemIsWrong() {
        Shown f;
        f.ready();
        auto* systems = f.table("systemsTable");
        systems->setCurrentIndex(systems->model()->index(1, systems_table::kF1));
        f.ready();
        QTest::keyClick(systems, Qt::Key_Return);
        QCOMPARE(f.shownPosts(), 3);  // a, b, c
        goToScores(*f.window);
        int loc = -1;
        for (int column = systems_table::kFirstType; column < systems->model()->columnCount(); ++column)
            if (systems->model()->headerData(column, Qt::Horizontal).toString() == QLatin1String("LOC")) loc = column;
        QVERIFY(loc > 0);
        systems->setCurrentIndex(systems->model()->index(1, loc));
        QTest::keyClick(systems, Qt::Key_Return);
        QCOMPARE(f.shownPosts(), 2);  // Toronto as PER, Paris missed
    }
    void theConfusionHasTheLabelsOfBothSides() {
        Shown f;
        f.ready();
        f.table("systemsTable")->setCurrentIndex(f.table("systemsTable")->model()->index(1, 0));
        f.ready();
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kConfusion);
        auto* confusion = f.table("confusionTable");
        QTRY_COMPARE(confusion->model()->rowCount(), 4);  // PER, LOC, ORG, O
        int loc = -1, per = -1;
        for (int i = 0; i < 4; ++i) {
            const QString name = confusion->model()->headerData(i, Qt::Vertical).toString();
            if (name == QLatin1String("LOC")) loc = i;
            if (name == QLatin1String("PER")) per = i;
        }
        QTRY_COMPARE(confusion->model()->index(loc, per).data().toString(), QStringLiteral("1"));
        confusion->setCurrentIndex(confusion->model()->index(loc, per));
        QTest::keyClick(confusion, Qt::Key_Return);
        QCOMPARE(f.shownPosts(), 1);
    }
    void stringsAndBucketsOpenTheirPostsToo() {
        Shown f;
        f.ready();
        auto* tabs = f.page->findChild<QTabBar*>();
        tabs->setCurrentIndex(ScoresPage::kStrings);
        auto* strings = f.table("stringsTable");
        QCOMPARE(strings->model()->rowCount(), 1);
        QCOMPARE(strings->model()->index(0, 0).data().toString(), QStringLiteral("NBA"));
        strings->setCurrentIndex(strings->model()->index(0, 0));
        QTest::keyClick(strings, Qt::Key_Return);
        QCOMPARE(f.shownPosts(), 1);
        goToScores(*f.window);
        tabs->setCurrentIndex(ScoresPage::kBuckets);
        f.pick("scoresProperty", static_cast<int>(eval::Property::SpanWords));
        auto* buckets = f.chart<IntervalChart>("bucketsChart");
        QCOMPARE(buckets->groups().size(), std::size_t(2));
        QVERIFY(buckets->groups().front().values.at(0)->interval);
        QVERIFY(!buckets->parts().empty());
        buckets->setFocus();
        QTest::keyClick(buckets, Qt::Key_Return);
        QVERIFY(f.shownPosts() < 5);
        // A property that training decides: Paris was seen there, and with this type.
        goToScores(*f.window);
        f.pick("scoresProperty", static_cast<int>(eval::Property::SeenWithOtherType));
        QVERIFY(buckets->groups().size() >= 2);
    }
    void theDifferenceOfTwoSystemsHasItsSignificance() {
        Shown f;
        f.ready();
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kDifference);
        const QString text = f.page->findChild<QLabel*>(QStringLiteral("comparisonText"))->text();
        QVERIFY2(text.contains(QStringLiteral("good − bad: +48.89")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("by randomisation")));
        f.pick("scoresRule", static_cast<int>(eval::Rule::StringsDocument));
        QVERIFY(f.page->findChild<QLabel*>(QStringLiteral("comparisonText"))
                    ->text()
                    .contains(QStringLiteral("one document")));
    }
    void figuresFollowACorrectionAndSayHowMuch() {
        Shown f;
        f.ready();
        f.pick("scoresTruth", QStringLiteral("corrected"));
        const QString before = f.cell(0, systems_table::kF1);
        // NBA in the second post is no entity, somebody decides: then `good` is wholly right.
        auto& session = f.window->session();
        const PostId post = session.summaries().at(1).id;
        session.setCurrentPost(post);
        QTRY_VERIFY_WITH_TIMEOUT(session.hasView() && session.view().post.id == post, kWait);
        QVERIFY(session.apply(project::removeEntity(session.view().state, session.view().state.entities.front())));
        QTRY_COMPARE_WITH_TIMEOUT(f.cell(0, systems_table::kF1), QStringLiteral("100.00"), kWait);
        QVERIFY(before != f.cell(0, systems_table::kF1));
        QVERIFY(f.cell(0, systems_table::kChange).startsWith(QStringLiteral("▲ +")));
        QVERIFY(!f.table("systemsTable")->isColumnHidden(systems_table::kChange));
        session.undo();
        QTRY_COMPARE_WITH_TIMEOUT(f.cell(0, systems_table::kF1), before, kWait);
        QVERIFY(f.cell(0, systems_table::kChange).startsWith(QStringLiteral("▼ −")));
    }
    void tablesAndFiguresAreSaved() {
        Shown f;
        f.ready();
        auto* menu = f.page->findChild<QMenu*>(QStringLiteral("scoresExportMenu"));
        const auto save = [&](const char* action, const QString& file) {
            const QString path = f.folder.filePath(file);
            dialogs::Answers answers;
            answers.files = [path](const dialogs::FileRequest&) { return QStringList{path}; };
            answers.run = [](QDialog&) { return int(QDialog::Accepted); };
            dialogs::setAnswers(answers);
            Q_EMIT menu->aboutToShow();
            auto* found = menu->findChild<QAction*>(QLatin1String(action));
            if (found && found->isEnabled()) found->trigger();
            return contentOf(path);
        };
        const QByteArray csv = save("exportScoresCsv", QStringLiteral("a.csv"));
        QVERIFY(csv.contains("good,micro avg,1.0000,0.8000,0.8889,5,4,4"));
        QVERIFY(csv.startsWith("# ") && csv.contains("rule seqeval-lenient"));
        QVERIFY(save("exportScoresLatex", QStringLiteral("a.tex")).contains("\\toprule"));
        QVERIFY(save("exportViewCsv", QStringLiteral("b.csv")).contains("boundary"));
        for (const int tab : {int(ScoresPage::kMistakes), int(ScoresPage::kBuckets), int(ScoresPage::kDifference)}) {
            f.page->findChild<QTabBar*>()->setCurrentIndex(tab);
            const QByteArray svg = save("exportFigure", QStringLiteral("c%1.svg").arg(tab));
            QVERIFY(svg.contains("rule seqeval, lenient"));
            QXmlStreamReader xml(svg);
            while (!xml.atEnd()) xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        }
        QVERIFY(save("exportFigure", QStringLiteral("d.pdf")).startsWith("%PDF"));
        QVERIFY(!QImage::fromData(save("exportFigure", QStringLiteral("d.png"))).isNull());
        // Tables leave as figures too.
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kConfusion);
        for (const char* action : {"exportFigure", "exportScoresFigure"}) {
            const QByteArray svg = save(action, QStringLiteral("%1.svg").arg(QLatin1String(action)));
            QVERIFY(svg.contains("rule seqeval, lenient") && svg.contains(">ORG</text>"));
        }
    }
    void aQueryLineIsWatchedAsASliceOverSystems() {
        Shown f;
        f.ready();
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kSlices);
        auto* query = f.page->findChild<QLineEdit*>(QStringLiteral("sliceQuery"));
        auto* note = f.page->findChild<QLabel*>(QStringLiteral("sliceNote"));
        QTableView* slices = f.table("slicesTable");
        QVERIFY(query->isVisible() && slices->model()->rowCount() == 0);
        const QString hint = note->text();
        QVERIFY(note->isVisible() && !hint.isEmpty());
        QTest::keyClicks(query, QStringLiteral("label:"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible() && note->text() != hint, kWait);
        QCOMPARE(slices->model()->rowCount(), 0);
        query->clear();
        QTest::keyClicks(query, QStringLiteral("label:ORG"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(slices->model()->rowCount(), 1, kWait);
        f.ready();
        const auto cell = [&](int column) { return slices->model()->index(0, column); };
        QVERIFY(!note->isVisible() && slices->isVisible());
        QCOMPARE(cell(slices_table::kName).data().toString(), QStringLiteral("label:ORG"));
        QCOMPARE(cell(slices_table::kPosts).data().toString(), QStringLiteral("1"));
        // Only NBA in Paris: good finds one of two, bad the other; of the one not compared with, the change is shown.
        const int good = slices_table::kFirstSystem, bad = good + 1;
        QVERIFY(cell(good).data().toString().startsWith(QStringLiteral("66.67")));
        QCOMPARE(cell(bad).data().toString(), QStringLiteral("66.67"));
        // What is watched already is not watched twice.
        QTest::keyClicks(query, QStringLiteral("label:ORG"));
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kWait);
        QCOMPARE(slices->model()->rowCount(), 1);
        // Enter opens the posts where the system is wrong.
        slices->setCurrentIndex(cell(good));
        Q_EMIT slices->activated(cell(good));
        QTRY_COMPARE_WITH_TIMEOUT(f.shownPosts(), 1, kWait);
    }
    void aSliceIsDeletedUnaskedAndPutBack() {
        Shown f;
        f.ready();
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kSlices);
        QTableView* slices = f.table("slicesTable");
        f.page->host().addSlice({"places", "label:LOC"});
        QTRY_COMPARE_WITH_TIMEOUT(slices->model()->rowCount(), 1, kWait);
        f.page->host().addSlice({"", "label:PER"});
        QTRY_COMPARE_WITH_TIMEOUT(slices->model()->rowCount(), 2, kWait);
        f.ready();
        slices->setFocus();
        slices->setCurrentIndex(slices->model()->index(0, 0));
        QTest::keyClick(slices, Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(slices->model()->rowCount(), 1, kWait);
        auto* banner = f.page->findChild<Banner*>(QStringLiteral("scoresBanner"));
        QVERIFY(banner->isVisible() && banner->text().contains(QStringLiteral("places")));
        QPushButton* back = nullptr;
        for (auto* button : banner->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Put it back")) back = button;
        QVERIFY(back);
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(slices->model()->rowCount(), 2, kWait);
        QCOMPARE(slices->model()->index(0, 0).data().toString(), QStringLiteral("places"));
        // The project keeps them.
        QVERIFY(!f.window->session().saveNow());
        QTRY_COMPARE_WITH_TIMEOUT(
            project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test")->setting("slices").empty(),
            false, kWait);
        const auto kept =
            workflow::readSlices(*project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test"));
        QCOMPARE(kept.size(), std::size_t(2));
    }
    void aPointOfTheReliabilityOpensItsPosts() {
        Shown f;
        f.ready();
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kReliability);
        auto* chart = f.chart<Chart>("scoresReliability");
        QVERIFY(chart->isVisible());
        // `bad` is sure of something wrong in two posts.
        f.table("systemsTable")->setCurrentIndex(f.table("systemsTable")->model()->index(1, 0));
        f.ready();
        QCOMPARE(f.page->host().answer()->choice.system, std::string("bad"));
        Q_EMIT chart->pointPressed(0, 0);
        QTRY_COMPARE_WITH_TIMEOUT(f.shownPosts(), 2, kWait);
    }
    void underGroundingARegionThatIsWrongIsAMistakeThatOpensItsPosts() {
        Shown f;
        f.ready();
        {
            auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
            QVERIFY(!project::entityBoxesOf(*project, "good"));
        }
        f.pick("scoresRule", int(eval::Rule::Grounding));
        for (const int row : {0, 1})
            QCOMPARE(f.cell(row, systems_table::kF1), QStringLiteral("no regions in this layer"));
        QVERIFY(f.page->host().wrongPosts(0).empty());
        // Gold shows Messi; `good` puts him elsewhere.
        const PostId messi = f.window->session().summaries().at(3).id;
        f.window->session().write(
            [messi](project::Project& project) {
                Region region;
                region.width = region.height = 10;
                region.origin = RegionOrigin::Xml;
                project.storeFileRegions("xml", {{messi, {{region}, {{{"PER", 0, 0, {}}, RegionId{1}}}}}});
                project::storeEntityBoxes(project, "good", {{messi, {{0, 0, 50, 0, 10, 10}}}});
            },
            [&](std::optional<Error> error) { QVERIFY(!error); });
        QTRY_VERIFY_WITH_TIMEOUT(!f.window->session().isSaving(), kWait);
        f.window->openProject(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(f.window->session().hasView(), kWait);
        goToScores(*f.window);
        f.ready();
        f.pick("scoresRule", int(eval::Rule::Grounding));
        QCOMPARE(f.page->host().answer()->table.rows.at(0).score.score.micro.correct, 3);
        QCOMPARE(f.cell(1, systems_table::kF1), QStringLiteral("no regions in this layer"));
        QCOMPARE(f.page->host().mistakePosts(0, std::nullopt, eval::Unit::kNone), std::vector<PostId>{messi});
        const auto& bars = f.chart<StackedBars>("mistakesChart")->rows();
        QCOMPARE(bars.at(0).counts.size(), std::size_t(6));
        QCOMPARE(bars.at(0).counts.back(), 1);
        Q_EMIT f.chart<StackedBars>("mistakesChart")->pressed(bars.at(0).ids.back());
        QTRY_COMPARE_WITH_TIMEOUT(f.shownPosts(), 1, kWait);
    }
    void kindsOfMistakesHaveColoursThatNoTypeHas() {
        for (const Theme::Choice choice : {Theme::Choice::Dark, Theme::Choice::Light}) {
            Theme::install(choice);
            for (int kind = 0; kind < kMistakeColours; ++kind)
                for (const char* type : {"PER", "LOC", "ORG", "MISC", "GPE"}) {
                    const QColor a = Theme::mistakeColor(kind), b = Theme::labelColor(type, {});
                    const int apart =
                        std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
                    QVERIFY2(apart > 60, qPrintable(QStringLiteral("%1 %2").arg(kind).arg(QLatin1String(type))));
                }
        }
    }
    void anEmptyPageSaysWhatIsMissing() {
        Shown f(std::vector<std::pair<const char*, Layer>>{});
        QTRY_VERIFY_WITH_TIMEOUT(f.page->host().state() == ScoresHost::State::NoLayers, kWait);
        auto* empty = f.page->findChild<EmptyState*>();
        QVERIFY(empty->isVisible());
        test::Window window;
        window.show();
        goToScores(window);
        auto* page = window.findChild<ScoresPage*>();
        QVERIFY(page && page->host().state() == ScoresHost::State::NoProject);
    }
    void oneClassOrNoGoldIsShownAndSaid() {
        std::vector<Post> posts{makePost("a", {"Paris"}), makePost("b", {"here"})};
        for (Post& post : posts) post.split = Split::Test;
        Shown f({{"run", {{0, {entity("LOC", 0, 0)}}, {1, {}}}}}, posts);
        f.ready();
        QCOMPARE(f.cell(0, systems_table::kF1), QStringLiteral("0.00"));
        QVERIFY(
            f.page->findChild<Banner*>(QStringLiteral("scoresBanner"))->text().contains(QStringLiteral("no entity")));
        f.page->findChild<QTabBar*>()->setCurrentIndex(ScoresPage::kDifference);
        QVERIFY(f.page->findChild<QLabel*>(QStringLiteral("comparisonText"))
                    ->text()
                    .contains(QStringLiteral("only one system")));
    }
    void whileABlindLayerIsMadeNoScoreIsSeen() {
        Shown s;
        s.ready();
        ProjectSession& session = s.window->session();
        bool isMade = false;
        session.write([](project::Project& project) { project.addAnnotator("ann", true); },
                      [&](const std::optional<Error>& error) { isMade = !error; });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, kWait);
        session.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(session.setEditedLayer(QStringLiteral("ann")) && session.isBlind(), kWait);
        QCOMPARE(s.page->host().state(), ScoresHost::State::Hidden);
        QVERIFY(!s.page->host().answer());
        QVERIFY(!s.table("systemsTable")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(session.hasView(), kWait);
        goToScores(*s.window);  // asked for anew
        s.page->activated();
        QCOMPARE(s.page->host().state(), ScoresHost::State::Hidden);
        auto* empty = s.page->findChild<EmptyState*>();
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), kWait);
        QTest::mouseClick(empty->button(), Qt::LeftButton);
        QVERIFY(!session.isBlind());
        s.ready();
        QVERIFY(s.table("systemsTable")->isVisible());
    }
    void chartsKeepTheirPartsInsideAtEveryWidth() {
        StackedBars bars;
        bars.setRows(
            {QStringLiteral("missed"), QStringLiteral("spurious")},
            {{QString(80, QLatin1Char('x')), {7, 100000}, {0, 1}, false}, {QStringLiteral("b"), {0, 3}, {2, 3}, true}});
        IntervalChart chart;
        IntervalChart::Value value{0.5, std::pair(0.25, 0.75), QStringLiteral("50.00"), 7};
        chart.setGroups({QStringLiteral("a"), QStringLiteral("b")},
                        {{QStringLiteral("x"), QStringLiteral("n = 1"), {value, std::nullopt}}}, false);
        for (const int width : {300, 700, 1600}) {
            for (PressableChart* one : {static_cast<PressableChart*>(&bars), static_cast<PressableChart*>(&chart)}) {
                one->resize(width, 400);
                one->grab();
                QVERIFY(!one->parts().empty());
                for (const ChartPart& part : one->parts())
                    QVERIFY(part.rect.left() >= 0 && part.rect.right() <= width + 1 && part.rect.width() > 0);
            }
        }
        QCOMPARE(bars.parts().size(), std::size_t(3));  // nothing for a count of 0
        QCOMPARE(chart.parts().size(), std::size_t(1));
    }

private:
    QTemporaryDir m_config;
};

QTEST_MAIN(ScoresTest)
#include "scores_test.moc"
