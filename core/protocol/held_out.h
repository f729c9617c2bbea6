#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"

namespace mnerva::protocol {

/// In the folder of a run over folds.
inline constexpr const char* kHeldOutFile = "held-out.jsonl";

/// What models that had not seen a post say of it.
struct HeldOutPost {
    std::string id;
    PostId number;
    /// Of the model that did not see it, from 1; 0: no model was trained on it, and this is the mean of all.
    int fold = 0;
    std::vector<Entity> entities;      ///< of the most likely tags
    std::vector<std::string> tags;     ///< one a word
    std::vector<float> probabilities;  ///< [words, tags of the file], each row sums to 1
};

/// The file: out-of-sample probabilities of every word (error-analysis.md 5).
struct HeldOut {
    int folds = 0;
    std::uint64_t seed = 0;
    std::string layer;              ///< whose tags the models learnt
    std::vector<std::string> tags;  ///< index = column of the probabilities; holds O
    std::vector<HeldOutPost> posts;
};

/// JSON lines: {"format": 1, "folds", "seed", "layer", "tags"}, then a post each: {"id", "number", "fold", "entities",
/// "tags", "p": [[..] of each word]}. Probabilities have four digits; below a millionth they are 0.
std::string heldOutText(const HeldOut& heldOut);
/// What heldOutText() wrote. Throws Error(LineInvalid) naming the line, also for rows that are no probabilities or are
/// not as many as the words, and FormatInvalid where there is no first line.
HeldOut readHeldOut(std::string_view content, const std::filesystem::path& file);
/// The same of a run's folder. Errors besides: as readFile.
HeldOut readHeldOutFile(const std::filesystem::path& runFolder);

}  // namespace mnerva::protocol
