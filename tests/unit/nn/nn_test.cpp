#include "tests/unit/nn/nn_test.h"

#include <archive.h>
#include <archive_entry.h>

#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <sstream>

#include "core/base/file.h"

namespace mnerva::test {

using torch::Tensor;

torch::Tensor formula(const std::string& name, at::IntArrayRef shape, double scale, double offset) {
    uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    Tensor out = torch::empty(shape);
    float* values = out.data_ptr<float>();
    for (int64_t i = 0; i < out.numel(); ++i) {
        uint64_t z = hash + static_cast<uint64_t>(i) + 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        z ^= z >> 31;
        const double u = static_cast<double>(z >> 11) * 0x1.0p-53;
        values[i] = static_cast<float>(offset + scale * (2 * u - 1));
    }
    return out;
}

std::filesystem::path golden(const std::string& name) {
    const char* elsewhere = std::getenv("MNERVA_SOURCE");  // the program was built on another machine
    return std::filesystem::path(elsewhere ? elsewhere : MNERVA_SOURCE_DIR) / "tests" / "golden" / name;
}

nlohmann::json goldenJson(const std::string& name) {
    return nlohmann::json::parse(readFile(golden(name)));
}

Tensor tensorOf(const nlohmann::json& numbers, at::IntArrayRef shape) {
    return torch::tensor(numbers.get<std::vector<double>>(), torch::kFloat64).to(torch::kFloat32).view(shape);
}

Tensor idsOf(const nlohmann::json& rows) {
    std::vector<Tensor> out;
    for (const auto& row : rows) out.push_back(torch::tensor(row.get<std::vector<int64_t>>(), torch::kInt64));
    return torch::stack(out);
}

Tensor maskOf(const nlohmann::json& rows) {
    return idsOf(rows).to(torch::kBool);
}

double difference(const Tensor& a, const Tensor& b) {
    REQUIRE(a.sizes() == b.sizes());
    return a.numel() ? (a.detach().to(torch::kFloat64) - b.detach().to(torch::kFloat64)).abs().max().item<double>()
                     : 0.0;
}

void fillBert(torch::nn::Module& module, double scale) {
    const torch::NoGradGuard noGradients;
    for (auto& item : module.named_parameters()) {
        const std::string& name = item.key();
        item.value().copy_(formula(name, item.value().sizes(), scale, name.ends_with("LayerNorm.weight") ? 1.0 : 0.0));
    }
}

namespace {

std::string placeOf(int64_t flat, at::IntArrayRef shape) {
    std::string out;
    for (size_t axis = shape.size(); axis-- > 0;) {
        out = std::to_string(flat % shape[axis]) + (out.empty() ? "" : ", ") + out;
        flat /= shape[axis];
    }
    return "[" + out + "]";
}

void failOn(const std::string& mismatch) {
    CHECK(mismatch == "");
}

}  // namespace

std::string mismatch(const std::string& name, const Tensor& actual, const Tensor& expected, double tolerance) {
    std::ostringstream out;
    if (!actual.defined() || !expected.defined() || actual.sizes() != expected.sizes()) {
        out << name << " is " << (actual.defined() ? c10::str(actual.sizes()) : "undefined") << ", wanted "
            << (expected.defined() ? c10::str(expected.sizes()) : "undefined");
        return out.str();
    }
    const Tensor a = actual.detach().to(torch::kCPU, torch::kFloat64).contiguous();
    const Tensor e = expected.detach().to(torch::kCPU, torch::kFloat64).contiguous();
    const double* found = a.data_ptr<double>();
    const double* wanted = e.data_ptr<double>();
    for (int64_t i = 0; i < a.numel(); ++i) {
        if (std::abs(found[i] - wanted[i]) <= tolerance) continue;  // false where either is no number
        out << std::setprecision(9) << name << placeOf(i, a.sizes()) << " is " << found[i] << ", wanted " << wanted[i]
            << ", at most " << tolerance << " away";
        return out.str();
    }
    return {};
}

void requireClose(const std::string& name, const Tensor& actual, const Tensor& expected, double tolerance) {
    failOn(mismatch(name, actual, expected, tolerance));
}

void requireClose(const std::string& name, double actual, double expected, double tolerance) {
    failOn(mismatch(name, torch::tensor(actual, torch::kFloat64), torch::tensor(expected, torch::kFloat64), tolerance));
}

std::string summaryMismatch(const std::string& name, const Tensor& actual, const std::vector<double>& wanted,
                            double tolerance) {
    if (!actual.defined()) return name + " is undefined";
    if (wanted.size() != 3) return name + " has a summary of " + std::to_string(wanted.size()) + " numbers";
    const Tensor g = actual.detach().to(torch::kCPU, torch::kFloat64);
    const Tensor weights = formula("dot " + name, g.sizes()).to(torch::kFloat64);
    const std::vector<double> found{g.sum().item<double>(), (g * g).sum().item<double>(),
                                    (g * weights).sum().item<double>()};
    const double size = std::max(1.0, std::sqrt(wanted[1]));
    const char* const numbers[] = {"sum of ", "sum of squares of ", "product with the formula of "};
    for (size_t k = 0; k < 3; ++k) {
        const std::string one =
            mismatch(numbers[k] + name, torch::tensor(found[k], torch::kFloat64),
                     torch::tensor(wanted[k], torch::kFloat64), tolerance * (k == 1 ? size * size : size));
        if (!one.empty()) return one;
    }
    return {};
}

void requireSummary(const std::string& name, const Tensor& actual, const nlohmann::json& wanted, double tolerance) {
    failOn(summaryMismatch(name, actual, wanted.get<std::vector<double>>(), tolerance));
}

void requireGradients(torch::nn::Module& module, const nlohmann::json& wanted, double tolerance, Gradients which) {
    size_t seen = 0;
    for (auto& item : module.named_parameters()) {
        if (which == Gradients::Listed && !wanted.contains(item.key())) continue;
        if (which == Gradients::All && !item.value().grad().defined()) continue;
        INFO("gradient of " << item.key());
        REQUIRE(wanted.contains(item.key()));
        requireSummary(item.key(), item.value().grad(), wanted.at(item.key()), tolerance);
        ++seen;
    }
    REQUIRE(seen == wanted.size());
}

double numericGradientError(const std::function<Tensor()>& loss, Tensor at, int samples, double step) {
    if (at.grad().defined()) at.mutable_grad() = Tensor();
    loss().backward();
    const Tensor analytic = at.grad().clone().flatten();
    const torch::NoGradGuard noGradients;
    Tensor flat = at.view(-1);
    double worst = 0;
    const int64_t stride = std::max<int64_t>(1, flat.numel() / samples);
    for (int64_t i = 0; i < flat.numel(); i += stride) {
        const float before = flat[i].item<float>();
        const auto lossAt = [&](double value) {
            flat[i] = value;
            return loss().item<double>();
        };
        const double numeric = (lossAt(before + step) - lossAt(before - step)) / (2 * step);
        flat[i] = before;
        const double error = std::abs(numeric - analytic[i].item<double>());
        if (std::isnan(error)) return error;
        if (error > worst) worst = error;
    }
    return worst;
}

void writeZip(const std::filesystem::path& path, const std::vector<std::pair<std::string, std::string>>& members) {
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_zip_set_compression_store(zip);
    REQUIRE(archive_write_open_filename(zip, path.c_str()) == ARCHIVE_OK);
    for (const auto& [name, bytes] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(zip, entry);
        archive_write_data(zip, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(zip);
    archive_write_free(zip);
}

Error errorOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error;
    }
    FAIL("no Error was thrown");
    throw std::logic_error("not reached");
}

}  // namespace mnerva::test
