#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/base/error.h"
#include "ui/base/error_text.h"
#include "ui/jobs/job_panel.h"
#include "ui/pages/data/detect_dialog.h"
#include "ui/pages/data/detections.h"
#include "ui/session/picture_view.h"
#include "ui/shell/status_line.h"
#include "ui/shell/title_bar.h"
#include "ui/support/fake.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/language.h"
#include "ui/widgets/path_field.h"

// Finding objects in pictures from the window: the dialog, the job, and what is seen of it afterwards. The engine is
// the stand-in; the last test lets the real program look.

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

/// Gray with a red square in the upper left: the tiny detector of tests/golden/vision finds it.
void writePicture(const QString& path) {
    QImage picture(320, 240, QImage::Format_RGB32);
    picture.fill(QColor(0x72, 0x72, 0x72));
    QPainter painter(&picture);
    painter.fillRect(0, 0, 120, 120, Qt::red);
    painter.end();
    QVERIFY(picture.save(path));
}

/// Three posts, two with the same picture; the window holds the project's lock.
class Shown {
public:
    explicit Shown(const char* scenario = "good", bool pictures = true) {
        qputenv("MNERVA_CLI", test::fakeCli().toUtf8());
        qputenv("MNERVA_FAKE", QByteArray("detect=") + scenario);
        QDir().mkpath(images());
        writePicture(images() + QStringLiteral("/a.png"));
        Post first = makePost("a", {"Kevin", "in", "Toronto"}, {"B-PER", "O", "B-LOC"});
        Post second = makePost("b", {"no", "picture"});
        Post third = makePost("c", {"again"});
        if (pictures) first.images = third.images = {"a.png"};
        third.split = Split::Test;
        test::makeProject(folder(), {first, second, third}, {"PER", "LOC"}, images());
        window = std::make_unique<test::Window>();
        window->resize(1280, 800);
        window->show();
        window->openProject(folder());
        MNERVA_WAIT(window->session().hasView() && window->session().isFullyLoaded());
        QApplication::setActiveWindow(window.get());
    }
    ~Shown() {
        dialogs::setAnswers({});
        window->jobs().cancelAll();
    }

    QString folder() const { return m_folder.filePath(QStringLiteral("project")); }
    QString images() const { return m_folder.filePath(QStringLiteral("images")); }

    /// What a person does in the dialog; it has been shown, and what `act` leaves undone is cancelled.
    void whenAsked(std::function<void(DetectDialog&)> act) {
        dialogs::setAnswers({{}, {}, [this, act](QDialog& dialog) {
                                 auto* asked = qobject_cast<DetectDialog*>(&dialog);
                                 if (!asked) return 0;
                                 ++timesAsked;
                                 asked->show();
                                 QApplication::setActiveWindow(asked);
                                 act(*asked);
                                 return dialog.result();
                             }});
    }
    void pressKey() {
        QApplication::setActiveWindow(window.get());
        QTest::keyClick(window.get(), Qt::Key_B, Qt::ControlModifier);
    }
    /// Ctrl+B, then Return in the dialog as it comes up.
    void find() {
        whenAsked([](DetectDialog& dialog) { QTest::keyClick(&dialog, Qt::Key_Return); });
        pressKey();
        QCOMPARE(timesAsked, 1);
    }

    template <class T>
    T* child(const char* name) const {
        return window->findChild<T*>(QString::fromLatin1(name));
    }
    Banner& banner() const { return *window->banner(); }
    std::vector<Region> regions(int row = 0) const {
        const auto project = project::Project::open(toPath(folder()), project::OpenMode::ReadOnly, "test");
        return project->regions(project->posts({}).at(static_cast<std::size_t>(row)).id).regions;
    }

    std::unique_ptr<MainWindow> window;
    int timesAsked = 0;

private:
    QTemporaryDir m_folder;
};

/// What the keyboard reaches from the first field on, in order.
QStringList tabOrder(QWidget& dialog) {
    QStringList names;
    for (int i = 0; i < 20; ++i) {
        const QString name = QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
        if (names.contains(name)) break;
        names << name;
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &dialog, Qt::Key_Tab);
    }
    return names;
}

