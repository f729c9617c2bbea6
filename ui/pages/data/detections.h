#pragma once

#include <QString>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/region.h"

namespace mnerva::ui {

/// What a pass of a detector over the posts came to.
struct DetectReport {
    QString detector;
    std::string fingerprint, settings;  ///< settings: JSON, as the project's journal keeps it
    int pictures = 0, unusablePictures = 0, boxes = 0;
    std::vector<std::pair<QString, int>> labels;  ///< what was found how often, most first
    QString oddity;                               ///< what was wrong with the first picture that is unusable
    PostId firstPost;                             ///< with a box; invalid: nothing was found

    /// What was found, or that there was nothing to look at; one sentence.
    QString sentence() const;
    /// Kinds of boxes, unusable pictures; lines, may be empty.
    QString detail() const;
};

/// The object that `mnerva-cli detect --json` prints. Throws Error(ProtocolInvalid).
DetectReport detectReportFromJson(const nlohmann::json& body);

/// What `mnerva-cli detect --output` wrote: one JSON object a line, {"id": of the post, "number": its place in the
/// project's file, "boxes": [{image, left, top, width, height, label, score}]} (0.1.0: "post" for "number"), as regions
/// of the report's detector. Throws Error(LineInvalid) naming the line.
std::vector<std::pair<PostId, std::vector<Region>>> readDetections(const std::string& content,
                                                                   const std::filesystem::path& file,
                                                                   const DetectReport& report);

}  // namespace mnerva::ui
