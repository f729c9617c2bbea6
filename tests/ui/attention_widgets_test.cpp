#include <QKeyEvent>
#include <QtTest>

#include "core/project/attention_view.h"
#include "ui/pages/attention/bars.h"
#include "ui/pages/attention/matrix_view.h"
#include "ui/pages/attention/word_strip.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace {

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

    void wordsBreakIntoLines() {
        const WordStripLayout layout = layWords({40, 40, 40, 200}, 20, 4, 100);
        QCOMPARE(layout.boxes[1].left(), 44.0);
        QCOMPARE(layout.boxes[2].top(), 20.0);
        QCOMPARE(layout.boxes[3].top(), 40.0);
        QCOMPARE(layout.height, 60.0);
        QCOMPARE(layout.wordAt({50, 5}), 1);
        QCOMPARE(layout.wordAt({42, 5}), -1);
        QCOMPARE(layWords({}, 20, 4, 100).height, 0.0);
    }

    void arrowsMoveTheCaretAndStopAtTheEnds() {
        WordStrip strip;
        strip.setWords({QStringLiteral("Kevin"), QStringLiteral("in"), QStringLiteral("Toronto")}, true);
        QSignalSpy moved(&strip, &WordStrip::currentChanged);
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
        WordStrip strip;
        strip.resize(600, 80);
        strip.setWords({QStringLiteral("Kevin"), QStringLiteral("in")}, true);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.wordRect(1).center().toPoint());
        QCOMPARE(strip.current(), 1);
    }

    void aShorterPostKeepsTheCaretInside() {
        WordStrip strip;
        strip.setWords({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, true);
        strip.setCurrent(2);
        strip.setWords({QStringLiteral("x")}, true);
        QCOMPARE(strip.current(), 0);
        strip.setWords({}, true);
        strip.setCurrent(3);
        QCOMPARE(strip.current(), 0);
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

    void weightsAreWrittenAsInPapers() {
        QCOMPARE(weightText(0.083, 3), QStringLiteral(".083"));
        QCOMPARE(weightText(1), QStringLiteral("1.00"));
    }
};

QTEST_MAIN(AttentionWidgetsTest)
#include "attention_widgets_test.moc"
