#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/check.h"
#include "core/models/model/sequence_tagger_internal.h"
#include "core/nn/blocks/precision.h"
#include "core/nn/blocks/threads.h"
#include "core/nn/blocks/weight_gradient.h"
#include "core/nn/optim/flooding.h"
#include "core/text/utf8.h"
#include "core/train/batching.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
using models::Batch;

/// Which batch is being computed and of which posts, as part of a sentence.
std::string Training::placeText(int epoch) const {
    constexpr std::size_t kNamed = 8, kLongestId = 60;
    std::string posts;
    std::size_t count = 0;
    if (m_place.split && m_place.members) {
        count = m_place.members->size();
        for (std::size_t i = 0; i < std::min(count, kNamed); ++i) {
            const int post = m_place.split->usable[static_cast<std::size_t>((*m_place.members)[i])];
            const std::string& id = (*m_place.split->posts)[static_cast<std::size_t>(post)].id;
            posts += (posts.empty() ? "" : ", ") + (id.empty() ? fmt::format("number {}", post + 1)
                                                               : std::string(text::firstCodePoints(id, kLongestId)));
        }
        if (count > kNamed) posts += fmt::format(" and {} more", count - kNamed);
    }
    return fmt::format("epoch {}, batch {} of {} (step {}; {} posts: {})", epoch, m_place.batch, m_place.batches,
                       m_state.step + 1, m_place.split ? m_place.split->name : "", posts);
}

Training::Part Training::partOf(const EncodedSplit& split, const std::vector<int>& members,
                                const std::stop_token& stop) {
    Part part{members, {}, {}};
    std::vector<const models::EncodedPost*> posts;
    std::vector<models::PostPictures> pictures;
    for (int member : members) {
        if (stop.stop_requested()) throw Cancelled{};
        const auto index = static_cast<std::size_t>(split.usable[static_cast<std::size_t>(member)]);
        posts.push_back(&split.encoded[index]);
        if (!m_pictures) continue;
        pictures.push_back(m_pictures->picturesOf((*split.posts)[index].input));
        part.regionOf.push_back(pictures.back().regionOf);
    }
    part.batch = models::makeBatch(posts, pictures, m_parts.shape.pictures, m_text);
    if (m_device.is_cuda()) part.batch = part.batch.pinned();
    return part;
}

std::vector<Training::Part> Training::partsOf(const EncodedSplit& split, const std::vector<int>& members,
                                              const PartSize& size, const std::stop_token& stop) {
    std::vector<Part> parts;
    for (auto at = members.begin(); at != members.end();) {
        const auto end = at + static_cast<std::ptrdiff_t>(size.next(static_cast<std::size_t>(members.end() - at)));
        parts.push_back(partOf(split, {at, end}, stop));
        at = end;
    }
    return parts;
}

Training::Feed Training::feedOf(const EncodedSplit& split, const std::vector<std::vector<int>>& batches,
                                const PartSize& size) {
    const auto make = [this, &split, &batches, &size, precision = nn::currentPrecision(),
                       isFirst = std::make_shared<bool>(true)](std::size_t i, const std::stop_token& stop) {
        if (std::exchange(*isFirst, false) && m_feedsAhead) nn::keepThisThreadSingle();
        const torch::NoGradGuard noGradient;
        const nn::PrecisionScope scope(precision, m_device);  // of pictures for whose rows memory has no room
        return partsOf(split, batches[i], size, stop);
    };
    return Feed(batches.size(), make, m_feedsAhead);
}

/// As the model reads it, where it computes.
Batch Training::onDevice(const Part& part) {
    return m_parts.model->withRows(part.batch.to(m_device));
}

Training::EpochLoss Training::trainEpoch(int epoch) {
    protocol::EpochStartEvent begins{epoch, option("epochs"), {}, {}};
    if (m_text.length == 0) {
        begins.padding = paddingShare(m_train.lengths, orderOf(m_train, epoch));
        begins.plainPadding = paddingShare(
            m_train.lengths,
            plainBatches(m_train.lengths.size(), option("batch"), static_cast<std::uint64_t>(option("seed")), epoch));
    }
    m_log->emit(begins);
    m_parts.model->train();
    m_epochBegan = std::chrono::steady_clock::now();
    m_postsSeen = 0;
    EpochLoss out;
    if (!m_relations.usable.empty()) out.relation = overBatches(m_relations, epoch, relationObjective());
    out.loss = overBatches(m_train, epoch, tagObjective());
    out.seconds = secondsSince(m_epochBegan);
    return out;
}

