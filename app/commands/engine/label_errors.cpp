#include <fmt/format.h>

#include <memory>
#include <set>

#include "app/commands/command.h"
#include "app/commands/engine/run_support.h"
#include "app/commands/engine/train_folds.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/finding_text.h"
#include "core/eval/report_table.h"
#include "core/nn/blocks/threads.h"
#include "core/workflow/doctor/doctor.h"
#include "core/workflow/doctor/dynamics_input.h"
#include "core/workflow/doctor/held_out_input.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using workflow::Suspect;

constexpr std::size_t kUsuallyShown = 50;

struct LabelErrorsCommand {
    std::string project, run, dynamics, layer = "corrected", split, device = "cpu", systems;
    std::vector<std::string> queues, dismissed, recalled;
    std::size_t limit = kUsuallyShown;
    bool asCsv = false;

    int list(const Context& context) const;
    void answer(const Context& context) const;
    workflow::DoctorInput input(const project::Project& opened, const Context& context) const;
};

/// What any other run says now: of the posts that it was trained on only what it has learnt of them.
void askRun(const project::Project& opened, const fs::path& runFolder, const std::string& device,
            workflow::DoctorInput& input, const Context& context) {
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(runFolder, device);
    const std::vector<std::string> explains = predictor->explains();
    if (std::find(explains.begin(), explains.end(), "marginals") == explains.end())
        throw Error(ErrorCode::RunIncompatible, {runFolder.filename().string(), predictor->system(),
                                                 "a system that tells the probability of each tag"});
    if (const fs::path cache = featureCache(opened.folder()); fs::exists(cache)) predictor->useCache(cache);
    const std::vector<Post> posts = opened.posts(input.split);
    const BoxUse boxes = boxUseOption(boxesOfRun(runFolder));
    const std::vector<models::PostInput> inputs = postInputs(opened, posts, boxes, context.stop);
    auto predictions = predictor->predictMany(inputs, {true, false, false}, context.progress(), context.stop);
    input.classes = predictor->tagNames();
    for (std::size_t i = 0; i < posts.size(); ++i)
        input.odds[posts[i].id] = {std::move(predictions[i].marginals.values), posts[i].split == Split::Train};
}

