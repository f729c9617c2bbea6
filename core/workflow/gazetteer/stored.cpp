#include "core/workflow/gazetteer/stored.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_name.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

using gazetteer::Definition;
using nlohmann::json;

constexpr const char* kSetting = "gazetteer";
constexpr const char* kLayers = "gazetteer-layers";  ///< names of layers that word lists made
constexpr const char* kFolder = "gazetteer";
constexpr std::size_t kMostStates = 100;
constexpr JsonLimits kHistoryLimits{std::size_t{64} << 20, 8, std::size_t{1} << 20};

/// Definitions one after another, and which of them holds now.
struct History {
    std::vector<std::string> states;
    std::size_t now = 0;
};

std::string placeOf(const project::Project& project) {
    return (project.folder() / kSetting).string();
}

[[noreturn]] void refuse(const project::Project& project, const std::string& found) {
    throw Error(ErrorCode::FormatInvalid, {placeOf(project), found, "word lists and rules as this program keeps them"});
}

History readHistory(const project::Project& project) {
    const std::string text = project.setting(kSetting);
    if (text.empty()) return {{gazetteer::definitionToJson({})}, 0};
    const json body = parseJson(text, placeOf(project), kHistoryLimits);
    History history;
    try {
        for (const json& state : body.at("states")) history.states.push_back(state.get<std::string>());
        history.now = wholeNumber<std::size_t>(body.at("now"));
    } catch (const json::exception& error) {
        refuse(project, error.what());
    }
    if (history.now >= history.states.size()) refuse(project, "a history without a present");
    return history;
}

StoredGazetteer storedOf(const project::Project& project, const History& history) {
    return {gazetteer::definitionFromJson(history.states[history.now], placeOf(project)), history.now > 0,
            history.now + 1 < history.states.size()};
}

StoredGazetteer store(project::Project& project, History history) {
    if (history.states.size() > kMostStates) {
        const std::size_t gone = history.states.size() - kMostStates;
        history.states.erase(history.states.begin(), history.states.begin() + static_cast<std::ptrdiff_t>(gone));
        history.now -= gone;
    }
    StoredGazetteer stored = storedOf(project, history);
    project.setSetting(kSetting, json{{"states", history.states}, {"now", history.now}}.dump());
    return stored;
}

std::vector<std::string> madeLayers(const project::Project& project) {
    std::vector<std::string> layers;
    const json body = tryParseJson(project.setting(kLayers));
    if (body.is_array())
        for (const json& one : body)
            if (one.is_string()) layers.push_back(one.get<std::string>());
    return layers;
}

}  // namespace

StoredGazetteer readGazetteer(const project::Project& project) {
    return storedOf(project, readHistory(project));
}

StoredGazetteer saveGazetteer(project::Project& project, const Definition& definition) {
    gazetteer::checkDefinition(definition);
    requireGazetteerLayer(project, definition.layer);
    History history = readHistory(project);
    std::string state = gazetteer::definitionToJson(definition);
    const StoredGazetteer before = storedOf(project, history);  // what cannot be read is not written over
    if (state == history.states[history.now]) return before;
    history.states.resize(history.now + 1);
    history.states.push_back(std::move(state));
    ++history.now;
    return store(project, std::move(history));
}

StoredGazetteer undoGazetteer(project::Project& project) {
    History history = readHistory(project);
    if (history.now == 0) throw Error(ErrorCode::NothingToUndo);
    --history.now;
    return store(project, std::move(history));
}

StoredGazetteer redoGazetteer(project::Project& project) {
    History history = readHistory(project);
    if (history.now + 1 >= history.states.size()) throw Error(ErrorCode::NothingToRedo);
    ++history.now;
    return store(project, std::move(history));
}

StoredGazetteer forgetGazetteer(project::Project& project) {
    project.setSetting(kSetting, {});
    return readGazetteer(project);
}

void requireGazetteerLayer(const project::Project& project, const std::string& layer) {
    requireRunName(layer);
    const auto made = madeLayers(project);
    if (std::find(made.begin(), made.end(), layer) != made.end()) return;
    const auto layers = project.layers();
    const bool isThere = std::any_of(layers.begin(), layers.end(), [&](const auto& one) { return one.name == layer; });
    std::error_code unknown;
    if (isThere || fs::exists(project.folder() / "runs" / layer, unknown))
        throw Error(ErrorCode::RunNameInvalid, {layer, "another name than that of a run or a layer of this project"});
}

void noteGazetteerLayer(project::Project& project, const std::string& layer) {
    auto made = madeLayers(project);
    if (std::find(made.begin(), made.end(), layer) != made.end()) return;
    made.push_back(layer);
    project.setSetting(kLayers, json(made).dump());
}

fs::path listPath(const fs::path& project, const std::string& digest) {
    return project / kFolder / (digest + ".txt");
}

std::string keepList(const fs::path& project, const std::string& text) {
    std::string digest = sha256(text);
    const fs::path path = listPath(project, digest);
    requirePlainBelow(project, path);
    std::error_code fault;
    fs::create_directory(path.parent_path(), fault);
    if (fault) throwUnwritable(path.parent_path(), fault.value());
    if (fs::exists(path, fault) && sha256OfFile(path) == digest) return digest;
    writeFileAtomic(path, text);
    return digest;
}

std::string keptList(const fs::path& project, const std::string& digest) {
    const fs::path path = listPath(project, digest);
    requirePlainBelow(project, path);
    std::string text = readFile(path, gazetteer::kMostListBytes + (std::size_t{1} << 20));
    if (sha256(text) != digest)
        throw Error(ErrorCode::FormatInvalid,
                    {path.string(), "a list that was changed", "the list that was added to this project"});
    return text;
}

}  // namespace mnerva::workflow
