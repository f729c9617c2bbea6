#include <algorithm>

#include "core/models/model/inference_internal.h"
#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/model/span_paths_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {
namespace {

/// Classes that carry a chunk on after a word tagged `last`, by the lenient rule of models.md 2.2 (a).
std::vector<int> continuingClasses(const std::vector<std::string>& classes, int last) {
    const text::TagParts end = text::splitTag(classes[static_cast<std::size_t>(last)]);
    std::vector<int> out;
    if (end.prefix == "E" || end.prefix == "S") return out;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const text::TagParts next = text::splitTag(classes[i]);
        const bool inside = next.prefix == "I" || next.prefix == "M" || next.prefix == "E";
        if (inside && next.type == end.type) out.push_back(static_cast<int>(i));
    }
    return out;
}

/// Confidence: probability of the run's tags, less the cases in which the next word carries it on.
void addConfidence(nn::TagDecoder& decoder, const Batch& batch, const torch::Tensor& emissions,
                   const Question& question, const UnitClasses& best, Answers& out) {
    struct Owner {
        std::size_t post, entity;
        double sign;
    };
    std::vector<nn::TagRun> runs;
    std::vector<Owner> owners;
    for (std::size_t b = 0; b < question.posts.size(); ++b) {
        const EncodedPost& post = *question.posts[b];
        // In X mode the last unit is [SEP], which no chunk goes on in.
        const int lastUnit = static_cast<int>(best[b].size()) - (question.mode == UnitMode::Pieces ? 1 : 0);
        for (std::size_t e = 0; e < out.entities[b].size(); ++e) {
            const Entity& entity = out.entities[b][e];
            const UnitRange first = unitsOfWord(post, entity.first, question.mode);
            const UnitRange last = unitsOfWord(post, entity.last, question.mode);
            const int end = last.first + last.count;
            nn::TagRun run{static_cast<int>(b), first.first, {}};
            for (int unit = first.first; unit < end; ++unit)
                run.tags.push_back(best[b][static_cast<std::size_t>(unit)]);
            runs.push_back(run);
            owners.push_back({b, e, 1});
            if (end >= lastUnit) continue;
            run.tags.push_back(0);
            for (int next : continuingClasses(question.classes, best[b][static_cast<std::size_t>(last.first)])) {
                run.tags.back() = next;
                runs.push_back(run);
                owners.push_back({b, e, -1});
            }
        }
    }
    const std::vector<double> probabilities = decoder.runProbabilities(emissions, batch.text.unitMask, runs);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Entity& entity = out.entities[owners[i].post][owners[i].entity];
        entity.confidence = std::clamp(entity.confidence.value_or(0) + owners[i].sign * probabilities[i], 0.0, 1.0);
    }
}

/// y of each target of each post; kNeverSaid of one that the system cannot say.
std::vector<std::vector<double>> targetsOf(nn::TagDecoder& decoder, const Batch& batch, const torch::Tensor& emissions,
                                           const Question& question) {
    const torch::NoGradGuard noGradient;
    std::vector<std::vector<double>> out(question.posts.size());
    for (std::size_t b = 0; b < question.posts.size(); ++b) {
        const auto row = static_cast<std::int64_t>(b);
        for (const Entity& target : question.targets->at(b)) {
            const auto paths = spanPathsOf(*question.posts[b], target, question.classes, question.mode);
            const double y = paths ? decoder
                                         .spanLogProbability(emissions.narrow(0, row, 1),
                                                             batch.text.unitMask.narrow(0, row, 1), *paths)
                                         .item<double>()
                                   : kNeverSaid;
            out[b].push_back(std::max(y, kNeverSaid));
        }
    }
    return out;
}

}  // namespace

Answers SequenceTagger::answer(const Batch& batch, const Question& question) {
    Forward found = forward(batch, question.explain);
    const torch::Tensor emissions = found.emissions;
    Answers out;
    out.explanation = std::move(static_cast<Explanation&>(found));
    const UnitClasses best = decoder().bestTags(emissions, batch.text.unitMask);
    out.classes = wordClasses(best, question.posts, question.mode, outsideClass(question.classes));
    for (const std::vector<int>& words : out.classes) {
        std::vector<std::string> tags;
        for (int word : words) {
            const std::string& tag = question.classes[static_cast<std::size_t>(word)];
            tags.push_back(isSpecialTag(tag) ? "O" : tag);
        }
        out.entities.push_back(entitiesFromTags(tags));
    }
    if (question.confidence) addConfidence(decoder(), batch, emissions, question, best, out);
    if (question.targets) out.targets = targetsOf(decoder(), batch, emissions, question);
    if (question.marginals) out.marginals = decoder().marginals(emissions, batch.text.unitMask);
    return out;
}

}  // namespace mnerva::models
