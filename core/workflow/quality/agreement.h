#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/eval/agreement.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// How far layers of a project agree (error-analysis.md 6).
struct LayerAgreement {
    std::vector<std::string> layers;
    std::vector<PostId> numbers;   ///< of the posts, in project order
    std::vector<std::string> ids;  ///< as the files call them
    eval::Agreement agreement;     ///< its posts are in this order
};

/// Layers by name: gold, corrected (gold where nobody edited), runs, annotators. A run or an annotator is silent about
/// posts that it does not cover; those count as missing, not as without entities. Errors: OptionInvalid for fewer than
/// two layers or one named twice, LayerUnknown, SplitEmpty. Throws Cancelled.
LayerAgreement layerAgreement(const project::Project& project, const std::vector<std::string>& layers,
                              std::optional<Split> split, const std::stop_token& stop = {});

/// As a table with its head: a line a pair of layers, then a line for all layers together; first of all types, then of
/// each. "-" stands for what has no meaning.
std::vector<std::vector<std::string>> labelRows(const LayerAgreement& report);
/// At most so many posts with their head, from the least agreed on; those that fewer than two layers speak of last.
std::vector<std::vector<std::string>> postRows(const LayerAgreement& report, std::size_t most);

}  // namespace mnerva::workflow
