#include "core/project/question.h"

namespace mnerva::project {

std::string originOf(const Region& region) {
    switch (region.origin) {
        case RegionOrigin::Human:
            return "human";
        case RegionOrigin::Xml:
        case RegionOrigin::CropList:
            return "file";
        case RegionOrigin::Detector:
            break;
    }
    return region.detector;
}

RegionInput regionInputOf(const Region& region) {
    return {static_cast<float>(region.left),
            static_cast<float>(region.top),
            static_cast<float>(region.right()),
            static_cast<float>(region.bottom()),
            region.label,
            region.score.value_or(1),
            originOf(region)};
}

PostInput questionOf(const Post& post, const PostFiles& files, const PostRegions& regions) {
    PostInput question;
    question.words = post.words;
    question.auxiliary = post.auxiliary;
    for (std::size_t i = 0; i < files.images.size(); ++i)
        if (i == 0)
            question.imagePath = files.images[i].path;
        else
            question.morePictures.push_back({files.images[i].path, {}, {}, {}});
    for (const PostImage& crop : files.crops) question.cropPaths.push_back(crop.path);
    for (const Region& region : regions.regions)
        if (region.image == 0) question.regions.push_back(regionInputOf(region));
    return question;
}

PostInput questionOf(const PostView& view) {
    return questionOf(view.post, {view.images, view.crops}, view.regions);
}

PostInput questionOf(const Project& project, const Post& post) {
    return questionOf(post, project.files(post.id), project.regions(post.id));
}

void addUnaskedPictures(const PostFiles& files, Findings& findings) {
    for (const auto* list : {&files.images, &files.crops})
        for (const PostImage& image : *list) {
            if (!image.path.empty()) continue;
            if (image.outside)
                findings.add({"picture-outside", image.file, 0, "leads out of the picture folder"});
            else
                findings.add({"picture-missing", image.file, 0, "no picture folder"});
        }
}

}  // namespace mnerva::project
