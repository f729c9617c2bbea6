#include <fmt/format.h>

#include <memory>
#include <optional>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/base/error.h"
#include "core/gazetteer/pattern.h"
#include "core/project/label_editing.h"
#include "core/project/project.h"
#include "core/workflow/gazetteer/layer.h"
#include "core/workflow/gazetteer/lists.h"
#include "core/workflow/gazetteer/stored.h"

namespace mnerva::app {
namespace {

using gazetteer::Definition;
using gazetteer::Source;
using nlohmann::json;

/// How what is added or set is matched; what was not given stays.
struct MatchOptions {
    std::optional<std::string> name, label;
    std::optional<int> priority, leastLength;
    bool caseSensitive = false, anyCase = false, noMarks = false, withMarks = false;

    void putInto(Source& source) const {
        if (label) source.label = gazetteer::labelNamed(*label);
        if (priority) source.priority = *priority;
        if (leastLength) source.leastLength = *leastLength;
        if (caseSensitive || anyCase) source.caseSensitive = caseSensitive;
        if (noMarks || withMarks) source.withMarks = withMarks;
    }
};

json sourceJson(const Source& source) {
    json out{{"name", source.name},   {"kind", gazetteer::kindName(source.kind)}, {"enabled", source.isEnabled},
             {"label", source.label}, {"caseSensitive", source.caseSensitive},    {"priority", source.priority}};
    if (!source.isList()) {
        out["pattern"] = source.pattern;
        return out;
    }
    out["marks"] = source.withMarks;
    out["leastLength"] = source.leastLength;
    out["names"] = source.names;
    out["origin"] = source.origin;
    out["holdsTest"] = source.holdsTest;
    return out;
}

json reportJson(const workflow::GazetteerReport& report) {
    json sources = json::array(), clashes = json::array(), examples = json::array();
    for (const workflow::SourceReport& one : report.sources)
        sources.push_back({{"name", one.name},
                           {"fault", workflow::faultName(one.fault)},
                           {"names", one.names},
                           {"tooShort", one.tooShort},
                           {"withoutLabel", one.withoutLabel},
                           {"seen", one.seen},
                           {"kept", one.kept},
                           {"offWords", one.offWords},
                           {"tooLong", one.tooLong}});
    for (const workflow::ClashReport& one : report.clashes)
        clashes.push_back({{"words", one.words},
                           {"post", one.post.value},
                           {"source", one.source},
                           {"label", one.label},
                           {"otherSource", one.otherSource},
                           {"otherLabel", one.otherLabel},
                           {"count", one.count}});
    for (const workflow::GazetteerExample& one : report.examples)
        examples.push_back({{"post", one.post.value},
                            {"id", one.externalId},
                            {"before", one.before},
                            {"words", one.words},
                            {"after", one.after},
                            {"label", one.label},
                            {"source", one.source}});
    return {{"posts", report.posts},
            {"words", report.words},
            {"entities", report.entities},
            {"postsWithFinds", report.postsWithFinds},
            {"labels", report.labels},
            {"unknownLabels", report.unknownLabels},
            {"sources", sources},
            {"clashes", clashes},
            {"clashCount", report.clashCount},
            {"examples", examples},
            {"holdsTest", report.holdsTest}};
}

std::string faultSentence(workflow::SourceReport::Fault fault) {
    using Fault = workflow::SourceReport::Fault;
    switch (fault) {
        case Fault::Missing:
            return "left out: its file is not in the project's folder; add it again";
        case Fault::Changed:
            return "left out: its file was changed; add it again";
        case Fault::Everything:
            return "left out: it covers more than half of all words";
        case Fault::None:
            break;
    }
    return {};
}

std::string reportText(const workflow::GazetteerReport& report, bool isApplied, const std::string& layer) {
    std::string text;
    for (const workflow::GazetteerExample& one : report.examples)
        text += fmt::format("{}\t{}\t{} [{}] {}\t{}\n", one.externalId, one.label, one.before, one.words, one.after,
                            one.source);
    std::vector<std::vector<std::string>> rows{{"source", "names", "found", "kept"}};
    for (const workflow::SourceReport& one : report.sources)
        rows.push_back({one.name, std::to_string(one.names), std::to_string(one.seen), std::to_string(one.kept)});
    text += tableText(rows);
    for (const workflow::SourceReport& one : report.sources) {
        if (one.fault != workflow::SourceReport::Fault::None)
            text += fmt::format("{} {}.\n", one.name, faultSentence(one.fault));
        if (one.withoutLabel > 0)
            text += fmt::format("{}: {} names have no label and are left out.\n", one.name, one.withoutLabel);
        if (one.tooShort > 0) text += fmt::format("{}: {} names are too short.\n", one.name, one.tooShort);
        if (one.offWords > 0)
            text += fmt::format("{}: {} matches cut a word and are left out.\n", one.name, one.offWords);
        if (one.tooLong > 0)
            text += fmt::format("{}: {} matches are longer than {} words and are left out.\n", one.name, one.tooLong,
                                gazetteer::kLongestMatchWords);
    }
    for (const workflow::ClashReport& one : report.clashes)
        text += fmt::format("{} x \"{}\": {} by {}, {} by {}; the first counts.\n", one.count, one.words, one.label,
                            one.source, one.otherLabel, one.otherSource);
    for (const auto& [label, count] : report.unknownLabels)
        text +=
            fmt::format("{} finds are left out: {} is no label of this project; --add-labels adds it.\n", count, label);
    if (report.holdsTest) text += "A list was made of test posts: scores of this layer on them say nothing.\n";
    std::string labels;
    for (const auto& [label, count] : report.labels) labels += fmt::format(", {} {}", label, count);
    text += fmt::format("{} {} entities in {} of {} posts{}.\n",
                        isApplied ? "The layer " + layer + " has" : "Would suggest", report.entities,
                        report.postsWithFinds, report.posts, labels);
    return text;
}

struct GazetteerCommand {
    std::string project, from, pattern, set, layer, encoding;
    std::string split = "train", scope = "text";
    std::vector<std::string> files, removed, enabled, disabled;
    MatchOptions match;
    int leastCount = 1;
    bool apply = false, preview = false, deleteLayer = false, addLabels = false, undo = false, redo = false;

