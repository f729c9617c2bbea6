#pragma once

#include "core/nn/encoders/encoder.h"
#include "core/text/tokenizer.h"
#include "tests/unit/train/toy.h"

namespace mnerva::train::test {

/// A folder of a small encoder of random values without dropout, so that runs can be compared whose random numbers
/// differ. Beside the pictures of the toy.
inline std::string plainEncoder(const Toy& toy) {
    const std::filesystem::path folder = toy.folder / "plain";
    if (std::filesystem::exists(folder)) return folder.string();
    const auto tokenizer = text::loadTokenizer(std::filesystem::path(MNERVA_SOURCE_DIR) / "tests/golden/bpe");
    nn::BertConfig config = nn::tinyConfig(tokenizer->size());
    config.modelType = "roberta";
    config.hidden = 32;
    config.intermediate = 128;
    config.padId = tokenizer->pad();
    config.typeVocabulary = 1;
    config.hiddenDropout = config.attentionDropout = 0;
    torch::manual_seed(5);
    nn::Encoder encoder{config, nn::Bert(config), {}, true};
    encoder.bert->initBert();
    nn::saveEncoder(encoder, folder);
    tokenizer->save(folder);
    return folder.string();
}

}  // namespace mnerva::train::test
