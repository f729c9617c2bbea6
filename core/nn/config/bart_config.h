#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace mnerva::nn {

/// Sizes and rates of a BART, as in the `config.json` of a Hugging Face folder. Activation is the exact gelu.
struct BartConfig {
    int vocabularySize = 0;
    int width = 768;  ///< d_model; a multiple of both numbers of heads
    int encoderLayers = 6, decoderLayers = 6;
    int encoderHeads = 12, decoderHeads = 12;
    int encoderFeedForward = 3072, decoderFeedForward = 3072;
    int maxPositions = 1024;  ///< longest sequence, on either side
    double dropout = 0.1, attentionDropout = 0, activationDropout = 0;
    bool scaleEmbedding = false;  ///< token vectors times sqrt(width)
    int padId = 1, beginId = 0, endId = 2;

    /// Values of all weights together.
    std::uint64_t parameters() const;

    /// Reads a `config.json`. Errors: FileMissing, BoundExceeded (more than kMostParameters), FormatInvalid (no JSON,
    /// not a BART, a field that is missing, of the wrong type or out of range, another activation), naming the field,
    /// found and wanted.
    static BartConfig fromFile(const std::filesystem::path& path);
    /// Same from parsed JSON; `path` only names the source in errors.
    static BartConfig fromJson(const nlohmann::json& json, const std::filesystem::path& path);
    /// As Hugging Face writes it, so that Python opens the folder.
    nlohmann::json toJson() const;

    bool operator==(const BartConfig&) const = default;
};

}  // namespace mnerva::nn
