#include <algorithm>
#include <chrono>
#include <numeric>

#include "ui/session/project_session_internal.h"

// In which order the visible rows stand. The numbers are read on the reader's thread, some milliseconds at a time; rows
// are put in order on the pool's, but for few of them.

namespace mnerva::ui {

namespace {

using SortClock = std::chrono::steady_clock;
constexpr auto kSortSlice = std::chrono::milliseconds(10);
constexpr auto kSortTold = std::chrono::milliseconds(60);  ///< between two fractions
using Ranks = session::Ranks;

/// Ranks of rows by a row's key; those that nobody has looked at come last.
std::shared_ptr<const Ranks> ranksOf(const std::vector<double>& values, bool isDescending,
                                     const std::vector<int>& rowOfKey, std::size_t rows) {
    auto ranks = std::make_shared<Ranks>(rows, -1);
    std::int32_t next = 0;
    for (const std::int32_t place : project::placesInOrder(values, isDescending)) {
        const auto key = static_cast<std::size_t>(place);
        const int row = rowOfKey.empty() ? place : rowOfKey[key];
        if (row >= 0 && static_cast<std::size_t>(row) < rows) (*ranks)[static_cast<std::size_t>(row)] = next++;
    }
    for (std::int32_t& rank : *ranks)
        if (rank < 0) rank = next++;
    return ranks;
}

void putInOrder(std::vector<int>& rows, const Ranks* ranks) {
    if (!ranks) {
        std::sort(rows.begin(), rows.end());
        return;
    }
    if (rows.size() == ranks->size()) {  // all of them
        for (std::size_t row = 0; row < ranks->size(); ++row)
            rows[static_cast<std::size_t>((*ranks)[row])] = static_cast<int>(row);
        return;
    }
    std::sort(rows.begin(), rows.end(), [&](int a, int b) {
        return (*ranks)[static_cast<std::size_t>(a)] < (*ranks)[static_cast<std::size_t>(b)];
    });
}

}  // namespace

/// An order being made. All but `isStopped` belongs to the reader's thread.
struct ProjectSession::Impl::Sorting {
    project::PostOrder order;
    std::string layer;
    quint64 asked = 0;
    std::weak_ptr<Project> project;
    std::unique_ptr<project::PostSorter> sorter;
    SortClock::time_point lastTold{};
    std::atomic<bool> isStopped{false};
};

bool ProjectSession::Impl::comesBefore(int a, int b) const {
    const auto rows = static_cast<int>(visibleRanks ? visibleRanks->size() : 0);
    if (!visibleRanks || a >= rows || b >= rows) return a < b;
    return (*visibleRanks)[static_cast<std::size_t>(a)] < (*visibleRanks)[static_cast<std::size_t>(b)];
}

/// Forgets what the rows are put in order by: they are others now.
void ProjectSession::Impl::dropRanks() {
    cancelSorting();
    ranks.reset();
    visibleRanks.reset();
    unplaced.clear();
    arranging.cancel();
    beingArranged = 0;
    isSorting = open && !order.isProject();
    if (isSorting) sortingBegan.start();
    sortFraction = 0;
}

void ProjectSession::Impl::cancelSorting() {
    if (sorting) sorting->isStopped = true;
    sorting.reset();
    ranking.cancel();
    isSorting = false;
}

/// Shows these rows in the order there is. Few at once, many when the pool has done it.
void ProjectSession::Impl::arrange(std::vector<int> rows) {
    arranging.cancel();
    unplaced = {};
    beingArranged = 0;
    if (rows.size() <= session::kFewRows || (!ranks && std::is_sorted(rows.begin(), rows.end()))) {
        putInOrder(rows, ranks.get());
        visible = std::move(rows);
        visibleRanks = ranks;
        Q_EMIT q.visibleRowsChanged();
        return;
    }
    beingArranged = rows.size();
    auto arranged = std::make_shared<std::vector<int>>(std::move(rows));
    arranging.run<bool>(
        [arranged, by = ranks](const std::stop_token&) {
            putInOrder(*arranged, by.get());
            return true;
        },
        [this, arranged, by = ranks](const auto& answer) {
            beingArranged = 0;
            if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT q.readFailed(*error);
            if (!std::holds_alternative<bool>(answer)) return;
            visible = std::move(*arranged);
            visibleRanks = by;
            Q_EMIT q.visibleRowsChanged();
        });
}

/// Rows of a query that goes on: the first ones stand in order among each other, all of them when all are found.
void ProjectSession::Impl::addFound(std::vector<int> rows, bool ends) {
    if (!ranks) {
        visible.insert(visible.end(), rows.begin(), rows.end());
        visibleRanks.reset();
        return;
    }
    unplaced.insert(unplaced.end(), rows.begin(), rows.end());
    if (ends && visible.size() + unplaced.size() > session::kFewRows) return arrangeAgain();
    const std::size_t room = session::kFewRows - std::min(session::kFewRows, visible.size());
    const auto taken = static_cast<std::ptrdiff_t>(std::min(room, unplaced.size()));
    if (taken == 0) return;
    visible.insert(visible.end(), unplaced.begin(), unplaced.begin() + taken);
    unplaced.erase(unplaced.begin(), unplaced.begin() + taken);
    putInOrder(visible, ranks.get());
    visibleRanks = ranks;
}

void ProjectSession::Impl::startSorting() {
    cancelSorting();
    isSorting = true;
    sortFraction = 0;
    sortingBegan.start();
    Q_EMIT q.sortProgressed();
    if (!fullyLoaded) return;  // begins when all rows are there
    sorting = std::make_shared<Sorting>();
    sorting->order = order;
    sorting->layer = editedName;
    sorting->asked = generation;
    reader.postLater([this, asked = sorting] { sortOn(asked); });
}

void ProjectSession::Impl::sortOn(const std::shared_ptr<Sorting>& asked) {
    Sorting& s = *asked;
    if (!readerProject || s.isStopped) return;
    bool more = false;
    const auto error = session::guarded([&] {
        if (!s.sorter) {
            s.sorter = std::make_unique<project::PostSorter>(*readerProject, s.order, s.layer);
            s.project = readerProject;
            more = true;
        } else if (s.project.lock() != readerProject) {
            s.isStopped = true;  // the project was closed, and another one is open
            return;
        }
        const auto begun = SortClock::now();
        do more = s.sorter->next();
        while (more && !s.isStopped && SortClock::now() - begun < kSortSlice);
    });
    if (s.isStopped) return;
    if (error || !more) {
        auto keys = std::make_shared<project::PostSorter::Keys>();
        if (!error) *keys = s.sorter->take();
        tellOdd(s.asked);
        answer(s.asked, [this, asked, error, keys] {
            if (sorting == asked) keysArrived(error, keys);
        });
        return;
    }
    if (const auto now = SortClock::now(); now - s.lastTold >= kSortTold) {
        s.lastTold = now;
        answer(s.asked, [this, asked, fraction = s.sorter->fraction()] {
            if (sorting != asked) return;
            sortFraction = fraction;
            Q_EMIT q.sortProgressed();
        });
    }
    reader.postLater([this, asked] { sortOn(asked); });
}

void ProjectSession::Impl::keysArrived(const std::optional<Error>& error,
                                       const std::shared_ptr<project::PostSorter::Keys>& keys) {
    if (error) {
        q.stopSorting();
        Q_EMIT q.readFailed(*error);
        return;
    }
    // Rows and keys are both all posts in the project's order, unless a row could not be read or some came since.
    const auto& posts = keys->posts;
    std::vector<int> rowOfKey;
    const bool areSame =
        posts.size() == summaries.size() &&
        (posts.empty() || (posts.front() == summaries.front().id && posts.back() == summaries.back().id));
    if (!areSame) {
        rowOfKey.reserve(posts.size());
        for (const PostId post : posts) rowOfKey.push_back(q.rowOf(post));
    }
    ranking.run<std::shared_ptr<const Ranks>>(
        [keys, rowOfKey = std::move(rowOfKey), rows = summaries.size(), isDescending = order.isDescending](
            const std::stop_token&) { return ranksOf(keys->values, isDescending, rowOfKey, rows); },
        [this](const auto& answer) {
            if (const auto* failed = std::get_if<Error>(&answer)) {
                q.stopSorting();
                Q_EMIT q.readFailed(*failed);
            } else if (const auto* ranked = std::get_if<std::shared_ptr<const Ranks>>(&answer)) {
                ranksArrived(*ranked);
            }
        });
}

void ProjectSession::Impl::ranksArrived(std::shared_ptr<const Ranks> made) {
    sorting.reset();
    isSorting = false;
    sortFraction = 1;
    shownOrder = order;
    if (made->size() != summaries.size()) return startSorting();  // rows came while it was made
    ranks = std::move(made);
    arrangeAgain();
    Q_EMIT q.sortProgressed();
}

void ProjectSession::Impl::arrangeAgain() {
    std::vector<int> rows = visible;
    rows.insert(rows.end(), unplaced.begin(), unplaced.end());
    arrange(std::move(rows));
}

void ProjectSession::setOrder(const project::PostOrder& order) {
    Impl& d = *m_impl;
    // Whoever works without a sight of runs must not learn from the order what they say.
    const project::PostOrder wanted = d.isBlind && project::looksAtRuns(order.key) ? project::PostOrder{} : order;
    if (wanted == d.order) return;
    d.order = wanted;
    if (d.open) sortAgain();
    Q_EMIT orderChanged();
}

void ProjectSession::sortAgain() {
    Impl& d = *m_impl;
    if (!d.open) return;
    if (!d.order.isProject()) return d.startSorting();
    d.cancelSorting();
    d.shownOrder = d.order;
    if (d.ranks || d.visibleRanks) {
        d.ranks.reset();
        d.arrangeAgain();
    }
    Q_EMIT sortProgressed();
}

const project::PostOrder& ProjectSession::order() const {
    return m_impl->order;
}
bool ProjectSession::isSorting() const {
    return m_impl->isSorting;
}
double ProjectSession::sortFraction() const {
    return m_impl->sortFraction;
}
int ProjectSession::sortMilliseconds() const {
    return m_impl->isSorting ? static_cast<int>(m_impl->sortingBegan.elapsed()) : 0;
}

void ProjectSession::stopSorting() {
    Impl& d = *m_impl;
    if (!d.isSorting) return;
    d.cancelSorting();
    // The order that is there; where rows came since, it is the project's again.
    d.order = d.ranks ? d.shownOrder : project::PostOrder{};
    d.shownOrder = d.order;
    Q_EMIT orderChanged();
    Q_EMIT sortProgressed();
}

bool ProjectSession::comesBefore(int row, int other) const {
    return m_impl->comesBefore(row, other);
}

int ProjectSession::placeOf(PostId post) const {
    const Impl& d = *m_impl;
    const int row = rowOf(post);
    if (row < 0) return -1;
    const auto at =
        std::lower_bound(d.visible.begin(), d.visible.end(), row, [&](int a, int b) { return d.comesBefore(a, b); });
    return at != d.visible.end() && *at == row ? static_cast<int>(at - d.visible.begin()) : -1;
}

std::size_t ProjectSession::foundCount() const {
    const Impl& d = *m_impl;
    return d.beingArranged > 0 ? d.beingArranged : d.visible.size() + d.unplaced.size();
}

const std::vector<project::RunNumbers>& ProjectSession::runNumbers() const {
    return m_impl->numbers;
}

}  // namespace mnerva::ui
