#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/models/model/span_paths_internal.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
namespace fs = std::filesystem;
using protocol::Dynamics;
using protocol::DynamicsEpoch;

/// Which entities are asked about: all of the training posts that the model can say, whole. A run that goes on keeps
/// the epochs up to its checkpoint.
void Training::beginDynamics() {
    if (!recordsDynamics()) return;
    m_dynamics = {m_config.run, m_config.options.value("layer", ""), {}, {}, {}};
    m_dynamics.inputs = m_record.data.value("train", nlohmann::json::object()).value("inputs_sha256", "");
    m_askedAbout.assign(m_train.encoded.size(), {});
    for (const int index : m_train.usable) {
        const auto at = static_cast<std::size_t>(index);
        const TrainingPost& post = (*m_train.posts)[at];
        for (const models::GoldEntity& gold : m_train.encoded[at].entities) {
            Entity entity{gold.type, gold.first, gold.last, {}};
            if (models::spanPathsOf(m_train.encoded[at], entity, m_parts.shape.classes, m_text.mode))
                m_askedAbout[at].push_back(std::move(entity));
        }
        if (m_askedAbout[at].empty()) continue;
        m_dynamics.posts.push_back({post.id, post.number, static_cast<int>(post.input.words.size()), m_askedAbout[at]});
    }
    m_dynamicsText = protocol::dynamicsStart(m_dynamics);
    const fs::path file = m_config.runFolder / protocol::kDynamicsFile;
    if (m_resumed && m_state.epoch > 0) keepDynamics(file);
}

/// What a run that was cut off had recorded; what of it is lost is told, and the run goes on all the same.
void Training::keepDynamics(const fs::path& file) {
    Findings odd;
    Dynamics found;
    try {
        found = protocol::readDynamicsFile(m_config.runFolder, odd);
    } catch (const Error&) {
        // told below: none of its epochs is there
    }
    if (protocol::dynamicsStart(found) != m_dynamicsText) found.epochs.clear();
    std::int64_t kept = 0;
    for (const DynamicsEpoch& epoch : found.epochs) {
        if (epoch.epoch > m_state.epoch) break;  // happens again
        m_dynamicsText += protocol::dynamicsLine(epoch);
        ++kept;
    }
    if (kept < m_state.epoch)
        m_log->emit(protocol::WarningEvent{"dynamics-epoch-lost", m_state.epoch - kept, file.filename().string()});
}

/// Asks the model about every training entity, as it stands after the epoch, and writes the file anew: it is there
/// before the checkpoint, so a run that is killed between the two writes the same epoch again.
void Training::recordDynamics(int epoch) {
    if (!recordsDynamics()) return;
    std::vector<models::Answers> answers;
    std::vector<std::pair<std::size_t, std::size_t>> answerOf(m_train.encoded.size());  // of a post: which, row
    eachPart(m_train, epoch, [&](const Part& part, const models::Batch& batch) {
        const std::vector<const models::EncodedPost*> posts = postsOf(m_train, part);
        std::vector<std::vector<Entity>> targets;
        for (std::size_t j = 0; j < posts.size(); ++j) {
            const auto at = static_cast<std::size_t>(m_train.usable[static_cast<std::size_t>(part.members[j])]);
            answerOf[at] = {answers.size(), j};
            targets.push_back(m_askedAbout[at]);
        }
        models::Question question{posts, m_parts.shape.classes, m_text.mode};
        question.targets = &targets;
        answers.push_back(m_parts.model->answer(batch, question));
        answers.back().explanation = {};
    });
    DynamicsEpoch out;
    out.epoch = epoch;
    for (const int index : m_train.usable) {
        const auto at = static_cast<std::size_t>(index);
        const auto [which, row] = answerOf[at];
        const std::vector<Entity>& predicted = answers[which].entities[row];
        for (std::size_t e = 0; e < m_askedAbout[at].size(); ++e) {
            const Entity& given = m_askedAbout[at][e];
            const double log = answers[which].targets[row][e];
            if (std::isnan(log)) throw Error(ErrorCode::NumberNotFinite, {"a probability of an entity"});
            out.logProbabilities.push_back(static_cast<float>(std::min(log, 0.0)));
            out.isRight.push_back(std::find(predicted.begin(), predicted.end(), given) != predicted.end());
            if (out.isRight.back()) continue;
            const auto other = std::find_if(predicted.begin(), predicted.end(),
                                            [&](const Entity& p) { return p.overlaps(given.first, given.last); });
            if (other == predicted.end()) continue;
            out.said.push_back({out.isRight.size() - 1, {other->type, other->first, other->last, {}}});
        }
    }
    m_dynamicsText += protocol::dynamicsLine(out);
    writeFileAtomic(m_config.runFolder / protocol::kDynamicsFile, m_dynamicsText);
}

}  // namespace mnerva::train
