#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/project/find.h"
#include "core/workflow/cases/case_order.h"
#include "core/workflow/cases/case_report.h"
#include "core/workflow/cases/case_sentence.h"
#include "core/workflow/exchange/targets.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::app {
namespace {

constexpr std::size_t kShownOnATerminal = 20;

struct CompareCommand {
    std::string project, split, html, latex, view, filter, order = "project";
    workflow::CaseLayers layers;
    std::vector<std::string> only, posts;
    int limit = -1;  ///< not said
    bool replace = false, all = false;

    int run(const Context& context) const {
        workflow::requireFreeFiles({html, latex}, replace);
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli compare", context.stop);
        workflow::requireFreeTargets(*opened, targets(), true);
        const std::optional<Split> part = splitOption(split);
        const workflow::CaseTable table = workflow::loadCases(*opened, shownLayers(), part, context.stop);
        if (table.rows() == 0) throw Error(ErrorCode::SplitEmpty, {split.empty() ? "(any)" : split});
        const workflow::CaseScope scope = scopeOf(table);
        const workflow::CaseSentence asked = sentence(*opened, table, scope);
        const std::string query = workflow::queryOf(asked, scope);
        std::vector<std::uint32_t> rows = workflow::rowsOf(table, project::find(*opened, query), context.stop);
        workflow::sortRows(rows, table, chosenOrder());
        if (order == "project" && !asked.posts.empty()) workflow::sortByName(rows, table, asked.posts);
        const bool isForTerminal = !context.json && html.empty() && latex.empty();
        const std::size_t most = limit >= 0      ? static_cast<std::size_t>(limit)
                                 : isForTerminal ? kShownOnATerminal
                                                 : std::numeric_limits<std::size_t>::max();
        workflow::CaseReport report = workflow::reportOf(*opened, table, rows, most, context.stop);
        report.title = opened->info().name;
        report.caption = caption(*opened, table, report, part, context.stop);
        if (!html.empty()) writeFileAtomic(html, workflow::casesHtml(report, html));
        if (!latex.empty()) writeFileAtomic(latex, workflow::casesLatex(report, latex));
        nlohmann::json body = context.json ? workflow::casesJson(report) : nlohmann::json::object();
        body["filter"] = query;
        context.print(body, isForTerminal ? workflow::casesText(report) + rest(report) : written(report));
        return 0;
    }

private:
    std::vector<std::filesystem::path> targets() const {
        std::vector<std::filesystem::path> files;
        for (const std::string& file : {html, latex})
            if (!file.empty()) files.emplace_back(file);
        return files;
    }

    /// The reference stands on top.
    workflow::CaseLayers shownLayers() const {
        workflow::CaseLayers shown = layers;
        shown.names.insert(shown.names.begin(), shown.reference);
        return shown;
    }

    workflow::CaseOrder chosenOrder() const {
        if (order == "disagreeing") return workflow::CaseOrder::Disagreeing;
        return order == "gap" ? workflow::CaseOrder::Gap : workflow::CaseOrder::Project;
    }

    workflow::CaseScope scopeOf(const workflow::CaseTable& table) const {
        workflow::CaseScope scope{{}, layers.reference};
        for (const workflow::CaseTable::Layer& layer : table.layers())
            if (layer.isSystem()) scope.systems.push_back(layer.name);
        return scope;
    }

    /// Posts that were named or asked for are shown whatever the layers say of them; else those with something to see.
    workflow::CaseSentence sentence(const project::Project& opened, const workflow::CaseTable& table,
                                    const workflow::CaseScope& scope) const {
        if (!filter.empty()) project::find(opened, filter, 0);  // says what is wrong with it
        workflow::CaseSentence asked = workflow::sentenceOf(filter, scope);
        asked.posts.insert(asked.posts.end(), posts.begin(), posts.end());
        for (const workflow::SavedView& known : workflow::builtInViews())
            if (known.name == view) asked.posts.insert(asked.posts.end(), known.posts.begin(), known.posts.end());
        for (const std::string& id : posts) requirePost(table, id);
        if (!view.empty())
            for (const std::string& id : asked.posts) requirePost(table, id);
        for (const std::string& kind : only) asked.kinds.push_back(*eval::errorKindFromName(kind));
        using Agreement = workflow::CaseSentence::Agreement;
        if (asked.posts.empty() && only.empty() && filter.empty() && !all)
            asked.agreement = hasReference(table) ? Agreement::SomeWrong : Agreement::Differ;
        return asked;
    }