    int run(const Context& context) {
        const bool edits = !files.empty() || !from.empty() || !pattern.empty() || !set.empty() || !layer.empty() ||
                           !removed.empty() || !enabled.empty() || !disabled.empty();
        if (undo + redo + edits > 1)
            throw Error(ErrorCode::OptionInvalid, {"--undo", "with other changes", "one of them alone"});
        const bool writes = edits || undo || redo || apply || deleteLayer || addLabels;
        const auto mode = writes ? project::OpenMode::ReadWrite : project::OpenMode::ReadOnly;
        const auto opened = project::Project::open(project, mode, "mnerva-cli gazetteer", context.stop);
        workflow::StoredGazetteer stored = changed(*opened, edits, context);
        json out{{"layer", stored.definition.layer},
                 {"canUndo", stored.canUndo},
                 {"canRedo", stored.canRedo},
                 {"added", m_added},
                 {"applied", apply}};
        out["sources"] = json::array();
        for (const Source& source : stored.definition.sources) out["sources"].push_back(sourceJson(source));
        std::string text = m_text + (apply || preview ? "" : listText(stored.definition));
        if (deleteLayer) {
            const bool wasThere = workflow::deleteGazetteerLayer(*opened, stored.definition.layer);
            out["deleted"] = wasThere;
            text += wasThere ? "The layer " + stored.definition.layer + " is deleted.\n"
                             : "There is no layer " + stored.definition.layer + ".\n";
        }
        if (addLabels) addMissingLabels(*opened, stored.definition, context);
        if (apply || preview) {
            const workflow::GazetteerReport report =
                apply ? workflow::applyGazetteer(*opened, stored.definition, context.progress(), context.stop)
                      : workflow::planGazetteer(*opened, stored.definition, true, context.progress(), context.stop)
                            .report;
            out["report"] = reportJson(report);
            text += reportText(report, apply, stored.definition.layer);
        }
        context.print(out, text);
        return 0;
    }

private:
    workflow::StoredGazetteer changed(project::Project& opened, bool edits, const Context& context) {
        if (undo) return workflow::undoGazetteer(opened);
        if (redo) return workflow::redoGazetteer(opened);
        workflow::StoredGazetteer stored = workflow::readGazetteer(opened);
        if (!edits) return stored;
        Definition& definition = stored.definition;
        if (!layer.empty()) definition.layer = layer;
        for (const std::string& name : removed) {
            placeOf(definition, name);
            std::erase_if(definition.sources, [&](const Source& source) { return source.name == name; });
        }
        for (const std::string& name : enabled) placeOf(definition, name).isEnabled = true;
        for (const std::string& name : disabled) placeOf(definition, name).isEnabled = false;
        if (!set.empty()) change(definition);
        addSources(opened, definition, context);
        return workflow::saveGazetteer(opened, definition);
    }
    static Source& placeOf(Definition& definition, const std::string& name) {
        std::string known;
        for (Source& source : definition.sources) {
            if (source.name == name) return source;
            known += (known.empty() ? "" : ", ") + source.name;
        }
        throw Error(ErrorCode::OptionInvalid, {"name", name, known.empty() ? "one of none" : "one of " + known});
    }
    void change(Definition& definition) const {
        Source& source = placeOf(definition, set);
        match.putInto(source);
        if (match.name) source.name = *match.name;
        if (!pattern.empty()) {
            if (source.isList()) throw Error(ErrorCode::OptionInvalid, {"--pattern", set, "the name of a pattern"});
            source.pattern = pattern;
        }
    }
    void add(Definition& definition, workflow::MadeList made) {
        match.putInto(made.source);
        if (match.name) made.source.name = *match.name;
        made.source.name = definition.freeName(made.source.name);
        m_added.push_back({{"name", made.source.name},
                           {"names", made.source.names},
                           {"label", made.source.label},
                           {"emptyLines", made.emptyLines},
                           {"comments", made.comments},
                           {"severalLabels", made.severalLabels},
                           {"tooRare", made.tooRare},
                           {"ofAllPosts", made.isOfAllPosts},
                           {"holdsTest", made.source.holdsTest},
                           {"findings", findingCountsJson(made.findings)}});
        m_text += findingsText(made.findings);
        m_text += fmt::format("{}: {} names.\n", made.source.name, made.source.names);
        if (made.isOfAllPosts) m_text += "There are no training posts; the names of all posts were taken.\n";
        if (made.severalLabels > 0)
            m_text += fmt::format("{} names have several labels; each got its commonest one.\n", made.severalLabels);
        definition.sources.push_back(std::move(made.source));
    }
    void addSources(const project::Project& opened, Definition& definition, const Context& context) {
        for (const std::string& file : files)
            add(definition, workflow::listFromFile(opened.folder(), opened.labels(), file, encoding, context.progress(),
                                                   context.stop));
        if (!from.empty()) {
            workflow::GoldQuestion question;
            question.layer = from;
            question.split = split == "all" ? std::nullopt : splitFromName(split);
            question.leastCount = leastCount;
            add(definition, workflow::listFromGold(opened, question, context.progress(), context.stop));
        }
        if (!pattern.empty() && set.empty()) {
            Source source;
            source.kind = scope == "word" ? Source::Kind::WordPattern : Source::Kind::TextPattern;
            source.pattern = pattern;
            match.putInto(source);
            source.name = definition.freeName(match.name.value_or(source.label + " pattern"));
            definition.sources.push_back(std::move(source));
        }
    }
    void addMissingLabels(project::Project& opened, const Definition& definition, const Context& context) {
        const auto report = workflow::planGazetteer(opened, definition, true, context.progress(), context.stop).report;
        LabelSet labels = opened.labels();
        for (const auto& [label, count] : report.unknownLabels) labels.add(label);
        if (!report.unknownLabels.empty()) opened.apply(project::labelsEdit(opened, labels));
    }
    static std::string listText(const Definition& definition) {
        if (definition.sources.empty()) return "no word lists and rules\n";
        std::vector<std::vector<std::string>> rows{{"source", "kind", "label", "priority", "names", "on", "of"}};
        for (const Source& one : definition.sources)
            rows.push_back({one.name, std::string(gazetteer::kindName(one.kind)), one.label,
                            std::to_string(one.priority), one.isList() ? std::to_string(one.names) : "",
                            one.isEnabled ? "yes" : "no", one.isList() ? one.origin : one.pattern});
        return tableText(rows);
    }

