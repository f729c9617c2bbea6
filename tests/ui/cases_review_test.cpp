#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include "core/base/file.h"
#include "core/protocol/dynamics.h"
#include "ui/pages/cases/agreement_view.h"
#include "ui/pages/cases/cases_page.h"
#include "ui/pages/cases/doctor_view.h"
#include "ui/pages/cases/dynamics_view.h"
#include "ui/pages/tag/tag_canvas.h"
#include "ui/session/layer_button.h"
#include "ui/support/cases_fixture.h"
#include "ui/support/fake.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"

// The views of Cases in which labels are judged: label errors and agreement, by keys and mouse.

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

class CasesReviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

}  // namespace

int main(int argc, char** argv) {
    return runTagTest<CasesReviewTest>(argc, argv);
}
#include "cases_review_test.moc"
