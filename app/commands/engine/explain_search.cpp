#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <iostream>

#include "app/commands/engine/explain_maps.h"
#include "app/commands/engine/run_support.h"
#include "app/commands/progress_lines.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/printable.h"
#include "core/eval/standing.h"
#include "core/nn/blocks/threads.h"
#include "core/project/map_search.h"
#include "core/workflow/cases/case_report.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using protocol::MapIndex;
using protocol::MapIndexFound;
using protocol::MapSet;

/// The run that is searched, loaded where it has to be asked.
struct Searched {
    fs::path folder, run;
    std::unique_ptr<project::Project> project;
    std::string boxes;
    std::unique_ptr<models::Predictor> predictor;

    models::Predictor& loaded(const MapSearchArguments& a) {
        if (!predictor) {
            nn::chooseThreads();
            predictor = models::Predictor::load(run, a.device);
            predictor->useCache(safeFeatureCache(folder));
        }
        return *predictor;
    }
};

/// Why the maps that the run has do not hold.
std::string_view reasonOf(MapIndexFound::State state) {
    switch (state) {
        case MapIndexFound::State::Missing:
            return "missing";
        case MapIndexFound::State::Damaged:
            return "damaged";
        case MapIndexFound::State::OtherWeights:
            return "other-weights";
        case MapIndexFound::State::Ready:
            return "ready";
    }
    return {};
}

void tellReason(const MapIndexFound& found) {
    if (found.state == MapIndexFound::State::Damaged && found.fault)
        std::cerr << "the maps that were kept are made anew: " << printable(found.fault->what()) << "\n";
    if (found.state == MapIndexFound::State::OtherWeights)
        std::cerr << "the maps that were kept are made anew: they are those of other weights of the run\n";
}

MapIndex madeMaps(Searched& of, const MapSearchArguments& a, const Context& context) {
    const std::vector<Post> posts = of.project->posts(splitOption(a.split));
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {a.split.empty() ? "(any)" : a.split});
    const auto inputs = postInputs(*of.project, posts, boxUseOption(of.boxes), context.stop);
    const ProgressSink progress = ::isatty(STDERR_FILENO) ? context.progress() : progressLines();
    MapIndex index =
        mapsOf(of.loaded(a), posts, inputs, {a.run, a.method, a.split, protocol::weightsNameOf(of.run), of.boxes},
               progress, context.stop);
    printFindings(of.predictor->takeFindings());
    const fs::path file = protocol::mapIndexFile(of.run, a.method, a.split);
    requirePlainBelow(of.folder, file);
    writeFileAtomic(file, protocol::mapIndexBytes(index));
    return index;
}

std::string setText(const MapIndex& index, std::size_t set) {
    const MapSet& of = index.sets[set];
    if (of.layer == 0) return index.method;
    return of.head == 0 ? fmt::format("{}, layer {}, mean of the heads", index.method, of.layer)
                        : fmt::format("{}, layer {}, head {}", index.method, of.layer, of.head);
}

std::size_t requireSet(const MapIndex& index, MapSet wanted, const char* option, const std::string& given) {
    if (const auto set = index.setOf(wanted)) return *set;
    const MapSet& last = index.sets.back();
    throw Error(ErrorCode::OptionInvalid,
                {option, given,
                 last.layer == 0 ? "no layer: the method has one map"
                                 : fmt::format("layers 1 to {}, heads 1 to {}", last.layer, last.head)});
}

/// "LAYER:HEAD" or "LAYER".
MapSet setOfText(const std::string& text) {
    MapSet set;
    const std::size_t colon = text.find(':');
    const auto number = [&](const std::string& digits) {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size() || value < 0)
            throw Error(ErrorCode::OptionInvalid, {"--sharpest", text, "LAYER:HEAD from 1, head 0 for the mean"});
        return value;
    };
    set.layer = number(text.substr(0, colon));
    if (colon != std::string::npos) set.head = number(text.substr(colon + 1));
    return set;
}

/// The map that others are held against, and of what it is.
struct Query {
    std::int64_t post = 0;
    Entity entity;
    std::string text;
    std::vector<float> cells;
};

Error noSuchEntity(const MapSearchArguments& a, std::size_t count) {
    return Error(ErrorCode::OptionInvalid,
                 {"--entity", std::to_string(a.entity),
                  count == 0 ? "a post in which the run finds an entity" : fmt::format("1 to {}", count)});
}

