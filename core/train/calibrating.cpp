#include <algorithm>

#include "core/base/file.h"
#include "core/domain/entity.h"
#include "core/eval/reliability.h"
#include "core/models/calibration.h"
#include "core/train/batching.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr int kFolds = 5;

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

/// What the calibration makes of entities that it was not fitted on: every fifth of the posts by a fit on the others.
std::vector<double> crossFitted(const Judged& judged) {
    std::vector<double> out(judged.size());
    for (int fold = 0; fold < kFolds; ++fold) {
        std::vector<double> confidences;
        std::vector<bool> right;
        for (std::size_t i = 0; i < judged.size(); ++i) {
            if (judged.posts[i] % kFolds == fold) continue;
            confidences.push_back(judged.confidences[i]);
            right.push_back(judged.right[i]);
        }
        const models::Calibration fit = models::fitCalibration(confidences, right);
        for (std::size_t i = 0; i < judged.size(); ++i)
            if (judged.posts[i] % kFolds == fold) out[i] = fit.apply(judged.confidences[i]);
    }
    return out;
}

std::vector<double> applied(const models::Calibration& calibration, std::vector<double> confidences) {
    for (double& confidence : confidences) confidence = calibration.apply(confidence);
    return confidences;
}

}  // namespace

/// Calls `use(post, confidence, right)` for every entity that the model predicts in a split.
template <class Use>
void Training::eachPredictedEntity(const EncodedSplit& split, Use&& use) {
    const torch::NoGradGuard noGradient;
    m_parts.model->eval();
    for (const std::vector<int>& members : evaluationBatches(split.lengths, option("eval_batch"))) {
        pollControl();
        std::vector<const models::EncodedPost*> posts;
        std::vector<int> indices;
        for (int member : members) {
            indices.push_back(split.usable[static_cast<std::size_t>(member)]);
            posts.push_back(&split.encoded[static_cast<std::size_t>(indices.back())]);
        }
        const models::Batch batch = m_parts.model->withRows(batchOf(split, members));
        models::Question question{posts, m_parts.shape.classes, m_text.mode};
        question.confidence = true;
        const auto entities = m_parts.model->answer(batch, question).entities;
        for (std::size_t j = 0; j < entities.size(); ++j) {
            const auto gold = entitiesFromTags((*split.posts)[static_cast<std::size_t>(indices[j])].tags);
            for (const Entity& entity : entities[j])
                use(indices[j], entity.confidence.value_or(0),
                    std::find(gold.begin(), gold.end(), entity) != gold.end());
        }
    }
}

/// Writes calibration.json (core/models/README.md) of the best model; holds nothing that depends on the clock.
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
        return;
    }
    const models::Calibration fit = models::fitCalibration(valid.confidences, valid.right);
    json body{{"format", kFormat},
              {"method", "platt"},
              {"slope", fit.slope},
              {"offset", fit.offset},
              {"epoch", m_state.bestEpoch},
              {"entities", valid.size()},
              {"right", std::count(valid.right.begin(), valid.right.end(), true)},
              {"valid",
               {{"before", reliabilityJson(valid, valid.confidences)},
                {"after", reliabilityJson(valid, crossFitted(valid))}}}};
    if (!m_test.usable.empty()) {
        const Judged test = judge(m_test);
        body["test"] = {{"before", reliabilityJson(test, test.confidences)},
                        {"after", reliabilityJson(test, applied(fit, test.confidences))}};
    }
    writeFileAtomic(path, body.dump(1) + "\n");
    m_log->emit({{"event", "calibration"},
                 {"entities", valid.size()},
                 {"before", body["valid"]["before"]["ece"]},
                 {"after", body["valid"]["after"]["ece"]}});
}

}  // namespace mnerva::train
