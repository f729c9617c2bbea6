#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/vision/picture.h"

namespace mnerva::vision {

/// Something found in a picture: a box in its pixels (cut at its edges), what it is, and how sure the detector is
/// (0..1).
struct Detection {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::string label;
    double score = 0;
    bool operator==(const Detection&) const = default;
};

struct DetectorOptions {
    double minScore = 0.25;  ///< less sure ones are left out
    double overlap = 0.45;   ///< of two boxes of one class with a larger intersection over union the surer stays
    int most = 100;          ///< boxes of a picture
    int side = 640;          ///< of a network's input where the file leaves it open
};

/// Finds things in pictures. Not thread-safe; loading may take seconds.
class Detector {
public:
    virtual ~Detector() = default;
    /// "faces", or the name of the model's file without its extension.
    virtual const std::string& name() const = 0;
    /// Digest of the files and the method: equal ones find the same in the same picture under equal settings.
    virtual const std::string& fingerprint() const = 0;
    /// The options that decide what is found, as one JSON object in a fixed form.
    virtual std::string settings() const = 0;
    /// Surest first. Empty for an empty picture. Throws FormatInvalid when a network gives what is no answer.
    virtual std::vector<Detection> detect(const Picture& picture) = 0;
};

/// Faces from the front and from both sides by OpenCV's Haar cascades (label "face"). The score of a face is n / (n +
/// 4) of its n neighbouring hits (at least 4): an order, no probability. Errors: FormatInvalid (a cascade is missing:
/// says where it was looked for and what brings it; or is none).
std::unique_ptr<Detector> openFaceDetector(const DetectorOptions& options);
/// Folders where the cascades are looked for: $MNERVA_CASCADES alone if it is set, else where systems install them.
std::vector<std::filesystem::path> cascadeFolders();

/// A YOLO detector as an ONNX file with an input of 1 x 3 x H x W (RGB, 0..1, letterboxed) and an output of
/// 1 x boxes x (5 + classes) (YOLOv5, with an objectness) or 1 x (4 + classes) x boxes (YOLOv8 and later); boxes are
/// centre, width and height in pixels of the input. Class names come from `names` (a text file, one a line; may be
/// empty), else from the file's own metadata, else they are "class 0", "class 1", ...
/// Errors: FileMissing, FileUnreadable, FormatInvalid (says what was found and what was wanted).
std::unique_ptr<Detector> openOnnxDetector(const std::filesystem::path& file, const std::filesystem::path& names,
                                           const DetectorOptions& options);

/// "faces", or else the path of an ONNX file. Throws OptionInvalid for options out of range.
std::unique_ptr<Detector> openDetector(const std::string& what, const std::filesystem::path& names,
                                       const DetectorOptions& options);

/// Sorted by score (equal ones in their order), boxes that overlap a surer one of the same label by more than `overlap`
/// taken out, at most `most` kept.
std::vector<Detection> withoutDoubles(std::vector<Detection> found, double overlap, int most);

}  // namespace mnerva::vision
