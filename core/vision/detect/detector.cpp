#include "core/vision/detect/detector.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace mnerva::vision {
namespace {

double areaOf(const Detection& box) {
    return std::max(0.0, box.right - box.left) * std::max(0.0, box.bottom - box.top);
}

double overlapOf(const Detection& a, const Detection& b) {
    const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
    const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    if (width <= 0 || height <= 0) return 0;
    const double both = width * height;
    return both / (areaOf(a) + areaOf(b) - both);
}

void checkOptions(const DetectorOptions& options) {
    const auto refuse = [](const char* name, double value, const char* wanted) {
        throw Error(ErrorCode::OptionInvalid, {name, fmt::format("{}", value), wanted});
    };
    if (!(options.minScore >= 0 && options.minScore <= 1)) refuse("min-score", options.minScore, "0 to 1");
    if (!(options.overlap >= 0 && options.overlap <= 1)) refuse("overlap", options.overlap, "0 to 1");
    if (options.most < 1) refuse("most", options.most, "at least 1");
    if (options.side < 32 || options.side > 4096) refuse("side", options.side, "32 to 4096");
}

}  // namespace

std::vector<Detection> withoutDoubles(std::vector<Detection> found, double overlap, int most) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Detection& a, const Detection& b) { return a.score > b.score; });
    std::vector<Detection> kept;
    for (Detection& one : found) {
        if (static_cast<int>(kept.size()) >= most) break;
        const bool doubled = std::any_of(kept.begin(), kept.end(), [&](const Detection& surer) {
            return surer.label == one.label && overlapOf(surer, one) > overlap;
        });
        if (!doubled) kept.push_back(std::move(one));
    }
    return kept;
}

std::unique_ptr<Detector> openDetector(const std::string& what, const std::filesystem::path& names,
                                       const DetectorOptions& options) {
    checkOptions(options);
    if (what == "faces") return openFaceDetector(options);
    return openOnnxDetector(what, names, options);
}

}  // namespace mnerva::vision
