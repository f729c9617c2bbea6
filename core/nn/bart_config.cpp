#include "core/nn/bart_config.h"

#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

constexpr int kLargest = 1 << 24;

/// Takes fields out of a config.json and says which one is wrong.
struct Fields {
    const json& all;
    std::string path;

    [[noreturn]] void refuse(const std::string& name, const std::string& wanted) const {
        const std::string found = all.contains(name) ? all.at(name).dump() : "missing";
        throw Error(ErrorCode::FormatInvalid, {path, "\"" + name + "\" " + found, wanted});
    }
    int size(const char* name, int smallest) const {
        const json value = all.value(name, json());
        if (!value.is_number_integer() || value.get<long long>() < smallest || value.get<long long>() > kLargest)
            refuse(name, "a whole number from " + std::to_string(smallest) + " to " + std::to_string(kLargest));
        return value.get<int>();
    }
    int size(const char* name, int smallest, int fallback) const {
        return all.contains(name) && !all.at(name).is_null() ? size(name, smallest) : fallback;
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
    const json parsed = json::parse(readFile(path), nullptr, false);
    if (parsed.is_discarded()) throw Error(ErrorCode::FormatInvalid, {path.string(), "no JSON", "a config.json"});
    return fromJson(parsed, path);
}

BartConfig BartConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    if (!fields.is_object())
        throw Error(ErrorCode::FormatInvalid, {path.string(), fields.type_name(), "a JSON object"});
    const Fields read{fields, path.string()};
    if (fields.value("model_type", json()) != "bart") read.refuse("model_type", "\"bart\"");
    if (fields.value("activation_function", json("gelu")) != "gelu") read.refuse("activation_function", "\"gelu\"");
    BartConfig config;
    config.vocabularySize = read.size("vocab_size", 1);
    config.width = read.size("d_model", 1);
    config.encoderLayers = read.size("encoder_layers", 1);
    config.decoderLayers = read.size("decoder_layers", 1);
    config.encoderHeads = read.size("encoder_attention_heads", 1);
    config.decoderHeads = read.size("decoder_attention_heads", 1);
    config.encoderFeedForward = read.size("encoder_ffn_dim", 1);
    config.decoderFeedForward = read.size("decoder_ffn_dim", 1);
    config.maxPositions = read.size("max_position_embeddings", 2);
    config.dropout = read.rate("dropout", config.dropout);
    config.attentionDropout = read.rate("attention_dropout", config.attentionDropout);
    config.activationDropout = read.rate("activation_dropout", config.activationDropout);
    config.scaleEmbedding = fields.value("scale_embedding", json(false)) == json(true);
    config.padId = read.size("pad_token_id", 0, config.padId);
    config.beginId = read.size("bos_token_id", 0, config.beginId);
    config.endId = read.size("eos_token_id", 0, config.endId);
    if (config.width % config.encoderHeads != 0 || config.width % config.decoderHeads != 0)
        read.refuse("d_model", "a multiple of encoder_attention_heads and decoder_attention_heads");
    return config;
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