Training::Objective Training::relationObjective() {
    auto* const learner = dynamic_cast<models::LearnsRelations*>(m_parts.model.get());
    MNERVA_CHECK(learner);
    Objective out;
    out.weight = m_config.options.at("relation_weight").get<double>();
    out.parts = [this, learner](const Batch& batch, const std::vector<int>& members) {
        std::vector<std::int64_t> labels;
        for (const int member : members)
            labels.push_back(
                m_relationLabels[static_cast<std::size_t>(m_relations.usable[static_cast<std::size_t>(member)])]);
        return std::vector{learner->relationLoss(batch, torch::tensor(labels).to(m_device))};
    };
    out.counts = [](const Batch& batch) { return std::vector{static_cast<double>(batch.posts())}; };
    return out;
}

Training::Objective Training::tagObjective() {
    Objective out;
    out.flood = m_config.options.value("flood_b", 0.0);
    const double views = m_config.options.value("two_views", 0.0);
    auto* const tagger = dynamic_cast<models::SequenceTagger*>(m_parts.model.get());
    if (tagger && views > 0) {
        out.parts = [this, tagger, views](const Batch& batch, const std::vector<int>&) {
            return tagger->twoViewParts(batch, m_text, views);
        };
        out.counts = [tagger](const Batch& batch) { return tagger->twoViewCounts(batch); };
        return out;
    }
    out.parts = [this](const Batch& batch, const std::vector<int>&) { return m_parts.model->lossParts(batch); };
    out.counts = [this](const Batch& batch) { return m_parts.model->lossCounts(batch); };
    return out;
}

std::vector<std::vector<int>> Training::orderOf(const EncodedSplit& split, int epoch) const {
    const int batch = option("batch");
    const auto seed = static_cast<std::uint64_t>(option("seed"));
    if (!m_config.options.at("shuffle").get<bool>()) return batchesInOrder(split.lengths.size(), batch);
    if (m_config.options.at("batching") == "plain") return plainBatches(split.lengths.size(), batch, seed, epoch);
    return epochBatches(split.lengths, batch, seed, epoch);
}

/// Mean over the posts of the losses of an epoch's batches.
double Training::overBatches(const EncodedSplit& split, int epoch, const Objective& objective) {
    const auto batches = orderOf(split, epoch);
    Feed feed = feedOf(split, batches, m_trainSize);
    double sum = 0;
    m_place = {&split, nullptr, 0, batches.size()};
    for (const std::vector<int>& members : batches) {
        pollControl();
        m_place.members = &members;
        ++m_place.batch;
        m_postsSeen += static_cast<std::int64_t>(members.size());
        atPlace(epoch,
                [&] { sum += learn(split, members, feed, objective, epoch) * static_cast<double>(members.size()); });
    }
    return sum / static_cast<double>(split.usable.size());
}

/// One batch: gradients, in as many parts as memory asks for, then a step of the optimiser. Returns the loss. What can
/// be tried again with smaller parts ends before the first weight changes; on a CPU the way back, which holds less and
/// less, is not among it.
double Training::learn(const EncodedSplit& split, const std::vector<int>& members, Feed& feed,
                       const Objective& objective, int epoch) {
    Loss loss;
    bool isFed = false, fits = false;
    while (!fits) {
        const std::size_t size = m_trainSize.next(members.size());
        fits = m_trainSize.attempt(size, "training", [&] {
            m_optimiser->zeroGradients();
            std::vector<Part> parts;
            if (!std::exchange(isFed, true)) parts = feed.next();
            if (parts.empty() || parts.front().members.size() > size)  // made before memory ran out
                parts = partsOf(split, members, m_trainSize);
            loss = parts.size() == 1 ? gradientsOf(parts.front(), objective) : gradientsOf(parts, objective);
        });
    }
    step(loss, epoch);
    return objective.weight == 0 ? 0 : loss.value / objective.weight;
}

namespace {

double finite(const torch::Tensor& loss) {
    const double value = loss.item<double>();
    if (!std::isfinite(value)) throw Error(ErrorCode::NumberNotFinite, {"the loss"});
    return value;
}

}  // namespace

