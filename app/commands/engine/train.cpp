#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <mutex>
#include <set>
#include <thread>

#include "app/commands/command.h"
#include "app/commands/engine/heartbeat.h"
#include "app/commands/engine/run_support.h"
#include "app/commands/engine/train_checks.h"
#include "app/commands/engine/train_folds.h"
#include "app/commands/progress_lines.h"
#include "app/commands/terminal.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/printable.h"
#include "core/domain/finding_text.h"
#include "core/domain/run_lock.h"
#include "core/models/options.h"
#include "core/nn/blocks/kept_memory.h"
#include "core/nn/blocks/threads.h"
#include "core/protocol/training_events.h"
#include "core/train/measuring.h"
#include "core/train/trainer.h"
#include "core/workflow/advice/learning_rate.h"
#include "core/workflow/library/encoder_facts.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

struct TrainArguments {
    std::string project, system = "mpcfn", variant, encoder, resnet, preset, run, device = "cpu", boxes, precision;
    std::vector<std::string> assignments, overruled;
    int folds = 0;  ///< 0: one model on all posts
    bool resume = false, dynamics = false, events = false, onlyCheck = false, untilInputEnds = false;
    bool measure = false;
};

/// Hands the words of standard input to the run until the input or the run ends. The end of the input stops the run
/// (its last checkpoint stays) where it was said that somebody drives it: nobody could stop it or let it go on after a
/// pause any more. Without that, input that is empty or closed says nothing: scripts start runs so.
void listen(train::Control& control, bool stopsAtEnd, const std::stop_token& ended) {
    std::string pending;
    while (!ended.stop_requested()) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&input, 1, kPollMs);
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        char buffer[256];
        const ssize_t count = ready < 0 ? 0 : ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            if (stopsAtEnd) control.say("stop");
            return;
        }
        pending.append(buffer, static_cast<std::size_t>(count));
        for (std::size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
            std::string word = pending.substr(0, end);
            pending.erase(0, end + 1);
            if (!word.empty() && word.back() == '\r') word.pop_back();
            if (!word.empty() && !control.say(word))
                std::cerr << "mnerva-cli: \"" << printable(word.substr(0, 40))
                          << "\" is not stop, finish, pause or resume\n";
        }
        constexpr std::size_t kLongestWord = 4096;
        if (pending.size() > kLongestWord) pending.clear();
    }
}

/// Tags that the training posts carry beyond the label set's own closure go to the end of the label map.
std::vector<std::string> tagNamesOf(const LabelSet& labels, const std::vector<train::TrainingPost>& posts) {
    std::vector<std::string> names = labels.wordTags();
    std::set<std::string> extra;
    for (const train::TrainingPost& post : posts)
        for (const std::string& tag : post.tags) {
            const std::string canonical = text::canonicalTag(tag);
            const std::string type(text::splitTag(canonical).type);
            const bool known = std::find(names.begin(), names.end(), canonical) != names.end();
            if (!known && labels.contains(type)) extra.insert(canonical);
        }
    names.insert(names.end(), extra.begin(), extra.end());
    return names;
}

std::vector<train::TrainingPost> postsOf(const project::Project& project, Split split, const std::string& layer,
                                         BoxUse boxes, const std::stop_token& stop) {
    const std::vector<Post> posts = project.posts(split);
    const std::vector<std::vector<std::string>> tags = project.tags(layer, split);
    std::vector<train::TrainingPost> out;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (stop.stop_requested()) throw Cancelled{};
        train::TrainingPost post{postInput(project, posts[i], boxes), tags[i], entityBoxes(project, posts[i], layer),
                                 posts[i].externalId, posts[i].id};
        post.tags.resize(post.input.words.size(), "O");
        out.push_back(std::move(post));
    }
    return out;
}

