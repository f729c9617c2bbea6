#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/finding.h"

namespace mnerva::protocol {

/// In the folder of a run that recorded how its training entities were learnt (train --dynamics).
inline constexpr const char* kDynamicsFile = "dynamics.jsonl";

/// Entities of a training post whose learning was recorded.
struct DynamicsPost {
    std::string id;
    PostId number;
    int words = 0;
    std::vector<Entity> entities;  ///< as it was labelled; words are inclusive
};

/// What the model said after an epoch. An entity's place is its number in the order of posts and of their entities.
struct DynamicsEpoch {
    struct Said {
        std::size_t place = 0;
        Entity entity;  ///< found by the model in the place of the labelled one, which it does not equal
    };
    int epoch = 0;                        ///< from 1
    std::vector<float> logProbabilities;  ///< of each entity: ln p, at most 0
    std::vector<char> isRight;            ///< of each entity: the model finds exactly it
    std::vector<Said> said;               ///< of wrong ones; one that is not here is missed altogether
};

/// The file: learning dynamics of the training entities (error-analysis.md 5).
struct Dynamics {
    std::string run;     ///< as its run.json calls it
    std::string layer;   ///< whose labels were learnt
    std::string inputs;  ///< inputs_sha256 of the training posts, as run.json has it
    std::vector<DynamicsPost> posts;
    std::vector<DynamicsEpoch> epochs;  ///< ascending; some may be missing

    std::size_t entities() const;
};

/// JSON lines: {"format": 1, "run", "layer", "inputs_sha256", "posts"}, a line of each post {"id", "number", "words",
/// "entities": [[first, last, type], ..]}, then an epoch each: dynamicsLine().
std::string dynamicsStart(const Dynamics& dynamics);
/// {"epoch", "right": "0110", "said": [[place, first, last, type], ..], "logp": [..]}; ln p has four digits.
std::string dynamicsLine(const DynamicsEpoch& epoch);

/// What these wrote. Epochs that cannot be read (the file was cut, or changed) are left out, each with a finding
/// "dynamics-epoch-broken". Throws Error(FormatInvalid) where what stands before the epochs is broken or missing, so
/// that they say nothing.
Dynamics readDynamics(std::string_view content, const std::filesystem::path& file, Findings& odd);
/// The same of a run's folder. Errors besides: as readFile.
Dynamics readDynamicsFile(const std::filesystem::path& runFolder, Findings& odd);

}  // namespace mnerva::protocol
