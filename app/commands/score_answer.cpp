#include "app/commands/score_answer.h"

#include <fmt/format.h>

#include "app/commands/report_json.h"
#include "core/base/error.h"
#include "core/eval/report.h"

namespace mnerva::app {
namespace {

using nlohmann::json;

json intervalJson(const std::optional<eval::Interval>& interval) {
    return interval ? json{interval->low, interval->high} : json();
}

json systemJson(const workflow::SystemScore& row) {
    if (!row.score.isScored)
        return {{"rule", eval::ruleName(row.score.score.rule)},
                {"layer", row.layer},
                {"micro", nullptr},
                {"macro", nullptr},
                {"weighted", nullptr},
                {"types", json::object()},
                {"posts", 0},
                {"interval", nullptr},
                {"noFigures", workflow::noRegionsText()}};
    json body = scoreJson(row.score.score);
    if (const auto& grounding = row.score.grounding)
        body["grounding"] = {
            {"gmner", prfJson(grounding->gmner)}, {"eeg", prfJson(grounding->eeg)}, {"mner", prfJson(grounding->mner)}};
    body["layer"] = row.layer;
    body["posts"] = row.score.posts.size();
    body["interval"] = intervalJson(row.interval);
    return body;
}

json warningsJson(const std::vector<workflow::ScoreWarning>& warnings) {
    json list = json::array();
    for (const workflow::ScoreWarning& warning : warnings)
        list.push_back(fillTemplate(workflow::warningTemplate(warning.kind), warning.args));
    return list;
}

json confusionJson(const workflow::ScoreSource& source, const workflow::LayerErrors& errors) {
    const eval::Confusion confusion = workflow::confusionOf(source, errors);
    std::vector<int> labels{eval::Unit::kNone};
    for (const int type : confusion.types()) labels.push_back(type);
    json names = json::array(), matrix = json::array();
    for (const int gold : labels) {
        names.push_back(gold == eval::Unit::kNone ? "O" : source.table->types().name(gold));
        json row = json::array();
        for (const int predicted : labels) row.push_back(confusion.at(gold, predicted));
        matrix.push_back(std::move(row));
    }
    return {{"labels", std::move(names)}, {"matrix", std::move(matrix)}};
}

json errorsJson(const workflow::ScoreSource& source, const workflow::LayerErrors& errors) {
    json rows = json::array();
    for (const workflow::ErrorRow& row : workflow::errorRows(source, errors)) {
        json one{{"type", row.type == eval::Unit::kNone ? json() : json(source.table->types().name(row.type))},
                 {"right", row.right}};
        for (const auto& [kind, none] : eval::countKinds({}))
            one["kinds"][std::string(eval::errorKindName(kind))] = row.kinds[static_cast<int>(kind)];
        if (errors.looksAtRegions) one["kinds"]["region"] = row.region;
        rows.push_back(std::move(one));
    }
    return rows;
}

json surfacesJson(const workflow::ScoreSource& source, const std::vector<eval::SurfaceRow>& rows, int most) {
    json list = json::array();
    for (const eval::SurfaceRow& row : rows) {
        if (static_cast<int>(list.size()) >= most) break;
        json posts = json::array();
        for (const int post : row.posts) posts.push_back(source.externalIds[static_cast<std::size_t>(post)]);
        list.push_back({{"count", row.count},
                        {"error", row.isMissed ? "missed" : "spurious"},
                        {"type", source.table->types().name(row.type)},
                        {"text", row.text},
                        {"posts", std::move(posts)}});
    }
    return list;
}

json bucketsJson(const workflow::ScoreSource& source, const workflow::ScoreQuestion& question,
                 const workflow::BucketTable& table) {
    json layers = json::object();
    for (std::size_t layer = 0; layer < table.layers.size(); ++layer) {
        json buckets = json::array();
        for (const eval::Bucket& bucket : table.layers[layer])
            buckets.push_back({{"name", eval::bucketName(table.property, bucket.range, source.table->types())},
                               {"from", bucket.range.from},
                               {"to", bucket.range.to},
                               {"n", bucket.prf.support},
                               {"posts", bucket.posts.size()},
                               {"p", bucket.prf.precision},
                               {"r", bucket.prf.recall},
                               {"f1", bucket.prf.f1},
                               {"interval", intervalJson(bucket.interval)}});
        layers[question.layers[layer]] = std::move(buckets);
    }
    return {
        {"property", eval::propertyName(table.property)}, {"leftOut", table.leftOut}, {"layers", std::move(layers)}};
}

json comparisonJson(const eval::Comparison& found, const std::string& first, const std::string& second) {
    return {{"first", first},
            {"second", second},
            {"firstF1", found.first},
            {"secondF1", found.second},
            {"difference", found.difference},
            {"interval", {found.interval.low, found.interval.high}},
            {"pBootstrap", found.pBootstrap},
            {"pRandomisation", found.pRandomisation},
            {"posts", found.posts},
            {"resamples", found.options.resamples},
            {"swaps", found.options.swaps},
            {"seed", found.options.seed}};
}

/// The rule's figure beside those that leave the type or the region out.
std::string groundingText(const eval::GroundingScore& score) {
    std::string text;
    for (const auto& [name, prf] :
         {std::pair("words, type and region (GMNER)", &score.gmner), std::pair("words and region (EEG)", &score.eeg),
          std::pair("words and type (MNER)", &score.mner)})
        text += fmt::format("{:<30}  P {:.4f}  R {:.4f}  F1 {:.4f}\n", name, prf->precision, prf->recall, prf->f1);
    return text;
}

std::string textOf(const eval::ReportTable& table) {
    std::vector<std::vector<std::string>> rows{table.head};
    rows.insert(rows.end(), table.rows.begin(), table.rows.end());
    return "\n" + table.caption + "\n\n" + tableText(rows);
}

/// What a question about one layer or several gives, one part a function.
class AnswerMaker {
public:
    AnswerMaker(const workflow::ScoreSource& source, const workflow::ScoreQuestion& question,
                const ScoreOptions& options, const Context& context)
        : m_source(source), m_question(question), m_options(options), m_context(context) {}