train::TrainingData snapshot(const fs::path& folder, const std::string& layer, BoxUse boxes,
                             const std::stop_token& stop) {
    const auto project = project::Project::open(folder, project::OpenMode::ReadOnly, "mnerva-cli train", stop);
    const auto moment = project->holdSnapshot();
    train::TrainingData data;
    data.train = postsOf(*project, Split::Train, layer, boxes, stop);
    data.valid = postsOf(*project, Split::Valid, layer, boxes, stop);
    data.test = postsOf(*project, Split::Test, layer, boxes, stop);
    data.tagNames = tagNamesOf(project->labels(), data.train);
    for (const Split split : {Split::Train, Split::Valid, Split::Test})
        data.fingerprints[std::string(splitName(split))] = workflow::layerFingerprint(*project, layer, split, stop);
    return data;
}

train::RunConfig newRun(const TrainArguments& arguments) {
    const models::SystemInfo& system = models::systemByName(arguments.system);
    if (arguments.encoder.empty())
        throw Error(ErrorCode::OptionInvalid, {"--encoder", "nothing", "a Hugging Face folder, or tiny"});
    train::RunConfig config;
    config.system = system.name;
    config.variant = models::variantOf(system, arguments.variant);
    config.preset = arguments.preset;
    config.boxes = arguments.boxes.empty() ? "all" : arguments.boxes;
    config.encoder = arguments.encoder == "tiny" ? arguments.encoder : fs::absolute(arguments.encoder).string();
    const bool file = arguments.resnet.rfind("random", 0) != 0 && !arguments.resnet.empty();
    config.resnet = file ? fs::absolute(arguments.resnet).string() : arguments.resnet;
    std::vector<std::pair<std::string, std::string>> assignments;
    for (const std::string& text : arguments.assignments) assignments.push_back(models::splitAssignment(text));
    config.options = models::resolveOptions(models::variantInfo(system, config.variant), arguments.preset, assignments);
    // Kept as a whole path like that of the other ResNet: the run may be resumed from another folder.
    if (config.options.contains("prompt_resnet")) {
        const std::string prompt = config.options.at("prompt_resnet");
        if (!prompt.empty() && prompt.rfind("random", 0) != 0)
            config.options["prompt_resnet"] = fs::absolute(prompt).string();
    }
    return config;
}

/// The configuration that a run was started with; what is asked for besides must agree with it.
train::RunConfig oldRun(const TrainArguments& arguments, const fs::path& folder) {
    const json record = readJson(folder / "run.json");
    try {
        train::RunConfig config;
        const models::SystemInfo& named = models::systemByName(record.at("system").get<std::string>());
        config.system = named.name;
        config.variant = record.at("variant").get<std::string>();
        const models::SystemInfo& system = models::variantInfo(named, config.variant);
        config.preset = record.at("preset").get<std::string>();
        config.boxes = record.value("boxes", "all");
        if (arguments.folds > 0 && arguments.folds != foldsOfRun(folder))
            throw Error(ErrorCode::RunIncompatible, {arguments.run, fmt::format("{} folds", foldsOfRun(folder)),
                                                     fmt::format("{}", arguments.folds)});
        if (!arguments.boxes.empty() && arguments.boxes != config.boxes)
            throw Error(ErrorCode::RunIncompatible, {arguments.run, "boxes = " + config.boxes, arguments.boxes});
        config.encoder = record.at("encoder").get<std::string>();
        config.resnet = record.at("resnet").get<std::string>();
        config.options = models::completeOptions(system, record.at("options"));
        for (const std::string& text : arguments.assignments) {
            const auto [name, value] = models::splitAssignment(text);
            const json asked = models::resolveOptions(system, {}, {{name, value}}).at(name);
            if (asked != config.options.at(name))
                throw Error(ErrorCode::RunIncompatible,
                            {arguments.run, name + " = " + config.options.at(name).dump(), asked.dump()});
        }
        return config;
    } catch (const json::exception& error) {
        throw Error(ErrorCode::FormatInvalid, {(folder / "run.json").string(), error.what(), "a run's record"});
    }
}

