#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva::eval {

/// Why an entity, or a place without one, is doubted.
enum class DoubtReason { WrongType, WrongEdge, Missing, Spurious };
/// "wrong-type", "wrong-edge", "missing", "spurious".
std::string_view doubtReasonName(DoubtReason reason);

/// One doubt about the entities of a post.
struct EntityDoubt {
    DoubtReason reason = DoubtReason::WrongType;
    std::optional<Entity> given;      ///< none where one is missing
    std::optional<Entity> suggested;  ///< none where there should be none
    /// The least self-confidence of the words of both: the lower, the more doubtful.
    double score = 0;
    /// The least probability of what is suggested for these words.
    double support = 0;
};

/// Doubts about the entities that one post was given, in text order. What is suggested for a word: O where
/// p_O >= 1/2, else the most likely other class; `classes` are tags and hold O. `probabilities` is [words, classes].
std::vector<EntityDoubt> entityDoubts(std::span<const Entity> given, const std::vector<std::string>& classes,
                                      std::span<const float> probabilities);

/// The class of each word under given entities; -1 where `classes` lack it.
std::vector<int> givenClasses(std::span<const Entity> given, const std::vector<std::string>& classes, int words);

}  // namespace mnerva::eval
