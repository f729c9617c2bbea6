#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include "core/workflow/quality/statistics.h"
#include "ui/pages/tag/comments_dialog.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/support/tag_fixture.h"

namespace {

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

/// The dialog over the page, worked as a person does.
struct Open {
    CommentsDialog* dialog;
    explicit Open(TagFixture& f) : dialog(f.page().findChild<CommentsDialog*>()) {}
    template <class T>
    T* child(const char* name) const {
        return dialog->findChild<T*>(QLatin1String(name));
    }
    QPlainTextEdit* text() const { return child<QPlainTextEdit>("commentText"); }
    QPushButton* write() const { return child<QPushButton>("commentWrite"); }
    QStringList bodies() const {
        QStringList all;
        for (const auto* label : dialog->findChildren<QLabel*>(QStringLiteral("commentBody"))) all << label->text();
        return all;
    }
    int buttons(const char* name) const {
        return static_cast<int>(dialog->findChildren<QToolButton*>(QLatin1String(name)).size());
    }
    void type(const QString& words) const { QTest::keyClicks(text(), words); }
    /// As an input method gives it: keys type no Chinese.
    void compose(const QString& words) const {
        QInputMethodEvent event;
        event.setCommitString(words);
        QApplication::sendEvent(text(), &event);
    }
    void send() const { QTest::keyClick(text(), Qt::Key_Return, Qt::ControlModifier); }
};

QStringList textsOf(TagFixture& f) {
    QStringList texts;
    for (const Comment& comment : f.session().view().state.comments) texts << fromUtf8(comment.text);
    return texts;
}

QToolButton* button(TagFixture& f, const char* name) {
    return f.page().findChild<QToolButton*>(QLatin1String(name));
}

bool isSound(TagFixture& f) {
    f.settle();
    return workflow::checkProject(*project::Project::open(toPath(f.folder()), project::OpenMode::ReadOnly, "test"))
        .isEmpty();
}

}  // namespace

class CommentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { settings::remove(QStringLiteral("comments/author")); }

    void cOpensTheCommentsAndCtrlEnterAddsOneThatUndoTakesBack() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("C");
        Open open(f);
        QVERIFY(open.dialog);
        QVERIFY(open.dialog->isVisible());
        QVERIFY(!open.write()->isEnabled());
        open.type(QStringLiteral("Is this a place?"));
        open.send();
        QCOMPARE(textsOf(f), QStringList{QStringLiteral("Is this a place?")});
        QCOMPARE(open.text()->toPlainText(), QString());
        QTRY_COMPARE(open.bodies(), QStringList{QStringLiteral("Is this a place?")});
        const Comment comment = f.session().view().state.comments.front();
        QCOMPARE(fromUtf8(comment.author), f.host().commentAuthor());
        QVERIFY(comment.writtenAtMs > 1600000000000);
        QCOMPARE(f.session().summaries()[0].comments, 1);
        QVERIFY(f.host().headerText().contains(QStringLiteral("1 comment")));
        QVERIFY(!f.session().view().state.corrected);
        QTest::keyClick(open.dialog, Qt::Key_Escape);
        QTRY_VERIFY(!f.page().findChild<CommentsDialog*>());
        QCOMPARE(f.page().focusWidget(), f.canvas());  // the keys mean the text again
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(textsOf(f), QStringList());
        QCOMPARE(f.session().summaries()[0].comments, 0);
        QVERIFY(!f.host().statusText().isEmpty());
        f.press("Ctrl+Shift+Z");
        QTRY_COMPARE(textsOf(f), QStringList{QStringLiteral("Is this a place?")});
        f.settle();
        f.reopen();
        QCOMPARE(f.session().view().state.comments.front(), comment);
        QVERIFY(isSound(f));
    }
    void ownCommentsAreEditedAndDeletedByMouseEachAStep() {
        TagFixture f({test::goldenPost()});
        QTest::mouseClick(button(f, "commentsButton"), Qt::LeftButton);
        Open open(f);
        open.type(QStringLiteral("one"));
        QTest::mouseClick(open.write(), Qt::LeftButton);
        open.type(QStringLiteral("two"));
        open.send();
        QTRY_COMPARE(open.bodies(), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        const auto id = f.session().view().state.comments.front().id;
        open.type(QStringLiteral("a draft"));
        QTest::mouseClick(open.dialog->findChildren<QToolButton*>(QStringLiteral("commentEdit")).front(),
                          Qt::LeftButton);
        QCOMPARE(open.text()->toPlainText(), QStringLiteral("one"));
        open.type(QStringLiteral(" and more"));
        open.send();
        QCOMPARE(open.text()->toPlainText(), QStringLiteral("a draft"));  // what was begun is not lost
        QCOMPARE(textsOf(f), (QStringList{QStringLiteral("one and more"), QStringLiteral("two")}));
        QCOMPARE(f.session().view().state.comments.front().id, id);
        QTest::mouseClick(open.dialog->findChildren<QToolButton*>(QStringLiteral("commentDelete")).back(),
                          Qt::LeftButton);
        QTRY_COMPARE(textsOf(f), QStringList{QStringLiteral("one and more")});
        f.settle();
        open.text()->clear();
        QTest::mouseClick(open.child<QPushButton>("commentClose"), Qt::LeftButton);
        f.press("Ctrl+Z");
        QTRY_COMPARE(textsOf(f), (QStringList{QStringLiteral("one and more"), QStringLiteral("two")}));
        f.press("Ctrl+Z");
        QTRY_COMPARE(textsOf(f), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        QVERIFY(isSound(f));
    }
    void escapeLeavesTheEditingFirstAndChangesNothing() {
        TagFixture f({test::goldenPost()});
        f.press("C");
        Open open(f);
        open.type(QStringLiteral("one"));
        open.send();
        QTRY_COMPARE(open.buttons("commentEdit"), 1);
        QTest::mouseClick(open.child<QToolButton>("commentEdit"), Qt::LeftButton);
        open.type(QStringLiteral("!!!"));
        QTest::keyClick(open.text(), Qt::Key_Escape);
        QVERIFY(open.dialog->isVisible());
        QCOMPARE(open.text()->toPlainText(), QString());
        QCOMPARE(textsOf(f), QStringList{QStringLiteral("one")});
        f.settle();
    }
    void anotherAuthorsCommentIsNotEditedAndTheNameIsKept() {
        TagFixture f({test::goldenPost()});
        f.press("C");
        Open open(f);
        auto* author = open.child<QLineEdit>("commentAuthor");
        author->setFocus();
        author->selectAll();
        QTest::keyClicks(author, QStringLiteral("Anna B."));
        QTest::keyClick(author, Qt::Key_Return);
        QVERIFY(open.dialog->isVisible());
        open.type(QStringLiteral("of Anna"));
        open.send();
        QCOMPARE(fromUtf8(f.session().view().state.comments.front().author), QStringLiteral("Anna B."));
        QTRY_COMPARE(open.buttons("commentEdit"), 1);
        author->selectAll();
        QTest::keyClicks(author, QStringLiteral("Bert"));
        QTest::keyClick(author, Qt::Key_Return);
        QTRY_COMPARE(open.buttons("commentEdit"), 0);
        QCOMPARE(open.buttons("commentDelete"), 1);
        QCOMPARE(f.host().commentAuthor(), QStringLiteral("Bert"));
        f.settle();
    }
    void anAnnotatorWritesUnderTheLayersNameAndReadsOthersUnlessBlind() {
        TagFixture f({test::goldenPost()});
        f.host().setCommentAuthor(QStringLiteral("Me"));
        QVERIFY(f.host().writeComment(QStringLiteral("of the corrected layer"), false));
        bool made = false;
        f.session().write(
            [](project::Project& project) {
                project.addAnnotator("anna", false);
                project.addAnnotator("blind", true);
            },
            [&made](std::optional<Error> error) { made = !error; });
        QTRY_VERIFY(made);
        f.session().refresh();
        const auto edit = [&](const char* layer) {
            QTRY_VERIFY(f.session().setEditedLayer(QLatin1String(layer)));
            QTRY_VERIFY(f.session().hasView() && f.host().hasPost());
        };
        edit("anna");
        f.press("C");
        {
            Open open(f);
            QCOMPARE(open.child<QLineEdit>("commentAuthor")->text(), QStringLiteral("anna"));
            open.type(QStringLiteral("of anna"));
            open.send();
            QTRY_COMPARE(open.bodies(),
                         (QStringList{QStringLiteral("of the corrected layer"), QStringLiteral("of anna")}));
            QCOMPARE(open.buttons("commentEdit"), 1);
            QCOMPARE(open.buttons("commentDelete"), 1);
            QTest::keyClick(open.dialog, Qt::Key_Escape);
        }
        QVERIFY(!f.session().view().state.corrected);  // she has not said yet what the entities are
        QCOMPARE(f.session().summaries()[0].comments, 2);
        f.settle();
        edit("blind");
        QCOMPARE(f.host().commentCount(), 0);
        QCOMPARE(f.session().summaries()[0].comments, 0);
        edit("");
        QTRY_COMPARE(f.host().commentCount(), 2);
        QCOMPARE(textsOf(f), QStringList{QStringLiteral("of the corrected layer")});
        QVERIFY(isSound(f));
    }
    void blankAndTooLongTextsAreNotWrittenAndNothingTypedIsLost() {
        TagFixture f({test::goldenPost()});
        f.press("C");
        Open open(f);
        open.type(QStringLiteral("   "));
        open.send();
        QVERIFY(!open.write()->isEnabled());
        QCOMPARE(textsOf(f), QStringList());
        const QString longText(static_cast<int>(kLongestComment) + 1, QLatin1Char('x'));
        open.text()->setPlainText(longText);
        QVERIFY(!open.write()->isEnabled());
        QVERIFY(open.child<QLabel>("commentMessage")->isVisible());
        open.send();
        QCOMPARE(textsOf(f), QStringList());
        QCOMPARE(open.text()->toPlainText(), longText);
        QVERIFY(!f.session().canUndo());
    }
    void theListMarksCommentedPostsAndTheQueryFindsThem() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("J");
        f.waitForRow(1);
        f.press("C");
        Open open(f);
        open.compose(QStringLiteral("看图"));
        open.send();
        QTest::keyClick(open.dialog, Qt::Key_Escape);
        f.settle();
        const QModelIndex row = f.page().listModel()->index(1);
        QCOMPARE(row.data(PostListModel::CommentsRole).toInt(), 1);
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("1 comment")));
        for (const char* query : {"has:comment", "comment:图", "批注:看图"}) {
            f.session().setFilter(QString::fromUtf8(query));
            QTRY_VERIFY(!f.session().isFiltering());
            QCOMPARE(f.session().visibleRows(), std::vector<int>{1});
        }
        f.session().setFilter({});
        QTRY_COMPARE(f.session().visibleRows().size(), std::size_t{2});
    }
    void sSkipsGoesOnAndIsNotDone() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("F S");
        f.waitForRow(1);
        QCOMPARE(f.session().summaries()[0].status, PostStatus::SkippedFlagged);
        const auto& done = f.session().info().doneOfSplit;
        QVERIFY(done.find(Split::Train) == done.end() || done.at(Split::Train) == 0);
        f.settle();
        f.press("Ctrl+Z");
        f.waitForRow(0);
        QTRY_COMPARE(f.session().view().state.status, PostStatus::Flagged);
        auto* skip = button(f, "skipButton");
        QTest::mouseClick(skip, Qt::LeftButton);
        f.waitForRow(1);
        f.press("K");
        f.waitForRow(0);
        QTRY_VERIFY(skip->isChecked());
        f.press("S");  // open again, and here
        QCOMPARE(f.session().view().state.status, PostStatus::Flagged);
        QCOMPARE(f.session().rowOf(f.session().currentPost()), 0);
        f.press("S");
        f.waitForRow(1);
        f.settle();
        f.session().setFilter(QStringLiteral("status:skipped"));
        QTRY_COMPARE(f.session().visibleRows(), std::vector<int>{0});
        QVERIFY(isSound(f));
    }
    void aReviewIsSetByKeysAndTheBarAndTheSameAgainTakesItOff() {
        TagFixture f({test::goldenPost()});
        f.press("V");
        QCOMPARE(f.session().view().state.review, Review::ToReview);
        QVERIFY(f.host().headerText().contains(QStringLiteral("to review")));
        QVERIFY(button(f, "reviewButton")->text() == QStringLiteral("To review"));
        f.press("Shift+A");
        QCOMPARE(f.session().view().state.review, Review::Accepted);
        f.press("Shift+A");
        QCOMPARE(f.session().view().state.review, Review::None);
        QMenu* menu = button(f, "reviewButton")->menu();
        Q_EMIT menu->aboutToShow();
        QVERIFY(menu->actions().size() >= 4);
        menu->actions().front()->trigger();
        QCOMPARE(f.session().view().state.review, Review::ToReview);
        Q_EMIT menu->aboutToShow();
        menu->actions().back()->trigger();
        QCOMPARE(f.session().view().state.review, Review::None);
        QCOMPARE(f.session().summaries()[0].review, Review::None);
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.session().view().state.review, Review::ToReview);
        QVERIFY(isSound(f));
    }
    void toReturnAPostAsksWhyAndIsOneStep() {
        TagFixture f({test::goldenPost()});
        f.press("Shift+R");
        {
            Open open(f);
            QVERIFY(open.dialog);
            QTest::keyClick(open.text(), Qt::Key_Escape);
            QTRY_VERIFY(!f.page().findChild<CommentsDialog*>());
        }
        QCOMPARE(f.session().view().state.review, Review::None);
        f.press("Shift+R");
        Open open(f);
        open.type(QStringLiteral("The place is missing"));
        open.send();
        QCOMPARE(f.session().view().state.review, Review::Returned);
        QCOMPARE(textsOf(f), QStringList{QStringLiteral("The place is missing")});
        QTRY_VERIFY(!f.page().findChild<CommentsDialog*>());
        f.settle();
        f.session().setFilter(QStringLiteral("review:returned comment:place"));
        QTRY_VERIFY(!f.session().isFiltering());
        QCOMPARE(f.session().visibleRows(), std::vector<int>{0});
        f.session().setFilter({});
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.session().view().state.review, Review::None);
        QCOMPARE(textsOf(f), QStringList());
        f.press("Ctrl+Shift+Z");
        QTRY_COMPARE(f.session().view().state.review, Review::Returned);
        f.press("Shift+R");  // not returned any more; what was written stays
        QCOMPARE(f.session().view().state.review, Review::None);
        QCOMPARE(textsOf(f).size(), 1);
        QVERIFY(isSound(f));
    }
    void editsAndTheCircleOfTheListLeaveTheReviewAndTheComments() {
        TagFixture f({test::goldenPost(), test::chinesePost()});
        f.press("V C");
        Open open(f);
        open.type(QStringLiteral("stays"));
        open.send();
        QTest::keyClick(open.dialog, Qt::Key_Escape);
        f.press("Home Right 2 J");
        f.waitForRow(1);
        f.host().toggleDoneOf(f.session().summaries()[0].id);
        QCOMPARE(f.session().summaries()[0].status, PostStatus::Done);
        QCOMPARE(f.session().summaries()[0].review, Review::ToReview);
        f.press("K");
        f.waitForRow(0);
        QCOMPARE(f.session().view().state.review, Review::ToReview);
        QCOMPARE(textsOf(f), QStringList{QStringLiteral("stays")});
        QVERIFY(isSound(f));
    }
    void nNamesAndCountsWhatItTakesAndIsOneStep() {
        TagFixture f({test::goldenPost()});
        f.suggest({{0, {{"ORG", 0, 0, 0.9}, {"MISC", 3, 3, 0.8}}}});
        f.press("N");
        QCOMPARE(f.host().noticeKind(), TagHost::Notice::Question);
        const QString asked = f.host().statusText();
        for (const char* part : {"2 entities", "Kevin Durant", "PER", "多伦多", "LOC", "2 suggestions"})
            QVERIFY2(asked.contains(QString::fromUtf8(part)), qPrintable(asked));
        f.press("N");
        QCOMPARE(f.spansNow(), QString());
        QVERIFY(f.session().view().state.suggestions.empty());
        QCOMPARE(f.session().view().state.status, PostStatus::Done);
        const QString said = f.host().statusText();
        for (const char* part : {"2 entities", "Kevin Durant", "2 suggestions"})
            QVERIFY2(said.contains(QString::fromUtf8(part)), qPrintable(said));
        f.settle();
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QStringLiteral("1-2 PER, 4 LOC"));
        QTRY_COMPARE(f.session().view().state.suggestions.size(), std::size_t{2});
        QCOMPARE(f.session().view().state.status, PostStatus::Open);
        QVERIFY(isSound(f));
    }
    void nWithSuggestionsAloneSaysThatItRejectsThem() {
        TagFixture f({test::plainGoldenPost()});
        f.suggest({{0, {{"PER", 1, 2, 0.9}}}});
        f.press("N");
        QVERIFY(f.host().statusText().contains(QStringLiteral("1 suggestion")));
        QVERIFY(f.session().view().state.suggestions.empty());
        QVERIFY(isSound(f));
    }
    void goldIsSaidOnlyWhereThereIsSome() {
        Post without = test::plainGoldenPost();
        without.sourceTags.clear();
        TagFixture f({without, test::goldenPost()});
        f.press("Home Right 1 Left");
        QVERIFY2(!f.host().statusText().contains(QStringLiteral("gold")), qPrintable(f.host().statusText()));
        f.press("J");
        f.waitForRow(1);
        f.press("Home Right");
        QVERIFY2(f.host().statusText().contains(QStringLiteral("gold ✓")), qPrintable(f.host().statusText()));
        f.press("2");
        QVERIFY2(f.host().statusText().contains(QStringLiteral("gold ✗")), qPrintable(f.host().statusText()));
        f.settle();
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<CommentsTest>(argc, argv);
}

#include "comments_test.moc"