std::string warningLine(const protocol::WarningEvent& event) {
    std::string line = fmt::format("warning: {} [{}]", countedFinding(event.code, event.count), event.code);
    if (!event.text.empty()) line += ": " + event.text;
    if (const std::string_view advice = findingAdvice(event.code); !advice.empty())
        line += fmt::format("\n      {}", advice);
    return line;
}

std::string calibrationLine(const protocol::CalibrationEvent& event) {
    if (event.reason == "too-few-entities")
        return fmt::format(
            "confidences stay as the model gives them: {} predicted validation entities, {} wanted to "
            "calibrate by",
            event.entities, event.wanted.value_or(0));
    const double before = event.before.value_or(0), after = event.after.value_or(0);
    if (event.kept) return fmt::format("confidences calibrated: error {:.4f}, before {:.4f}", after, before);
    return fmt::format(
        "confidences stay as the model gives them: calibrated, their error on posts that the fit had not "
        "seen is {:.4f} in place of {:.4f} (Brier score {:.4f} in place of {:.4f})",
        after, before, event.brierAfter.value_or(0), event.brierBefore.value_or(0));
}

/// What a person at a terminal reads of an event; empty: nothing.
struct HumanLine {
    template <class Event>
    std::string operator()(const Event&) const {
        return {};
    }
    std::string operator()(const protocol::StartEvent& event) const {
        const auto total = event.parameters.find("total");
        return fmt::format("{} on {}: {} parameters, {} epochs{}", event.record.run, event.record.device,
                           total == event.parameters.end() ? 0 : total->second, event.epochs,
                           event.resumed ? ", resumed" : "");
    }
    /// Once: what it saves is much the same in every epoch.
    std::string operator()(const protocol::EpochStartEvent& event) const {
        if (event.epoch != 1 || !event.padding || !event.plainPadding) return {};
        return fmt::format("padding: {:.1f} % of what is computed; in plain order {:.1f} %", 100 * *event.padding,
                           100 * *event.plainPadding);
    }
    std::string operator()(const protocol::EvalEvent& event) const {
        return fmt::format("epoch {} {}: P {:.4f} R {:.4f} F1 {:.4f}", event.epoch, event.split, event.micro.precision,
                           event.micro.recall, event.micro.f1);
    }
    std::string operator()(const protocol::CheckpointEvent& event) const {
        return fmt::format("epoch {} done in {:.1f} s, loss {:.4f}{}", event.epoch, event.seconds, event.loss,
                           event.best ? ", best so far" : "");
    }
    std::string operator()(const protocol::WarningEvent& event) const { return warningLine(event); }
    std::string operator()(const protocol::CalibrationEvent& event) const { return calibrationLine(event); }
    std::string operator()(const protocol::FoldEvent& event) const {
        return fmt::format("fold {} of {}: {} posts held out{}", event.fold, event.folds, event.posts,
                           event.isKept ? ", done before" : "");
    }
    std::string operator()(const protocol::PausedEvent&) const { return "paused"; }
    std::string operator()(const protocol::ResumedEvent&) const { return "resumed"; }
    std::string operator()(const protocol::ChecksEvent& event) const { return checksText(event.checks); }
    std::string operator()(const protocol::EndEvent& event) const { return "end: " + event.outcome; }
};

/// The learning rate of a run beside that of its preset, fitted to the encoder's size; nothing where it is near enough.
std::optional<protocol::WarningEvent> rateWarning(const train::RunConfig& config) {
    const models::SystemInfo& system = models::variantInfo(models::systemByName(config.system), config.variant);
    const auto size = [&]() -> std::optional<workflow::EncoderSize> {
        if (config.encoder == "tiny") return workflow::EncoderSize::Tiny;
        const int hidden = workflow::encoderFacts(config.encoder).hidden;
        return hidden > 0 ? std::optional(workflow::encoderSizeOf(hidden)) : std::nullopt;
    }();
    const json recipe = models::resolveOptions(system, config.preset, {});
    if (!size || !recipe.contains("lr")) return std::nullopt;
    const double rate = config.options.at("lr").get<double>(), usual = recipe.at("lr").get<double>();
    const double fitted = workflow::fittedRate("lr", usual, workflow::sizeOfPreset(config.preset), *size, usual);
    if (!workflow::isFarFrom(rate, fitted)) return std::nullopt;
    return protocol::WarningEvent{"rate-unusual", 1, fmt::format("lr={}, usual: {}", rate, fitted)};
}

