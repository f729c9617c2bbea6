#include "core/nn/bart_config.h"

#include "core/nn/bert_config.h"
#include "core/nn/config_fields_internal.h"

namespace mnerva::nn {
using nlohmann::json;

BartConfig BartConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BartConfig BartConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    const ConfigFields read(fields, path.string());
    if (const std::string type = read.text("model_type", "missing"); type != "bart")
        read.refuse("model_type", type, "bart");
    if (const std::string activation = read.text("activation_function", "gelu"); activation != "gelu")
        read.refuse("activation_function", activation, "gelu");
    BartConfig config;
    config.vocabularySize = read.size("vocab_size", 1, kMostVocabulary);
    config.width = read.size("d_model", 1, kMostWidth);
    config.encoderLayers = read.size("encoder_layers", 1, kMostLayers);
    config.decoderLayers = read.size("decoder_layers", 1, kMostLayers);
    config.encoderHeads = read.size("encoder_attention_heads", 1, kMostHeads);
    config.decoderHeads = read.size("decoder_attention_heads", 1, kMostHeads);
    config.encoderFeedForward = read.size("encoder_ffn_dim", 1, kMostInner);
    config.decoderFeedForward = read.size("decoder_ffn_dim", 1, kMostInner);
    config.maxPositions = read.size("max_position_embeddings", 2, kMostPositions);
    config.dropout = read.real("dropout", 0, kHighestRate, config.dropout);
    config.attentionDropout = read.real("attention_dropout", 0, kHighestRate, config.attentionDropout);
    config.activationDropout = read.real("activation_dropout", 0, kHighestRate, config.activationDropout);
    config.scaleEmbedding = read.flag("scale_embedding", false);
    const Largest lastId{config.vocabularySize - 1};
    config.padId = read.size("pad_token_id", 0, lastId, config.padId);
    config.beginId = read.size("bos_token_id", 0, lastId, config.beginId);
    config.endId = read.size("eos_token_id", 0, lastId, config.endId);
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
    return {{"model_type", "bart"},
            {"architectures", {"BartModel"}},
            {"is_encoder_decoder", true},
            {"vocab_size", vocabularySize},
            {"d_model", width},
            {"encoder_layers", encoderLayers},
            {"decoder_layers", decoderLayers},
            {"encoder_attention_heads", encoderHeads},
            {"decoder_attention_heads", decoderHeads},
            {"encoder_ffn_dim", encoderFeedForward},
            {"decoder_ffn_dim", decoderFeedForward},
            {"max_position_embeddings", maxPositions},
            {"activation_function", "gelu"},
            {"dropout", dropout},
            {"attention_dropout", attentionDropout},
            {"activation_dropout", activationDropout},
            {"scale_embedding", scaleEmbedding},
            {"pad_token_id", padId},
            {"bos_token_id", beginId},
            {"eos_token_id", endId},
            {"decoder_start_token_id", endId}};
}

}  // namespace mnerva::nn
