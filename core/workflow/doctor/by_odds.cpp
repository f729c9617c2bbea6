#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/eval/entity_doubts.h"
#include "core/eval/errors.h"
#include "core/eval/label_errors.h"
#include "core/workflow/doctor/doctor_internal.h"

namespace mnerva::workflow::detail {
namespace {

constexpr std::int64_t kPostsBetweenReports = 500;

/// The odds of a post, where there are any that fit it.
const WordOdds* oddsOf(const Ward& ward, const Post& post) {
    const auto found = ward.input.odds.find(post.id);
    const bool fits = found != ward.input.odds.end() &&
                      found->second.probabilities.size() == post.words.size() * ward.input.classes.size();
    return fits && !post.words.empty() ? &found->second : nullptr;
}

/// Adds a post's words to those that the confident joint counts; gives the post's score.
double addWords(eval::GivenWords& words, const std::vector<int>& classes, const WordOdds& odds) {
    std::vector<double> scores;
    const auto width = static_cast<std::size_t>(words.classes);
    for (std::size_t w = 0; w < classes.size(); ++w) {
        const std::span<const float> row(odds.probabilities.data() + w * width, width);
        scores.push_back(classes[w] < 0 ? 0 : eval::selfConfidence(row, classes[w]));
        if (classes[w] < 0) continue;
        words.given.push_back(classes[w]);
        words.probabilities.insert(words.probabilities.end(), row.begin(), row.end());
    }
    return eval::softminScore(scores);
}

void addDoubt(Ward& ward, const Patient& patient, const eval::EntityDoubt& doubt, double postScore, bool isInSample) {
    const std::string queue(eval::doubtReasonName(doubt.reason));
    Suspect suspect = doubt.given ? ward.suspect(patient, queue, *doubt.given)
                                  : ward.suspect(patient, queue, doubt.suggested->first, doubt.suggested->last);
    if (!doubt.given) suspect.verdict = {"no-entity", suspect.first, suspect.last, doubt.suggested->type};
    suspect.suggested = doubt.suggested;
    suspect.saysNone = !doubt.suggested;
    // By p_j - p_k, as words are ranked: a system that only knows little of a name doubts it, but proposes nothing.
    suspect.score = (1 + doubt.support - doubt.score) / 2;
    suspect.selfConfidence = doubt.score;
    suspect.postScore = postScore;
    suspect.isInSample = isInSample;
    ward.report.suspects.push_back(std::move(suspect));
}

/// Entities that every one of these layers has.
std::vector<Entity> consensusOf(const std::vector<const std::vector<Entity>*>& layers) {
    std::vector<Entity> out;
    for (const Entity& entity : *layers.front())
        if (std::all_of(layers.begin(), layers.end(), [&](const auto* layer) {
                return std::find(layer->begin(), layer->end(), entity) != layer->end();
            }))
            out.push_back({entity.type, entity.first, entity.last, {}});
    return out;
}

/// What all layers say in place of the labels of a post.
void addDisagreements(Ward& ward, const Patient& patient, const std::vector<const std::vector<Entity>*>& layers,
                      bool isInSample) {
    const auto seesAny = [&](const Entity& entity) {
        return std::any_of(layers.begin(), layers.end(), [&](const auto* layer) {
            return std::any_of(layer->begin(), layer->end(),
                               [&](const Entity& e) { return e.overlaps(entity.first, entity.last); });
        });
    };
    for (const eval::Difference& difference : eval::differences(patient.entities, consensusOf(layers))) {
        // An entity is doubted for nothing only where no system sees anything there.
        if (!difference.predicted && seesAny(*difference.gold)) continue;
        const Entity& about = difference.gold ? *difference.gold : *difference.predicted;
        Suspect suspect = difference.gold ? ward.suspect(patient, "systems-agree", about)
                                          : ward.suspect(patient, "systems-agree", about.first, about.last);
        if (!difference.gold) suspect.verdict = {"no-entity", about.first, about.last, about.type};
        suspect.suggested = difference.predicted;
        suspect.saysNone = !difference.predicted;
        suspect.detailTemplate = MNERVA_TEXT("Doctor", "{0} systems");
        suspect.detailArgs = {std::to_string(layers.size())};
        suspect.isInSample = isInSample;
        // The more agree, the likelier; never sure.
        suspect.score = 1 - 1 / static_cast<double>(layers.size() + 1);
        ward.report.suspects.push_back(std::move(suspect));
    }
}

}  // namespace

void examineByOdds(Ward& ward) {
    if (ward.input.odds.empty()) return;
    eval::GivenWords words{static_cast<int>(ward.input.classes.size()), {}, {}};
    std::int64_t done = 0;
    for (const Patient& patient : ward.patients) {
        if (++done % kPostsBetweenReports == 0) {
            if (ward.stop.stop_requested()) throw Cancelled{};
            report(ward.progress, "weighing", done, static_cast<std::int64_t>(ward.patients.size()));
        }
        const WordOdds* odds = oddsOf(ward, patient.post);
        if (!odds) continue;
        ++ward.report.withOdds;
        ward.report.inSample += odds->isInSample ? 1 : 0;
        const std::vector<int> classes =
            eval::givenClasses(patient.entities, ward.input.classes, static_cast<int>(patient.post.words.size()));
        const double postScore = addWords(words, classes, *odds);
        for (const eval::EntityDoubt& doubt :
             eval::entityDoubts(patient.entities, ward.input.classes, odds->probabilities))
            addDoubt(ward, patient, doubt, postScore, odds->isInSample);
    }
    ward.report.expectedWords = static_cast<int>(eval::likelyErrors(words).size());
}

void examineBySystems(Ward& ward) {
    if (ward.input.systems.size() < 2) return;
    std::vector<std::unordered_map<PostId, std::vector<Entity>>> layers;
    for (const std::string& name : ward.input.systems) {
        auto& layer = layers.emplace_back();
        project::eachInLayer(ward.project.impl(), name, ward.input.split,
                             [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                                 if (isCovered) layer[stored.post.id] = std::move(entities);
                                 return !ward.stop.stop_requested();
                             });
    }
    for (const Patient& patient : ward.patients) {
        std::vector<const std::vector<Entity>*> there;
        bool isInSample = false;
        for (std::size_t l = 0; l < layers.size(); ++l) {
            const auto found = layers[l].find(patient.post.id);
            if (found == layers[l].end()) continue;
            there.push_back(&found->second);
            const auto& heldOut = ward.input.heldOutSystems;
            const bool hadNotSeen = std::find(heldOut.begin(), heldOut.end(), ward.input.systems[l]) != heldOut.end();
            isInSample = isInSample || (patient.post.split == Split::Train && !hadNotSeen);
        }
        if (there.size() >= 2) addDisagreements(ward, patient, there, isInSample);
    }
}

}  // namespace mnerva::workflow::detail
