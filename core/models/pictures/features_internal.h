#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/error.h"
#include "core/base/part_size.h"
#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post_input.h"
#include "core/models/pictures/box_crops.h"
#include "core/models/pictures/post_pictures_internal.h"
#include "core/nn/encoders/resnet.h"
#include "core/vision/picture.h"
#include "core/vision/picture_header.h"

namespace mnerva::models {

/// How the four stages of a ResNet become rows.
enum class Pooling {
    Cells,   ///< adaptive average to side x side cells, each a row of Ct channels (models.md 5.3 step 2)
    Pixels,  ///< none: the picture as the network sees it, uint8 [224, 224, 3]
    Prompt,  ///< kernel = stride = floor(side/2) to 2x2, flattened channel by channel and cut into 4 rows (4.6 step 1)
};

struct FeatureOptions {
    bool grid = true;                                ///< the post picture's 49 cells
    bool prompts = false;                            ///< prompt rows of the post picture and the crops
    int pictures = 1;                                ///< most pictures of a post
    int objects = 3;                                 ///< K
    int objectSide = 2;                              ///< a crop is pooled to side x side rows; 0: no such rows
    bool pixels = false;                             ///< pixels of post picture and crops instead of rows
    RegionSource regionSource = RegionSource::None;  ///< pooled rows of regions
    int regions = 0;                                 ///< most regions of a post
    BoxCrops boxCrops = BoxCrops::None;              ///< what stands for the crops of a post without crops
    /// Keep float16 instead of float32. Rows are means of what a ReLU lets through, so far inside of the range of
    /// float16 (6e-8 to 65504, and cut off there); its error is at most 2^-11 (0.05 %) of a value, that of bfloat16 8
    /// times as much, and it needs half the room of float32. Whoever reads gets float32.
    bool half = false;
    std::filesystem::path cacheFolder;                     ///< empty: nothing on disk
    std::uintmax_t memoryBytes = std::uintmax_t{4} << 30;  ///< what is kept in memory; the rest is read or made again
    /// The store outlives changes of the files: one with another time, size or number is another picture, and a full
    /// memory starts over instead of keeping the first.
    bool isLongLived = false;
    std::int64_t batch = 8;      ///< pictures that go through the ResNet at once
    std::string device = "cpu";  ///< where the ResNet runs
};

/// Frozen rows of pictures, made once: the four stages of a ResNet, each averaged to 7x7 (post picture), 2x2 (crop) or
/// one cell (region) and joined along channels (models.md 5.3 step 2 and "Caching"). Kept in memory and, with a cache
/// folder, on disk under the hash of the picture's bytes and the ResNet's fingerprint, so a changed picture or ResNet
/// is never mixed up.
class FeatureStore {
public:
    /// Without ResNet `options` may ask for pixels only.
    FeatureStore(std::optional<nn::ResNet> resnet, FeatureOptions options);

    /// Makes what these posts need, in batches. Throws Cancelled.
    void prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress, const std::stop_token& stop);
    /// Rows of one post; missing or unreadable pictures stay undefined (prompts: are those of a blank) and are noted in
    /// findings(), and so are boxes without a pixel inside the picture ("region-outside").
    PostPictures picturesOf(const PostInput& post);

    /// Every picture once that cannot be used (the codes of vision::pictureFinding) or of which a part is used
    /// ("picture-damaged").
    const Findings& findings() const { return m_findings; }
    /// Those since the last call; what is asked for again is told again.
    Findings takeFindings();
    const nn::ResNet& resnet() const { return *m_resnet; }  ///< not of a store of pixels
    bool isOfPixels() const { return !m_resnet; }
    std::int64_t computed() const { return m_computed; }  ///< pictures that went through the ResNet
    std::int64_t passes() const { return m_passes; }      ///< in so many batches
    void setCacheFolder(std::filesystem::path folder) { m_options.cacheFolder = std::move(folder); }

private:
    /// One set of rows: of a picture or of a box in it, and how they are pooled.
    struct Source {
        const std::string& path;
        const std::string& bytes;  ///< content; instead of the path when not empty
        int side = 7;
        Pooling pooling = Pooling::Cells;
        std::optional<vision::Box> box = std::nullopt;

