#include "core/workflow/statistics.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/mner_writer.h"
#include "core/workflow/project_impl.h"

namespace mnerva::workflow {
namespace {

void countEntities(SplitStatistics& counted, const std::vector<std::string>& tags) {
    const std::vector<Entity> entities = entitiesFromTags(tags);
    counted.postsWithoutEntity += entities.empty();
    for (const Entity& entity : entities) {
        ++counted.entities;
        ++counted.types[entity.type];
        const std::string_view prefix = text::splitTag(tags[static_cast<std::size_t>(entity.first)]).prefix;
        if (prefix == "B" || prefix == "S") {
            ++counted.entitiesBeginOnly;
            ++counted.typesBeginOnly[entity.type];
        } else {
            ++counted.orphanInside;
        }
    }
}

std::vector<std::string> canonical(const std::vector<std::string>& tags) {
    std::vector<std::string> out;
    out.reserve(tags.size());
    for (const std::string& tag : tags) out.push_back(text::canonicalTag(tag));
    return out;
}

}  // namespace

std::map<Split, SplitStatistics> statistics(const Project& project, const std::string& layer) {
    const Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    const bool isRun = impl.layerOrThrow(layer).kind == "run";
    const text::TagScheme scheme = project.labels().scheme;
    std::map<Split, SplitStatistics> counted;
    for (const auto& [split, posts] : project.info().postsOfSplit) {
        SplitStatistics& ofSplit = counted[split];
        std::unordered_set<std::string> ids;
        std::string bytes;
        eachInLayer(impl, layer, split,
                    [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
                        if (isRun && !isCovered) return true;
                        const auto tags = tagsInLayer(stored, entities, layer, isCovered, scheme);
                        const int words = static_cast<int>(stored.post.words.size());
                        ++ofSplit.posts;
                        ofSplit.words += words;
                        ofSplit.correctedPosts += stored.corrected;
                        ofSplit.maxWords = std::max(ofSplit.maxWords, words);
                        ofSplit.repeatedImageIds += !ids.insert(stored.post.externalId).second;
                        countEntities(ofSplit, tags);
                        io::appendMnerPost(bytes, stored.post, tags);
                        return true;
                    });
        ofSplit.fingerprint = sha256(bytes);
    }
    return counted;
}

eval::Score evaluateLayer(const Project& project, const std::string& layer, const std::string& gold,
                          std::optional<Split> split, eval::Rule rule) {
    const Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    impl.layerOrThrow(layer);
    const bool isRun = impl.layerOrThrow(layer).kind == "run";
    const text::TagScheme scheme = project.labels().scheme;
    const std::vector<std::vector<std::string>> truth = project.tags(gold, split);
    eval::Scorer scorer(rule, scheme);
    std::size_t row = 0;
    int scored = 0;
    eachInLayer(impl, layer, split,
                [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
                    const std::vector<std::string>& expected = truth[row++];
                    if (isRun && !isCovered) return true;
                    scorer.add(canonical(expected), canonical(tagsInLayer(stored, entities, layer, isCovered, scheme)));
                    ++scored;
                    return true;
                });
    if (scored == 0) throw Error(ErrorCode::SplitEmpty, {split ? std::string(splitName(*split)) : "all"});
    return scorer.score();
}

std::optional<eval::Reliability> layerReliability(const Project& project, const std::string& layer,
                                                  const std::string& gold, std::optional<Split> split) {
    const Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    if (impl.layerOrThrow(layer).kind != "run") return std::nullopt;
    const std::vector<std::vector<std::string>> truth = project.tags(gold, split);
    std::vector<eval::ConfidenceSample> samples;
    std::size_t row = 0;
    eachInLayer(impl, layer, split, [&](const store::StoredPost&, const std::vector<Entity>& entities, bool isCovered) {
        const std::vector<Entity> expected = entitiesFromTags(truth[row++]);
        if (!isCovered) return true;
        for (const Entity& entity : entities)
            if (entity.confidence)
                samples.push_back(
                    {*entity.confidence, std::find(expected.begin(), expected.end(), entity) != expected.end()});
        return true;
    });
    if (samples.empty()) return std::nullopt;
    return eval::reliabilityOf(samples);
}

}  // namespace mnerva::workflow
