#include "ui/session/query_counts.h"

#include <QPointer>
#include <algorithm>
#include <atomic>
#include <chrono>

#include "core/project/find.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"
#include "ui/session/query_line.h"

namespace mnerva::ui {
namespace {

using CountClock = std::chrono::steady_clock;
constexpr auto kCountSlice = std::chrono::milliseconds(10);
constexpr int kCountRestMs = 700;

}  // namespace

/// A query that is being counted. Belongs to the reader's thread while a slice runs, and to the window's between two.
struct QueryCounts::Job {
    std::string query;
    bool isBlind = false;
    std::unique_ptr<project::Finder> finder;
    std::vector<PostId> found;
    std::size_t posts = 0;
    bool more = true;
    std::optional<query::Mistake> mistake;
    std::optional<Error> error;
    std::atomic<bool> isStopped{false};
    bool isUnderWay = false;  ///< a slice of it; the window's thread alone

    void understand(const project::Project& project) {
        const project::InfluenceSource influences = project::storedInfluences(project);
        auto understood = project::understand(project, query, influences);
        if (auto* wrong = std::get_if<query::Mistake>(&understood)) {
            mistake = std::move(*wrong);
            return;
        }
        if (isBlind) mistake = query::hiddenFromBlind(std::get<query::Query>(understood));
        if (!mistake)
            finder =
                std::make_unique<project::Finder>(project, std::move(std::get<query::Query>(understood)), influences);
    }
    void lookFor(const project::Project& project) {
        const auto begun = CountClock::now();
        if (!finder) understand(project);
        while (finder && more && !isStopped && CountClock::now() - begun < kCountSlice) {
            found.clear();
            more = finder->next(found);
            posts += found.size();
        }
        more = more && finder;
    }
};

QueryCounts::QueryCounts(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_later.setSingleShot(true);
    m_later.setInterval(kCountRestMs);
    connect(&m_later, &QTimer::timeout, this, &QueryCounts::goOn);
    connect(&session, &ProjectSession::closed, this, [this] {
        stop();
        m_counts.clear();
        Q_EMIT changed();
    });
    for (const auto signal :
         {&ProjectSession::layersChanged, &ProjectSession::summariesReset, &ProjectSession::editedLayerChanged})
        connect(&session, signal, this, &QueryCounts::staleNow);
    connect(&session, &ProjectSession::saved, this, &QueryCounts::staleNow);
    // The query line goes first: two searches at once are both slow.
    connect(&session, &ProjectSession::filterProgressed, this, [this] {
        if (!m_session.isFiltering()) goOn();
    });
}

QueryCounts::~QueryCounts() {
    stop();
}

QueryCounts::Count QueryCounts::count(const std::string& query) const {
    const auto found = m_counts.find(query);
    return found == m_counts.end() ? Count{} : found->second;
}

void QueryCounts::want(std::vector<std::string> queries) {
    if (queries.empty()) {
        m_wanted.clear();
        m_later.stop();
        return stop();
    }
    m_wanted = std::move(queries);
    std::erase_if(m_counts, [&](const auto& one) {
        return std::find(m_wanted.begin(), m_wanted.end(), one.first) == m_wanted.end();
    });
    if (m_job && !m_counts.contains(m_job->query) &&
        std::find(m_wanted.begin(), m_wanted.end(), m_job->query) == m_wanted.end())
        stop();
    goOn();
}

void QueryCounts::staleNow() {
    stop();
    for (auto& [query, count] : m_counts) count.isStale = true;
    if (!m_wanted.empty()) m_later.start();
}

void QueryCounts::stop() {
    if (!m_job) return;
    m_job->isStopped = true;
    const auto at = m_counts.find(m_job->query);
    if (at != m_counts.end() && at->second.state == Count::State::Counting) at->second = {};
    m_job.reset();
}

void QueryCounts::goOn() {
    if (!m_session.isOpen() || m_session.isFiltering()) return;
    if (m_job) {
        if (!m_job->isUnderWay) countOn(m_job);
        return;
    }
    for (const std::string& query : m_wanted) {
        Count& count = m_counts[query];
        if (!count.isStale) continue;
        m_job = std::make_shared<Job>();
        m_job->query = query;
        m_job->isBlind = m_session.isBlind();
        // A count that was there stays in sight until there is a new one.
        if (count.state == Count::State::Unknown) count.state = Count::State::Counting;
        countOn(m_job);
        return;
    }
}

void QueryCounts::countOn(const std::shared_ptr<Job>& job) {
    job->isUnderWay = true;
    m_session.read(
        [job](const project::Project& project) {
            if (job->isStopped) return;
            try {
                job->lookFor(project);
            } catch (const Error& error) {
                job->error = error;
                job->more = false;
            } catch (const std::exception& other) {
                job->error = Error(ErrorCode::Internal, {other.what()});
                job->more = false;
            }
        },
        [self = QPointer<QueryCounts>(this), job] {
            if (self && self->m_job == job) self->arrived(job);
        });
}

void QueryCounts::arrived(const std::shared_ptr<Job>& job) {
    job->isUnderWay = false;
    Count& count = m_counts[job->query];
    if (job->more) {
        const bool shows = count.state == Count::State::Counting && count.posts != job->posts;
        if (shows) count.posts = job->posts;
        if (!m_session.isFiltering()) countOn(job);
        if (shows) Q_EMIT changed();
        return;
    }
    m_job.reset();
    count = {Count::State::Known, job->posts, {}, false};
    if (job->mistake) count = {Count::State::Mistaken, 0, mistakeText(*job->mistake), false};
    if (job->error) count = {Count::State::Mistaken, 0, errorText(*job->error), false};
    goOn();
    Q_EMIT changed();
}

}  // namespace mnerva::ui
