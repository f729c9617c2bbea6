#include <algorithm>

#include "core/base/check.h"
#include "core/models/batch/batch_internal.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

Tensor objectsOf(const std::vector<const EncodedPost*>& posts, std::int64_t labels) {
    Tensor out = torch::zeros({static_cast<std::int64_t>(posts.size()), labels}, torch::kInt64);
    auto ids = out.accessor<std::int64_t, 2>();
    for (std::size_t b = 0; b < posts.size(); ++b) {
        const std::vector<std::int64_t>& of = posts[b]->objects;
        const auto count = std::min(labels, static_cast<std::int64_t>(of.size()));
        for (std::int64_t k = 0; k < count; ++k) ids[static_cast<std::int64_t>(b)][k] = of[static_cast<std::size_t>(k)];
    }
    return out;
}

/// Which of a post's regions are where an entity of it is.
void labelRegions(std::vector<std::vector<GoldEntity>>& entities, const Pictures& pictures) {
    for (std::size_t b = 0; b < pictures.size(); ++b) {
        const PostPictures& of = pictures[b];
        for (GoldEntity& entity : entities[b]) {
            std::vector<vision::Box> gold;
            for (const vision::Box& box : entity.boxes)
                if (const auto inside = vision::clippedBox(box, of.frame.right, of.frame.bottom))
                    gold.push_back(*inside);
            entity.regions = vision::regionLabels(gold, of.regionBoxes);
        }
    }
}

void addPictures(Batch& batch, const Pictures& pictures, const PictureLayout& layout) {
    if (layout.pixels) {
        LearningRows learning = makeLearning(pictures, layout);
        batch.pixels = std::move(learning.pixels);
        batch.grid = std::move(learning.grid);
        batch.crops = std::move(learning.crops);
    } else {
        batch.grid = makeGrid(pictures, layout);
        batch.more = makeMore(pictures, layout);
        batch.crops = makeCrops(pictures, layout, batch.more.perPost);
    }
    // Where the ResNet learns, only prompts of a second one, which is frozen, come as rows.
    if (layout.prompts && !pictures.front().prompts.empty()) {
        batch.prompts = makePrompts(pictures, layout);
        markPromptCrops(batch.crops, pictures);
    }
    if (layout.photo) batch.photos = makePhotos(pictures);
    if (layout.regionSource != RegionSource::None) batch.regions = makeRegions(pictures, layout);
    if (layout.regionSource == RegionSource::Boxes) labelRegions(batch.entities, pictures);
}

}  // namespace

template <class Change>
Batch Batch::changed(Change&& change) const {
    Batch out = *this;
    std::vector<Tensor*> all{&out.prompts, &out.photos, &out.objects};
    for (const auto& part : {out.text.tensors(), out.grid.tensors(), out.crops.tensors(), out.more.tensors(),
                             out.pixels.tensors(), out.regions.tensors()})
        all.insert(all.end(), part.begin(), part.end());
    for (Tensor* tensor : all)
        if (tensor->defined()) *tensor = change(*tensor);
    return out;
}

Batch Batch::to(const torch::Device& device) const {
    if (device.is_cpu()) return *this;
    // What is not pinned is copied before the call returns, whatever is asked for.
    return changed([&](const Tensor& tensor) { return tensor.to(device, /*non_blocking=*/device.is_cuda()); });
}

Batch Batch::pinned() const {
    return changed([](const Tensor& tensor) { return tensor.pin_memory(); });
}

Batch makeBatch(const std::vector<const EncodedPost*>& posts, const Pictures& pictures, const PictureLayout& layout,
                const TextLayout& text) {
    MNERVA_CHECK(!posts.empty() && (!layout.use || pictures.size() == posts.size()));
    Batch batch;
    batch.text = makeText(posts, text);
    for (const EncodedPost* post : posts) batch.entities.push_back(post->entities);
    if (layout.labels > 0) batch.objects = objectsOf(posts, layout.labels);
    if (layout.use) addPictures(batch, pictures, layout);
    return batch;
}

Batch withoutAuxiliary(const Batch& batch, const TextLayout& text) {
    Batch out = batch;
    out.text = withoutAuxiliary(batch.text, text);
    return out;
}

}  // namespace mnerva::models
