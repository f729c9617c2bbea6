#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"

namespace mnerva::protocol {

inline constexpr int kProtocolVersion = 1;
inline constexpr std::uint32_t kMaxFrameBytes = 256u << 20;

/// {shape, dtype, bytes}: row-major, little-endian float32 ("f32").
struct TensorValue {
    std::vector<int> shape;
    std::vector<float> values;
    float at(std::initializer_list<int> index) const;
};

/// load: run folder, device ("cpu", "cuda:0"), dtype. Answer: system, options, labels, what it can explain.
struct LoadRequest {
    std::string runFolder, device = "cpu", dtype = "f32";
};

/// A box in the picture of a request, in its pixels.
struct RegionValue {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::string label, origin;  ///< what is inside; "human", "file" or the detector's name
    double score = 1;
};

struct PredictRequest {
    std::vector<std::string> words;
    std::string imagePath;   ///< empty: none
    std::string imageBytes;  ///< instead of a path, when the engine runs on another machine
    std::vector<std::string> cropPaths;
    bool wantMarginals = false, wantAttention = false;
    std::vector<std::string> morePictures{};    ///< paths of further pictures
    std::vector<AuxiliaryText> auxiliary = {};  ///< texts about the post; each {source, words}
    std::vector<RegionValue> regions = {};      ///< best first
};

/// Where in the picture an entity is, as a grounded run says.
struct GroundingValue {
    int region = -1;              ///< index in the request's regions; -1: see `shown`
    bool shown = false;           ///< false: not in the picture; true without region: the whole picture
    std::vector<int> regions;     ///< what the run chose from: indices in the request's regions, -1: the whole picture
    std::vector<double> weights;  ///< of each of these, then of "not shown"; empty when no attention was wanted
};

struct PredictedEntity {
    std::string type;
    int first = 0, last = 0;
    double confidence = 0;
};

struct PredictResult {
    std::vector<std::string> tags;  ///< one a word
    std::vector<PredictedEntity> entities;
    /// Pictures that were read: 0 the first of the request, n morePictures[n - 1]. Each has a block of the same size in
    /// relevance, textToImage and imageToText. Empty: the system reads none.
    std::vector<int> pictureOf;
    bool hasPicture = true;                       ///< false: the first picture was not sent or cannot be read
    std::vector<double> relevance;                ///< of each picture: r_0 (the picture), r_1.. (its crops)
    std::vector<std::vector<double>> levelGates;  ///< per fusion layer: 4 weights of the post picture
    std::vector<double> visualGate;               ///< of each word, 0..1; empty when the system has none
    std::vector<GroundingValue> groundings;       ///< of each entity; empty when the run grounds nothing
    std::vector<int> cropRegions;  ///< what crops are: indices in the request's regions; empty: the crops it named
    /// Text to image, per fusion layer: [heads, words, pictures * (49 + M*K)]; rows sum to 1. Empty when the system has
    /// none.
    std::vector<TensorValue> textToImage;
    /// Image to text, per fusion layer: [heads, pictures * (49 + M*K), words + 2] ([CLS] first, [SEP] last).
    std::vector<TensorValue> imageToText;
    TensorValue marginals;  ///< [words, tags]
    std::vector<std::string> tagNames;
    std::vector<Finding> findings{};  ///< what was odd in the question: "picture-missing", "picture-unreadable", ...
};

/// detect: boxes in one picture. Answer: DetectResult.
struct DetectRequest {
    std::string imagePath;           ///< of the engine's machine
    std::string imageBytes;          ///< instead of a path
    std::string detector = "faces";  ///< or the path of an ONNX file
    std::string namesFile;           ///< class names, one a line; empty: those of the ONNX file
    double minScore = 0.25;
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

nlohmann::json toJson(const TensorValue&);
nlohmann::json toJson(const LoadRequest&);
nlohmann::json toJson(const PredictRequest&);
nlohmann::json toJson(const PredictResult&);
nlohmann::json toJson(const DetectRequest&);
nlohmann::json toJson(const DetectResult&);
/// Each throws Error(ProtocolInvalid) naming the field.
TensorValue tensorFromJson(const nlohmann::json&);
LoadRequest loadRequestFromJson(const nlohmann::json&);
PredictRequest predictRequestFromJson(const nlohmann::json&);
PredictResult predictResultFromJson(const nlohmann::json&);
DetectRequest detectRequestFromJson(const nlohmann::json&);
DetectResult detectResultFromJson(const nlohmann::json&);

// Answers. Every one carries the request's id and is exactly one of result, error, cancelled, after any number of
// progress.
nlohmann::json resultMessage(std::int64_t id, nlohmann::json result);
nlohmann::json errorMessage(std::int64_t id, const Error& error);
nlohmann::json cancelledMessage(std::int64_t id);
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