    json m_added = json::array();
    std::string m_text;
};

void addSourceOptions(CLI::App& sub, GazetteerCommand& command) {
    sub.add_option("--add", command.files,
                   "Word lists to add: a name a line, or name, tab, label; lines that begin with \"# \" are comments")
        ->type_name("FILE");
    sub.add_option("--encoding", command.encoding,
                   "Encoding of the lists, where it is neither UTF-8 nor told by a mark")
        ->type_name("TEXT");
    sub.add_option("--from", command.from, "Adds a list of the names of entities of this layer, with their labels")
        ->type_name("gold|corrected|TEXT");
    sub.add_option("--split", command.split,
                   "With --from: of which posts; names of test posts make scores on them say nothing")
        ->type_name("train|valid|test|all")
        ->check(CLI::IsMember({"train", "valid", "test", "all"}))
        ->capture_default_str();
    sub.add_option("--least-count", command.leastCount, "With --from: names that were tagged at least so often")
        ->type_name("INT")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    sub.add_option("--pattern", command.pattern,
                   "Adds a regular expression (RE2); with --set, the expression that a pattern has from now on")
        ->type_name("TEXT");
    sub.add_option("--scope", command.scope,
                   "With --pattern: it is looked for in the text, between ends of words, or a whole word matches it")
        ->type_name("text|word")
        ->check(CLI::IsMember({"text", "word"}))
        ->capture_default_str();
}

void addMatchOptions(CLI::App& sub, GazetteerCommand& command) {
    sub.add_option("--set", command.set, "Changes the list or pattern of this name by the options that follow")
        ->type_name("TEXT");
    sub.add_option("--name", command.match.name, "What is added or changed is called so")->type_name("TEXT");
    sub.add_option("--label", command.match.label, "Label of what it finds; of a list: of names without one")
        ->type_name("LABEL");
    sub.add_option("--priority", command.match.priority,
                   "Of two finds of one length the higher priority counts, 0 to 100, then what was added earlier")
        ->type_name("INT")
        ->check(CLI::Range(0, gazetteer::kMostPriority));
    sub.add_option("--least-length", command.match.leastLength, "Shorter names do not count (characters; 2)")
        ->type_name("INT")
        ->check(CLI::Range(1, gazetteer::kMostLeastLength));
    CLI::Option* sensitive = sub.add_flag("--case-sensitive", command.match.caseSensitive, "Case and width count");
    sub.add_flag("--any-case", command.match.anyCase, "Case, width and Chinese script do not count (so it begins)")
        ->excludes(sensitive);
    CLI::Option* plain =
        sub.add_flag("--no-marks", command.match.noMarks, "Names are not looked for in hashtags and handles");
    sub.add_flag("--marks", command.match.withMarks, "#name and @name are found too (so it begins)")->excludes(plain);
    sub.add_option("--enable", command.enabled, "Switches a list or pattern on")->type_name("TEXT");
    sub.add_option("--disable", command.disabled, "Switches it off")->type_name("TEXT");
    sub.add_option("--remove", command.removed, "Takes it away")->type_name("TEXT");
}

}  // namespace

void addGazetteer(CLI::App& app, Context& context) {
    auto command = std::make_shared<GazetteerCommand>();
    CLI::App* sub = app.add_subcommand(
        "gazetteer",
        "Word lists and rules of a project, and the layer of suggestions that they make: as a run's it is shown, "
        "accepted, scored and exported. Without options: what is defined");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    addSourceOptions(*sub, *command);
    addMatchOptions(*sub, *command);
    sub->add_option("--layer", command->layer, "Name of the layer that they make (word-lists)")->type_name("TEXT");
    CLI::Option* apply = sub->add_flag("--apply", command->apply, "Makes the layer anew");
    sub->add_flag("--preview", command->preview, "Only says what it would hold, with fifty examples drawn at random")
        ->excludes(apply);
    sub->add_flag("--add-labels", command->addLabels, "Adds labels that are found and that the project lacks");
    sub->add_flag("--delete-layer", command->deleteLayer, "Deletes the layer; what was accepted of it stays")
        ->excludes(apply);
    sub->add_flag("--undo", command->undo, "Takes the last change of lists and rules back");
    sub->add_flag("--redo", command->redo, "Does it again");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
