#pragma once

#include <stop_token>
#include <string>

#include "core/models/predictor.h"
#include "core/project/project.h"
#include "core/protocol/influence.h"

namespace mnerva::app {

/// Whose posts are asked about, and what counts as right.
struct InfluenceRequest {
    std::string run, layer = "gold";
    std::optional<Split> split;
    std::uint64_t seed = 1;  ///< of the exchange of pictures
};

/// What the picture does in each post that has one: the run's answers with it, without it, and with those of
/// kLentPictures other posts, of fewer where there are no more (explanation.md 4). `inputs` are the questions about
/// `posts`. Boxes and crops go with the picture. Throws Cancelled.
protocol::Influence influenceOf(models::Predictor& predictor, const project::Project& project,
                                const std::vector<Post>& posts, const std::vector<models::PostInput>& inputs,
                                const InfluenceRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop);

/// A few lines for people.
std::string influenceText(const protocol::Influence& influence);

}  // namespace mnerva::app
