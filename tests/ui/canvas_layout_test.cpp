#include "ui/pages/tag/canvas_layout.h"

#include <QElapsedTimer>

#include <QTest>

#include "ui/base/word_display.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;

/// Fonts where every UTF-16 unit is 10 pixels wide: places can be counted by hand.
static CanvasMetrics simpleMetrics() {
    CanvasMetrics metrics;
    const auto width = [](const QString& text) { return 10.0 * static_cast<double>(text.size()); };
    metrics.wordWidth = metrics.labelWidth = metrics.tagWidth = width;
    metrics.wordAscent = 16;
    metrics.wordDescent = 4;
    metrics.labelHeight = 12;
    metrics.tagHeight = 12;
    metrics.spaceWidth = 10;
    metrics.margin = 10;
    return metrics;
}

static CanvasLayout layoutOf(const std::vector<std::string>& words, qreal width, JoinRule join = JoinRule::Space,
                             bool tags = true) {
    return layoutWords(displayOf(words), join, width, tags, simpleMetrics());
}

/// The first post of the right-to-left case: Hebrew with an English name and a year.
static const std::vector<std::string> kHebrew{"פגשתי", "את", "Mira", "לונד", "ליד", "קרסונד", "2024", "!"};

class CanvasLayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsStandSideBySideWithOneSpace() {
        const auto layout = layoutOf({"ab", "cde"}, 500);
        QCOMPARE(layout.lines.size(), std::size_t(1));
        QCOMPARE(layout.wordRect(0).left(), 10.0);
        QCOMPARE(layout.wordRect(0).width(), 20.0);
        QCOMPARE(layout.wordRect(1).left(), 40.0);
    }
    void chineseWordsStandWithoutASpace() {
        const auto layout = layoutOf({"多", "伦", "多"}, 500, JoinRule::Nothing);
        QCOMPARE(layout.wordRect(1).left(), layout.wordRect(0).right());
        QCOMPARE(layout.gap, 0.0);
    }
    void wordsThatDoNotFitGoToTheNextLine() {
        const auto layout = layoutOf({"abc", "def", "ghi"}, 90);
        QCOMPARE(layout.lines.size(), std::size_t(2));
        QCOMPARE(layout.lineOf(0), 0);
        QCOMPARE(layout.lineOf(1), 0);
        QCOMPARE(layout.lineOf(2), 1);
        QCOMPARE(layout.wordRect(2).left(), 10.0);
        QCOMPARE(layout.lines[1].top, layout.lines[0].bottom);
    }
    void aWordLongerThanALineIsCutBetweenGraphemes() {
        // Each family is one thing on screen and eight UTF-16 units: it must never be torn.
        const std::string family = "👩‍👩‍👧";
        const auto layout = layoutOf({family + family + family}, 120);
        QCOMPARE(layout.lines.size(), std::size_t(3));
        for (const auto& fragment : layout.fragments) {
            QCOMPARE(fragment.text, QString::fromStdString(family));
            QCOMPARE(fragment.word, 0);
        }
    }
    void aCutWordIsOneWordWhenClicked() {
        const auto layout = layoutOf({"abcdefghijkl", "x"}, 80);
        QVERIFY(layout.lines.size() > 1);
        QCOMPARE(layout.wordAt(layout.fragments.at(1).rect.center()), 0);
    }
    void noWordsGiveOneEmptyLine() {
        const auto layout = layoutOf({}, 300);
        QCOMPARE(layout.wordCount(), 0);
        QCOMPARE(layout.lines.size(), std::size_t(1));
        QCOMPARE(layout.wordAt({20, 20}, true), -1);
        QVERIFY(layout.wordRect(0).isNull());
        QVERIFY(layout.caretRect(0).isNull());
    }
    void aZeroWidthCanvasStillLaysOut() {
        const auto layout = layoutOf({"hello", "world"}, 0);
        QCOMPARE(layout.wordCount(), 2);
        QVERIFY(layout.size.width() > 0);
        QVERIFY(layout.wordRect(1).isValid());
    }
    void aRightToLeftPostBeginsAtTheRightAndKeepsItsOrder() {
        const auto layout = layoutOf(kHebrew, 500);
        QVERIFY(layout.rightToLeft);
        QCOMPARE(layout.wordRect(0).right(), 490.0);
        for (int word = 1; word < layout.wordCount(); ++word) {
            QCOMPARE(layout.wordRect(word).right(), layout.wordRect(word - 1).left() - 10);
        }
        QVERIFY(layout.fragments[0].rightToLeft);
        QVERIFY(!layout.fragments[2].rightToLeft);  // Mira: her letters run from the left
        QVERIFY(layout.beginsRight(2));             // and she follows what stands at her right
    }
    void hebrewInsideAnEnglishPostIsReadFromTheRight() {
        const auto layout = layoutOf({"Saw", "יוסי", "כהן", "at", "Norbix", "שלום"}, 500);
        QVERIFY(!layout.rightToLeft);
        QCOMPARE(layout.wordRect(0).left(), 10.0);
        QCOMPARE(layout.wordRect(2).left(), 50.0);  // the second name stands left of the first
        QCOMPARE(layout.wordRect(1).left(), 90.0);
        QCOMPARE(layout.wordRect(3).left(), 140.0);
        QVERIFY(layout.wordRect(4).left() < layout.wordRect(5).left());
    }
    void englishInsideAHebrewPostIsReadFromTheLeft() {
        const auto layout = layoutOf({"גר", "ב", "New", "York", "היום"}, 500);
        QVERIFY(layout.wordRect(2).left() < layout.wordRect(3).left());
        QVERIFY(layout.wordRect(1).left() > layout.wordRect(3).left());
        QVERIFY(layout.wordRect(4).right() < layout.wordRect(2).left());
    }
    void punctuationAtAWordsEndDoesNotTakeItOutOfItsRun() {
        const auto layout = layoutOf({"Saw", "יוסי", "כהן,", "at", "noon"}, 500);
        QVERIFY(layout.wordRect(2).left() < layout.wordRect(1).left());
        QVERIFY(layout.wordRect(1).right() < layout.wordRect(3).left());
    }
    void linesOfARightToLeftPostAreFilledInReadingOrder() {
        const auto layout = layoutOf(kHebrew, 200);
        QVERIFY(layout.lines.size() > 1);
        for (std::size_t line = 0; line < layout.lines.size(); ++line) {
            const int first = layout.firstWordOfLine(static_cast<int>(line));
            QCOMPARE(layout.wordRect(first).right(), 190.0);
            QCOMPARE(layout.lineOf(first), static_cast<int>(line));
        }
        QCOMPARE(layout.firstWordOfLine(0), 0);
    }
    void anOverrideInAWordTurnsNothingButTheWord() {
        const auto layout = layoutOf({"\u202Eabc", "plain", "\u202E", "end"}, 500);
        QVERIFY(!layout.bidirectional);
        const auto mixed = layoutOf({"a", "\u202Eabc", "plain", "שלום", "\u2067", "end"}, 500);
        for (int word = 1; word < 6; ++word) QVERIFY(mixed.wordRect(word).left() > mixed.wordRect(word - 1).left());
    }
    void numbersAfterArabicKeepTheirPercentSignAtTheirEnd() {
        const auto layout = layoutOf({"الجديد", "50%", "abc", "50%"}, 500);
        QVERIFY(layout.fragments[1].rightToLeft);
        QCOMPARE(layout.fragments[1].text, QString(QChar(0x61C)) + QStringLiteral("50%"));
        QCOMPARE(layout.fragments[3].text, QStringLiteral("50%"));
    }
    void everyWordIsHitWhereItStands() {
        for (const auto& words : {kHebrew, std::vector<std::string>{"Saw", "יוסי", "כהן", "at", "Norbix", "שלום"}}) {
            for (const qreal width : {160.0, 300.0, 500.0}) {
                const auto layout = layoutOf(words, width);
                for (int word = 0; word < layout.wordCount(); ++word) {
                    QCOMPARE(layout.wordAt(layout.wordRect(word).center()), word);
                    QCOMPARE(layout.wordAt(layout.wordRect(word).center(), true), word);
                }
            }
        }
    }
    void theCaretStandsWhereAWordBegins() {
        const auto layout = layoutOf(kHebrew, 500);
        QVERIFY(layout.caretRect(0).left() >= layout.wordRect(0).right());
        QVERIFY(layout.caretRectBehind(0).right() <= layout.wordRect(0).left());
        const auto mixed = layoutOf({"Saw", "יוסי", "כהן", "at"}, 500);
        QVERIFY(mixed.caretRect(0).right() <= mixed.wordRect(0).left());
        QVERIFY(mixed.caretRect(1).left() >= mixed.wordRect(1).right());
        const auto lone = layoutOf({"Saw", "יוסי", "at"}, 500);
        QVERIFY(lone.caretRect(1).right() <= lone.wordRect(1).left());  // a lone word follows what stands left of it
    }
    void anEntityWhoseWordsStandApartHasAPieceForEach() {
        // "York" and "היום" are neighbours in reading order and stand at both ends of "New York".
        const auto layout = layoutOf({"גר", "New", "York", "היום"}, 500);
        const auto segments = segmentsOf(layout, 2, 3);
        QCOMPARE(segments.size(), std::size_t(2));
        QVERIFY(segments[0].opens && !segments[0].closes);
        QVERIFY(!segments[1].opens && segments[1].closes);
        QVERIFY(segments[0].rect.contains(layout.wordRect(2)));
        QVERIFY(segments[1].rect.contains(layout.wordRect(3)));
        QVERIFY(!segments[0].rect.intersects(layout.wordRect(1)));
        QVERIFY(!segments[1].rect.intersects(layout.wordRect(1)));
        QVERIFY(segments[0].leftEnd && !segments[0].rightEnd);  // begins at the left of York, goes on elsewhere
    }
    void anEntityOfARightToLeftPostBeginsAtItsRight() {
        const auto layout = layoutOf(kHebrew, 500);
        const auto segments = segmentsOf(layout, 2, 3);
        QCOMPARE(segments.size(), std::size_t(1));
        QVERIFY(segments[0].leftEnd && segments[0].rightEnd);
        QVERIFY(segments[0].startX > segments[0].endX);
        const std::vector<CanvasMark> marks{{CanvasMark::Kind::Entity, {"PER", 2, 3, {}}}};
        const auto laid = layoutMarks(layout, marks, simpleMetrics());
        QCOMPARE(laid.labels.size(), std::size_t(1));
        QVERIFY(laid.labels[0].rect.right() <= segments[0].startX);
        QVERIFY(laid.labels[0].rect.left() >= layout.wordRect(2).left());  // above the first word
    }
    void tagsStandUnderTheirWordsInARightToLeftPost() {
        const auto layout = layoutOf(kHebrew, 500);
        const std::vector<QString> tags(kHebrew.size(), QStringLiteral("B"));
        for (const auto& tag : layoutTags(layout, tags, simpleMetrics(), 0, 99)) {
            QVERIFY(tag.rect.right() <= layout.wordRect(tag.word).right());
            QVERIFY(tag.rect.left() >= layout.wordRect(tag.word).left() - 1);
        }
    }
    void aPostWithoutSuchLettersIsLaidOutAsBefore() {
        QVERIFY(!layoutOf({"Kevin", "多伦多", "50%", "👩‍👩‍👧", "Größe"}, 300).bidirectional);
    }
    void labelsNeverMoveTheText() {
        const auto metrics = simpleMetrics();
        const auto layout = layoutOf({"Kevin", "Durant", "in", "Toronto"}, 200);
        const auto before = layout.fragments;
        const std::vector<CanvasMark> marks{{CanvasMark::Kind::Entity, {"PER", 0, 1, {}}}};
        (void)layoutMarks(layout, marks, metrics);
        const auto again = layoutOf({"Kevin", "Durant", "in", "Toronto"}, 200);
        for (std::size_t i = 0; i < before.size(); ++i) QCOMPARE(again.fragments[i].rect, before[i].rect);
    }
    void tagRowsMakeLinesHigher() {
        QVERIFY(layoutOf({"a"}, 300, JoinRule::Space, true).lines[0].bottom >
                layoutOf({"a"}, 300, JoinRule::Space, false).lines[0].bottom);
    }
    void linesKeepThePitchAskedForWhereTheFontsLeaveTheRoom() {
        auto metrics = simpleMetrics();
        metrics.linePitch = 66;
        metrics.taggedLinePitch = 90;
        const auto pitch = [&](bool tags) {
            const auto line =
                layoutWords(displayOf(std::vector<std::string>{"a"}), JoinRule::Space, 300, tags, metrics).lines[0];
            return line.bottom - line.top;
        };
        QCOMPARE(pitch(false), 66.0);
        QCOMPARE(pitch(true), 90.0);
        metrics.wordAscent = 80;
        QVERIFY(pitch(false) > 100);
    }
    void aMarkOverALineEndHasTwoSegments() {
        const auto layout = layoutOf({"abc", "def", "ghi"}, 90);
        const auto segments = segmentsOf(layout, 1, 2);
        QCOMPARE(segments.size(), std::size_t(2));
        QVERIFY(segments[0].opens && !segments[0].closes);
        QVERIFY(!segments[1].opens && segments[1].closes);
        QVERIFY(segments[0].rect.contains(layout.wordRect(1)));
    }
    void aMarkCoversTheSpaceBetweenItsWords() {
        const auto layout = layoutOf({"abc", "def"}, 500);
        const auto segments = segmentsOf(layout, 0, 1);
        QCOMPARE(segments.size(), std::size_t(1));
        QVERIFY(segments[0].rect.left() <= layout.wordRect(0).left());
        QVERIFY(segments[0].rect.right() >= layout.wordRect(1).right());
    }
    void marksOutsideThePostAreLeftOut() {
        const auto layout = layoutOf({"abc"}, 500);
        QVERIFY(segmentsOf(layout, 3, 5).empty());
        QVERIFY(segmentsOf(layout, 2, 1).empty());
        QVERIFY(segmentsOf(layout, -4, -1).empty());
        QCOMPARE(segmentsOf(layout, -1, 9).size(), std::size_t(1));
    }
    void neighbouringMarksDoNotTouchInChinese() {
        const auto layout = layoutOf({"北", "京", "大", "学"}, 500, JoinRule::Nothing);
        const auto left = segmentsOf(layout, 0, 1), right = segmentsOf(layout, 2, 3);
        QVERIFY(left[0].rect.right() < right[0].rect.left());
    }
    void theLabelStandsAboveTheFirstWord() {
        const auto layout = layoutOf({"abc", "def"}, 500);
        const std::vector<CanvasMark> marks{{CanvasMark::Kind::Entity, {"PER", 1, 1, {}}}};
        const auto result = layoutMarks(layout, marks, simpleMetrics());
        QCOMPARE(result.labels.size(), std::size_t(1));
        QVERIFY(result.labels[0].rect.bottom() <= layout.wordRect(1).top());
        QVERIFY(std::abs(result.labels[0].rect.left() - layout.wordRect(1).left()) < 6);
    }
    void labelsNeverCoverEachOther() {
        const auto layout = layoutOf({"a", "b", "c"}, 500, JoinRule::Nothing);
        const std::vector<CanvasMark> marks{{CanvasMark::Kind::Entity, {"PER", 0, 0, {}}},
                                            {CanvasMark::Kind::Entity, {"LOCATION", 1, 1, {}}},
                                            {CanvasMark::Kind::Suggestion, {"ORG", 1, 2, 0.5}}};
        const auto result = layoutMarks(layout, marks, simpleMetrics());
        for (std::size_t i = 0; i < result.labels.size(); ++i) {
            for (std::size_t n = i + 1; n < result.labels.size(); ++n) {
                QVERIFY(!result.labels[i].rect.intersects(result.labels[n].rect));
            }
        }
    }
    void aSuggestionsLabelHasItsConfidence() {
        QCOMPARE(markText({CanvasMark::Kind::Suggestion, {"PER", 0, 0, 0.914}}), QStringLiteral("PER .91"));
        QCOMPARE(markText({CanvasMark::Kind::Suggestion, {"PER", 0, 0, 1.0}}), QStringLiteral("PER 1.00"));
        QCOMPARE(markText({CanvasMark::Kind::Suggestion, {"PER", 0, 0, 0.999}}), QStringLiteral("PER .99"));
        QCOMPARE(markText({CanvasMark::Kind::Entity, {"LOC", 0, 0, {}}}), QStringLiteral("LOC"));
    }
    void tagsThatDoNotFitShowTheirBorderLetter() {
        const auto layout = layoutOf({"Toronto", "in"}, 500);
        const auto tags = layoutTags(layout, {QStringLiteral("B-LOC"), QStringLiteral("B-LOC")}, simpleMetrics(), 0, 1);
        QCOMPARE(tags[0].text, QStringLiteral("B-LOC"));
        QCOMPARE(tags[1].text, QStringLiteral("B"));
        QVERIFY(tags[0].rect.right() < tags[1].rect.left());
        QVERIFY(tags[0].rect.top() >= layout.wordRect(0).bottom());
    }
    void tagsOfJoinedTextAreAllShort() {
        const auto layout = layoutOf({"abcdefgh", "x"}, 500, JoinRule::Nothing);
        const auto tags = layoutTags(layout, {QStringLiteral("B-LOC"), QStringLiteral("E-LOC")}, simpleMetrics(), 0, 1);
        QCOMPARE(tags[0].text, QStringLiteral("B"));
        QCOMPARE(tags[1].text, QStringLiteral("E"));
    }
    void invisibleWordsGetABoxWithTheirCodePoint() {
        const auto display = displayOf(std::string("\uFE0F"));
        QVERIFY(display.invisible);
        QCOMPARE(display.text, QStringLiteral("U+FE0F"));
        QVERIFY(display.name.contains(QStringLiteral("VARIATION SELECTOR-16")));
        QVERIFY(layoutOf({"\uFE0F"}, 300).wordRect(0).width() > 60);
    }
    void privateUseAndBlanksAreInvisibleButEmojiAreNot() {
        QVERIFY(displayOf(std::string("\uE123")).invisible);
        QVERIFY(displayOf(std::string("\u200B")).invisible);
        QVERIFY(displayOf(std::string("\u2800")).invisible);
        QVERIFY(!displayOf(std::string("🔥")).invisible);
        QVERIFY(!displayOf(std::string("❤️")).invisible);
        QVERIFY(!displayOf(std::string("é")).invisible);
        QVERIFY(!displayOf(std::string("e\u0301")).invisible);
    }
    void lineSeparatorsInsideAWordDoNotBreakTheLine() {
        const auto display = displayOf(std::string("Kev\u2028in"));
        QVERIFY(!display.invisible);
        QVERIFY(!display.text.contains(QChar(0x2028)));
        QCOMPARE(display.codePoints, 6);
    }
    void anEmptyWordIsDrawnAsSomething() {
        const auto display = displayOf(std::string());
        QVERIFY(display.invisible);
        QVERIFY(!display.text.isEmpty());
    }
    void codePointsOfTheGoldenPost() {
        const auto post = test::goldenPost();
        const auto words = displayOf(post.words);
        QVERIFY(codePointRange(words, post.join, 1, 2) == (std::pair<int, int>(6, 18)));
        QVERIFY(codePointRange(words, post.join, 4, 4) == (std::pair<int, int>(22, 25)));
        QCOMPARE(coveredText(post, 1, 2), QStringLiteral("Kevin Durant"));
    }
    void codePointsOfJoinedText() {
        const auto words = displayOf(std::vector<std::string>{"多", "伦", "多"});
        QVERIFY(codePointRange(words, JoinRule::Nothing, 1, 2) == (std::pair<int, int>(1, 3)));
    }
    void chineseSegmentsAreDictionaryWords() {
        const auto post = test::chinesePost();
        const auto starts = segmentStarts(post.words, post.join);
        QVERIFY(starts[2]);
        QVERIFY(!starts[3]);  // 北京 is one word
        QVERIFY(starts[6]);
        const auto english = segmentStarts({"a", "b"}, JoinRule::Space);
        QVERIFY(english == (std::vector<bool>{true, true}));
    }
    void clicksBesideTheTextHitNothing() {
        const auto layout = layoutOf({"ab", "cd"}, 500);
        QCOMPARE(layout.wordAt({300, layout.wordRect(0).center().y()}), -1);
        QCOMPARE(layout.wordAt({300, layout.wordRect(0).center().y()}, true), 1);
        QCOMPARE(layout.wordAt({20, 900}), -1);
        QCOMPARE(layout.wordAt({35, layout.wordRect(0).center().y()}), 0);  // in the space: one of the two
    }
    void upAndDownKeepTheColumn() {
        const auto layout = layoutOf({"abc", "def", "ghi", "jkl"}, 90);
        QCOMPARE(layout.wordBeside(1, 1, layout.wordRect(1).center().x()), 3);
        QCOMPARE(layout.wordBeside(3, -1, layout.wordRect(3).center().x()), 1);
        QCOMPARE(layout.wordBeside(0, -1, 20), 0);
        QCOMPARE(layout.wordBeside(3, 1, 20), 3);
    }
    void theCaretIsTwoPixelsWideBeforeItsWord() {
        const auto layout = layoutOf({"ab", "cd"}, 500);
        QCOMPARE(layout.caretRect(1).width(), 2.0);
        QVERIFY(layout.caretRect(1).right() <= layout.wordRect(1).left());
        QVERIFY(layout.caretRect(1).left() >= layout.wordRect(0).right());
    }
    void behindAWordTheCaretStandsBeforeTheNext() {
        const auto layout = layoutOf({"ab", "cd"}, 500);
        QVERIFY(layout.caretRectBehind(0).left() >= layout.wordRect(0).right());
        QVERIFY(layout.caretRectBehind(0).right() <= layout.wordRect(1).left());
        QVERIFY(layout.caretRectBehind(7).isNull());
    }
    void sixtySixMarksLayOut() {
        std::vector<std::string> words;
        std::vector<CanvasMark> marks;
        for (int i = 0; i < 66; ++i) {
            words.push_back("w" + std::to_string(i));
            marks.push_back({CanvasMark::Kind::Entity, {"LABEL" + std::to_string(i), i, i, {}}});
        }
        const auto layout = layoutOf(words, 300);
        QCOMPARE(layoutMarks(layout, marks, simpleMetrics()).segments.size(), std::size_t(66));
    }
    void fiveThousandWordsLayOutQuickly() {
        std::vector<std::string> words;
        for (int i = 0; i < 5000; ++i) words.push_back("word" + std::to_string(i % 300));
        const auto display = displayOf(words);
        const auto metrics = simpleMetrics();
        QElapsedTimer timer;
        timer.start();
        const auto layout = layoutWords(display, JoinRule::Space, 800, true, metrics);
        QCOMPARE(layout.wordCount(), 5000);
        qInfo("layout of 5,000 words: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 250);
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<CanvasLayoutTest>(argc, argv);
}
#include "canvas_layout_test.moc"
