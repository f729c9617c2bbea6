#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "core/base/file.h"
#include "core/domain/palette.h"
#include "core/protocol/dynamics.h"
#include "core/protocol/influence.h"
#include "ui/charts/figure_dialog.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/agreement_view.h"
#include "ui/pages/cases/case_figure.h"
#include "ui/pages/cases/cases_page.h"
#include "ui/pages/cases/doctor_view.h"
#include "ui/pages/cases/dynamics_view.h"
#include "ui/pages/cases/lanes_view.h"
#include "ui/pages/data/statistics_model.h"
#include "ui/pages/tag/tag_canvas.h"
#include "ui/pages/train/epoch_table_model.h"
#include "ui/session/layer_button.h"
#include "ui/session/picture_view.h"
#include "ui/session/query_line.h"
#include "ui/shell/title_bar.h"
#include "ui/support/fake.h"
#include "ui/support/pdf_text.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"

// The page Cases in the whole window, by keys and mouse: filter, step, adopt, undo, export.

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

/// A gold entity over words 2 to 5, which a system sees too.
workflow::Case longEntity() {
    Post post;
    post.words = {"the", "old", "United", "Nations", "Security", "Council", "met", "today"};
    post.sourceTags.assign(post.words.size(), "O");
    const Entity entity{"ORGANISATION", 2, 5, {}};
    return workflow::makeCase(post,
                              {{"gold", project::LayerKind::Gold, true, false, {entity}},
                               {"run", project::LayerKind::Run, true, false, {entity}}},
                              "gold");
}

workflow::Case oneEntity(const std::string& type) {
    Post post;
    post.words = {"word"};
    post.sourceTags = {"O"};
    return workflow::makeCase(post, {{"gold", project::LayerKind::Gold, true, false, {{type, 0, 0, {}}}}}, "gold");
}

/// Whether a lane with an entity of the type has just this colour.
bool shows(const LanesStyle& style, const std::string& type, const LabelSet& labels, const QColor& colour) {
    const LanesPicture picture(oneEntity(type), labels, style, 300);
    QImage page(300, int(picture.height()) + 1, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    picture.paint(painter, QRectF(page.rect()));
    painter.end();
    for (int y = 0; y < page.height(); ++y)
        for (int x = 0; x < page.width(); ++x)
            if (page.pixelColor(x, y).name() == colour.name()) return true;
    return false;
}

/// Three posts with gold and two systems: "alpha" is right in all; "beta" has a border wrong and misses one in the
/// first, is right in the second and invents one in the third, which is Chinese.
class Compared {
public:
    explicit Compared(bool hasLayers = true) {
        QDir().mkpath(images());
        QImage photo(96, 64, QImage::Format_RGB32);
        photo.fill(QColor(30, 120, 200));
        photo.save(images() + QStringLiteral("/1.png"));
        Post first = makePost("1", {"JKF", "Ag", "met", "Rosemary", "Barasa", "today"},
                              {"B-ORG", "I-ORG", "O", "B-PER", "I-PER", "O"});
        first.images = {"1.png"};
        const Post second = makePost("2", {"Kevin", "in", "Toronto"}, {"B-PER", "O", "B-LOC"});
        Post third = makePost("3", {"多", "伦", "多", "🔥"}, {"B-LOC", "I-LOC", "I-LOC", "O"}, JoinRule::Nothing);
        makeProject(folder(), {first, second, third}, {"PER", "LOC", "ORG", "MISC"}, images());
        if (hasLayers) store();
        window = std::make_unique<test::Window>();
        window->resize(1280, 800);
        window->show();
        QApplication::setActiveWindow(window.get());
        window->openProject(folder());
        QTRY_VERIFY(window->session().isOpen() && window->session().hasView());
        QTRY_COMPARE(window->session().layers().size(), hasLayers ? 4u : 2u);
        QTest::keyClick(window.get(), Qt::Key_5, Qt::ControlModifier);
        QTRY_VERIFY(page());
        QTRY_VERIFY(page()->isVisible());
        if (hasLayers) QTRY_COMPARE(host().state(), CasesHost::State::Ready);
    }
    ~Compared() { dialogs::setAnswers({}); }

    QString folder() const { return m_folder.filePath(QStringLiteral("project")); }
    QString images() const { return m_folder.filePath(QStringLiteral("images")); }
    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    CasesPage* page() const { return window->findChild<CasesPage*>(); }
    CasesHost& host() const { return page()->host(); }
    ProjectSession& session() const { return window->session(); }
    QueryLine& query() const { return *window->titleBar()->query(); }
    QToolButton* button(const char* name) const { return page()->findChild<QToolButton*>(QLatin1String(name)); }
    LanesView* lanes() const { return page()->findChild<LanesView*>(); }
    QString shownId() const { return host().shown() ? fromUtf8(host().shown()->externalId) : QString(); }
    QString corrected() const { return spans(session().view().state.entities); }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(lanes(), Qt::Key(key), modifiers); }
    /// Opens the menu of a button and clicks an entry of it, then one of its sub-menu.
    void choose(const char* button, const QStringList& entries) {
        QMenu* menu = page()->findChild<QToolButton*>(QLatin1String(button))->menu();
        menu->popup(QPoint(10, 10));
        for (const QString& entry : entries) {
            QAction* wanted = nullptr;
            for (QAction* action : menu->actions())
                if (action->text().remove(QLatin1Char('&')) == entry || action->objectName() == entry) wanted = action;
            QVERIFY2(wanted, qPrintable(entry));
            if (wanted->menu()) {
                menu = wanted->menu();
                menu->popup(QPoint(60, 60));
                continue;
            }
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(wanted).center());
        }
        for (QWidget* open = QApplication::activePopupWidget(); open; open = QApplication::activePopupWidget())
            open->close();
    }
    void answerFile(const QString& path) {
        dialogs::Answers answers;
        answers.files = [path](const dialogs::FileRequest&) { return QStringList{path}; };
        dialogs::setAnswers(answers);
    }

    std::unique_ptr<test::Window> window;

