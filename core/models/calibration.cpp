#include "core/models/calibration.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/json.h"

namespace mnerva::models {
namespace {

constexpr double kEdge = 1e-6;        // log-odds stay finite
constexpr double kPull = 1;           // strength of the prior on (slope - 1, offset)
constexpr double kLeastSlope = 0.05;  // confidences never change their order
constexpr int kIterations = 100;
constexpr double kEnough = 1e-10;

double logOdds(double p) {
    const double inside = std::clamp(p, kEdge, 1 - kEdge);
    return std::log(inside / (1 - inside));
}

double sigmoid(double z) {
    return 1 / (1 + std::exp(-z));
}

/// log(1 + exp(z)) without overflow.
double softplus(double z) {
    return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
}

double lossOf(const std::vector<double>& x, const std::vector<bool>& right, double slope, double offset) {
    double loss = kPull / 2 * ((slope - 1) * (slope - 1) + offset * offset);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double z = slope * x[i] + offset;
        loss += softplus(z) - (right[i] ? z : 0);
    }
    return loss;
}

}  // namespace

double Calibration::apply(double confidence) const {
    return sigmoid(slope * logOdds(confidence) + offset);
}

/// Newton's method; the loss is convex, and steps are halved until it falls.
Calibration fitCalibration(const std::vector<double>& confidences, const std::vector<bool>& right) {
    MNERVA_CHECK(confidences.size() == right.size());
    std::vector<double> x;
    for (double c : confidences) x.push_back(logOdds(c));
    double slope = 1, offset = 0;
    bool fixedSlope = false;
    for (int i = 0; i < kIterations; ++i) {
        double gs = kPull * (slope - 1), go = kPull * offset, hss = kPull, hso = 0, hoo = kPull;
        for (std::size_t k = 0; k < x.size(); ++k) {
            const double p = sigmoid(slope * x[k] + offset), error = p - (right[k] ? 1 : 0), weight = p * (1 - p);
            gs += error * x[k];
            go += error;
            hss += weight * x[k] * x[k];
            hso += weight * x[k];
            hoo += weight;
        }
        const double determinant = hss * hoo - hso * hso;
        double ds = fixedSlope ? 0 : (hoo * gs - hso * go) / determinant;
        double shift = fixedSlope ? go / hoo : (hss * go - hso * gs) / determinant;
        const double before = lossOf(x, right, slope, offset);
        while (lossOf(x, right, slope - ds, offset - shift) > before && std::abs(ds) + std::abs(shift) > kEnough) {
            ds /= 2;
            shift /= 2;
        }
        slope -= ds;
        offset -= shift;
        if (!fixedSlope && slope < kLeastSlope) {
            slope = kLeastSlope;
            fixedSlope = true;
            continue;
        }
        if (std::abs(ds) + std::abs(shift) < kEnough) break;
    }
    return {slope, offset};
}

std::optional<Calibration> readCalibration(const std::filesystem::path& runFolder) {
    constexpr std::uint64_t kLargestFile = 16u << 20;
    const auto path = runFolder / kCalibrationFile;
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return std::nullopt;
    const auto body = tryParseJson(readFile(path, kLargestFile));
    if (!body.is_object() || body.value("method", std::string()) != "platt") return std::nullopt;
    const auto slope = body.find("slope"), offset = body.find("offset");
    if (slope == body.end() || offset == body.end() || !slope->is_number() || !offset->is_number()) return std::nullopt;
    const Calibration out{slope->get<double>(), offset->get<double>()};
    if (!(out.slope > 0) || !std::isfinite(out.slope) || !std::isfinite(out.offset)) return std::nullopt;
    return out;
}

}  // namespace mnerva::models
