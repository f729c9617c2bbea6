#include "core/nn/bert_config.h"

#include <algorithm>
#include <array>

#include "core/nn/config_fields_internal.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

struct Kind {
    const char *name, *architecture;
};
constexpr std::array kKinds{Kind{"bert", "BertModel"}, Kind{"roberta", "RobertaModel"},
                            Kind{"xlm-roberta", "XLMRobertaModel"}, Kind{"camembert", "CamembertModel"}};

}  // namespace

BertConfig BertConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BertConfig BertConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    const ConfigFields read(fields, path.string());
    BertConfig config;
    config.modelType = read.text("model_type", config.modelType);
    const auto known =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.name == config.modelType; });
    if (known == kKinds.end()) read.refuse("model_type", config.modelType, "bert, roberta, xlm-roberta or camembert");
    config.vocabularySize = read.size("vocab_size", 1, kMostVocabulary);
    config.hidden = read.size("hidden_size", 1, kMostWidth);
    config.layers = read.size("num_hidden_layers", 1, kMostLayers);
    config.heads = read.size("num_attention_heads", 1, kMostHeads);
    config.intermediate = read.size("intermediate_size", 1, kMostInner);
    config.maxPositions = read.size("max_position_embeddings", 2, kMostPositions);
    config.typeVocabulary = read.size("type_vocab_size", 1, kMostTypes);
    config.layerNormEps = read.real("layer_norm_eps", 0.0, 1.0, config.layerNormEps);
    config.hiddenDropout = read.real("hidden_dropout_prob", 0.0, kHighestRate, config.hiddenDropout);
    config.attentionDropout = read.real("attention_probs_dropout_prob", 0.0, kHighestRate, config.attentionDropout);
    config.padId = read.size("pad_token_id", 0, {config.vocabularySize - 1}, config.modelType == "bert" ? 0 : 1);
    config.activation = read.text("hidden_act", config.activation);
    if (config.activation != "gelu") read.refuse("hidden_act", config.activation, "gelu");
    if (config.hidden % config.heads != 0) {
        read.refuse("hidden_size", std::to_string(config.hidden),
                    "a multiple of num_attention_heads " + std::to_string(config.heads));
    }
    if (config.longestSequence() < 2)
        read.refuse("max_position_embeddings", std::to_string(config.maxPositions),
                    "at least " + std::to_string(config.firstPosition() + 2));
    read.requireParameters(config.parameters(), kMostParameters);
    const std::string positions = read.text("position_embedding_type", "absolute");
    if (positions != "absolute") read.refuse("position_embedding_type", positions, "absolute");
    return config;
}

std::uint64_t BertConfig::parameters() const {
    const auto h = static_cast<std::uint64_t>(hidden), inner = static_cast<std::uint64_t>(intermediate);
    const auto rows = static_cast<std::uint64_t>(vocabularySize) + static_cast<std::uint64_t>(maxPositions) +
                      static_cast<std::uint64_t>(typeVocabulary);
    // Query, key, value and output; up and down; two norms.
    const std::uint64_t layer = 4 * (h * h + h) + 2 * h * inner + h + inner + 4 * h;
    return rows * h + 2 * h + static_cast<std::uint64_t>(layers) * layer;
}

json BertConfig::toJson() const {
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.name == modelType; });
    return {{"model_type", modelType},
            {"architectures", {kind == kKinds.end() ? "BertModel" : kind->architecture}},
            {"vocab_size", vocabularySize},
            {"hidden_size", hidden},
            {"num_hidden_layers", layers},
            {"num_attention_heads", heads},
            {"intermediate_size", intermediate},
            {"max_position_embeddings", maxPositions},
            {"type_vocab_size", typeVocabulary},
            {"layer_norm_eps", layerNormEps},
            {"hidden_act", activation},
            {"hidden_dropout_prob", hiddenDropout},
            {"attention_probs_dropout_prob", attentionDropout},
            {"pad_token_id", padId},
            {"position_embedding_type", "absolute"},
            {"initializer_range", 0.02}};
}

}  // namespace mnerva::nn
