#include "core/models/pictures/picture_reader_internal.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/network_input.h"

namespace mnerva::models {
namespace {

/// Pictures of 147 KiB each; those that find no room are read and decoded again whenever they are asked for.
constexpr std::uintmax_t kMemoryForPixels = std::uintmax_t{1} << 30;
constexpr std::uintmax_t kMemoryForCells = std::uintmax_t{64} << 20;

/// Undefined for a picture that cannot be used; what is wrong with it was noted where its rows were made.
torch::Tensor photoOf(const PostInput& post) {
    const auto picture =
        post.imageBytes.empty() ? vision::loadPicture(post.imagePath) : vision::decodePicture(post.imageBytes);
    if (!picture) return {};
    const std::vector<float> values = vision::toNetworkInput(*picture);
    return torch::tensor(values).view({3, vision::kCropSide, vision::kCropSide});
}

}  // namespace

int sideOfRows(int rows) {
    int side = 0;
    while (side * side < rows) ++side;
    return side;
}

PictureReader::PictureReader(RunResNets resnets, const PictureLayout& layout, FeatureOptions options)
    : m_photo(layout.photo), m_device(options.device) {
    MNERVA_CHECK(resnets.main.has_value() || layout.pixels);
    const bool separate = resnets.prompt.has_value();
    options.grid = layout.grid;
    options.pictures = layout.pictures;
    options.objects = layout.objects;
    options.objectSide = sideOfRows(layout.objectRows);
    options.regionSource = layout.regionSource;
    options.regions = layout.regions;
    options.prompts = layout.prompts && !separate;
    options.pixels = layout.pixels;
    if (options.pixels) {
        options.grid = options.prompts = false;
        options.memoryBytes = std::min(options.memoryBytes, kMemoryForPixels);
    }
    m_stores.emplace_back(std::move(resnets.main), options);
    if (!separate) return;
    options.pixels = false;
    options.grid = false;
    options.objectSide = 0;
    options.regionSource = RegionSource::None;
    options.prompts = true;
    m_stores.emplace_back(std::move(*resnets.prompt), options);
}

void PictureReader::prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress,
                            const std::stop_token& stop) {
    for (FeatureStore& store : m_stores) store.prepare(posts, progress, stop);
}

PostPictures PictureReader::picturesOf(const PostInput& post) {
    PostPictures out = m_stores.front().picturesOf(post);
    if (m_stores.size() > 1) {
        PostPictures second = m_stores.back().picturesOf(post);
        out.prompts = std::move(second.prompts);
        out.promptOfCrop = std::move(second.promptOfCrop);
    }
    if (m_photo && out.hasPicture) out.photo = photoOf(post);
    return out;
}

torch::Tensor PictureReader::cellsOf(const PostInput& post) {
    if (!m_cells) {
        if (m_stores.back().isOfPixels()) return {};
        FeatureOptions options;
        options.objects = 0;
        options.isLongLived = true;
        options.memoryBytes = kMemoryForCells;
        options.device = m_device;
        m_cells.emplace(m_stores.back().resnet(), options);
    }
    PostInput alone;
    alone.imagePath = post.imagePath;
    alone.imageBytes = post.imageBytes;
    return m_cells->picturesOf(alone).grid;
}

PromptReader PictureReader::promptReader() const {
    return [resnet = m_stores.back().resnet()](const torch::Tensor& pixels) {
        const torch::NoGradGuard noGradient;
        return promptRows(resnet.forward(pixels));
    };
}

Findings PictureReader::takeFindings() {
    Findings first = m_stores.front().takeFindings();
    if (m_stores.size() > 1) {
        const Findings second = m_stores.back().takeFindings();  // the same pictures once more
        if (first.isEmpty()) return second;
    }
    return first;
}

void PictureReader::setCacheFolder(const std::filesystem::path& folder) {
    for (FeatureStore& store : m_stores) store.setCacheFolder(folder);
}

std::uintmax_t bytesOfPicture(const PictureLayout& layout) {
    const auto row = static_cast<std::uintmax_t>(layout.channels()) * sizeof(float);
    const auto promptRow = static_cast<std::uintmax_t>(layout.promptChannels()) * sizeof(float);
    const std::uintmax_t regions = layout.regionSource == RegionSource::Boxes
                                       ? static_cast<std::uintmax_t>(layout.regions)
                                       : (layout.regionSource == RegionSource::Crops ? 1 : 0);
    return (layout.grid ? vision::kGridCells * row : 0) + (layout.prompts ? 4 * promptRow : 0) + regions * row;
}

std::uintmax_t bytesOfCrop(const PictureLayout& layout) {
    const auto row = static_cast<std::uintmax_t>(layout.channels()) * sizeof(float);
    const auto promptRow = static_cast<std::uintmax_t>(layout.promptChannels()) * sizeof(float);
    return static_cast<std::uintmax_t>(layout.objectRows + (layout.regionSource == RegionSource::Crops ? 1 : 0)) * row +
           (layout.prompts ? 4 * promptRow : 0);
}

}  // namespace mnerva::models
