#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/finding.h"
#include "core/domain/region.h"

namespace mnerva::protocol {

/// What a pass of a detector over the posts came to: the object that `mnerva-cli detect --json` prints.
struct DetectionReport {
    std::string detector, fingerprint;                   ///< name; equal fingerprints find the same
    nlohmann::json settings = nlohmann::json::object();  ///< as the project's journal keeps them
    int posts = 0, pictures = 0, unusablePictures = 0;
    int computed = 0;  ///< pictures that were looked at now; the others were known
    int boxes = 0;
    std::vector<std::pair<std::string, int>> labels;  ///< what was found how often, most first
    double seconds = 0;
    std::vector<Finding> findings;             ///< the first ones
    std::map<std::string, int> findingCounts;  ///< of all
};

nlohmann::json toJson(const DetectionReport& report);
/// Throws Error(ProtocolInvalid).
DetectionReport detectionReportFromJson(const nlohmann::json& body);

/// One line of what `mnerva-cli detect --output` writes: {"id": of the post, "number": its place in the project's file,
/// "boxes": [{image, left, top, width, height, label, score}]}. 0.1.0 wrote "post" in place of "number".
struct DetectionLine {
    std::string id;
    PostId number;
    std::vector<Region> regions;
};

/// The line, with its line feed.
std::string lineOf(const DetectionLine& line);
/// All lines of a file, as regions of the report's detector; empty ones are passed over. Throws Error(LineInvalid)
/// naming the line, also for a box that is none.
std::vector<DetectionLine> readDetectionLines(std::string_view content, const std::filesystem::path& file,
                                              const DetectionReport& report);

}  // namespace mnerva::protocol
