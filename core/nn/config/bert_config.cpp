#include "core/nn/config/bert_config.h"

#include <algorithm>
#include <array>

#include "core/nn/config/config_fields_internal.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

struct Kind {
    const char *name, *architecture;
};
constexpr std::array kKinds{Kind{"bert", "BertModel"}, Kind{"roberta", "RobertaModel"},
                            Kind{"xlm-roberta", "XLMRobertaModel"}, Kind{"camembert", "CamembertModel"}};

const Kind* kindOf(const std::string& modelType) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.name == modelType; });
    return found == kKinds.end() ? nullptr : &*found;
}

/// Every field but the kind, for ConfigReader and ConfigWriter.
template <class Fields, class Config>
void visitBert(Fields& fields, Config& config) {
    fields.needed("vocab_size", config.vocabularySize, 1, kMostVocabulary);
    fields.needed("hidden_size", config.hidden, 1, kMostWidth);
    fields.needed("num_hidden_layers", config.layers, 1, kMostLayers);
    fields.needed("num_attention_heads", config.heads, 1, kMostHeads);
    fields.needed("intermediate_size", config.intermediate, 1, kMostInner);
    fields.needed("max_position_embeddings", config.maxPositions, 2, kMostPositions);
    fields.needed("type_vocab_size", config.typeVocabulary, 1, kMostTypes);
    fields.real("layer_norm_eps", config.layerNormEps, 0.0, 1.0);
    fields.real("hidden_dropout_prob", config.hiddenDropout, 0.0, kHighestRate);
    fields.real("attention_probs_dropout_prob", config.attentionDropout, 0.0, kHighestRate);
    fields.id("pad_token_id", config.padId, config.vocabularySize);
    fields.text("hidden_act", config.activation);
    fields.fixed("position_embedding_type", "absolute");
}

}  // namespace

BertConfig BertConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BertConfig BertConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    const ConfigReader read(fields, path);
    BertConfig config;
    read.text("model_type", config.modelType);
    if (!kindOf(config.modelType))
        read.refuse("model_type", config.modelType, "bert, roberta, xlm-roberta or camembert");
    config.padId = config.modelType == "bert" ? 0 : 1;
    visitBert(read, config);
    if (config.activation != "gelu") read.refuse("hidden_act", config.activation, "gelu");
    if (config.hidden % config.heads != 0)
        read.refuse("hidden_size", std::to_string(config.hidden),
                    "a multiple of num_attention_heads " + std::to_string(config.heads));
    if (config.longestSequence() < 2)
        read.refuse("max_position_embeddings", std::to_string(config.maxPositions),
                    "at least " + std::to_string(config.firstPosition() + 2));
    read.requireParameters(config.parameters(), kMostParameters);
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
    const Kind* kind = kindOf(modelType);
    json fields{{"model_type", modelType},
                {"architectures", {kind ? kind->architecture : "BertModel"}},
                {"initializer_range", 0.02}};
    ConfigWriter write(fields);
    visitBert(write, *this);
    return fields;
}

}  // namespace mnerva::nn