void keep(QWidget& widget, const char* name) {
    const QString folder = qEnvironmentVariable("MNERVA_PICTURES");
    if (!folder.isEmpty()) widget.grab().save(QDir(folder).filePath(QString::fromLatin1(name)));
}

}  // namespace

class DetectTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
        Theme::install(Theme::Choice::Light);
        useLanguage(QStringLiteral("en"));
    }
    void init() {
        DetectChoice first;
        first.minScore = DetectChoice::kMinScore;
        first.remember();
    }

    // --- the dialog --------------------------------------------------------------------------------------------------
    void theDialogSaysHowManyPostsAreLookedAtAndWhatBecomesOfEarlierBoxes() {
        Shown f;
        DetectDialog dialog(f.window->session());
        const QString said = dialog.findChild<QLabel*>(QStringLiteral("detectSummary"))->text();
        QVERIFY2(said.contains(QStringLiteral("2 posts")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Faces")) && said.contains(QStringLiteral("replaced")), qPrintable(said));
        QVERIFY(dialog.findChild<QPushButton*>(QStringLiteral("detectFind"))->isEnabled());
        dialog.show();
        auto* summary = dialog.findChild<QLabel*>(QStringLiteral("detectSummary"));
        QVERIFY(summary->height() >= summary->heightForWidth(summary->width()));  // seen whole
        auto* posts = dialog.findChild<QComboBox*>(QStringLiteral("detectPosts"));
        posts->setFocus();
        QTest::keyClick(posts, Qt::Key_End);  // the test split
        QCOMPARE(dialog.choice().split, std::optional(Split::Test));
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("detectSummary"))->text().contains(QStringLiteral("1 post ")));
    }
    void anOnnxDetectorNeedsItsFile() {
        Shown f;
        DetectDialog dialog(f.window->session());
        dialog.show();
        QApplication::setActiveWindow(&dialog);
        auto* find = dialog.findChild<QPushButton*>(QStringLiteral("detectFind"));
        auto* path = dialog.findChild<QLineEdit*>(QStringLiteral("detect.file.path"));
        auto* names = dialog.findChild<QLineEdit*>(QStringLiteral("detect.names.path"));
        QVERIFY(!path->isEnabled() && !names->isEnabled());
        auto* onnx = dialog.findChild<QRadioButton*>(QStringLiteral("detectOnnx"));
        QTest::mouseClick(onnx, Qt::LeftButton, {}, QPoint(8, onnx->height() / 2));
        QVERIFY(path->isEnabled() && names->isEnabled());
        QVERIFY(!find->isEnabled());
        QVERIFY(path->hasFocus());  // where the next thing is to be typed
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY(dialog.isVisible());
        QTest::keyClicks(path, QStringLiteral("/models/street.v8.onnx"));
        QVERIFY(find->isEnabled());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("detectSummary"))
                    ->text()
                    .contains(QStringLiteral("by the detector street.v8")));
        QTest::keyClick(path, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
    void theKeyboardReachesEveryField() {
        Shown f;
        DetectDialog dialog(f.window->session());
        dialog.show();
        QApplication::setActiveWindow(&dialog);
        DetectChoice choice = dialog.choice();
        choice.faces = false;
        choice.file = QStringLiteral("a.onnx");
        dialog.setChoice(choice);
        dialog.findChild<QRadioButton*>(QStringLiteral("detectOnnx"))->setFocus();
        const QStringList wanted{QStringLiteral("detectOnnx"),          QStringLiteral("detect.file.path"),
                                 QStringLiteral("detect.file.choose"),  QStringLiteral("detect.names.path"),
                                 QStringLiteral("detect.names.choose"), QStringLiteral("detectMinScore"),
                                 QStringLiteral("detectPosts"),         QStringLiteral("detectCancel"),
                                 QStringLiteral("detectFind")};
        QCOMPARE(tabOrder(dialog), wanted);
        for (const QString& name : wanted) {
            auto* field = dialog.findChild<QWidget*>(name);
            QVERIFY2(!field->toolTip().isEmpty() || name == QLatin1String("detectCancel"), qPrintable(name));
        }
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
    }
    void whatWasChosenIsRememberedWhenItIsUsed() {
        Shown f;
        {
            DetectDialog dialog(f.window->session());
            dialog.show();
            auto* score = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("detectMinScore"));
            score->setFocus();
            score->selectAll();
            QTest::keyClicks(score, QStringLiteral("0.6"));
            QTest::keyClick(&dialog, Qt::Key_Escape);
        }
        QCOMPARE(DetectDialog(f.window->session()).choice().minScore, 0.25);  // cancelled
        {
            DetectDialog dialog(f.window->session());
            dialog.show();
            QTest::mouseClick(dialog.findChild<QRadioButton*>(QStringLiteral("detectOnnx")), Qt::LeftButton, {},
                              QPoint(8, 8));
            QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("detect.file.path")),
                             QStringLiteral("/m/a.onnx"));
            QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("detect.names.path")),
                             QStringLiteral("/m/a.txt"));
            auto* score = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("detectMinScore"));
            score->selectAll();
            QTest::keyClicks(score, QStringLiteral("0.6"));
            QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("detectFind")), Qt::LeftButton);
        }
        const DetectChoice again = DetectDialog(f.window->session()).choice();
        QVERIFY(!again.faces);
        QCOMPARE(again.file, QStringLiteral("/m/a.onnx"));
        QCOMPARE(again.namesFile, QStringLiteral("/m/a.txt"));
        QCOMPARE(again.minScore, 0.6);
    }
    void aChoiceBecomesTheCommandsArguments() {
        DetectChoice choice;
        choice.minScore = 0.5;
        choice.file = QStringLiteral("/m/a.onnx");
        choice.namesFile = QStringLiteral("/m/a.txt");
        QCOMPARE(choice.arguments(QStringLiteral("/p"), QStringLiteral("/o")).join(QLatin1Char(' ')),
                 QStringLiteral("detect /p --detector faces --min-score 0.50 --output /o"));
        choice.faces = false;
        choice.split = Split::Valid;
        QCOMPARE(choice.arguments(QStringLiteral("/p"), QStringLiteral("/o")).join(QLatin1Char(' ')),
                 QStringLiteral("detect /p --detector /m/a.onnx --names /m/a.txt --min-score 0.50 --split valid "
                                "--output /o"));
    }
    void withoutPicturesThereIsNothingToFind() {
        Shown f("good", false);
        f.whenAsked([](DetectDialog& dialog) {
            QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("detectFind"))->isEnabled());
            QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("detectProblem"))->text().isEmpty());
            QTest::keyClick(&dialog, Qt::Key_Return);
            QVERIFY(dialog.isVisible());
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        f.pressKey();
        QCOMPARE(f.timesAsked, 1);
        QVERIFY(!f.window->jobs().isBusy());
        QVERIFY(f.child<QToolButton>("findObjectsButton")->isHidden());
    }

    // --- where it is started -----------------------------------------------------------------------------------------
    void itIsStartedFromTheMenuThePagesAndTheKey() {
        Shown f;
        f.whenAsked([](DetectDialog& dialog) { QTest::keyClick(&dialog, Qt::Key_Escape); });
        auto* beside = f.child<QToolButton>("findObjectsButton");
        MNERVA_WAIT(beside->isVisible());
        QTest::mouseClick(beside, Qt::LeftButton);
        QCOMPARE(f.timesAsked, 1);
        f.pressKey();
        QCOMPARE(f.timesAsked, 2);
        f.window->showPage(QStringLiteral("data"));
        auto* button = f.child<QPushButton>("dataDetect");
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(f.timesAsked, 3);
        QMenu* menu = f.window->titleBar()->projectMenu();
        menu->popup(QPoint(0, 0));
        QAction* entry = nullptr;
        for (QAction* action : menu->actions())
            if (action->objectName() == QLatin1String("project.detect")) entry = action;
        QVERIFY(entry);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
        QCOMPARE(f.timesAsked, 4);
        QVERIFY(!f.window->jobs().isBusy());  // every time it was cancelled
        f.window->session().step(1);          // a post without a picture
        MNERVA_WAIT(beside->isHidden());
    }
    void aReadOnlyProjectCannotTakeBoxes() {
        Shown f;
        test::Window second;
        second.show();
        second.openProject(f.folder());
        MNERVA_WAIT(second.session().isOpen() && second.session().hasView());
        QVERIFY(!second.findChild<QAction*>(QStringLiteral("project.detect"))->isEnabled());
        QVERIFY(!second.findChild<QToolButton*>(QStringLiteral("findObjectsButton"))->isEnabled());
        second.showPage(QStringLiteral("data"));
        QVERIFY(!second.findChild<QPushButton*>(QStringLiteral("dataDetect"))->isEnabled());
    }

    // --- the job -----------------------------------------------------------------------------------------------------
    void boxesThatAreFoundAreSeenOnTheTagPageAtOnce() {
        Shown f;
        auto* boxes = f.child<QToolButton>("boxesButton");
        auto* view = f.window->findChild<PictureView*>();
        MNERVA_WAIT(view->hasPicture());
        QVERIFY(boxes->isHidden());
        QVERIFY(view->boxRect(0).isEmpty());
        f.find();
        QVERIFY(f.window->jobs().isBusy());
        QVERIFY(!f.child<QAction>("project.detect")->isEnabled());  // one at a time
        MNERVA_WAIT(!f.window->jobs().isBusy());
        MNERVA_WAIT(boxes->isVisible());
        QVERIFY(f.child<QToolButton>("findObjectsButton")->isHidden());
        QVERIFY(!view->boxRect(1).isEmpty());
        QVERIFY(f.child<QAction>("project.detect")->isEnabled());
        const std::vector<Region> stored = f.regions();
        QCOMPARE(stored.size(), std::size_t{2});
        QCOMPARE(fromUtf8(stored.front().detector), QStringLiteral("faces"));
        QCOMPARE(fromUtf8(stored.front().fingerprint), QStringLiteral("00ff"));
        QCOMPARE(stored.front().left, 200);
        QVERIFY2(f.banner().text().contains(QStringLiteral("2 boxes")), qPrintable(f.banner().text()));
        QVERIFY2(f.banner().text().contains(QStringLiteral("1 picture")), qPrintable(f.banner().text()));
        QCOMPARE(f.banner().kind(), Banner::Kind::Good);
        keep(*f.window, "found.png");
    }
    void theSelectionOutlivesTheArrivalOfBoxes() {
        Shown f;
        auto* canvas = f.window->findChild<TagCanvas*>();
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Right);
        QTest::keyClick(canvas, Qt::Key_Right);
        auto* page = static_cast<TagPage*>(f.window->page(QStringLiteral("tag")));
        const int caret = page->host().editor().caret();
        QVERIFY(caret > 0);
        f.find();
        MNERVA_WAIT(f.child<QToolButton>("boxesButton")->isVisible());
        QCOMPARE(page->host().editor().caret(), caret);
    }
    void theFirstPostWithBoxesCanBeShown() {
        Shown f;
        f.window->session().step(1);
        MNERVA_WAIT(f.window->session().rowOf(f.window->session().view().post.id) == 1);
        f.find();
        MNERVA_WAIT(f.banner().isVisible());
        f.window->showPage(QStringLiteral("data"));
        auto* show = f.banner().findChild<QPushButton*>();
        QVERIFY(show);
        QTest::mouseClick(show, Qt::LeftButton);
        QCOMPARE(f.window->currentPage(), QStringLiteral("tag"));
        MNERVA_WAIT(f.window->session().rowOf(f.window->session().view().post.id) == 0);
    }
    void theJobSaysHowFarItIsAndCanBeCancelled() {
        Shown f("wait");
        f.find();
        MNERVA_WAIT(f.window->jobs().summaryFraction() == 0.25);
        QVERIFY(f.window->jobs().summary().startsWith(QStringLiteral("Finding faces")));
        JobStatus* status = f.window->statusLine()->jobStatus();
        QTest::mouseClick(status, Qt::LeftButton);
        QVERIFY(status->panel()->isVisible());
        QVERIFY(status->panel()->height() >= status->panel()->sizeHint().height());  // nothing is cut off
        keep(*status->panel(), "job.png");
        keep(*f.window, "looking.png");
        auto* cancel = status->panel()->findChild<QToolButton*>();
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        MNERVA_WAIT(!f.window->jobs().isBusy());
        QVERIFY(f.banner().isHidden());
        QVERIFY(f.regions().empty());
        QVERIFY(f.child<QAction>("project.detect")->isEnabled());
    }
    void closingTheProjectEndsTheSearch() {
        Shown f("wait");
        f.find();
        MNERVA_WAIT(f.window->jobs().summaryFraction() == 0.25);
        f.window->session().close();
        QVERIFY(!f.window->jobs().isBusy());
        QVERIFY(!f.child<QAction>("project.detect")->isEnabled());
        QVERIFY(f.banner().isHidden());
    }
    void aWindowThatGoesTakesTheSearchAlong() {
        Shown f("wait");
        f.find();
        MNERVA_WAIT(f.window->jobs().summaryFraction() == 0.25);
        f.window.reset();
        f.window = std::make_unique<test::Window>();  // for the fixture's end
    }

    // --- what can go wrong -------------------------------------------------------------------------------------------
    void aFileThatIsNoDetectorIsToldInTheEnginesWords() {
        Shown f("fail");
        f.whenAsked([](DetectDialog& dialog) {
            DetectChoice choice = dialog.choice();
            choice.faces = false;
            choice.file = QStringLiteral("/m/readme.txt");
            dialog.setChoice(choice);
            QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("detectFind")), Qt::LeftButton);
        });
        f.pressKey();
        MNERVA_WAIT(f.banner().isVisible());
        QCOMPARE(f.banner().kind(), Banner::Kind::Error);
        const Error error(ErrorCode::FormatInvalid, {"/m/readme.txt", "no ONNX graph", "a YOLO detector"});
        QVERIFY2(f.banner().text().contains(errorText(error)), qPrintable(f.banner().text()));
        QVERIFY(!f.window->jobs().isBusy());
        keep(*f.window, "no-detector.png");
        // It stays while a person goes on tagging, and offers the dialog with what was typed.
        ProjectSession& session = f.window->session();
        QSignalSpy saved(&session, &ProjectSession::saved);
        QVERIFY(session.apply(project::labelSpan(session.view().state, 1, 1, "LOC")));
        MNERVA_WAIT(saved.size() == 1);
        QVERIFY(f.banner().isVisible());
        QString offered;
        f.whenAsked([&offered](DetectDialog& dialog) {
            offered = dialog.choice().file;
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        QTest::mouseClick(f.banner().findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(offered, QStringLiteral("/m/readme.txt"));
    }
    void picturesThatCannotBeLookedAtAreNamed() {
        Shown f("unusable");
        f.find();
        MNERVA_WAIT(f.banner().isVisible());
        QCOMPARE(f.banner().kind(), Banner::Kind::Warning);
        const QString said = f.banner().text();
        QVERIFY2(said.contains(QStringLiteral("/nowhere/a.jpg")) && said.contains(QStringLiteral("3 pictures")),
                 qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("picture-missing")), qPrintable(said));
        keep(*f.window, "unusable.png");
    }
    void aFileOfBoxesThatIsTornChangesNothing_data() {
        QTest::addColumn<QByteArray>("scenario");
        QTest::newRow("cut in a line") << QByteArray("torn");
        QTest::newRow("a box without an area") << QByteArray("flat");
        QTest::newRow("a report without its labels") << QByteArray("odd-report");
    }
    void aFileOfBoxesThatIsTornChangesNothing() {
        QFETCH(QByteArray, scenario);
        Shown f(scenario.constData());
        f.find();
        MNERVA_WAIT(f.banner().isVisible());
        QCOMPARE(f.banner().kind(), Banner::Kind::Error);
        QVERIFY(!f.window->jobs().isBusy());
        QVERIFY(f.regions().empty());
    }
    void anEngineThatIsNotThereIsTold() {
        Shown f;
        qputenv("MNERVA_CLI", "/nowhere/mnerva-cli");
        f.find();
        MNERVA_WAIT(f.banner().isVisible());
        QCOMPARE(f.banner().kind(), Banner::Kind::Error);
        QVERIFY(!f.window->jobs().isBusy());
    }
    void manyKindsOfBoxesAreListedByTheirNumber() {
        nlohmann::json labels;
        for (int i = 0; i < 12; ++i) labels["kind" + std::to_string(i)] = i + 1;
        DetectReport read;
        read.told = protocol::detectionReportFromJson({{"detector", "x"},
                                                       {"fingerprint", "f"},
                                                       {"settings", nlohmann::json::object()},
                                                       {"pictures", 1000},
                                                       {"unusablePictures", 0},
                                                       {"boxes", 78},
                                                       {"labels", labels},
                                                       {"findings", nlohmann::json::array()}});
        QCOMPARE(read.told.labels.front().first, std::string("kind11"));
        QVERIFY(read.detail().startsWith(QStringLiteral("kind11 12 · kind10 11")));
        QVERIFY(read.detail().endsWith(QStringLiteral("…")));
        QVERIFY2(read.sentence().contains(QStringLiteral("1,000 pictures")), qPrintable(read.sentence()));
    }

    // --- the real program --------------------------------------------------------------------------------------------
#ifdef MNERVA_HAS_ENGINE
    void theRealProgramLooksWhileTheWindowHoldsTheLock() {
        Shown f;
        qputenv("MNERVA_CLI", MNERVA_BIN_DIR "/mnerva-cli");
        const QString model = QStringLiteral(MNERVA_SOURCE_DIR "/tests/golden/vision/tiny_v8.onnx");
        f.whenAsked([&model](DetectDialog& dialog) {
            QTest::mouseClick(dialog.findChild<QRadioButton*>(QStringLiteral("detectOnnx")), Qt::LeftButton, {},
                              QPoint(8, 8));
            QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("detect.file.path")), model);
            QTest::keyClick(&dialog, Qt::Key_Return);
        });
        f.pressKey();
        MNERVA_WAIT(f.banner().isVisible());
        QVERIFY2(f.banner().kind() == Banner::Kind::Good, qPrintable(f.banner().text()));
        MNERVA_WAIT(f.child<QToolButton>("boxesButton")->isVisible());
        const std::vector<Region> first = f.regions(0), third = f.regions(2);
        QVERIFY(!first.empty());
        QCOMPARE(fromUtf8(first.front().label), QStringLiteral("red"));
        QCOMPARE(fromUtf8(first.front().detector), QStringLiteral("tiny_v8"));
        QVERIFY(f.regions(1).empty());
        QCOMPARE(third.size(), first.size());
        keep(*f.window, "real.png");
        // Again, surer: what it found before is replaced.
        f.banner().clear();
        f.whenAsked([](DetectDialog& dialog) {
            auto* score = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("detectMinScore"));
            score->selectAll();
            QTest::keyClicks(score, QStringLiteral("1"));
            QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("detectFind")), Qt::LeftButton);
        });
        f.pressKey();
        MNERVA_WAIT(f.banner().isVisible());
        QVERIFY(f.regions(0).empty());
        MNERVA_WAIT(f.child<QToolButton>("boxesButton")->isHidden());
    }
    void theRealProgramRefusesWhatIsNoDetector() {
        Shown f;
        qputenv("MNERVA_CLI", MNERVA_BIN_DIR "/mnerva-cli");
        f.whenAsked([&f](DetectDialog& dialog) {
            DetectChoice choice = dialog.choice();
            choice.faces = false;
            choice.file = f.images() + QStringLiteral("/a.png");
            dialog.setChoice(choice);
            QTest::keyClick(&dialog, Qt::Key_Return);
        });
        f.pressKey();
        MNERVA_WAIT(f.banner().isVisible());
        QCOMPARE(f.banner().kind(), Banner::Kind::Error);
        QVERIFY2(f.banner().text().contains(QStringLiteral("a.png is not usable")), qPrintable(f.banner().text()));
        QVERIFY(f.regions().empty());
    }
#endif

private:
    QTemporaryDir m_config;
};

QTEST_MAIN(DetectTest)
#include "detect_test.moc"
