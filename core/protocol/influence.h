#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::protocol {

/// In the folder of a run that was asked by `predict --influence`.
inline constexpr const char* kInfluenceFile = "influence.json";

/// So many other posts lend their pictures.
inline constexpr int kLentPictures = 3;

/// One gold entity with the picture, without it, and with those of other posts (explanation.md 4).
struct EntityInfluence {
    std::string type;
    int first = 0, last = 0;   ///< words, both ends included
    std::string effect;        ///< "helped", "hurt", "same-right", "same-wrong" (eval::PictureEffect): of both below
    std::string without;       ///< with the picture against without
    std::string swapped;       ///< with the post's picture against other posts': right is who is right with each
    double change = 0;         ///< y with the picture - y without; y: log probability of just this entity
    double swappedChange = 0;  ///< y with the picture - mean of y with other posts'
};

/// One post that has a picture.
struct PostInfluence {
    std::string id;
    std::int64_t number = 0;  ///< in the project
    std::string effect;       ///< of the post's entities as a whole: all of them and no other
    double change = 0;        ///< mean over its gold entities; 0 where it has none
    std::vector<EntityInfluence> entities;
    std::optional<double>
        relevance{};  ///< r_0 of the first picture; nothing: the run has no gate, or an older program asked
};

/// How often each effect, and the mean change of y.
struct InfluenceSummary {
    std::int64_t helped = 0, hurt = 0, sameRight = 0, sameWrong = 0;
    double change = 0;
};

/// influence.json.
struct Influence {
    int format = 2;                   ///< 1: `effect` was what `without` is, and one other post was asked
    std::string run, layer;           ///< whose entities count as right
    std::string split;                ///< empty: all posts
    std::uint64_t seed = 0;           ///< of the exchange of pictures
    std::int64_t withoutPicture = 0;  ///< posts without a picture that could be read; they are not listed
    InfluenceSummary posts, entities, withoutEntities, swappedEntities;
    std::vector<PostInfluence> list;
};

nlohmann::json toJson(const Influence& influence);
/// Members that are missing or of another kind keep their defaults.
Influence influenceFromJson(const nlohmann::json& value);
/// Of a run's folder; nothing where there is none, or something else.
std::optional<Influence> readInfluence(const std::filesystem::path& runFolder);

}  // namespace mnerva::protocol