/// Looks at the data of a new run before anything is made of it.
void checkData(const fs::path& folder, const TrainArguments& arguments, train::RunConfig& config,
               const std::function<void(const protocol::TimedEvent&)>& sink, const std::stop_token& stop) {
    const auto project = project::Project::open(folder, project::OpenMode::ReadOnly, "mnerva-cli train", stop);
    const auto progress = [&](const Progress& p) { sink({protocol::FeaturesEvent{p.done, p.total, "checking"}, {}}); };
    config.checks = checksBeforeTraining(
        *project,
        {config.options.at("layer").get<std::string>(), config.preset,
         models::readsPictures(config.system, config.variant, config.options), arguments.overruled},
        progress, stop);
    sink({protocol::ChecksEvent{config.checks}, {}});
    const std::string stopping = stoppingChecks(config.checks);
    if (stopping.empty()) return;
    const Error error(ErrorCode::ChecksStopped, {config.run, stopping});
    sink({protocol::failedEnd(error), {}});
    throw error;
}

/// Told before the data are looked at, which may take minutes; the trainer itself asks again when it holds the folder.
void requireFreeName(const fs::path& folder, const std::string& run) {
    requireIdleRun(folder);
    if (train::isTaken(folder)) throw Error(ErrorCode::RunExists, {run});
}

