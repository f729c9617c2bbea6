#include "core/base/file.h"
#include "core/eval/grounding.h"
#include "core/eval/score.h"
#include "core/models/entity_boxes.h"
#include "core/protocol/prediction_lines.h"
#include "core/train/batching.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
using nlohmann::json;
namespace {

protocol::TypeScore scoreOf(const eval::Prf& prf) {
    return {prf.precision, prf.recall, prf.f1, prf.support};
}

protocol::EvalEvent evalEvent(int epoch, const std::string& split, const eval::Score& score) {
    protocol::EvalEvent event{
        epoch,           split, std::string(eval::ruleName(score.rule)), scoreOf(score.micro), {}, score.gold,
        score.predicted, {}};
    for (const auto& [type, prf] : score.types) event.types[type] = scoreOf(prf);
    return event;
}

eval::GoldGrounding goldOf(const models::GoldEntity& entity) {
    eval::GoldGrounding out{{entity.type, entity.first, entity.last}, !entity.boxes.empty(), {}};
    for (std::size_t r = 0; r < entity.regions.size(); ++r)
        if (entity.regions[r] > 0) out.regions.push_back(static_cast<int>(r));
    return out;
}

}  // namespace

std::vector<const models::EncodedPost*> Training::postsOf(const EncodedSplit& split, const Part& part) {
    std::vector<const models::EncodedPost*> posts;
    for (int member : part.members)
        posts.push_back(&split.encoded[static_cast<std::size_t>(split.usable[static_cast<std::size_t>(member)])]);
    return posts;
}

void Training::eachPart(const EncodedSplit& split, int epoch, const UsePart& use) {
    const torch::NoGradGuard noGradient;
    m_parts.model->eval();
    std::size_t done = 0;
    const auto batches = evaluationBatches(split.lengths, option("eval_batch"));
    m_place = {&split, nullptr, 0, batches.size()};
    Feed feed = feedOf(split, batches, m_evalSize);
    for (const std::vector<int>& members : batches) {
        pollControl();
        tellAlive(split, epoch, done);
        done += members.size();
        m_place.members = &members;
        ++m_place.batch;
        atPlace(epoch, [&] {
            std::vector<Part> parts;
            const auto take = [&] { parts = feed.next(); };
            if (!m_evalSize.attempt(m_evalSize.next(members.size()), "scoring", take)) parts = {Part{members, {}, {}}};
            for (const Part& part : parts) answerPart(split, part, use);
        });
    }
}

/// A part as it was made, or, where memory does not hold it, in smaller ones.
void Training::answerPart(const EncodedSplit& split, const Part& part, const UsePart& use) {
    const bool isMade = part.batch.text.ids.defined() && m_evalSize.next(part.members.size()) == part.members.size();
    if (isMade && m_evalSize.attempt(part.members.size(), "scoring", [&] { use(part, onDevice(part)); })) return;
    m_evalSize.each(part.members.size(), "scoring", [&](std::size_t first, std::size_t count) {
        const auto begin = part.members.begin() + static_cast<std::ptrdiff_t>(first);
        const Part smaller = partOf(split, {begin, begin + static_cast<std::ptrdiff_t>(count)});
        use(smaller, onDevice(smaller));
    });
}

json Training::evaluate(const EncodedSplit& split, int epoch, const std::string& predictionFile) {
    std::vector<std::vector<std::string>> predicted(split.encoded.size());
    for (std::size_t i = 0; i < predicted.size(); ++i) predicted[i].assign(split.encoded[i].words.size(), "O");
    std::vector<std::vector<eval::GoldGrounding>> goldGroundings(predicted.size());
    std::vector<std::vector<eval::PredictedGrounding>> groundings(predicted.size());
    std::vector<std::vector<EntityBox>> boxes(predicted.size());
    bool grounds = false;
    for (std::size_t i = 0; i < predicted.size(); ++i)
        for (const models::GoldEntity& entity : split.encoded[i].entities) goldGroundings[i].push_back(goldOf(entity));
    eachPart(split, epoch, [&](const Part& part, const models::Batch& batch) {
        const std::vector<const models::EncodedPost*> posts = postsOf(split, part);
        const models::Answers answers =
            m_parts.model->answer(batch, models::Question{posts, m_parts.shape.classes, m_text.mode});
        for (std::size_t j = 0; j < posts.size(); ++j) {
            const auto at = static_cast<std::size_t>(split.usable[static_cast<std::size_t>(part.members[j])]);
            for (std::size_t w = 0; w < predicted[at].size(); ++w)
                predicted[at][w] = m_parts.shape.classes[static_cast<std::size_t>(answers.classes[j][w])];
            if (answers.groundings.empty()) continue;
            grounds = true;
            for (std::size_t e = 0; e < goldGroundings[at].size(); ++e)
                goldGroundings[at][e] = goldOf(batch.entities[j][e]);  // which regions cover it is known now
            for (std::size_t e = 0; e < answers.entities[j].size(); ++e) {
                const Entity& entity = answers.entities[j][e];
                groundings[at].push_back({{entity.type, entity.first, entity.last}, answers.groundings[j][e].region});
            }
            if (predictionFile.empty() || part.regionOf.empty()) continue;
            boxes[at] = models::entityBoxesOf((*split.posts)[at].input, answers.entities[j], answers.groundings[j],
                                              part.regionOf[j]);
        }
    });
    const auto rule = eval::ruleFromName(m_config.options.value("score_rule", "seqeval-lenient"));
    eval::Scorer scorer(rule.value_or(eval::Rule::SeqevalLenient), text::guessScheme(m_data.tagNames));
    std::string lines;
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        std::vector<std::string> gold;
        for (const std::string& tag : (*split.posts)[i].tags) gold.push_back(text::canonicalTag(tag));
        scorer.add(gold, predicted[i]);
        if (predictionFile.empty()) continue;
        protocol::TestLine line{(*split.posts)[i].id, -1, predicted[i], 0};
        if (grounds) line.boxes = boxes[i];
        lines += protocol::lineOf(line);
    }
    const protocol::EvalEvent event = [&] {
        protocol::EvalEvent out = evalEvent(epoch, split.name, scorer.score());
        if (!grounds) return out;
        eval::GroundingScorer grounding;
        for (std::size_t i = 0; i < predicted.size(); ++i) grounding.add(goldGroundings[i], groundings[i]);
        const eval::GroundingScore found = grounding.score();
        out.grounding = {scoreOf(found.gmner), scoreOf(found.eeg), scoreOf(found.mner)};
        return out;
    }();
    m_log->emit(event);
    if (!predictionFile.empty()) {
        writeFileAtomic(m_config.runFolder / predictionFile, lines);
        m_log->emit(protocol::PredictionsEvent{split.name, predictionFile});
    }
    return protocol::scoreJson(event);
}

}  // namespace mnerva::train
