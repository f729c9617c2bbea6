#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/models/batch_internal.h"
#include "core/models/predictor.h"
#include "core/nn/resnet.h"

namespace mnerva::models {

/// How the four stages of a ResNet become rows.
enum class Pooling {
    Cells,   ///< adaptive average to side x side cells, each a row of Ct channels (models.md 5.3 step 2)
    Prompt,  ///< kernel = stride = floor(side/2) to 2x2, flattened channel by channel and cut into 4 rows (4.6 step 1)
};

struct FeatureOptions {
    bool grid = true;                                      ///< the post picture's 49 cells
    bool prompts = false;                                  ///< prompt rows of the post picture and the crops
    int objects = 3;                                       ///< K
    int objectSide = 2;                                    ///< a crop is pooled to side x side rows; 0: no such rows
    bool half = false;                                     ///< keep float16 instead of float32
    std::filesystem::path cacheFolder;                     ///< empty: nothing on disk
    std::uintmax_t memoryBytes = std::uintmax_t{4} << 30;  ///< what is kept in memory; the rest is read or made again
    bool forgetWhenFull = false;  ///< for long-lived stores: start over instead of keeping the first
    std::int64_t batch = 8;       ///< pictures that go through the ResNet at once
    std::string device = "cpu";   ///< where the ResNet runs
};

/// Frozen rows of pictures, made once: the four stages of a ResNet, each averaged to 7x7 (post picture) or 2x2 (crop)
/// and joined along channels (models.md 5.3 step 2 and "Caching"). Kept in memory and, with a cache folder, on disk
/// under the hash of the picture's bytes and the ResNet's fingerprint, so a changed picture or ResNet is never mixed
/// up.
class FeatureStore {
public:
    FeatureStore(nn::ResNet resnet, FeatureOptions options);

    /// Makes what these posts need, in batches. Throws Cancelled.
    void prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress, const std::stop_token& stop);
    /// Rows of one post; missing or unreadable pictures stay undefined (prompts: are those of a blank) and are noted in
    /// findings().
    PostPictures picturesOf(const PostInput& post);

    /// Every missing or unreadable picture once ("picture-missing", "picture-unreadable").
    const Findings& findings() const { return m_findings; }
    Findings takeFindings();
    std::int64_t computed() const { return m_computed; }  ///< pictures that went through the ResNet
    void setCacheFolder(std::filesystem::path folder) { m_options.cacheFolder = std::move(folder); }

private:
    struct Wish {
        std::string key;   ///< in memory: path or hash, and the pooling
        std::string file;  ///< on disk; empty without a cache folder
        std::vector<float> pixels;
        int side = 7;
        Pooling pooling = Pooling::Cells;
    };
    /// Calls `use(path, bytes, side, pooling)` for every picture that the options want of a post.
    template <class Use>
    void forEach(const PostInput& post, Use&& use) const;
    torch::Tensor rows(const std::string& path, const std::string& bytes, int side, Pooling pooling);
    torch::Tensor blankPrompt();
    /// Finds rows in memory or on disk; otherwise fills `wish` with decoded pixels. False: no usable picture.
    bool lookUp(const std::string& path, const std::string& bytes, int side, Pooling pooling, torch::Tensor& found,
                Wish& wish);
    /// Rows of each wish, written to the cache and kept while there is room.
    std::vector<torch::Tensor> compute(std::vector<Wish>& wishes);
    void keep(const std::string& key, const torch::Tensor& rows);
    std::filesystem::path fileOf(const std::string& hash, int side, Pooling pooling) const;

    nn::ResNet m_resnet;
    FeatureOptions m_options;
    std::unordered_map<std::string, torch::Tensor> m_rows;  ///< an undefined tensor marks a picture that cannot be used
    torch::Tensor m_blankPrompt;
    std::uintmax_t m_bytes = 0;
    std::int64_t m_computed = 0;
    Findings m_findings;
};

/// The cache's file form: rows and a checksum. Reading gives nothing for a torn or foreign file.
void writeFeatureFile(const std::filesystem::path& path, const torch::Tensor& rows);
torch::Tensor readFeatureFile(const std::filesystem::path& path);

/// Stage maps of one batch averaged to side x side: [B, side*side, Ct].
torch::Tensor pooledRows(const std::array<torch::Tensor, 4>& stages, int side);
/// Stage maps of one batch as prompt rows (models.md 4.6 step 1): [B, 4, Ct].
torch::Tensor promptRows(const std::array<torch::Tensor, 4>& stages);

}  // namespace mnerva::models
