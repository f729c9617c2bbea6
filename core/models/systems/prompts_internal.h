#pragma once

#include <vector>

#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/model/system_info.h"

namespace mnerva::models {

/// Pictures as keys and values for each encoder layer (models.md 4.6, steps 2 to 4), which HVPNeT and the reference
/// code of MPCFN share. Its parameters are named `prompt_in`, `prompt_out` and `level_gate_<1..L>` in the model it is
/// made for.
class PromptMaker {
public:
    static constexpr int kRows = 4;    ///< of one picture: the 2x2 cells, step 1
    static constexpr int kSlices = 4;  ///< Z_1..Z_4, step 2

    PromptMaker() = default;
    /// Registers its layers with `owner`. Reads the options `prompt_hidden` and `prompt_norm`.
    PromptMaker(torch::nn::Module& owner, const ModelShape& shape);

    bool used() const { return !m_levelGates.empty(); }

    /// Of one encoder layer.
    struct Layer {
        torch::Tensor keyValues;  ///< [B, pictures, 4, 2H]
        torch::Tensor gates;      ///< [B, pictures, 4], rows sum to 1
    };
    /// rows [B, pictures, 4, Cp], as Batch::prompts.
    std::vector<Layer> layersOf(const torch::Tensor& rows);

    /// keyValues [B, pictures, 4, 2H] as a prefix of 4 rows a picture; `mask` bool [B]: posts that use it.
    static nn::PrefixKeyValues prefixOf(const torch::Tensor& keyValues, const torch::Tensor& mask);

private:
    bool m_norm = false;
    nn::Dense m_in{nullptr}, m_out{nullptr};
    std::vector<nn::Dense> m_levelGates;  ///< Linear_l, one per encoder layer
};

/// Options `objects`, `prompt_hidden` and `prompt_norm`.
void addPromptOptions(std::vector<OptionSpec>& list);

}  // namespace mnerva::models
