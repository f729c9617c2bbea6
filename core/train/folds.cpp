#include "core/train/folds.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <type_traits>
#include <variant>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_lock.h"
#include "core/eval/score.h"
#include "core/models/options.h"
#include "core/models/system.h"
#include "core/protocol/held_out.h"
#include "core/text/tag_scheme.h"
#include "core/train/events_internal.h"
#include "core/train/fold_plan.h"

namespace mnerva::train {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using protocol::HeldOut;
using protocol::HeldOutPost;

/// What stays of a fold's own run once its model has spoken.
constexpr const char* kKept[] = {"run.json", "events.jsonl", "metrics.json", "lock", protocol::kHeldOutFile};

/// A run over folds in progress. Used once: run().
class FoldRun {
public:
    FoldRun(const TrainingData& data, const FoldOptions& options, const RunConfig& config, const EventSink& events,
            Control& control, const std::stop_token& stop)
        : m_data(data), m_options(options), m_config(config), m_sink(events), m_control(control), m_stop(stop) {}

    TrainingResult run() {
        const std::vector<int> plan = plannedFolds(items(), m_options.folds, seed());
        openFolder(plan);
        try {
            start();
            std::vector<HeldOut> said;
            for (int fold = 0; fold < m_options.folds; ++fold) said.push_back(doFold(plan, fold));
            return finish(merged(said));
        } catch (const Cancelled&) {
            return end("cancelled", {{"outcome", "cancelled"}});
        }
    }

    /// Tells a failure, in the folder too where it is ours. Never throws.
    void fail(const Error& error) noexcept {
        try {
            if (m_log) {
                m_record.outcome = "failed";
                writeRecord();
                m_log->emit(protocol::failedEnd(error));
            } else if (m_sink) {
                m_sink({protocol::failedEnd(error), unixSeconds()});
            }
        } catch (const std::exception&) {  // what cannot be written is thrown on by whoever failed
        }
    }

private:
    std::uint64_t seed() const { return m_config.options.at("seed").get<std::uint64_t>(); }
    int epochs() const { return m_config.options.at("epochs").get<int>(); }
    fs::path folderOf(int fold) const { return m_config.runFolder / "folds" / std::to_string(fold + 1); }

    std::vector<FoldItem> items() const {
        MNERVA_CHECK(m_options.groups.empty() || m_options.groups.size() == m_data.train.size());
        std::vector<FoldItem> out;
        for (std::size_t i = 0; i < m_data.train.size(); ++i)
            out.push_back({m_options.groups.empty() ? static_cast<int>(i) : m_options.groups[i],
                           static_cast<int>(m_data.train[i].input.words.size())});
        return out;
    }

    void openFolder(const std::vector<int>& plan) {
        const models::SystemInfo& system = models::variantInfo(models::systemByName(m_config.system), m_config.variant);
        if (std::find(system.explains.begin(), system.explains.end(), "marginals") == system.explains.end())
            throw Error(ErrorCode::OptionInvalid,
                        {"--folds", m_config.system, "a system that tells the probability of each tag"});
        if (m_config.options.value("dynamics", false))
            throw Error(ErrorCode::OptionInvalid, {"dynamics", "true", "false for a run over folds"});
        const fs::path& folder = m_config.runFolder;
        std::error_code failed;
        if (fs::is_symlink(fs::symlink_status(folder, failed)))
            throw Error(ErrorCode::UnsafeTarget, {folder.string(), "a symbolic link"});
        if (m_config.resume && !fs::exists(folder / "run.json", failed))
            throw Error(ErrorCode::NothingToResume, {m_config.run});
        if (!m_config.resume && isTaken(folder)) throw Error(ErrorCode::RunExists, {m_config.run});
        fs::create_directories(folder, failed);
        if (failed) throw Error(ErrorCode::FileUnwritable, {folder.string(), failed.message()});
        m_lock = RunLock::take(folder);
        sweepTemporaryFiles(folder);
        std::vector<int> sizes(static_cast<std::size_t>(m_options.folds));
        for (const int fold : plan) ++sizes[static_cast<std::size_t>(fold)];
        m_record = runRecord(m_config, m_data);
        m_record.folds = {{"count", m_options.folds}, {"seed", seed()}, {"sizes", sizes}};
        if (m_config.resume)
            requireSameRun();
        else
            fs::remove_all(folder / "folds", failed);  // of a run that failed, whose name was taken again
        m_log = std::make_unique<EventLog>(folder / "events.jsonl", m_config.resume ? INT64_MAX : 0, m_sink);
        writeRecord();
    }

