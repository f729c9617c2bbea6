#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/check.h"
#include "core/models/predictor.h"

namespace mnerva::models {
namespace {

/// Places of the instants 0, 1/(most-1), .., 1 of the clip, nearest frame first come first served, the first always.
std::vector<std::size_t> placesByTime(const std::vector<double>& seconds, std::size_t most) {
    std::vector<std::size_t> chosen{0};
    const double begin = seconds.front(), end = *std::max_element(seconds.begin(), seconds.end());
    for (std::size_t i = 1; i < most; ++i) {
        const double wanted = begin + (end - begin) * static_cast<double>(i) / static_cast<double>(most - 1);
        std::size_t nearest = 0;
        double distance = INFINITY;
        for (std::size_t place = 0; place < seconds.size(); ++place) {
            const bool taken = std::find(chosen.begin(), chosen.end(), place) != chosen.end();
            if (taken || std::abs(seconds[place] - wanted) >= distance) continue;
            nearest = place;
            distance = std::abs(seconds[place] - wanted);
        }
        chosen.push_back(nearest);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

/// Cuts one axis of a row-major array to its first `kept` entries.
void cut(FloatArray& array, std::size_t axis, int kept) {
    std::size_t outer = 1, inner = 1;
    for (std::size_t i = 0; i < axis; ++i) outer *= static_cast<std::size_t>(array.shape[i]);
    for (std::size_t i = axis + 1; i < array.shape.size(); ++i) inner *= static_cast<std::size_t>(array.shape[i]);
    const auto length = static_cast<std::size_t>(array.shape[axis]) * inner,
               wanted = static_cast<std::size_t>(kept) * inner;
    std::vector<float> out;
    out.reserve(outer * wanted);
    for (std::size_t o = 0; o < outer; ++o) {
        const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(o * length);
        out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(wanted));
    }
    array.values = std::move(out);
    array.shape[axis] = kept;
}

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

std::vector<std::size_t> picturesRead(const PostInput& post, int most) {
    MNERVA_CHECK(most >= 1);
    const std::size_t all = post.morePictures.size() + 1, wanted = static_cast<std::size_t>(most);
    std::vector<std::size_t> places;
    if (all <= wanted) {
        for (std::size_t place = 0; place < all; ++place) places.push_back(place);
        return places;
    }
    const bool timed = post.seconds && std::all_of(post.morePictures.begin(), post.morePictures.end(),
                                                   [](const PictureInput& p) { return p.seconds.has_value(); });
    if (wanted > 1 && timed) {
        std::vector<double> seconds{*post.seconds};
        for (const PictureInput& picture : post.morePictures) seconds.push_back(*picture.seconds);
        return placesByTime(seconds, wanted);
    }
    places.push_back(0);
    for (std::size_t i = 1; i < wanted; ++i)
        places.push_back((2 * i * (all - 1) + wanted - 1) / (2 * (wanted - 1)));  // rounded
    return places;
}

std::vector<PictureInput> furtherPictures(const PostInput& post, int most) {
    std::vector<PictureInput> out;
    for (std::size_t place : picturesRead(post, most))
        if (place > 0) out.push_back(post.morePictures[place - 1]);
    return out;
}

void keepPictures(Prediction& prediction, int count) {
    MNERVA_CHECK(count >= 1);
    if (prediction.pictures <= count) return;
    const int pictures = std::exchange(prediction.pictures, count);
    if (prediction.pictureOf.size() > static_cast<std::size_t>(count))
        prediction.pictureOf.resize(static_cast<std::size_t>(count));
    const std::size_t block = prediction.relevance.size() / static_cast<std::size_t>(pictures);
    prediction.relevance.resize(block * static_cast<std::size_t>(count));
    for (FloatArray& array : prediction.textToImage) cut(array, 2, array.shape[2] / pictures * count);
    for (FloatArray& array : prediction.imageToText) cut(array, 1, array.shape[1] / pictures * count);
}

}  // namespace mnerva::models
