#include <QTest>
#include <algorithm>
#include <span>

#include "ui/pages/tag/key_sheet.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

namespace {

/// Keys on a golden post, what is tagged after them, and where caret and selection stand ("2", "2-3").
struct Script {
    const char* name;
    const char* keys;
    const char* spans;
    const char* at;
};

/// Of "👩‍👩‍👧 Kevin Durant in 多伦多", with suggestions 1-2 PER and 4 LOC where the name says so.
const Script kEnglish[] = {
    {"arrows", "Home Right Right Left 1", "1 PER", "2"},
    {"segments", "Home Ctrl+Right Ctrl+Right Ctrl+Left 1", "1 PER", "2"},
    {"selection grows and shrinks", "Home Right Shift+Right Shift+Right Shift+Left 1", "1-2 PER", "3"},
    {"selection by segments", "End Ctrl+Shift+Left Ctrl+Shift+Left Ctrl+Shift+Right 3", "3-4 ORG", "4"},
    {"selection to the ends", "Right Shift+End 4 Backspace Shift+Home", "", "0-2"},
    {"lines of a short post", "Home Down Up Shift+Down Shift+Up", "", "0"},
    {"likely names", "Home W 1 W 2", "1-2 PER, 4 LOC", "4"},
    {"likely names backwards", "End Q 2 Q 1", "1-2 PER, 4 LOC", "3"},
    {"right edge", "Home Right 1 Alt+Right Alt+Right Alt+Left", "1-2 PER", "3"},
    {"left edge", "Home Right Right 1 U U I", "1-2 PER", "3"},
    {"the digit again takes it off", "End 2 2", "", "4"},
    {"another digit", "End 2 3", "4 ORG", "4"},
    {"suggestions: accept", "Home Tab Return Return", "1-2 PER, 4 LOC", "4"},
    {"suggestions: relabel, go on, reject", "Home Tab 3 Backspace", "1-2 ORG", "4"},
    {"suggestions: back and edge", "Home Tab Tab Shift+Tab Alt+Left", "1 PER", "1"},
    {"suggestions: reject all", "R", "", "1"},
    {"delete", "End 2 Del", "", "4"},
    {"repeat", "Home Right 4 End .", "1 MISC, 4 MISC", "4"},
    {"undo and redo", "End 2 3 Ctrl+Z Ctrl+Z Ctrl+Shift+Z", "4 LOC", "4"},
    {"nothing here", "End 2 N N", "", ""},
    {"escape drops the selection", "Home Shift+Right Esc 1", "1 PER", "2"},
};

/// Of 我在北京大学看姚明打球, one character a word.
const Script kChinese[] = {
    {"arrows", "Home Right Right Shift+Right 2", "2-3 LOC", "4"},
    {"segments", "Home Right Right Ctrl+Right Ctrl+Left 2", "2 LOC", "3"},
    {"likely names", "Home W 3 W 1", "2-5 ORG, 7-8 PER", "9"},
    {"likely names backwards", "End Q 1 Q 3", "2-5 ORG, 7-8 PER", "6"},
    {"edges", "End Q 1 Alt+Right Alt+Left U I", "7-8 PER", "9"},
    {"the digit again takes it off", "Home 1 1", "", "0"},
    {"selection to the end", "Home Shift+End 4", "0-10 MISC", "10"},
    {"suggestions: accept and go on", "Home Tab Return Return", "2-5 ORG, 7-8 PER", "9"},
    {"suggestions: reject, accept", "Home Tab Backspace Return", "7-8 PER", "9"},
    {"undo", "Home 1 Ctrl+Z", "", "0"},
};

QString placeOf(const TagEditor& editor) {
    const auto range = editor.selection().value_or(WordRange{editor.caret(), editor.caret()});
    return range.first == range.last ? QString::number(range.first)
                                     : QStringLiteral("%1-%2").arg(range.first).arg(range.last);
}

}  // namespace

/// Golden posts in both languages, by real key events alone: every key of annotation.md 5.2 that the page has.
class AnnotateScriptTest : public QObject {
    Q_OBJECT
    void rows(std::span<const Script> scripts) {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("spans");
        QTest::addColumn<QString>("at");
        for (const Script& script : scripts)
            QTest::newRow(script.name) << QString::fromLatin1(script.keys) << QString::fromLatin1(script.spans)
                                       << QString::fromLatin1(script.at);
    }
    void run(const Post& post, const std::vector<Entity>& suggestions) {
        QFETCH(QString, keys);
        QFETCH(QString, spans);
        QFETCH(QString, at);
        TagFixture f({post, test::goldenPost()});
        if (QByteArray(QTest::currentDataTag()).startsWith("suggestions")) f.suggest({{0, suggestions}});
        for (const QString& key : keys.split(QLatin1Char(' '))) {
            f.press(key);
            if (key.contains(QLatin1String("Ctrl+"))) f.settle();  // undo waits for what it takes back
        }
        QTRY_COMPARE(f.spansNow(), spans);
        if (!at.isEmpty()) QCOMPARE(placeOf(f.editor()), at);
        f.settle();
    }
private Q_SLOTS:
    void english_data() { rows(kEnglish); }
    void english() { run(test::plainGoldenPost(), {{"PER", 1, 2, 0.9}, {"LOC", 4, 4, 0.8}}); }
    void chinese_data() { rows(kChinese); }
    void chinese() { run(test::chinesePost(), {{"ORG", 2, 5, 0.9}, {"PER", 7, 8, 0.8}}); }

