#include <QAbstractItemModel>
#include <QListView>
#include <QTest>

#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::TagFixture;

namespace {

/// What a key made the window do.
struct Work {
    int wordLayouts = 0, markLayouts = 0, paints = 0;  ///< of the canvas
    int posts = 0, changes = 0, statuses = 0;          ///< signals of the host
    int resets = 0, rows = 0;                          ///< of the list's model
    int resizes = 0;                                   ///< of the canvas
};

/// Counts what happens from its making on.
class Counter : public QObject {
public:
    explicit Counter(TagFixture& f) : m_fixture(f), m_before(f.canvas()->work()) {
        connect(&f.host(), &TagHost::postChanged, this, [this] { ++m_work.posts; });
        connect(&f.host(), &TagHost::changed, this, [this] { ++m_work.changes; });
        connect(&f.host(), &TagHost::statusChanged, this, [this] { ++m_work.statuses; });
        connect(f.page().listModel(), &QAbstractItemModel::modelReset, this, [this] { ++m_work.resets; });
        connect(f.page().listModel(), &QAbstractItemModel::dataChanged, this, [this] { ++m_work.rows; });
        f.canvas()->viewport()->installEventFilter(this);
    }
    Work work() const {
        Work all = m_work;
        const TagCanvas::Work& now = m_fixture.canvas()->work();
        all.wordLayouts = now.wordLayouts - m_before.wordLayouts;
        all.markLayouts = now.markLayouts - m_before.markLayouts;
        all.paints = now.paints - m_before.paints;
        return all;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        m_work.resizes += event->type() == QEvent::Resize;
        return QObject::eventFilter(watched, event);
    }

private:
    TagFixture& m_fixture;
    TagCanvas::Work m_before;
    Work m_work;
};

/// The list of posts, counting its layouts.
class CountedList : public PostList {
public:
    using PostList::PostList;
    int layouts = 0;
    void doItemsLayout() override {
        ++layouts;
        PostList::doItemsLayout();
    }
    /// What the view would do a moment later.
    void layOutIfAsked() { executeDelayedItemsLayout(); }
};

/// Everything that is on its way has arrived: the write is answered, and what that asked for is painted.
void quiet(TagFixture& f) {
    f.settle();
    for (int turn = 0; turn < 8; ++turn) QCoreApplication::processEvents();
}

Work workOf(TagFixture& f, const char* keys) {
    quiet(f);
    const Counter counter(f);
    f.press(keys);
    quiet(f);
    return counter.work();
}

std::vector<Post> threePosts() {
    return {test::plainGoldenPost(), test::makePost("b", {"in", "Toronto"}), test::makePost("c", {"Ann", "sings"})};
}

}  // namespace

