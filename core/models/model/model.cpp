#include "core/models/model/model_internal.h"

#include "core/models/pictures/features_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

using torch::Tensor;

void NerModel::ownResNet(const ModelShape& shape) {
    m_layout = shape.pictures;
    const bool statistics = shape.options.value("bn_batch_statistics", false);
    m_resnet = register_module("resnet", nn::TrainedResNet(shape.resnet, statistics));
}

Batch NerModel::withRows(const Batch& batch) {
    if (!m_resnet || !batch.pixels.values.defined()) return batch;
    Batch out = batch;
    const std::int64_t posts = batch.posts(), images = 1 + m_layout.objects, count = batch.pixels.values.size(0);
    const bool prompts = m_layout.prompts && !batch.prompts.defined();
    Tensor input = networkInputOf(batch.pixels.values);  // [P, 3, 224, 224]
    if (prompts)                                         // and a blank, which absent pictures prompt with
        input = torch::cat({input, torch::zeros({1, 3, input.size(2), input.size(3)}, input.options())});
    std::array<Tensor, 4> stages;
    if (input.size(0) > 0) stages = m_resnet->forward(input);
    const auto rowsOf = [&](const Tensor& places, int side) {
        std::array<Tensor, 4> chosen;
        for (std::size_t level = 0; level < stages.size(); ++level)
            chosen[level] = stages[level].index_select(0, places);
        return pooledRows(chosen, side);
    };
    const Tensor isCrop = batch.pixels.slots.remainder(images).ne(0);
    if (m_layout.grid) {
        out.grid.rows = torch::zeros({posts, vision::kGridCells, m_layout.channels()}, input.options());
        const Tensor places = isCrop.logical_not().nonzero().flatten();
        if (places.numel() > 0)
            out.grid.rows =
                out.grid.rows.index_copy(0, batch.grid.mask.nonzero().flatten(), rowsOf(places, vision::kGridSide));
    }
    if (m_layout.objectRows > 0) {
        const Tensor places = isCrop.nonzero().flatten();
        out.crops.rows = places.numel() > 0
                             ? rowsOf(places, sideOfRows(m_layout.objectRows))
                             : torch::zeros({0, m_layout.objectRows, m_layout.channels()}, input.options());
    }
    if (prompts) {
        const Tensor rows = promptRows(stages);  // [P + 1, 4, Ct]
        const Tensor blanks = rows.narrow(0, count, 1).repeat({posts * images, 1, 1});
        out.prompts = blanks.index_copy(0, batch.pixels.slots, rows.narrow(0, 0, count))
                          .view({posts, images, rows.size(1), rows.size(2)});
    }
    return out;
}

}  // namespace mnerva::models
