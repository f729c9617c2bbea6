#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/models/predictor.h"
#include "core/project/project.h"
#include "core/protocol/messages.h"
#include "core/train/trainer.h"

namespace mnerva::app {

/// Which boxes a model sees. Boxes of files are often the answers of a grounded system: a fair test lets it see only
/// what a detector found.
enum class BoxUse { All, Detected, None };
/// "all", "detected" or "none". Throws OptionInvalid.
BoxUse boxUseOption(const std::string& name);
/// Whether a model sees a box of this origin ("human", "file", or the detector's name).
bool mayBeSeen(const std::string& origin, BoxUse boxes);
/// Option --boxes of commands that ask a trained run; empty: as the run was trained.
void addBoxesOption(CLI::App& command, std::string& boxes);
/// Option --precision of commands that ask a trained run; empty: as the run was trained.
void addPrecisionOption(CLI::App& command, std::string& precision);
/// What the run in this folder was trained with ("all" for runs that do not say).
std::string boxesOfRun(const std::filesystem::path& runFolder);

/// A question (project::questionOf) without the boxes that the run may not see: `predict`, `train`, `explain` and
/// `serve` all go through here. `kept` gets, for each region that stays, its place in the question.
PostInput seenBy(PostInput question, BoxUse boxes, std::vector<int>* kept = nullptr);
/// The question about a post of a project; pictures that may not be read are odd pictures of it.
PostInput postInput(const project::Project& project, const Post& post, BoxUse boxes = BoxUse::All);
/// The questions about several posts, in their order. Throws Cancelled.
std::vector<PostInput> postInputs(const project::Project& project, std::span<const Post> posts, BoxUse boxes,
                                  const std::stop_token& stop);

/// Entities of a post that have boxes in its first picture, as gold and the layer's own links say, in text order.
/// Entities with boxes only in other pictures are left out.
std::vector<train::EntityBoxes> entityBoxes(const project::Project& project, const Post& post,
                                            const std::string& layer);

/// Names of the runs of a project, sorted.
std::vector<std::string> runNames(const std::filesystem::path& project);
/// <project>/runs/<run>. Throws RunNameInvalid.
std::filesystem::path runFolder(const std::filesystem::path& project, const std::string& run);
/// Same, and the run must be there: RunMissing {run, known runs}.
std::filesystem::path existingRunFolder(const std::filesystem::path& project, const std::string& run);
std::filesystem::path featureCache(const std::filesystem::path& project);
/// The same for a command that writes there: UnsafeTarget where a link leads out of the project.
std::filesystem::path safeFeatureCache(const std::filesystem::path& project);

/// A trained run that a command asks, and the name of the layer of its predictions.
struct RunChoice {
    std::string layer;
    std::filesystem::path folder;
};
/// --run alone: a run of the project. --model: a run's folder anywhere; its layer is called like the folder, or as
/// --run says. Errors: RunMissing, RunNameInvalid, OptionInvalid (neither), FormatInvalid (no run in the folder),
/// RunExists (the project has another run of that name).
RunChoice chosenRun(const std::filesystem::path& project, const std::string& run, const std::string& model);

/// Mean over heads of one row of an attention array [heads, rows, columns].
std::vector<float> meanOverHeads(const models::FloatArray& attention, int row);

/// Per entity: shown or not, index of its region in the post (-1: the whole picture, or none), weights of the regions.
nlohmann::json groundingsJson(const models::Prediction& prediction);

/// "words-cut" and "auxiliary-cut": words that the model did not read are words that it could not tag, and nobody
/// should take them for O. `post` is the id that stands for the place.
void noteCut(const std::string& post, const std::vector<std::string>& words, const models::Prediction& prediction,
             Findings& findings);

/// findingsText() on stderr.
void printFindings(const Findings& findings);

}  // namespace mnerva::app
