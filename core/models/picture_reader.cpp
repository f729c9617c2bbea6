#include "core/models/picture_reader_internal.h"

#include "core/base/check.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

int sideOf(int rows) {
    int side = 0;
    while (side * side < rows) ++side;
    return side;
}

}  // namespace

PictureReader::PictureReader(RunResNets resnets, const PictureLayout& layout, FeatureOptions options) {
    MNERVA_CHECK(resnets.main.has_value());
    const bool separate = resnets.prompt.has_value();
    options.grid = layout.grid;
    options.objects = layout.objects;
    options.objectSide = sideOf(layout.objectRows);
    options.prompts = layout.prompts && !separate;
    m_stores.emplace_back(std::move(*resnets.main), options);
    if (!separate) return;
    options.grid = false;
    options.objectSide = 0;
    options.prompts = true;
    m_stores.emplace_back(std::move(*resnets.prompt), options);
}

void PictureReader::prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress,
                            const std::stop_token& stop) {
    for (FeatureStore& store : m_stores) store.prepare(posts, progress, stop);
}

PostPictures PictureReader::picturesOf(const PostInput& post) {
    PostPictures out = m_stores.front().picturesOf(post);
    if (m_stores.size() > 1) out.prompts = m_stores.back().picturesOf(post).prompts;
    return out;
}

Findings PictureReader::takeFindings() {
    Findings first = m_stores.front().takeFindings();
    if (m_stores.size() > 1) {
        const Findings second = m_stores.back().takeFindings();  // the same pictures once more
        if (first.list().empty()) return second;
    }
    return first;
}

void PictureReader::setCacheFolder(const std::filesystem::path& folder) {
    for (FeatureStore& store : m_stores) store.setCacheFolder(folder);
}

std::uintmax_t bytesOfPicture(const PictureLayout& layout) {
    const auto row = static_cast<std::uintmax_t>(layout.channels()) * sizeof(float);
    const auto promptRow = static_cast<std::uintmax_t>(layout.promptChannels()) * sizeof(float);
    return (layout.grid ? vision::kGridCells * row : 0) + (layout.prompts ? 4 * promptRow : 0);
}

std::uintmax_t bytesOfCrop(const PictureLayout& layout) {
    const auto row = static_cast<std::uintmax_t>(layout.channels()) * sizeof(float);
    const auto promptRow = static_cast<std::uintmax_t>(layout.promptChannels()) * sizeof(float);
    return static_cast<std::uintmax_t>(layout.objectRows) * row + (layout.prompts ? 4 * promptRow : 0);
}

}  // namespace mnerva::models
