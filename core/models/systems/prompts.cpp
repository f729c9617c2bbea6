#include "core/models/model/option_lists.h"
#include "core/models/systems/prompts_internal.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

constexpr double kPromptGateSlope = 0.01;

}  // namespace

PromptMaker::PromptMaker(torch::nn::Module& owner, const ModelShape& shape)
    : m_norm(shape.options.at("prompt_norm").get<bool>()) {
    const std::int64_t H = shape.encoder.hidden;
    const auto between = shape.options.at("prompt_hidden").get<std::int64_t>();
    const std::int64_t wide = kSlices * 2 * H;  // 8H, and as many numbers as the rows of the mean slice have
    m_in = owner.register_module("prompt_in", nn::Dense(shape.pictures.promptChannels(), between));
    m_out = owner.register_module("prompt_out", nn::Dense(between, wide));
    for (int l = 0; l < shape.encoder.layers; ++l)
        m_levelGates.push_back(
            owner.register_module("level_gate_" + std::to_string(l + 1), nn::Dense(kRows * 2 * H, kSlices)));
}

std::vector<PromptMaker::Layer> PromptMaker::layersOf(const Tensor& pictures) {
    const std::int64_t B = pictures.size(0), images = pictures.size(1);
    // Step 2. Z [B, images, 4 rows, 4 slices, 2H].
    const Tensor rows = m_norm ? torch::layer_norm(pictures, {pictures.size(3)}) : pictures;
    const Tensor Z = m_out(torch::tanh(m_in(rows))).view({B, images, kRows, kSlices, -1});
    const Tensor mean = Z.mean(3).flatten(2);  // step 3: s [B, images, 8H]
    std::vector<Layer> layers;
    for (nn::Dense& gate : m_levelGates) {
        const Tensor g = torch::softmax(torch::leaky_relu(gate(mean), kPromptGateSlope), -1);  // [B, images, 4]
        layers.push_back({(Z * g.view({B, images, 1, kSlices, 1})).sum(3), g});
    }
    return layers;
}

nn::PrefixKeyValues PromptMaker::prefixOf(const Tensor& keyValues, const Tensor& mask) {
    const std::int64_t B = keyValues.size(0), P = keyValues.size(1) * kRows;
    const auto halves = keyValues.reshape({B, P, -1}).chunk(2, -1);  // step 4
    return {halves[0], halves[1], mask.view({B, 1}).expand({B, P})};
}

void addPromptOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer("objects", "model", 3, 0, 32, MNERVA_TEXT("options", "crops"),
                           MNERVA_TEXT("options", "Object crops"),
                           MNERVA_TEXT("options", "How many object crops of a post are used.")));
    list.push_back(
        integer("prompt_hidden", "model", 800, 1, 8192, MNERVA_TEXT("options", "units"),
                MNERVA_TEXT("options", "Width of the prompts' layer"),
                MNERVA_TEXT("options", "Width of the hidden layer that makes prompts of picture features.")));
    // Rows of a random ResNet are tens of times larger than a trained one's, and tanh would be flat there.
    list.push_back(flag(
        "prompt_norm", "model", false, MNERVA_TEXT("options", "One scale of prompts"),
        MNERVA_TEXT("options", "Bring picture features to one scale before they become prompts; for random ResNets.")));
}

}  // namespace mnerva::models
