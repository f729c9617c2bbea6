#include "core/models/pictures/box_crops.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace mnerva::models {
namespace {

/// What UMGF asks a picture for (models.md 4.5), in this order.
enum class ThingClass { Person, Miscellaneous, Location, Organization };
constexpr int kThingClasses = 4;

/// The class of a box by its label; a label that names none of the others is miscellaneous, no label is none.
std::optional<ThingClass> classOf(const std::string& label) {
    std::string name;
    for (unsigned char c : label) name += static_cast<char>(std::tolower(c));
    if (name.empty()) return std::nullopt;
    const auto among = [&](std::initializer_list<const char*> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (among({"person", "per", "face"})) return ThingClass::Person;
    if (among({"location", "loc", "place"})) return ThingClass::Location;
    if (among({"organization", "organisation", "org"})) return ThingClass::Organization;
    return ThingClass::Miscellaneous;
}

}  // namespace

std::vector<std::size_t> boxesAsCrops(const PostInput& post, BoxCrops choice, int most) {
    std::vector<std::size_t> chosen, rest;
    if (choice == BoxCrops::None || !post.cropPaths.empty() || most <= 0) return chosen;
    std::array<std::optional<std::size_t>, kThingClasses> best;
    for (std::size_t r = 0; r < post.regions.size(); ++r) {
        const auto thing = choice == BoxCrops::ByClass ? classOf(post.regions[r].label) : std::nullopt;
        auto* first = thing ? &best[static_cast<std::size_t>(*thing)] : nullptr;
        if (first && !*first)
            *first = r;
        else
            rest.push_back(r);
    }
    int places = most;
    for (int c = 0; choice == BoxCrops::ByClass && c < kThingClasses && places > 0; ++c, --places)
        if (const auto found = best[static_cast<std::size_t>(c)]) chosen.push_back(*found);
    for (std::size_t r = 0; r < rest.size() && places > 0; ++r, --places) chosen.push_back(rest[r]);
    return chosen;
}

}  // namespace mnerva::models
