#include "core/nn/bert_config.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/printable.h"

namespace mnerva::nn {
namespace {

using nlohmann::json;

constexpr JsonLimits kConfigLimits{std::size_t{4} << 20, 32, 100'000};

/// The largest value a field may have: several times what the largest published encoders of these kinds have, and small
/// enough that no product of two of them is out of range.
struct Largest {
    int value;
};
constexpr Largest kVocabulary{1 << 22}, kWidth{1 << 15}, kLayers{512}, kHeads{1024}, kInner{1 << 17},
    kPositions{1 << 18}, kTypes{1024};

struct Kind {
    const char *name, *architecture;
};
constexpr std::array kKinds{Kind{"bert", "BertModel"}, Kind{"roberta", "RobertaModel"},
                            Kind{"xlm-roberta", "XLMRobertaModel"}, Kind{"camembert", "CamembertModel"}};

/// Takes fields out of a config.json and says which one is wrong.
class FieldReader {
public:
    FieldReader(const json& fields, std::string path) : m_fields(fields), m_path(std::move(path)) {}

    [[noreturn]] void refuse(const std::string& name, const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, "\"" + name + "\" " + excerpt(found, 200), wanted});
    }

    int size(const char* name, int smallest, Largest largest) const {
        if (!m_fields.contains(name)) refuse(name, "missing", "a whole number");
        const json& value = m_fields[name];
        // Above 2^63 a number is unsigned, and get<long long> would make it negative.
        const bool fits = value.is_number_integer() && value.get<double>() < 0x1p62;
        const auto number = fits ? value.get<long long>() : -1;
        if (!fits || number < smallest || number > largest.value)
            refuse(name, excerpt(value.dump()),
                   "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest.value));
        return static_cast<int>(number);
    }
    int size(const char* name, int smallest, Largest largest, int fallback) const {
        return present(name) ? size(name, smallest, largest) : fallback;
    }

    double real(const char* name, double low, double high, double fallback) const {
        if (!present(name)) return fallback;
        const json& value = m_fields[name];
        const double number = value.is_number() ? value.get<double>() : -1;
        if (!(number >= low && number <= high)) {
            refuse(name, excerpt(value.dump()), "a number from " + json(low).dump() + " to " + json(high).dump());
        }
        return number;
    }

    std::string text(const char* name, const std::string& fallback) const {
        if (!present(name)) return fallback;
        if (!m_fields[name].is_string()) refuse(name, excerpt(m_fields[name].dump()), "a text");
        return m_fields[name].get<std::string>();
    }

private:
    bool present(const char* name) const { return m_fields.contains(name) && !m_fields[name].is_null(); }

    const json& m_fields;
    std::string m_path;
};

}  // namespace

BertConfig BertConfig::fromFile(const std::filesystem::path& path) {
    return fromJson(readJson(path, kConfigLimits), path);
}

BertConfig BertConfig::fromJson(const json& fields, const std::filesystem::path& path) {
    if (!fields.is_object()) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), fields.type_name(), "a JSON object"});
    }
    const FieldReader read(fields, path.string());
    BertConfig config;
    config.modelType = read.text("model_type", config.modelType);
    const auto known =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.name == config.modelType; });
    if (known == kKinds.end()) read.refuse("model_type", config.modelType, "bert, roberta, xlm-roberta or camembert");
    config.vocabularySize = read.size("vocab_size", 1, kVocabulary);
    config.hidden = read.size("hidden_size", 1, kWidth);
    config.layers = read.size("num_hidden_layers", 1, kLayers);
    config.heads = read.size("num_attention_heads", 1, kHeads);
    config.intermediate = read.size("intermediate_size", 1, kInner);
    config.maxPositions = read.size("max_position_embeddings", 2, kPositions);
    config.typeVocabulary = read.size("type_vocab_size", 1, kTypes);
    config.layerNormEps = read.real("layer_norm_eps", 0.0, 1.0, config.layerNormEps);
    config.hiddenDropout = read.real("hidden_dropout_prob", 0.0, 0.999, config.hiddenDropout);
    config.attentionDropout = read.real("attention_probs_dropout_prob", 0.0, 0.999, config.attentionDropout);
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
    if (const std::uint64_t count = config.parameters(); count > kMostParameters)
        throw Error(ErrorCode::BoundExceeded,
                    {path.string(), "parameters (" + std::to_string(count) + ")", std::to_string(kMostParameters)});
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