    ScoreAnswer take() { return std::move(m_answer); }

    void addScores(const std::vector<eval::Rule>& rules) {
        json byRule = json::object();
        eval::ReportTable byRuleTable;
        for (const eval::Rule rule : rules) {
            m_question.rule = rule;
            const workflow::ScoreTable table = workflow::scoreTable(m_source, m_question, m_context.stop);
            bool hasPosts = false;
            json systems = json::array();
            for (const workflow::SystemScore& row : table.rows) {
                hasPosts |= !row.score.posts.empty() || !row.score.isScored;
                systems.push_back(systemJson(row));
            }
            if (!hasPosts)
                throw Error(ErrorCode::SplitEmpty,
                            {m_question.split ? std::string(splitName(*m_question.split)) : "all"});
            addRule(byRuleTable, table);
            byRule[std::string(eval::ruleName(rule))] = systems;
            if (rule != rules.front()) continue;
            addTables(table);
            m_answer.body.update(systems.front());
            m_answer.body["systems"] = std::move(systems);
            m_answer.body["warnings"] = warningsJson(table.warnings);
            m_answer.body["fingerprint"] = table.fingerprint;
            addSeeds(table);
        }
        m_question.rule = rules.front();
        m_caption = workflow::captionOf(m_source, m_question);
        if (rules.size() > 1) {
            m_answer.body["rules"] = std::move(byRule);
            byRuleTable.caption = "The same by every rule, micro: " + m_caption.substr(m_caption.find(';') + 2);
            add(std::move(byRuleTable));
        }
        m_answer.body["caption"] = m_caption;
    }

    void addErrors() {
        const bool wanted = m_options.confusion || m_options.errors || m_options.surfaces || !m_options.buckets.empty();
        if (!wanted) return;
        std::vector<workflow::LayerErrors> all;
        for (const std::string& layer : m_question.layers) {
            if (m_context.stop.stop_requested()) throw Cancelled{};
            all.push_back(workflow::layerErrors(m_source, m_question, layer));
            addErrorsOf(layer, all.back());
        }
        addBuckets(all);
    }

