#include "ui/pages/attention/attention_view_model.h"

#include <QKeyEvent>
#include <QtTest>
#include <cmath>

#include "ui/pages/attention/bars.h"
#include "ui/pages/attention/matrix_view.h"
#include "ui/pages/attention/word_strip.h"

using namespace mnerva;
using namespace mnerva::ui;
using protocol::TensorValue;

namespace {

constexpr int kWords = 2;

TensorValue tensor(std::vector<int> shape, auto value) {
    TensorValue t;
    t.shape = shape;
    for (int a = 0; a < shape[0]; ++a)
        for (int b = 0; b < shape[1]; ++b)
            for (int c = 0; c < shape[2]; ++c) t.values.push_back(float(value(a, b, c)));
    return t;
}

/// Two layers, two heads, two words, one crop of four rows: 53 regions. Layer 1 (the last) of head h gives word w
/// weight .5 on cell 10 w + h, .25 on crop row w, the rest spread evenly.
protocol::PredictResult answer() {
    protocol::PredictResult result;
    result.relevance = {0.8, 0.4};
    const double rest = 0.25 / 51;
    const auto last = [rest](int h, int w, int r) { return r == 10 * w + h ? 0.5 : r == 49 + w ? 0.25 : rest; };
    result.textToImage = {tensor({2, kWords, 53}, [](int, int, int) { return 1.0 / 53; }),
                          tensor({2, kWords, 53}, last)};
    // Regions choose among [CLS], the words, [SEP]: region r gives [CLS] .1, word 0 .6 (r even) or .2, [SEP] the rest.
    result.imageToText = {tensor({2, 53, kWords + 2}, [](int, int r, int k) {
        const double first = r % 2 == 0 ? 0.6 : 0.2, second = 0.2;
        return k == 0 ? 0.1 : k == 1 ? first : k == 2 ? second : 0.7 - first;
    })};
    return result;
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-6;
}

}  // namespace

class AttentionModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChoiceIsFittedToWhatARunHas() {
        protocol::PredictResult result = answer();
        AttentionChoice choice;
        choice.layer = 0;
        choice.head = 1;
        choice.threshold = 0.3;
        QVERIFY(fittedChoice(result, choice) == choice);
        choice.layer = 5;  // of a run with six layers
        choice.head = 7;   // and eight heads
        QCOMPARE(fittedChoice(result, choice).layer, -1);
        QCOMPARE(fittedChoice(result, choice).head, -1);
        QVERIFY(!selectAttention(result, kWords, fittedChoice(result, choice)).isEmpty());
        choice.direction = AttentionDirection::ImageToText;
        result.imageToText.clear();
        QCOMPARE(fittedChoice(result, choice).direction, AttentionDirection::TextToImage);
        QVERIFY(!selectAttention(result, kWords, fittedChoice(result, choice)).isEmpty());
        result.textToImage.clear();
        QCOMPARE(fittedChoice(result, choice).direction, AttentionDirection::ImageToText);  // as wanted: none has maps
        QVERIFY(!hasMaps(result, AttentionDirection::ImageToText));
    }

    void meanOfHeadsIsTheMean() {
        const AttentionMap map = selectAttention(answer(), kWords, {});
        QCOMPARE(map.words, kWords);
        QCOMPARE(map.regions, 53);
        QVERIFY(near(map.at(0, 0), (0.5 + 0.25 / 51) / 2));
        QVERIFY(near(map.at(0, 1), (0.5 + 0.25 / 51) / 2));
        QVERIFY(near(map.at(1, 10), (0.5 + 0.25 / 51) / 2));
    }

    void oneHeadIsThatHead() {
        AttentionChoice choice;
        choice.head = 1;
        const AttentionMap map = selectAttention(answer(), kWords, choice);
        QVERIFY(near(map.at(0, 1), 0.5));
        QVERIFY(near(map.at(0, 0), 0.25 / 51));
    }

    void theLastLayerIsMeantUnlessAnotherIsChosen() {
        AttentionChoice choice;
        choice.layer = 0;
        QVERIFY(near(selectAttention(answer(), kWords, choice).at(0, 0), 1.0 / 53));
        choice.layer = 7;
        QVERIFY(selectAttention(answer(), kWords, choice).isEmpty());
    }

    void ofSeveralPicturesTheChosenOneIsCutOut() {
        protocol::PredictResult result;
        result.pictureOf = {0, 2};
        result.relevance = {0.9, 0.1, 0.5, 0.3};
        // Region r of picture p weighs 1000 p + r, so that each weight says where it is from.
        result.textToImage = {tensor({1, kWords, 106}, [](int, int, int r) { return r < 53 ? r : 1000 + r - 53; })};
        result.imageToText = {tensor({1, 106, kWords + 2}, [](int, int r, int) { return r < 53 ? r : 1000 + r - 53; })};
        AttentionChoice choice;
        for (const auto direction : {AttentionDirection::TextToImage, AttentionDirection::ImageToText}) {
            choice.direction = direction;
            for (int picture = 0; picture < 2; ++picture) {
                choice.picture = picture;
                const AttentionMap map = selectAttention(result, kWords, choice);
                QCOMPARE(map.regions, 53);
                QCOMPARE(map.crops, 1);
                QCOMPARE(map.at(1, 7), 1000.0f * float(picture) + 7);
                QCOMPARE(map.at(0, 52), 1000.0f * float(picture) + 52);
            }
        }
        QVERIFY(near(selectAttention(result, kWords, {}).uniform(AttentionDirection::TextToImage, false), 1.0 / 106));
        QCOMPARE(relevanceOf(result, 1), (std::vector<double>{0.5, 0.3}));
        result.pictureOf = {0, 1, 2};  // 106 columns are not three pictures
        QVERIFY(selectAttention(result, kWords, {}).isEmpty());
    }

    void anEntityHasItsPlaceFromAnyOfItsWords() {
        protocol::PredictResult result;
        result.entities = {{"PER", 0, 1, 0.9}, {"LOC", 3, 3, 0.8}};
        result.groundings = {{2, true, {0, 2, -1}, {0.2, 0.5, 0.1, 0.2}},
                             {-1, false, {0, 2, -1}, {0.1, 0.1, 0.1, 0.7}}};
        for (int word : {0, 1}) {
            const EntityPlace place = placeOfEntity(result, word);
            QCOMPARE(place.entity, 0);
            QVERIFY(place.shown);
            QCOMPARE(place.regions.at(0).region, 2);
            QVERIFY(place.regions.at(0).chosen);
            QVERIFY(!place.regions.at(1).chosen);
            QVERIFY(near(place.notShown, 0.2));
        }
        QCOMPARE(placeOfEntity(result, 2).entity, -1);
        const EntityPlace hidden = placeOfEntity(result, 3);
        QVERIFY(!hidden.shown);
        QVERIFY(std::none_of(hidden.regions.begin(), hidden.regions.end(), [](const auto& r) { return r.chosen; }));
        result.groundings.clear();
        QCOMPARE(placeOfEntity(result, 0).entity, -1);
    }

    void renormalisedRowsSumToOneOverTheCells() {
        AttentionChoice choice;
        choice.renormalised = true;
        const AttentionMap map = selectAttention(answer(), kWords, choice);
        QCOMPARE(map.regions, 49);
        for (int word = 0; word < kWords; ++word) {
            double sum = 0;
            for (const float weight : map.cells(word)) sum += weight;
            QVERIFY(near(sum, 1));
        }
    }

    void rawRowsSumToOneOverAllRegions() {
        const AttentionMap map = selectAttention(answer(), kWords, {});
        double sum = 0;
        for (int region = 0; region < map.regions; ++region) sum += map.at(1, region);
        QVERIFY(near(sum, 1));
    }

    void imageToTextIsTransposedWithoutTheSpecials() {
        AttentionChoice choice;
        choice.direction = AttentionDirection::ImageToText;
        const AttentionMap map = selectAttention(answer(), kWords, choice);
        QCOMPARE(map.words, kWords);
        QCOMPARE(map.regions, 53);
        QVERIFY(near(map.at(0, 0), 0.6));
        QVERIFY(near(map.at(0, 1), 0.2));
        QVERIFY(near(map.at(1, 52), 0.2));
    }

    void imageToTextRenormalisesOverTheWords() {
        AttentionChoice choice;
        choice.direction = AttentionDirection::ImageToText;
        choice.renormalised = true;
        const AttentionMap map = selectAttention(answer(), kWords, choice);
        QVERIFY(near(map.at(0, 0), 0.75));
        QVERIFY(near(map.at(1, 0), 0.25));
        QVERIFY(near(map.at(0, 1), 0.5));
    }

    void cropsAreFoundFromTheRelevance() {
        const AttentionMap map = selectAttention(answer(), kWords, {});
        QCOMPARE(map.crops, 1);
        QCOMPARE(map.rowsPerCrop, 4);
        QCOMPARE(map.regionName(49), std::string("c1·1"));
        QCOMPARE(map.regionName(52), std::string("c1·4"));
    }

    void cellsAreNamedRowByRow() {
        AttentionMap map;
        QCOMPARE(map.regionName(0), std::string("R11"));
        QCOMPARE(map.regionName(8), std::string("R22"));
        QCOMPARE(map.regionName(48), std::string("R77"));
    }

    void uniformIsTheShareWithoutAnyChoice() {
        const AttentionMap map = selectAttention(answer(), kWords, {});
        QVERIFY(near(map.uniform(AttentionDirection::TextToImage, false), 1.0 / 53));
        QVERIFY(near(map.uniform(AttentionDirection::ImageToText, false), 0.25));
        QVERIFY(near(map.uniform(AttentionDirection::ImageToText, true), 0.5));
    }

    void hottestCellsAreOverTheThresholdHeaviestFirst() {
        AttentionChoice choice;
        choice.head = 0;
        const AttentionMap map = selectAttention(answer(), kWords, choice);
        QCOMPARE(map.hottestCells(1, 0.08, 3), std::vector<int>{10});
        QVERIFY(map.hottestCells(1, 0.9, 3).empty());
        QCOMPARE(map.hottestCells(1, 0.0, 3).size(), std::size_t(3));
        QCOMPARE(map.hottestCells(1, 0.0, 3).front(), 10);
    }

    void aRegionLightsItsWords() {
        AttentionChoice choice;
        choice.head = 0;
        const auto words = selectAttention(answer(), kWords, choice).wordsOf(10);
        QCOMPARE(words.size(), std::size_t(kWords));
        QVERIFY(words[1] > 0.4 && words[0] < 0.01);
        QVERIFY(AttentionMap().wordsOf(3).empty());
        QVERIFY(AttentionMap().cells(0).empty());
    }

    void shapesThatDoNotFitGiveNoMap() {
        QVERIFY(selectAttention(answer(), 3, {}).isEmpty());
        QVERIFY(selectAttention({}, 2, {}).isEmpty());
        protocol::PredictResult small = answer();
        small.textToImage = {tensor({1, kWords, 20}, [](int, int, int) { return 0.05; })};
        QVERIFY(selectAttention(small, kWords, {}).isEmpty());
        protocol::PredictResult cut = answer();
        cut.textToImage.back().values.pop_back();
        QVERIFY(selectAttention(cut, kWords, {}).isEmpty());
    }

    void numbersThatAreNotFiniteWeighNothing() {
        protocol::PredictResult odd = answer();
        odd.textToImage.back().values[3] = std::nanf("");
        AttentionChoice choice;
        choice.head = 0;
        QCOMPARE(selectAttention(odd, kWords, choice).at(0, 3), 0.0f);
    }

    void aWordWithoutWeightsStaysDark() {
        protocol::PredictResult cut = answer();  // words beyond the encoder's positions have zero rows
        std::fill(cut.textToImage.back().values.begin(), cut.textToImage.back().values.begin() + 53, 0.f);
        AttentionChoice choice;
        choice.head = 0;
        choice.renormalised = true;
        const AttentionMap map = selectAttention(cut, kWords, choice);
        QCOMPARE(map.maximumOf(0), 0.0f);
        QVERIFY(map.maximumOf(1) > 0);
    }

    void theScaleIsOneForAllWordsOrEachWordsOwn() {
        protocol::PredictResult result = answer();
        for (int region = 0; region < 53; ++region) result.textToImage.back().values[std::size_t(region)] *= 0.5f;
        AttentionChoice choice;
        choice.head = 0;
        const AttentionMap map = selectAttention(result, kWords, choice);
        QVERIFY(near(shownMaximum(map, 0, choice), 0.5));
        choice.sameScale = false;
        QVERIFY(near(shownMaximum(map, 0, choice), 0.25));
        choice.threshold = 0.9;  // nothing reaches it: the scale still ends somewhere
        QVERIFY(near(shownMaximum(map, 0, choice), 0.9));
    }

    void layersAndHeadsAreCounted() {
        QCOMPARE(attentionLayers(answer(), AttentionDirection::TextToImage), 2);
        QCOMPARE(attentionLayers(answer(), AttentionDirection::ImageToText), 1);
        QCOMPARE(attentionHeads(answer(), AttentionDirection::TextToImage, -1), 2);
        QCOMPARE(attentionHeads({}, AttentionDirection::TextToImage, -1), 0);
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
        view.setMap(selectAttention(answer(), kWords, {}), 0.5, {});
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

QTEST_MAIN(AttentionModelTest)
#include "attention_model_test.moc"
