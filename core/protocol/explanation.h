#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::protocol {

/// In the folder of a run whose maps were measured by `explain --bench`.
inline constexpr const char* kExplanationFile = "explanation.json";

/// A mean over entities with its interval under resampling of posts.
struct MapFigure {
    double mean = 0, low = 0, high = 0;
    int count = 0;
};

/// What the maps of one method are worth (explanation.md 3). A figure that could not be measured is not there.
struct MethodFigures {
    std::string method;
    std::string unavailable;  ///< why the system cannot serve it; empty when it does
    std::string baseline;     ///< what stood for "nothing there", where the method needs it
    std::optional<MapFigure> pointing, touching, mass, rank;
    std::optional<MapFigure> deletion, insertion;  ///< areas against random order, higher is better, 0 is useless
    std::optional<MapFigure> comprehensiveness, sufficiency;
    std::optional<MapFigure> gini, entropy;
    std::optional<MapFigure> gap;       ///< of integrated gradients, in units of y
    std::optional<MapFigure> seconds;   ///< a post
    std::vector<MapFigure> randomised;  ///< rank correlation to the map of the run, a step; count 0: flat maps
};

/// One measured entity under one method.
struct MapRow {
    std::string method;
    int hottest = 0;  ///< cell, 0..48
    std::optional<bool> points, touches;
    double deletion = 0, insertion = 0;
};

/// One measured entity.
struct ExplainedEntity {
    std::string id;           ///< of the post
    std::int64_t number = 0;  ///< of the post in the project
    std::string type;
    int first = 0, last = 0;  ///< words, both ends included
    double y = 0;
    std::vector<MapRow> maps;
};

/// explanation.json.
struct Explanation {
    int format = 1;
    std::string run, system, layer;  ///< whose entities count as right
    std::string split;               ///< empty: all posts
    std::string baseline, form;      ///< as AttributionQuery::baseline and Target::form
    std::uint64_t seed = 0;
    int orders = 0;                             ///< random orders that deletion and insertion are held against
    std::int64_t posts = 0, entities = 0;       ///< measured: entities that are right
    std::int64_t grounded = 0;                  ///< of those, entities with a box in the first picture
    std::optional<double> chance, touchChance;  ///< mean share of the cells whose centre lies in / that overlap a box
    std::vector<std::string> randomisedLayers;  ///< from the top down, one more a step
    std::vector<MethodFigures> methods;
    std::vector<ExplainedEntity> list;
};

nlohmann::json toJson(const Explanation& explanation);
/// Members that are missing or of another kind keep their defaults.
Explanation explanationFromJson(const nlohmann::json& value);
/// Of a run's folder; nothing where there is none, or something else.
std::optional<Explanation> readExplanation(const std::filesystem::path& runFolder);

}  // namespace mnerva::protocol