/// Of the maps where the post is among them, else of the run, which is asked.
Query queryOf(Searched& of, const MapSearchArguments& a, const MapIndex& index, std::size_t set,
              const Context& context) {
    const std::vector<Post> posts = of.project->posts(std::nullopt);
    const auto post =
        std::find_if(posts.begin(), posts.end(), [&](const Post& p) { return p.externalId == a.similar; });
    if (post == posts.end())
        throw Error(ErrorCode::OptionInvalid, {"--similar", a.similar, "the id of a post of this project"});
    const auto wanted = static_cast<std::size_t>(a.entity) - 1;
    std::vector<std::size_t> own;
    for (std::size_t e = 0; e < index.entities.size(); ++e)
        if (index.entities[e].number == post->id.value) own.push_back(e);
    if (!own.empty()) {
        if (wanted >= own.size()) throw noSuchEntity(a, own.size());
        const protocol::MappedEntity& e = index.entities[own[wanted]];
        return {e.number, {e.type, e.first, e.last, {}}, e.text, index.cells(own[wanted], set)};
    }
    const models::PostInput input = postInput(*of.project, *post, boxUseOption(of.boxes));
    if (post->words.empty()) throw noSuchEntity(a, 0);
    models::Predictor& predictor = of.loaded(a);
    const models::Prediction prediction = predictor.predict(input, {false, false});
    if (wanted >= prediction.entities.size()) throw noSuchEntity(a, prediction.entities.size());
    AttributionQuery query;
    query.first = prediction.entities[wanted].first;
    query.last = prediction.entities[wanted].last;
    query.type = prediction.entities[wanted].type;
    query.layer = index.sets[set].layer;
    query.head = index.sets[set].head;
    query.imageToText = index.imageToText;
    const Attribution map =
        predictor.explaining(input, query)->attribution(*attributionMethod(a.method), {}, context.stop);
    if (map.cells.empty()) throw Error(ErrorCode::OptionInvalid, {"--similar", a.similar, map.unavailable});
    Post part;
    part.join = post->join;
    part.words.assign(post->words.begin() + query.first, post->words.begin() + query.last + 1);
    return {post->id.value, {query.type, query.first, query.last, {}}, textOf(part), map.cells};
}

/// The list for scripts and for people; `figure` names what it is in the order of.
struct Listed {
    json list = json::array();
    std::string text;
};
Listed listedOf(const project::Project& project, const MapIndex& index, const std::vector<project::MapHit>& hits,
                const char* figure) {
    Listed out;
    const std::vector<project::LayerInfo> layers = project.layers();
    const bool hasGold = std::any_of(layers.begin(), layers.end(), [](const project::LayerInfo& layer) {
        return layer.kind == project::LayerKind::Gold && layer.entities > 0;
    });
    for (const project::MapHit& hit : hits) {
        const protocol::MappedEntity& e = index.entities[hit.entity];
        out.list.push_back({{"id", e.id},
                            {"number", e.number},
                            {"first", e.first},
                            {"last", e.last},
                            {"type", e.type},
                            {"text", e.text},
                            {figure, hit.value}});
        std::string verdict;
        if (hasGold) {
            const auto error = eval::standingOf({e.type, e.first, e.last, {}}, project.view(PostId{e.number}).gold,
                                                project::mappedEntities(index, e.number));
            out.list.back()["verdict"] = error ? eval::errorKindName(*error) : "right";
            verdict = workflow::CaseWords().of(error);
        }
        out.text += fmt::format("  {:.4f}  {}  {} {}  {}\n", hit.value, e.id, e.text, e.type, verdict);
    }
    return out;
}

}  // namespace

int searchMaps(const MapSearchArguments& a, Context& context) {
    Searched of;
    of.folder = fs::absolute(a.project);
    of.run = existingRunFolder(of.folder, a.run);
    of.project = project::Project::open(of.folder, project::OpenMode::ReadOnly, "mnerva-cli explain", context.stop);
    of.boxes = a.boxes.empty() ? boxesOfRun(of.run) : a.boxes;
    MapIndexFound found;
    if (!a.makesAnew) {
        found = protocol::findMapIndex(of.run, a.method, a.split);
        if (found.state == MapIndexFound::State::Ready && found.index.boxes != of.boxes)
            found.state = MapIndexFound::State::OtherWeights;
        tellReason(found);
    }
    const bool isMade = found.state != MapIndexFound::State::Ready;
    const MapIndex index = isMade ? madeMaps(of, a, context) : std::move(found.index);
    json body{{"run", a.run},
              {"method", a.method},
              {"split", a.split},
              {"posts", index.posts},
              {"entities", index.entities.size()},
              {"layers", index.sets.back().layer},
              {"heads", index.sets.back().head},
              {"was", reasonOf(found.state)},
              {"made", isMade},
              {"file", protocol::mapIndexFile(of.run, a.method, a.split).filename().string()}};
    std::string text = fmt::format("{} entities in {} posts have maps\n", index.entities.size(), index.posts);
    if (!a.similar.empty()) {
        const std::size_t set = requireSet(index, {a.layer == 0 ? index.sets.back().layer : a.layer, a.head}, "--layer",
                                           fmt::format("{}:{}", a.layer, a.head));
        const Query query = queryOf(of, a, index, set, context);
        const auto hits = project::nearestMaps(index, set, query.cells, project::kSimilarPosts, query.post);
        const Listed listed = listedOf(*of.project, index, hits, "cosine");
        body["target"] = {{"id", a.similar},
                          {"first", query.entity.first},
                          {"last", query.entity.last},
                          {"type", query.entity.type},
                          {"text", query.text}};
        body["layer"] = index.sets[set].layer;
        body["head"] = index.sets[set].head;
        body["similar"] = listed.list;
        text += fmt::format("most alike the map of {} {} in {} ({}), by cosine:\n", query.text, query.entity.type,
                            a.similar, setText(index, set)) +
                listed.text;
    }
    if (!a.sharpest.empty()) {
        const std::size_t set = requireSet(index, setOfText(a.sharpest), "--sharpest", a.sharpest);
        const Listed listed =
            listedOf(*of.project, index, project::sharpestMaps(index, set, project::kSimilarPosts), "entropy");
        body["sharpest"] = listed.list;
        text += fmt::format("sharpest in {}, by entropy (0 sharpest, 1 flat):\n", setText(index, set)) + listed.text;
    }
    context.print(body, text);
    return 0;
}

}  // namespace mnerva::app