    void addSignificance() {
        if (m_options.significance.empty()) return;
        json list = json::array();
        eval::ReportTable table;
        for (const auto& [first, second] : m_options.significance) {
            const auto found = workflow::compareLayers(m_source, m_question, first, second, m_context.stop);
            if (!found && eval::needsRegions(m_question.rule)) {
                list.push_back({{"first", first}, {"second", second}, {"noFigures", workflow::noRegionsText()}});
                m_answer.text += fmt::format("no difference of {} and {}: regions are missing\n", first, second);
                continue;
            }
            if (!found)
                throw Error(ErrorCode::OptionInvalid, {"--rule", std::string(eval::ruleName(m_question.rule)),
                                                       "a rule whose score is a sum over posts, for significance"});
            list.push_back(comparisonJson(*found, first, second));
            eval::ReportTable one = workflow::comparisonReport(*found, first, second, m_caption);
            one.rows.insert(one.rows.begin(), table.rows.begin(), table.rows.end());
            table = std::move(one);
        }
        m_answer.body["significance"] = std::move(list);
        if (!table.rows.empty()) add(std::move(table));
    }

private:
    void add(eval::ReportTable table) {
        m_answer.text += textOf(table);
        m_answer.tables.push_back(std::move(table));
    }

    /// A row a rule, so that figures of different rules stand under their names.
    static void addRule(eval::ReportTable& out, const workflow::ScoreTable& table) {
        out.name = "rules";
        out.head = {"rule"};
        std::vector<std::string> cells{std::string(eval::ruleName(table.question.rule))};
        for (const workflow::SystemScore& row : table.rows) {
            for (const char* figure : {" P", " R", " F1"}) out.head.push_back(row.layer + figure);
            if (!row.score.isScored) {
                cells.insert(cells.end(), {std::string(workflow::noRegionsText()), "", ""});
                continue;
            }
            const eval::Prf& micro = row.score.score.micro;
            for (const double value : {micro.precision, micro.recall, micro.f1})
                cells.push_back(fmt::format("{:.4f}", value));
        }
        out.rows.push_back(std::move(cells));
    }

    void addTables(const workflow::ScoreTable& table) {
        const std::string caption = workflow::captionOf(m_source, m_question);
        const bool isAlone = table.rows.size() == 1;
        if (isAlone) {
            const workflow::SystemScore& row = table.rows.front();
            m_answer.text +=
                row.score.isScored ? eval::scoreTable(row.score.score) : std::string(workflow::noRegionsText()) + "\n";
            if (row.score.grounding) m_answer.text += groundingText(*row.score.grounding);
            if (row.interval)
                m_answer.text +=
                    fmt::format("95 % interval of micro F1: {:.4f} to {:.4f}\n", row.interval->low, row.interval->high);
            m_answer.tables.push_back(workflow::typesReport(table, caption));
        } else {
            add(workflow::systemsReport(table, caption));
        }
        for (const workflow::ScoreWarning& warning : table.warnings)
            if (warning.kind != workflow::ScoreWarning::Kind::PostsMissing || !isAlone)
                m_answer.text += "note: " + fillTemplate(workflow::warningTemplate(warning.kind), warning.args) + "\n";
    }

    void addSeeds(const workflow::ScoreTable& table) {
        eval::ReportTable seeds =
            workflow::seedsReport(workflow::seedScores(m_source, table), workflow::captionOf(m_source, m_question));
        if (seeds.rows.empty()) return;
        json list = json::array();
        for (const auto& row : seeds.rows)
            list.push_back({{"layers", row[0]}, {"mean", std::stod(row[1])}, {"sd", std::stod(row[2])}});
        m_answer.body["seeds"] = std::move(list);
        add(std::move(seeds));
    }

    void addErrorsOf(const std::string& layer, const workflow::LayerErrors& errors) {
        json& body = m_answer.body;
        if (m_options.confusion) {
            body["confusion"][layer] = confusionJson(m_source, errors);
            add(workflow::confusionReport(m_source, errors, layer, m_caption));
        }
        if (m_options.errors) {
            body["errors"][layer] = errorsJson(m_source, errors);
            add(workflow::errorsReport(m_source, errors, layer, m_caption));
        }
        if (m_options.surfaces) {
            const auto rows = workflow::surfacesOf(m_source, errors);
            body["surfaces"][layer] = surfacesJson(m_source, rows, m_options.surfaceRows);
            add(workflow::surfacesReport(m_source, rows, m_options.surfaceRows, layer, m_caption));
        }
    }