/// One key is told once, laid out once and painted once. Counted, not timed, so that a busy machine changes nothing.
class AnnotateWorkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// With a million posts a layout of the list takes longer than all else that a key does.
    void aRowThatChangesDoesNotLayOutTheList() {
        TagFixture f(threePosts());
        PostListModel& model = *qobject_cast<PostListModel*>(f.page().listModel());
        CountedList list(model, f.session());
        list.show();
        list.setSpacing(0);  // one that is counted
        QTRY_VERIFY(list.layouts > 0);
        quiet(f);
        const Counter counter(f);
        const int before = list.layouts;
        f.press("1 D");
        quiet(f);
        list.layOutIfAsked();
        QVERIFY(counter.work().rows > 0);
        QCOMPARE(list.layouts, before);
    }
    /// Each layout goes over all rows: one for each that came would be a square of their number.
    void rowsThatComeInStepsAreLaidOutWhenTheyHaveDoubled() {
        TagFixture f(std::vector<Post>(90000, test::plainGoldenPost()));
        PostListModel& model = *qobject_cast<PostListModel*>(f.page().listModel());
        QVERIFY(!f.session().isFullyLoaded());
        int steps = 0;
        connect(&model, &QAbstractItemModel::rowsInserted, &model, [&] { ++steps; });
        CountedList list(model, f.session());
        list.resize(200, 400);
        list.show();
        while (!f.session().isFullyLoaded()) {
            const int before = steps;
            QTRY_VERIFY(steps != before || f.session().isFullyLoaded());
            list.layOutIfAsked();
        }
        QCOMPARE(model.rowCount(), 90000);
        QVERIFY(steps >= 5);
        QVERIFY2(list.layouts < steps, qPrintable(QStringLiteral("%1 of %2").arg(list.layouts).arg(steps)));
        list.showRow(89999);  // those at the end may not be laid out yet
        QVERIFY(list.viewport()->rect().intersects(list.visualRect(model.index(89999))));
    }
    void movingTheCaretLaysNothingOut() {
        TagFixture f(threePosts());
        for (const char* key : {"Right", "Right", "Left", "End", "Home"}) {
            const Work work = workOf(f, key);
            QCOMPARE(work.changes, 1);
            QCOMPARE(work.statuses, 1);
            QCOMPARE(work.wordLayouts, 0);
            QCOMPARE(work.markLayouts, 0);
            QCOMPARE(work.paints, 1);
        }
    }
    void selectingLaysNothingOut() {
        TagFixture f(threePosts());
        f.press("Home");
        for (const char* key : {"Shift+Right", "Shift+Right", "Esc"}) {
            const Work work = workOf(f, key);
            QCOMPARE(work.changes, 1);
            QCOMPARE(work.statuses, 1);
            QCOMPARE(work.wordLayouts, 0);
            QCOMPARE(work.markLayouts, 0);
            QCOMPARE(work.paints, 1);
        }
    }
    void aLabelIsOneLayoutAndOnePaint() {
        TagFixture f(threePosts());
        f.press("Home Right Shift+Right");
        for (const char* key : {"1", "2", "Alt+Right", "Backspace"}) {
            const Work work = workOf(f, key);
            QCOMPARE(work.changes, 1);
            QCOMPARE(work.statuses, 2);  // what was done, then that it is on the disk
            QCOMPARE(work.wordLayouts, 0);
            QCOMPARE(work.markLayouts, 1);
            QCOMPARE(work.paints, 1);
            QCOMPARE(work.resets, 0);
            QCOMPARE(work.rows, 1);
            QCOMPARE(work.resizes, 0);
        }
    }
    void aSuggestionThatIsAcceptedIsOneLayoutAndOnePaint() {
        TagFixture f(threePosts());
        f.suggest({{0, {{"PER", 1, 2, 0.9}, {"LOC", 4, 4, 0.8}}}});
        f.press("Home Tab");
        const Work work = workOf(f, "Return");
        QCOMPARE(f.spansNow(), QStringLiteral("1-2 PER"));
        QCOMPARE(work.changes, 1);
        QCOMPARE(work.statuses, 2);
        QCOMPARE(work.wordLayouts, 0);
        QCOMPARE(work.markLayouts, 1);
        QCOMPARE(work.paints, 1);
        QCOMPARE(work.rows, 1);
    }
    void markingAPostDoneTellsItsRowOnly() {
        TagFixture f(threePosts());
        const Work work = workOf(f, "D");
        QCOMPARE(work.changes, 1);
        QCOMPARE(work.statuses, 2);
        QCOMPARE(work.wordLayouts, 0);
        QCOMPARE(work.markLayouts, 0);
        QCOMPARE(work.paints, 1);
        QCOMPARE(work.resets, 0);
        QCOMPARE(work.rows, 1);
    }
    void undoIsOneLayout() {
        TagFixture f(threePosts());
        f.press("Home Right Shift+Right 1");
        quiet(f);
        const Counter counter(f);
        f.press("Ctrl+Z");
        QTRY_COMPARE(f.spansNow(), QString());
        quiet(f);
        const Work work = counter.work();
        QCOMPARE(work.posts, 0);
        QCOMPARE(work.changes, 1);
        QCOMPARE(work.statuses, 1);  // what was undone is on the disk already
        QCOMPARE(work.wordLayouts, 0);
        QCOMPARE(work.markLayouts, 1);  // the change pulses: painted more than once, laid out once
        QVERIFY(work.paints >= 1);
        QCOMPARE(work.resets, 0);
        QCOMPARE(work.rows, 1);
    }
    void theNextPostIsOneLayoutAndOnePaint() {
        TagFixture f(threePosts());
        for (int row = 1; row < 3; ++row) {
            quiet(f);
            const Counter counter(f);
            f.press("J");
            f.waitForRow(row);
            quiet(f);
            const Work work = counter.work();
            QCOMPARE(work.posts, 1);
            QCOMPARE(work.changes, 0);
            QCOMPARE(work.statuses, 0);
            QCOMPARE(work.wordLayouts, 1);
            QCOMPARE(work.markLayouts, 1);
            QCOMPARE(work.paints, 1);
            QCOMPARE(work.resets, 0);
            QCOMPARE(work.resizes, 0);
        }
    }
    void finishingAPostIsOneLayoutAndOnePaint() {
        TagFixture f(threePosts());
        quiet(f);
        const Counter counter(f);
        f.press("Return");
        f.waitForRow(1);
        quiet(f);
        const Work work = counter.work();
        QCOMPARE(work.posts, 1);
        QCOMPARE(work.changes, 0);
        QCOMPARE(work.wordLayouts, 1);
        QCOMPARE(work.markLayouts, 1);
        QCOMPARE(work.paints, 1);
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<AnnotateWorkTest>(argc, argv);
}
#include "annotate_work_test.moc"
