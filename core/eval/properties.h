#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/eval/training_index.h"

namespace mnerva::eval {

/// What units are put into buckets by (error-analysis.md 3); all of it is told by stored data.
enum class Property {
    SpanWords,
    SpanCharacters,  ///< code points, without the spaces between words
    Position,        ///< first word / (words - 1), 0..1
    Capitalisation,
    Type,               ///< of gold, else of the prediction
    Consistency,        ///< econ(string, type)
    TrainingFrequency,  ///< times the string is an entity in training
    SeenWithOtherType,  ///< in training
    Hashtag,
    Mention,
    Script,
    EmojiNear,      ///< within two words
    Grounded,       ///< gold has a box for it
    PictureEffect,  ///< whether the picture helped the layer's run with a gold entity (explanation.md 4)
    PostWords,
    Relevance,      ///< in which third of the run's posts r_0 lies, what its gate lets through of the picture
    EntityShare,    ///< share of the post's words in gold entities
    UnseenWords,    ///< words of the post that training has not
    FrequencyRank,  ///< mean place of the post's words in the frequency order of training
    HasPicture,
    Pictures,
};
std::span<const Property> allProperties();
std::string_view propertyName(Property property);
std::optional<Property> propertyFromName(std::string_view name);
/// For people, in English, marked for translation ("scores").
std::string_view propertyTitle(Property property);

/// Known of some runs only, and of each another: borders come from the values of all of them.
bool isOfRun(Property property);
/// All units of a post have one value.
bool isOfPost(Property property);
bool needsTraining(Property property);
/// Names of the values 0, 1, ... in English, marked for translation; empty for numbers and for Type.
std::vector<std::string_view> categoriesOf(Property property);

/// What is known of the posts beside their words.
struct PostFacts {
    std::vector<int> pictures;                ///< of each post
    PostLists<std::pair<int, int>> grounded;  ///< (first, last) of gold entities with a box
};

/// What the picture did for a gold entity of a run; `effect` is a number of PictureEffect.
struct EntityEffect {
    int first = 0, last = 0, effect = 0;
};

/// What values are made of; all of it outlives the call.
struct PropertySource {
    const PostTexts& texts;
    const WordFactTable& words;
    const PostFacts& facts;
    const ChunkLists& gold;
    const TrainingIndex& training;
    const PostLists<EntityEffect>* effects = nullptr;  ///< of the layer's run; null: the run was not asked
    std::span<const double> relevance{};               ///< r_0 of each post by the layer's run; empty: not known
};
/// 0, 1 or 2: the third of all values that each one lies in, equal ones in the same; NaN stays NaN.
std::vector<double> thirdsOf(std::span<const double> values);
/// Of each unit; NaN where it cannot be told (no training posts).
std::vector<double> valuesOf(Property property, std::span<const Unit> units, const PropertySource& source);

}  // namespace mnerva::eval
