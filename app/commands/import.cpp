#include "core/workflow/exchange/import.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/formats/all.h"
#include "core/project/project.h"
#include "core/workflow/exchange/auxiliary.h"
#include "core/workflow/exchange/prediction_exchange.h"

namespace mnerva::app {
namespace {

std::string asText(const workflow::ImportReport& report, bool isDryRun) {
    std::string text;
    if (report.format.empty())
        text = fmt::format("{} boxes to {} posts of the project.\n", isDryRun ? "Would give" : "Gave", report.posts);
    else
        text = fmt::format("{} {} posts, {} words, {} entities ({}).\n", isDryRun ? "Would import" : "Imported",
                           report.posts, report.words, report.entities, text::schemeName(report.scheme));
    if (report.boxes.files > 0)
        text += fmt::format("{} boxes of {} XML files; {} entities have a box.\n", report.boxes.boxes,
                            report.boxes.files, report.boxes.groundedEntities);
    std::vector<std::vector<std::string>> rows{{"type", "entities"}};
    for (const auto& [type, count] : report.entitiesOfType) rows.push_back({type, std::to_string(count)});
    if (rows.size() > 1) text += tableText(rows);
    return text + findingsText(report.findings);
}

nlohmann::json asJson(const workflow::ImportReport& report, bool isDryRun) {
    return {{"posts", report.posts},
            {"words", report.words},
            {"entities", report.entities},
            {"types", report.entitiesOfType},
            {"newTypes", report.newTypes},
            {"format", report.format},
            {"scheme", text::schemeName(report.scheme)},
            {"missingImages", report.missingImages},
            {"postsWithoutCropList", report.postsWithoutCropList},
            {"xmlFiles", report.boxes.files},
            {"boxes", report.boxes.boxes},
            {"boxesByEntity", report.boxes.linked},
            {"boxesWithoutEntity", report.boxes.unmatched},
            {"groundedEntities", report.boxes.groundedEntities},
            {"unusedXmlFiles", report.boxes.unusedFiles},
            {"dryRun", isDryRun},
            {"findingCounts", findingCountsJson(report.findings)},
            {"findings", findingsJson(report.findings)}};
}

std::string asText(const workflow::AuxiliaryReport& report, bool isDryRun) {
    return fmt::format("{} {} texts for {} posts; {} ids are unknown.\n", isDryRun ? "Would import" : "Imported",
                       report.texts, report.posts, report.unknownPosts) +
           findingsText(report.findings);
}

/// Why a report holds no post, as part of a sentence.
std::string whyNothing(const workflow::ImportReport& report) {
    if (report.format.empty()) return "no post of the project has a picture that these boxes are for";
    for (const Finding& finding : report.findings.list())
        if (finding.code == "already-imported")
            return "its posts are in the project already, from " + finding.text + " (--again takes them once more)";
    return "it holds no post";
}

struct ImportCommand {
    std::string project, split, layer, auxiliaryFile;
    int system = 1;
    workflow::ImportOptions options;

    /// What was found, where a command ends without a report of its own.
    static void tellFindings(const Context& context, const Findings& findings) {
        if (!context.json) std::cerr << printable(findingsText(findings), true);
    }

    std::string fileNames() const {
        std::string names;
        for (const auto& file : options.files) names += (names.empty() ? "" : ", ") + file.string();
        return names.empty() ? options.xmlFolder.string() : names;
    }

    /// Reads the files; says what was found before a failure that rests on findings.
    workflow::ImportReport importFiles(const Context& context, project::Project& opened) const {
        workflow::ImportReport report;
        try {
            report = workflow::importFiles(&opened, options, context.progress(), context.stop);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::ImportTooLossy) throw;
            workflow::ImportOptions look = options;
            look.strict = false;
            look.dryRun = true;
            tellFindings(context, workflow::importFiles(&opened, look, {}, context.stop).findings);
            throw;
        }
        if (report.posts > 0) return report;
        tellFindings(context, report.findings);
        throw Error(ErrorCode::NothingImported, {fileNames(), whyNothing(report)});
    }

    void refuseAuxiliary(const Context& context, const workflow::AuxiliaryReport& report) const {
        const int losses = workflow::lossesIn(report.findings);
        if (report.posts > 0 && (losses == 0 || !options.strict)) return;
        tellFindings(context, report.findings);
        if (report.posts > 0) throw Error(ErrorCode::ImportTooLossy, {std::to_string(losses)});
        throw Error(ErrorCode::NothingImported,
                    {auxiliaryFile, report.texts == 0 ? "it holds no text about a post"
                                                      : "none of its ids is that of a post of the project"});
    }

