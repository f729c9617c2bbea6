#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace mnerva::workflow {

/// What can be told of a text encoder's folder without loading it.
struct EncoderFacts {
    std::filesystem::path folder;
    std::string name;  ///< as the hub's cache calls it, else the folder's; what a config names is what it was made from
    std::string modelType;               ///< "bert", "roberta", "xlm-roberta", "bart", ...; empty: not told
    int layers = 0, hidden = 0;          ///< 0: not told
    std::uint64_t bytes = 0;             ///< of the weights
    std::vector<std::string> languages;  ///< "en", "zh"; "multilingual" alone for many; empty: not known
    std::vector<std::string> missing;    ///< names of files that it lacks
    std::optional<Error> fault;          ///< why its config.json cannot be used
    bool isWhole() const { return missing.empty() && !fault; }
};

/// Of any folder, also one that is not there: then all its files are missing. Reads config.json, the head of README.md
/// and vocab.txt, bounded; languages are those of the model card, else what the vocabulary is written in.
EncoderFacts encoderFacts(const std::filesystem::path& folder);

/// What can be told of a file of picture encoder weights.
struct PictureEncoderFacts {
    std::filesystem::path file;
    std::string name;
    int depth = 0;  ///< 18, 34, 50, 101, 152 of a torchvision ResNet; 0: none of them
    std::uint64_t bytes = 0;
    std::optional<Error> fault;  ///< why it cannot be used
    bool isWhole() const { return depth > 0 && !fault; }
};

/// Looks at the names of its tensors; no values are read.
PictureEncoderFacts pictureEncoderFacts(const std::filesystem::path& file);

}  // namespace mnerva::workflow
