#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/models/predictor.h"
#include "core/project/project.h"
#include "core/protocol/explanation.h"

namespace mnerva::app {

/// What is measured, and how much of it.
struct BenchRequest {
    std::string run, layer = "gold";
    std::optional<Split> split;
    std::vector<std::string> methods;  ///< ids; empty: all that make maps
    std::string baseline = "mean";
    int posts = 0;            ///< most posts, in an order drawn from the seed; 0: all
    int orders = 10;          ///< random orders
    int randomisedPosts = 8;  ///< posts of the randomisation check; 0: none
    std::uint64_t seed = 1;
};

/// Measures the maps of a run (explanation.md 3) on entities that it finds right; where posts of the split have boxes
/// linked to entities, on these entities alone. `inputs` are the questions about `posts`. Throws Cancelled; errors:
/// those of Predictor::explaining.
protocol::Explanation measuredMaps(models::Predictor& predictor, const project::Project& project,
                                   const std::vector<Post>& posts, const std::vector<models::PostInput>& inputs,
                                   const BenchRequest& request, const ProgressSink& progress,
                                   const std::stop_token& stop);

/// The table method x figures for people.
std::string explanationText(const protocol::Explanation& explanation);

}  // namespace mnerva::app