    void requireSameRun() {
        const auto found = protocol::readRunRecord(m_config.runFolder);
        if (!found || !found->folds) throw Error(ErrorCode::NothingToResume, {m_config.run});
        const auto seen = [](const protocol::RunRecord& record) {
            return record.data.value("train", json::object()).value("inputs_sha256", "");
        };
        if (*found->folds != *m_record.folds || seen(*found) != seen(m_record) || found->tags != m_record.tags)
            throw Error(ErrorCode::RunIncompatible,
                        {m_config.run, "other folds or training posts", "those the run was started with"});
        m_record.course = found->course;
    }

    void writeRecord() {
        writeFileAtomic(m_config.runFolder / "run.json",
                        protocol::toJson(m_record).dump(1, ' ', false, json::error_handler_t::replace) + "\n");
    }

    void start() {
        protocol::StartEvent event;
        event.record = m_record;
        event.resumed = m_config.resume;
        event.epochs = epochs() * m_options.folds;
        m_log->emit(std::move(event));
    }

    /// What the model of a fold says, made or read again.
    HeldOut doFold(const std::vector<int>& plan, int fold) {
        const fs::path folder = folderOf(fold);
        TrainingData part;
        part.valid = m_data.valid;
        part.tagNames = m_data.tagNames;
        std::vector<const TrainingPost*> asked;
        for (std::size_t i = 0; i < plan.size(); ++i)
            if (plan[i] == fold)
                asked.push_back(&m_data.train[i]);
            else
                part.train.push_back(m_data.train[i]);
        const auto heldOut = static_cast<std::int64_t>(asked.size());
        for (const auto* others : {&m_data.valid, &m_data.test})
            for (const TrainingPost& post : *others) asked.push_back(&post);
        std::error_code ignored;
        const bool isKept = fs::exists(folder / protocol::kHeldOutFile, ignored);
        m_log->emit(protocol::FoldEvent{fold + 1, m_options.folds, heldOut, isKept});
        if (!isKept) {
            trainFold(part, fold);
            writeFileAtomic(folder / protocol::kHeldOutFile,
                            protocol::heldOutText(ask(asked, static_cast<std::size_t>(heldOut), fold)));
        }
        removeModel(folder);
        return protocol::readHeldOutFile(folder);
    }

    void trainFold(const TrainingData& part, int fold) {
        RunConfig config = m_config;
        config.runFolder = folderOf(fold);
        config.run = m_config.run + " " + std::to_string(fold + 1);
        std::error_code ignored;
        config.resume = fs::exists(config.runFolder / "run.json", ignored);
        const auto forward = [&](const protocol::TimedEvent& event) { tell(event, fold); };
        if (runTraining(part, config, forward, m_control, m_stop).outcome == "cancelled") throw Cancelled{};
    }