std::vector<std::string> listed(const std::string& names) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin <= names.size() && !names.empty();) {
        const std::size_t end = std::min(names.find(',', begin), names.size());
        if (end > begin) out.push_back(names.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::string entityText(const std::optional<Entity>& entity) {
    return entity ? fmt::format("{} {}-{}", entity->type, entity->first, entity->last) : std::string("-");
}

json entityJson(const std::optional<Entity>& entity) {
    if (!entity) return nullptr;
    return {{"type", entity->type}, {"first", entity->first}, {"last", entity->last}};
}

json dynamicsJson(const std::optional<eval::LearningDynamics>& dynamics) {
    if (!dynamics) return nullptr;
    return {{"confidence", dynamics->confidence},
            {"variability", dynamics->variability},
            {"correctness", dynamics->correctness},
            {"forgetting", dynamics->forgetting}};
}

/// What was odd in what was read, with how often.
json notesJson(const Findings& odd) {
    json out = json::array();
    for (const auto& [code, count] : odd.counts())
        out.push_back({{"code", code}, {"count", count}, {"text", countedFinding(code, count)}});
    return out;
}

json suspectJson(const Suspect& s) {
    return {{"key", workflow::suspectKey(s.post, s.verdict)},
            {"id", s.id},
            {"number", s.post.value},
            {"split", splitName(s.split)},
            {"reason", s.queue},
            {"first", s.first},
            {"last", s.last},
            {"words", s.words},
            {"given", entityJson(s.given)},
            {"suggested", entityJson(s.suggested)},
            {"score", s.score},
            {"selfConfidence", s.selfConfidence},
            {"postScore", s.postScore},
            {"inSample", s.isInSample},
            {"suggestsNone", s.saysNone},
            {"dynamics", dynamicsJson(s.dynamics)},
            {"detail", s.detail()}};
}

std::vector<std::vector<std::string>> suspectRows(const std::vector<Suspect>& suspects) {
    std::vector<std::vector<std::string>> rows{
        {"reason", "score", "id", "split", "words", "given", "suggested", "detail", "key"}};
    for (const Suspect& s : suspects)
        rows.push_back({s.queue, fmt::format("{:.4f}", s.score), s.id, std::string(splitName(s.split)), s.words,
                        entityText(s.given), entityText(s.suggested), s.detail(),
                        workflow::suspectKey(s.post, s.verdict)});
    return rows;
}

/// Why the probabilities may be no good, as a sentence; empty where they are sound.
std::string warningOf(const workflow::DoctorReport& report, const std::string& run) {
    if (run.empty() || report.inSample == 0) return {};
    return fmt::format(
        "{} of {} posts were seen by the run in training, so that it may repeat their errors: train with --folds to "
        "have each post judged by a model that has not seen it",
        report.inSample, report.withOdds);
}

std::string summaryOf(const workflow::DoctorReport& report, std::size_t shown) {
    std::map<std::string, int> counts;
    for (const Suspect& suspect : report.suspects) ++counts[suspect.queue];
    std::string text;
    for (const std::string& queue : workflow::doctorQueues())
        if (const auto found = counts.find(queue); found != counts.end())
            text += fmt::format("  {:>6} x {} [{}]\n", found->second, workflow::queueSentence(queue), queue);
    text += fmt::format("{} doubts about {} posts ({} words), {} shown; {} answered before\n", report.suspects.size(),
                        report.posts, report.words, shown, report.dismissed);
    if (report.withOdds > 0)
        text += fmt::format("{} posts judged by probabilities; about {} words are likely to have a wrong tag\n",
                            report.withOdds, report.expectedWords);
    return text;
}

workflow::DoctorInput LabelErrorsCommand::input(const project::Project& opened, const Context& context) const {
    workflow::DoctorInput out;
    out.layer = layer;
    out.split = splitOption(split);
    if (!run.empty()) {
        const fs::path folder = existingRunFolder(fs::absolute(project), run);
        if (foldsOfRun(folder) > 0)
            workflow::takeHeldOut(opened, run, out);
        else
            askRun(opened, folder, device, out, context);
    }
    if (!dynamics.empty()) {
        existingRunFolder(fs::absolute(project), dynamics);
        workflow::takeDynamics(opened, dynamics, out);
    }
    workflow::takeSystems(opened, out);
    if (!systems.empty()) out.systems = listed(systems);
    return out;
}

/// Writes "not an error", or takes it back: one step of the history for each.
void LabelErrorsCommand::answer(const Context& context) const {
    const auto opened =
        project::Project::open(project, project::OpenMode::ReadWrite, "mnerva-cli label-errors", context.stop);
    const auto each = [&](const char* option, const std::vector<std::string>& keys, bool dismisses) {
        for (const std::string& key : keys) {
            const auto suspect = workflow::suspectFromKey(key);
            if (!suspect) throw Error(ErrorCode::OptionInvalid, {option, key, "a key as label-errors prints it"});
            const auto row = opened->summaries(PostId{suspect->first.value - 1}, 1);
            if (row.empty() || row.front().id != suspect->first)
                throw Error(ErrorCode::OptionInvalid, {option, key, "the key of a post of this project"});
            const auto all = opened->verdicts();
            const auto known = all.find(suspect->first);
            const std::vector<Verdict> verdicts = known == all.end() ? std::vector<Verdict>{} : known->second;
            const PostState state = opened->view(suspect->first).state;
            const project::Edit edit = dismisses ? project::dismissDoubt(state, suspect->second, verdicts)
                                                 : project::recallDoubt(state, suspect->second, verdicts);
            if (const auto* refusal = std::get_if<project::Refusal>(&edit))
                throw Error(ErrorCode::OptionInvalid, {option, key,
                                                       refusal->code == "outside" ? "words of the post"
                                                       : dismisses ? "a doubt that was not answered before"
                                                                   : "a doubt that was answered"});
            opened->apply(std::get<Change>(edit));
        }
    };
    each("--not-an-error", dismissed, true);
    each("--doubt-again", recalled, false);
    context.print({{"dismissed", dismissed.size()}, {"recalled", recalled.size()}},
                  fmt::format("{} doubts answered, {} raised again\n", dismissed.size(), recalled.size()));
}

int LabelErrorsCommand::list(const Context& context) const {
    if (!dismissed.empty() || !recalled.empty()) {
        answer(context);
        return 0;
    }
    const auto opened =
        project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli label-errors", context.stop);
    workflow::DoctorReport report =
        workflow::examineLabels(*opened, input(*opened, context), context.progress(), context.stop);
    const std::set<std::string> wanted(queues.begin(), queues.end());
    if (!wanted.empty())
        std::erase_if(report.suspects, [&](const Suspect& suspect) { return !wanted.contains(suspect.queue); });
    std::vector<Suspect> shown = report.suspects;
    if (limit > 0 && shown.size() > limit) shown.resize(limit);
    const std::string warning = warningOf(report, run);
    for (const auto& [code, count] : report.odd.counts())
        if (!context.json) fmt::print(stderr, "warning: {}\n", countedFinding(code, count));
    if (asCsv && !context.json) {
        if (!warning.empty()) fmt::print(stderr, "warning: {}\n", warning);
        context.print({}, eval::toCsv(suspectRows(shown)));
        return 0;
    }
    json list = json::array();
    for (const Suspect& suspect : shown) list.push_back(suspectJson(suspect));
    std::string text = summaryOf(report, shown.size());
    if (!warning.empty()) text += "warning: " + warning + "\n";
    if (!shown.empty()) text += "\n" + tableText(suspectRows(shown));
    context.print({{"layer", layer},
                   {"run", run},
                   {"posts", report.posts},
                   {"words", report.words},
                   {"withOdds", report.withOdds},
                   {"inSample", report.inSample},
                   {"dismissed", report.dismissed},
                   {"expectedWords", report.expectedWords},
                   {"doubts", report.suspects.size()},
                   {"warning", warning},
                   {"dynamics", {{"run", dynamics}, {"entities", report.learnt.size()}}},
                   {"notes", notesJson(report.odd)},
                   {"suspects", std::move(list)}},
                  text);
    return 0;
}

}  // namespace

void addLabelErrors(CLI::App& app, Context& context) {
    auto command = std::make_shared<LabelErrorsCommand>();
    CLI::App* sub = app.add_subcommand("label-errors", "Lists labels that may be wrong, the likeliest first");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option(
           "--run", command->run,
           "The run whose probabilities judge the labels, best one of train --folds; without it only what can be "
           "seen without")
        ->type_name("RUN");
    sub->add_option("--dynamics", command->dynamics,
                    "A run of train --dynamics: entities that its model never learnt are listed too (hard-to-learn)")
        ->type_name("RUN");
    sub->add_option("--layer", command->layer, "The labels to examine")
        ->type_name("gold|corrected")
        ->check(CLI::IsMember({"gold", "corrected"}))
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_option("--queue", command->queues, "Only doubts of this kind; may be repeated")
        ->check(CLI::IsMember(workflow::doctorQueues()))
        ->allow_extra_args(false)
        ->take_all();
    sub->add_option("--systems", command->systems,
                    "Layers of runs to hold the labels against, with commas between; all without it")
        ->type_name("RUN");
    sub->add_option("--limit", command->limit, "How many to list; 0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    sub->add_option("--device", command->device, "cpu, cuda or cuda:N")->type_name("cpu|cuda")->capture_default_str();
    sub->add_flag("--csv", command->asCsv, "The list as CSV");
    sub->add_option("--not-an-error", command->dismissed,
                    "Key of a listed doubt: it is not raised again while its label stays as it is; may be repeated")
        ->type_name("KEY")
        ->allow_extra_args(false)
        ->take_all();
    sub->add_option("--doubt-again", command->recalled, "Takes such an answer back; may be repeated")
        ->type_name("KEY")
        ->allow_extra_args(false)
        ->take_all();
    sub->callback([command, &context] { context.run = [command, &context] { return command->list(context); }; });
}

}  // namespace mnerva::app
