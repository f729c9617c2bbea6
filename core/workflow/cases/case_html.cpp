#include <fmt/format.h>

#include <optional>

#include "core/base/error.h"
#include "core/domain/confidence.h"
#include "core/domain/palette.h"
#include "core/text/html_text.h"
#include "core/vision/picture_header.h"
#include "core/workflow/cases/case_report.h"

namespace mnerva::workflow {
namespace {

namespace fs = std::filesystem;
using text::htmlText;

constexpr std::size_t kLargestEmbedded = 300'000;

constexpr std::string_view kStyle = R"(
body { font: 16px/1.5 "Noto Sans", "Noto Sans CJK SC", "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif;
  color: #1c1f23; background: #fff; max-width: 1100px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 22px; margin: 0; }
.caption, .id, .note { color: #5b636d; font-size: 14px; }
table { border-collapse: collapse; }
.sums td, .sums th { padding: 2px 12px; text-align: right; }
.sums td:first-child, .sums th:first-child { text-align: left; padding-left: 0; }
article { display: flex; gap: 24px; align-items: flex-start; border-top: 1px solid #d5d9de; margin-top: 24px;
  padding-top: 16px; break-inside: avoid; }
article img { width: 320px; max-height: 420px; object-fit: contain; object-position: top; flex: none; }
.text { margin: 0 0 8px; }
.lanes th { text-align: left; font-weight: 600; padding: 4px 16px 4px 0; vertical-align: top; white-space: nowrap; }
.lanes td { padding: 4px 0; }
.place { border-bottom: 2px solid #1c1f23; }
.entity { display: inline-block; margin-right: 20px; }
.entity b { border: 1px solid #8b939c; border-radius: 4px; padding: 0 4px; font-size: 12px; }
.boundary, .type, .boundary-and-type { color: #9a3d00; }
.missed { color: #5b636d; }
.missed .words { border-bottom: 1px dashed #5b636d; }
.spurious { color: #a3195b; }
@media (max-width: 760px) { article { display: block; } article img { width: 100%; } }
)";

std::string base64(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto at = [&](std::size_t k) {
            return k < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[k])) : 0u;
        };
        const std::uint32_t three = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
    }
    return out;
}

/// A path as a relative address.
std::string addressOf(const fs::path& path) {
    std::string out;
    for (const char c : path.generic_string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = std::isalnum(byte) || std::string_view("/-._~").find(c) != std::string_view::npos;
        out += isPlain && byte < 0x80 ? std::string{c} : fmt::format("%{:02X}", byte);
    }
    return out;
}

/// What browsers show of the kinds that are read.
std::string_view mediaType(vision::PictureKind kind) {
    switch (kind) {
        case vision::PictureKind::Jpeg:
            return "image/jpeg";
        case vision::PictureKind::Png:
            return "image/png";
        case vision::PictureKind::Gif:
            return "image/gif";
        case vision::PictureKind::WebP:
            return "image/webp";
        case vision::PictureKind::Bmp:
            return "image/bmp";
        default:
            return {};
    }
}

/// The address of a photo: its bytes where they are few, else its place. Empty for one that cannot be shown.
std::string photoAddress(const project::PostImage& image, const fs::path& file) {
    if (!image.exists || image.path.empty()) return {};
    try {
        const std::string_view type = mediaType(vision::peekPictureHeader(image.path).kind);
        if (type.empty()) return {};
        if (fs::file_size(image.path) <= kLargestEmbedded)
            return "data:" + std::string(type) + ";base64," + base64(vision::readPictureFile(image.path));
        const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
        return addressOf(fs::path(image.path).lexically_relative(folder));
    } catch (const Error&) {
        return {};  // the case is worth showing without its photo
    } catch (const fs::filesystem_error&) {
        return {};
    }
}

std::string laneHtml(const Case& shown, const Lane& lane, const LabelSet& labels, const CaseWords& words) {
    std::string out = "<tr><th>" + htmlText(lane.reading.layer) + "</th><td>";
    if (!lane.reading.isCovered) out += "<span class=\"note\">" + htmlText(words.missing) + "</span>";
    if (lane.reading.isCovered && lane.entities.empty())
        out += "<span class=\"note\">" + htmlText(words.nothing) + "</span>";
    for (const LaneEntity& e : lane.entities) {
        out += fmt::format("<span class=\"entity {}\"><span class=\"words\">{}</span> <b style=\"color:{}\">{}</b>",
                           e.error ? eval::errorKindName(*e.error) : "right",
                           htmlText(wordsOf(shown, e.entity.first, e.entity.last)),
                           colourText(typeColour(e.entity.type, labels)), htmlText(e.entity.type));
        if (lane.isJudged) {
            out += " " + std::string(verdictSign(e.error));
            if (e.error) out += " " + htmlText(words.of(e.error));
        }
        if (e.entity.confidence && !e.isMissed())
            out += fmt::format(" <i>{}</i>", confidenceDigits(*e.entity.confidence));
        out += "</span>";
    }
    if (lane.reading.isAligned) out += "<span class=\"note\">" + htmlText(words.aligned) + "</span>";
    return out + "</td></tr>\n";
}

/// The text of a post, places where lanes say something underlined.
std::string textHtml(const Case& shown) {
    std::string out;
    std::size_t place = 0;
    for (int w = 0; w < static_cast<int>(shown.words.size()); ++w) {
        if (w > 0 && shown.join == JoinRule::Space) out += ' ';
        while (place < shown.places.size() && shown.places[place].last < w) ++place;
        const bool isIn = place < shown.places.size() && shown.places[place].first <= w;
        if (isIn && shown.places[place].first == w) out += "<span class=\"place\">";
        out += htmlText(shown.words[static_cast<std::size_t>(w)]);
        if (isIn && shown.places[place].last == w) out += "</span>";
    }
    return out;
}

std::string caseHtml(const Case& shown, const LabelSet& labels, const fs::path& file, const CaseWords& words) {
    std::string out = "<article>\n";
    if (const std::string address = shown.image ? photoAddress(*shown.image, file) : ""; !address.empty())
        out += "<img src=\"" + address + "\" alt=\"" + htmlText(shown.image->file) + "\">\n";
    out += "<div>\n<div class=\"id\">" + htmlText(shown.externalId);
    if (shown.split != Split::None) out += " · " + std::string(splitName(shown.split));
    out += "</div>\n<p class=\"text\" dir=\"auto\">" + textHtml(shown) + "</p>\n<table class=\"lanes\">\n";
    for (const Lane& lane : shown.lanes) out += laneHtml(shown, lane, labels, words);
    return out + "</table>\n</div>\n</article>\n";
}

std::string sumsHtml(const CaseReport& report, const CaseWords& words) {
    std::string out = "<table class=\"sums\">\n<tr><th></th><th>" + htmlText(words.right) + "</th>";
    for (const std::string& error : words.errors) out += "<th>" + htmlText(error) + "</th>";
    out += "</tr>\n";
    for (const auto& [layer, sum] : report.layers) {
        out += "<tr><td>" + htmlText(layer.name) + "</td><td>" + std::to_string(sum.right) + "</td>";
        for (const int count : sum.errors) out += "<td>" + std::to_string(count) + "</td>";
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

}  // namespace

std::string casesHtml(const CaseReport& report, const fs::path& file, const CaseWords& words) {
    std::string out =
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>" +
        htmlText(report.title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
    out += "<h1>" + htmlText(report.title) + "</h1>\n<p class=\"caption\">" + htmlText(report.caption) + "</p>\n";
    out += sumsHtml(report, words);
    for (const Case& shown : report.cases) out += caseHtml(shown, report.labels, file, words);
    return out + "</body>\n</html>\n";
}

}  // namespace mnerva::workflow
