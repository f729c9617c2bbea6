#include <sqlite3.h>
#include <sys/resource.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <thread>

#include "ui/base/error_text.h"
#include "ui/session/project_session.h"
#include "ui/support/tag_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

constexpr int kWait = 20000;

/// A project folder and a session on it.
struct Opened {
    explicit Opened(int posts = 5) {
        std::vector<Post> made;
        for (int i = 0; i < posts; ++i)
            made.push_back(makePost("p" + std::to_string(i), {"one", "two", "three", "word" + std::to_string(i)}));
        test::makeProject(path(), made);
        reopen();
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }
    void reopen() {
        session = std::make_unique<ProjectSession>();
        QSignalSpy ready(session.get(), &ProjectSession::currentPostChanged);
        session->open(path());
        QTRY_VERIFY_WITH_TIMEOUT(session->hasView() && session->isFullyLoaded(), kWait);
    }
    project::Edit label(int word, const std::string& type) const {
        return project::labelSpan(session->view().state, word, word, type);
    }
    void settle() const { QTRY_VERIFY_WITH_TIMEOUT(!session->isSaving(), kWait); }
    void goTo(int row) const {
        session->setCurrentPost(session->summaries()[static_cast<std::size_t>(row)].id);
        QTRY_COMPARE_WITH_TIMEOUT(session->rowOf(session->view().post.id), row, kWait);
    }
    QString spans() const { return test::spans(session->view().state.entities); }
    /// What another connection sees.
    QString spansOnDisk(int row) const {
        const auto project = project::Project::open(toPath(path()), project::OpenMode::ReadOnly, "test");
        return test::spans(project->view(session->summaries()[static_cast<std::size_t>(row)].id).state.entities);
    }
    QTemporaryDir folder;
    std::unique_ptr<ProjectSession> session;
};

}  // namespace

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
    }

    void openingShowsTheFirstPost() {
        Opened f;
        QVERIFY(f.session->isOpen());
        QVERIFY(!f.session->isReadOnly());
        QCOMPARE(f.session->summaries().size(), std::size_t(5));
        QCOMPARE(QString::fromStdString(f.session->view().post.externalId), QStringLiteral("p0"));
    }
    void aFolderWithoutAProjectIsRefusedWithItsCode() {
        QTemporaryDir empty;
        ProjectSession session;
        std::optional<ErrorCode> code;
        connect(&session, &ProjectSession::openFailed, this, [&](const Error& error) { code = error.code(); });
        session.open(empty.path());
        QTRY_VERIFY_WITH_TIMEOUT(code.has_value(), kWait);
        QCOMPARE(*code, ErrorCode::ProjectMissing);
        QVERIFY(!session.isOpen());
    }
    void aDamagedProjectIsRefusedAndNothingCrashes() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("project.mnerva")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no database, but long enough to be looked at twice");
        file.close();
        ProjectSession session;
        QSignalSpy failed(&session, &ProjectSession::openFailed);
        session.open(folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QVERIFY(!session.isOpen());
    }
    void creatingOpensAnEmptyProject() {
        QTemporaryDir folder;
        ProjectSession session;
        QSignalSpy opened(&session, &ProjectSession::opened);
        session.create(folder.filePath(QStringLiteral("new")), {});
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, kWait);
        QVERIFY(session.summaries().empty());
        QVERIFY(!session.hasView());
    }
    void creatingOverAProjectIsRefused() {
        Opened f;
        ProjectSession second;
        QSignalSpy failed(&second, &ProjectSession::openFailed);
        second.create(f.path(), {});
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
    }
    void aSecondSessionIsReadOnlyAndKnowsTheHolder() {
        Opened f;
        ProjectSession second;
        second.open(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(second.isOpen() && second.hasView(), kWait);
        QVERIFY(second.isReadOnly());
        QVERIFY(second.info().holder.has_value());
        QCOMPARE(second.info().holder->processId, static_cast<int>(QCoreApplication::applicationPid()));
        QSignalSpy refused(&second, &ProjectSession::refused);
        QVERIFY(!second.apply(project::labelSpan(second.view().state, 0, 0, "PER")));
        QCOMPARE(refused.count(), 1);
    }
    void aReadOnlySessionSeesWhatTheOtherWrites() {
        Opened f;
        ProjectSession second;
        second.open(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(second.hasView(), kWait);
        f.session->apply(f.label(1, "LOC"));
        f.settle();
        QTRY_COMPARE_WITH_TIMEOUT(test::spans(second.view().state.entities), QStringLiteral("1 LOC"), kWait);
    }
    void aProjectOfANewerVersionIsReadOnlyAndSaysSo() {
        Opened f;
        f.session->close();
        QFile file(f.path() + QStringLiteral("/project.mnerva"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(60));  // the version number in the head of an SQLite file, most significant byte first
        file.write(QByteArray::fromHex("000003e7"));
        file.close();
        f.session->open(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(f.session->isOpen() && f.session->hasView(), kWait);
        QVERIFY(f.session->isReadOnly());
        QVERIFY(f.session->info().madeByNewerVersion);
    }
    void openingAtAPostShowsThatPostAtOnce() {
        Opened f(1200);
        const PostId wanted = f.session->summaries()[900].id;
        f.session->open(f.path(), wanted);
        QSignalSpy shown(f.session.get(), &ProjectSession::currentPostChanged);
        QTRY_VERIFY_WITH_TIMEOUT(shown.count() > 0, kWait);
        QVERIFY(f.session->currentPost() == wanted);
    }
    void openingAtAPostThatIsGoneShowsTheFirst() {
        Opened f;
        QSignalSpy failed(f.session.get(), &ProjectSession::readFailed);
        f.session->open(f.path(), PostId{123456789});
        QTRY_VERIFY_WITH_TIMEOUT(f.session->hasView(), kWait);
        QCOMPARE(f.session->rowOf(f.session->currentPost()), 0);
        QCOMPARE(failed.count(), 0);
    }
    void anEditShowsAtOnceAndIsOnTheDiskWhenSaved() {
        Opened f;
        QSignalSpy changed(f.session.get(), &ProjectSession::stateChanged);
        QSignalSpy saved(f.session.get(), &ProjectSession::saved);
        QVERIFY(f.session->apply(f.label(0, "PER")));
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(saved.count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWait);
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER"));
    }
    void aRefusalIsToldAndChangesNothing() {
        Opened f;
        QSignalSpy refused(f.session.get(), &ProjectSession::refused);
        QVERIFY(!f.session->apply(project::Refusal{"outside", std::nullopt}));
        QCOMPARE(refused.count(), 1);
        QVERIFY(!f.session->isSaving());
    }
    void manyKeysInARowAllReachTheDisk() {
        Opened f;
        for (const char* type : {"PER", "LOC", "ORG", "MISC"}) {
            for (int word = 0; word < 4; ++word) QVERIFY(f.session->apply(f.label(word, type)));
        }
        f.settle();
        QCOMPARE(f.spans(), QStringLiteral("0 MISC, 1 MISC, 2 MISC, 3 MISC"));
        QCOMPARE(f.spansOnDisk(0), f.spans());
    }
    void undoTakesTheLastEditBackAndRedoDoesItAgain() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.settle();
        QVERIFY(f.session->canUndo());
        f.session->undo();
        QTRY_COMPARE_WITH_TIMEOUT(f.spans(), QString(), kWait);
        f.settle();
        QVERIFY(f.session->canRedo());
        f.session->redo();
        QTRY_COMPARE_WITH_TIMEOUT(f.spans(), QStringLiteral("0 PER"), kWait);
        f.settle();
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER"));
    }
    void undoRightBehindAnEditWaitsForItsTurn() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->apply(f.label(1, "LOC"));
        f.session->undo();
        f.settle();
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER"));
    }
    void anEditBehindAnUndoStillAgreesWithTheDisk() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.settle();
        f.session->undo();
        f.session->apply(f.label(2, "ORG"));
        f.settle();
        QTRY_COMPARE_WITH_TIMEOUT(f.spans(), f.spansOnDisk(0), kWait);
    }
    void undoJumpsToThePostItChanges() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.settle();
        f.goTo(3);
        QSignalSpy undone(f.session.get(), &ProjectSession::undone);
        f.session->undo();
        QTRY_COMPARE_WITH_TIMEOUT(undone.count(), 1, kWait);
        QCOMPARE(f.session->rowOf(f.session->currentPost()), 0);
        QCOMPARE(f.spans(), QString());
    }
    void undoSurvivesReopening() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.settle();
        f.session.reset();
        f.reopen();
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QVERIFY(f.session->canUndo());
        f.session->undo();
        QTRY_COMPARE_WITH_TIMEOUT(f.spans(), QString(), kWait);
    }
    void nothingToUndoIsARefusalNotAnError() {
        Opened f;
        QSignalSpy refused(f.session.get(), &ProjectSession::refused);
        QSignalSpy failed(f.session.get(), &ProjectSession::saveFailed);
        f.session->undo();
        QCOMPARE(refused.count(), 1);
        QCOMPARE(failed.count(), 0);
    }
    void closingWritesWhatIsStillQueued() {
        Opened f;
        for (int word = 0; word < 4; ++word) f.session->apply(f.label(word, "LOC"));
        f.session->close();
        QVERIFY(!f.session->isOpen());
        f.reopen();
        QCOMPARE(f.spans(), QStringLiteral("0 LOC, 1 LOC, 2 LOC, 3 LOC"));
    }
    void backToAnEditedPostBeforeItIsSavedShowsTheEdit() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->step(1);
        f.session->step(-1);
        QTRY_COMPARE_WITH_TIMEOUT(f.session->rowOf(f.session->view().post.id), 0, kWait);
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        f.settle();
    }
    void theRowOfAnEditedPostFollows() {
        Opened f;
        QSignalSpy row(f.session.get(), &ProjectSession::summaryChanged);
        f.session->apply(f.label(0, "PER"));
        QCOMPARE(row.count(), 1);
        QCOMPARE(f.session->summaries().front().entityCount, 1);
        QVERIFY(f.session->summaries().front().corrected);
        f.settle();
    }
    void finishedPostsAreCounted() {
        Opened f;
        f.session->apply(project::setStatus(f.session->view().state, PostStatus::Done));
        f.settle();
        QCOMPARE(f.session->info().doneOfSplit.at(Split::Train), 1);
        f.session->undo();
        f.settle();
        QCOMPARE(f.session->info().doneOfSplit.at(Split::Train), 0);
    }
    void theFilterShowsWhatHoldsTheWords() {
        Opened f;
        f.session->setFilter(QStringLiteral("word3"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session->visibleRows(), std::vector<int>{3}, kWait);
        f.session->setFilter({});
        QCOMPARE(f.session->visibleRows().size(), std::size_t(5));
    }
    void theNewestFilterWins() {
        Opened f;
        for (const char* typed : {"w", "wo", "word", "word2"}) f.session->setFilter(QString::fromLatin1(typed));
        QTRY_COMPARE_WITH_TIMEOUT(f.session->visibleRows(), std::vector<int>{2}, kWait);
    }
    void oddFiltersDoNoHarm() {
        Opened f;
        QSignalSpy failed(f.session.get(), &ProjectSession::readFailed);
        for (const char* typed : {"\"", "'; DROP TABLE post; --", "%", "*", "NOT (", "多伦多", "🔥"}) {
            QSignalSpy done(f.session.get(), &ProjectSession::visibleRowsChanged);
            QSignalSpy mistaken(f.session.get(), &ProjectSession::filterMistaken);
            f.session->setFilter(QString::fromUtf8(typed));
            QTRY_COMPARE_WITH_TIMEOUT(done.count() + mistaken.count(), 1, kWait);
            QVERIFY(!f.session->isFiltering());
        }
        QCOMPARE(failed.count(), 0);
    }
    void steppingStaysAmongTheFilteredRows() {
        Opened f;
        f.session->setFilter(QStringLiteral("word4"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session->visibleRows(), std::vector<int>{4}, kWait);
        f.session->step(1);
        QTRY_COMPARE_WITH_TIMEOUT(f.session->rowOf(f.session->view().post.id), 4, kWait);
        f.session->step(1);
        QCOMPARE(f.session->rowOf(f.session->currentPost()), 4);
    }
    void quickStepsEndWhereTheyLead() {
        Opened f(50);
        for (int i = 0; i < 30; ++i) f.session->step(1);
        QTRY_COMPARE_WITH_TIMEOUT(f.session->rowOf(f.session->view().post.id), 30, kWait);
        for (int i = 0; i < 60; ++i) f.session->step(-1);
        QTRY_COMPARE_WITH_TIMEOUT(f.session->rowOf(f.session->view().post.id), 0, kWait);
    }
    void rowsArriveInPiecesAndAllOfThem() {
        Opened f(12000);
        QCOMPARE(f.session->summaries().size(), std::size_t(12000));
        QCOMPARE(f.session->visibleRows().size(), std::size_t(12000));
        QCOMPARE(f.session->rowOf(f.session->summaries().back().id), 11999);
    }
    void suggestionsOfALayerAppearAndAcceptingCopiesThem() {
        Opened f;
        const PostId post = f.session->view().post.id;
        f.session->write(
            [post](project::Project& project) {
                project.storePredictions("run1", {{post, {Entity{"ORG", 1, 2, 0.9}}}});
            },
            {});
        f.settle();
        f.session->setSuggestionLayer(QStringLiteral("run1"));
        QTRY_COMPARE_WITH_TIMEOUT(f.session->view().state.suggestions.size(), std::size_t(1), kWait);
        QVERIFY(f.session->apply(
            project::acceptSuggestion(f.session->view().state, f.session->view().state.suggestions.front())));
        QCOMPARE(f.spans(), QStringLiteral("1-2 ORG"));
        QVERIFY(f.session->view().state.suggestions.empty());
        f.settle();
    }
    void aFailedWorkGivesItsErrorBack() {
        Opened f;
        std::optional<Error> got;
        f.session->write([](project::Project&) { throw Error(ErrorCode::SplitEmpty, {"test"}); },
                         [&](std::optional<Error> error) { got = std::move(error); });
        QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kWait);
        QCOMPARE(got->code(), ErrorCode::SplitEmpty);
        QVERIFY(f.session->apply(f.label(0, "PER")));
        f.settle();
    }
    void aFailedReadIsSignalled() {
        Opened f;
        QSignalSpy failed(f.session.get(), &ProjectSession::readFailed);
        bool done = false;
        f.session->read([](const project::Project&) { throw std::runtime_error("odd"); }, [&] { done = true; });
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QVERIFY(!done);
    }
    void answersOfAClosedProjectAreDropped() {
        Opened f;
        bool done = false;
        f.session->read([](const project::Project&) {}, [&] { done = true; });
        f.session->close();
        QCoreApplication::processEvents();
        QVERIFY(!done);
    }
    void refreshShowsWhatWasImported() {
        Opened f;
        f.session->write(
            [](project::Project& project) {
                auto appender = project.append("more.txt", {}, {});
                appender->add(makePost("late", {"new", "words"}));
                appender->commit();
            },
            [&](std::optional<Error>) { f.session->refresh(); });
        QTRY_COMPARE_WITH_TIMEOUT(f.session->summaries().size(), std::size_t(6), kWait);
        QVERIFY(!f.session->isReadOnly());
    }
    void aFullDiskStopsEditingAndARetrySavesTheEdit() {
        Opened f;
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit full{1, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
        QSignalSpy failed(f.session.get(), &ProjectSession::saveFailed);
        QVERIFY(f.session->apply(f.label(0, "PER")));
        const bool told = QTest::qWaitFor([&] { return failed.count() > 0; }, kWait);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(told);
        QVERIFY(f.session->isSaveFailed());
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QSignalSpy refused(f.session.get(), &ProjectSession::refused);
        QVERIFY(!f.session->apply(f.label(1, "LOC")));
        QCOMPARE(refused.count(), 1);
        f.session->retrySave();
        f.settle();
        QVERIFY(!f.session->isSaveFailed());
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER"));
    }
    // --- closing
    // ------------------------------------------------------------------------------------------------------
    void closingGivesTheErrorOfAWriteThatFailed() {
        Opened f;
        std::optional<Error> lost;
        {
            const FullDisk full;
            for (int word = 0; word < 3; ++word) QVERIFY(f.session->apply(f.label(word, "PER")));
            lost = f.session->close();
        }
        QVERIFY(lost.has_value());
        QCOMPARE(lost->code(), ErrorCode::DiskFull);
        f.reopen();
        QCOMPARE(f.spans(), QString());
        QVERIFY(!f.session->close().has_value());
    }
    void savingNowWritesAllOrGivesTheErrorAndKeepsTheEdit() {
        Opened f;
        QSignalSpy failed(f.session.get(), &ProjectSession::saveFailed);
        {
            const FullDisk full;
            for (int word = 0; word < 3; ++word) QVERIFY(f.session->apply(f.label(word, "PER")));
            const auto error = f.session->saveNow();
            QVERIFY(error.has_value());
            QCOMPARE(error->code(), ErrorCode::DiskFull);
        }
        QCOMPARE(failed.count(), 1);
        QVERIFY(f.session->isSaveFailed());
        QVERIFY(f.session->saveNow().has_value());  // nothing is tried again unasked
        f.session->retrySave();
        QVERIFY(!f.session->saveNow().has_value());
        QVERIFY(!f.session->isSaving());
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER, 1 PER, 2 PER"));
    }
    void closingAfterAFailureThatWasToldGivesItAgain() {
        Opened f;
        const FullDisk full;
        QVERIFY(f.session->apply(f.label(0, "PER")));
        QVERIFY(f.session->saveNow().has_value());
        const auto lost = f.session->close();
        QVERIFY(lost.has_value());
        QCOMPARE(lost->code(), ErrorCode::DiskFull);
    }
    void closingWritesAnUndoThatIsStillQueued() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->apply(f.label(1, "LOC"));
        f.session->undo();
        f.session->apply(f.label(2, "ORG"));
        QVERIFY(!f.session->close().has_value());
        f.reopen();
        QCOMPARE(f.spans(), QStringLiteral("0 PER, 2 ORG"));
    }
    void closingWritesWorkThatIsStillQueued() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->write([](project::Project& project) { project.setSetting("kept", "yes"); }, {});
        QVERIFY(!f.session->close().has_value());
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QCOMPARE(QString::fromStdString(project->setting("kept")), QStringLiteral("yes"));
    }
    void closingLeavesNoLogBehind() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->close();
        QVERIFY(!QFile::exists(f.path() + QStringLiteral("/project.mnerva-wal")));
    }
    void closingWhileOpeningLeavesNothingOpen() {
        Opened f(2000);
        f.session->close();
        QSignalSpy opened(f.session.get(), &ProjectSession::opened);
        for (int i = 0; i < 40; ++i) {
            f.session->open(f.path());
            if (i % 3 == 1) std::this_thread::yield();
            if (i % 3 == 2) QCoreApplication::processEvents();
            f.session->close();
            QVERIFY(!f.session->isOpen());
            // Nobody holds it: another program may write.
            project::Project::open(toPath(f.path()), project::OpenMode::ReadWrite, "test");
        }
        QCoreApplication::processEvents();
        QVERIFY(!f.session->isOpen());
        f.reopen();
        QVERIFY(!f.session->isReadOnly());
        QVERIFY(f.session->apply(f.label(0, "PER")));
        f.settle();
    }
    void openingAnotherWhileOneIsOpenedShowsTheSecond() {
        Opened first(3000), second(7);
        ProjectSession session;
        for (int i = 0; i < 10; ++i) {
            first.session->close();
            second.session->close();
            session.open(first.path());
            session.open(second.path());
            QTRY_VERIFY_WITH_TIMEOUT(session.hasView() && session.isFullyLoaded(), kWait);
            QCOMPARE(session.summaries().size(), std::size_t(7));
            session.close();
        }
    }
    void readingWhileClosingEndsWithTheProject() {
        Opened f(5000);
        for (int i = 0; i < 10; ++i) {
            for (const char* typed : {"word1", "one", "word4999"}) f.session->setFilter(QString::fromLatin1(typed));
            f.session->read([](const project::Project& project) { project.posts(std::nullopt); });
            f.session->step(1);
            f.session->close();
            f.reopen();
        }
    }

    // --- what happens to the file
    // -------------------------------------------------------------------------------------
    void aProjectThatIsMovedAwaySavesNothingUntilItIsBack() {
        Opened f;
        QSignalSpy failed(f.session.get(), &ProjectSession::saveFailed);
        QSignalSpy saved(f.session.get(), &ProjectSession::saved);
        const QString file = f.path() + QStringLiteral("/project.mnerva");
        QVERIFY(QFile::rename(file, file + QStringLiteral(".away")));
        QVERIFY(f.session->apply(f.label(0, "PER")));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QVERIFY(f.session->isSaveFailed());
        QCOMPARE(saved.count(), 0);
        QVERIFY(QFile::rename(file + QStringLiteral(".away"), file));
        f.session->retrySave();
        f.settle();
        QCOMPARE(f.spansOnDisk(0), QStringLiteral("0 PER"));
    }
    void aProjectThatIsReplacedIsNotWrittenInto() {
        Opened f;
        const QString file = f.path() + QStringLiteral("/project.mnerva");
        QVERIFY(QFile::copy(file, file + QStringLiteral(".other")));
        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::rename(file + QStringLiteral(".other"), file));
        QVERIFY(f.session->apply(f.label(0, "PER")));
        const auto error = f.session->saveNow();
        QVERIFY(error.has_value());
        QCOMPARE(error->code(), ErrorCode::FileMissing);
        QVERIFY(f.session->close().has_value());
    }
    void aProjectThatIsMadeReadOnlyIsWrittenOrRefusedNeverHalf() {
        Opened f;
        const QString file = f.path() + QStringLiteral("/project.mnerva");
        QVERIFY(QFile::setPermissions(file, QFileDevice::ReadOwner));
        QVERIFY(f.session->apply(f.label(0, "PER")));
        const auto error = f.session->saveNow();
        QCOMPARE(f.spansOnDisk(0), error ? QString() : QStringLiteral("0 PER"));
    }

    // --- projects of strangers
    // ----------------------------------------------------------------------------------------
    void aProjectWithALinkForItsLockIsShownReadOnlyAndSaysWhy() {
        Opened f;
        f.session->close();
        const QString lock = f.path() + QStringLiteral("/lock"), letter = f.folder.filePath(QStringLiteral("letter"));
        QFile file(letter);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("dear");
        file.close();
        QVERIFY(QFile::remove(lock));
        QVERIFY(QFile::link(letter, lock));
        f.reopen();
        QVERIFY(f.session->isReadOnly());
        QVERIFY(f.session->info().blocked.has_value());
        QCOMPARE(f.session->info().blocked->code(), ErrorCode::UnsafeTarget);
        f.session->close();
        QCOMPARE(QFileInfo(letter).size(), qint64(4));
    }
    void rowsThatCannotBeAreToldOnceAndTheRestIsShown() {
        Opened f;
        f.session->apply(f.label(0, "PER"));
        f.session->close();
        runSql(f.path(),
               "PRAGMA ignore_check_constraints = 1;"
               "UPDATE posts SET source_tags = x'4f' WHERE id = 1;"
               "INSERT INTO entities VALUES (2, 1, 2, 99, 'LOC', NULL), (2, 1, -7, 1, 'LOC', NULL);"
               "INSERT INTO regions (id, post, image, left, top, width, height, origin) VALUES (1, 1, 9, 0, 0, 5, 5, "
               "'human');"
               "INSERT INTO links VALUES (1, 1, -1, 77, 'PER', 1)");
        QSignalSpy told(f.session.get(), &ProjectSession::damageFound);
        f.session->open(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(f.session->hasView() && f.session->isFullyLoaded(), kWait);
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, kWait);
        QVERIFY(told.first().first().toString().startsWith(QStringLiteral("post 1, ")));
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QVERIFY(f.session->apply(f.label(3, "ORG")));
        f.settle();
        QCOMPARE(f.spans(), QStringLiteral("0 PER, 3 ORG"));
    }

private:
    /// Files cannot grow while this lives.
    class FullDisk {
    public:
        FullDisk() {
            std::signal(SIGXFSZ, SIG_IGN);
            getrlimit(RLIMIT_FSIZE, &m_before);
            const rlimit full{1, m_before.rlim_max};
            setrlimit(RLIMIT_FSIZE, &full);
        }
        ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

    private:
        rlimit m_before{};
    };
    static void runSql(const QString& folder, const char* sql) {
        sqlite3* database = nullptr;
        QCOMPARE(sqlite3_open((folder + QStringLiteral("/project.mnerva")).toUtf8().constData(), &database), SQLITE_OK);
        QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }

    QTemporaryDir m_config;
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