    static bool hasReference(const workflow::CaseTable& table) { return table.layers()[table.reference()].covered > 0; }

    static void requirePost(const workflow::CaseTable& table, const std::string& id) {
        for (std::size_t row = 0; row < table.rows(); ++row)
            if (table.externalId(row) == id) return;
        throw Error(ErrorCode::OptionInvalid, {"--posts", id, "ids of posts of this project and split"});
    }

    /// What a figure must say of itself; the fingerprint is that of what counts as true.
    std::string caption(const project::Project& opened, const workflow::CaseTable& table,
                        const workflow::CaseReport& report, std::optional<Split> part,
                        const std::stop_token& stop) const {
        std::string names;
        for (const workflow::CaseTable::Layer& layer : table.layers())
            if (layer.name != report.reference) names += (names.empty() ? "" : ", ") + layer.name;
        std::string text = fmt::format("{} against {}", names.empty() ? "nothing" : names, report.reference);
        if (part) {
            text += fmt::format("; {} split", splitName(*part));
            text += "; data " + workflow::layerFingerprint(opened, report.reference, *part, stop).substr(0, 12);
        }
        return text + fmt::format("; {} of {} posts", report.found, table.rows());
    }

    static std::string rest(const workflow::CaseReport& report) {
        const std::size_t left = report.found - report.cases.size();
        return left == 0 ? "" : fmt::format("\n{} more; --limit says how many are shown\n", left);
    }

    std::string written(const workflow::CaseReport& report) const {
        std::string text;
        for (const std::filesystem::path& file : targets())
            text += fmt::format("{} posts, {}\n", report.cases.size(), file.string());
        return text;
    }
};

}  // namespace

void addCompare(CLI::App& app, Context& context) {
    auto command = std::make_shared<CompareCommand>();
    CLI::App* sub = app.add_subcommand(
        "compare", "Shows what layers say of the same posts as lanes under the words, each difference by its kind");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layers", command->layers.names, "Layers with commas between them: runs, imported predictions")
        ->type_name("gold|corrected|RUN")
        ->delimiter(',')
        ->required();
    sub->add_option("--reference", command->layers.reference, "The layer that counts as true")
        ->check(CLI::IsMember({"gold", "corrected"}))
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    std::vector<std::string> kinds;
    for (std::size_t kind = 0; kind < eval::kErrorKinds; ++kind)
        kinds.emplace_back(eval::errorKindName(static_cast<eval::ErrorKind>(kind)));
    sub->add_option("--only", command->only, "Only posts with a difference of one of these kinds, commas between them")
        ->delimiter(',')
        ->check(CLI::IsMember(kinds));
    sub->add_option("--posts", command->posts, "Only these posts, by their ids, commas between them")->delimiter(',');
    std::vector<std::string> views;
    for (const workflow::SavedView& view : workflow::builtInViews()) views.push_back(view.name);
    sub->add_option("--view", command->view, "Only the posts of a saved view; figure-3: the paper's case study")
        ->check(CLI::IsMember(views));
    sub->add_option("--filter", command->filter,
                    "Only the posts that a query line finds: text:kevin not error(RUN):type");
    sub->add_flag("--all", command->all, "Also posts in which no layer differs");
    sub->add_option("--sort", command->order,
                    "project: as in the project; disagreeing: most systems wrong first; gap: widest gap of confidence "
                    "first")
        ->check(CLI::IsMember({"project", "disagreeing", "gap"}))
        ->capture_default_str();
    sub->add_option("--limit", command->limit, "So many posts at most; without it 20 on a terminal, all in files")
        ->check(CLI::NonNegativeNumber);
    sub->add_option("--html", command->html, "Write one page with everything in it")->type_name("FILE");
    sub->add_option("--latex", command->latex, "Write a document with the table, for xelatex or lualatex")
        ->type_name("FILE");
    sub->add_flag("--force", command->replace, "Replace files that are there already");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
