#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/post.h"

namespace mnerva {

/// A box in the post picture, in its pixels, with what a person, a file or a detector said is inside.
struct RegionInput {
    float left = 0, top = 0, right = 0, bottom = 0;
    std::string label;   ///< "person"; empty: not said
    double score = 1;    ///< of the detector
    std::string origin;  ///< "human", "file", or the detector's name
};

/// A further picture of a post, with its own crops. A frame of a clip has a time.
struct PictureInput {
    std::string path;
    std::string bytes;  ///< content of the picture's file; used instead of the path when not empty
    std::vector<std::string> cropPaths;
    std::optional<double> seconds;  ///< since the clip began
};

/// What a model is asked about: one post as values. A picture travels as a path or as the bytes of its file.
struct PostInput {
    std::vector<std::string> words;
    std::string imagePath;   ///< empty: none (unless imageBytes)
    std::string imageBytes;  ///< content of the picture's file; used instead of the path when not empty
    std::vector<std::string> cropPaths;
    std::vector<RegionInput> regions{};        ///< best first; boxes may be wider than the picture
    std::optional<double> seconds{};           ///< of the first picture, where it is a frame of a clip
    std::vector<PictureInput> morePictures{};  ///< in order; systems that read one picture leave them out
    std::vector<AuxiliaryText> auxiliary{};    ///< read after the post by runs with the option auxiliary_text
    std::vector<Finding> oddPictures{};  ///< what whoever asks knows of pictures without a path; told with the others
};

/// Places of the pictures that a system reading `most` of a post's uses, 0 for the first, n for morePictures[n - 1]:
/// all that fit; of more, the first picture and others evenly spread, by their times where all have one, otherwise by
/// their places.
std::vector<std::size_t> picturesRead(const PostInput& post, int most);
/// Those of them that are further pictures.
std::vector<PictureInput> furtherPictures(const PostInput& post, int most);

}  // namespace mnerva
