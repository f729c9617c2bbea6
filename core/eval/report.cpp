#include "core/eval/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace mnerva::eval {
namespace {

std::string row(const std::string& name, std::size_t width, const Prf& prf) {
    return fmt::format("{:<{}}  {:9.4f}  {:9.4f}  {:9.4f}  {:9}\n", name, width, prf.precision, prf.recall, prf.f1,
                       prf.support);
}

}  // namespace

std::string scoreTable(const Score& score) {
    std::size_t width = std::string_view("weighted avg").size();
    for (const auto& [type, prf] : score.types) width = std::max(width, type.size());
    std::string table =
        fmt::format("{:<{}}  {:>9}  {:>9}  {:>9}  {:>9}\n", "", width, "precision", "recall", "f1", "support");
    for (const auto& [type, prf] : score.types) table += row(type, width, prf);
    table += '\n';
    table += row("micro avg", width, score.micro);
    table += row("macro avg", width, score.macro);
    table += row("weighted avg", width, score.weighted);
    return table + fmt::format("\nrule {}, {} predicted, {} gold\n", ruleName(score.rule), score.predicted, score.gold);
}

}  // namespace mnerva::eval