    void addBuckets(const std::vector<workflow::LayerErrors>& errors) {
        for (const eval::Property property : eval::allProperties()) {
            const std::string name(eval::propertyName(property));
            const auto& wanted = m_options.buckets;
            const auto asks = [&](const std::string& text) {
                return std::find(wanted.begin(), wanted.end(), text) != wanted.end();
            };
            if (!asks("all") && !asks(name)) continue;
            const auto table = workflow::bucketTable(m_source, m_question, errors, property, m_context.stop);
            m_answer.body["buckets"].push_back(bucketsJson(m_source, m_question, table));
            add(workflow::bucketsReport(m_source, m_question, table, m_caption));
            if (table.leftOut > 0 && table.ranges.empty())
                m_answer.text += "This property needs posts of the train split, and there are none.\n";
        }
    }

    const workflow::ScoreSource& m_source;
    workflow::ScoreQuestion m_question;
    const ScoreOptions& m_options;
    const Context& m_context;
    ScoreAnswer m_answer;
    std::string m_caption;
};

std::vector<std::string> ruleNames() {
    std::vector<std::string> names;
    for (const eval::Rule rule : eval::allRules()) names.emplace_back(eval::ruleName(rule));
    names.emplace_back("all");
    return names;
}

std::vector<std::string> propertyNames() {
    std::vector<std::string> names;
    for (const eval::Property property : eval::allProperties()) names.emplace_back(eval::propertyName(property));
    names.emplace_back("all");
    return names;
}

}  // namespace

void ScoreOptions::addTo(CLI::App& command) {
    command.add_option("--rule", rule, "Scoring rule; all: by every rule")
        ->capture_default_str()
        ->check(CLI::IsMember(ruleNames()));
    command.add_flag("--confusion", confusion, "Counts of gold labels against predicted ones, O included");
    command.add_flag("--errors", errors, "Mistakes by kind and type: type, boundary, both, missed, spurious");
    command.add_flag("--surfaces", surfaces, "The strings that are missed or spurious most");
    command.add_option("--surface-rows", surfaceRows, "How many of them")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    command.add_option("--buckets", buckets, "F1 by a property of the entity or the post; several with commas, or all")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember(propertyNames()));
    command.add_option("--resamples", resampling.resamples, "Resamples of the posts for intervals")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    command.add_option("--swaps", resampling.swaps, "Swaps of approximate randomisation")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    command.add_option("--seed", resampling.seed, "Seed of both")->capture_default_str();
    CLI::Option* asCsv = command.add_flag("--csv", csv, "The tables as CSV, each under a line that begins with #");
    command.add_flag("--latex", latex, "The tables as LaTeX with booktabs")->excludes(asCsv);
}

std::vector<eval::Rule> ScoreOptions::rules() const {
    if (rule == "all") return {eval::allRules().begin(), eval::allRules().end()};
    const auto known = eval::ruleFromName(rule);
    if (!known) throw Error(ErrorCode::OptionInvalid, {"--rule", rule, "a scoring rule"});
    return {*known};
}

ScoreAnswer scoreAnswer(const workflow::ScoreSource& source, workflow::ScoreQuestion question,
                        const ScoreOptions& options, const Context& context) {
    question.resampling = options.resampling;
    AnswerMaker maker(source, question, options, context);
    maker.addScores(options.rules());
    maker.addErrors();
    maker.addSignificance();
    return maker.take();
}

void printAnswer(const ScoreAnswer& answer, const ScoreOptions& options, const Context& context) {
    if (!options.csv && !options.latex) return context.print(answer.body, answer.text);
    std::string out;
    for (const eval::ReportTable& table : answer.tables) {
        if (!out.empty()) out += "\n";
        if (options.csv) {
            std::string caption = table.caption;
            for (char& c : caption)
                if (static_cast<unsigned char>(c) < 0x20) c = ' ';
            out += "# " + caption + "\n" + eval::toCsv(table);
        } else {
            out += eval::toLatex(table);
        }
    }
    context.print(answer.body, out);
}

}  // namespace mnerva::app
