#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/part_size.h"
#include "core/models/calibration.h"
#include "core/models/explain/explainer_internal.h"
#include "core/models/predictor.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/blocks/precision.h"

namespace mnerva::models {

struct Predictor::Impl {
    RunParts parts;
    torch::Device device{torch::kCPU};
    std::unique_ptr<PictureReader> pictures;
    TextLayout text;
    Findings findings;
    int longest = 0;
    nn::Precision precision = nn::Precision::Float32;
    std::optional<Calibration> calibration;
    PartSize atOnce;

    std::filesystem::path folder;
    torch::Tensor meanCell;  ///< [Ct] of the training posts; undefined: not known
    nn::TensorMap learned;   ///< while layers are randomised: the values that they had

    /// Of an option's value; a processor without it is a finding.
    void usePrecision(const std::string& name);
    std::vector<Prediction> run(const std::vector<const PostInput*>& inputs, const Wanted& wanted,
                                TargetLogs* logs = nullptr);
    /// run(), in as many parts as memory asks for.
    std::vector<Prediction> runInParts(const std::vector<const PostInput*>& inputs, const Wanted& wanted,
                                       TargetLogs* logs);
    std::vector<std::vector<double>> targetLogs(const std::vector<EncodedPost>& encoded,
                                                const std::vector<PostPictures>& seen, const TargetLogs& asked);
    /// The pictures of a post, cells covered.
    PostPictures seenOf(const PostInput& input, const Cover& cover);
    EncodedPost encoded(const PostInput& input);
    ExplainedRun explainedRun();
    torch::Tensor wordMarginals(const torch::Tensor& marginals, const EncodedPost& post) const;
    std::vector<std::size_t> batchEnds(std::span<const PostInput> posts, std::vector<std::size_t>& order) const;
    void addExplanations(std::int64_t row, const EncodedPost& post, const Explanation& explanation,
                         const Wanted& wanted, Prediction& out) const;
    const std::vector<std::string>& classes() const { return parts.shape.classes; }
};

}  // namespace mnerva::models