    /// An event of a fold's run as one of the whole run's.
    void tell(const protocol::TimedEvent& timed, int fold) {
        protocol::TrainingEvent event = timed.event;
        const int before = fold * epochs();
        const bool isTold = std::visit(
            [&](auto& of) {
                using Event = std::decay_t<decltype(of)>;
                if constexpr (std::is_same_v<Event, protocol::StartEvent>) {
                    m_steps = of.steps;
                    return false;
                } else if constexpr (std::is_same_v<Event, protocol::StepEvent>) {
                    of.step += fold * m_steps;
                    of.steps = m_options.folds * m_steps;
                    of.epoch += before;
                    of.secondsLeft = -1;  // of this fold alone
                } else if constexpr (std::is_same_v<Event, protocol::EpochStartEvent>) {
                    of.epoch += before;
                    of.epochs = m_options.folds * epochs();
                } else if constexpr (std::is_same_v<Event, protocol::EvalEvent> ||
                                     std::is_same_v<Event, protocol::EvaluatingEvent>) {
                    of.epoch += before;
                } else if constexpr (std::is_same_v<Event, protocol::CheckpointEvent>) {
                    of.epoch += before;
                    of.best = false;
                } else if constexpr (std::is_same_v<Event, protocol::EndEvent> ||
                                     std::is_same_v<Event, protocol::CalibrationEvent> ||
                                     std::is_same_v<Event, protocol::PredictionsEvent>) {
                    return false;  // of the fold, not of the run
                }
                return true;
            },
            event);
        if (isTold) m_log->emit(std::move(event));
    }

    /// The first `heldOut` of the posts are those of the fold.
    HeldOut ask(const std::vector<const TrainingPost*>& posts, std::size_t heldOut, int fold) {
        const auto predictor = models::Predictor::load(folderOf(fold), m_config.device);
        if (!m_config.cacheFolder.empty()) predictor->useCache(m_config.cacheFolder);
        std::vector<models::PostInput> inputs;
        for (const TrainingPost* post : posts) inputs.push_back(post->input);
        std::stop_source stop;  // a word on standard input stops it as a signal does
        const std::stop_callback bySignal(m_stop, [&stop] { stop.request_stop(); });
        const auto progress = [&](const Progress& p) {
            if (m_control.stopAsked()) stop.request_stop();
            if (m_log->isQuiet())
                m_log->emit(protocol::EvaluatingEvent{"held-out", (fold + 1) * epochs(), p.done, p.total});
        };
        const auto predictions = predictor->predictMany(inputs, {true, false, false}, progress, stop.get_token());
        HeldOut out{m_options.folds, seed(), m_config.options.value("layer", ""), predictor->tagNames(), {}};
        for (std::size_t i = 0; i < posts.size(); ++i)
            out.posts.push_back({posts[i]->id, posts[i]->number, i < heldOut ? fold + 1 : 0, predictions[i].entities,
                                 predictions[i].tags, predictions[i].marginals.values});
        return out;
    }

    /// A fold's weights are worth nothing besides what they said, and K of them fill a disk.
    void removeModel(const fs::path& folder) const {
        std::error_code failed;
        for (fs::directory_iterator entry(folder, failed), last; !failed && entry != last; entry.increment(failed)) {
            const std::string name = entry->path().filename().string();
            if (std::find(std::begin(kKept), std::end(kKept), name) == std::end(kKept)) {
                std::error_code ignored;
                fs::remove_all(entry->path(), ignored);
            }
        }
    }

    /// Training posts in their order, each by the one model that did not see it; the others by the mean of all.
    HeldOut merged(const std::vector<HeldOut>& said) const {
        HeldOut out{m_options.folds, seed(), said.front().layer, said.front().tags, {}};
        std::map<std::int64_t, const HeldOutPost*> byNumber;
        for (const HeldOut& fold : said) {
            if (fold.tags != out.tags) throw Error(ErrorCode::RunDamaged, {m_config.run, "folds with other tags"});
            for (const HeldOutPost& post : fold.posts)
                if (post.fold > 0) byNumber[post.number.value] = &post;
        }
        for (const TrainingPost& post : m_data.train) {
            const auto found = byNumber.find(post.number.value);
            if (found == byNumber.end() || found->second->tags.size() != post.tags.size())
                throw Error(ErrorCode::RunDamaged, {m_config.run, "a fold lacks the post " + post.id});
            out.posts.push_back(*found->second);
        }
        for (std::size_t i = 0; i < m_data.valid.size() + m_data.test.size(); ++i) out.posts.push_back(meanOf(said, i));
        return out;
    }

