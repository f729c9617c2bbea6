#include <algorithm>

#include "core/base/error.h"
#include "core/models/model_internal.h"
#include "core/models/mpcfn_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

torch::Tensor NerModel::loss(const Batch& batch) {
    const torch::Tensor emissions = forward(batch, false).emissions;
    return crf()->negativeLogLikelihood(emissions, batch.tags, batch.wordMask).mean();
}

int longestSequence(const ModelShape& shape) {
    int longest = shape.encoder.maxPositions;
    // The correlation gate reads words and picture cells as one sequence.
    if (shape.pictures.use && shape.options.at("cp").get<bool>())
        longest -= std::max(vision::kGridCells, shape.pictures.objectRows);
    const int asked = shape.options.at("max_pieces").get<int>();
    if (asked > 0) longest = std::min(longest, asked);
    if (longest < 3)
        throw Error(ErrorCode::OptionInvalid,
                    {"max_pieces", std::to_string(longest), "room for [CLS], one sub-token and [SEP]"});
    return longest;
}

SubtokenMode subtokenModeOf(const nlohmann::json& options) {
    const std::string mode = options.at("subtoken");
    return mode == "mean" ? SubtokenMode::Mean : mode == "first" ? SubtokenMode::First : SubtokenMode::Sum;
}

PictureLayout pictureLayoutOf(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = !options.at("text_only").get<bool>();
    layout.objects = layout.use && options.at("use_objects").get<bool>() ? options.at("objects").get<int>() : 0;
    layout.objectRows = std::stoi(options.at("object_tokens").get<std::string>());
    layout.widths = widths;
    return layout;
}

std::shared_ptr<NerModel> makeModel(const ModelShape& shape) {
    if (shape.system != "mpcfn") throw Error(ErrorCode::OptionInvalid, {"system", shape.system, "mpcfn"});
    return std::make_shared<Mpcfn>(shape);
}

}  // namespace mnerva::models
