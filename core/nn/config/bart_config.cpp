#include "core/nn/config/bart_config.h"

#include "core/nn/config/bert_config.h"
#include "core/nn/config/config_fields_internal.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

/// Every field, for ConfigReader and ConfigWriter.
template <class Fields, class Config>
void visitBart(Fields& fields, Config& config) {
    fields.fixed("model_type", "bart", "missing");
    fields.fixed("activation_function", "gelu");
    fields.needed("vocab_size", config.vocabularySize, 1, kMostVocabulary);
    fields.needed("d_model", config.width, 1, kMostWidth);
    fields.needed("encoder_layers", config.encoderLayers, 1, kMostLayers);
    fields.needed("decoder_layers", config.decoderLayers, 1, kMostLayers);
    fields.needed("encoder_attention_heads", config.encoderHeads, 1, kMostHeads);
    fields.needed("decoder_attention_heads", config.decoderHeads, 1, kMostHeads);
    fields.needed("encoder_ffn_dim", config.encoderFeedForward, 1, kMostInner);
    fields.needed("decoder_ffn_dim", config.decoderFeedForward, 1, kMostInner);
    fields.needed("max_position_embeddings", config.maxPositions, 2, kMostPositions);
    fields.real("dropout", config.dropout, 0, kHighestRate);
    fields.real("attention_dropout", config.attentionDropout, 0, kHighestRate);
    fields.real("activation_dropout", config.activationDropout, 0, kHighestRate);
    fields.flag("scale_embedding", config.scaleEmbedding);
    fields.id("pad_token_id", config.padId, config.vocabularySize);
    fields.id("bos_token_id", config.beginId, config.vocabularySize);
    fields.id("eos_token_id", config.endId, config.vocabularySize);
}

}  // namespace

BartConfig BartConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BartConfig BartConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    const ConfigReader read(fields, path);
    BartConfig config;
    visitBart(read, config);
    if (config.width % config.encoderHeads != 0 || config.width % config.decoderHeads != 0)
        read.refuse("d_model", std::to_string(config.width),
                    "a multiple of encoder_attention_heads and decoder_attention_heads");
    read.requireParameters(config.parameters(), kMostParameters);
    return config;
}

std::uint64_t BartConfig::parameters() const {
    const auto of = [](int value) { return static_cast<std::uint64_t>(value); };
    const std::uint64_t d = of(width), attention = 4 * (d * d + d);
    const auto inner = [&](int feedForward) { return 2 * d * of(feedForward) + d + of(feedForward); };
    return (of(vocabularySize) + 2 * of(maxPositions)) * d +
           of(encoderLayers) * (attention + inner(encoderFeedForward) + 4 * d) +
           of(decoderLayers) * (2 * attention + inner(decoderFeedForward) + 6 * d);
}

json BartConfig::toJson() const {
    json fields{{"architectures", {"BartModel"}}, {"is_encoder_decoder", true}, {"decoder_start_token_id", endId}};
    ConfigWriter write(fields);
    visitBart(write, *this);
    return fields;
}

}  // namespace mnerva::nn