    int run(const Context& context) {
        const formats::Format* named = formats::find(options.format);
        if (named && named->as<formats::PredictionKind>()) return readPredictions(context, *named);
        options.split = splitOption(split);
        const auto mode = options.dryRun ? project::OpenMode::ReadOnly : project::OpenMode::ReadWrite;
        const auto opened = project::Project::open(project, mode, "mnerva-cli import", context.stop);
        const bool hasFiles = !options.files.empty() || !options.xmlFolder.empty();
        if (!hasFiles && auxiliaryFile.empty())
            throw Error(ErrorCode::OptionInvalid, {"files", "nothing", "at least one file, --xml or --aux"});
        // Read once before anything is written: what cannot be read at all stops the whole import. Alone it must find
        // its posts in the project; with files they may be what comes in now.
        if (!auxiliaryFile.empty()) {
            const auto look = workflow::importAuxiliary(*opened, auxiliaryFile, true, context.progress(), context.stop);
            if (!hasFiles) refuseAuxiliary(context, look);
            const int losses = workflow::lossesIn(look.findings) - look.findings.count("auxiliary-unknown-post");
            if (options.strict && losses > 0) throw Error(ErrorCode::ImportTooLossy, {std::to_string(losses)});
        }
        nlohmann::json body{{"dryRun", options.dryRun}};
        std::string text;
        if (hasFiles) {
            const auto report = importFiles(context, *opened);
            body = asJson(report, options.dryRun);
            text = asText(report, options.dryRun);
        }
        if (!auxiliaryFile.empty()) {
            const auto report =
                workflow::importAuxiliary(*opened, auxiliaryFile, options.dryRun, context.progress(), context.stop);
            body["auxiliary"] = {{"texts", report.texts},
                                 {"posts", report.posts},
                                 {"unknownPosts", report.unknownPosts},
                                 {"findingCounts", findingCountsJson(report.findings)},
                                 {"findings", findingsJson(report.findings)}};
            text += asText(report, options.dryRun);
        }
        context.print(body, text);
        return 0;
    }

    /// A prediction file as a layer, to be compared with those of the project's own runs.
    int readPredictions(const Context& context, const formats::Format& format) const {
        const std::optional<Split> wanted = splitOption(split);
        if (!wanted) throw Error(ErrorCode::OptionInvalid, {"--split", "nothing", "train, valid or test"});
        if (layer.empty()) throw Error(ErrorCode::OptionInvalid, {"--layer", "nothing", "a name for the predictions"});
        if (options.files.size() != 1)
            throw Error(ErrorCode::OptionInvalid,
                        {"files", std::to_string(options.files.size()) + " files", "one prediction file"});
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadWrite, "mnerva-cli import", context.stop);
        const auto report = workflow::importPredictions(*opened, options.files.front(), format, *wanted, layer,
                                                        {system, options.strict});
        context.print(
            {{"posts", report.posts},
             {"words", report.words},
             {"entities", report.entities},
             {"layer", layer},
             {"findingCounts", findingCountsJson(report.findings)},
             {"findings", findingsJson(report.findings)}},
            fmt::format("Read {} posts with {} entities as layer {}.\n", report.posts, report.entities, layer) +
                findingsText(report.findings));
        return 0;
    }
};

}  // namespace

void addImport(CLI::App& app, Context& context) {
    auto command = std::make_shared<ImportCommand>();
    workflow::ImportOptions& options = command->options;
    CLI::App* sub = app.add_subcommand("import", "Reads tagged text into a project: all of it, or on failure nothing");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("files", options.files,
                    "Files of tagged text, or folders of UMGF; with --xml alone: the posts that are there get boxes")
        ->type_name("FILE");
    std::vector<const formats::Format*> known = formats::ofKind<formats::PostKind>();
    for (const formats::Format* format : formats::ofKind<formats::PredictionKind>()) known.push_back(format);
    std::vector<std::string> names{workflow::kAnyFormat};
    for (const formats::Format* format : known) names.emplace_back(format->name);
    sub->add_option("--format", options.format, formats::helpOf(known) + "; predictions become a layer of the posts")
        ->capture_default_str()
        ->check(CLI::IsMember(names));
    sub->add_option("--layer", command->layer, "Name of the layer that predictions become");
    sub->add_option("--system", command->system, "Which system of a file that has several, from 1")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    sub->add_option("--split", command->split, "Split of the posts; absent: from the file name")
        ->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_option("--images", options.imageFolder, "Folder of the pictures; absent: looked for beside the file")
        ->type_name("FOLDER");
    sub->add_option("--crops", options.cropFile, "Dictionary of object crops (.pth or JSON)")->type_name("FILE");
    sub->add_option("--aux", command->auxiliaryFile,
                    "Texts about posts, a line each: {\"id\", \"source\", \"text\"} or id TAB source TAB text")
        ->type_name("FILE");
    sub->add_option("--crop-dir", options.cropFolder, "Folder of the crops")->type_name("FOLDER");
    sub->add_option("--xml", options.xmlFolder, "Folder of Pascal VOC files with boxes, named like the pictures")
        ->type_name("FOLDER");
    sub->add_flag("--dry-run", options.dryRun, "Only report");
    sub->add_option("--encoding", options.encoding,
                    "Encoding of tagged text that is not UTF-8, such as GB18030, Big5 or ISO-8859-1; UTF-8: broken "
                    "bytes are damage");
    sub->add_flag("--strict", options.strict, "Import nothing where something of the files would be lost");
    sub->add_flag("--again", options.importAgain, "Take files that are in the project already once more");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