    void statusPostsAndViewsByKeys() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.press("Ctrl+Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries().at(0).status, PostStatus::Done);
        f.press("K");
        f.waitForRow(0);
        f.press("D F D");
        QCOMPARE(f.session().view().state.status, PostStatus::DoneFlagged);
        f.press("J");
        f.waitForRow(1);
        f.press("K");
        f.waitForRow(0);
        f.press("V");
        QCOMPARE(f.session().view().state.review, Review::ToReview);
        f.press("Shift+A");
        QCOMPARE(f.session().view().state.review, Review::Accepted);
        f.press("S");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries().at(0).status, PostStatus::SkippedFlagged);
        const TagRow row = f.host().tagRow();
        f.press("T");
        QVERIFY(f.host().tagRow() != row);
        f.press("?");
        QVERIFY(f.page().findChild<KeySheet*>()->isVisible());
        f.settle();
    }
    /// A post whose suggestions are all right costs one key, and one undo.
    void allSuggestionsAndThePostByOneKey() {
        TagFixture f({test::plainGoldenPost(), test::chinesePost()});
        f.suggest({{0, {{"PER", 1, 2, 0.9}, {"LOC", 4, 4, 0.8}}}});
        f.press("Shift+Return");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries().at(0).status, PostStatus::Done);
        QCOMPARE(f.session().summaries().at(0).entityCount, 2);
        f.press("Ctrl+Z");
        f.waitForRow(0);
        QTRY_COMPARE(f.session().summaries().at(0).status, PostStatus::Open);
        QCOMPARE(f.spansNow(), QString());
        QCOMPARE(f.editor().pending().size(), std::size_t{2});
        f.settle();
    }
    void suggestionsThatOverlapAreShownInsteadOfTaken() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        const QString tagged = f.spansNow();
        f.suggest({{0, {{"ORG", 2, 4, 0.8}}}});
        f.press("Home Shift+Return");
        QCOMPARE(f.session().rowOf(f.session().currentPost()), 0);
        QCOMPARE(f.session().view().state.status, PostStatus::Open);
        QCOMPARE(f.spansNow(), tagged);
        QVERIFY(f.editor().focus().isSuggestion());
        f.settle();
    }
    /// A key that the page gets and no script presses is one that nobody has tried.
    void everyKeyOfThePageIsInAScript() {
        QStringList pressed{
            QStringLiteral("F"), QStringLiteral("D"), QStringLiteral("J"),           QStringLiteral("K"),
            QStringLiteral("T"), QStringLiteral("?"), QStringLiteral("Ctrl+Return"), QStringLiteral("Shift+Return"),
            QStringLiteral("S"), QStringLiteral("V"), QStringLiteral("Shift+A")};
        for (const auto& scripts : {std::span<const Script>(kEnglish), std::span<const Script>(kChinese)})
            for (const Script& script : scripts) pressed << QString::fromLatin1(script.keys).split(QLatin1Char(' '));
        // Looked at by comments_test, finding_test, annotate_boxes_test, annotate_keys_test, annotate_page_test,
        // alike_test, label_dialog_test and shell_test.
        const QStringList elsewhere{
            QStringLiteral("tag.findLabel"),      QStringLiteral("tag.cycle"),        QStringLiteral("tag.peek"),
            QStringLiteral("tag.larger"),         QStringLiteral("tag.smaller"),      QStringLiteral("tag.boxes"),
            QStringLiteral("tag.heat"),           QStringLiteral("tag.nextPane"),     QStringLiteral("tag.all"),
            QStringLiteral("tag.zoomIn"),         QStringLiteral("tag.zoomOut"),      QStringLiteral("tag.zoomFit"),
            QStringLiteral("tag.editLabel"),      QStringLiteral("tag.newLabel"),     QStringLiteral("tag.comments"),
            QStringLiteral("tag.reviewReturn"),   QStringLiteral("tag.ground"),       QStringLiteral("tag.draw"),
            QStringLiteral("tag.nextOpen"),       QStringLiteral("tag.previousOpen"), QStringLiteral("tag.goTo"),
            QStringLiteral("tag.order"),          QStringLiteral("tag.wall"),         QStringLiteral("tag.nextPicture"),
            QStringLiteral("tag.previousPicture")};
        ActionRegistry registry;
        defineTagActions(registry);
        for (const QString& id : registry.ids()) {
            if (labelIndexOf(id) >= 0 || elsewhere.contains(id)) continue;
            const auto keys = registry.keys(id);
            QVERIFY2(std::any_of(keys.begin(), keys.end(),
                                 [&](const QKeySequence& key) {
                                     return pressed.contains(key.toString(QKeySequence::PortableText));
                                 }),
                     qPrintable(id));
        }
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<AnnotateScriptTest>(argc, argv);
}
#include "annotate_script_test.moc"
