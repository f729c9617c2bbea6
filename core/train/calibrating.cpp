#include <algorithm>

#include "core/base/file.h"
#include "core/domain/entity.h"
#include "core/eval/reliability.h"
#include "core/models/calibration.h"
#include "core/train/calibration_trial.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
namespace {

using nlohmann::json;

constexpr int kCalibrationFormat = 1;

/// Predicted entities of a split, post by post.
struct Judged {
    std::vector<double> confidences;  ///< uncalibrated
    std::vector<bool> right;
    std::vector<int> posts;

    void add(int post, double confidence, bool isRight) {
        confidences.push_back(confidence);
        right.push_back(isRight);
        posts.push_back(post);
    }
    std::size_t size() const { return confidences.size(); }
};

json reliabilityJson(const Judged& judged, const std::vector<double>& confidences) {
    std::vector<eval::ConfidenceSample> samples;
    for (std::size_t i = 0; i < judged.size(); ++i) samples.push_back({confidences[i], judged.right[i]});
    return eval::toJson(eval::reliabilityOf(samples));
}

std::vector<double> applied(const models::Calibration& calibration, std::vector<double> confidences) {
    for (double& confidence : confidences) confidence = calibration.apply(confidence);
    return confidences;
}

}  // namespace

/// Calls `use(post, confidence, right)` for every entity that the model predicts in a split.
template <class Use>
void Training::eachPredictedEntity(const EncodedSplit& split, Use&& use) {
    eachPart(split, m_state.bestEpoch, [&](const Part& part, const models::Batch& batch) {
        const std::vector<const models::EncodedPost*> posts = postsOf(split, part);
        models::Question question{posts, m_parts.shape.classes, m_text.mode};
        question.confidence = true;
        const auto entities = m_parts.model->answer(batch, question).entities;
        for (std::size_t j = 0; j < entities.size(); ++j) {
            const int index = split.usable[static_cast<std::size_t>(part.members[j])];
            const auto gold = entitiesFromTags((*split.posts)[static_cast<std::size_t>(index)].tags);
            for (const Entity& entity : entities[j])
                use(index, entity.confidence.value_or(0), std::find(gold.begin(), gold.end(), entity) != gold.end());
        }
    });
}

/// Writes calibration.json (core/models/README.md) of the best model; holds nothing that depends on the clock. A fit
/// that does not help entities it was not made from is told and kept out of use (method "none").
void Training::calibrate() {
    const auto path = m_config.runFolder / models::kCalibrationFile;
    const auto judge = [&](const EncodedSplit& split) {
        Judged judged;
        eachPredictedEntity(split,
                            [&](int post, double confidence, bool right) { judged.add(post, confidence, right); });
        return judged;
    };
    Judged valid;
    if (m_state.bestEpoch > 0 && !m_valid.usable.empty()) {
        models::readModelWeights(m_config.runFolder, *m_parts.model);
        valid = judge(m_valid);
    }
    if (valid.size() < static_cast<std::size_t>(models::kLeastCalibrated)) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        m_calibration = {{"kept", false}, {"reason", "too-few-entities"}, {"entities", valid.size()}};
        protocol::CalibrationEvent event{
            false, static_cast<std::int64_t>(valid.size()), "too-few-entities", models::kLeastCalibrated, {}, {}, {},
            {}};
        m_log->emit(std::move(event));
        return;
    }
    const CalibrationTrial trial = tryCalibration(valid.confidences, valid.right, valid.posts);
    const models::Calibration& fit = trial.fit;
    const ConfidenceQuality &before = trial.before, &after = trial.after;
    const bool kept = trial.helps;
    m_calibration = {{"kept", kept},
                     {"entities", valid.size()},
                     {"ece", {{"before", before.ece}, {"after", after.ece}}},
                     {"brier", {{"before", before.brier}, {"after", after.brier}}}};
    if (!kept) m_calibration["reason"] = "no-improvement";
    json body{
        {"format", kCalibrationFormat},
        {"method", kept ? "platt" : "none"},
        {"kept", kept},
        {"slope", fit.slope},
        {"offset", fit.offset},
        {"epoch", m_state.bestEpoch},
        {"entities", valid.size()},
        {"right", std::count(valid.right.begin(), valid.right.end(), true)},
        {"brier", m_calibration["brier"]},
        {"valid",
         {{"before", reliabilityJson(valid, valid.confidences)}, {"after", reliabilityJson(valid, trial.crossed)}}}};
    if (!m_test.usable.empty()) {
        const Judged test = judge(m_test);
        body["test"] = {{"before", reliabilityJson(test, test.confidences)},
                        {"after", reliabilityJson(test, applied(fit, test.confidences))}};
    }
    writeFileAtomic(path, body.dump(1) + "\n");
    m_log->emit(protocol::CalibrationEvent{
        kept, static_cast<std::int64_t>(valid.size()), {}, {}, before.ece, after.ece, before.brier, after.brier});
}

}  // namespace mnerva::train
