#include "ui/charts/chart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <QXmlStreamReader>
#include <cmath>

#include "ui/charts/figure_dialog.h"
#include "ui/charts/table_figure.h"
#include "ui/look/theme.h"
#include "ui/support/pdf_text.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/dialogs.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

Chart::Series line(std::vector<double> x, std::vector<double> y) {
    Chart::Series series;
    series.name = QStringLiteral("loss");
    series.x = std::move(x);
    series.y = std::move(y);
    return series;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage rendered(const QString& svg, const QSize& size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    QSvgRenderer renderer(svg.toUtf8());
    renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
    return image;
}

bool isInk(const QImage& image, int x, int y) {
    return image.pixelColor(x, y).lightness() < 160;
}

int inked(const QImage& image, const QRect& part) {
    int count = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x) count += isInk(image, x, y);
    return count;
}

QRect inkOf(const QImage& image) {
    QRect box;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (isInk(image, x, y)) box |= QRect(x, y, 1, 1);
    return box;
}

Figure square(const QString& caption) {
    Figure figure;
    figure.title = QStringLiteral("square");
    figure.caption = caption;
    figure.heightFor = [](double width) { return width; };
    figure.draw = [](QPainter& painter, double width) { painter.fillRect(QRectF(0, 0, width, width), Qt::blue); };
    return figure;
}

}  // namespace

class ChartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smoothingOfAConstantChangesNothing() {
        for (const double value : smoothed({2, 2, 2, 2}, 0.9)) QCOMPARE(value, 2.0);
    }

    void smoothingStartsAtTheFirstValue() {
        const auto values = smoothed({1, 0, 0}, 0.5);
        QCOMPARE(values[0], 1.0);
        QVERIFY(values[1] < 0.5 && values[1] > 0.3);
    }

    void ticksOfCountsAreWhole() {
        Chart chart;
        chart.resize(600, 200);
        chart.setSeries({{QStringLiteral("f1"), {1, 2, 3}, {0.1, 0.2, 0.3}, 0}});
        const auto isWhole = [](double tick) { return tick == std::round(tick); };
        std::vector<double> ticks = chart.xTicks();
        QVERIFY(!std::all_of(ticks.begin(), ticks.end(), isWhole));
        chart.countBelow();
        ticks = chart.xTicks();
        QVERIFY(ticks.size() >= 3);
        QVERIFY(std::all_of(ticks.begin(), ticks.end(), isWhole));
    }

    void noSmoothingIsTheIdentity() { QCOMPARE(smoothed({3, 1, 2}, 0), (std::vector<double>{3, 1, 2})); }

    void gapsStayGaps() {
        const auto values = smoothed({1, std::nan(""), 3}, 0.5);
        QVERIFY(std::isnan(values[1]));
        QVERIFY(std::isfinite(values[2]));
    }

    void axesFollowTheData() {
        Chart chart;
        chart.setSeries({line({0, 100}, {1, 5})});
        QVERIFY(chart.xRange().first <= 0 && chart.xRange().second >= 100);
        QVERIFY(chart.yRange().first <= 1 && chart.yRange().second >= 5);
        QVERIFY(!chart.isZoomed());
    }

    void theLevelIsAlwaysInSight() {
        Chart chart;
        chart.setSeries({line({0, 1}, {4, 5})});
        chart.setLevel(0.3, QStringLiteral("flood level"));
        QVERIFY(chart.yRange().first <= 0.3);
    }

    void aSinglePointHasRoomAroundIt() {
        Chart chart;
        chart.setSeries({line({3}, {0.8})});
        QVERIFY(chart.xRange().second > chart.xRange().first);
        QVERIFY(chart.yRange().second > chart.yRange().first);
    }

    void numbersThatAreNotFiniteAreLeftOut() {
        Chart chart;
        chart.setSeries({line({0, 1, 2}, {1, std::nan(""), INFINITY})});
        QVERIFY(std::isfinite(chart.yRange().second));
    }

    void logarithmicAxesStayPositive() {
        Chart chart;
        chart.setSeries({line({0, 1, 2}, {0, 0.01, 10})});
        chart.setLogarithmic(true);
        QVERIFY(chart.isLogarithmic());
        QVERIFY(chart.yRange().first > 0);
    }

    void aPersonsZoomIsKeptUntilADoubleClick() {
        Chart chart;
        chart.resize(400, 300);
        chart.setSeries({line({0, 10}, {0, 1})});
        QWidget* plot = chart.findChild<QWidget*>(QStringLiteral("plot"));
        QVERIFY(plot);
        QWheelEvent wheel(QPointF(200, 150), plot->mapToGlobal(QPointF(200, 150)), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(plot, &wheel);
        QVERIFY(chart.isZoomed());
        const auto before = chart.xRange();
        chart.setSeries({line({0, 1000}, {0, 1})});
        QCOMPARE(chart.xRange(), before);
        chart.showAll();
        QVERIFY(chart.xRange().second >= 1000);
    }

    void valuesCanBeShownInPercent() {
        Chart chart;
        chart.setValueFactor(100);
        chart.setSeries({line({1, 2}, {0.5, 0.8})});
        QVERIFY(chart.yRange().second >= 80);
    }

    /// However the curves run: these leave no corner free.
    void theLegendStandsWhereNoCurveRuns_data() {
        QTest::addColumn<int>("curves");
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << 5 << QSize(480, 200);
        QTest::newRow("narrow") << 5 << QSize(220, 200);
        QTest::newRow("the last line is not full") << 3 << QSize(200, 200);
        QTest::newRow("many types") << 18 << QSize(480, 260);
    }
    void theLegendStandsWhereNoCurveRuns() {
        QFETCH(int, curves);
        QFETCH(QSize, size);
        Chart chart;
        chart.resize(size);
        std::vector<Chart::Series> series;
        for (int i = 0; i < curves; ++i) {
            series.push_back(line({0, 1, 2, 3}, {0, 1, 0.5, double(i) / curves}));
            series.back().name = QStringLiteral("type %1").arg(i);
        }
        chart.setSeries(std::move(series));
        chart.show();
        chart.setTitles(QStringLiteral("F1"), QStringLiteral("epoch"), QStringLiteral("F1"));
        const QRect legend = chart.legendRect(), plot = chart.plotRect();
        QVERIFY(!legend.isEmpty());
        QVERIFY2(!legend.intersects(plot), "a curve can run through the legend");
        QVERIFY2(chart.rect().contains(legend), "the legend is cut off");
        QVERIFY2(plot.height() > size.height() / 3, "the legend has the place of the plot");
    }

    void aSingleCurveNeedsNoLegend() {
        Chart chart;
        chart.resize(400, 200);
        chart.setSeries({line({0, 1}, {1, 2})});
        QVERIFY(chart.legendRect().isEmpty());
    }

    void aChartWithoutSizePaintsNothingAndDoesNotComplain() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter")));
        QWidget window;
        Chart chart(&window);
        chart.resize(0, 0);
        window.resize(100, 100);
        window.show();
        chart.setSeries({line({0, 1}, {1, 2})});
        QVERIFY(!window.grab().isNull());
        QCoreApplication::processEvents();
        chart.showAll();
        QCoreApplication::processEvents();
    }

    void figuresAreSaved_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("png") << "a.png" << QByteArray("\x89PNG");
        QTest::newRow("pdf") << "a.pdf" << QByteArray("%PDF");
        QTest::newRow("svg") << "a.svg" << QByteArray("<?xml");
    }
    void figuresAreSaved() {
        QFETCH(QString, name);
        QFETCH(QByteArray, begin);
        QTemporaryDir folder;
        Chart chart;
        chart.resize(300, 200);
        chart.setTitles(QStringLiteral("Loss"), QStringLiteral("step"), QStringLiteral("loss"));
        chart.setSeries({line({0, 1, 2}, {3, 2, 1})});
        const QString path = folder.filePath(name);
        QVERIFY(!saveFigure(path, chart.figure(), kFigureColumnMm));
        QVERIFY(contentOf(path).startsWith(begin));
    }

    void aPngIsTwiceTheSize() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.png"));
        QVERIFY(
            !exportFigure(path, {40, 30}, QStringLiteral("t"), [](QPainter& p) { p.fillRect(0, 0, 40, 30, Qt::red); }));
        const QImage image(path);
        QCOMPARE(image.size(), QSize(80, 60));
        QCOMPARE(image.pixelColor(79, 59), QColor(Qt::red));
    }

    void textInAnSvgStaysText() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.svg"));
        QVERIFY(!exportFigure(path, {80, 30}, QStringLiteral("t"),
                              [](QPainter& p) { p.drawText(4, 20, QStringLiteral("多伦多")); }));
        QVERIFY(QString::fromUtf8(contentOf(path)).contains(QStringLiteral("多伦多")));
    }

    void anSvgLooksTheSameWithoutItsFonts() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.svg"));
        QVERIFY(!exportFigure(path, {160, 40}, QStringLiteral("t"),
                              [](QPainter& p) { p.drawText(4, 24, QStringLiteral("R12 .34 多伦多")); }));
        QString svg = QString::fromUtf8(contentOf(path));
        const QImage whole = rendered(svg, {160, 40});
        // What a reader sees who has none of the fonts: no text at all.
        svg.remove(QRegularExpression(QStringLiteral("<text [^>]*>.*?</text>"),
                                      QRegularExpression::DotMatchesEverythingOption));
        const QImage outlines = rendered(svg, {160, 40});
        QVERIFY(inked(outlines, {0, 0, 30, 40}) > 20);    // R12
        QVERIFY(inked(outlines, {60, 0, 100, 40}) > 50);  // 多伦多
        QCOMPARE(outlines, whole);
        // And where the screen draws them, so that outlines fit what stands around them.
        QImage screen(160, 40, QImage::Format_RGB32);
        screen.fill(Qt::white);
        QPainter painter(&screen);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(Theme::bodyFont());
        painter.drawText(4, 24, QStringLiteral("R12 .34 多伦多"));
        painter.end();
        const QRect drawn = inkOf(screen), told = inkOf(outlines);
        QVERIFY2(std::abs(drawn.left() - told.left()) <= 1 && std::abs(drawn.right() - told.right()) <= 6 &&
                     std::abs(drawn.top() - told.top()) <= 1 && std::abs(drawn.bottom() - told.bottom()) <= 1,
                 qPrintable(QStringLiteral("%1 %2").arg(drawn.right()).arg(told.right())));
    }

    void markupInAFigureIsTextOfItsSvg() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.svg"));
        const QString text = QStringLiteral("<script>a&b</script> \"%1\"\x01");
        QVERIFY(!exportFigure(path, {200, 40}, text, [&](QPainter& p) { p.drawText(4, 24, text); }));
        QXmlStreamReader reader(contentOf(path));
        QStringList titles, texts;
        while (!reader.atEnd()) {
            reader.readNext();
            QVERIFY(reader.name() != QLatin1String("script"));
            if (reader.isStartElement() && reader.name() == QLatin1String("title")) titles << reader.readElementText();
            if (reader.isStartElement() && reader.name() == QLatin1String("text")) texts << reader.readElementText();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(titles.size(), 1);
        QVERIFY(titles.first().startsWith(QStringLiteral("<script>a&b</script> \"%1\"")));
        QVERIFY(texts.join(QString()).startsWith(QStringLiteral("<script>a&b</script> \"%1\"")));
    }

    void theTextOfAPdfCanBeFound() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.pdf"));
        QVERIFY(!exportFigure(path, {300, 60}, QStringLiteral("t"), [](QPainter& p) {
            p.drawText(4, 24, QStringLiteral("R0123456789 .34 fig. 多伦多"));
            p.setFont(Theme::secondaryFont());
            p.rotate(-10);
            p.drawText(40, 50, QStringLiteral("c2·3 office"));
        }));
        const QString text = pdfText(contentOf(path));
        for (const char* wanted : {"R0123456789", ".34", "fig.", "多伦多", "c2·3", "office"})
            QVERIFY2(text.contains(QString::fromUtf8(wanted)), qPrintable(text));
        QVERIFY2(!text.contains(QChar::ReplacementCharacter), qPrintable(text));
        QVERIFY(pdfEmbedsItsFonts(contentOf(path)));
    }

    void aChartsPdfHasItsNumbersAndNames() {
        QTemporaryDir folder;
        Chart chart;
        chart.resize(400, 260);
        chart.setTitles(QStringLiteral("Loss"), QStringLiteral("步 step"), QStringLiteral("loss"));
        auto first = line({0, 10, 20}, {3, 2, 1}), second = line({0, 10, 20}, {2, 2, 2});
        first.name = QStringLiteral("PER 42");
        second.name = QStringLiteral("地点");
        chart.setSeries({first, second});
        chart.setLevel(1.5, QStringLiteral("flood level 1.5"));
        chart.show();  // a chart has its size when it is shown
        const QString path = folder.filePath(QStringLiteral("c.pdf"));
        QVERIFY(!saveFigure(path, chart.figure(), kFigurePageMm));
        const QString text = pdfText(contentOf(path));
        for (const char* wanted : {"10", "20", "loss", "步", "PER 42", "地点", "flood level 1.5"})
            QVERIFY2(text.contains(QString::fromUtf8(wanted)), qPrintable(text));
        QVERIFY2(!text.contains(QChar::ReplacementCharacter), qPrintable(text));
    }

    void numbersBelowZeroHaveAMinus() {
        QTemporaryDir folder;
        Chart chart;
        chart.resize(400, 260);
        chart.setSeries({line({0, 1, 2}, {-3, 0, 3})});
        const QString path = folder.filePath(QStringLiteral("m.svg"));
        QVERIFY(!saveFigure(path, chart.figure(), 175));
        const QString svg = QString::fromUtf8(contentOf(path));
        QVERIFY(svg.contains(QStringLiteral(">−2</text>")));
        QVERIFY(!svg.contains(QStringLiteral(">-2</text>")));
    }

    void aPointThatIsPressedIsTold() {
        Chart chart;
        chart.resize(400, 300);
        Chart::Series points = line({0, 1, 2}, {0, 1, 4});
        points.markers = true;
        chart.setSeries({points});
        chart.show();
        QWidget* plot = chart.findChild<QWidget*>(QStringLiteral("plot"));
        QSignalSpy pressed(&chart, &Chart::pointPressed);
        const QRect area = chart.plotRect();
        const auto place = [&](double x, double y) {
            const auto [x0, x1] = chart.xRange();
            const auto [y0, y1] = chart.yRange();
            return QPoint(int(area.left() + (x - x0) / (x1 - x0) * area.width()),
                          int(area.bottom() - (y - y0) / (y1 - y0) * area.height()));
        };
        QTest::mouseClick(plot, Qt::LeftButton, {}, place(1, 1));
        QCOMPARE(pressed.size(), 1);
        QCOMPARE(pressed.at(0).at(1).toInt(), 1);
        QTest::mouseClick(plot, Qt::LeftButton, {}, place(1.5, 0.2));  // nothing is there
        QCOMPARE(pressed.size(), 1);
    }

    void aFigureIsAsWideOnPaperAsAsked() {
        QTemporaryDir folder;
        const QString svg = folder.filePath(QStringLiteral("f.svg")), png = folder.filePath(QStringLiteral("f.png")),
                      pdf = folder.filePath(QStringLiteral("f.pdf"));
        const Figure figure = square(QStringLiteral("rule seqeval-lenient; seeds 1, 2"));
        for (const QString& path : {svg, png, pdf}) QVERIFY(!saveFigure(path, figure, 85));
        QVERIFY2(contentOf(svg).contains("<svg width=\"85.000mm\""), contentOf(svg).left(300).constData());
        QVERIFY(contentOf(svg).contains("rule seqeval-lenient; seeds 1, 2"));
        const QImage image(png);
        QCOMPARE(image.width(), int(std::lround(85 / 25.4 * 300)));
        QCOMPARE(image.dotsPerMeterX(), int(std::lround(300 / 25.4 * 1000)));
        const QRegularExpression box(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) "));
        const auto found = box.match(QString::fromLatin1(contentOf(pdf)));
        QVERIFY(found.hasMatch());
        QVERIFY(std::abs(found.captured(1).toDouble() - 85 / 25.4 * 72) < 0.5);
        QVERIFY(pdfEmbedsItsFonts(contentOf(pdf)));
        QVERIFY(pdfText(contentOf(pdf)).contains(QStringLiteral("seeds 1, 2")));
    }

    void secondaryTextHasSevenPointsOnPaper() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("f.svg"));
        QVERIFY(!saveFigure(path, square(QStringLiteral("caption")), 175));
        const QRegularExpression scale(QStringLiteral("matrix\\(([0-9.]+),0,0"));
        const auto found = scale.match(QString::fromUtf8(contentOf(path)));
        QVERIFY(found.hasMatch());
        QVERIFY(std::abs(found.captured(1).toDouble() - 7.0 / 9.0) < 0.01);
    }

    void aPreviewShowsTheWholeFigure() {
        for (const int pixels : {200, 460, 2000}) {
            const QImage image = figurePreview(square({}), 175, pixels);
            QCOMPARE(image.width(), pixels);
            QVERIFY(std::abs(image.height() - pixels) <= 1);
            const double margin = 8 * 7.0 / 9.0 / (175 / 25.4 * 96) * pixels;
            QCOMPARE(image.pixelColor(int(pixels - margin) - 3, int(pixels - margin) - 3), QColor(Qt::blue));
            QCOMPARE(image.pixelColor(pixels - 1, pixels / 2), QColor(Qt::white));
        }
    }

    void figuresAreLightInADarkWindow() {
        Theme::install(Theme::Choice::Dark);
        const QColor window = Theme::seriesColor(0);
        Figure figure = square({});
        QColor paper;
        figure.draw = [&paper](QPainter&, double) { paper = Theme::seriesColor(0); };
        figurePreview(figure, 85, 100);
        Theme::install(Theme::Choice::Light);
        QVERIFY(paper != window);
        QCOMPARE(paper, Theme::seriesColor(0));
    }

    void theDialogRemembersItsChoice() {
        const Figure figure = square(QStringLiteral("caption"));
        {
            FigureDialog dialog(figure);
            dialog.show();
            auto* width = dialog.findChild<QComboBox*>(QStringLiteral("figureWidth"));
            auto* own = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("figureMm"));
            width->setFocus();
            QTest::keyClick(width, Qt::Key_Home);
            QCOMPARE(dialog.widthMm(), 85.0);
            QVERIFY(!own->isEnabled());
            QTest::keyClick(width, Qt::Key_End);
            QVERIFY(own->isEnabled());
            own->setValue(120);
            auto* caption = dialog.findChild<QCheckBox*>(QStringLiteral("figureCaption"));
            QTest::mouseClick(caption, Qt::LeftButton, {}, QPoint(8, caption->height() / 2));
            QVERIFY(dialog.chosen().caption.isEmpty());
            dialog.remember();
        }
        FigureDialog dialog(figure);
        QCOMPARE(dialog.widthMm(), 120.0);
        QVERIFY(dialog.chosen().caption.isEmpty());
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("figurePreview"))->pixmap().isNull());
    }

    void aFigureMayHaveAChoiceOfItsOwnWhichIsRemembered() {
        const FigureOption option{QStringLiteral("test"), QStringLiteral("With more"), [](bool isOn) {
                                      return square(isOn ? QStringLiteral("more") : QStringLiteral("less"));
                                  }};
        {
            FigureDialog dialog(option);
            dialog.show();
            auto* tick = dialog.findChild<QCheckBox*>(QStringLiteral("figureOption"));
            dialog.findChild<QCheckBox*>(QStringLiteral("figureCaption"))->setChecked(true);
            QCOMPARE(dialog.chosen().caption, QStringLiteral("less"));
            QTest::mouseClick(tick, Qt::LeftButton, {}, QPoint(8, tick->height() / 2));
            QCOMPARE(dialog.chosen().caption, QStringLiteral("more"));
            QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("figureSize"))->text().contains(QLatin1String("7 pt")));
            dialog.remember();
        }
        QCOMPARE(FigureDialog(option).chosen().caption, QStringLiteral("more"));
        QVERIFY(!FigureDialog(square({})).findChild<QCheckBox*>(QStringLiteral("figureOption")));
    }

    void aNameWithoutEndingGetsOneAndNothingIsReplacedUnasked() {
        QTemporaryDir folder;
        QFile there(folder.filePath(QStringLiteral("f.pdf")));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
        there.close();
        int asked = 0;
        dialogs::Answers answers;
        answers.run = [](QDialog& dialog) {
            auto* format = dialog.findChild<QComboBox*>(QStringLiteral("figureFormat"));
            format->setCurrentIndex(format->findData(int(FigureFormat::Pdf)));
            return int(QDialog::Accepted);
        };
        answers.files = [&](const dialogs::FileRequest&) { return QStringList{folder.filePath(QStringLiteral("f"))}; };
        answers.ask = [&](const dialogs::Question&) { return ++asked == 1 ? 1 : 0; };
        dialogs::setAnswers(answers);
        QVERIFY(askAndSaveFigure(nullptr, QStringLiteral("t"), square({})).path.isEmpty());
        QCOMPARE(contentOf(there.fileName()), QByteArray("mine"));
        QCOMPARE(askAndSaveFigure(nullptr, QStringLiteral("t"), square({})).path, there.fileName());
        QVERIFY(contentOf(there.fileName()).startsWith("%PDF"));
        QCOMPARE(asked, 2);
        dialogs::setAnswers({});
    }

    void aTableLeavesWithItsHeadCellsAndTheRestCounted() {
        QStandardItemModel model(100, 2);
        model.setHorizontalHeaderLabels({QStringLiteral("系统"), QStringLiteral("F1")});
        for (int row = 0; row < 100; ++row) {
            model.setItem(row, 0, new QStandardItem(QStringLiteral("run-%1").arg(row)));
            model.setItem(row, 1, new QStandardItem(QStringLiteral("<b>%1</b>").arg(row)));
        }
        QTableView view;
        view.setModel(&model);
        view.verticalHeader()->hide();
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("t.pdf"));
        QVERIFY(!saveFigure(path, tableFigure(view, 20), 85));
        const QString text = pdfText(contentOf(path));
        for (const char* wanted : {"系统", "F1", "run-0", "run-19", "<b>19</b>", "80 more"})
            QVERIFY2(text.contains(QString::fromUtf8(wanted)), wanted);
        QVERIFY(!text.contains(QStringLiteral("run-20")));
    }

    void aFolderThatIsNotThereIsAnError() {
        const auto error = exportFigure(QStringLiteral("/nowhere/at/all/f.pdf"), {10, 10}, {}, [](QPainter&) {});
        QVERIFY(error);
    }

    void aPointAtTheEndCostsOnePointHoweverLongTheLineIs() {
        Chart chart;
        chart.resize(400, 300);
        chart.setSmoothing(0.5);
        for (const int length : {10, 100'000}) {
            Chart::Series line;
            line.smooth = true;
            for (int i = 0; i < length; ++i) line.x.push_back(i), line.y.push_back(i % 7);
            chart.setSeries({line});
            const std::size_t before = chart.pointsTaken();
            chart.append(0, {double(length)}, {20.0});
            QCOMPARE(chart.pointsTaken() - before, std::size_t(1));
            QVERIFY(chart.yRange().second > 20);
            QVERIFY(chart.xRange().second > length);
        }
    }

    void aLineThatGrewIsTheLineThatWasSet() {
        Chart grown, whole;
        Chart::Series line;
        line.smooth = true;
        for (Chart* chart : {&grown, &whole}) chart->resize(400, 300), chart->setSmoothing(0.6);
        grown.setSeries({line});
        for (int i = 0; i < 50; ++i) {
            line.x.push_back(i), line.y.push_back((i * 37) % 11);
            grown.append(0, {line.x.back()}, {line.y.back()});
        }
        whole.setSeries({line});
        QCOMPARE(grown.xRange(), whole.xRange());
        QCOMPARE(grown.yRange(), whole.yRange());
        QCOMPARE(grown.grab().toImage(), whole.grab().toImage());
    }
};

int main(int argc, char** argv) {
    return runTagTest<ChartsTest>(argc, argv);
}
#include "charts_test.moc"
