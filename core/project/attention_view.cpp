#include "core/project/attention_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/vision/geometry.h"

namespace mnerva::project {
namespace {

constexpr int kCells = vision::kGridCells;
constexpr int kSpecials = 2;  // [CLS] and [SEP], keys of the image-to-text attention

const std::vector<FloatArray>& tensorsOf(const protocol::PredictResult& result, AttentionDirection direction) {
    return direction == AttentionDirection::TextToImage ? result.textToImage : result.imageToText;
}

const FloatArray* tensorOf(const protocol::PredictResult& result, const AttentionChoice& choice) {
    const auto& layers = tensorsOf(result, choice.direction);
    const int count = int(layers.size());
    const int layer = choice.layer < 0 ? count - 1 : choice.layer;
    if (layer < 0 || layer >= count) return nullptr;
    const FloatArray& tensor = layers[std::size_t(layer)];
    if (tensor.shape.size() != 3) return nullptr;
    const std::size_t size = std::size_t(tensor.shape[0]) * std::size_t(tensor.shape[1]) * std::size_t(tensor.shape[2]);
    return size == tensor.values.size() && size > 0 ? &tensor : nullptr;
}

float finite(float value) {
    return std::isfinite(value) ? value : 0;
}

/// Where the numbers of the chosen words and regions lie in a tensor [heads, rows, columns].
struct Place {
    std::size_t first = 0, plane = 0;  ///< word 0 and region 0 of head 0; numbers of a head
    std::size_t wordStep = 0, regionStep = 0;
};

/// The mean of all heads, [words, regions].
std::vector<float> meanOfHeads(const FloatArray& tensor, const Place& place, int words, int regions) {
    const auto heads = std::size_t(tensor.shape[0]);
    std::vector<float> mean;
    mean.reserve(std::size_t(words) * std::size_t(regions));
    for (std::size_t word = 0; word < std::size_t(words); ++word)
        for (std::size_t region = 0; region < std::size_t(regions); ++region) {
            const std::size_t at = place.first + word * place.wordStep + region * place.regionStep;
            double sum = 0;
            for (std::size_t head = 0; head < heads; ++head) sum += tensor.values[at + head * place.plane];
            mean.push_back(finite(float(sum / double(heads))));
        }
    return mean;
}

/// Over the 49 cells alone: the crops have no part in what is renormalised over the picture.
std::vector<float> rowsOfOne(const AttentionMap& map) {
    std::vector<float> rows;
    rows.reserve(std::size_t(map.words) * kCells);
    for (int word = 0; word < map.words; ++word) {
        double sum = 0;
        for (int cell = 0; cell < kCells; ++cell) sum += map.at(word, cell);
        for (int cell = 0; cell < kCells; ++cell)
            rows.push_back(sum > 0 ? float(map.at(word, cell) / sum) : map.at(word, cell));
    }
    return rows;
}

/// Over the words alone.
std::vector<float> columnsOfOne(const AttentionMap& map) {
    std::vector<double> sums(std::size_t(map.regions), 0.0);
    for (int word = 0; word < map.words; ++word)
        for (int region = 0; region < map.regions; ++region) sums[std::size_t(region)] += map.at(word, region);
    std::vector<float> values;
    values.reserve(std::size_t(map.words) * std::size_t(map.regions));
    for (int word = 0; word < map.words; ++word)
        for (int region = 0; region < map.regions; ++region) {
            const double sum = sums[std::size_t(region)];
            values.push_back(sum > 0 ? float(map.at(word, region) / sum) : map.at(word, region));
        }
    return values;
}

}  // namespace

void AttentionMap::lookAt(std::span<const float> weights, std::size_t wordStep, std::size_t regionStep,
                          std::shared_ptr<const void> owner) {
    m_weights = weights;
    m_wordStep = wordStep;
    m_regionStep = regionStep;
    m_owner = std::move(owner);
    m_maximum = at(0, 0);
    for (int word = 0; word < words; ++word)
        for (int region = 0; region < regions; ++region) m_maximum = std::max(m_maximum, at(word, region));
}

void AttentionMap::take(std::vector<float> weights) {
    const auto kept = std::make_shared<const std::vector<float>>(std::move(weights));
    lookAt(*kept, std::size_t(regions), 1, kept);
}

float AttentionMap::at(int word, int region) const {
    return finite(m_weights[std::size_t(word) * m_wordStep + std::size_t(region) * m_regionStep]);
}

std::vector<float> AttentionMap::cells(int word) const {
    std::vector<float> row;
    if (word < 0 || word >= words) return row;
    row.reserve(kCells);
    for (int cell = 0; cell < kCells; ++cell) row.push_back(at(word, cell));
    return row;
}

std::vector<float> AttentionMap::wordsOf(int region) const {
    std::vector<float> column;
    if (region < 0 || region >= regions) return column;
    for (int word = 0; word < words; ++word) column.push_back(at(word, region));
    return column;
}

float AttentionMap::maximumOf(int word) const {
    if (word < 0 || word >= words) return 0;
    float largest = at(word, 0);
    for (int cell = 1; cell < kCells; ++cell) largest = std::max(largest, at(word, cell));
    return largest;
}

int picturesRead(const protocol::PredictResult& result) {
    return std::max(1, int(result.pictureOf.size()));
}

std::span<const double> relevanceOf(const protocol::PredictResult& result, int picture) {
    const std::size_t block = result.relevance.size() / std::size_t(picturesRead(result));
    const std::size_t begin = block * std::size_t(std::clamp(picture, 0, picturesRead(result) - 1));
    return std::span(result.relevance).subspan(begin, block);
}

std::vector<Region> regionsAsked(const PostRegions& regions) {
    std::vector<Region> out;
    for (const Region& region : regions.regions)
        if (region.image == 0) out.push_back(region);
    return out;
}

EntityPlace placeOfEntity(const protocol::PredictResult& result, int word) {
    EntityPlace place;
    if (result.groundings.size() != result.entities.size()) return place;
    for (std::size_t e = 0; e < result.entities.size() && place.entity < 0; ++e)
        if (result.entities[e].first <= word && word <= result.entities[e].last) place.entity = int(e);
    if (place.entity < 0) return place;
    const Grounding& grounding = result.groundings[std::size_t(place.entity)];
    place.shown = grounding.region >= 0;
    for (std::size_t r = 0; r < result.regions.size(); ++r) {
        const double weight = r < grounding.weights.size() ? double(grounding.weights[r]) : 0;
        place.regions.push_back({result.regions[r], weight, int(r) == grounding.region});
    }
    if (grounding.weights.size() > result.regions.size()) place.notShown = grounding.weights.back();
    std::stable_sort(place.regions.begin(), place.regions.end(),
                     [](const WeighedRegion& a, const WeighedRegion& b) { return a.weight > b.weight; });
    return place;
}

double AttentionMap::uniform(AttentionDirection direction, bool renormalised) const {
    if (direction == AttentionDirection::TextToImage) {
        const int shared = renormalised ? regions : regions * pictures;
        return shared > 0 ? 1.0 / shared : 0;
    }
    const int keys = renormalised ? words : words + kSpecials;
    return keys > 0 ? 1.0 / keys : 0;
}

std::string AttentionMap::regionName(int region) const {
    if (region < kCells) return vision::cellName(region).data();
    const int rows = std::max(1, rowsPerCrop), row = region - kCells;
    std::string name("c");
    name += std::to_string(row / rows + 1);
    name += "·";
    return name += std::to_string(row % rows + 1);
}

std::vector<int> AttentionMap::hottestCells(int word, double threshold, int limit) const {
    std::vector<int> hot;
    if (word < 0 || word >= words) return hot;
    for (int cell = 0; cell < kCells; ++cell)
        if (at(word, cell) >= threshold && at(word, cell) > 0) hot.push_back(cell);
    std::stable_sort(hot.begin(), hot.end(), [&](int a, int b) { return at(word, a) > at(word, b); });
    if (int(hot.size()) > limit) hot.resize(std::size_t(limit));
    return hot;
}

int attentionLayers(const protocol::PredictResult& result, AttentionDirection direction) {
    return int(tensorsOf(result, direction).size());
}

int attentionHeads(const protocol::PredictResult& result, AttentionDirection direction, int layer) {
    AttentionChoice choice;
    choice.direction = direction;
    choice.layer = layer;
    const FloatArray* tensor = tensorOf(result, choice);
    return tensor ? tensor->shape[0] : 0;
}

bool hasMaps(const protocol::PredictResult& result, AttentionDirection direction) {
    return attentionLayers(result, direction) > 0;
}

AttentionChoice fittedChoice(const protocol::PredictResult& result, AttentionChoice choice) {
    const AttentionDirection other = choice.direction == AttentionDirection::TextToImage
                                         ? AttentionDirection::ImageToText
                                         : AttentionDirection::TextToImage;
    if (!hasMaps(result, choice.direction) && hasMaps(result, other)) choice.direction = other;
    if (choice.layer >= attentionLayers(result, choice.direction)) choice.layer = -1;
    if (choice.head >= attentionHeads(result, choice.direction, choice.layer)) choice.head = -1;
    return choice;
}

AttentionMap selectAttention(const Answer& answer, int wordCount, const AttentionChoice& choice) {
    const FloatArray* tensor = answer ? tensorOf(*answer, choice) : nullptr;
    if (!tensor || wordCount <= 0) return {};
    const bool byWords = choice.direction == AttentionDirection::TextToImage;
    AttentionMap map;
    map.words = wordCount;
    map.pictures = picturesRead(*answer);
    const int all = byWords ? tensor->shape[2] : tensor->shape[1];
    map.regions = all / map.pictures;
    const bool fits = byWords ? tensor->shape[1] == wordCount : tensor->shape[2] == wordCount + kSpecials;
    if (!fits || map.regions < kCells || map.regions * map.pictures != all) return {};
    const int picture = std::clamp(choice.picture, 0, map.pictures - 1);
    map.crops = std::max(0, int(relevanceOf(*answer, picture).size()) - 1);
    map.rowsPerCrop = map.crops > 0 ? (map.regions - kCells) / map.crops : 0;
    if (map.rowsPerCrop == 0) map.crops = 0;

    const auto columns = std::size_t(tensor->shape[2]), begin = std::size_t(picture * map.regions);
    const std::size_t plane = std::size_t(tensor->shape[1]) * columns;
    const Place place = byWords ? Place{begin, plane, columns, 1} : Place{begin * columns + 1, plane, 1, columns};
    if (choice.head >= 0) {
        const auto head = std::size_t(std::min(choice.head, tensor->shape[0] - 1));
        const std::span<const float> weights = std::span(tensor->values).subspan(head * plane, plane);
        map.lookAt(weights.subspan(place.first), place.wordStep, place.regionStep, answer);
    } else {
        map.take(meanOfHeads(*tensor, place, map.words, map.regions));
    }
    if (!choice.renormalised) return map;
    std::vector<float> values = byWords ? rowsOfOne(map) : columnsOfOne(map);
    if (byWords) {  // of the picture alone, which shares its weights with nothing
        AttentionMap cells;
        cells.words = map.words;
        cells.regions = kCells;
        map = cells;
    }
    map.take(std::move(values));
    return map;
}

double shownMaximum(const AttentionMap& map, int word, const AttentionChoice& choice) {
    const double largest = choice.sameScale ? map.maximum() : map.maximumOf(word);
    return std::max(largest, choice.threshold);
}

}  // namespace mnerva::project
