#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/models/model/model_internal.h"
#include "core/models/pictures/picture_reader_internal.h"
#include "core/models/text/post_encoder_internal.h"
#include "core/models/text/word_augmenter_internal.h"
#include "core/models/text/word_vectors_internal.h"

namespace mnerva::models {

/// A ResNet of a run: "random18" or a file in the run folder, and the fingerprint of its weights.
struct ResNetOrigin {
    std::string source, fingerprint;
    nn::ResNetKind kind{};
    bool used() const { return !source.empty(); }
};

/// A file of word vectors in the run folder; empty where the run has none.
struct WordVectorOrigin {
    std::string source, sha256;
};

/// What a run is made of besides its weights.
struct RunParts {
    ModelShape shape;
    std::shared_ptr<const text::Tokenizer> tokenizer;
    ResNetOrigin resnet, promptResnet;  ///< empty where the model reads none
    WordVectorOrigin vectorOrigin;
    std::shared_ptr<const WordVectors> wordVectors;
    AugmentationOrigin augmentation;           ///< known once the run is in its folder
    std::shared_ptr<WordAugmenter> augmenter;  ///< where the options ask for one
    std::shared_ptr<NerModel> model;
};

/// Where a new run gets its parts from.
struct RunSources {
    std::string system, variant;
    std::string encoder;  ///< Hugging Face folder, or "tiny"
    std::string resnet;   ///< file, or "random18" ...
    nlohmann::json options;
    std::vector<std::string> tagNames;  ///< word level
    std::vector<const std::vector<std::string>*>
        posts;  ///< words of the training posts, for a tiny encoder's vocabulary
};

/// Builds a model with its start values: the encoder's, and random ones from `seed`. The ResNets that the run uses are
/// given back through `resnets`, except one that learns, which is the model's.
RunParts makeRunParts(const RunSources& sources, std::uint64_t seed, RunResNets& resnets);

/// Weights of the best epoch.
inline constexpr const char* kWeightsFile = "model.safetensors";
/// The checkpoint of a run: what training goes on from.
inline constexpr const char* kStateFile = "state.safetensors";
/// Before the names of the model's tensors in a checkpoint.
inline constexpr const char* kStateModelPrefix = "model.";

/// Writes config.json, labels.json, the vocabulary and, for a ResNet from a file, resnet.safetensors or resnet.pth, and
/// word vectors, so that the run stands alone. Copies, whole or absent: a link would let the run change with the user's
/// file. Gives the SHA-256 of each file that must not change, for "files" of run.json.
std::map<std::string, std::string> writeRunParts(const std::filesystem::path& folder, RunParts& parts,
                                                 const RunSources& sources);

/// Compares the files that run.json names with those that are there. A run of 0.1.0 names none. Errors: RunDamaged
/// naming the file, FileMissing.
void requireWholeRun(const std::filesystem::path& folder);

/// Reads what writeRunParts wrote and builds the model with start values of no meaning. Errors: FileMissing,
/// FormatInvalid, RunDamaged, RunIncompatible (made by a newer program).
RunParts readRunParts(const std::filesystem::path& folder);

/// The ResNets of a run; RunIncompatible when one is not that which the run was trained with.
RunResNets openRunResNets(const std::filesystem::path& folder, const RunParts& parts);

/// model.safetensors: the model's parameters, with what is known about them as metadata.
void writeModelWeights(const std::filesystem::path& folder, const NerModel& model,
                       const std::map<std::string, std::string>& metadata);
std::map<std::string, std::string> readModelWeights(const std::filesystem::path& folder, NerModel& model);
/// Those of the last finished epoch, out of the run's checkpoint.
void readLastWeights(const std::filesystem::path& folder, NerModel& model);

FeatureOptions featureOptionsOf(const RunParts& parts);

/// A post as ids, with its auxiliary texts where the run reads them.
EncodedPost encodeInput(const RunParts& parts, const PostInput& post, int longest, const TextLayout& layout);
/// Adds to a post what a run reads of it besides pieces: vectors of words like its own, classes of its boxes.
void addExtras(RunParts& parts, const PostInput& input, EncodedPost& encoded);

/// How the posts of a run become batches.
TextLayout textLayoutOf(const RunParts& parts);

}  // namespace mnerva::models
