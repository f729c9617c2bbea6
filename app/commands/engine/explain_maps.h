#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/commands/command.h"
#include "core/models/predictor.h"
#include "core/project/project.h"
#include "core/protocol/map_index.h"

namespace mnerva::app {

/// Whose maps are computed, and how.
struct MapsRequest {
    std::string run, method = "attention";  ///< or "relevancy"
    std::string split;                      ///< its name; empty: all posts
    std::string weights, boxes;             ///< as MapIndex has them
};

/// The maps of every entity that the run finds in posts with a picture (explanation.md 2, corpus search): the attention
/// of every layer and head from one pass, relevancy with a backward pass for each entity. `inputs` are the questions
/// about `posts`. Throws Cancelled; errors: OptionInvalid for a run that does not serve the method.
protocol::MapIndex mapsOf(models::Predictor& predictor, const std::vector<Post>& posts,
                          const std::vector<models::PostInput>& inputs, const MapsRequest& request,
                          const ProgressSink& progress, const std::stop_token& stop);

/// What `explain --maps`, `--similar` and `--sharpest` are told.
struct MapSearchArguments {
    std::string project, run, method = "attention", split, device = "cpu", boxes;
    std::string similar;   ///< id of a post; empty: no search for maps that are alike
    std::string sharpest;  ///< "LAYER:HEAD" from 1, head 0 or left out: the mean; empty: no such search
    int entity = 1;        ///< of the post, from 1
    int layer = 0, head = 0;
    bool makesAnew = false;  ///< compute the maps whatever the run's folder holds
};
/// Computes the maps where the run has none that hold, keeps them in its folder, and searches them. Errors:
/// OptionInvalid, RunMissing, SplitEmpty, those of mapsOf(), Predictor and AtomicFile.
int searchMaps(const MapSearchArguments& arguments, Context& context);

}  // namespace mnerva::app
