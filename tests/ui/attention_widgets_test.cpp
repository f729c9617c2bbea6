#include <QKeyEvent>
#include <QtTest>
#include <cmath>

#include "core/project/attention_view.h"
#include "ui/pages/attention/bars.h"
#include "ui/pages/attention/bench_text.h"
#include "ui/pages/attention/control_bar.h"
#include "ui/pages/attention/lanes_strip.h"
#include "ui/pages/attention/map_tiles.h"
#include "ui/pages/attention/matrix_view.h"
#include "ui/pages/attention/rank_table.h"
#include "ui/pages/attention/stage_layout.h"
#include "ui/session/heat_legend.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace {

/// A post of these words with gold and one run, neither with an entity.
workflow::Case caseOf(const std::vector<std::string>& words) {
    Post post;
    post.words = words;
    return workflow::makeCase(
        post, {{"gold", project::LayerKind::Gold, true, false, {}}, {"r1", project::LayerKind::Run, true, false, {}}},
        "gold");
}

/// Two words that look at each region alike.
project::AttentionMap evenMap() {
    FloatArray tensor;
    tensor.shape = {1, 2, 49};
    tensor.values.assign(2 * 49, 1.0F / 49);
    auto result = std::make_shared<protocol::PredictResult>();
    result->textToImage = {tensor};
    return project::selectAttention(result, 2, {});
}

}  // namespace

class AttentionWidgetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFigureUnderASmallMapIsShort() {
        protocol::MethodFigures of;
        QCOMPARE(benchNote(of), QString());
        for (const auto& [mean, text] :
             {std::pair{0.00022, "del. 0"}, {-0.00022, "del. 0"}, {1.234, "del. +1.23"}, {-0.3, "del. −.30"}}) {
            of.deletion = protocol::MapFigure{};
            of.deletion->mean = mean;
            of.deletion->count = 3;
            QCOMPARE(benchNote(of), QString::fromUtf8(text));
        }
    }
    void ranksHaveTwoPlaces() {
        RankTable ranks;
        const QStringList names{QStringLiteral("a"), QStringLiteral("b")};
        for (const auto& [rho, text] :
             {std::pair{-0.0001, ".00"}, {0.444, ".44"}, {-0.27, "−.27"}, {1.0, "1.00"}, {-1.0, "−1.00"}}) {
            ranks.setTable(names, {{std::nullopt, std::nullopt}, {rho, std::nullopt}});
            QCOMPARE(ranks.accessibleDescription(), QStringLiteral("b, a: ") + QString::fromUtf8(text));
        }
    }
    void matrixCellsAreFoundWhereTheyAreDrawn() {
        MatrixLayout layout;
        layout.words = 3;
        layout.regions = 53;
        layout.rowsPerCrop = 4;
        for (const int region : {0, 6, 7, 48, 49, 52})
            for (int word = 0; word < 3; ++word)
                QCOMPARE(layout.cellAt(layout.cell(word, region).center()), (std::pair{word, region}));
        QCOMPARE(layout.cellAt({-1, 5}), (std::pair{-1, -1}));
        QCOMPARE(layout.cellAt({5, 3 * layout.cellHeight + 1}), (std::pair{-1, -1}));
    }

    void matrixGroupsStandApart() {
        MatrixLayout layout;
        layout.regions = 57;
        layout.rowsPerCrop = 4;
        QCOMPARE(layout.columnLeft(6) - layout.columnLeft(5), layout.cellWidth);
        QCOMPARE(layout.columnLeft(7) - layout.columnLeft(6), layout.cellWidth + layout.groupGap);
        QCOMPARE(layout.columnLeft(53) - layout.columnLeft(52), layout.cellWidth + layout.groupGap);
        QCOMPARE(layout.cellAt({layout.columnLeft(7) - 1, 5}).second, -1);
    }

    void arrowsMoveTheCaretAndStopAtTheEnds() {
        LanesStrip strip;
        strip.setCase(caseOf({"Kevin", "in", "Toronto"}), {});
        QSignalSpy moved(&strip, &LanesStrip::currentChanged);
        QTest::keyClick(&strip, Qt::Key_Left);
        QCOMPARE(moved.size(), 0);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_End);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.current(), 2);
        QCOMPARE(moved.size(), 2);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(strip.current(), 0);
    }

    void aPressChoosesTheWord() {
        LanesStrip strip;
        strip.resize(600, 80);
        strip.setCase(caseOf({"Kevin", "in"}), {});
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.wordRect(1).center().toPoint());
        QCOMPARE(strip.current(), 1);
    }

    void aShorterPostKeepsTheCaretInside() {
        LanesStrip strip;
        strip.setCase(caseOf({"a", "b", "c"}), {});
        strip.setCurrent(2);
        strip.setCase(caseOf({"x"}), {});
        QCOMPARE(strip.current(), 0);
        strip.setCase(caseOf({}), {});
        strip.setCurrent(3);
        QCOMPARE(strip.current(), 0);
    }

    void aLongTextIsScrolledToTheCaretOnLanesOfThirtyPixels() {
        LanesStrip strip;
        strip.resize(600, 80);
        workflow::Case shown = caseOf(std::vector<std::string>(300, "word"));
        strip.setCase(shown, {});
        QCOMPARE(strip.scrolled(), 0);
        QCOMPARE(strip.sizeHint().height(), 2 * LanesStrip::kLaneHeight);  // gold in the words, and one run
        QTest::keyClick(&strip, Qt::Key_End);
        QVERIFY(strip.scrolled() > 1000);
        QVERIFY(strip.wordRect(299).right() <= 600);
        QVERIFY(!strip.grab().isNull());
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.wordRect(298).center().toPoint());
        QCOMPARE(strip.current(), 298);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(strip.scrolled(), 0);
    }

    void thePhotoIsAsLargeAsTheTableSays_data() {
        QTest::addColumn<QSize>("page");
        QTest::addColumn<int>("photo");
        QTest::addColumn<int>("pair");
        QTest::newRow("1280 x 800") << QSize(1200, 734) << 540 << 540;
        QTest::newRow("1440 x 900") << QSize(1360, 834) << 640 << 640;
        QTest::newRow("1920 x 1200") << QSize(1840, 1134) << 920 << 880;
    }
    void thePhotoIsAsLargeAsTheTableSays() {
        QFETCH(QSize, page);
        QFETCH(int, photo);
        QFETCH(int, pair);
        const auto stage = [&](int lanes) {
            return QSize(page.width(), page.height() - ControlBar::kHeight - lanes * LanesStrip::kLaneHeight);
        };
        const StageLayout one = layStage(stage(2), StageMode::One, false);
        QVERIFY2(one.photoSide() >= photo, qPrintable(QString::number(one.photoSide())));
        QVERIFY(one.panel.left() > one.first.right());
        QVERIFY(one.panel.right() < page.width());
        QVERIFY(one.first.bottom() < stage(2).height());
        const StageLayout two = layStage(stage(3), StageMode::Compare, false);
        QVERIFY2(two.photoSide() >= pair, qPrintable(QString::number(two.photoSide())));
        QCOMPARE(two.first.size(), two.second.size());
        QVERIFY(two.second.right() < page.width());
        QVERIFY(two.panel.isEmpty());
        QVERIFY(!layStage(stage(3), StageMode::Compare, true).panel.isEmpty());
        // An open drawer covers the second photo wholly, or stands beside both.
        for (const int width : {900, 1183, 1343, 1500, 1823}) {
            const StageLayout open = layStage({width, 620}, StageMode::Compare, true);
            const bool covers = open.panel.left() <= open.second.left() && open.panel.right() >= open.second.right();
            QVERIFY(covers || open.panel.left() > open.second.right());
            QCOMPARE(open.first.size(), open.second.size());
            QVERIFY(open.first.left() >= 0 && open.panel.right() < width);
        }
    }

    void aSmallWindowStillHasAPhotoAndAPanel() {
        for (const QSize& size : {QSize(420, 240), QSize(640, 300), QSize(0, 0)}) {
            const StageLayout layout = layStage(size, StageMode::One, false);
            QVERIFY(layout.photoSide() >= 160);
            QVERIFY(layout.panel.width() >= 0);
        }
    }

    void tilesAreFoundWhereTheyAreDrawn() {
        const TileLayout layout = layTiles(20, 612, 56, 18);
        QCOMPARE(layout.columns, 9);  // look.md: nine of 56 px beside a photo of 540
        for (int tile = 0; tile < 20; ++tile) QCOMPARE(layout.indexAt(layout.map(tile).center()), tile);
        QCOMPARE(layout.indexAt(QPoint(-4, 3)), -1);
        QCOMPARE(layout.indexAt(layout.map(19).center() + QPoint(layout.step(), 0)), -1);  // beyond the last
        QCOMPARE(layTiles(20, 872, 72, 18).columns, 11);
        QCOMPARE(layTiles(3, 10, 56, 18).columns, 1);
        QCOMPARE(layTiles(0, 600, 56, 18).height(), 0);
    }

    void aTileIsChosenByMouseAndKeys() {
        MapTiles tiles;
        tiles.resize(400, 300);
        std::vector<MapTiles::Tile> some(3);
        for (MapTiles::Tile& tile : some) tile.cells.assign(49, 0.5F);
        some[2].cells.clear();  // a dash
        tiles.setTiles(some);
        tiles.setCurrent(0);
        QSignalSpy chosen(&tiles, &MapTiles::chosen);
        QTest::mouseClick(tiles.viewport(), Qt::LeftButton, {}, tiles.placeOf(1).center());
        QTest::keyClick(&tiles, Qt::Key_Right);
        QTest::keyClick(&tiles, Qt::Key_Left);  // there is none before the first
        QCOMPARE(chosen.size(), 2);
        QCOMPARE(chosen.at(0).at(0).toInt(), 1);
        QVERIFY(!tiles.grab().isNull());
    }

    void aPressInTheMatrixChoosesItsWord() {
        MatrixView view;
        view.resize(700, 300);
        view.setWords({QStringLiteral("Kevin"), QStringLiteral("in")});
        view.setMap(evenMap());
        view.setHeat(0.5, {});
        QSignalSpy chosen(&view, &MatrixView::wordChosen);
        const MatrixLayout& layout = view.matrixLayout();
        const QPointF at = layout.cell(1, 4).center() + QPointF(layout.rowHead, layout.columnHead);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).toInt(), 1);
    }

    void weightsAreWrittenAsInPapers_data() {
        QTest::addColumn<double>("weight");
        QTest::addColumn<QString>("text");
        const auto row = [](double weight, const char* text) {
            QTest::newRow(text) << weight << QString::fromUtf8(text);
        };
        row(1, "1.00");
        row(-20, "−20.00");
        row(-0.25, "−.25");
        row(0.0949, ".095");
        row(0.0996, ".10");
        row(0.083, ".083");
        row(-0.0042, "−.0042");
        row(0.00949, ".0095");
        row(0.00098, "9.8e-4");
        row(0.000996, ".0010");
        row(-3.14e-5, "-3.1e-5");
        row(2e-12, "2.0e-12");
        row(0, "0");
        row(-0.0, "0");
        QTest::newRow("no number") << std::nan("") << QStringLiteral("–");
    }
    void weightsAreWrittenAsInPapers() {
        QFETCH(double, weight);
        QFETCH(QString, text);
        QCOMPARE(weightText(weight), text);
    }
};

QTEST_MAIN(AttentionWidgetsTest)
#include "attention_widgets_test.moc"
