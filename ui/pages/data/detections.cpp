#include "ui/pages/data/detections.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/base/json.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

using nlohmann::json;

constexpr std::size_t kShownLabels = 8;
constexpr std::size_t kShownOfLine = 80;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Detections)
};

Region regionFromJson(const json& body, const DetectReport& report) {
    Region region;
    region.image = wholeNumber<int>(body.at("image"));
    region.left = wholeNumber<int>(body.at("left"));
    region.top = wholeNumber<int>(body.at("top"));
    region.width = wholeNumber<int>(body.at("width"));
    region.height = wholeNumber<int>(body.at("height"));
    region.label = body.at("label").get<std::string>();
    region.score = body.at("score").get<double>();
    region.origin = RegionOrigin::Detector;
    region.detector = toUtf8(report.detector);
    region.fingerprint = report.fingerprint;
    checkRegion(region);
    return region;
}

}  // namespace

DetectReport detectReportFromJson(const json& body) {
    DetectReport report;
    try {
        report.detector = fromUtf8(body.at("detector").get<std::string>());
        report.fingerprint = body.at("fingerprint").get<std::string>();
        report.settings = body.at("settings").dump();
        report.pictures = wholeNumber<int>(body.at("pictures"));
        report.unusablePictures = wholeNumber<int>(body.at("unusablePictures"));
        report.boxes = wholeNumber<int>(body.at("boxes"));
        for (const auto& [label, count] : body.at("labels").items())
            report.labels.emplace_back(fromUtf8(label), wholeNumber<int>(count));
        if (const json& findings = body.at("findings"); !findings.empty()) {
            const json& first = findings.front();
            report.oddity = Texts::tr("%1: %2", "what is wrong, and with which file")
                                .arg(findingText(first.at("code").get<std::string>()),
                                     fromUtf8(first.at("file").get<std::string>()));
        }
    } catch (const json::exception& error) {
        throw Error(ErrorCode::ProtocolInvalid, {error.what()});
    }
    std::stable_sort(report.labels.begin(), report.labels.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return report;
}

std::vector<std::pair<PostId, std::vector<Region>>> readDetections(const std::string& content,
                                                                   const std::filesystem::path& file,
                                                                   const DetectReport& report) {
    std::vector<std::pair<PostId, std::vector<Region>>> found;
    std::istringstream stream(content);
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty()) continue;
        const auto refuse = [&] {
            return Error(ErrorCode::LineInvalid, {file.string(), std::to_string(number), line.substr(0, kShownOfLine),
                                                  "a post and the boxes in its pictures"});
        };
        try {
            const json body = tryParseJson(line);
            std::vector<Region> regions;
            for (const json& box : body.at("boxes")) regions.push_back(regionFromJson(box, report));
            found.emplace_back(PostId{wholeNumber<std::int64_t>(body.at(body.contains("number") ? "number" : "post"))},
                               std::move(regions));
        } catch (const json::exception&) {
            throw refuse();
        } catch (const Error&) {  // a box that is none
            throw refuse();
        }
    }
    return found;
}

QString DetectReport::sentence() const {
    if (pictures == 0) return Texts::tr("No picture could be looked at.");
    const QString seen = Texts::tr("%Ln picture(s)", nullptr, pictures);
    if (boxes == 0)
        return Texts::tr("Nothing found in %1 by the detector %2.", "pictures, detector").arg(seen, detector);
    return Texts::tr("%1 found in %2 by the detector %3.", "boxes, pictures, detector")
        .arg(Texts::tr("%Ln box(es)", nullptr, boxes), seen, detector);
}

QString DetectReport::detail() const {
    QStringList lines;
    QStringList kinds;
    for (const auto& [label, count] : labels) {
        if (static_cast<std::size_t>(kinds.size()) == kShownLabels) {
            kinds << QStringLiteral("…");
            break;
        }
        kinds << Texts::tr("%1 %2", "a kind of box and how many").arg(label, QLocale().toString(count));
    }
    if (!kinds.isEmpty()) lines << kinds.join(QStringLiteral(" · "));
    if (unusablePictures > 0)
        lines
            << Texts::tr("%Ln picture(s) missing or unreadable. The first: %1", nullptr, unusablePictures).arg(oddity);
    if (pictures == 0 && unusablePictures == 0) lines << Texts::tr("None of these posts has a picture.");
    return lines.join(QLatin1Char('\n'));
}

}  // namespace mnerva::ui