        /// What tells it from other sources of the same picture, as a part of a file's name.
        std::string suffix() const;
    };
    struct Wish {
        std::string key;   ///< in memory: path or hash, and the pooling
        std::string file;  ///< on disk; empty without a cache folder
        vision::Picture picture;
        int side = 7;
        Pooling pooling = Pooling::Cells;
    };
    /// What tells a picture from others in memory.
    std::string pictureKey(const Source& source) const;
    /// What picturesOf() gives of the post picture and its crops.
    PostPictures firstOf(const PostInput& post);
    /// The picture that was opened last: its boxes come one behind the other.
    struct Opened {
        std::string key, content;  ///< no content where the post brought the bytes
        vision::PictureHeader header;
        std::optional<vision::Picture> picture;
    };
    /// A post's regions as boxes of its picture, cut to it.
    struct Candidates {
        vision::Box frame;               ///< of the picture; without area when it cannot be used
        std::vector<vision::Box> boxes;  ///< the whole picture where none can be used
        std::vector<int> regionOf;       ///< -1: the whole picture
    };
    Candidates candidatesOf(const PostInput& post);
    /// A region cut to its picture; nothing, and noted once, for one without a pixel inside.
    std::optional<vision::Box> boxInside(const PostInput& post, std::size_t region, const vision::Box& frame);
    /// A crop of a post: a file of its own, or a box of the picture.
    struct Crop {
        const std::string& path;
        const std::string& bytes;
        std::optional<vision::Box> box;
        int region = -1;  ///< index in PostInput.regions of a box
    };
    /// The first `most` crops.
    std::vector<Crop> cropsOf(const PostInput& post, int most);
    /// Calls `use(source)` for every picture that the options want of a post, regions excepted.
    template <class Use>
    void forEach(const PostInput& post, Use&& use);
    /// Calls `use(source, index)` for every region; index as in PostPictures::regionOf.
    template <class Use>
    void forEachRegion(const PostInput& post, const Candidates& candidates, Use&& use);
    void addRegions(const PostInput& post, PostPictures& out);
    torch::Tensor rows(const Source& source);
    torch::Tensor blankPrompt();
    /// The file's bytes; nothing, and noted, when there is no picture that is read.
    const std::string* contentOf(const Source& source);
    /// What the bytes that contentOf() gave say of themselves; null where it gave nothing.
    const vision::PictureHeader* headerOf(const Source& source);
    /// Adds what is odd about a picture to the findings, once till they are taken.
    void tell(const std::string& pictureKey);
    void tellOdd(const PostInput& post);
    const vision::Picture* pictureOf(const Source& source);
    /// Width and height, upright; without area when the picture cannot be used.
    vision::Box frameOf(const Source& source);
    /// Finds rows in memory or on disk; otherwise fills `wish` with decoded pixels. False: no usable picture.
    bool lookUp(const Source& source, torch::Tensor& found, Wish& wish);
    /// Rows of each wish, written to the cache and kept while there is room.
    std::vector<torch::Tensor> compute(std::vector<Wish>& wishes);
    std::vector<torch::Tensor> computeAtOnce(std::span<Wish> wishes);
    /// A cache that cannot be written is told once, and written no more.
    void write(const std::string& file, const torch::Tensor& rows);
    void keep(const std::string& key, const torch::Tensor& rows);
    std::filesystem::path fileOf(const std::string& hash, const Source& source, bool isReadAnew) const;

    std::optional<nn::ResNet> m_resnet;
    FeatureOptions m_options;
    std::unordered_map<std::string, torch::Tensor> m_rows;  ///< an undefined tensor marks a picture that cannot be used
    std::unordered_map<std::string, vision::Box> m_frames;  ///< by picture key; without area: cannot be used
    std::unordered_map<std::string, Finding> m_odd;         ///< by picture key
    std::unordered_set<std::string> m_noted;                ///< boxes outside, and keys of m_odd, that were told
    Opened m_opened;
    torch::Tensor m_blankPrompt;
    std::uintmax_t m_bytes = 0;
    std::int64_t m_computed = 0, m_passes = 0;
    bool m_isWritable = true;  ///< the cache folder took all that was written so far
    PartSize m_atOnce;
    Findings m_findings;
};

/// The cache's file form: rows and a checksum over them and over the file's place. Reading gives nothing for a torn or
/// foreign file. Writing gives what prevented it, and then leaves nothing.
std::optional<Error> writeFeatureFile(const std::filesystem::path& path, const torch::Tensor& rows);
torch::Tensor readFeatureFile(const std::filesystem::path& path);

/// What a ResNet reads of pixels: uint8 [P, 224, 224, 3] -> float [P, 3, 224, 224], the numbers of
/// vision::toNetworkInput.
torch::Tensor networkInputOf(const torch::Tensor& pixels);

/// Cells a side of a crop with this many rows: 2 for 4.
int sideOfRows(int rows);

/// Stage maps of one batch averaged to side x side: [B, side*side, Ct].
torch::Tensor pooledRows(const std::array<torch::Tensor, 4>& stages, int side);
/// Stage maps of one batch as prompt rows (models.md 4.6 step 1): [B, 4, Ct].
torch::Tensor promptRows(const std::array<torch::Tensor, 4>& stages);

}  // namespace mnerva::models
