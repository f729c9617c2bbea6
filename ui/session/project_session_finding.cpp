#include <algorithm>
#include <chrono>

#include "core/project/find.h"
#include "ui/base/gui_thread.h"
#include "ui/session/project_session_internal.h"

// How the posts of the query line are found: on the reader's thread, a little at a time, so that whatever else is read
// there waits for some milliseconds only.

namespace mnerva::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kSlice = std::chrono::milliseconds(10);
constexpr auto kTold = std::chrono::milliseconds(60);  ///< between two lists of rows

}  // namespace

/// A query under way. All but `isStopped` belongs to the reader's thread.
struct ProjectSession::Impl::Search {
    std::string text;
    bool isBlind = false;
    quint64 asked = 0;
    int request = 0;
    std::weak_ptr<Project> project;
    std::unique_ptr<project::Finder> finder;
    std::vector<PostId> found;  ///< not told yet
    Clock::time_point lastTold{};
    std::atomic<bool> isStopped{false};
};

void ProjectSession::Impl::showAll() {
    matches = {};  // a million of them would be kept otherwise
    std::vector<int> all(summaries.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
    arrange(std::move(all));
}

void ProjectSession::Impl::showThese(std::vector<PostId> posts) {
    stopSearch();
    words.clear();
    std::sort(posts.begin(), posts.end(), [](PostId a, PostId b) { return a.value < b.value; });
    matches = std::move(posts);
    std::vector<int> rows;
    for (const PostId post : matches)
        if (const int row = summaries.rowOf(post); row >= 0) rows.push_back(row);
    arrange(std::move(rows));
    Q_EMIT q.filterProgressed();
}

void ProjectSession::Impl::stopSearch() {
    if (search) search->isStopped = true;
    search.reset();
    ++filterRequest;
    isFiltering = false;
    filterFraction = 1;
}

void ProjectSession::Impl::runFilter() {
    stopSearch();
    if (filter.trimmed().isEmpty()) {
        words.clear();
        showAll();
        Q_EMIT q.filterProgressed();
        return;
    }
    search = std::make_shared<Search>();
    search->text = toUtf8(filter);
    search->isBlind = isBlind;
    search->asked = generation;
    search->request = filterRequest;
    isFiltering = true;
    isFirstAnswer = true;
    filterFraction = 0;
    filterBegan.start();
    reader.post([this, asked = search] { searchOn(asked); });
    Q_EMIT q.filterProgressed();
}

void ProjectSession::Impl::searchOn(const std::shared_ptr<Search>& asked) {
    Search& s = *asked;
    if (!readerProject || s.isStopped) return;
    bool more = false;
    std::optional<query::Mistake> mistake;
    const auto error = session::guarded([&] {
        if (!s.finder) {
            const project::InfluenceSource influences = project::storedInfluences(*readerProject);
            auto understood = project::understand(*readerProject, s.text, influences);
            if (auto* wrong = std::get_if<query::Mistake>(&understood)) {
                mistake = std::move(*wrong);
                return;
            }
            if (s.isBlind) mistake = query::hiddenFromBlind(std::get<query::Query>(understood));
            if (mistake) return;
            s.finder = std::make_unique<project::Finder>(*readerProject, std::move(std::get<query::Query>(understood)),
                                                         influences);
            s.project = readerProject;
        } else if (s.project.lock() != readerProject) {
            return;  // the project was closed, and another one is open
        }
        const auto begun = Clock::now();
        do more = s.finder->next(s.found);
        while (more && !s.isStopped && Clock::now() - begun < kSlice);
    });
    const bool ends = !more || error || mistake;
    const auto now = Clock::now();
    if (ends || now - s.lastTold >= kTold) {
        s.lastTold = now;
        auto found = std::make_shared<std::vector<PostId>>(std::move(s.found));
        s.found.clear();
        const double fraction = ends || !s.finder ? 1 : s.finder->fraction();
        tellOdd(s.asked);
        answer(s.asked, [this, request = s.request, error, mistake, found, ends, fraction] {
            if (request == filterRequest) searchArrived(error, mistake, *found, ends, fraction);
        });
    }
    if (!ends) reader.postLater([this, asked] { searchOn(asked); });
}

void ProjectSession::Impl::searchArrived(const std::optional<Error>& error,
                                         const std::optional<query::Mistake>& mistake, const std::vector<PostId>& found,
                                         bool ends, double fraction) {
    isFiltering = !ends;
    filterFraction = fraction;
    if (mistake || error) {
        search.reset();
        if (!unplaced.empty()) arrangeAgain();
        if (mistake) Q_EMIT q.filterMistaken(*mistake);
        if (error) Q_EMIT q.readFailed(*error);
        Q_EMIT q.filterProgressed();
        return;
    }
    // What was shown before stays until there is something else to show.
    const bool shows = isFirstAnswer && (ends || !found.empty());
    if (shows) {
        matches.clear();
        visible.clear();
        unplaced.clear();
        arranging.cancel();
        beingArranged = 0;
        isFirstAnswer = false;
        takeWords();
    }
    std::vector<int> rows;
    for (const PostId post : found) {
        matches.push_back(post);
        if (const int row = summaries.rowOf(post); row >= 0) rows.push_back(row);
    }
    if (!rows.empty() || ends) addFound(std::move(rows), ends);
    if (ends) search.reset();
    if (shows || !found.empty()) Q_EMIT q.visibleRowsChanged();
    Q_EMIT q.filterProgressed();
}

void ProjectSession::Impl::takeWords() {
    words.clear();
    const auto parsed = query::parse(toUtf8(filter));
    if (const auto* query = std::get_if<query::Query>(&parsed)) words = query::wantedWords(*query);
}

bool ProjectSession::Impl::isMatch(PostId post) const {
    return std::binary_search(matches.begin(), matches.end(), post,
                              [](PostId a, PostId b) { return a.value < b.value; });
}

void ProjectSession::Impl::prepareQueries() {
    writer.postLater([this, project = std::weak_ptr<Project>(writerProject)] {
        if (!writerProject || project.lock() != writerProject) return;
        bool more = false;
        if (session::guarded([&] { more = writerProject->prepareQueries(); })) return;  // queries are slower without
        if (more) prepareQueries();
    });
}

}  // namespace mnerva::ui