Training::Loss Training::gradientsOf(const Part& whole, const Objective& objective) {
    torch::Tensor loss;
    for (const torch::Tensor& part : objective.parts(onDevice(whole), whole.members))
        loss = loss.defined() ? loss + part : part;
    if (objective.weight != 1) loss = objective.weight * loss;
    const torch::Tensor flooded = nn::flood(loss, objective.flood);
    Loss out{finite(loss), flooded.item<double>(), {}};
    if (m_lossScale.isOn()) {
        (flooded * m_lossScale.value()).backward();
        return out;
    }
    if (m_device.is_cpu() && m_config.options.at("clip").get<double>() <= 0) {
        out.graph = flooded;
    } else {
        const nn::GradientsInPlace inPlace;
        flooded.backward();
    }
    return out;
}

/// The same as of all parts at once: each summand of the loss is a mean over the whole batch. Which side of the flood
/// level the loss is on is known in the end; it is a sign of the gradient (models.md 3).
Training::Loss Training::gradientsOf(const std::vector<Part>& parts, const Objective& objective) {
    std::vector<std::vector<double>> counts;
    std::vector<double> totals;
    for (const Part& part : parts) {
        counts.push_back(objective.counts(part.batch));
        totals.resize(counts.back().size());
        for (std::size_t k = 0; k < totals.size(); ++k) totals[k] += counts.back()[k];
    }
    double value = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const std::vector<torch::Tensor> summands = objective.parts(onDevice(parts[p]), parts[p].members);
        MNERVA_CHECK(summands.size() == totals.size());
        torch::Tensor loss;
        for (std::size_t k = 0; k < summands.size(); ++k) {
            const double share = totals[k] > 0 ? counts[p][k] / totals[k] : 1;
            const torch::Tensor summand = objective.weight * share * summands[k];
            loss = loss.defined() ? loss + summand : summand;
        }
        value += finite(loss);
        const nn::GradientsInPlace inPlace;
        (m_lossScale.isOn() ? loss * m_lossScale.value() : loss).backward();
    }
    if (objective.flood == 0) return {value, value, {}};
    const double above = value - objective.flood;
    if (above <= 0) m_optimiser->scaleGradients(above < 0 ? -1 : 0);
    return {value, std::abs(above) + objective.flood, {}};
}

/// Takes the scale of the loss out of the gradients. False where they overflowed: they are forgotten, the scale is
/// lower.
bool Training::isUnscaled() {
    m_optimiser->scaleGradients(1 / m_lossScale.value());
    if (m_optimiser->gradientsAreFinite()) {
        m_lossScale.kept();
        m_state.arithmetic["loss_scale"] = m_lossScale.value();
        return true;
    }
    m_optimiser->zeroGradients();
    if (!m_lossScale.lowered()) throw Error(ErrorCode::NumberNotFinite, {"a gradient"});
    return false;
}

/// One step of the optimiser.
void Training::step(const Loss& loss, int epoch) {
    const double clip = m_config.options.at("clip").get<double>();
    const double factor = nn::scheduleFactor(m_schedule, m_state.step, m_totalSteps,
                                             m_config.options.at("warmup").get<double>(), option("epochs"));
    if (m_lossScale.isOn() && !isUnscaled()) {
        // The step is left out, as torch.amp does it; the schedule goes on.
    } else if (loss.graph.defined()) {
        const nn::GradientsInPlace inPlace;
        m_optimiser->stepThrough(loss.graph, factor);
    } else {
        if (clip > 0) m_optimiser->clipGradients(clip);
        m_optimiser->step(factor);
        m_optimiser->zeroGradients();
    }
    ++m_state.step;
    if (m_log->stepDue() || m_state.step == m_totalSteps) {
        const double rate = static_cast<double>(m_postsSeen) / std::max(1e-9, secondsSince(m_epochBegan));
        const auto left = static_cast<double>((m_totalSteps - m_state.step) * option("batch"));
        m_log->emit(protocol::StepEvent{static_cast<double>(epoch), m_state.step, m_totalSteps, loss.value,
                                        loss.flooded, m_config.options.at("lr").get<double>() * factor, rate,
                                        residentMebibytes(), left / rate});
    }
}

}  // namespace mnerva::train