    /// The mean of what all models say of the `index`th post that none of them was trained on.
    HeldOutPost meanOf(const std::vector<HeldOut>& said, std::size_t index) const {
        HeldOutPost out;
        for (const HeldOut& fold : said) {
            const std::size_t first = fold.posts.size() - m_data.valid.size() - m_data.test.size();
            const HeldOutPost& post = fold.posts.at(first + index);
            if (out.tags.empty()) {
                out = post;
                std::fill(out.probabilities.begin(), out.probabilities.end(), 0.0f);
            }
            if (post.number != out.number || post.probabilities.size() != out.probabilities.size())
                throw Error(ErrorCode::RunDamaged, {m_config.run, "folds with other posts"});
            for (std::size_t i = 0; i < post.probabilities.size(); ++i)
                out.probabilities[i] += post.probabilities[i] / static_cast<float>(said.size());
        }
        out.tags = likelyTags(out.probabilities, said.front().tags);
        out.entities = entitiesFromTags(out.tags);
        return out;
    }

    static std::vector<std::string> likelyTags(const std::vector<float>& probabilities,
                                               const std::vector<std::string>& tags) {
        std::vector<std::string> out;
        for (auto row = probabilities.begin(); row != probabilities.end();
             row += static_cast<std::ptrdiff_t>(tags.size()))
            out.push_back(tags[static_cast<std::size_t>(
                std::max_element(row, row + static_cast<std::ptrdiff_t>(tags.size())) - row)]);
        return out;
    }

    TrainingResult finish(const HeldOut& all) {
        writeFileAtomic(m_config.runFolder / protocol::kHeldOutFile, protocol::heldOutText(all));
        const auto rule = eval::ruleFromName(m_config.options.value("score_rule", "seqeval-lenient"));
        eval::Scorer scorer(rule.value_or(eval::Rule::SeqevalLenient), text::guessScheme(m_data.tagNames));
        for (std::size_t i = 0; i < m_data.train.size(); ++i) {
            std::vector<std::string> gold;
            for (const std::string& tag : m_data.train[i].tags) gold.push_back(text::canonicalTag(tag));
            scorer.add(gold, all.posts[i].tags);
        }
        const eval::Score score = scorer.score();
        const auto figures = [](const eval::Prf& of) {
            return protocol::TypeScore{of.precision, of.recall, of.f1, of.support};
        };
        protocol::EvalEvent event{epochs() * m_options.folds,
                                  "held-out",
                                  std::string(eval::ruleName(score.rule)),
                                  figures(score.micro),
                                  {},
                                  score.gold,
                                  score.predicted,
                                  {}};
        for (const auto& [type, of] : score.types) event.types[type] = figures(of);
        m_log->emit(event);
        m_log->emit(protocol::PredictionsEvent{"train", protocol::kHeldOutFile});
        return end("succeeded", {{"outcome", "succeeded"}, {"held_out", protocol::scoreJson(event)}});
    }

    TrainingResult end(const std::string& outcome, const json& metrics) {
        writeFileAtomic(m_config.runFolder / "metrics.json", metrics.dump(1) + "\n");
        m_record.outcome = outcome;
        writeRecord();
        TrainingResult result;
        result.outcome = outcome;
        result.metrics = metrics;
        m_log->emit(protocol::EndEvent{outcome, {}, {}, {}, {}});
        return result;
    }

    const TrainingData& m_data;
    const FoldOptions& m_options;
    const RunConfig& m_config;
    const EventSink& m_sink;
    Control& m_control;
    const std::stop_token& m_stop;
    std::optional<RunLock> m_lock;
    std::unique_ptr<EventLog> m_log;
    protocol::RunRecord m_record;
    std::int64_t m_steps = 0;  ///< of the fold under way
};

}  // namespace

TrainingResult runFolds(const TrainingData& data, const FoldOptions& options, const RunConfig& config,
                        const EventSink& events, Control& control, const std::stop_token& stop) {
    FoldRun run(data, options, config, events, control, stop);
    try {
        return run.run();
    } catch (const Error& error) {
        run.fail(error);
        throw;
    }
}

}  // namespace mnerva::train
