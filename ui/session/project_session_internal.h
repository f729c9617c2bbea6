#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <list>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "ui/base/job_runner.h"
#include "ui/base/serial_worker.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

// What is inside a ProjectSession; only its own .cpp files include this. Functions that only move data between the
// threads stand in project_session_reading.cpp and project_session_writing.cpp.

namespace mnerva::ui {

using project::LayerInfo;
using project::PostSummary;
using project::PostView;
using project::Project;
using project::ProjectInfo;

namespace session {

constexpr int kFirstChunk = 400;
constexpr int kChunk = 5000;
constexpr std::size_t kCachedViews = 24;
constexpr int kOutsideCheckMs = 2000;
constexpr std::size_t kManyPosts = 1000;  ///< of one change; of more, rows are read again
constexpr std::size_t kFewRows = 20'000;  ///< put in order at once
using Ranks = std::vector<std::int32_t>;  ///< the place of each row in an order of all of them

/// Runs `work`; an exception becomes an Error value, because none may leave a thread.
template <class Work>
std::optional<Error> guarded(Work&& work) {
    try {
        work();
        return std::nullopt;
    } catch (const Error& error) {
        return error;
    } catch (const Cancelled&) {
        return std::nullopt;
    } catch (const std::bad_alloc&) {
        return Error(ErrorCode::MemoryExhausted, {"reading the project"});
    } catch (const std::exception& other) {
        return Error(ErrorCode::Internal, {other.what()});
    }
}

/// Failures that may pass: the same write is tried again instead of being dropped.
inline bool mayPass(ErrorCode code) {
    switch (code) {
        case ErrorCode::DiskFull:
        case ErrorCode::DatabaseFailed:
        case ErrorCode::FileUnwritable:
        case ErrorCode::FileUnreadable:
        case ErrorCode::FileMissing:  // moved away: it may come back
        case ErrorCode::MemoryExhausted:
        case ErrorCode::ProjectCorrupt:  // what was typed waits until the file is whole again, or is given up knowingly
            return true;
        default:
            return false;
    }
}

inline QDateTime toDateTime(std::chrono::system_clock::time_point at) {
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

/// What is kept with the project (ProjectSession::keep).
constexpr std::array<const char*, 5> kKeptKeys{"edited", "cases/layers", "cases/reference", "views", "views/unread"};
constexpr const char* kNeverKept = "\n";  // no value of these keys
inline std::string keptSetting(const std::string& key) {
    return "window/" + key;
}

/// Where an older version remembered, for the person, which layer of a project is edited; and today's where a project
/// is read-only.
inline QString editedKey(const QString& folder) {
    return QStringLiteral("edited/") + QString::fromLatin1(folder.toUtf8().toPercentEncoding());
}

/// One entry of the writer's queue. Writes go out one at a time, in order, so a failed one stops those behind it.
struct WriteOp {
    enum class Kind { Apply, Undo, Redo, Work } kind = Kind::Apply;
    Change change;
    std::function<void(Project&)> work;
    std::function<void(std::optional<Error>)> done;
    bool reads = false;      ///< work that only looks: nothing is lost without it
    std::string layer = {};  ///< whose history it is about

    bool touches(PostId post) const {
        if (kind == Kind::Undo || kind == Kind::Redo) return true;
        return std::any_of(change.posts.begin(), change.posts.end(),
                           [&](const PostChange& c) { return c.post == post; });
    }
};

struct WriteResult {
    std::optional<Error> error;
    std::optional<project::Saved> saved;
    Change change;
    bool canUndo = false, canRedo = false;
};

}  // namespace session

struct ProjectSession::Impl {
    explicit Impl(ProjectSession& session) : q(session) {}

    ProjectSession& q;
    // Touched only on the thread they are named after.
    std::shared_ptr<Project> writerProject, readerProject;

    bool open = false;
    ProjectInfo info;
    QString folder;
    PostRows summaries;
    bool fullyLoaded = false;
    std::vector<LayerInfo> layers;
    QString suggestionLayer;
    std::map<std::string, std::string> keptValues;  ///< with the project
    std::string editedName;                         ///< the layer that is edited; empty: the corrected one
    bool isBlind = false;

    QString filter;
    bool onlyThese = false;          ///< `matches` were given, not found by a filter
    std::vector<PostId> matches;     ///< of the filter, ascending
    std::vector<std::string> words;  ///< what a matching text is to show
    std::vector<int> visible;
    int filterRequest = 0;
    struct Search;
    std::shared_ptr<Search> search;
    bool isFiltering = false, isFirstAnswer = false;
    double filterFraction = 1;
    QElapsedTimer filterBegan;
    query::Names names;
    std::vector<project::RunNumbers> numbers;

    project::PostOrder order, shownOrder;  ///< asked for; that of `ranks`
    struct Sorting;
    std::shared_ptr<Sorting> sorting;
    bool isSorting = false;
    double sortFraction = 1;
    QElapsedTimer sortingBegan;
    std::shared_ptr<const session::Ranks> ranks, visibleRanks;  ///< null: the project's; those that `visible` stands in
    std::vector<int> unplaced;                                  ///< found, but too many to stand in `visible` yet
    std::size_t beingArranged = 0;                              ///< rows that the pool puts in order now
    JobRunner ranking, arranging;

