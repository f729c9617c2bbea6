#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>

#include "core/base/file.h"
#include "core/domain/palette.h"
#include "core/protocol/influence.h"
#include "ui/charts/figure_dialog.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/case_figure.h"
#include "ui/pages/cases/cases_page.h"
#include "ui/pages/data/statistics_model.h"
#include "ui/pages/train/epoch_table_model.h"
#include "ui/session/lanes_picture.h"
#include "ui/session/picture_view.h"
#include "ui/session/query_line.h"
#include "ui/support/cases_fixture.h"
#include "ui/support/pdf_text.h"
#include "ui/support/tag_fixture.h"
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
                QCOMPARE(headOf(statistics, type).name(), Theme::ink(colour).name());
                QCOMPARE(headOf(epochs, type).name(), Theme::ink(colour).name());
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
