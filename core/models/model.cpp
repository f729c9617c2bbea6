#include <algorithm>

#include "core/base/error.h"
#include "core/models/model_internal.h"
#include "core/models/system_internal.h"

namespace mnerva::models {

torch::Tensor NerModel::loss(const Batch& batch) {
    const torch::Tensor emissions = forward(batch, false).emissions;
    return decoder().negativeLogLikelihood(emissions, batch.tags, batch.unitMask).mean();
}

int longestSequence(const ModelShape& shape) {
    int longest = shape.encoder.maxPositions - systemCode(shape.system).reservedPositions(shape);
    const int asked = shape.options.at("max_pieces").get<int>();
    if (asked > 0) longest = std::min(longest, asked);
    if (longest < 3)
        throw Error(ErrorCode::OptionInvalid,
                    {"max_pieces", std::to_string(longest), "room for [CLS], one sub-token and [SEP]"});
    return longest;
}

std::shared_ptr<NerModel> makeModel(const ModelShape& shape) {
    return systemCode(shape.system).make(shape);
}

}  // namespace mnerva::models
