#pragma once

#include <optional>

#include "core/models/pictures/features_internal.h"

namespace mnerva::models {

/// The ResNets of a run: what they read is said by the PictureLayout.
struct RunResNets {
    std::optional<nn::ResNet> main;    ///< grid and crop rows, and prompts where there is no other; none if it learns
    std::optional<nn::ResNet> prompt;  ///< prompts only
};

/// The picture rows that a run's batches are made of, from one or two ResNets.
class PictureReader {
public:
    /// `options` says where rows are kept; what is read follows from the layout.
    PictureReader(RunResNets resnets, const PictureLayout& layout, FeatureOptions options);

    /// Makes what these posts need, in batches. Throws Cancelled.
    void prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress, const std::stop_token& stop);
    PostPictures picturesOf(const PostInput& post);
    /// [49, channels]: the cells of the post picture as the last of the ResNets makes them, for a run that reads the
    /// picture in another way. Undefined without a picture, or where the ResNet learns.
    torch::Tensor cellsOf(const PostInput& post);
    Findings takeFindings();
    void setCacheFolder(const std::filesystem::path& folder);
    /// What turns pictures into prompts, on the ResNet's device.
    PromptReader promptReader() const;

private:
    bool m_photo;
    std::string m_device;
    std::vector<FeatureStore> m_stores;
    std::optional<FeatureStore> m_cells;  ///< made when it is asked for
};

/// Bytes of float32 rows of one post picture and of one crop.
std::uintmax_t bytesOfPicture(const PictureLayout& layout);
std::uintmax_t bytesOfCrop(const PictureLayout& layout);

}  // namespace mnerva::models
