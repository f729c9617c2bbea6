#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/eval/report_table.h"
#include "core/workflow/quality/agreement.h"

namespace mnerva::app {
namespace {

using nlohmann::json;
using workflow::LayerAgreement;

constexpr std::size_t kShownPosts = 20;

json asJson(const std::optional<double>& value) {
    return value ? json(*value) : json();
}

json labelJson(const eval::LabelAgreement& of, const std::vector<std::string>& layers) {
    json pairs = json::array();
    for (const eval::PairAgreement& pair : of.pairs)
        pairs.push_back({{"a", layers[static_cast<std::size_t>(pair.a)]},
                         {"b", layers[static_cast<std::size_t>(pair.b)]},
                         {"posts", pair.posts},
                         {"words", pair.words},
                         {"entitiesOfA", pair.spans.support},
                         {"entitiesOfB", pair.spans.predicted},
                         {"same", pair.spans.correct},
                         {"f1", pair.spans.f1},
                         {"kappa", asJson(pair.kappa)}});
    return {{"pairs", std::move(pairs)},
            {"meanF1", asJson(of.meanF1)},
            {"alpha", asJson(of.alpha)},
            {"unitisedAlpha", asJson(of.unitisedAlpha)}};
}

json reportJson(const LayerAgreement& report, const std::string& split) {
    json labels = json::object(), posts = json::array();
    for (const auto& [label, of] : report.agreement.labels) labels[label] = labelJson(of, report.layers);
    for (std::size_t i = 0; i < report.ids.size(); ++i) {
        const eval::PostAgreement& of = report.agreement.posts[i];
        posts.push_back({{"id", report.ids[i]},
                         {"number", report.numbers[i].value},
                         {"layers", of.layers},
                         {"meanF1", asJson(of.meanF1)},
                         {"alpha", asJson(of.alpha)},
                         {"unanimous", of.isUnanimous}});
    }
    return {{"layers", report.layers},
            {"split", split},
            {"commonPosts", report.agreement.commonPosts},
            {"all", labelJson(report.agreement.all, report.layers)},
            {"labels", std::move(labels)},
            {"posts", std::move(posts)}};
}

struct AgreementCommand {
    std::string project, split, table = "labels";
    bool asCsv = false;
    std::vector<std::string> layers;

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli agreement", context.stop);
        const LayerAgreement report = workflow::layerAgreement(*opened, layers, splitOption(split), context.stop);
        std::string text;
        if (asCsv)
            text = eval::toCsv(table == "posts" ? workflow::postRows(report, report.ids.size())
                                                : workflow::labelRows(report));
        else
            text = people(report);
        context.print(context.json ? reportJson(report, split) : json(), text);
        return 0;
    }

    static std::string people(const LayerAgreement& report) {
        const auto& posts = report.agreement.posts;
        const auto agreed =
            std::count_if(posts.begin(), posts.end(), [](const auto& post) { return post.isUnanimous; });
        return tableText(workflow::labelRows(report)) +
               fmt::format("\n{} posts, {} of them in all layers, {} unanimous; the least agreed on:\n\n", posts.size(),
                           report.agreement.commonPosts, agreed) +
               tableText(workflow::postRows(report, kShownPosts)) +
               "\nF1 on entities; kappa (Cohen) and alpha (Krippendorff, nominal) on tags of words; unitised alpha on "
               "entities over posts in all layers\n";
    }
};

}  // namespace

void addAgreement(CLI::App& app, Context& context) {
    auto command = std::make_shared<AgreementCommand>();
    CLI::App* sub = app.add_subcommand("agreement", "Says how far layers of annotators agree, by label and by post");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layers", command->layers, "Two or more layers, with commas between")
        ->type_name("gold|corrected|RUN")
        ->delimiter(',')
        ->required();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_flag("--csv", command->asCsv, "A table as CSV");
    sub->add_option("--table", command->table, "Which table --csv writes: labels (and pairs of layers), or posts")
        ->check(CLI::IsMember({"labels", "posts"}))
        ->capture_default_str();
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
