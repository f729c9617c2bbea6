#include "core/workflow/scores/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/translatable.h"

namespace mnerva::workflow {
namespace {

using Kind = ScoreWarning::Kind;

/// SHA-256 of the reference's posts of the split; of several splits: of their fingerprints in order.
std::string fingerprintOf(const SourceLayer& reference, std::optional<Split> split) {
    const auto& known = reference.fingerprints;
    if (split) {
        const auto found = known.find(*split);
        return found == known.end() ? std::string() : found->second;
    }
    if (known.size() == 1) return known.begin()->second;
    Sha256 digest;
    for (const auto& [one, hex] : known) digest.add(hex);
    return known.empty() ? std::string() : digest.hex();
}

/// True where run.json tells the fingerprint of a split that gold and corrected now have otherwise.
bool sawOtherData(const ScoreSource& source, const protocol::RunRecord& record, std::optional<Split> split) {
    for (const Split one : {Split::Train, Split::Valid, Split::Test}) {
        if (split && *split != one) continue;
        const auto part = record.data.find(std::string(splitName(one)));
        if (part == record.data.end() || !part->is_object() || !part->contains("fingerprint")) continue;
        const auto& told = part->at("fingerprint");
        bool isKnown = false, isAny = false;
        for (const SourceLayer& layer : source.layers) {
            const auto found = layer.fingerprints.find(one);
            if (found == layer.fingerprints.end()) continue;
            isAny = true;
            isKnown |= told.is_string() && told.get_ref<const std::string&>() == found->second;
        }
        if (isAny && !isKnown) return true;
    }
    return false;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

/// Which layers keep a rule that looks at regions from giving figures: the reference, else those without.
void addRegionWarnings(ScoreTable& table, const ScoreSource& source) {
    if (!eval::needsRegions(table.question.rule)) return;
    const auto lacks = [&](const std::string& layer) { return !source.layer(layer).tags.tags().boxes; };
    const std::string& reference = table.question.reference;
    if (lacks(reference)) return table.warnings.push_back({Kind::NoRegions, {reference}});
    for (const SystemScore& row : table.rows)
        if (lacks(row.layer)) table.warnings.push_back({Kind::NoRegions, {row.layer}});
}

/// Runs whose test score is too high, as their training saw it.
void addLeaks(ScoreTable& table, const ScoreSource& source) {
    if (table.question.split != Split::Test) return;
    std::vector<std::string> layers;
    for (const SystemScore& row : table.rows)
        if (const auto& record = source.layer(row.layer).record;
            record && std::any_of(record->checks.begin(), record->checks.end(), protocol::leaksIntoTest))
            layers.push_back(row.layer);
    if (!layers.empty()) table.warnings.push_back({Kind::TestSeen, {joined(layers)}});
}

void addWarnings(ScoreTable& table, const ScoreSource& source) {
    std::set<std::vector<int>> scored;
    bool hasGold = false, isAnyScored = false;
    const int unknown = static_cast<int>(std::count(source.hasWords.begin(), source.hasWords.end(), 0));
    if (eval::needsWords(table.question.rule) && unknown > 0)
        table.warnings.push_back({Kind::WordsUnknown, {std::to_string(unknown)}});
    for (const SystemScore& row : table.rows) {
        if (!row.score.isScored) continue;
        isAnyScored = true;
        const SourceLayer& layer = source.layer(row.layer);
        scored.insert(row.score.posts);
        hasGold |= row.score.score.gold > 0;
        if (static_cast<int>(row.score.posts.size()) < table.posts)
            table.warnings.push_back(
                {Kind::PostsMissing, {row.layer, std::to_string(row.score.posts.size()), std::to_string(table.posts)}});
        for (const auto& [code, kind] :
             {std::pair("word-count-differs", Kind::WordCountDiffers), std::pair("gold-differs", Kind::GoldDiffers)})
            if (const int posts = layer.findings.count(code))
                table.warnings.push_back({kind, {row.layer, std::to_string(posts)}});
        if (layer.record && sawOtherData(source, *layer.record, table.question.split))
            table.warnings.push_back({Kind::OtherData, {row.layer}});
        std::vector<std::string> odd;
        for (const auto& [type, prf] : row.score.score.types)
            if (prf.support == 0 && prf.predicted > 0) odd.push_back(type);
        if (!odd.empty() && row.score.score.gold > 0)
            table.warnings.push_back({Kind::TypeNotInGold, {row.layer, joined(odd)}});
    }
    if (scored.size() > 1) table.warnings.insert(table.warnings.begin(), {Kind::OtherPosts, {}});
    addRegionWarnings(table, source);
    addLeaks(table, source);
    if (!hasGold && isAnyScored) table.warnings.insert(table.warnings.begin(), {Kind::NoGold, {}});
}

std::vector<std::string> typesOf(const std::vector<SystemScore>& rows, const ScoreSource& source) {
    std::map<std::string, int> support;
    for (const SystemScore& row : rows)
        for (const auto& [type, prf] : row.score.score.types) support[type] = std::max(support[type], prf.support);
    std::vector<std::string> types;
    for (const auto& [type, count] : support) types.push_back(type);
    const auto place = [&](const std::string& type) {
        const int id = source.table->types().find(type);
        return std::pair(id >= 0 && id < source.projectTypes ? id : source.projectTypes, -support[type]);
    };
    std::stable_sort(types.begin(), types.end(),
                     [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
    return types;
}

/// Posts whose words are known, where the rule needs them.
std::vector<int> askedPosts(const ScoreSource& source, const ScoreQuestion& question) {
    std::vector<int> posts = source.postsOf(question.split);
    if (posts.empty())
        throw Error(ErrorCode::SplitEmpty, {question.split ? std::string(splitName(*question.split)) : "all"});
    if (eval::needsWords(question.rule))
        std::erase_if(posts, [&](int post) { return source.hasWords[static_cast<std::size_t>(post)] == 0; });
    return posts;
}

}  // namespace

std::string_view warningTemplate(ScoreWarning::Kind kind) {
    switch (kind) {
        case Kind::PostsMissing:
            return MNERVA_TEXT("scores", "{0} has {1} of {2} posts; the others are left out of its row.");
        case Kind::WordCountDiffers:
            return MNERVA_TEXT("scores",
                               "{0} counts the words of {1} posts differently; they are left out of its row.");
        case Kind::GoldDiffers:
            return MNERVA_TEXT("scores", "{0} has other gold tags for {1} posts; they are left out of its row.");
        case Kind::WordsUnknown:
            return MNERVA_TEXT("scores", "The words of {0} posts are not known; this rule leaves them out.");
        case Kind::OtherData:
            return MNERVA_TEXT("scores", "{0} was trained when the posts or their tags were others than now.");
        case Kind::TypeNotInGold:
            return MNERVA_TEXT("scores", "{0} predicts types that gold does not have: {1}.");
        case Kind::OtherPosts:
            return MNERVA_TEXT("scores", "The rows are of different posts, so their figures cannot be compared.");
        case Kind::NoGold:
            return MNERVA_TEXT("scores", "The layer that counts as true has no entity here, so every score is 0.");
        case Kind::TestSeen:
            return MNERVA_TEXT(
                "scores",
                "Training saw posts of the test, or nearly the same ones: too high are the scores of {0}. "
                "Train shows them under Worth knowing.");
        case Kind::NoRegions:
            return MNERVA_TEXT("scores", "There are no regions in layer {0}, so this rule has no figures for it.");
    }
    return {};
}

std::string_view noRegionsText() {
    return MNERVA_TEXT("scores", "no regions in this layer");
}

ScoreTable scoreTable(const ScoreSource& source, const ScoreQuestion& question, const std::stop_token& stop) {
    ScoreTable table;
    table.question = question;
    const SourceLayer& reference = source.layer(question.reference);
    const std::vector<int> posts = askedPosts(source, question);
    table.posts = static_cast<int>(posts.size());
    table.fingerprint = fingerprintOf(reference, question.split);
    for (const std::string& name : question.layers) {
        if (stop.stop_requested()) throw Cancelled{};
        SystemScore row;
        row.layer = name;
        row.score = eval::scoreLayer(reference.tags, source.layer(name).tags, *source.table, source.texts, posts,
                                     question.rule);
        if (question.withIntervals && row.score.isScored && eval::isSumOverPosts(question.rule))
            row.interval = eval::bootstrapF1(row.score.counts, question.resampling, stop);
        table.rows.push_back(std::move(row));
    }
    table.types = typesOf(table.rows, source);
    addWarnings(table, source);
    return table;
}

LayerErrors layerErrors(const ScoreSource& source, const ScoreQuestion& question, const std::string& layer) {
    const eval::Layer &gold = source.layer(question.reference).tags, &predicted = source.layer(layer).tags;
    const eval::Reading reading = eval::entityReadingOf(question.rule);
    LayerErrors errors;
    const auto &goldBoxes = gold.tags().boxes, &boxes = predicted.tags().boxes;
    errors.looksAtRegions = eval::needsRegions(question.rule) && goldBoxes && boxes;
    if (eval::needsRegions(question.rule) && !errors.looksAtRegions) return errors;
    errors.posts = eval::postsInBoth(gold, predicted, source.postsOf(question.split));
    errors.units = eval::unitsOf(gold.chunks(reading), predicted.chunks(reading), errors.posts);
    if (errors.looksAtRegions)
        for (eval::Unit& unit : errors.units) {
            const auto post = static_cast<std::size_t>(unit.post);
            unit.isMisplaced = unit.gold == unit.predicted &&
                               !eval::isRegionRight(goldBoxes->of(post), boxes->of(post), unit.first, unit.last);
        }
    errors.mistakes =
        eval::mistakesOf(gold.chunks(reading), predicted.chunks(reading), errors.posts, source.table->types());
    return errors;
}

eval::Confusion confusionOf(const ScoreSource& source, const LayerErrors& errors) {
    return eval::Confusion(errors.units, source.table->types().size());
}

std::vector<eval::SurfaceRow> surfacesOf(const ScoreSource& source, const LayerErrors& errors) {
    std::vector<eval::Unit> units = errors.units;
    std::erase_if(units, [&](const eval::Unit& u) { return source.hasWords[static_cast<std::size_t>(u.post)] == 0; });
    return eval::surfacesOf(units, source.texts, source.table->types());
}

namespace {

/// Units of all layers, each place once, whichever layer names it.
std::vector<eval::Unit> placesOf(std::span<const LayerErrors> errors) {
    std::vector<eval::Unit> all;
    for (const LayerErrors& one : errors) all.insert(all.end(), one.units.begin(), one.units.end());
    const auto place = [](const eval::Unit& u) { return std::tuple(u.post, u.first, u.last, u.gold); };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    all.erase(std::unique(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
              all.end());
    return all;
}

}  // namespace

BucketTable bucketTable(const ScoreSource& source, const ScoreQuestion& question, std::span<const LayerErrors> errors,
                        eval::Property property, const std::stop_token& stop) {
    BucketTable table;
    table.property = property;
    std::vector<eval::Unit> all = placesOf(errors);
    const eval::ChunkLists& gold = source.layer(question.reference).tags.chunks(eval::entityReadingOf(question.rule));
    const bool needsTraining = eval::needsTraining(property);
    const std::vector<int> training = needsTraining ? source.postsOf(Split::Train) : std::vector<int>{};
    const eval::TrainingIndex index(source.texts, *source.words, training, gold,
                                    needsTraining ? std::span<const eval::Unit>(all) : std::span<const eval::Unit>());
    eval::PropertySource from{source.texts, *source.words, source.facts, gold, index};
    std::vector<std::vector<double>> values;
    std::vector<double> ofAll;
    if (!eval::isOfRun(property)) ofAll = eval::valuesOf(property, all, from);
    if (eval::isOfRun(property)) all.clear();
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const SourceLayer& layer = source.layer(question.layers[i]);
        from.effects = layer.effects ? &*layer.effects : nullptr;
        from.relevance = layer.relevance;
        values.push_back(eval::valuesOf(property, errors[i].units, from));
        if (!eval::isOfRun(property)) continue;
        all.insert(all.end(), errors[i].units.begin(), errors[i].units.end());
        ofAll.insert(ofAll.end(), values.back().begin(), values.back().end());
    }
    table.ranges = eval::rangesOf(property, all, ofAll);
    for (std::size_t i = 0; i < errors.size(); ++i) {
        table.leftOut += static_cast<int>(
            std::count_if(values[i].begin(), values[i].end(), [](double value) { return value != value; }));
        table.layers.push_back(eval::bucketsOf(errors[i].units, values[i], table.ranges, question.resampling, stop));
    }
    return table;
}

std::optional<ConfidenceCheck> reliabilityOfLayer(const ScoreSource& source, const ScoreQuestion& question,
                                                  const std::string& layer) {
    const eval::Layer& gold = source.layer(question.reference).tags;
    const SourceLayer& predicted = source.layer(layer);
    if (predicted.confident.posts() != source.ids.size()) return std::nullopt;
    const eval::ChunkLists& chunks = gold.chunks(eval::entityReadingOf(question.rule));
    const eval::NameTable& types = source.table->types();
    std::vector<eval::ConfidenceSample> samples;
    std::vector<int> postOf;
    for (const int post : eval::postsInBoth(gold, predicted.tags, source.postsOf(question.split))) {
        const auto at = static_cast<std::size_t>(post);
        const auto wanted = chunks.of(at);
        for (const Entity& entity : predicted.confident.of(at)) {
            const eval::Chunk chunk{entity.first, entity.last, types.find(entity.type)};
            samples.push_back({*entity.confidence, std::find(wanted.begin(), wanted.end(), chunk) != wanted.end()});
            postOf.push_back(post);
        }
    }
    if (samples.empty()) return std::nullopt;
    ConfidenceCheck out{eval::reliabilityOf(samples), {}, {}};
    const auto bins = out.found.bins.size();
    out.posts.resize(bins);
    out.wrongPosts.resize(bins);
    const auto addOnce = [](std::vector<int>& posts, int post) {
        if (posts.empty() || posts.back() != post) posts.push_back(post);
    };
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::size_t bin = 0;
        while (bin + 1 < bins && samples[i].confidence >= out.found.bins[bin].to) ++bin;
        addOnce(out.posts[bin], postOf[i]);
        if (!samples[i].right) addOnce(out.wrongPosts[bin], postOf[i]);
    }
    return out;
}

std::optional<eval::Comparison> compareScores(const eval::LayerScore& first, const eval::LayerScore& second,
                                              const eval::ResamplingOptions& options, const std::stop_token& stop) {
    if (!first.isScored || !second.isScored) return std::nullopt;
    if (first.counts.size() != first.posts.size() || second.counts.size() != second.posts.size()) return std::nullopt;
    std::vector<eval::PostCounts> a, b;
    for (std::size_t i = 0, j = 0; i < first.posts.size() && j < second.posts.size();) {
        if (first.posts[i] == second.posts[j]) {
            a.push_back(first.counts[i++]);
            b.push_back(second.counts[j++]);
        } else if (first.posts[i] < second.posts[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    return eval::compareF1(a, b, options, stop);
}

std::optional<eval::Comparison> compareLayers(const ScoreSource& source, const ScoreQuestion& question,
                                              const std::string& first, const std::string& second,
                                              const std::stop_token& stop) {
    if (!eval::isSumOverPosts(question.rule)) return std::nullopt;
    const eval::Layer& gold = source.layer(question.reference).tags;
    const std::vector<int> posts = askedPosts(source, question);
    const auto score = [&](const std::string& name) {
        return eval::scoreLayer(gold, source.layer(name).tags, *source.table, source.texts, posts, question.rule);
    };
    return compareScores(score(first), score(second), question.resampling, stop);
}

std::vector<std::vector<std::string>> seedGroups(const ScoreSource& source) {
    std::map<std::string, std::vector<std::string>> groups;
    std::vector<std::string> order;
    for (const SourceLayer& layer : source.layers) {
        if (!layer.record || layer.record->system.empty()) continue;
        const protocol::RunRecord& record = *layer.record;
        nlohmann::json options = record.options;
        if (options.is_object()) options.erase("seed");
        const nlohmann::json same{record.system, record.variant, record.encoder, record.resnet,
                                  record.boxes,  options,        record.data};
        const std::string key = same.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (groups[key].empty()) order.push_back(key);
        groups[key].push_back(layer.name);
    }
    std::vector<std::vector<std::string>> out;
    for (const std::string& key : order)
        if (groups[key].size() > 1) out.push_back(groups[key]);
    return out;
}

std::vector<SeedGroup> seedScores(const ScoreSource& source, const ScoreTable& table) {
    std::vector<SeedGroup> groups;
    for (const std::vector<std::string>& names : seedGroups(source)) {
        SeedGroup group;
        std::vector<double> precision, recall, f1;
        for (const SystemScore& row : table.rows) {
            if (std::find(names.begin(), names.end(), row.layer) == names.end() || !row.score.isScored) continue;
            const auto& record = source.layer(row.layer).record;
            group.layers.push_back(row.layer);
            group.seeds.push_back(record && !record->seed.is_null()
                                      ? record->seed.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                                      : "?");
            precision.push_back(row.score.score.micro.precision);
            recall.push_back(row.score.score.micro.recall);
            f1.push_back(row.score.score.micro.f1);
        }
        if (f1.size() < 2) continue;
        group.precision = eval::meanSd(precision);
        group.recall = eval::meanSd(recall);
        group.f1 = eval::meanSd(f1);
        std::tie(group.least, group.most) =
            std::pair(*std::min_element(f1.begin(), f1.end()), *std::max_element(f1.begin(), f1.end()));
        groups.push_back(std::move(group));
    }
    return groups;
}

CaptionFacts captionFactsOf(const ScoreSource& source, const ScoreQuestion& question) {
    CaptionFacts facts{question, {}, {}};
    if (const SourceLayer* reference = source.find(question.reference))
        facts.fingerprint = fingerprintOf(*reference, question.split).substr(0, 12);
    for (const std::string& name : question.layers) {
        const SourceLayer* layer = source.find(name);
        if (!layer || !layer->record || layer->record->seed.is_null()) continue;
        facts.seeds.push_back(layer->record->seed.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return facts;
}

std::string captionOf(const ScoreSource& source, const ScoreQuestion& question) {
    const CaptionFacts facts = captionFactsOf(source, question);
    std::string caption =
        fmt::format("rule {}; layers {} against {}; split {}", eval::ruleName(question.rule), joined(question.layers),
                    question.reference, question.split ? splitName(*question.split) : "all");
    if (!facts.fingerprint.empty()) caption += "; data " + facts.fingerprint;
    if (!facts.seeds.empty()) caption += "; seeds " + joined(facts.seeds);
    return caption +
           fmt::format("; {} resamples of posts, seed {}", question.resampling.resamples, question.resampling.seed);
}

}  // namespace mnerva::workflow
