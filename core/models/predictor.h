#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/entity.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"

namespace mnerva::models {

/// A box in the post picture, in its pixels, with what a person, a file or a detector said is inside.
struct RegionInput {
    float left = 0, top = 0, right = 0, bottom = 0;
    std::string label;   ///< "person"; empty: not said
    double score = 1;    ///< of the detector
    std::string origin;  ///< "human", "file", or the detector's name
};

/// A further picture of a post, with its own crops. A frame of a clip has a time.
struct PictureInput {
    std::string path;
    std::string bytes;  ///< content of the picture's file; used instead of the path when not empty
    std::vector<std::string> cropPaths;
    std::optional<double> seconds;  ///< since the clip began
};

/// What a model is asked about: one post as values. A picture travels as a path or as the bytes of its file.
struct PostInput {
    std::vector<std::string> words;
    std::string imagePath;   ///< empty: none (unless imageBytes)
    std::string imageBytes;  ///< content of the picture's file; used instead of the path when not empty
    std::vector<std::string> cropPaths;
    std::vector<RegionInput> regions{};        ///< best first; boxes may be wider than the picture
    std::optional<double> seconds{};           ///< of the first picture, where it is a frame of a clip
    std::vector<PictureInput> morePictures{};  ///< in order; systems that read one picture leave them out
    std::vector<AuxiliaryText> auxiliary{};    ///< read after the post by runs with the option auxiliary_text
    std::vector<Finding> oddPictures{};  ///< what whoever asks knows of pictures without a path; told with the others
};

/// Places of the pictures that a system reading `most` of a post's uses, 0 for the first, n for morePictures[n - 1]:
/// all that fit; of more, the first picture and others evenly spread, by their times where all have one, otherwise by
/// their places.
std::vector<std::size_t> picturesRead(const PostInput& post, int most);
/// Those of them that are further pictures.
std::vector<PictureInput> furtherPictures(const PostInput& post, int most);

/// How boxes are chosen that stand for the crops of a post without crops.
enum class BoxCrops {
    None,     ///< they do not
    Best,     ///< the first ones
    ByClass,  ///< the first of persons, of things of no other class, of locations and of organizations, then the rest
};
/// The boxes that stand for crops: indices of post.regions, at most `most`; none for a post that has crops. By class,
/// a class without a box leaves its place to the whole picture (models.md 4.5), so there may be fewer than boxes.
std::vector<std::size_t> boxesAsCrops(const PostInput& post, BoxCrops choice, int most);

/// Row-major float32 values with their shape.
struct FloatArray {
    std::vector<int> shape;
    std::vector<float> values;
};

struct Wanted {
    bool marginals = false;
    bool attention = false;
    bool rawConfidence = false;  ///< leave the run's calibration out
};

/// Where in the picture an entity is, as a grounded system says.
struct Grounding {
    int region = -1;             ///< row of Prediction::regions; -1: the picture does not show it
    std::vector<float> weights;  ///< of each row, then "not shown"; sum 1; only with Wanted::attention
};

/// One post's answer, the same alone and among others. Words that have no sub-token, or that were cut off, are O: their
/// rows of attention are zero, and their row of marginals says O with probability 1.
struct Prediction {
    std::vector<std::string> tags;  ///< one a word
    /// By the lenient rule. Confidence: the probability that the entity is right, which the run's calibration makes of
    /// the CRF's probability of exactly this run of tags, not continued; that itself where the run has none.
    std::vector<Entity> entities;
    /// Pictures in `relevance`, `textToImage` and `imageToText`. Each has a block there: its own relevance and that of
    /// its K crops; its 49 cells and the M rows of each crop. The first block is the post picture's, as if alone.
    int pictures = 1;
    std::vector<int> pictureOf;         ///< of each block: 0 the post's first picture, n PostInput::morePictures[n - 1]
    std::vector<Grounding> groundings;  ///< of each entity; empty: the run grounds nothing
    /// What rows of regions are: index in PostInput::regions, -1: the whole picture. Boxes outside the picture have
    /// none.
    std::vector<int> regions;
    std::vector<double> relevance;  ///< r_0 (post picture), r_1..r_K (crops); 0 where absent; empty: text only
    std::vector<std::vector<double>> levelGates;  ///< per fusion layer: 4 weights of the post picture
    /// UMT: how far the gate lets the picture into each word, the mean of its values in 0..1; 0 without picture.
    std::vector<double> visualGate;
    std::vector<int> cropRegions;  ///< what crops are: index in PostInput::regions; empty: files of their own
    std::vector<FloatArray>
        textToImage;  ///< per fusion layer [heads, words, pictures * (49 + M*K)]; rows sum to 1 over visible columns
    std::vector<FloatArray>
        imageToText;          ///< per fusion layer [heads, pictures * (49 + M*K), words + 2], [CLS] first, [SEP] last
    FloatArray marginals;     ///< [words, tags]: P(tag | post) of each word
    int cutWords = 0;         ///< words beyond the encoder's positions
    int cutAuxiliary = 0;     ///< words of auxiliary texts for which no room was left
    bool hasPicture = false;  ///< the post picture was there and readable
};

/// Leaves out the blocks of all but the first `count` pictures.
void keepPictures(Prediction& prediction, int count);

/// A trained run, loaded. Not thread-safe; torch stays behind this header.
class Predictor {
public:
    /// Loads `runFolder` (config.json, labels.json, the vocabulary, model.safetensors) on "cpu", "cuda" or "cuda:N".
    /// Errors: FileMissing, FormatInvalid, WeightMissing, WeightShape, DeviceMissing, MemoryExhausted, RunIncompatible.
    static std::unique_ptr<Predictor> load(const std::filesystem::path& runFolder, const std::string& device);
    ~Predictor();
    Predictor(const Predictor&) = delete;
    Predictor& operator=(const Predictor&) = delete;

    const std::string& system() const;
    const nlohmann::json& options() const;             ///< every option of the run
    const std::vector<std::string>& tagNames() const;  ///< index = CRF class
    std::vector<std::string> explains() const;         ///< "attention", "relevance", "level-gates",
                                                       ///< "visual-gate", "marginals", "regions" (may be fewer)

    /// The run has a calibration of its confidences (calibration.json).
    bool isCalibrated() const;

    /// Keeps picture features on disk from now on ("<project>/cache/features"); without it only in memory.
    void useCache(const std::filesystem::path& folder);

    /// A missing or unreadable picture or crop counts as absent and is noted in findings(). Throws Cancelled,
    /// MemoryExhausted.
    Prediction predict(const PostInput& post, const Wanted& wanted);
    /// In batches of posts of like length; answers in the order of `posts`.
    std::vector<Prediction> predictMany(std::span<const PostInput> posts, const Wanted& wanted,
                                        const ProgressSink& progress, const std::stop_token& stop);
    /// What was odd in the posts asked about since the last call; clears the list.
    Findings takeFindings();

private:
    struct Impl;
    explicit Predictor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::models
