#include "app/commands/engine/explain_maps.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/error.h"

namespace mnerva::app {
namespace {

using models::FloatArray;
using models::Prediction;
using protocol::MapIndex;
using protocol::MapSet;

constexpr std::size_t kPostsAtOnce = 64;  // their attention is in memory together

std::string wordsOf(const Post& post, const Entity& entity) {
    Post part;
    part.join = post.join;
    part.words.assign(post.words.begin() + entity.first, post.words.begin() + entity.last + 1);
    return textOf(part);
}

/// Mean over the entity's words of what one head, or the mean of all (head 0), lets the cells have.
std::vector<float> cellsOf(const FloatArray& layer, int head, const Entity& entity, bool imageToText) {
    constexpr int kCells = static_cast<int>(MapIndex::kCells);
    const int from = head == 0 ? 0 : head - 1, to = head == 0 ? layer.shape[0] : head;
    const auto rows = static_cast<std::size_t>(layer.shape[1]), columns = static_cast<std::size_t>(layer.shape[2]);
    std::vector<double> sums(MapIndex::kCells, 0.0);
    for (int h = from; h < to; ++h)
        for (int word = entity.first; word <= entity.last; ++word)
            for (int cell = 0; cell < kCells; ++cell) {
                const int row = imageToText ? cell : word, column = imageToText ? word + 1 : cell;  // [CLS] first
                sums[static_cast<std::size_t>(cell)] += static_cast<double>(
                    layer.values[(static_cast<std::size_t>(h) * rows + static_cast<std::size_t>(row)) * columns +
                                 static_cast<std::size_t>(column)]);
            }
    std::vector<float> cells;
    for (const double sum : sums)
        cells.push_back(static_cast<float>(sum / ((to - from) * (entity.last - entity.first + 1.0))));
    return cells;
}

/// Whether a layer has a row of 49 cells for each word of the entity.
bool holds(const FloatArray& layer, const Entity& entity, bool imageToText) {
    constexpr int kCells = static_cast<int>(MapIndex::kCells);
    if (layer.shape.size() != 3) return false;
    const int words = imageToText ? layer.shape[2] - 1 : layer.shape[1];
    return entity.last < words && (imageToText ? layer.shape[1] : layer.shape[2]) >= kCells;
}

bool isFinite(const std::vector<float>& map) {
    return std::all_of(map.begin(), map.end(), [](float value) { return std::isfinite(value); });
}

std::vector<MapSet> setsOf(const std::vector<FloatArray>& layers) {
    std::vector<MapSet> sets;
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
        for (int head = 0; head <= layers[layer].shape[0]; ++head) sets.push_back({static_cast<int>(layer) + 1, head});
    return sets;
}

/// Predictions of the next posts; progress is told as of all posts.
std::vector<Prediction> predictNext(models::Predictor& predictor, const std::vector<models::PostInput>& inputs,
                                    std::size_t at, const ProgressSink& progress, const std::stop_token& stop) {
    const std::size_t count = std::min(kPostsAtOnce, inputs.size() - at);
    const auto sink = [&](const Progress& p) {
        report(progress, "mapping", static_cast<std::int64_t>(at) + std::min<std::int64_t>(p.done, std::int64_t(count)),
               static_cast<std::int64_t>(inputs.size()));
    };
    return predictor.predictMany(std::span(inputs).subspan(at, count), {false, true, false, {}}, sink, stop);
}

void addEntity(MapIndex& out, const Post& post, const Entity& entity) {
    out.entities.push_back(
        {post.externalId, post.id.value, entity.first, entity.last, entity.type, wordsOf(post, entity)});
}

/// All layers and heads of what one post was answered.
void addAttention(MapIndex& out, const Post& post, const Prediction& prediction) {
    out.imageToText = prediction.textToImage.empty();
    const auto& layers = out.imageToText ? prediction.imageToText : prediction.textToImage;
    if (layers.empty()) return;
    if (out.sets.empty()) out.sets = setsOf(layers);
    if (setsOf(layers) != out.sets) return;
    for (const Entity& entity : prediction.entities) {
        if (!std::all_of(layers.begin(), layers.end(),
                         [&](const FloatArray& layer) { return holds(layer, entity, out.imageToText); }))
            continue;
        std::vector<std::vector<float>> maps;
        for (const MapSet& set : out.sets)
            maps.push_back(cellsOf(layers[static_cast<std::size_t>(set.layer) - 1], set.head, entity, out.imageToText));
        if (!std::all_of(maps.begin(), maps.end(), isFinite)) continue;
        addEntity(out, post, entity);
        for (const std::vector<float>& map : maps) out.addMap(map);
    }
}

/// Nothing of the picture is told apart: every map is the same all over.
bool isFlat(const MapIndex& index) {
    for (std::size_t row = 0; row < index.largest.size(); ++row) {
        const auto map = std::span(index.shares).subspan(row * MapIndex::kCells, MapIndex::kCells);
        if (std::any_of(map.begin(), map.end(), [&](std::int16_t share) { return share != map.front(); })) return false;
    }
    return true;
}

}  // namespace

MapIndex mapsOf(models::Predictor& predictor, const std::vector<Post>& posts,
                const std::vector<models::PostInput>& inputs, const MapsRequest& request, const ProgressSink& progress,
                const std::stop_token& stop) {
    MapIndex out;
    out.run = request.run;
    out.method = request.method;
    out.split = request.split;
    out.weights = request.weights;
    out.boxes = request.boxes;
    out.posts = static_cast<std::int64_t>(posts.size());
    const bool isAttention = request.method == "attention";
    const AttributionMethod* method = attributionMethod(request.method);
    if (!isAttention) out.sets = {{0, 0}};
    std::string unavailable;
    for (std::size_t at = 0; at < inputs.size(); at += kPostsAtOnce) {
        const std::vector<Prediction> found = predictNext(predictor, inputs, at, progress, stop);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const Post& post = posts[at + i];
            if (!found[i].hasPicture) continue;
            if (isAttention) {
                addAttention(out, post, found[i]);
                continue;
            }
            for (const Entity& entity : found[i].entities) {
                if (stop.stop_requested()) throw Cancelled{};
                AttributionQuery query;
                query.first = entity.first;
                query.last = entity.last;
                query.type = entity.type;
                const Attribution map = predictor.explaining(inputs[at + i], query)->attribution(*method, {}, stop);
                if (!map.isServed()) unavailable = map.unavailable;
                if (map.cells.size() != MapIndex::kCells || !isFinite(map.cells)) continue;
                addEntity(out, post, entity);
                out.addMap(map.cells);
            }
            report(progress, "mapping", static_cast<std::int64_t>(at + i + 1),
                   static_cast<std::int64_t>(inputs.size()));
        }
    }
    if (out.entities.empty() || isFlat(out))
        throw Error(ErrorCode::OptionInvalid,
                    {"--run", request.run,
                     !unavailable.empty()   ? "a run that serves the method: " + unavailable
                     : out.entities.empty() ? "a run that finds entities in posts with a picture, and has maps of them"
                                            : "a run whose maps tell the cells of the picture apart"});
    return out;
}

}  // namespace mnerva::app
