#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/post.h"
#include "core/vision/sample_scene.h"

namespace mnerva::workflow {

struct SampleOptions {
    int posts = 2000;  ///< of the English part; the Chinese part has a tenth of it, at least 10
    std::uint64_t seed = 1;
    double pictureDecided = 0.8;  ///< share of posts with an ambiguous name
    double misleading = 0.1;      ///< share of posts whose picture contradicts a text that decides by itself
    double objectCrops = 0.2;     ///< share of shown objects that a crop file repeats, as a detector would find them
};

/// What a post's picture does for its text.
enum class PictureRole { Informative, Misleading, None };
std::string_view roleName(PictureRole role);

struct SampleCrop {
    std::string file;  ///< in the crops folder
    vision::PixelBox box;
};

/// A generated post with all that is known of it.
struct SamplePost {
    std::string id;
    Split split = Split::Train;
    std::vector<std::string> words, tags;
    PictureRole role = PictureRole::None;
    /// The name whose type only the picture tells (role Informative), or the text's name that the picture contradicts.
    int first = -1, last = -1;
    std::string type;
    std::optional<vision::SampleScene> scene;  ///< absent: the post has no picture file
    std::vector<SampleCrop> crops;
};

enum class SampleLanguage { English, Chinese };

/// English posts have BIO tags, Chinese ones single-character words and BMES tags; 80/10/10 split in order. The same
/// options give the same posts.
std::vector<SamplePost> generateSample(SampleLanguage language, const SampleOptions& options);

/// MNER text of one split (models.md 1.1).
std::string sampleText(const std::vector<SamplePost>& posts, Split split);
/// {"<id>.jpg": [crop file, ...]} of every post with a picture (models.md 1.4, JSON form).
nlohmann::json sampleCropDictionary(const std::vector<SamplePost>& posts);
/// Pascal-VOC file of a post whose picture shows an object that its text names; empty for others (models.md 1.8).
std::string sampleBoxes(const SamplePost& post);
/// Per post: id, split, role, words {first, last}, type, kind, shown type and object box in pixels.
nlohmann::json sampleTruth(const std::vector<SamplePost>& posts);

}  // namespace mnerva::workflow
