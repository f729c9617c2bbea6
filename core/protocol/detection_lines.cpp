#include "core/protocol/detection_lines.h"

#include "core/base/json.h"
#include "core/protocol/finding_json.h"
#include "core/protocol/lines_internal.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;

json boxJson(const Region& region) {
    return {{"image", region.image},
            {"left", region.left},
            {"top", region.top},
            {"width", region.width},
            {"height", region.height},
            {"label", region.label},
            {"score", region.score.value_or(0)}};
}

Region regionFromJson(const json& body, const DetectionReport& report) {
    Region region;
    region.image = wholeNumber<int>(body.at("image"));
    region.left = wholeNumber<int>(body.at("left"));
    region.top = wholeNumber<int>(body.at("top"));
    region.width = wholeNumber<int>(body.at("width"));
    region.height = wholeNumber<int>(body.at("height"));
    region.label = body.at("label").get<std::string>();
    region.score = body.at("score").get<double>();
    region.origin = RegionOrigin::Detector;
    region.detector = report.detector;
    region.fingerprint = report.fingerprint;
    checkRegion(region);
    return region;
}

}  // namespace

json toJson(const DetectionReport& report) {
    json labels = json::object(), findings = json::array();
    for (const auto& [label, count] : report.labels) labels[label] = count;
    for (const Finding& finding : report.findings) findings.push_back(toJson(finding));
    return {{"detector", report.detector},
            {"fingerprint", report.fingerprint},
            {"settings", report.settings},
            {"posts", report.posts},
            {"pictures", report.pictures},
            {"unusablePictures", report.unusablePictures},
            {"computed", report.computed},
            {"boxes", report.boxes},
            {"labels", labels},
            {"seconds", report.seconds},
            {"findingCounts", report.findingCounts},
            {"findings", findings}};
}

DetectionReport detectionReportFromJson(const json& body) {
    DetectionReport report;
    try {
        report.detector = body.at("detector").get<std::string>();
        report.fingerprint = body.at("fingerprint").get<std::string>();
        report.settings = body.at("settings");
        report.pictures = wholeNumber<int>(body.at("pictures"));
        report.unusablePictures = wholeNumber<int>(body.at("unusablePictures"));
        report.boxes = wholeNumber<int>(body.at("boxes"));
        report.posts = wholeNumberOr(body, "posts", 0);
        report.computed = wholeNumberOr(body, "computed", 0);
        for (const auto& [label, count] : body.at("labels").items())
            report.labels.emplace_back(label, wholeNumber<int>(count));
        for (const json& finding : body.at("findings"))
            report.findings.push_back({finding.at("code").get<std::string>(), finding.at("file").get<std::string>(),
                                       wholeNumberOr(finding, "line", 0), finding.value("text", std::string())});
    } catch (const json::exception& error) {
        throw Error(ErrorCode::ProtocolInvalid, {error.what()});
    }
    std::stable_sort(report.labels.begin(), report.labels.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return report;
}

std::string lineOf(const DetectionLine& line) {
    json boxes = json::array();
    for (const Region& region : line.regions) boxes.push_back(boxJson(region));
    return detail::jsonLine({{"id", line.id}, {"number", line.number.value}, {"boxes", boxes}});
}

std::vector<DetectionLine> readDetectionLines(std::string_view content, const std::filesystem::path& file,
                                              const DetectionReport& report) {
    return detail::readLines<DetectionLine>(content, file, "a post and the boxes in its pictures",
                                            [&](const json& body, int) {
                                                DetectionLine line;
                                                if (body.contains("id") && body.at("id").is_string())
                                                    line.id = body.at("id").get<std::string>();
                                                line.number = PostId{detail::postNumber(body)};
                                                for (const json& box : body.at("boxes"))
                                                    line.regions.push_back(regionFromJson(box, report));
                                                return line;
                                            });
}

}  // namespace mnerva::protocol
