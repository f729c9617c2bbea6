#include "core/workflow/scores/slices.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json.h"

namespace mnerva::workflow {
namespace {

constexpr const char* kSetting = "slices";
constexpr std::size_t kMostBytes = 1 << 20;

std::string textOr(const nlohmann::json& value, const char* name) {
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

eval::Prf prfOfCounts(const eval::LayerScore& score, const std::vector<int>& posts) {
    int gold = 0, predicted = 0;
    double correct = 0;
    for (std::size_t i = 0, at = 0; i < score.posts.size() && at < posts.size();) {
        if (score.posts[i] != posts[at]) {
            score.posts[i] < posts[at] ? ++i : ++at;
            continue;
        }
        gold += score.counts[i].gold;
        predicted += score.counts[i].predicted;
        correct += score.counts[i].correct;
        ++i, ++at;
    }
    eval::Prf prf;
    prf.support = gold;
    prf.predicted = predicted;
    prf.correct = static_cast<int>(correct);
    prf.precision = predicted > 0 ? correct / predicted : 0;
    prf.recall = gold > 0 ? correct / gold : 0;
    prf.f1 = gold + predicted > 0 ? 2 * correct / (gold + predicted) : 0;
    return prf;
}

std::vector<int> placesOf(const ScoreSource& source, const ScoreTable& table, const FoundSlice& slice) {
    std::vector<int> posts = source.postsOf(table.question.split);
    std::erase_if(posts, [&](int post) {
        return !std::binary_search(slice.posts.begin(), slice.posts.end(), source.ids[static_cast<std::size_t>(post)]);
    });
    return posts;
}

}  // namespace

std::vector<Slice> readSlices(const project::Project& project) {
    const std::string text = project.setting(kSetting);
    std::vector<Slice> slices;
    if (text.empty() || text.size() > kMostBytes) return slices;
    const nlohmann::json body = tryParseJson(text);
    if (!body.is_array()) return slices;
    for (const nlohmann::json& one : body) {
        if (!one.is_object() || slices.size() >= kMostSlices) continue;
        Slice slice{textOr(one, "name"), textOr(one, "query")};
        if (slice.query.empty()) continue;
        if (slice.name.empty()) slice.name = slice.query;
        slices.push_back(std::move(slice));
    }
    return slices;
}

void storeSlices(project::Project& project, const std::vector<Slice>& slices) {
    nlohmann::json body = nlohmann::json::array();
    for (const Slice& slice : slices) body.push_back({{"name", slice.name}, {"query", slice.query}});
    project.setSetting(kSetting, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::vector<FoundSlice> findSlices(const project::Project& project, const std::vector<Slice>& slices) {
    const project::InfluenceSource influences = project::storedInfluences(project);
    std::vector<FoundSlice> found;
    for (const Slice& slice : slices) {
        FoundSlice one{slice, {}, {}};
        auto understood = project::understand(project, slice.query, influences);
        if (const auto* mistake = std::get_if<query::Mistake>(&understood)) {
            one.mistake = *mistake;
        } else {
            project::Finder finder(project, std::move(std::get<query::Query>(understood)), influences);
            while (finder.next(one.posts)) {
            }
            std::sort(one.posts.begin(), one.posts.end());
        }
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<SliceRow> sliceTable(const ScoreSource& source, const ScoreTable& table,
                                 const std::vector<FoundSlice>& slices) {
    std::vector<SliceRow> rows;
    const eval::Layer& reference = source.layer(table.question.reference).tags;
    for (const FoundSlice& slice : slices) {
        SliceRow row;
        row.posts = placesOf(source, table, slice);
        for (const SystemScore& system : table.rows) {
            const eval::Layer& layer = source.layer(system.layer).tags;
            const bool coversAny =
                std::any_of(row.posts.begin(), row.posts.end(), [&](int post) { return layer.covers(post); });
            if (!coversAny || !system.score.isScored)
                row.systems.emplace_back();
            else if (system.score.counts.size() == system.score.posts.size())
                row.systems.push_back(prfOfCounts(system.score, row.posts));
            else  // the rule is no sum over posts
                row.systems.push_back(
                    eval::scoreLayer(reference, layer, *source.table, source.texts, row.posts, table.question.rule)
                        .score.micro);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

eval::ReportTable slicesReport(const ScoreTable& table, const std::vector<FoundSlice>& slices,
                               const std::vector<SliceRow>& rows, int baseline, const std::string& caption) {
    eval::ReportTable out{"slices", "F1 of slices: " + caption, {"slice", "query", "posts"}, {}};
    for (std::size_t s = 0; s < table.rows.size(); ++s) {
        out.head.push_back(table.rows[s].layer + " F1");
        if (baseline >= 0 && s != static_cast<std::size_t>(baseline))
            out.head.push_back("change from " + table.rows[static_cast<std::size_t>(baseline)].layer);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<std::string> cells{
            slices[i].slice.name, slices[i].slice.query,
            slices[i].mistake ? query::sentenceOf(*slices[i].mistake) : std::to_string(rows[i].posts.size())};
        const eval::Prf* base = nullptr;
        if (baseline >= 0) {
            const auto& found = rows[i].systems[static_cast<std::size_t>(baseline)];
            base = found ? &*found : nullptr;
        }
        for (std::size_t s = 0; s < rows[i].systems.size(); ++s) {
            const auto& prf = rows[i].systems[s];
            cells.push_back(prf ? fmt::format("{:.4f}", prf->f1) : "");
            if (baseline >= 0 && s != static_cast<std::size_t>(baseline))
                cells.push_back(prf && base ? fmt::format("{:+.4f}", prf->f1 - base->f1) : "");
        }
        out.rows.push_back(std::move(cells));
    }
    return out;
}

}  // namespace mnerva::workflow
