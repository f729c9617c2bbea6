#include "core/models/entity_boxes.h"

#include <algorithm>

#include "core/vision/boxes.h"
#include "core/vision/picture_header.h"

namespace mnerva::models {

std::vector<EntityBox> entityBoxesOf(const PostInput& input, const std::vector<Entity>& entities,
                                     const std::vector<Grounding>& groundings, const std::vector<int>& regions) {
    const auto isShown = [&](const Grounding& of) {
        return of.region >= 0 && of.region < static_cast<int>(regions.size());
    };
    if (std::none_of(groundings.begin(), groundings.end(), isShown)) return {};
    const vision::PictureSize size = input.imageBytes.empty()
                                         ? vision::peekPictureHeader(input.imagePath).upright()
                                         : vision::readPictureHeader(input.imageBytes, input.imagePath).upright();
    std::vector<EntityBox> boxes;
    for (std::size_t e = 0; e < groundings.size() && e < entities.size(); ++e) {
        if (!isShown(groundings[e])) continue;
        const int place = regions[static_cast<std::size_t>(groundings[e].region)];
        vision::Box box{0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
        if (place >= 0) {
            const RegionInput& region = input.regions[static_cast<std::size_t>(place)];
            box = vision::clippedBox({region.left, region.top, region.right, region.bottom}, box.right, box.bottom)
                      .value_or(box);
        }
        boxes.push_back({entities[e].first, entities[e].last, static_cast<int>(box.left), static_cast<int>(box.top),
                         static_cast<int>(box.width()), static_cast<int>(box.height())});
    }
    return boxes;
}

}  // namespace mnerva::models
