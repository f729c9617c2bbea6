#include "core/workflow/quality/statistics.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/mner_writer.h"
#include "core/project/project_internal.h"

namespace mnerva::workflow {
namespace {

void countEntities(SplitStatistics& counted, const std::vector<std::string>& tags, text::TagScheme scheme) {
    const std::vector<Entity> entities = entitiesFromTags(tags);
    counted.postsWithoutEntity += entities.empty();
    for (const Entity& entity : entities) {
        ++counted.entities;
        ++counted.types[entity.type];
        // In IOB1 an I- opens an entity, and B- only one that follows another of its type.
        if (scheme == text::TagScheme::Iob1 || text::opensEntity(tags[static_cast<std::size_t>(entity.first)])) {
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

/// One post as `export` writes it; `bytes` is only kept to be used again.
void addToFingerprint(Sha256& digest, std::string& bytes, const Post& post, const std::vector<std::string>& tags) {
    bytes.clear();
    formats::appendMnerPost(bytes, post, tags);
    digest.add(bytes);
}

/// Calls `use(stored, tags)` for every post of a split that the layer has.
template <class Use>
void eachCovered(const project::Project& project, const std::string& layer, std::optional<Split> split,
                 const std::stop_token& stop, Use&& use) {
    const project::Project::Impl& impl = project.impl();
    const bool isRun = impl.layerOrThrow(layer).isPartial();
    const text::TagScheme scheme = project.labels().scheme;
    project::eachInLayer(impl, layer, split,
                         [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
                             if (stop.stop_requested()) throw Cancelled{};
                             if (!isRun || isCovered)
                                 use(stored, project::tagsInLayer(stored, entities, layer, isCovered, scheme));
                             return true;
                         });
}

}  // namespace

std::map<Split, SplitStatistics> statistics(const project::Project& project, const std::string& layer,
                                            const std::stop_token& stop) {
    const auto snapshot = project.holdSnapshot();
    project.impl().layerOrThrow(layer);
    const text::TagScheme scheme = project.labels().scheme;
    std::map<Split, SplitStatistics> counted;
    for (const auto& [split, posts] : project.info().postsOfSplit) {
        SplitStatistics& ofSplit = counted[split];
        std::unordered_set<std::string> ids;
        std::string bytes;
        Sha256 digest;
        eachCovered(project, layer, split, stop,
                    [&](const store::StoredPost& stored, const std::vector<std::string>& tags) {
                        const int words = static_cast<int>(stored.post.words.size());
                        ++ofSplit.posts;
                        ofSplit.words += words;
                        ofSplit.correctedPosts += stored.corrected;
                        ofSplit.maxWords = std::max(ofSplit.maxWords, words);
                        ofSplit.repeatedImageIds += !ids.insert(stored.post.externalId).second;
                        countEntities(ofSplit, tags, scheme);
                        addToFingerprint(digest, bytes, stored.post, tags);
                    });
        ofSplit.fingerprint = digest.hex();
    }
    return counted;
}

std::string layerFingerprint(const project::Project& project, const std::string& layer, Split split,
                             const std::stop_token& stop) {
    const auto snapshot = project.holdSnapshot();
    Sha256 digest;
    std::string bytes;
    eachCovered(project, layer, split, stop,
                [&](const store::StoredPost& stored, const std::vector<std::string>& tags) {
                    addToFingerprint(digest, bytes, stored.post, tags);
                });
    return digest.hex();
}

LayerCoverage layerCoverage(const project::Project& project, const std::string& layer, std::optional<Split> split,
                            const std::stop_token& stop) {
    const project::Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    const bool isRun = impl.layerOrThrow(layer).isPartial();
    LayerCoverage out;
    project::eachInLayer(impl, layer, split,
                         [&](const store::StoredPost& stored, const std::vector<Entity>&, bool isCovered) {
                             if (stop.stop_requested()) throw Cancelled{};
                             ++out.posts;
                             if (!isRun || isCovered)
                                 ++out.covered;
                             else
                                 out.leftOut.add({"not-in-layer", layer, 0, stored.post.externalId});
                             return true;
                         });
    return out;
}

eval::Score evaluateLayer(const project::Project& project, const std::string& layer, const std::string& gold,
                          std::optional<Split> split, eval::Rule rule, const std::stop_token& stop) {
    const project::Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    impl.layerOrThrow(layer);
    const bool isRun = impl.layerOrThrow(layer).isPartial();
    const text::TagScheme scheme = project.labels().scheme;
    const std::vector<std::vector<std::string>> truth = project.tags(gold, split);
    const project::RawTags rawTags = isRun ? project::rawTagsOf(impl, layer) : project::RawTags{};
    const text::TagScheme predictedScheme = project::schemeOf(rawTags, scheme);
    eval::Scorer scorer(rule, scheme, predictedScheme);
    std::size_t row = 0;
    int scored = 0;
    project::eachInLayer(
        impl, layer, split, [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
            if (stop.stop_requested()) throw Cancelled{};
            const std::vector<std::string>& expected = truth[row++];
            if (isRun && !isCovered) return true;
            scorer.add(canonical(expected),
                       canonical(project::predictedTags(stored, entities, layer, isCovered, predictedScheme, rawTags)));
            ++scored;
            return true;
        });
    if (scored == 0) throw Error(ErrorCode::SplitEmpty, {split ? std::string(splitName(*split)) : "all"});
    return scorer.score();
}

std::optional<eval::Reliability> layerReliability(const project::Project& project, const std::string& layer,
                                                  const std::string& gold, std::optional<Split> split) {
    const project::Project::Impl& impl = project.impl();
    const auto snapshot = project.holdSnapshot();
    if (impl.layerOrThrow(layer).kind != "run") return std::nullopt;
    const std::vector<std::vector<std::string>> truth = project.tags(gold, split);
    std::vector<eval::ConfidenceSample> samples;
    std::size_t row = 0;
    project::eachInLayer(
        impl, layer, split, [&](const store::StoredPost&, const std::vector<Entity>& entities, bool isCovered) {
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
