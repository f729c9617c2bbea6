#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/machine_limits.h"
#include "core/eval/grounding.h"
#include "core/eval/score.h"
#include "core/models/entity_boxes.h"
#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/options.h"
#include "core/models/registry_internal.h"
#include "core/nn/blocks/graphics_card.h"
#include "core/nn/blocks/threads.h"
#include "core/nn/optim/flooding.h"
#include "core/protocol/prediction_lines.h"
#include "core/text/utf8.h"
#include "core/train/batching.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
namespace fs = std::filesystem;
using models::Batch;
using nlohmann::json;
namespace {

constexpr int kSmallEncoder = 192;  // hidden size
constexpr std::uintmax_t kMemoryForFeatures = std::uintmax_t{4} << 30;
constexpr std::int64_t kPicturesAtOnceOnCard = 64;
constexpr std::uintmax_t kAutomaticDiskLimit = std::uintmax_t{2} << 30;

/// Entities that the tags spell, with their boxes.
std::vector<models::GoldEntity> goldEntities(const TrainingPost& post) {
    std::vector<models::GoldEntity> out;
    for (Entity& entity : entitiesFromTags(post.tags)) {
        models::GoldEntity gold{entity.first, entity.last, std::move(entity.type), {}, {}};
        for (const EntityBoxes& of : post.boxes)
            if (of.first == gold.first && of.last == gold.last)
                for (const models::RegionInput& box : of.boxes)
                    gold.boxes.push_back({box.left, box.top, box.right, box.bottom});
        out.push_back(std::move(gold));
    }
    return out;
}

/// Less where a control group allows less than the machine has: rows of pictures shall not crowd out the step itself.
std::uintmax_t memoryForFeatures() {
    const std::uintmax_t available = readMachineLimits().availableMemory;
    return available == 0 ? kMemoryForFeatures : std::min<std::uintmax_t>(kMemoryForFeatures, available / 4);
}

/// Threads of a training step: the work of a small encoder is too fine to share, sharing it made it slower.
int stepThreads(const json& options, const nn::BertConfig& encoder) {
    const bool automatic = options.at("threads").get<int>() == 0;
    return automatic && encoder.hidden <= kSmallEncoder ? 1 : at::get_num_threads();
}

/// Stored options of a run with those that the program knows besides.
json completed(const RunConfig& config, const json& options) {
    return models::completeOptions(models::variantInfo(models::systemByName(config.system), config.variant), options);
}

void insertFirst(std::set<std::string>& to, const std::vector<std::string>& from, int most) {
    const auto count = std::min<std::size_t>(from.size(), static_cast<std::size_t>(most));
    to.insert(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
}

/// Puts torch's thread count back when the run ends.
class ThreadCountGuard {
public:
    ~ThreadCountGuard() { at::set_num_threads(m_threads); }

private:
    int m_threads = at::get_num_threads();
};

/// Sums are added in an order that depends on these, so a resumed run takes those of its start.
void applyArithmetic(const json& wanted) {
    if (!wanted.is_object()) return;
    at::set_num_threads(wanted.value("threads", at::get_num_threads()));
    for (const nn::LinearPath path : {nn::LinearPath::Blas, nn::LinearPath::Convolution, nn::LinearPath::OneDnn})
        if (wanted.value("linear", "") == nn::linearPathName(path) && nn::linearPathAvailable(path))
            nn::setLinearPath(path);
}

}  // namespace

Training::Training(const TrainingData& data, const RunConfig& config, const EventSink& events, Control& control,
                   const std::stop_token& stop)
    : m_data(data), m_config(config), m_control(control), m_stop(stop), m_sink(events) {}

TrainingResult Training::run() {
    TrainingResult result;
    const ThreadCountGuard threads;
    openFolder();
    try {
        m_device = torch::Device(nn::requireDevice(m_config.device));
        buildParts();
        restore();
        m_train = encode("train", m_data.train);
        m_valid = encode("valid", m_data.valid);
        m_test = encode("test", m_data.test);
        if (m_train.usable.empty()) throw Error(ErrorCode::SplitEmpty, {"train"});
        readRelations();
        countSteps();
        emitStart();
        for (const protocol::WarningEvent& warning : m_config.warnings) m_log->emit(protocol::WarningEvent(warning));
        if (const auto trouble = nn::cardLeftAside(nn::lookAtCards(), m_config.device, m_device.str()))
            m_log->emit(protocol::WarningEvent{"card-left-aside", 1, trouble->what()});
        const nn::Precision wanted = models::precisionByName(m_config.options.at("precision"));
        const nn::PrecisionScope precision(wanted, m_device);
        if (!nn::canCompute(wanted, m_device)) m_log->emit(protocol::WarningEvent{"precision-missing", 1, {}});
        if (nn::currentPrecision() == nn::Precision::Float16)
            m_lossScale.begin(m_state.arithmetic.value("loss_scale", nn::LossScale::kFirst));
        prepareFeatures();
        countSteps();
        applyArithmetic(m_state.arithmetic);
        beginDynamics();
        m_hasBegun = true;
        while (m_state.epoch < option("epochs") && !m_state.finished) {
            const int epoch = m_state.epoch + 1;
            const EpochLoss loss = trainEpoch(epoch);
            json valid;
            if (shouldEvaluate(epoch)) valid = evaluate(m_valid, epoch, "");
            recordDynamics(epoch);
            checkpoint(epoch, loss, valid);
        }
        const json test = testBest();
        calibrate();
        writeMetrics(test, "succeeded");
        result.outcome = "succeeded";
        if (std::error_code ignored; fs::exists(m_config.runFolder / models::kWeightsFile, ignored))
            files()[models::kWeightsFile] = sha256OfFile(m_config.runFolder / models::kWeightsFile);
        m_record.outcome = "succeeded";
        writeRecord();
    } catch (const Cancelled&) {
        writeMetrics(json(), "cancelled");
        result.outcome = "cancelled";
        m_record.outcome = "cancelled";
        note({{"what", "stopped"}, {"epoch", m_state.epoch + 1}, {"step", m_state.step}});
    }
    result.bestEpoch = m_state.bestEpoch;
    result.bestF1 = std::max(0.0, m_state.bestF1);
    result.metrics = readJson(m_config.runFolder / "metrics.json");
    protocol::EndEvent end{result.outcome, result.bestEpoch, result.bestF1, {}, {}};
    if (result.metrics.contains("test")) end.test = result.metrics["test"];
    m_log->emit(std::move(end));
    return result;
}

void Training::openFolder() {
    const fs::path& folder = m_config.runFolder;
    const fs::path record = folder / "run.json";
    std::error_code failed;
    if (fs::is_symlink(fs::symlink_status(folder, failed)))
        throw Error(ErrorCode::UnsafeTarget, {folder.string(), "a symbolic link"});
    const auto requireRight = [&] {
        const bool exists = fs::exists(record, failed);
        if (!m_config.resume && isTaken(folder)) throw Error(ErrorCode::RunExists, {m_config.run});
        if (!exists && m_config.resume) throw Error(ErrorCode::NothingToResume, {m_config.run});
        return exists;
    };
    requireRight();  // before anything is made
    m_madeFolder = !fs::exists(folder, failed) || fs::is_empty(folder, failed);
    fs::create_directories(folder, failed);
    if (failed) throw Error(ErrorCode::FileUnwritable, {folder.string(), failed.message()});
    m_lock = RunLock::take(folder);
    const bool exists = requireRight();  // who held the lock a moment ago may have changed the answer
    m_isNew = !m_config.resume;
    sweepTemporaryFiles(folder);
    m_record = runRecord(m_config, m_data);
    if (m_config.resume) {
        json found = readJson(record);
        requireSameRun(found, protocol::toJson(m_record));
        m_record = protocol::runRecordFromJson(found);
        m_record.outcome.reset();
        note({{"what", "resumed"}});
    } else {
        // What a run left that failed before its first checkpoint is of no use to the new one.
        for (const char* name :
             {"events.jsonl", "metrics.json", "calibration.json", models::kWeightsFile, protocol::kDynamicsFile})
            if (exists) fs::remove(folder / name, failed);
        writeRecord();
    }
    m_resumed = m_config.resume && hasState(folder);
    m_log = std::make_unique<EventLog>(folder / "events.jsonl", m_resumed ? INT64_MAX : 0, m_sink);
}

/// Throws RunIncompatible where a run goes on with something else than it was started with.
void Training::requireSameRun(json found, const json& wanted) const {
    if (!found.is_object()) found = json::object();
    if (found.contains("options") && found["options"].is_object())
        found["options"] = completed(m_config, found["options"]);  // of a run older than some option
    json data = wanted.at("data");
    if (found.contains("data") && found["data"].is_object())
        for (auto& [split, seen] : found["data"].items()) {
            if (!seen.is_object()) continue;
            if (seen.contains("sha256")) {  // its name in runs of 0.1.0
                seen["inputs_sha256"] = seen["sha256"];
                seen.erase("sha256");
            }
            // Ids of posts may change and the fingerprint with them: they are nothing that the run learns from.
            seen.erase("fingerprint");
            if (data.contains(split)) data[split].erase("fingerprint");
        }
    for (const char* key : {"system", "variant", "encoder", "resnet", "options", "data", "tags"})
        if (!found.contains(key) || found.at(key) != (key == std::string("data") ? data : wanted.at(key)))
            throw Error(ErrorCode::RunIncompatible, {m_config.run, fmt::format("another value of \"{}\"", key),
                                                     "the one the run was started with"});
}

void Training::writeRecord() {
    writeFileAtomic(m_config.runFolder / "run.json",
                    protocol::toJson(m_record).dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

/// Digests of the files that must not change.
json& Training::files() {
    if (!m_record.files || !m_record.files->is_object()) m_record.files = json::object();
    return *m_record.files;
}

/// Adds to what happened to the run besides training: pauses, an early end, a stop, going on.
void Training::note(json entry) {
    entry["time"] = unixSeconds();
    if (!m_record.course || !m_record.course->is_array()) m_record.course = json::array();
    m_record.course->push_back(std::move(entry));
    writeRecord();
}

void Training::removeStart() noexcept {
    std::error_code failed;
    m_log.reset();
    if (m_madeFolder)
        fs::remove_all(m_config.runFolder, failed);
    else
        for (const char* name : {"run.json", "events.jsonl"}) fs::remove(m_config.runFolder / name, failed);
}

void Training::fail(const Error& error) noexcept {
    try {
        if (m_lock && m_isNew && !m_hasBegun) {
            removeStart();
        } else if (m_log) {
            m_record.outcome = "failed";
            note({{"what", "failed"},
                  {"epoch", m_state.epoch + 1},
                  {"step", m_state.step},
                  {"code", errorName(error.code())}});
            m_log->emit(protocol::failedEnd(error));
            return;
        }
    } catch (const std::exception&) {  // the log cannot be written; the failure itself is thrown on
    }
    try {
        if (m_sink) m_sink({protocol::failedEnd(error), unixSeconds()});
    } catch (const std::exception&) {  // an observer that is gone hears nothing
    }
}

void Training::buildParts() {
    models::RunResNets resnets;
    if (m_resumed) {
        m_parts = models::readRunParts(m_config.runFolder);
        resnets = models::openRunResNets(m_config.runFolder, m_parts);
    } else {
        models::RunSources sources{m_config.system,
                                   m_config.variant,
                                   m_config.encoder,
                                   m_config.resnet,
                                   m_config.options,
                                   m_data.tagNames,
                                   {}};
        const bool auxiliary = m_config.options.at("auxiliary_text").get<bool>();
        for (const TrainingPost& post : m_data.train) {
            sources.posts.push_back(&post.input.words);
            for (std::size_t i = 0; auxiliary && i < post.input.auxiliary.size(); ++i)
                sources.posts.push_back(&post.input.auxiliary[i].words);
        }
        m_parts = models::makeRunParts(sources, static_cast<std::uint64_t>(option("seed")), resnets);
        m_record.files = models::writeRunParts(m_config.runFolder, m_parts, sources);
        writeRecord();
    }
    m_parts.model->to(m_device);
    m_text = models::textLayoutOf(m_parts);
    m_outside = models::outsideClass(m_parts.shape.classes);
    m_schedule = scheduleOf(m_config.options);
    m_optimiser = std::make_unique<nn::Optimiser>(parameterGroups(*m_parts.model, m_config.options),
                                                  optimiserOptionsOf(m_config.options));
    if (m_parts.shape.pictures.use) openPictures(std::move(resnets));
}

void Training::openPictures(models::RunResNets resnets) {
    const models::PictureLayout& layout = m_parts.shape.pictures;
    models::FeatureOptions options = models::featureOptionsOf(m_parts);
    options.memoryBytes = memoryForFeatures();
    options.device = m_device.str();
    if (m_device.is_cuda()) options.batch = kPicturesAtOnceOnCard;
    const std::string where = m_config.options.at("feature_cache");
    if (where != "memory" && !m_config.cacheFolder.empty()) {
        std::set<std::string> pictures, crops;
        for (const auto* split : {&m_data.train, &m_data.valid, &m_data.test})
            for (const TrainingPost& post : *split) {
                pictures.insert(post.input.imagePath);
                const int most = layout.regionSource == models::RegionSource::Crops
                                     ? std::max(layout.objects, layout.regions)
                                     : layout.objects;
                insertFirst(crops, post.input.cropPaths, most);
                for (std::size_t box : models::boxesAsCrops(post.input, options.boxCrops, most))
                    crops.insert(post.input.imagePath + "|" + std::to_string(box));
                for (const PictureInput& more : furtherPictures(post.input, layout.pictures)) {
                    pictures.insert(more.path);
                    insertFirst(crops, more.cropPaths, layout.objects);
                }
            }
        const std::uintmax_t bytes =
            (models::bytesOfPicture(layout) * pictures.size() + models::bytesOfCrop(layout) * crops.size()) /
            (options.half ? 2 : 1);
        if (where == "disk" || bytes <= kAutomaticDiskLimit || bytes > options.memoryBytes)
            options.cacheFolder = m_config.cacheFolder;
    }
    m_pictures = std::make_unique<models::PictureReader>(std::move(resnets), layout, options);
    m_parts.model->usePromptReader(m_pictures->promptReader());
}

/// Memory that runs out is told once for each size that is tried from then on, and is part of the checkpoint.
void Training::hearOfParts() {
    m_trainSize.setTold([this](std::size_t size) {
        m_state.trainPart = size;
        m_log->emit(protocol::WarningEvent{"training-in-parts", static_cast<std::int64_t>(size), {}});
    });
    m_evalSize.setTold([this](std::size_t size) {
        m_state.evalPart = size;
        m_log->emit(protocol::WarningEvent{"scoring-in-parts", static_cast<std::int64_t>(size), {}});
    });
}

void Training::restore() {
    hearOfParts();
    m_feedsAhead = nn::usableCores() > 1;
    m_state.arithmetic = {{"threads", stepThreads(m_config.options, m_parts.shape.encoder)},
                          {"linear", nn::linearPathName(nn::linearPath())}};
    if (!m_resumed) return;
    m_state = readState(m_config.runFolder, *m_parts.model, *m_optimiser, m_device);
    m_trainSize.setLimit(m_state.trainPart);
    m_evalSize.setLimit(m_state.evalPart);
    m_log = std::make_unique<EventLog>(m_config.runFolder / "events.jsonl", m_state.eventBytes, m_sink);
}

Training::EncodedSplit Training::encode(const std::string& name, const std::vector<TrainingPost>& posts) {
    EncodedSplit out;
    out.name = name;
    out.posts = &posts;
    std::map<std::string, std::int64_t> classOf;
    const std::vector<std::string>& classes = m_parts.shape.classes;
    for (std::size_t i = 0; i < classes.size(); ++i) classOf[classes[i]] = static_cast<std::int64_t>(i);
    const int longest = models::longestSequence(m_parts.shape);
    std::int64_t cutWords = 0, cutAuxiliary = 0, unknownTags = 0, unknownObjects = 0;
    if (m_parts.augmenter) {  // many words at once are found far more quickly
        std::vector<std::string> words;
        for (const TrainingPost& post : posts)
            words.insert(words.end(), post.input.words.begin(), post.input.words.end());
        pollControl();
        m_parts.augmenter->rowsOf(words);
    }
    std::string unknown;
    for (const TrainingPost& post : posts) {
        MNERVA_CHECK(post.tags.size() == post.input.words.size());
        models::EncodedPost encoded = models::encodeInput(m_parts, post.input, longest, m_text);
        models::addExtras(m_parts, post.input, encoded);
        cutWords += encoded.cutWords;
        cutAuxiliary += encoded.cutAuxiliary;
        unknownObjects += encoded.unknownObjects;
        for (const std::string& tag : post.tags) {
            const auto found = classOf.find(text::canonicalTag(tag));
            if (found == classOf.end()) {
                ++unknownTags;
                unknown = tag;
            }
            encoded.tags.push_back(found == classOf.end() ? m_outside : found->second);
        }
        encoded.entities = goldEntities(post);
        if (encoded.usedWords() > 0) {
            out.usable.push_back(static_cast<int>(out.encoded.size()));
            out.lengths.push_back(static_cast<int>(encoded.ids.size()));
        }
        out.encoded.push_back(std::move(encoded));
    }
    if (cutWords > 0) m_log->emit(protocol::WarningEvent{"words-cut", cutWords, name});
    if (cutAuxiliary > 0) m_log->emit(protocol::WarningEvent{"auxiliary-cut", cutAuxiliary, name});
    if (unknownObjects > 0) m_log->emit(protocol::WarningEvent{"object-unknown", unknownObjects, name});
    if (unknownTags > 0) m_log->emit(protocol::WarningEvent{"tag-unknown", unknownTags, name + ": " + unknown});
    return out;
}

void Training::countSteps() {
    const std::int64_t batch = option("batch");
    const auto batches = [&](const EncodedSplit& split) {
        return (static_cast<std::int64_t>(split.usable.size()) + batch - 1) / batch;
    };
    m_totalSteps = option("epochs") * (batches(m_train) + batches(m_relations));
}

/// The second task of models.md 4.4, where the options name its file.
void Training::readRelations() {
    const std::string file = m_config.options.value("relation_file", "");
    if (file.empty()) return;
    Findings odd;
    for (const RelationExample& example : readRelationFile(file, odd)) {
        m_relationPosts.push_back({example.input, std::vector<std::string>(example.input.words.size(), "O")});
        m_relationLabels.push_back(example.label);
    }
    for (const auto& [code, count] : odd.counts()) {
        const Finding& first = odd.list().front();
        m_log->emit(protocol::WarningEvent{code, count, fmt::format("{}:{}: {}", first.file, first.line, first.text)});
    }
    m_relations = encode("relation", m_relationPosts);
}

/// Examples whose picture cannot be seen say nothing about it.
void Training::dropBlindRelations() {
    std::vector<int> usable, lengths;
    for (std::size_t i = 0; i < m_relations.usable.size(); ++i) {
        const int member = m_relations.usable[i];
        if (!m_pictures->picturesOf(m_relationPosts[static_cast<std::size_t>(member)].input).hasPicture) continue;
        usable.push_back(member);
        lengths.push_back(m_relations.lengths[i]);
    }
    m_relations.usable = std::move(usable);
    m_relations.lengths = std::move(lengths);
}

void Training::prepareFeatures() {
    if (!m_pictures) return;
    std::vector<const models::PostInput*> posts;
    for (const TrainingPost& post : m_relationPosts) posts.push_back(&post.input);
    for (const EncodedSplit* split : {&m_train, &m_valid, &m_test})
        for (const TrainingPost& post : *split->posts) posts.push_back(&post.input);
    auto last = std::chrono::steady_clock::now();
    const auto progress = [&](const Progress& p) {
        pollControl();
        if (secondsSince(last) < 0.5 && p.done < p.total) return;
        last = std::chrono::steady_clock::now();
        m_log->emit(protocol::FeaturesEvent{p.done, p.total, {}});
    };
    m_pictures->prepare(posts, progress, m_stop);
    dropBlindRelations();
    const Findings odd = m_pictures->takeFindings();
    for (const auto& [code, count] : odd.counts()) {
        std::string first;
        for (const Finding& finding : odd.list())
            if (finding.code == code && first.empty()) first = finding.file;
        m_log->emit(protocol::WarningEvent{code, count, first});
    }
}

void Training::emitStart() {
    protocol::StartEvent event;
    std::int64_t total = 0;
    for (const nn::ParameterGroup& group : m_optimiser->groups()) {
        std::int64_t count = 0;
        for (const auto& [name, tensor] : group.parameters) count += tensor.numel();
        event.parameters[group.name] += count;
        total += count;
    }
    event.parameters["total"] = total;
    event.record = runRecord(m_config, m_data);
    event.record.device = m_device.str();
    event.resumed = m_resumed;
    event.epoch = m_state.epoch;
    event.epochs = option("epochs");
    event.steps = m_totalSteps;
    event.arithmetic = m_state.arithmetic;
    m_log->emit(std::move(event));
}

void Training::pollControl() {
    const auto mustStop = [&] { return m_control.stopAsked() || m_stop.stop_requested(); };
    if (m_control.paused() && !mustStop()) {
        const auto begin = std::chrono::steady_clock::now();
        m_log->emit(protocol::PausedEvent{});
        m_control.waitWhilePaused(m_stop);
        m_epochBegan += std::chrono::steady_clock::now() - begin;  // a pause is no training time
        const double seconds = secondsSince(begin);
        note({{"what", "paused"}, {"epoch", m_state.epoch + 1}, {"step", m_state.step}, {"seconds", seconds}});
        if (!mustStop()) m_log->emit(protocol::ResumedEvent{seconds});
    }
    if (mustStop()) throw Cancelled{};
}

/// A sign of life of work that takes long and has nothing else to tell.
void Training::tellAlive(const EncodedSplit& split, int epoch, std::size_t done) {
    if (!m_log->isQuiet()) return;
    m_log->emit(protocol::EvaluatingEvent{split.name, epoch, static_cast<std::int64_t>(done),
                                          static_cast<std::int64_t>(split.usable.size())});
}

bool Training::shouldEvaluate(int epoch) const {
    if (m_valid.posts->empty()) return false;
    return epoch >= std::min(option("first_eval_epoch"), option("epochs")) || m_control.finishAsked();
}

/// The best model is written before the state: killed between the two, the epoch is done again and gives the same
/// model.
void Training::checkpoint(int epoch, const EpochLoss& loss, const json& valid) {
    m_state.epoch = epoch;
    json entry{{"epoch", epoch}, {"loss", loss.loss}};
    if (loss.relation) entry["relation_loss"] = *loss.relation;
    bool better = m_state.bestEpoch == 0;
    if (!valid.is_null()) {
        entry["valid"] = valid;
        // A grounded run is about whole triples (models.md 4.7).
        const double f1 =
            (valid.contains("grounding") ? valid["grounding"]["gmner"] : valid.at("micro")).at("f1").get<double>();
        better = f1 >= m_state.bestF1;  // ties: the later epoch (models.md 2.2)
        if (better) {
            m_state.bestF1 = f1;
            m_state.bestEpoch = epoch;
        }
    } else if (m_valid.posts->empty()) {
        better = true;
        m_state.bestEpoch = epoch;
    }
    m_state.history.push_back(entry);
    m_state.finished = m_control.finishAsked();
    if (m_state.finished && epoch < option("epochs"))
        note({{"what", "finished-early"}, {"epoch", epoch}, {"epochs", option("epochs")}});
    if (better && m_record.files && m_record.files->is_object() && m_record.files->erase(models::kWeightsFile) > 0)
        writeRecord();  // its digest is void from now on
    if (better)
        models::writeModelWeights(m_config.runFolder, *m_parts.model,
                                  {{"epoch", std::to_string(epoch)}, {"valid_f1", json(m_state.bestF1).dump()}});
    const protocol::TimedEvent event =
        EventLog::stamped(protocol::CheckpointEvent{epoch, kStateFile, better, loss.loss, loss.seconds, loss.relation});
    const std::string line = EventLog::lineOf(event);
    m_state.eventBytes = m_log->bytes() + static_cast<std::int64_t>(line.size());
    writeState(m_config.runFolder, m_state, *m_parts.model, *m_optimiser, m_device);
    writeMetrics(json(), "running");
    m_log->emitLine(event, line);
}

json Training::testBest() {
    if (m_test.posts->empty()) return {};
    const auto known = models::readModelWeights(m_config.runFolder, *m_parts.model);
    return evaluate(m_test, m_state.bestEpoch, "predictions-test.jsonl");
}

/// Holds nothing that depends on the clock, so that equal runs write equal bytes.
void Training::writeMetrics(const json& test, const std::string& outcome) {
    json metrics{{"outcome", outcome}, {"epochs", m_state.history}, {"best", nullptr}};
    if (m_state.bestEpoch > 0) metrics["best"] = {{"epoch", m_state.bestEpoch}, {"f1", std::max(0.0, m_state.bestF1)}};
    if (!test.is_null()) metrics["test"] = test;
    if (!m_calibration.is_null()) metrics["calibration"] = m_calibration;
    if (m_state.finished && m_state.epoch < option("epochs")) metrics["finished_early"] = true;
    writeFileAtomic(m_config.runFolder / "metrics.json", metrics.dump(1) + "\n");
}

}  // namespace mnerva::train
