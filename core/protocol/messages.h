#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/domain/attribution.h"
#include "core/domain/finding.h"
#include "core/domain/post_input.h"
#include "core/domain/prediction.h"

namespace mnerva::protocol {

inline constexpr int kProtocolVersion = 1;
inline constexpr std::uint32_t kMaxFrameBytes = 256u << 20;

/// load: run folder, device ("cpu", "cuda:0"), dtype. Answer: system, options, labels, what it can explain.
struct LoadRequest {
    std::string runFolder, device = "cpu", dtype = "f32";
    std::string weights = "best";  ///< of the best epoch, or "last": of the last one, out of the checkpoint
};

/// predict: a post, and what is wanted of the answer beside tags and entities. Covering cells of the first picture
/// live: `cover`; another picture or none: in the post.
struct PredictRequest {
    PostInput post;
    bool wantMarginals = false, wantAttention = false;
    Cover cover{};
};

/// The loaded run's answer. Without attention wanted: no maps, no weights of groundings.
struct PredictResult : Prediction {
    std::vector<std::string> tagNames;  ///< of the columns of `marginals`
    std::vector<Finding> findings{};    ///< what was odd in the question: "picture-missing", "picture-unreadable", ...
};

/// detect: boxes in one picture. Answer: DetectResult.
struct DetectRequest {
    std::string imagePath;           ///< of the engine's machine
    std::string imageBytes;          ///< instead of a path
    std::string detector = "faces";  ///< or the path of an ONNX file
    std::string namesFile;           ///< class names, one a line; empty: those of the ONNX file
    double minScore = 0.25;
};

/// explain: a post, a target in it, and by which methods. Answer: ExplainResult; before it a part, an ExplainResult
/// with one attribution, as soon as each method is done, in the order of attributionMethods().
struct ExplainRequest {
    PostInput post;
    AttributionQuery query;
};

struct ExplainResult {
    Target target;
    std::vector<Attribution> attributions;
    std::vector<Finding> findings{};  ///< what was odd in the question
};

struct DetectedBox {
    int left = 0, top = 0, width = 0, height = 0;  ///< pixels of the picture
    std::string label;
    double score = 0;
};

struct DetectResult {
    std::string detector, fingerprint;  ///< name; equal fingerprints find the same
    int width = 0, height = 0;          ///< of the picture
    std::vector<DetectedBox> boxes;     ///< surest first
};

/// {shape, dtype, bytes}: row-major, little-endian float32 ("f32").
nlohmann::json toJson(const FloatArray&);
nlohmann::json toJson(const LoadRequest&);
nlohmann::json toJson(const PredictRequest&);
nlohmann::json toJson(const PredictResult&);
nlohmann::json toJson(const DetectRequest&);
nlohmann::json toJson(const ExplainRequest&);
nlohmann::json toJson(const ExplainResult&);
nlohmann::json toJson(const DetectResult&);
/// Each throws Error(ProtocolInvalid) naming the field.
FloatArray tensorFromJson(const nlohmann::json&);
LoadRequest loadRequestFromJson(const nlohmann::json&);
PredictRequest predictRequestFromJson(const nlohmann::json&);
PredictResult predictResultFromJson(const nlohmann::json&);
ExplainRequest explainRequestFromJson(const nlohmann::json&);
ExplainResult explainResultFromJson(const nlohmann::json&);
DetectRequest detectRequestFromJson(const nlohmann::json&);
DetectResult detectResultFromJson(const nlohmann::json&);

// Answers. Every one carries the request's id and is exactly one of result, error, cancelled, after any number of
// progress and of parts.
nlohmann::json resultMessage(std::int64_t id, nlohmann::json result);
nlohmann::json errorMessage(std::int64_t id, const Error& error);
nlohmann::json cancelledMessage(std::int64_t id);
/// A part of the result ahead of the whole; who does not know parts passes them over.
nlohmann::json partMessage(std::int64_t id, nlohmann::json part);
nlohmann::json progressMessage(std::int64_t id, const Progress& progress);

/// One frame: 4-byte little-endian length, then one CBOR map.
std::string encodeFrame(const nlohmann::json& message);

/// Cuts a byte stream into messages.
class FrameDecoder {
public:
    void feed(std::string_view bytes);
    /// The next whole message, a map; nothing until its last byte came. Throws Error(ProtocolInvalid) for a frame that
    /// is no sane CBOR map (the frame is skipped, the stream goes on), Error(ProtocolTooLarge) for a length over the
    /// limit (the stream is lost: nothing after it can be found).
    std::optional<nlohmann::json> next();

private:
    std::string m_buffer;
    std::size_t m_taken = 0;  ///< bytes of the buffer that were handed out already
};

}  // namespace mnerva::protocol
