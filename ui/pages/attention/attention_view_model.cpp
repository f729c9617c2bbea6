#include "ui/pages/attention/attention_view_model.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/vision/geometry.h"

namespace mnerva::ui {
namespace {

using protocol::TensorValue;
constexpr int kCells = vision::kGridCells;
constexpr int kSpecials = 2;  // [CLS] and [SEP], keys of the image-to-text attention

const std::vector<TensorValue>& tensorsOf(const protocol::PredictResult& result, AttentionDirection direction) {
    return direction == AttentionDirection::TextToImage ? result.textToImage : result.imageToText;
}

const TensorValue* tensorOf(const protocol::PredictResult& result, const AttentionChoice& choice) {
    const auto& layers = tensorsOf(result, choice.direction);
    const int count = int(layers.size());
    const int layer = choice.layer < 0 ? count - 1 : choice.layer;
    if (layer < 0 || layer >= count) return nullptr;
    const TensorValue& tensor = layers[std::size_t(layer)];
    if (tensor.shape.size() != 3) return nullptr;
    const std::size_t size = std::size_t(tensor.shape[0]) * std::size_t(tensor.shape[1]) * std::size_t(tensor.shape[2]);
    return size == tensor.values.size() && size > 0 ? &tensor : nullptr;
}

/// Row-major [rows, columns] of one head, or the mean of all.
std::vector<float> headOf(const TensorValue& tensor, int head) {
    const int heads = tensor.shape[0];
    const std::size_t plane = std::size_t(tensor.shape[1]) * std::size_t(tensor.shape[2]);
    const auto begin = tensor.values.begin();
    if (head >= 0) {
        const int one = std::min(head, heads - 1);
        return {begin + std::ptrdiff_t(std::size_t(one) * plane), begin + std::ptrdiff_t(std::size_t(one + 1) * plane)};
    }
    std::vector<double> sum(plane, 0.0);
    for (std::size_t i = 0; i < tensor.values.size(); ++i) sum[i % plane] += tensor.values[i];
    std::vector<float> mean(plane);
    std::transform(sum.begin(), sum.end(), mean.begin(), [&](double value) { return float(value / heads); });
    return mean;
}

void normaliseRows(AttentionMap& map) {
    for (int word = 0; word < map.words; ++word) {
        float* row = map.values.data() + std::size_t(word) * std::size_t(map.regions);
        double sum = 0;
        for (int region = 0; region < map.regions; ++region) sum += row[region];
        if (sum > 0)
            for (int region = 0; region < map.regions; ++region) row[region] = float(row[region] / sum);
    }
}

void normaliseColumns(AttentionMap& map) {
    for (int region = 0; region < map.regions; ++region) {
        double sum = 0;
        for (int word = 0; word < map.words; ++word) sum += map.at(word, region);
        if (sum <= 0) continue;
        for (int word = 0; word < map.words; ++word) {
            float& value = map.values[std::size_t(word) * std::size_t(map.regions) + std::size_t(region)];
            value = float(value / sum);
        }
    }
}

/// Leaves the 49 cells alone: the crops have no part in what is renormalised over the picture.
AttentionMap withoutCrops(const AttentionMap& map) {
    AttentionMap cells;
    cells.words = map.words;
    cells.regions = kCells;
    for (int word = 0; word < map.words; ++word) {
        const std::vector<float> row = map.cells(word);
        cells.values.insert(cells.values.end(), row.begin(), row.end());
    }
    return cells;
}

}  // namespace

float AttentionMap::at(int word, int region) const {
    return values[std::size_t(word) * std::size_t(regions) + std::size_t(region)];
}

std::vector<float> AttentionMap::cells(int word) const {
    if (word < 0 || word >= words) return {};
    const auto row = values.begin() + std::ptrdiff_t(word) * regions;
    return {row, row + kCells};
}

std::vector<float> AttentionMap::wordsOf(int region) const {
    std::vector<float> column;
    if (region < 0 || region >= regions) return column;
    for (int word = 0; word < words; ++word) column.push_back(at(word, region));
    return column;
}

float AttentionMap::maximum() const {
    return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

float AttentionMap::maximumOf(int word) const {
    const std::vector<float> row = cells(word);
    return row.empty() ? 0 : *std::max_element(row.begin(), row.end());
}

int picturesRead(const protocol::PredictResult& result) {
    return std::max(1, int(result.pictureOf.size()));
}

std::vector<double> relevanceOf(const protocol::PredictResult& result, int picture) {
    const std::size_t block = result.relevance.size() / std::size_t(picturesRead(result));
    const std::size_t begin = block * std::size_t(std::clamp(picture, 0, picturesRead(result) - 1));
    return {result.relevance.begin() + std::ptrdiff_t(begin), result.relevance.begin() + std::ptrdiff_t(begin + block)};
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
    const protocol::GroundingValue& grounding = result.groundings[std::size_t(place.entity)];
    place.shown = grounding.shown;
    for (std::size_t r = 0; r < grounding.regions.size(); ++r) {
        const int region = grounding.regions[r];
        const double weight = r < grounding.weights.size() ? grounding.weights[r] : 0;
        place.regions.push_back({region, weight, grounding.shown && region == grounding.region});
    }
    if (grounding.weights.size() > grounding.regions.size()) place.notShown = grounding.weights.back();
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
    const std::vector<float> row = cells(word);
    std::vector<int> hot;
    for (int cell = 0; cell < int(row.size()); ++cell)
        if (row[std::size_t(cell)] >= threshold && row[std::size_t(cell)] > 0) hot.push_back(cell);
    std::stable_sort(hot.begin(), hot.end(), [&](int a, int b) { return row[std::size_t(a)] > row[std::size_t(b)]; });
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
    const TensorValue* tensor = tensorOf(result, choice);
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

AttentionMap selectAttention(const protocol::PredictResult& result, int wordCount, const AttentionChoice& choice) {
    const TensorValue* tensor = tensorOf(result, choice);
    if (!tensor || wordCount <= 0) return {};
    const bool byWords = choice.direction == AttentionDirection::TextToImage;
    AttentionMap map;
    map.words = wordCount;
    map.pictures = picturesRead(result);
    const int all = byWords ? tensor->shape[2] : tensor->shape[1];
    map.regions = all / map.pictures;
    const bool fits = byWords ? tensor->shape[1] == wordCount : tensor->shape[2] == wordCount + kSpecials;
    if (!fits || map.regions < kCells || map.regions * map.pictures != all) return {};
    const int picture = std::clamp(choice.picture, 0, map.pictures - 1), begin = picture * map.regions;
    map.crops = std::max(0, int(relevanceOf(result, picture).size()) - 1);
    map.rowsPerCrop = map.crops > 0 ? (map.regions - kCells) / map.crops : 0;
    if (map.rowsPerCrop == 0) map.crops = 0;
    const std::vector<float> head = headOf(*tensor, choice.head);
    map.values.resize(std::size_t(wordCount) * std::size_t(map.regions));
    const std::size_t columns = std::size_t(byWords ? all : wordCount + kSpecials);
    for (int word = 0; word < wordCount; ++word)
        for (int region = 0; region < map.regions; ++region)
            map.values[std::size_t(word) * std::size_t(map.regions) + std::size_t(region)] =
                byWords ? head[std::size_t(word) * columns + std::size_t(begin + region)]
                        : head[std::size_t(begin + region) * columns + std::size_t(word + 1)];
    for (float& value : map.values)
        if (!std::isfinite(value)) value = 0;
    if (!choice.renormalised) return map;
    if (byWords) {
        map = withoutCrops(map);
        normaliseRows(map);
    } else {
        normaliseColumns(map);
    }
    return map;
}

double shownMaximum(const AttentionMap& map, int word, const AttentionChoice& choice) {
    const double largest = choice.sameScale ? map.maximum() : map.maximumOf(word);
    return std::max(largest, choice.threshold);
}

}  // namespace mnerva::ui
