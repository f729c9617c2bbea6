#pragma once

#include <torch/torch.h>

#include <filesystem>

namespace mnerva::models {

/// In a run's folder: the mean cell of its training posts.
inline constexpr const char* kMeanCellFile = "mean-cell.json";

/// [channels]; undefined where the folder has none of that width.
torch::Tensor readMeanCell(const std::filesystem::path& runFolder, int channels);
/// Errors: FileUnwritable, DiskFull.
void writeMeanCell(const std::filesystem::path& runFolder, const torch::Tensor& cell, std::int64_t posts);

}  // namespace mnerva::models