private:
    void store() {
        const auto project = project::Project::open(toPath(folder()), project::OpenMode::ReadWrite, "test");
        const auto posts = project->posts({});
        const auto entity = [](const char* type, int first, int last, double confidence) {
            return Entity{type, first, last, confidence};
        };
        project->storePredictions("alpha", {{posts[0].id, {entity("ORG", 0, 1, .97), entity("PER", 3, 4, .95)}},
                                            {posts[1].id, {entity("PER", 0, 0, .9), entity("LOC", 2, 2, .9)}},
                                            {posts[2].id, {entity("LOC", 0, 2, .8)}}});
        project->storePredictions("beta", {{posts[0].id, {entity("ORG", 0, 0, .6)}},
                                           {posts[1].id, {entity("PER", 0, 0, .9), entity("LOC", 2, 2, .9)}},
                                           {posts[2].id, {entity("LOC", 0, 2, .8), entity("MISC", 3, 3, .3)}}});
    }
    QTemporaryDir m_folder;
};

QByteArray pdfOf(const QString& path) {
    return QByteArray::fromStdString(readFile(toPath(path)));
}

/// "boundary" and so on of each mark of a lane.
QString verdicts(const workflow::Case& shown, std::size_t lane) {
    QStringList out;
    for (const workflow::LaneEntity& e : shown.lanes[lane].entities)
        out << (e.error ? QString::fromStdString(std::string(eval::errorKindName(*e.error))) : QStringLiteral("right"));
    return out.join(QLatin1Char(' '));
}

class CasesPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutPredictionsTheWayToThemIsShown() {
        Compared c(false);
        QTRY_COMPARE(c.host().state(), CasesHost::State::NoLayers);
        auto* empty = c.page()->findChild<EmptyState*>(QStringLiteral("casesEmpty"));
        QVERIFY(empty->isVisible());
        QVERIFY(!c.lanes()->isVisible());
        QVERIFY(empty->button()->isVisible());
    }

    void lanesShowEachDifferenceByItsKind() {
        Compared c;
        QCOMPARE(c.shownId(), QStringLiteral("1"));
        const workflow::Case& shown = *c.host().shown();
        QCOMPARE(shown.lanes.size(), 4u);  // gold, corrected, alpha, beta
        QCOMPARE(verdicts(shown, 2), QStringLiteral("right right"));
        QCOMPARE(verdicts(shown, 3), QStringLiteral("boundary missed"));
        QStringList notes;
        for (std::size_t m = 0; m < c.lanes()->picture().marks(); ++m) notes << c.lanes()->picture().noteOf(m);
        QVERIFY2(notes.contains(QStringLiteral("ORG boundary .60")), qPrintable(notes.join(u'\n')));
        QVERIFY(notes.contains(QStringLiteral("PER missed")));
        QVERIFY(c.page()->findChild<PictureView*>(QStringLiteral("casePhoto"))->isVisible());
        QVERIFY(c.lanes()->accessibleDescription().contains(QStringLiteral("boundary")));
    }

    void sentencesOfMenusWriteTheQueryLine() {
        Compared c;
        QCOMPARE(c.host().found(), 3);
        c.choose("caseAgreement", {QStringLiteral("A system is wrong")});
        QTRY_COMPARE(c.host().found(), 2);
        QCOMPARE(c.query().text(), QStringLiteral("(wrong(alpha,gold) or wrong(beta,gold))"));
        c.choose("caseLayerParts", {QStringLiteral("beta"), QStringLiteral("wrong")});
        c.choose("caseAgreement", {QStringLiteral("All posts")});
        c.choose("caseKinds", {QStringLiteral("boundary")});
        QTRY_COMPARE(c.host().found(), 1);
        QCOMPARE(c.query().text(), QStringLiteral("error(beta,gold):boundary"));
        c.choose("casePicture", {QStringLiteral("Without picture")});
        QTRY_COMPARE(c.host().state(), CasesHost::State::Nothing);
        QVERIFY(c.page()->findChild<QLabel*>(QStringLiteral("caseTitle"))->text().isEmpty());
        QVERIFY(!c.host().shown());
        auto* empty = c.page()->findChild<EmptyState*>(QStringLiteral("casesEmpty"));
        QTest::mouseClick(empty->button(), Qt::LeftButton);
        QTRY_COMPARE(c.host().found(), 3);
        QVERIFY(c.query().text().isEmpty());
        QTRY_VERIFY(c.host().shown());
    }

    void theQueryLineSpeaksThroughTheMenus() {
        Compared c;
        c.window->focusQuery();
        QTest::keyClicks(&c.query(), QStringLiteral("met error(beta,gold):missed"));
        QTest::keyClick(&c.query(), Qt::Key_Return);
        QTRY_COMPARE(c.host().found(), 1);
        QCOMPARE(c.button("caseLayerParts")->text(), QStringLiteral("beta wrong"));
        QCOMPARE(c.button("caseKinds")->text(), QStringLiteral("missed"));
        c.choose("caseLayerParts", {QStringLiteral("alpha"), QStringLiteral("right")});
        QTRY_COMPARE(c.query().text(), QStringLiteral("met error(beta,gold):missed right(alpha,gold)"));
        QTRY_COMPARE(c.host().found(), 1);
        c.choose("caseLayers", {QStringLiteral("beta")});  // out of the lanes, and so out of the sentence
        QTRY_COMPARE(c.query().text(), QStringLiteral("met right(alpha,gold)"));
        c.choose("caseLayers", {QStringLiteral("Hold against the corrected layer")});
        QTRY_COMPARE(c.query().text(), QStringLiteral("met right(alpha,corrected)"));
        QTest::mouseClick(c.button("caseClear"), Qt::LeftButton);
        QTRY_COMPARE(c.host().found(), 3);
    }

    void aMistakeIsMarkedAndTheCasesStay() {
        Compared c;
        c.window->focusQuery();
        QTest::keyClicks(&c.query(), QStringLiteral("wrong(gamma)"));
        QTest::keyClick(&c.query(), Qt::Key_Return);
        QTRY_VERIFY(c.query().mistake());
        QCOMPARE(c.query().mistake()->place.first, 6u);
        QVERIFY(!c.query().note().isEmpty());
        QCOMPARE(c.host().found(), 3);
        QVERIFY(c.host().shown());
    }

    void whatPicturesDidIsAskedOfRunsThatWereMeasured() {
        Compared c;
        protocol::Influence told;
        protocol::PostInfluence post;
        post.number = 1;
        post.effect = "helped";
        told.list.push_back(post);
        const auto folder = toPath(c.folder()) / "runs" / "alpha";
        std::filesystem::create_directories(folder);
        writeFileAtomic(folder / protocol::kInfluenceFile, protocol::toJson(told).dump());
        c.session().refresh();
        QTRY_VERIFY(c.host().hasInfluence(QStringLiteral("alpha")));
        QVERIFY(!c.host().hasInfluence(QStringLiteral("beta")));
        c.choose("casePicture", {QStringLiteral("alpha"), QStringLiteral("picture helped")});
        QTRY_COMPARE(c.query().text(), QStringLiteral("picture(alpha):helped"));
        QTRY_COMPARE(c.host().found(), 1);
        QCOMPARE(c.button("casePicture")->text(), QStringLiteral("alpha: picture helped"));
    }

    void aHiddenPageLeavesTheCurrentPostAlone() {
        Compared c;
        QTest::keyClick(c.window.get(), Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(!c.page()->isVisible());
        const PostId before = c.session().currentPost();
        c.session().setFilter(QStringLiteral("toronto"));
        QTRY_COMPARE(c.session().visibleRows().size(), 1u);
        bool isRead = false;  // whatever the page would have asked is answered before this
        c.session().read([](const project::Project&) {}, [&] { isRead = true; });
        QTRY_VERIFY(isRead);
        QCOMPARE(c.session().currentPost(), before);
        QTest::keyClick(c.window.get(), Qt::Key_5, Qt::ControlModifier);
        QTRY_COMPARE(c.host().found(), 1);
        QTRY_COMPARE(c.shownId(), QStringLiteral("2"));
    }

    void doubtsAreCorrectedAndAnsweredByOneKey() {
        Compared c;
        // Both systems say that Toronto is an organisation, and that "today" is one; gold does not.
        {
            c.window->session().close();
            const auto project = project::Project::open(toPath(c.folder()), project::OpenMode::ReadWrite, "test");
            const auto posts = project->posts({});
            for (const char* run : {"alpha", "beta"})
                project->storePredictions(run,
                                          {{posts[0].id, {{"ORG", 0, 1, .9}, {"PER", 3, 4, .9}, {"ORG", 5, 5, .9}}},
                                           {posts[1].id, {{"PER", 0, 0, .9}, {"ORG", 2, 2, .9}}}});
        }
        c.window->openProject(c.folder());
        QTRY_VERIFY(c.session().isOpen() && c.session().hasView() && !c.page()->isVisible());
        c.window->showPage(QStringLiteral("cases"));
        auto* tabs = c.page()->findChild<QTabBar*>(QStringLiteral("caseTabs"));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        DoctorHost& doctor = c.page()->doctor().host();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        QCOMPARE(doctor.count("systems-agree"), 2);
        QVERIFY(c.page()->findChild<Banner*>(QStringLiteral("doctorBanner"))->isVisible());  // nothing judges them
        auto* queues = c.page()->findChild<QListWidget*>(QStringLiteral("doctorQueues"));
        for (int row = 0; row < queues->count(); ++row)
            if (queues->item(row)->data(Qt::UserRole) == QLatin1String("systems-agree"))
                QTest::mouseClick(queues->viewport(), Qt::LeftButton, {},
                                  queues->visualItemRect(queues->item(row)).center());
        QTRY_COMPARE(doctor.open().size(), 2u);
        QTableView* table = c.page()->doctor().table();
        QCOMPARE(table->model()->rowCount(), 2);
        QTRY_COMPARE(c.shownId(), QStringLiteral("1"));
        QTRY_COMPARE(c.host().first(), 5);  // the lanes below stand at the words of the doubt
        QTest::keyClick(table, Qt::Key_N);
        QTRY_COMPARE(doctor.open().size(), 1u);
        QCOMPARE(doctor.answered(), 1);
        QTRY_COMPARE(c.shownId(), QStringLiteral("2"));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_COMPARE(doctor.open().size(), 0u);
        QCOMPARE(c.corrected(), QStringLiteral("0 PER, 2 ORG"));
        QTRY_VERIFY(!c.session().isSaving());
        QCOMPARE(project::Project::open(toPath(c.folder()), project::OpenMode::ReadOnly, "test")->verdicts().size(),
                 1u);
        for (std::size_t open = 1; open <= 2; ++open) {  // both can be taken back, and are doubted again
            QTest::keyClick(c.window.get(), Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY(!c.session().isSaving());
            QTRY_COMPARE(doctor.open().size(), open);
        }
        QCOMPARE(doctor.answered(), 0);
        QTRY_COMPARE(c.shownId(), QStringLiteral("1"));
        doctor.examine();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        QCOMPARE(doctor.count("systems-agree"), 2);
    }

    void adoptingInTheLanesAnswersTheDoubtToo() {
        Compared c;
        c.page()->showView(CasesPage::View::Doctor);
        DoctorHost& doctor = c.page()->doctor().host();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        const int before = doctor.count({});
        const auto* doubt = doctor.suspect();
        QVERIFY(doubt && doubt->given);
        QTRY_VERIFY(c.host().shown() && c.host().shown()->post == doubt->post);
        const auto edit = project::removeEntity(c.session().view().state, *doubt->given);
        QVERIFY(c.session().apply(edit));
        QTRY_VERIFY(doctor.count({}) < before);
    }

    void withoutRunsLabelsAreExaminedAllTheSame() {
        Compared c(false);
        c.page()->showView(CasesPage::View::Doctor);
        QTRY_COMPARE(c.page()->doctor().host().state(), DoctorHost::State::Ready);
        QTRY_COMPARE(c.host().state(), CasesHost::State::Ready);
        c.page()->showView(CasesPage::View::Cases);
        QTRY_COMPARE(c.host().state(), CasesHost::State::NoLayers);
    }

    void theWayToProbabilitiesIsOnePress() {
        qputenv("MNERVA_CLI", fakeCli().toUtf8());
        Compared c(false);
        c.page()->showView(CasesPage::View::Doctor);
        QTRY_COMPARE(c.page()->doctor().host().state(), DoctorHost::State::Ready);
        const auto opensTheForm = [&](QAbstractButton* button) {
            QTRY_VERIFY(button && button->isVisible());
            button->click();
            QVERIFY(!c.page()->isVisible());
            auto* form = c.window->findChild<QDialog*>(QStringLiteral("newRunDialog"));
            QVERIFY(form && form->isVisible());
            QVERIFY(form->findChild<QCheckBox*>(QStringLiteral("holdOut"))->isChecked());
            form->reject();
            delete form;
            c.window->showPage(QStringLiteral("cases:doctor"));
            QVERIFY(c.page()->isVisible());
            QCOMPARE(c.page()->view(), CasesPage::View::Doctor);
        };
        QPushButton* ofBanner = nullptr;
        for (auto* button : c.page()->findChild<Banner*>(QStringLiteral("doctorBanner"))->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Train over folds…")) ofBanner = button;
        opensTheForm(ofBanner);
        // Without a doubt the empty list says so too.
        DoctorHost& doctor = c.page()->doctor().host();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        while (doctor.count({}) > 0) {
            const int before = doctor.count({});
            doctor.dismiss();
            QTRY_VERIFY(doctor.count({}) < before);
        }
        auto* empty = c.page()->doctor().findChild<EmptyState*>();
        QVERIFY(empty->isVisible());
        opensTheForm(empty->button());
    }

    void whatARunNeverLearntIsAQueueAndAScatter() {
        Compared c;
        const auto folder = toPath(c.folder()) / "runs" / "learner";
        std::filesystem::create_directories(folder);
        writeFileAtomic(folder / "run.json", R"({"run":"learner","data":{"train":{"inputs_sha256":"x"}}})");
        protocol::Dynamics said{"learner", "gold", "x", {}, {}};
        said.posts.push_back({"1", PostId{1}, 6, {{"ORG", 0, 1, {}}, {"PER", 3, 4, {}}}});
        said.posts.push_back({"2", PostId{2}, 3, {{"PER", 0, 0, {}}, {"LOC", 2, 2, {}}}});
        for (int epoch = 1; epoch <= 6; ++epoch) {
            const float rises = epoch < 4 ? -5.f : -0.01f;
            said.epochs.push_back(
                {epoch, {-0.02f, -0.1f, rises, -4.f}, {1, 1, epoch > 3, 0}, {{3, {"ORG", 2, 2, {}}}}});
        }
        std::string text = protocol::dynamicsStart(said);
        for (const auto& epoch : said.epochs) text += protocol::dynamicsLine(epoch);
        writeFileAtomic(folder / protocol::kDynamicsFile, text + "{\"epoch\": 7, \"ri");  // cut
        c.page()->showView(CasesPage::View::Doctor);
        DoctorHost& doctor = c.page()->doctor().host();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        QCOMPARE(doctor.dynamicsRun(), QStringLiteral("learner"));
        QCOMPARE(doctor.report().learnt.size(), 4u);
        QCOMPARE(doctor.count("hard-to-learn"), 1);
        auto* odd = c.page()->findChild<QLabel*>(QStringLiteral("doctorOdd"));
        QVERIFY(odd->isVisible());
        QVERIFY2(odd->text().contains(QStringLiteral("An epoch of the recorded learning dynamics")),
                 qPrintable(odd->text()));
        DynamicsView* view = c.page()->doctor().dynamics();
        QVERIFY(!view->isVisible());
        auto* queues = c.page()->findChild<QListWidget*>(QStringLiteral("doctorQueues"));
        for (int row = 0; row < queues->count(); ++row)
            if (queues->item(row)->data(Qt::UserRole) == QLatin1String("hard-to-learn"))
                QTest::mouseClick(queues->viewport(), Qt::LeftButton, {},
                                  queues->visualItemRect(queues->item(row)).center());
        QTRY_VERIFY(view->isVisible());
        QTRY_COMPARE(c.shownId(), QStringLiteral("2"));
        QTRY_COMPARE(c.host().first(), 2);
        // The point of "JKF Ag" leads to its post, though nothing is doubted there.
        Chart* chart = view->chart();
        QTRY_VERIFY(chart->plotRect().width() > 50 && chart->plotRect().height() > 20);
        const auto pointOf = [&](const eval::LearningDynamics& at) {
            const QRect plot = chart->plotRect();
            const auto [x0, x1] = chart->xRange();
            const auto [y0, y1] = chart->yRange();
            return QPoint(plot.left() + int(std::lround((at.variability - x0) / (x1 - x0) * plot.width())),
                          plot.bottom() - int(std::lround((at.confidence - y0) / (y1 - y0) * plot.height())));
        };
        const auto press = [&](const QPoint& at) {
            QWidget* under = chart->childAt(at);
            QVERIFY(under);
            QTest::mouseClick(under, Qt::LeftButton, {}, under->mapFrom(chart, at));
        };
        press(pointOf(doctor.report().learnt[0].dynamics));
        QTRY_COMPARE(c.shownId(), QStringLiteral("1"));
        QTRY_COMPARE(c.host().first(), 0);
        QCOMPARE(c.host().last(), 1);
        press(pointOf(doctor.report().learnt[3].dynamics));
        QTRY_COMPARE(c.shownId(), QStringLiteral("2"));
        QVERIFY(!doctor.lookedAt());
        // One key does what the model says, and it is taken back.
        QTest::keyClick(c.page()->doctor().table(), Qt::Key_Return);
        QTRY_COMPARE(doctor.count("hard-to-learn"), 0);
        QCOMPARE(c.corrected(), QStringLiteral("0 PER, 2 ORG"));
        QTRY_VERIFY(!c.session().isSaving());
        QTest::keyClick(c.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doctor.count("hard-to-learn"), 1);
        QCOMPARE(c.corrected(), QStringLiteral("0 PER, 2 LOC"));
    }

    void aBrokenFileOfAJudgeLeavesTheOtherQueues() {
        Compared c;
        const auto folder = toPath(c.folder()) / "runs" / "judges";
        std::filesystem::create_directories(folder);
        writeFileAtomic(folder / "held-out.jsonl", "{\"format\": 1, \"fol");
        c.page()->showView(CasesPage::View::Doctor);
        DoctorHost& doctor = c.page()->doctor().host();
        QTRY_COMPARE(doctor.state(), DoctorHost::State::Ready);
        QVERIFY(doctor.trouble());
        QVERIFY(doctor.count({}) > 0);
        QVERIFY(c.page()->findChild<QLabel*>(QStringLiteral("doctorOdd"))->text().contains(QStringLiteral("judges")));
    }

    void aBlindLayerIsMadeWithoutASightOfOthers() {
        Compared c;
        c.page()->showView(CasesPage::View::Agreement);
        QTRY_COMPARE(c.page()->agreement().host().state(), AgreementHost::State::TooFew);
        auto* name = c.page()->findChild<QLineEdit*>(QStringLiteral("annotatorName"));
        QToolButton* make = c.button("annotatorMake");
        QTRY_COMPARE(c.page()->childAt(make->mapTo(c.page(), make->rect().center())), make);  // laid out
        QTest::keyClicks(name, QStringLiteral("ann"));
        QTest::mouseClick(c.page()->findChild<QCheckBox*>(QStringLiteral("annotatorIsBlind")), Qt::LeftButton, {},
                          QPoint(8, 10));
        QVERIFY(c.page()->findChild<QCheckBox*>(QStringLiteral("annotatorIsBlind"))->isChecked());
        QTest::mouseClick(c.button("annotatorMake"), Qt::LeftButton);
        auto* chooser = c.window->findChild<LayerButton*>();
        QTRY_VERIFY(chooser->isVisible());
        QMenu* menu = chooser->menu();
        menu->popup(QPoint(10, 10));
        QCOMPARE(menu->actions().size(), 2);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions()[1]).center());
        QTRY_VERIFY(c.session().isBlind());
        QTRY_VERIFY(c.session().hasView());
        QVERIFY(c.session().view().gold.empty());
        QVERIFY(c.session().view().state.entities.empty());
        QTRY_COMPARE(c.host().state(), CasesHost::State::Hidden);
        QVERIFY(!c.lanes()->isVisible());
        QSignalSpy mistaken(&c.session(), &ProjectSession::filterMistaken);
        c.session().setFilter(QStringLiteral("gold:ORG"));
        QTRY_COMPARE(mistaken.count(), 1);
        c.session().setFilter({});
        // It is edited where one tags, by the same keys, with a history of its own.
        c.window->showPage(QStringLiteral("tag"));
        auto* canvas = c.window->findChild<TagCanvas*>();
        QTRY_VERIFY(canvas && canvas->isVisible());
        QTest::keyClick(canvas, Qt::Key_1);
        QTRY_COMPARE(c.corrected(), QStringLiteral("0 PER"));
        QTRY_VERIFY(!c.session().isSaving());
        QSignalSpy opened(&c.session(), &ProjectSession::opened);
        c.window->openProject(c.folder());
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(c.session().hasView());
        QCOMPARE(c.session().editedLayer(), QStringLiteral("ann"));  // work goes on where it was left
        QVERIFY(c.session().isBlind());
        QCOMPARE(c.corrected(), QStringLiteral("0 PER"));
        QTRY_VERIFY(c.session().canUndo());
        c.session().undo();
        QTRY_COMPARE(c.corrected(), QString());
        c.session().redo();
        QTRY_COMPARE(c.corrected(), QStringLiteral("0 PER"));
        QVERIFY(c.session().setEditedLayer({}));
        QTRY_VERIFY(c.session().hasView());
        QCOMPARE(c.corrected(), QStringLiteral("0-1 ORG, 3-4 PER"));
        QVERIFY(!c.session().canUndo());
    }

    void conflictsOfAnnotatorsAreDecidedOneByOne() {
        Compared c;
        {
            c.window->session().close();
            const auto project = project::Project::open(toPath(c.folder()), project::OpenMode::ReadWrite, "test");
            const PostId first = project->posts({}).front().id;
            const auto tag = [&](const char* layer, std::vector<Entity> entities) {
                project->addAnnotator(layer, false);
                PostChange part;
                part.post = first;
                part.added = std::move(entities);
                project->apply({"label", {part}, layer});
            };
            tag("ann", {{"ORG", 0, 1, {}}, {"PER", 3, 3, {}}});
            tag("bob", {{"ORG", 0, 1, {}}, {"PER", 3, 4, {}}, {"MISC", 5, 5, {}}});
        }
        c.window->openProject(c.folder());
        QTRY_VERIFY(c.session().isOpen() && c.session().hasView() && !c.page()->isVisible());
        c.window->showPage(QStringLiteral("cases"));
        auto* tabs = c.page()->findChild<QTabBar*>(QStringLiteral("caseTabs"));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
        AgreementHost& host = c.page()->agreement().host();
        QTRY_COMPARE(host.state(), AgreementHost::State::Ready);
        QCOMPARE(host.conflicts().size(), 2u);
        QTRY_COMPARE(c.host().chosenLayers(), (QStringList{QStringLiteral("ann"), QStringLiteral("bob")}));
        QTest::mouseClick(c.button("agreementStart"), Qt::LeftButton);
        QTRY_COMPARE(c.corrected(), QStringLiteral("0-1 ORG"));
        QTRY_COMPARE(host.state(), AgreementHost::State::Ready);
        QTRY_COMPARE(c.host().first(), 3);  // the words of the first conflict
        auto* cause = c.page()->findChild<QComboBox*>(QStringLiteral("decisionCause"));
        cause->setFocus();
        QTest::keyClick(cause, Qt::Key_Down);
        QTest::keyClick(cause, Qt::Key_Down);
        QTest::keyClicks(c.page()->findChild<QLineEdit*>(QStringLiteral("decisionNote")), QStringLiteral("see 4.2"));
        QTest::mouseClick(c.page()->findChild<QCheckBox*>(QStringLiteral("decisionForGuideline")), Qt::LeftButton, {},
                          QPoint(8, 10));
        QTableView* table = c.page()->agreement().table();
        QTest::keyClick(table, Qt::Key_2);
        QTRY_COMPARE(c.corrected(), QStringLiteral("0-1 ORG, 3-4 PER"));
        QCOMPARE(host.adjudication().decided(), 1);
        QCOMPARE(host.current(), 1);  // the next one follows
        QTest::keyClick(table, Qt::Key_0);
        QTRY_COMPARE(host.adjudication().decided(), 2);
        QCOMPARE(c.corrected(), QStringLiteral("0-1 ORG, 3-4 PER"));
        QTRY_VERIFY(!c.session().isSaving());
        const auto decisions =
            project::Project::open(toPath(c.folder()), project::OpenMode::ReadOnly, "test")->decisions();
        QCOMPARE(decisions.begin()->second.size(), 2u);
        QCOMPARE(decisions.begin()->second.front(), (Decision{3, 4, "guideline-gap", "see 4.2", true}));
        QTest::keyClick(c.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(host.adjudication().decided(), 1);
        auto* tables = c.page()->findChild<QTabBar*>(QStringLiteral("agreementTabs"));
        QTest::mouseClick(tables, Qt::LeftButton, {}, tables->tabRect(1).center());
        QVERIFY(table->model()->rowCount() > 2);
        c.answerFile(c.file("labels.csv"));
        QTest::mouseClick(c.button("agreementSave"), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(c.file("labels.csv")));
        QVERIFY(readFile(toPath(c.file("labels.csv"))).find("ann,bob") != std::string::npos);
    }

    void disagreementsAreWalkedWithinThePostAndOverPosts() {
        Compared c;
        QCOMPARE(c.host().first(), 0);
        QCOMPARE(c.host().last(), 1);
        c.press(Qt::Key_BracketRight);
        QCOMPARE(c.host().first(), 3);
        c.press(Qt::Key_BracketRight);  // the second post has none
        QTRY_COMPARE(c.shownId(), QStringLiteral("3"));
        QCOMPARE(c.host().first(), 3);
        c.press(Qt::Key_BracketLeft);
        QTRY_COMPARE(c.shownId(), QStringLiteral("1"));
        QCOMPARE(c.host().first(), 3);  // the last one of that post
        c.press(Qt::Key_J);
        QTRY_COMPARE(c.shownId(), QStringLiteral("2"));
        QCOMPARE(c.page()->findChild<QLabel*>(QStringLiteral("casePosition"))->text(), QStringLiteral("2 / 3"));
    }

    void aLanesEntityIsAdoptedAndTakenBack() {
        Compared c;
        const QString before = c.corrected();
        c.press(Qt::Key_2, Qt::AltModifier);
        QTRY_COMPARE(c.corrected(), QStringLiteral("0 ORG, 3-4 PER"));
        QCOMPARE(verdicts(*c.host().shown(), 1), QStringLiteral("boundary right"));
        c.press(Qt::Key_BracketRight);
        c.press(Qt::Key_2, Qt::AltModifier);  // beta has nothing there
        QTRY_COMPARE(c.corrected(), QStringLiteral("0 ORG"));
        QTRY_VERIFY(!c.session().isSaving());
        for (int i = 0; i < 2; ++i) {
            QTest::keyClick(c.window.get(), Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY(!c.session().isSaving());
        }
        QTRY_COMPARE(c.corrected(), before);
        QTRY_COMPARE(verdicts(*c.host().shown(), 1), QStringLiteral("right right"));
        QSignalSpy told(&c.host(), &CasesHost::message);
        c.press(Qt::Key_9, Qt::AltModifier);
        QCOMPARE(told.count(), 1);
        QCOMPARE(c.corrected(), before);
    }

    void theMouseChoosesWordsAndMarks() {
        Compared c;
        const auto at = [&](int first, int last) {
            return c.lanes()->picture().placeOf(first, last).translated(16, 16).topLeft().toPoint() + QPoint(6, 8);
        };
        QTest::mouseClick(c.lanes(), Qt::LeftButton, {}, at(5, 5));
        QCOMPARE(c.host().first(), 5);
        QTest::mouseClick(c.lanes(), Qt::LeftButton, Qt::ShiftModifier, at(3, 3));
        QCOMPARE(c.host().first(), 3);
        QCOMPARE(c.host().last(), 5);
        const QPoint goldMark = at(0, 1) + QPoint(0, int(c.lanes()->picture().placeOf(0, 1).height()) - 4 * 26);
        QTest::mouseClick(c.lanes(), Qt::LeftButton, {}, goldMark);
        QCOMPARE(c.host().first(), 0);
        QCOMPARE(c.host().last(), 1);
    }

    void layersAndOrderAreChosenByMenusAndRemembered() {
        Compared c;
        c.choose("caseLayers", {QStringLiteral("beta")});
        QTRY_COMPARE(c.host().chosenLayers(), QStringList{QStringLiteral("alpha")});
        QTRY_COMPARE(c.host().state(), CasesHost::State::Ready);
        QTRY_COMPARE(c.host().shown()->lanes.size(), 3u);
        QSignalSpy opened(&c.session(), &ProjectSession::opened);
        c.window->openProject(c.folder());
        QTRY_COMPARE(opened.count(), 1);
        QTRY_COMPARE(c.host().knownLayers().size(), 2);
        QTRY_COMPARE(c.host().chosenLayers(), QStringList{QStringLiteral("alpha")});
        QTRY_VERIFY(c.session().hasView() && !c.page()->isVisible());  // a project opens where one tags
        c.window->showPage(QStringLiteral("cases"));
        QTRY_VERIFY(c.page()->isVisible());
        c.host().setChosenLayers({QStringLiteral("alpha"), QStringLiteral("beta")});
        c.choose("caseOrder", {QStringLiteral("Widest gap of confidence first")});
        QTRY_COMPARE(c.host().found(), 3);
        QTRY_VERIFY(!c.host().rows().empty() && c.host().rows().front() == 0);  // .95 against nothing
        QTRY_COMPARE(c.host().rows(), (std::vector<std::uint32_t>{0, 2, 1}));
    }

    void figuresLeaveByTheDialogOfAllFigures() {
        Compared c;
        QSignalSpy told(c.page(), &Page::statusMessage);
        QString caption, proposed;
        const auto save = [&](const char* entry, const char* name, FigureFormat format, int width) {
            dialogs::Answers answers;
            answers.run = [&, format, width](QDialog& dialog) {
                auto* formats = dialog.findChild<QComboBox*>(QStringLiteral("figureFormat"));
                formats->setCurrentIndex(formats->findData(int(format)));
                dialog.findChild<QComboBox*>(QStringLiteral("figureWidth"))->setCurrentIndex(width);
                caption = static_cast<FigureDialog&>(dialog).chosen().caption;
                return int(QDialog::Accepted);
            };
            answers.files = [&, path = c.file(name)](const dialogs::FileRequest& request) {
                proposed = request.start;
                return QStringList{path};
            };
            dialogs::setAnswers(answers);
            const int before = told.count();
            c.choose("caseExport", {QLatin1String(entry)});
            QTRY_COMPARE(told.count(), before + 1);
        };
        save("figureCase", "case.pdf", FigureFormat::Pdf, 0);
        QVERIFY2(proposed.endsWith(QLatin1String("case-1.pdf")), qPrintable(proposed));
        QVERIFY2(caption.contains(QLatin1String("alpha")), qPrintable(caption));
        const QString text = pdfText(pdfOf(c.file("case.pdf")));
        QVERIFY(pdfEmbedsItsFonts(pdfOf(c.file("case.pdf"))));
        for (const char* part : {"Rosemary", "boundary", "missed", "alpha", "against"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        save("figureFound", "all.svg", FigureFormat::Svg, 1);
        QSvgRenderer svg(c.file("all.svg"));
        QVERIFY(svg.isValid());
        QVERIFY(readFile(toPath(c.file("all.svg"))).find("width=\"175.") != std::string::npos);  // in mm
        QVERIFY(readFile(toPath(c.file("all.svg"))).find("spurious") != std::string::npos);
        save("figureCase", "case.png", FigureFormat::Png, 1);
        const QImage image(c.file("case.png"));
        QCOMPARE(image.width(), 2067);  // 175 mm at 300 dpi
        for (int y = 0; y < image.height(); ++y) QCOMPARE(image.pixelColor(12, y), QColor(Qt::white));  // the margin
    }

    void anEntityCutByALineEndIsNamedOnBothParts() {
        const workflow::Case shown = longEntity();
        const LanesStyle style = figureStyle();
        const QFontMetricsF metrics(style.noteFont);
        int cut = 0;
        for (int width = 100; width < 400; width += 7) {
            const LanesPicture picture(shown, {}, style, width);
            for (std::size_t mark = 0; mark < picture.marks(); ++mark) {
                const auto parts = picture.partsOf(mark);
                QVERIFY(!parts.empty());
                cut += parts.size() > 1;
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    QVERIFY2(parts[i].text.endsWith(QLatin1String("ORGANISATION")), qPrintable(parts[i].text));
                    QCOMPARE(parts[i].text.startsWith(QChar(0x2026)), i > 0);
                    QVERIFY(metrics.horizontalAdvance(parts[i].text) <= parts[i].box.width());
                    QVERIFY2(width < 200 || parts[i].box.right() <= width, qPrintable(QString::number(width)));
                }
            }
        }
        QVERIFY(cut > 10);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("cut.pdf"));
        QVERIFY(!saveFigure(path, paperFigure({{{shown, {}}}, {}}), 60));
        const QString text = pdfText(pdfOf(path));
        QVERIFY2(text.contains(QStringLiteral("… ORGANISATION")), qPrintable(text));
    }

    void aTypeHasOneColourInEveryTableLaneAndPage() {
        const LabelSet labels{{"PER", "TEAM", "FOOD"}, {}};
        const std::vector<std::string> types{"PER", "TEAM", "FOOD", "NEW"};
        for (const Theme::Choice choice : {Theme::Choice::Dark, Theme::Choice::Light}) {
            Theme::install(choice);
            StatisticsModel statistics;
            workflow::SplitStatistics numbers;
            numbers.posts = 1;
            protocol::EvalPoint eval{1, "valid", "seqeval-lenient", {}, {}};
            for (const std::string& type : types) {
                numbers.types[type] = 1;
                eval.types[type].support = 1;
            }
            statistics.set({{Split::Train, numbers}}, {}, labels);
            EpochTableModel epochs(EpochTableModel::Rows::All);
            protocol::RunHistory history;
            history.evals = {eval};
            epochs.setHistory(history, labels);
            const auto headOf = [&](const QAbstractItemModel& model, const std::string& type) {
                for (int column = 0; column < model.columnCount(); ++column)
                    if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().contains(fromUtf8(type)))
                        return model.headerData(column, Qt::Horizontal, Qt::ForegroundRole).value<QColor>();
                return QColor();
            };
            for (const std::string& type : types) {
                const QColor colour = Theme::labelColor(type, labels);
                QCOMPARE(colour.name().toStdString(), colourText(typeColour(type, labels, Theme::isDark())));
                QCOMPARE(headOf(statistics, type).name(), colour.name());
                QCOMPARE(headOf(epochs, type).name(), colour.name());
                QVERIFY2(shows(lanesStyle(), type, labels, colour), type.c_str());
                const Theme::FigureFonts paper;
                const QColor onPaper = Theme::labelColor(type, labels);
                QCOMPARE(onPaper.name().toStdString(), colourText(typeColour(type, labels)));
                QVERIFY2(shows(figureStyle(), type, labels, onPaper), type.c_str());
            }
        }
        workflow::CaseReport report;
        report.labels = labels;
        report.cases = {oneEntity("TEAM")};
        QVERIFY(workflow::casesHtml(report, "o.html").find(colourText(typeColour("TEAM", labels))) !=
                std::string::npos);
    }

    void tablesLeaveAsLatexAndHtml() {
        Compared c;
        QSignalSpy told(c.page(), &Page::statusMessage);
        // A file is there before the page has heard of it: what it says of one must not be taken for the next.
        const auto save = [&](const char* name, const char* entry) {
            c.answerFile(c.file(name));
            const int before = told.count();
            c.choose("caseExport", {QLatin1String(entry)});
            QTRY_COMPARE(told.count(), before + 1);
        };
        save("all.tex", "latexFound");
        QVERIFY(readFile(toPath(c.file("all.tex"))).find("\\mnervacjk{多伦多}") != std::string::npos);
        save("one.html", "htmlCase");
        QVERIFY(readFile(toPath(c.file("one.html"))).find("data:image/png;base64,") != std::string::npos);
        c.answerFile(c.folder() + QStringLiteral("/project.mnerva"));
        c.choose("caseExport", {QStringLiteral("htmlCase")});
        QTRY_VERIFY(c.page()->findChild<Banner*>()->isVisible());
        QCOMPARE(told.count(), 2);
    }

    void aLongPostOfManyLanesIsDrawnInTime() {
        Post post;
        std::vector<workflow::LaneReading> readings;
        for (int w = 0; w < 5000; ++w) post.words.push_back("word" + std::to_string(w));
        post.sourceTags.assign(post.words.size(), "O");
        readings.push_back({"gold", project::LayerKind::Gold, true, false, {}});
        for (int l = 0; l < 60; ++l) {
            workflow::LaneReading reading{"run" + std::to_string(l), project::LayerKind::Run, true, false, {}};
            for (int w = l; w < 5000; w += 50) reading.entities.push_back({"PER", w, w, 0.5});
            readings.push_back(std::move(reading));
        }
        const workflow::Case shown = workflow::makeCase(post, readings, "gold");
        const LanesPicture picture(shown, {}, lanesStyle(), 700);
        QVERIFY(picture.height() > 60 * 26);
        QImage page(700, 800, QImage::Format_RGB32);
        page.fill(Qt::white);
        QPainter painter(&page);
        picture.paint(painter, QRectF(0, 0, 700, 800), 0, 1);
        painter.end();
        QVERIFY(page.pixelColor(699, 799).isValid());
        int inked = 0;  // of the first lane with an entity
        for (int x = 0; x < 700; ++x) inked += page.pixelColor(x, 73) != QColor(Qt::white);
        QVERIFY(inked > 0);
    }

    void switchingPostsStaysWithinAFrame() {
        Compared c;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i) Q_EMIT c.session().currentPostChanged();
        const double each = double(timer.nsecsElapsed()) / 20e6;
        qInfo("another post as lanes %.2f ms (budget 16)", each);
        QVERIFY(each < 16 * 5.0);
    }
};

}  // namespace

int main(int argc, char** argv) {
    return runTagTest<CasesPageTest>(argc, argv);
}
#include "cases_page_test.moc"
