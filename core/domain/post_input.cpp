#include "core/domain/post_input.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace mnerva {
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

}  // namespace

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

}  // namespace mnerva
