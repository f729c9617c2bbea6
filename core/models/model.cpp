#include <algorithm>

#include "core/base/error.h"
#include "core/models/features_internal.h"
#include "core/models/model_internal.h"
#include "core/models/system_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

using torch::Tensor;

Forward NerModel::forward(const Batch&, bool) {
    throw Error(ErrorCode::Internal, {"a system that tags no units has no emissions"});
}

nn::TagDecoder& NerModel::decoder() {
    throw Error(ErrorCode::Internal, {"a system that tags no units has no tag decoder"});
}

Tensor NerModel::loss(const Batch& batch) {
    const Tensor emissions = forward(batch, false).emissions;
    return decoder().negativeLogLikelihood(emissions, batch.tags, batch.unitMask).mean();
}

torch::Tensor NerModel::twoViewLoss(const Batch& batch, const TextLayout& layout, double weight) {
    const torch::Tensor plain = loss(batch);
    if (weight == 0 || !batch.types.defined()) return plain;
    const Batch bare = withoutAuxiliary(batch, layout);
    const torch::Tensor with = decoder().logMarginals(forward(batch, false).emissions, batch.unitMask);
    const torch::Tensor without = decoder().logMarginals(forward(bare, false).emissions, bare.unitMask);
    const std::int64_t units = bare.units();  // in X mode fewer: nothing behind the posts is tagged
    const torch::Tensor seen = with.narrow(1, 0, units);
    const torch::Tensor divergence = (seen.exp() * (seen - without)).sum(2);  // [B, units]
    const torch::Tensor counted = bare.unitMask & batch.types.any(1, true);
    return plain + weight * divergence.masked_fill(~counted, 0).sum() / batch.posts();
}

torch::Tensor wordsDropped(const torch::Tensor& units, double rate, bool training) {
    if (!training || rate == 0) return units;
    return units * torch::empty({units.size(0), units.size(1), 1}, units.options()).bernoulli_(1 - rate);
}

void NerModel::ownResNet(const ModelShape& shape) {
    m_layout = shape.pictures;
    const bool statistics = shape.options.value("bn_batch_statistics", false);
    m_resnet = register_module("resnet", nn::TrainedResNet(shape.resnet, statistics));
}

Batch NerModel::withRows(const Batch& batch) {
    if (!m_resnet || !batch.pixels.defined()) return batch;
    Batch out = batch;
    const std::int64_t posts = batch.posts(), images = 1 + m_layout.objects, count = batch.pixels.size(0);
    const bool prompts = m_layout.prompts && !batch.prompts.defined();
    Tensor input = networkInputOf(batch.pixels);  // [P, 3, 224, 224]
    if (prompts)                                  // and a blank, which absent pictures prompt with
        input = torch::cat({input, torch::zeros({1, 3, input.size(2), input.size(3)}, input.options())});
    std::array<Tensor, 4> stages;
    if (input.size(0) > 0) stages = m_resnet->forward(input);
    const auto rowsOf = [&](const Tensor& places, int side) {
        std::array<Tensor, 4> chosen;
        for (std::size_t level = 0; level < stages.size(); ++level)
            chosen[level] = stages[level].index_select(0, places);
        return pooledRows(chosen, side);
    };
    const Tensor isCrop = batch.pixelSlots.remainder(images).ne(0);
    if (m_layout.grid) {
        out.grid = torch::zeros({posts, vision::kGridCells, m_layout.channels()}, input.options());
        const Tensor places = isCrop.logical_not().nonzero().flatten();
        if (places.numel() > 0)
            out.grid = out.grid.index_copy(0, batch.gridMask.nonzero().flatten(), rowsOf(places, vision::kGridSide));
    }
    if (m_layout.objectRows > 0) {
        const Tensor places = isCrop.nonzero().flatten();
        out.crops = places.numel() > 0 ? rowsOf(places, sideOfRows(m_layout.objectRows))
                                       : torch::zeros({0, m_layout.objectRows, m_layout.channels()}, input.options());
    }
    if (prompts) {
        const Tensor rows = promptRows(stages);  // [P + 1, 4, Ct]
        const Tensor blanks = rows.narrow(0, count, 1).repeat({posts * images, 1, 1});
        out.prompts = blanks.index_copy(0, batch.pixelSlots, rows.narrow(0, 0, count))
                          .view({posts, images, rows.size(1), rows.size(2)});
    }
    return out;
}

Tensor NerModel::relationLoss(const Batch&, const Tensor&) {
    throw Error(ErrorCode::Internal, {"a system without relation task was asked for its loss"});
}

int longestSequence(const ModelShape& shape) {
    int longest = shape.encoder.longestSequence() - systemCode(shape.system, shape.variant).reservedPositions(shape);
    const int asked = shape.options.at("max_pieces").get<int>();
    if (asked > 0) longest = std::min(longest, asked);
    if (longest < 3)
        throw Error(ErrorCode::OptionInvalid,
                    {"max_pieces", std::to_string(longest), "room for [CLS], one sub-token and [SEP]"});
    return longest;
}

std::shared_ptr<NerModel> makeModel(const ModelShape& shape) {
    const std::shared_ptr<NerModel> model = systemCode(shape.system, shape.variant).make(shape);
    if (shape.pictures.use && shape.pictures.pixels) model->ownResNet(shape);
    return model;
}

}  // namespace mnerva::models
