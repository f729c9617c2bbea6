#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/region.h"
#include "core/vision/detect/detector.h"

namespace mnerva::app {

/// Which detector, and how sure it must be.
struct DetectorChoice {
    std::string detector = "faces";  ///< or the path of an ONNX file
    std::string namesFile;
    vision::DetectorOptions options;
    bool operator==(const DetectorChoice& o) const {
        return detector == o.detector && namesFile == o.namesFile && options.minScore == o.options.minScore;
    }
};

/// What a detector found in one picture of width x height pixels.
struct FoundInPicture {
    int width = 0, height = 0;
    std::vector<vision::Detection> detections;
};

/// A detector with a memory on disk: what it found in a picture is kept under the digest of the picture's bytes, of the
/// detector and of its settings, so neither a changed picture nor another model is ever answered from it.
class PictureDetector {
public:
    /// Loads the detector. `cacheFolder` empty: nothing is kept. Errors: those of vision::openDetector.
    PictureDetector(DetectorChoice choice, const std::filesystem::path& cacheFolder);

    const DetectorChoice& choice() const { return m_choice; }
    const std::string& name() const { return m_detector->name(); }
    const std::string& fingerprint() const { return m_detector->fingerprint(); }
    std::string settings() const { return m_detector->settings(); }

    /// Boxes in upright pixels. Nothing, and a finding, for a picture that cannot be used (vision::pictureFinding) or
    /// that the detector fails on ("detector-failed": the others go on); "picture-damaged" where a part is looked at.
    std::optional<FoundInPicture> ofFile(const std::filesystem::path& path, Findings& findings);
    std::optional<FoundInPicture> ofBytes(const std::string& bytes, const std::string& path, Findings& findings);
    /// As regions of a post's picture number `image`; boxes of less than a pixel are left out.
    std::vector<Region> regionsOf(const FoundInPicture& found, int image) const;
    int computed() const { return m_computed; }  ///< pictures that the detector looked at itself

private:
    DetectorChoice m_choice;
    std::unique_ptr<vision::Detector> m_detector;
    std::filesystem::path m_folder;  ///< of this detector and these settings
    int m_computed = 0;
};

}  // namespace mnerva::app
