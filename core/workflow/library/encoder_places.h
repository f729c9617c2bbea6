#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

namespace mnerva::workflow {

/// Where encoders usually lie: MNERVA_ENCODERS (folders joined by ':'), our own data folder, the hub's cache, and
/// torch's for pictures.
std::vector<std::filesystem::path> encoderPlaces();
/// Our own data folder, where what is fetched goes.
std::filesystem::path ownEncoderFolder();

/// Folders of whole text encoders in a place, the place itself included; four folders deep, at most 10,000 entries
/// looked at. Sorted. Throws Cancelled.
std::vector<std::filesystem::path> encodersIn(const std::filesystem::path& place, const std::stop_token& stop);
/// Files whose name begins with "resnet" and ends in .pth, .pt or .safetensors; the same bounds.
std::vector<std::filesystem::path> pictureEncodersIn(const std::filesystem::path& place, const std::stop_token& stop);

}  // namespace mnerva::workflow
