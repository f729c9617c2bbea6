#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/label_set.h"
#include "core/domain/post.h"

namespace mnerva::workflow {

/// One thing that a look at the data before training found (models.md 9.4). A check that `stops` must be overruled
/// before a run starts; the others are told and recorded.
struct TrainingCheck {
    std::string code;  ///< stable kebab-case, one of trainingCheckCodes()
    bool stops = false;
    std::int64_t count = 0;
    std::vector<std::string> args;      ///< for the places of trainingCheckText
    std::vector<std::string> examples;  ///< at most kExamples: posts, pictures or tags
    std::vector<PostId> posts;          ///< concerned by it, at most kPosts; those of a pair side by side
    static constexpr int kExamples = 5, kPosts = 5000;
};

/// What a run would be given. `tags` of each post as the layer has them; `pictures` resolved paths or empty.
struct CheckedPost {
    std::string id;
    Split split = Split::None;
    JoinRule join = JoinRule::Space;
    std::vector<std::string> words, tags;
    std::string picture;
    PostId row = {};  ///< in the project; none: not among TrainingCheck::posts
};

/// A picture as the checks see it: readable or not, and 64 bits that near-identical pictures share but for a few.
struct PictureLook {
    bool readable = false;
    std::optional<std::uint64_t> hash;  ///< none: a picture without contrast, which looks like any other such
};

struct CheckOptions {
    LabelSet labels;
    std::string dataSet;                                  ///< "twitter2015", ... as the preset names it; may be empty
    std::function<PictureLook(const std::string&)> look;  ///< empty: the run reads no pictures
};

/// A split without posts, a train split without entities; same post, near-duplicate text or picture in two splits;
/// valid equal to test; sizes that are not those of the data set's name; unreadable pictures; orphan inside tags;
/// labels that the label set or the training posts lack. Throws Cancelled.
std::vector<TrainingCheck> checkBeforeTraining(const std::vector<CheckedPost>& posts, const CheckOptions& options,
                                               const ProgressSink& progress, const std::stop_token& stop);

/// Codes in the order in which they are told.
const std::vector<std::string>& trainingCheckCodes();
/// English: what was found, with places {0}, {1}, ..., in the singular or plural that TrainingCheck::count asks for;
/// and what to do about it.
std::string_view trainingCheckText(const std::string& code, std::int64_t count);
std::string_view trainingCheckAdvice(const std::string& code);

}  // namespace mnerva::workflow
