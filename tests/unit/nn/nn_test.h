#pragma once

#include <torch/torch.h>
// c10's logging and Catch2 both define CHECK; ours is Catch2's (already so where the precompiled header has both).
#ifndef CATCH_VERSION_MAJOR
#undef CHECK
#endif
#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/nn/weights/weights.h"

namespace mnerva::test {

/// The numbers of tests/reference/nn_formula.py: float32 tensor, offset + scale * (2u - 1), u by splitmix64 of name and
/// index.
torch::Tensor formula(const std::string& name, at::IntArrayRef shape, double scale = 1.0, double offset = 0.0);

/// tests/golden/<name>.
std::filesystem::path golden(const std::string& name);
nlohmann::json goldenJson(const std::string& name);
torch::Tensor tensorOf(const nlohmann::json& numbers, at::IntArrayRef shape);
torch::Tensor maskOf(const nlohmann::json& rows);
torch::Tensor idsOf(const nlohmann::json& rows);

/// Largest absolute difference.
double difference(const torch::Tensor& a, const torch::Tensor& b);

/// Puts BERT-like formula weights into a module, as fill_bert of nn_golden.py.
void fillBert(torch::nn::Module& module, double scale = 0.15);

/// Empty where every number is within `tolerance` of that which is wanted; else the first that is not: tensor, index,
/// both values. A number that is not finite is never close, so no NaN gets lost between a comparison and its check.
std::string mismatch(const std::string& name, const torch::Tensor& actual, const torch::Tensor& expected,
                     double tolerance);
/// Fails the test where there is a mismatch(). Every golden comparison goes through these.
void requireClose(const std::string& name, const torch::Tensor& actual, const torch::Tensor& expected,
                  double tolerance);
void requireClose(const std::string& name, double actual, double expected, double tolerance);

/// The same of the summary that the golden scripts keep of a tensor (sum, sum of squares, product with a formula), with
/// the tolerance relative to its size.
std::string summaryMismatch(const std::string& name, const torch::Tensor& actual, const std::vector<double>& wanted,
                            double tolerance);
void requireSummary(const std::string& name, const torch::Tensor& actual, const nlohmann::json& wanted,
                    double tolerance);
/// requireSummary() of the gradients of a module's parameters: of each that has one, or of those listed in `wanted`.
enum class Gradients { All, Listed };
void requireGradients(torch::nn::Module& module, const nlohmann::json& wanted, double tolerance,
                      Gradients which = Gradients::All);

/// Analytic against numeric gradient of a scalar function at `at` (leaf, float32): largest difference over at most
/// `samples` entries; NaN where one is no number.
double numericGradientError(const std::function<torch::Tensor()>& loss, torch::Tensor at, int samples = 12,
                            double step = 1e-2);

/// A zip with stored members, in order.
void writeZip(const std::filesystem::path& path, const std::vector<std::pair<std::string, std::string>>& members);

/// The Error that `work` throws; fails the test when it throws none.
Error errorOf(const std::function<void()>& work);

}  // namespace mnerva::test