    PostId target;
    std::atomic<std::int64_t> wanted{0};  ///< target, read by the reader thread to skip overtaken requests
    PostView view;
    bool hasView = false;
    std::list<PostView> cache;  ///< most recent first
    std::unordered_map<PostId, int> version;
    std::optional<Change> undoneAfterJump;

    std::deque<session::WriteOp> ops;
    bool inFlight = false;
    std::shared_ptr<session::WriteResult> running;  ///< of the op in flight, filled on the writer's thread
    std::optional<Error> failure;
    std::optional<Error> lastDropped;  ///< of a write that was given up
    bool canUndo = false, canRedo = false;
    std::unordered_set<PostId> reloadWhenIdle;

    quint64 generation = 0;
    std::int64_t dataVersion = 0;
    QTimer outsideCheck;
    std::stop_source stopReading;  ///< ends opening and reading; never what is written
    std::size_t oddTold = 0;       ///< rows told by damageFound(); on the reader's thread

    // Last members: their threads end before anything above goes away.
    SerialWorker writer, reader;

    /// Hands `done` to the GUI thread; dropped when the project was closed meanwhile.
    void answer(quint64 asked, std::function<void()> done);
    // --- opening -------------------------------------------------------------------------------------------------
    struct Opened {
        ProjectInfo info;
        std::vector<PostSummary> first;
        bool canUndo = false, canRedo = false;
        std::int64_t dataVersion = 0;
        PostId start;  ///< the asked post, if it is there
        std::string edited;
        bool isBlind = false;
        std::map<std::string, std::string> kept;
    };

    void openWith(std::function<std::unique_ptr<Project>(std::stop_token)> make, PostId first);
    void finishOpening(Opened opened);
    void resetRows(std::vector<PostSummary> first);
    void appendRows(std::vector<PostSummary> rows);
    void readRows(PostId after);
    int rowsRequest = 0;

    void rowsArrived(const std::optional<Error>& error, std::vector<PostSummary> rows);
    void readLayers();
    // --- views ---------------------------------------------------------------------------------------------------
    PostView* cached(PostId post);
    void remember(PostView kept);
    void requestView(PostId post, bool ahead);
    void viewArrived(PostId post, const std::string& layer, const std::string& of, int asVersion,
                     const std::optional<Error>& error, PostView read);
    void makeCurrent(PostView next);
    void readAhead();
    /// The post `delta` visible rows away; clamped; invalid when nothing is visible.
    PostId neighbourOf(PostId post, int delta) const;
    // --- changes -------------------------------------------------------------------------------------------------
    /// Puts a change into what is in memory; false when it does not fit (then the posts are read again).
    bool applyInMemory(const Change& change);
    void updateSummary(const PostChange& part, const PostView* held);
    void syncSummary(PostId post);
    /// What is counted of the marks of posts, after a row got others.
    void countMarks(const PostSummary& now, PostStatus before, Review reviewBefore);
    void queue(session::WriteOp op);
    void pump();
    /// On the writer thread.
    session::WriteResult runOp(const session::WriteOp& op);
    void written(session::WriteResult result);
    void dropped(const session::WriteOp& op, const Error& error);
    void undoArrived(const Change& change);
    /// Shows a change that is on the disk: part by part, or by reading all again where that is less work.
    void manyArrived(const Change& change);
    void reloadStale();
    // --- filter, refresh -----------------------------------------------------------------------------------------
    void showAll();
    void showThese(std::vector<PostId> posts);
    void runFilter();
    void stopSearch();
    /// On the reader's thread: looks at some more posts, then queues itself again.
    void searchOn(const std::shared_ptr<Search>& asked);
    void searchArrived(const std::optional<Error>& error, const std::optional<query::Mistake>& mistake,
                       const std::vector<PostId>& found, bool ends, double fraction);
    void takeWords();
    // --- order ---------------------------------------------------------------------------------------------------
    bool comesBefore(int a, int b) const;
    void dropRanks();
    void startSorting();
    void cancelSorting();
    /// On the reader's thread: looks at some more posts, then queues itself again.
    void sortOn(const std::shared_ptr<Sorting>& asked);
    void keysArrived(const std::optional<Error>& error, const std::shared_ptr<project::PostSorter::Keys>& keys);
    void ranksArrived(std::shared_ptr<const session::Ranks> made);
    void arrange(std::vector<int> rows);
    void arrangeAgain();
    void addFound(std::vector<int> rows, bool ends);

    bool isMatch(PostId post) const;
    /// Brings what queries skip posts by up to date, behind all writes.
    void prepareQueries();
    void refreshArrived(ProjectInfo fresh, std::vector<PostSummary> first);
    void checkOutside();
    /// On the reader's thread: says what did not fit in the rows read since the last call.
    void tellOdd(quint64 asked);
    /// Writes what waits and lets both projects go; the first error of what is lost. `withWork`: those who asked for
    /// work live still.
    std::optional<Error> closeThreads(bool withWork);
};

}  // namespace mnerva::ui
