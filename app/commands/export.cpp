#include "core/workflow/exchange/export.h"

#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/formats/all.h"
#include "core/project/project.h"
#include "core/workflow/exchange/auxiliary.h"
#include "core/workflow/exchange/prediction_exchange.h"

namespace mnerva::app {
namespace {

struct ExportCommand {
    std::string project, split, scheme;
    bool preview = false;
    workflow::ExportOptions options;

    int run(const Context& context) {
        const formats::Format& format = *formats::find(options.format);
        if (format.as<formats::PredictionKind>()) return writePredictions(context, format);
        options.split = splitOption(split);
        options.scheme = schemeOption(scheme);
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli export", context.stop);
        if (format.as<formats::AuxiliaryKind>()) {
            const int texts = workflow::exportAuxiliary(*opened, format, options.target, options.split, context.stop,
                                                        options.replace);
            context.print({{"texts", texts}, {"file", options.target.string()}},
                          fmt::format("Wrote {} texts to {}.\n", texts, options.target.string()));
            return 0;
        }
        const auto report = preview ? workflow::previewExport(*opened, options, context.stop)
                                    : workflow::exportProject(*opened, options, context.progress(), context.stop);
        context.print(asJson(report), asText(report));
        return 0;
    }

    /// A layer beside the gold, as the papers' programs print it.
    int writePredictions(const Context& context, const formats::Format& format) const {
        const std::optional<Split> wanted = splitOption(split);
        if (!wanted) throw Error(ErrorCode::OptionInvalid, {"--split", "nothing", "train, valid or test"});
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli export", context.stop);
        const auto report =
            workflow::exportPredictions(*opened, options.layer, *wanted, format, options.target, options.replace);
        context.print({{"posts", report.posts},
                       {"words", report.words},
                       {"entities", report.entities},
                       {"layer", options.layer},
                       {"files", {{{"path", options.target.string()}, {"posts", report.posts}}}},
                       {"findingCounts", findingCountsJson(report.findings)},
                       {"findings", findingsJson(report.findings)}},
                      fmt::format("Wrote {} posts with {} predicted entities to {}.\n", report.posts, report.entities,
                                  options.target.string()) +
                          findingsText(report.findings));
        return 0;
    }

    nlohmann::json asJson(const workflow::ExportReport& report) const {
        nlohmann::json files = nlohmann::json::array();
        for (const auto& [path, posts] : report.files) files.push_back({{"path", path.string()}, {"posts", posts}});
        nlohmann::json body{{"posts", report.posts},
                            {"words", report.words},
                            {"entities", report.entities},
                            {"correctedPosts", report.correctedPosts},
                            {"layer", options.layer},
                            {"preview", preview},
                            {"files", std::move(files)},
                            {"findingCounts", findingCountsJson(report.findings)},
                            {"findings", findingsJson(report.findings)}};
        if (preview) body["sample"] = report.sample;
        return body;
    }

    std::string asText(const workflow::ExportReport& report) const {
        std::string text = fmt::format("{} {} posts, {} words, {} entities; {} posts corrected by hand.\n",
                                       preview ? "Would write" : "Wrote", report.posts, report.words, report.entities,
                                       report.correctedPosts);
        for (const auto& [path, posts] : report.files) text += fmt::format("  {}: {} posts\n", path.string(), posts);
        text += findingsText(report.findings);
        if (preview) text += "\n" + report.sample;
        return text;
    }
};

}  // namespace

void addExport(CLI::App& app, Context& context) {
    auto command = std::make_shared<ExportCommand>();
    workflow::ExportOptions& options = command->options;
    CLI::App* sub = app.add_subcommand(
        "export", "Writes a layer as tagged text, beside the gold as a prediction file, or the texts about the posts");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("out", options.target, "File, or folder for several splits (train.txt, valid.txt, test.txt)")
        ->type_name("FILE")
        ->required();
    std::vector<const formats::Format*> known = formats::writtenOfKind<formats::PostKind>();
    options.format = known.front()->name;
    for (const auto& others :
         {formats::writtenOfKind<formats::PredictionKind>(), formats::writtenOfKind<formats::AuxiliaryKind>()})
        known.insert(known.end(), others.begin(), others.end());
    std::vector<std::string> names;
    for (const formats::Format* format : known) names.emplace_back(format->name);
    sub->add_option("--format", options.format,
                    formats::helpOf(known) + "; of predictions one split, with the gold tags")
        ->capture_default_str()
        ->check(CLI::IsMember(names));
    sub->add_flag("--aux", options.auxiliary, "With the texts about the posts, after <EOS> (PGIM's form)");
    sub->add_option("--layer", options.layer, "gold, corrected, or the name of a run")
        ->type_name("gold|corrected|RUN")
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_option("--scheme", command->scheme, "How tags are written, in every post; absent: as in the project")
        ->check(CLI::IsMember({"bio", "bmes", "bioes", "iob1"}));
    sub->add_flag("--force", options.replace,
                  "Replace files that are there already, also those the project was imported from; never those of a "
                  "project's folder");
    sub->add_flag("--preview", command->preview, "Write nothing: show the first lines and what would be lost");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
