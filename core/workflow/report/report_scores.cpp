#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"
#include "core/domain/palette.h"
#include "core/text/html_text.h"
#include "core/workflow/report/report_internal.h"
#include "core/workflow/scores/score_report.h"

namespace mnerva::workflow::report {
namespace {

using text::htmlText;

constexpr std::array kKinds{eval::ErrorKind::Type, eval::ErrorKind::Boundary, eval::ErrorKind::BoundaryAndType,
                            eval::ErrorKind::Missed, eval::ErrorKind::Spurious};

/// Of kKinds, as in the window.
std::vector<std::string> kindColours() {
    std::vector<std::string> colours;
    for (int kind = 0; kind < static_cast<int>(kKinds.size()); ++kind)
        colours.push_back(colourText(mistakeColour(kind)));
    return colours;
}

constexpr std::array kProperties{eval::Property::SpanWords,         eval::Property::Capitalisation,
                                 eval::Property::TrainingFrequency, eval::Property::SeenWithOtherType,
                                 eval::Property::PostWords,         eval::Property::HasPicture,
                                 eval::Property::PictureEffect};

struct Scored {
    const ScoreSource& source;
    ScoreQuestion question;
    const std::string& layer;
    LabelSet labels;  ///< of the project: they give the types their colours
    std::string caption;
    LayerErrors errors;
};

void addRules(Page& page, const Scored& scored, const std::stop_token& stop) {
    page.section("Scores under every rule");
    page.note(scored.caption);
    std::vector<std::vector<std::string>> rows;
    for (const eval::Rule rule : eval::allRules()) {
        ScoreQuestion question = scored.question;
        question.rule = rule;
        const ScoreTable table = scoreTable(scored.source, question, stop);
        const SystemScore& row = table.rows.front();
        const eval::Score& score = row.score.score;
        if (!row.score.isScored) {
            rows.push_back({std::string(eval::ruleName(rule)), std::string(noRegionsText()), "", "", "", "", "", ""});
            continue;
        }
        const auto percent = [](double value) { return numberText(100 * value, 2); };
        rows.push_back({std::string(eval::ruleName(rule)), percent(score.micro.precision), percent(score.micro.recall),
                        percent(score.micro.f1),
                        row.interval ? percent(row.interval->low) + " to " + percent(row.interval->high) : "",
                        percent(score.macro.f1), percent(score.weighted.f1), std::to_string(row.score.posts.size())});
    }
    page.table({"rule", "P", "R", "F1", "95 % interval", "macro F1", "weighted F1", "posts"}, rows);
}

void addTypes(Page& page, const Scored& scored, const ScoreTable& table) {
    page.section("Types, confusion and mistakes");
    for (const ScoreWarning& warning : table.warnings)
        page.note(fillTemplate(warningTemplate(warning.kind), warning.args));
    eval::ReportTable types = typesReport(table, scored.caption);
    types.head.erase(types.head.begin());
    for (auto& row : types.rows) row.erase(row.begin());
    page.table(types);
    page.note("Gold in rows, prediction in columns; O: the side has no entity there.");
    page.table(confusionReport(scored.source, scored.errors, scored.layer, scored.caption));
    std::vector<std::string> series;
    for (const eval::ErrorKind kind : kKinds) series.emplace_back(eval::errorKindName(kind));
    std::vector<Bar> bars;
    for (const ErrorRow& row : errorRows(scored.source, scored.errors)) {
        Bar bar{row.type == eval::Unit::kNone ? "all" : scored.source.table->types().name(row.type), {}};
        for (const eval::ErrorKind kind : kKinds) bar.counts.push_back(row.kinds[static_cast<int>(kind)]);
        bars.push_back(std::move(bar));
    }
    page.drawing(stackedBars(series, kindColours(), bars), "Mistakes by kind and type");
    page.table(errorsReport(scored.source, scored.errors, scored.layer, scored.caption));
}

void addBuckets(Page& page, const Scored& scored, const std::stop_token& stop) {
    page.section("F1 by property");
    page.note(scored.caption);
    for (const eval::Property property : kProperties) {
        const BucketTable table =
            bucketTable(scored.source, scored.question, std::span(&scored.errors, 1), property, stop);
        std::vector<Dot> dots;
        for (std::size_t i = 0; i < table.ranges.size(); ++i) {
            const eval::Bucket& bucket = table.layers.front()[i];
            Dot dot{eval::bucketName(property, table.ranges[i], scored.source.table->types()),
                    fmt::format("n = {}", bucket.prf.support),
                    bucket.prf.f1,
                    {}};
            if (bucket.interval) dot.interval = {bucket.interval->low, bucket.interval->high};
            dots.push_back(std::move(dot));
        }
        if (dots.empty())
            page.note(fmt::format("{}: not known of these posts or of this run.", eval::propertyTitle(property)));
        else
            page.drawing(intervalChart(dots),
                         fmt::format("F1 by {}, with 95 % intervals", eval::propertyTitle(property)));
    }
}

std::string entitiesHtml(const Scored& scored, int post, bool ofGold) {
    std::string out;
    for (const eval::Unit& unit : scored.errors.units) {
        const int type = ofGold ? unit.gold : unit.predicted;
        if (unit.post != post || type == eval::Unit::kNone) continue;
        const std::string& name = scored.source.table->types().name(type);
        out += fmt::format("<span class=\"{}\"><bdi>{}</bdi> <b style=\"color:{}\">{}</b></span> ",
                           unit.isRight() ? "right" : "wrong",
                           htmlText(scored.source.texts.text(static_cast<std::size_t>(post), unit.first, unit.last)),
                           colourText(typeColour(name, scored.labels)), htmlText(name));
    }
    return out.empty() ? "nothing" : out;
}

void addWorstPosts(Page& page, const Scored& scored, int most) {
    page.section("Posts with most mistakes");
    std::map<int, int> mistakes;
    for (const eval::Mistake& one : scored.errors.mistakes) ++mistakes[one.post];
    std::vector<std::pair<int, int>> posts(mistakes.begin(), mistakes.end());
    std::stable_sort(posts.begin(), posts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (posts.empty()) page.note("There is none.");
    for (std::size_t i = 0; i < posts.size() && i < static_cast<std::size_t>(std::max(0, most)); ++i) {
        const auto at = static_cast<std::size_t>(posts[i].first);
        const int words = static_cast<int>(scored.source.texts.words.of(at).size());
        const std::string text =
            scored.source.hasWords[at] && words > 0 ? scored.source.texts.text(at, 0, words - 1) : std::string();
        page.markup("<div class=\"post\"><p><bdi>" + htmlText(text) + "</bdi> <span class=\"note\"><bdi>" +
                    htmlText(scored.source.externalIds[at]) + "</bdi></span></p>\n<p>" +
                    htmlText(scored.question.reference) + ": " + entitiesHtml(scored, posts[i].first, true) +
                    "<br/><bdi>" + htmlText(scored.layer) + "</bdi>: " + entitiesHtml(scored, posts[i].first, false) +
                    "</p></div>\n");
    }
}

}  // namespace

void addScores(Page& page, const project::Project& project, const StoredRun& run, const RunReportOptions& options,
               const std::stop_token& stop) {
    const auto layers = project.layers();
    const bool isStored = std::any_of(layers.begin(), layers.end(), [&](const project::LayerInfo& layer) {
        return layer.name == run.name && layer.posts > 0;
    });
    if (!isStored) {
        page.section("Scores");
        return page.note(
            "The project holds no predictions of this run, so there are no scores by rule, no confusion, no mistakes, "
            "no "
            "buckets and no posts. mnerva-cli predict stores them.");
    }
    const ScoreSource source = readScoreSource(project, std::vector<std::string>{run.name}, stop);
    Scored scored{source, {}, run.name, project.labels(), {}, {}};
    scored.question.layers = {run.name};
    scored.question.resampling = options.resampling;
    for (const int post : source.postsOf(Split::Test))
        if (source.layer(run.name).tags.covers(post)) scored.question.split = Split::Test;
    scored.caption = captionOf(source, scored.question);
    scored.errors = layerErrors(source, scored.question, run.name);
    addRules(page, scored, stop);
    addTypes(page, scored, scoreTable(source, scored.question, stop));
    addBuckets(page, scored, stop);
    page.section("Strings missed or spurious most");
    page.table(
        surfacesReport(source, surfacesOf(source, scored.errors), options.surfaceRows, run.name, scored.caption));
    addWorstPosts(page, scored, options.worstPosts);
}

}  // namespace mnerva::workflow::report
