#include "core/train/measuring.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <set>
#include <variant>

#include "core/base/error.h"
#include "core/base/machine_limits.h"
#include "core/train/batching.h"

namespace mnerva::train {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kBytesOfAPiece = 5;       // of words that a vocabulary lacks
constexpr double kScoringShare = 1.0 / 3;  // of a step's time: forward alone, without backward
constexpr double kLeastShare = 0.25;       // of the middling batch, for the shortest ones

double secondsBetween(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

/// Roughly the sub-tokens of a post: what its batch is padded to decides its time.
int lengthOf(const TrainingPost& post) {
    double pieces = 0;
    for (const std::string& word : post.input.words)
        pieces += std::max(1.0, std::ceil(static_cast<double>(word.size()) / kBytesOfAPiece));
    return static_cast<int>(pieces);
}

/// The batches of an epoch, and the two that are timed.
struct Plan {
    std::vector<int> longestOf;          ///< each batch of the epoch: its longest post
    std::vector<int> middling, longest;  ///< posts
    int middlingLength = 0, longestLength = 0;
};

Plan planOf(const TrainingData& data, const nlohmann::json& options) {
    const int batch = options.at("batch").get<int>();
    std::vector<int> lengths;
    for (const TrainingPost& post : data.train) lengths.push_back(lengthOf(post));
    const auto longestIn = [&](const std::vector<int>& members) {
        int longest = 0;
        for (const int member : members) longest = std::max(longest, lengths[static_cast<std::size_t>(member)]);
        return longest;
    };
    std::vector<std::vector<int>> batches =
        options.at("shuffle").get<bool>() ? epochBatches(lengths, batch, options.at("seed").get<std::uint64_t>(), 1)
                                          : batchesInOrder(lengths.size(), batch);
    Plan plan;
    for (const std::vector<int>& members : batches) plan.longestOf.push_back(longestIn(members));
    // A last batch that is not full would tell too little.
    if (batches.size() > 1)
        std::erase_if(batches, [&](const auto& members) { return static_cast<int>(members.size()) < batch; });
    const auto middle = batches.begin() + static_cast<std::ptrdiff_t>(batches.size() / 2);
    std::nth_element(batches.begin(), middle, batches.end(),
                     [&](const auto& a, const auto& b) { return longestIn(a) < longestIn(b); });
    plan.middling = *middle;
    plan.middlingLength = longestIn(plan.middling);
    plan.longest.resize(lengths.size());
    std::iota(plan.longest.begin(), plan.longest.end(), 0);
    std::stable_sort(plan.longest.begin(), plan.longest.end(), [&](int a, int b) {
        return lengths[static_cast<std::size_t>(a)] > lengths[static_cast<std::size_t>(b)];
    });
    plan.longest.resize(std::min(plan.longest.size(), static_cast<std::size_t>(batch)));
    plan.longestLength = longestIn(plan.longest);
    return plan;
}

/// Kinds of the steps in their order: true for the longest batch. It comes first, so that what memory cannot hold shows
/// at once; then blocks of both kinds, longer and longer, as events tell of slow steps one by one and of many quick
/// ones together.
std::vector<bool> kindsOf(int mostRepetitions) {
    std::vector<bool> kinds{true};
    for (int count = 1; count <= mostRepetitions; count *= 2)
        for (const bool isLongest : {false, true})
            kinds.insert(kinds.end(), static_cast<std::size_t>(count), isLongest);
    return kinds;
}

/// The posts of those steps. A tiny encoder has the words of all posts, so they stand behind, without pictures, and are
/// never reached.
TrainingData stepsOf(const TrainingData& data, const Plan& plan, const std::vector<bool>& kinds, bool needsWords) {
    TrainingData out;
    out.tagNames = data.tagNames;
    for (const bool isLongest : kinds)
        for (const int member : isLongest ? plan.longest : plan.middling)
            out.train.push_back(data.train[static_cast<std::size_t>(member)]);
    if (!needsWords) return out;
    for (const TrainingPost& post : data.train) {
        TrainingPost plain;
        plain.input.words = post.input.words;
        plain.input.auxiliary = post.input.auxiliary;
        plain.tags = post.tags;
        out.train.push_back(std::move(plain));
    }
    return out;
}

/// Least squares over the times between events: so many steps of either kind took so long.
class StepTimes {
public:
    explicit StepTimes(std::vector<bool> kinds) : m_kinds(std::move(kinds)) {}

    void begin(Clock::time_point now) { m_begun = m_last = now; }
    void add(std::int64_t step, Clock::time_point now) {
        const auto known = static_cast<std::int64_t>(m_kinds.size());
        // The first step makes what later ones use again. Where steps are quicker than their events, one tells of the
        // posts behind as well; as middling ones they are counted better than not at all.
        if (m_lastStep > 0 && step > m_lastStep && m_lastStep < known) {
            double middling = 0, longest = 0;
            for (std::int64_t i = m_lastStep; i < step; ++i)
                ++(i < known && m_kinds[static_cast<std::size_t>(i)] ? longest : middling);
            take(middling, longest, secondsBetween(m_last, now));
        } else {
            m_begun = now;
        }
        m_lastStep = step;
        m_last = now;
        m_isOver = step >= known;
    }
    bool isEnough(double seconds) const {
        const bool hasBoth = m_middling > 0 && m_longest > 0;
        return m_isOver || (hasBoth && secondsBetween(m_begun, m_last) >= seconds);
    }
    double elapsed(Clock::time_point now) const { return secondsBetween(m_begun, now); }
    std::int64_t steps() const { return static_cast<std::int64_t>(m_middling + m_longest); }
    /// Of the middling and of the longest batch.
    std::pair<double, double> seconds() const {
        const double all = m_middling + m_longest, mean = all > 0 ? m_seconds / all : 0;
        const double determinant = m_mm * m_ll - m_ml * m_ml;
        if (determinant <= 1e-6 * m_mm * m_ll) return {mean, mean};
        const double middling = (m_mt * m_ll - m_lt * m_ml) / determinant;
        const double longest = (m_lt * m_mm - m_mt * m_ml) / determinant;
        if (!(middling > 0) || !(longest > 0)) return {mean, mean};
        return {middling, longest};
    }

private:
    void take(double middling, double longest, double seconds) {
        m_middling += middling;
        m_longest += longest;
        m_seconds += seconds;
        m_mm += middling * middling;
        m_ml += middling * longest;
        m_ll += longest * longest;
        m_mt += middling * seconds;
        m_lt += longest * seconds;
    }

    std::vector<bool> m_kinds;
    Clock::time_point m_begun{}, m_last{};
    std::int64_t m_lastStep = 0;
    double m_middling = 0, m_longest = 0, m_seconds = 0, m_mm = 0, m_ml = 0, m_ll = 0, m_mt = 0, m_lt = 0;
    bool m_isOver = false;
};

/// A batch takes as long as its longest post asks for, in a line through the two that were timed.
double secondsOfEpoch(const Plan& plan, double middling, double longest) {
    const int span = plan.longestLength - plan.middlingLength;
    const double slope = span > 0 ? std::max(0.0, (longest - middling) / span) : 0;
    double sum = 0;
    for (const int length : plan.longestOf)
        sum += std::max(kLeastShare * middling, middling + slope * (length - plan.middlingLength));
    return sum;
}

/// How long a picture's features take, by the events that tell of them: the first batch makes what later ones use
/// again, so it does not count where there are more.
class PictureTimes {
public:
    void begin(Clock::time_point now) { m_begun = now; }
    void add(std::int64_t done, std::int64_t total, Clock::time_point now) {
        if (done <= 0) return;
        if (m_first.done == 0) m_first = {done, now};
        m_last = {done, now};
        m_total = total;
    }
    void end(Clock::time_point now) { m_whole = secondsBetween(m_begun, now); }
    /// Of all that was asked for.
    double seconds() const {
        if (m_last.done <= m_first.done) return m_whole;
        return secondsBetween(m_first.at, m_last.at) / static_cast<double>(m_last.done - m_first.done) *
               static_cast<double>(m_total);
    }

private:
    struct Mark {
        std::int64_t done = 0;
        Clock::time_point at{};
    };
    Mark m_first, m_last;
    std::int64_t m_total = 0;
    Clock::time_point m_begun{};
    double m_whole = 0;
};

std::int64_t withPicture(const std::vector<TrainingPost>& posts) {
    return std::count_if(posts.begin(), posts.end(),
                         [](const TrainingPost& post) { return !post.input.imagePath.empty(); });
}

std::int64_t timedPictures(const TrainingData& data, const Plan& plan) {
    std::set<std::string> seen;
    for (const std::vector<int>* posts : {&plan.middling, &plan.longest})
        for (const int post : *posts) {
            const std::string& path = data.train[static_cast<std::size_t>(post)].input.imagePath;
            if (!path.empty()) seen.insert(path);
        }
    return static_cast<std::int64_t>(seen.size());
}

}  // namespace

protocol::RunEstimate measureTraining(const TrainingData& data, const RunConfig& config, const MeasureOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop) {
    if (data.train.empty()) throw Error(ErrorCode::SplitEmpty, {"train"});
    protocol::RunEstimate out;
    out.availableMebibytes = availableMebibytes();
    const Plan plan = planOf(data, config.options);
    const std::vector<bool> kinds = kindsOf(options.mostRepetitions);
    const TrainingData steps = stepsOf(data, plan, kinds, config.encoder == "tiny");
    RunConfig trial = config;
    trial.options["shuffle"] = false;
    trial.options["dynamics"] = false;
    trial.cacheFolder.clear();
    trial.resume = false;
    StepTimes times(kinds);
    Control control;
    PictureTimes pictures;
    const auto tenths = [](double seconds) { return static_cast<std::int64_t>(seconds * 10); };
    const auto sink = [&](const protocol::TimedEvent& timed) {
        const Clock::time_point now = Clock::now();
        if (const auto* start = std::get_if<protocol::StartEvent>(&timed.event)) {
            out.device = start->record.device;
            pictures.begin(now);
        } else if (const auto* features = std::get_if<protocol::FeaturesEvent>(&timed.event)) {
            pictures.add(features->done, features->total, now);
        } else if (std::holds_alternative<protocol::EpochStartEvent>(timed.event)) {
            pictures.end(now);
            times.begin(now);
        } else if (const auto* step = std::get_if<protocol::StepEvent>(&timed.event)) {
            times.add(step->step, now);
            report(progress, "measuring", std::min(tenths(times.elapsed(now)), tenths(options.seconds)),
                   tenths(options.seconds));
            if (times.isEnough(options.seconds)) control.say("stop");
        }
    };
    runTraining(steps, trial, sink, control, stop);
    if (stop.stop_requested()) throw Cancelled{};
    const auto [middling, longest] = times.seconds();
    const std::int64_t timed = timedPictures(data, plan);
    out.precision = config.options.value("precision", "fp32");
    out.steps = times.steps();
    out.secondsStep = middling;
    out.secondsLongest = longest;
    out.batches = static_cast<std::int64_t>(plan.longestOf.size());
    out.epochs = config.options.at("epochs").get<std::int64_t>();
    out.secondsEpoch = secondsOfEpoch(plan, middling, longest);
    out.secondsScoring = kScoringShare * middling * static_cast<double>(data.valid.size()) /
                         static_cast<double>(std::max<std::size_t>(1, plan.middling.size()));
    if (timed > 0) {
        out.pictures = withPicture(data.train) + withPicture(data.valid) + withPicture(data.test);
        out.secondsPictures = pictures.seconds() / static_cast<double>(timed) * static_cast<double>(out.pictures);
    }
    out.peakMebibytes = peakMebibytes();
    return out;
}

}  // namespace mnerva::train