/// A folder that goes away with it, for a run of which nothing is kept.
class PassingFolder {
public:
    PassingFolder() {
        std::string name = (fs::temp_directory_path() / "mnerva-measure-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw Error(ErrorCode::FileUnwritable, {name, std::strerror(errno)});
        m_path = name;
    }
    ~PassingFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

std::string estimateText(const protocol::RunEstimate& estimate) {
    std::string text = fmt::format(
        "measured     {} steps on {}, {}\nstep         {:.3f} s; longest batch {:.3f} s\nepoch        {:.1f} s ({} "
        "batches); "
        "validation about {:.1f} s\nall epochs   {:.0f} s ({})",
        estimate.steps, estimate.device, estimate.precision, estimate.secondsStep, estimate.secondsLongest,
        estimate.secondsEpoch, estimate.batches, estimate.secondsScoring,
        static_cast<double>(estimate.epochs) * (estimate.secondsEpoch + estimate.secondsScoring), estimate.epochs);
    if (estimate.pictures > 0)
        text += fmt::format("\npictures     {:.0f} s before the first epoch, where they are not in the cache ({})",
                            estimate.secondsPictures, estimate.pictures);
    text += fmt::format("\nmemory       {:.0f} MiB", estimate.peakMebibytes);
    if (estimate.availableMebibytes > 0) text += fmt::format("; free {:.0f} MiB", estimate.availableMebibytes);
    if (estimate.availableMebibytes > 0 && estimate.peakMebibytes > estimate.availableMebibytes)
        text += "\n             more than is free: take a smaller batch, or a smaller encoder";
    return text;
}

/// Runs a few steps of what would be trained, in a folder of its own.
int measureRun(const TrainArguments& arguments, Context& context) {
    const fs::path project = fs::absolute(arguments.project);
    train::RunConfig config = newRun(arguments);
    config.run = "measure";
    config.device = nn::requireDevice(arguments.device);
    nn::chooseThreads({config.options.at("threads").get<int>(), false});
    nn::keepFreedMemory();
    const train::TrainingData data =
        snapshot(project, config.options.at("layer").get<std::string>(), boxUseOption(config.boxes), context.stop);
    const PassingFolder folder;
    config.runFolder = folder.path();
    const protocol::RunEstimate estimate = train::measureTraining(data, config, {}, progressLines(), context.stop);
    context.print(protocol::toJson(estimate), estimateText(estimate));
    return 0;
}

int trainRun(const TrainArguments& arguments, Context& context) {
    if (arguments.measure) return measureRun(arguments, context);
    const fs::path project = fs::absolute(arguments.project);
    const fs::path folder = runFolder(project, arguments.run);
    train::RunConfig config =
        arguments.resume ? oldRun(arguments, existingRunFolder(project, arguments.run)) : newRun(arguments);
    config.run = arguments.run;
    config.device = nn::requireDevice(arguments.device);
    config.runFolder = folder;
    config.cacheFolder = safeFeatureCache(project);
    requirePlainBelow(project, folder);
    config.resume = arguments.resume;
    // Not measured: a run must do its sums in the same order every time it is started.
    nn::chooseThreads({config.options.at("threads").get<int>(), false});
    nn::keepFreedMemory();
    const bool lines = context.json || arguments.events || !::isatty(STDOUT_FILENO);
    std::mutex printing;
    const auto sink = [&](const protocol::TimedEvent& timed) {
        const std::lock_guard lock(printing);
        // A step of a large model, which a stop waits for, may take long on few processors.
        if (std::holds_alternative<protocol::StartEvent>(timed.event)) context.setPatience(std::chrono::minutes(1));
        if (lines) std::cout << terminalJson(protocol::toJson(timed)) << std::endl;
        const std::string human = std::visit(HumanLine(), timed.event);
        if (!human.empty()) std::cerr << printable(human, true) << "\n";
    };
    // Reading a large encoder, copying a large file: whoever drives the run hears that it lives.
    const Heartbeat heartbeat(kHeartbeat, [&] {
        const std::lock_guard lock(printing);
        if (lines && arguments.untilInputEnds)
            std::cout << protocol::toJson({protocol::AliveEvent{}, {}}).dump() << std::endl;
    });
    if (!config.resume) {
        if (!arguments.onlyCheck) requireFreeName(folder, arguments.run);
        checkData(project, arguments, config, sink, context.stop);
        if (auto warning = rateWarning(config)) config.warnings.push_back(std::move(*warning));
    }
    if (arguments.onlyCheck) return 0;
    const train::TrainingData data =
        snapshot(project, config.options.at("layer").get<std::string>(), boxUseOption(config.boxes), context.stop);
    log::note("training", {{"run", config.run}, {"system", config.system}, {"device", config.device}});
    train::Control control;
    std::jthread listener([&control, stopsAtEnd = arguments.untilInputEnds](const std::stop_token& ended) {
        listen(control, stopsAtEnd, ended);
    });
    const int folds = arguments.resume ? foldsOfRun(folder) : arguments.folds;
    const train::TrainingResult result =
        folds > 0 ? train::runFolds(data, foldOptions(data, folds), config, sink, control, context.stop)
                  : train::runTraining(data, config, sink, control, context.stop);
    log::note("trained", {{"run", config.run}, {"outcome", result.outcome}});
    if (folds > 0 && result.outcome == "succeeded" && !storeHeldOut(project, arguments.run, context.stop))
        std::cerr << "another program has the project; store the layer later: mnerva-cli predict PROJECT --run "
                  << printable(arguments.run) << "\n";
    return result.outcome == "cancelled" ? 130 : 0;
}

/// Names that several systems share, each once, as a type name: words joined by '|'.
std::string typeNameOf(const std::vector<std::string>& names) {
    std::string out;
    std::set<std::string> seen;
    for (const std::string& name : names)
        if (seen.insert(name).second) out += (out.empty() ? "" : "|") + name;
    return out;
}

std::string systemNames() {
    std::vector<std::string> names;
    for (const models::SystemInfo& system : models::systems()) names.push_back(system.name);
    return typeNameOf(names);
}

std::string variantNames() {
    std::vector<std::string> names;
    for (const models::SystemInfo& system : models::systems())
        names.insert(names.end(), system.variants.begin(), system.variants.end());
    return typeNameOf(names);
}

std::string presetNames() {
    std::vector<std::string> names;
    for (const models::SystemInfo& system : models::systems()) {
        for (const models::Preset& preset : system.presets) names.push_back(preset.name);
        for (const models::SystemInfo& other : system.others)
            for (const models::Preset& preset : other.presets) names.push_back(preset.name);
    }
    return typeNameOf(names);
}

}  // namespace

void addTrain(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("train", "Train a system on a project; events as JSON lines on stdout");
    auto a = std::make_shared<TrainArguments>();
    command->add_option("project", a->project, "Project folder")->type_name("FOLDER")->required();
    command->add_option("--system", a->system, "System to train (see: mnerva-cli systems)")
        ->type_name(systemNames())
        ->capture_default_str();
    command->add_option("--variant", a->variant, "Variant of the system")->type_name(variantNames());
    command->add_option("--encoder", a->encoder, "Hugging Face folder of a BERT, or tiny")->type_name("tiny|FOLDER");
    command
        ->add_option("--resnet", a->resnet, "torchvision file, or random18, random34, random50, random101, random152")
        ->type_name("random18|random34|random50|random101|random152|FILE");
    command->add_option("--preset", a->preset, "Options of a known data set")->type_name(presetNames());
    command->add_option("--set", a->assignments, "name=value of an option; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--run", a->run, "Name of the run")->type_name("RUN")->required();
    command->add_option("--device", a->device, "cpu, cuda or cuda:N")->type_name("cpu|cuda")->capture_default_str();
    command
        ->add_option("--precision", a->precision,
                     "Numbers that matrix products multiply: fp32, or bf16 where the processor has it, fp16 on a "
                     "graphics card (the same as --set "
                     "precision=...)")
        ->type_name("fp32|bf16|fp16")
        ->check(CLI::IsMember({"fp32", "bf16", "fp16"}));
    command
        ->add_option("--boxes", a->boxes,
                     "Boxes the model sees: all, detected (not those of files), none; absent: all, or those of the run "
                     "that goes on")
        ->check(CLI::IsMember({"all", "detected", "none"}));
    command
        ->add_option(
            "--folds", a->folds,
            "Train a model for each of so many folds on the posts of the others, and keep what it says of those "
            "it has not seen: for label-errors. The run gets no model of its own")
        ->check(CLI::Range(2, 100));
    command->add_flag("--dynamics", a->dynamics,
                      "Record after each epoch how likely every training entity is to the model, for label-errors "
                      "--dynamics; an epoch takes a third longer, with a tiny encoder up to twice as long (the same as "
                      "--set dynamics=true)");
    command->add_flag("--resume", a->resume, "Go on from the last checkpoint of the run");
    command
        ->add_option("--overrule", a->overruled,
                     "Code of a check of the data that stops the run, or all; recorded in the run; may be repeated")
        ->type_name("all|CODE")
        ->allow_extra_args(false)
        ->take_all();
    command->add_flag("--check-only", a->onlyCheck, "Look at the data as before a run, and train nothing");
    command
        ->add_flag("--measure", a->measure,
                   "Train a few steps and say what the run would take: seconds, memory; nothing is kept")
        ->excludes("--resume");
    command->add_flag("--events", a->events, "JSON lines even when stdout is a terminal");
    command->add_flag("--until-input-ends", a->untilInputEnds,
                      "For programs that drive the run: it stops, its last checkpoint kept, when standard input ends");
    command->callback([&context, a] {
        if (a->dynamics) a->assignments.emplace_back("dynamics=true");
        if (!a->precision.empty()) a->assignments.push_back("precision=" + a->precision);
        context.run = [&context, a] { return trainRun(*a, context); };
    });
}

}  // namespace mnerva::app
