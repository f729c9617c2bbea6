#include "core/nn/bart_config.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/printable.h"
#include "core/nn/bert_config.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

constexpr JsonLimits kConfigLimits{std::size_t{4} << 20, 32, 100'000};
/// The largest values of fields; see bert_config.cpp.
constexpr int kVocabulary = 1 << 22, kWidth = 1 << 15, kLayers = 512, kHeads = 1024, kInner = 1 << 17,
              kPositions = 1 << 18;

/// Takes fields out of a config.json and says which one is wrong.
struct Fields {
    const json& all;
    std::string path;

    [[noreturn]] void refuse(const std::string& name, const std::string& wanted) const {
        const std::string found = all.contains(name) ? excerpt(all.at(name).dump()) : "missing";
        throw Error(ErrorCode::FormatInvalid, {path, "\"" + name + "\" " + found, wanted});
    }
    int size(const char* name, int smallest, int largest) const {
        const json value = all.value(name, json());
        // In double, as a number above 2^63 would come out negative.
        const double number = value.is_number_integer() ? value.get<double>() : -1;
        if (number < smallest || number > largest)
            refuse(name, "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest));
        return value.get<int>();
    }
    int sizeOr(const char* name, int smallest, int largest, int fallback) const {
        return all.contains(name) && !all.at(name).is_null() ? size(name, smallest, largest) : fallback;
    }
    double rate(const char* name, double fallback) const {
        if (!all.contains(name) || all.at(name).is_null()) return fallback;
        const double value = all.at(name).is_number() ? all.at(name).get<double>() : -1;
        if (!(value >= 0 && value <= 0.999)) refuse(name, "a number from 0 to 0.999");
        return value;
    }
};

}  // namespace

BartConfig BartConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BartConfig BartConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    if (!fields.is_object())
        throw Error(ErrorCode::FormatInvalid, {path.string(), fields.type_name(), "a JSON object"});
    const Fields read{fields, path.string()};
    if (fields.value("model_type", json()) != "bart") read.refuse("model_type", "\"bart\"");
    if (fields.value("activation_function", json("gelu")) != "gelu") read.refuse("activation_function", "\"gelu\"");
    BartConfig config;
    config.vocabularySize = read.size("vocab_size", 1, kVocabulary);
    config.width = read.size("d_model", 1, kWidth);
    config.encoderLayers = read.size("encoder_layers", 1, kLayers);
    config.decoderLayers = read.size("decoder_layers", 1, kLayers);
    config.encoderHeads = read.size("encoder_attention_heads", 1, kHeads);
    config.decoderHeads = read.size("decoder_attention_heads", 1, kHeads);
    config.encoderFeedForward = read.size("encoder_ffn_dim", 1, kInner);
    config.decoderFeedForward = read.size("decoder_ffn_dim", 1, kInner);
    config.maxPositions = read.size("max_position_embeddings", 2, kPositions);
    config.dropout = read.rate("dropout", config.dropout);
    config.attentionDropout = read.rate("attention_dropout", config.attentionDropout);
    config.activationDropout = read.rate("activation_dropout", config.activationDropout);
    config.scaleEmbedding = fields.value("scale_embedding", json(false)) == json(true);
    const int lastId = config.vocabularySize - 1;
    config.padId = read.sizeOr("pad_token_id", 0, lastId, config.padId);
    config.beginId = read.sizeOr("bos_token_id", 0, lastId, config.beginId);
    config.endId = read.sizeOr("eos_token_id", 0, lastId, config.endId);
    if (config.width % config.encoderHeads != 0 || config.width % config.decoderHeads != 0)
        read.refuse("d_model", "a multiple of encoder_attention_heads and decoder_attention_heads");
    if (const std::uint64_t count = config.parameters(); count > kMostParameters)
        throw Error(ErrorCode::BoundExceeded,
                    {path.string(), "parameters (" + std::to_string(count) + ")", std::to_string(kMostParameters)});
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
