#include "core/workflow/scores/score_source.h"

#include <algorithm>
#include <limits>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/eval/picture_effect.h"
#include "core/formats/mner_writer.h"
#include "core/project/entity_boxes.h"
#include "core/project/project_internal.h"
#include "core/protocol/influence.h"

namespace mnerva::workflow {
namespace {

/// One layer while posts are read.
struct LayerReading {
    store::LayerRow row;
    std::unordered_map<PostId, std::vector<Entity>> stored;
    project::RawTags rawTags;
    text::TagScheme scheme = text::TagScheme::Bio;
    eval::LayerTags tags;
    eval::PostLists<Entity> confident;
    std::optional<project::EntityBoxes> boxes;
    std::unordered_map<PostId, std::vector<eval::EntityEffect>> influence;
    std::unordered_map<PostId, double> relevanceOf;
    std::vector<double> relevance;
    std::optional<eval::PostLists<eval::EntityEffect>> effects;
    Findings findings;
    std::map<Split, Sha256> digests;
    std::string bytes;

    bool showsGold() const { return row.id == store::kGoldLayer || row.id == store::kCorrectedLayer; }
};

bool isOutside(const std::vector<Entity>& entities, std::size_t words) {
    return std::any_of(entities.begin(), entities.end(),
                       [&](const Entity& e) { return e.first < 0 || static_cast<std::size_t>(e.last) >= words; });
}

/// What the pictures did to a run's answers, by post of the project.
void readInfluence(LayerReading& layer, const project::Project::Impl& impl) {
    if (layer.row.kind != "run" || !staysInside(layer.row.name)) return;
    const auto found = protocol::readInfluence(impl.folder / "runs" / layer.row.name);
    if (!found) return;
    layer.effects.emplace();
    for (const protocol::PostInfluence& post : found->list) {
        if (post.relevance) layer.relevanceOf[PostId{post.number}] = *post.relevance;
        for (const protocol::EntityInfluence& entity : post.entities)
            if (const auto effect = eval::pictureEffectFromName(entity.effect))
                layer.influence[PostId{post.number}].push_back({entity.first, entity.last, static_cast<int>(*effect)});
    }
}

LayerReading begun(const project::Project& project, const std::string& name, text::TagScheme scheme) {
    const project::Project::Impl& impl = project.impl();
    LayerReading layer;
    layer.row = impl.layerOrThrow(name);
    if (layer.row.id != store::kGoldLayer)
        impl.layers.each(layer.row.id,
                         [&](PostId post, std::vector<Entity> entities) { layer.stored[post] = std::move(entities); });
    if (!layer.showsGold()) layer.rawTags = project::rawTagsOf(impl, name);
    layer.scheme = layer.tags.scheme = project::schemeOf(layer.rawTags, scheme);
    readInfluence(layer, impl);
    layer.boxes = project::entityBoxesOf(project, name);
    if (layer.boxes) layer.tags.boxes.emplace();
    return layer;
}

void addFingerprint(LayerReading& layer, const Post& post, const std::vector<std::string>& tags) {
    layer.bytes.clear();
    formats::appendMnerPost(layer.bytes, post, tags);
    layer.digests[post.split].add(layer.bytes);
}

/// Adds what the layer says of a post besides its tags.
void addFacts(LayerReading& layer, PostId post, const std::vector<Entity>& entities) {
    if (layer.boxes) {
        if (const auto found = layer.boxes->find(post); found != layer.boxes->end())
            for (const EntityBox& box : found->second) layer.tags.boxes->add(box);
        layer.tags.boxes->endPost();
    }
    if (layer.showsGold()) return;
    for (const Entity& entity : entities)
        if (entity.confidence) layer.confident.add(entity);
    layer.confident.endPost();
    if (!layer.relevanceOf.empty()) {
        const auto known = layer.relevanceOf.find(post);
        layer.relevance.push_back(known == layer.relevanceOf.end() ? std::numeric_limits<double>::quiet_NaN()
                                                                   : known->second);
    }
    if (!layer.effects) return;
    if (const auto found = layer.influence.find(post); found != layer.influence.end())
        for (const eval::EntityEffect& effect : found->second) layer.effects->add(effect);
    layer.effects->endPost();
}

/// Adds what the layer says of a post; nothing where it is silent or counts the words differently.
void addPost(LayerReading& layer, const project::Project::Impl& impl, const store::StoredPost& stored,
             eval::TagTable& table) {
    const std::size_t words = stored.post.words.size();
    const auto found = layer.stored.find(stored.post.id);
    const bool isCovered = found != layer.stored.end();
    std::vector<std::string> tags;
    if (layer.showsGold()) {
        const std::vector<Entity> entities =
            isCovered ? impl.fitting(stored.post, std::move(found->second)) : entitiesFromTags(stored.post.sourceTags);
        tags = project::tagsInLayer(stored, entities, layer.row.name, isCovered, layer.scheme);
        addFingerprint(layer, stored.post, tags);
        addFacts(layer, stored.post.id, {});
    } else {
        const auto raw = layer.rawTags.find(stored.post.id);
        const bool isOther = isCovered && (isOutside(found->second, words) ||
                                           (raw != layer.rawTags.end() && raw->second.size() != words));
        if (isOther) layer.findings.add({"word-count-differs", layer.row.name, 0, stored.post.externalId});
        if (!isCovered || isOther) {
            addFacts(layer, stored.post.id, {});
            return layer.tags.addUncovered();
        }
        const std::vector<Entity> entities = impl.fitting(stored.post, std::move(found->second));
        addFacts(layer, stored.post.id, entities);
        tags = project::predictedTags(stored, entities, layer.row.name, true, layer.scheme, layer.rawTags);
    }
    std::vector<int> numbers;
    numbers.reserve(tags.size());
    for (const std::string& tag : tags) numbers.push_back(table.idOf(text::canonicalTag(tag)));
    layer.tags.add(numbers);
}

SourceLayer ended(LayerReading&& layer, const project::Project::Impl& impl, const eval::TagTable& table) {
    SourceLayer out{
        layer.row.name, layer.row.kind, eval::Layer(std::move(layer.tags), table), std::move(layer.findings), {}, {}};
    for (auto& [split, digest] : layer.digests) out.fingerprints[split] = digest.hex();
    if (layer.row.kind == "run" && staysInside(layer.row.name))
        out.record = protocol::readRunRecord(impl.folder / "runs" / layer.row.name);
    out.confident = std::move(layer.confident);
    out.effects = std::move(layer.effects);
    out.relevance = eval::thirdsOf(layer.relevance);
    return out;
}

std::vector<std::string> wantedLayers(const project::Project::Impl& impl,
                                      const std::optional<std::vector<std::string>>& names) {
    std::vector<std::string> wanted{"gold", "corrected"};
    const auto add = [&](const std::string& name) {
        if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) wanted.push_back(name);
    };
    if (names) {
        for (const std::string& name : *names) add(name);
    } else {
        for (const store::LayerRow& row : impl.layers.all()) add(row.name);
    }
    return wanted;
}

void readPost(ScoreSource& source, const Post& post,
              const std::unordered_map<PostId, std::vector<std::pair<int, int>>>& boxes) {
    source.ids.push_back(post.id);
    source.externalIds.push_back(post.externalId);
    source.splits.push_back(post.split);
    source.texts.add(post.words, post.join);
    source.hasWords.push_back(1);
    source.facts.pictures.push_back(static_cast<int>(post.images.size()));
    if (const auto found = boxes.find(post.id); found != boxes.end())
        for (const auto& span : found->second) source.facts.grounded.add(span);
    source.facts.grounded.endPost();
}

std::vector<std::string> spacedWords(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// The scheme that the tags of one side of a file speak for.
std::optional<text::TagScheme> spokenScheme(const formats::PredictionFile& file,
                                            std::vector<std::string> formats::PredictionBlock::*side) {
    std::set<std::string> seen;
    for (const formats::PredictionBlock& block : file.blocks) seen.insert((block.*side).begin(), (block.*side).end());
    return text::schemeSpoken(std::vector<std::string>(seen.begin(), seen.end()));
}

std::vector<int> numbersOf(eval::TagTable& table, const std::vector<std::string>& tags) {
    std::vector<int> numbers;
    for (const std::string& tag : tags) numbers.push_back(table.idOf(tag));
    return numbers;
}

}  // namespace

const SourceLayer* ScoreSource::find(const std::string& name) const {
    const auto found = std::find_if(layers.begin(), layers.end(), [&](const SourceLayer& l) { return l.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

const SourceLayer& ScoreSource::layer(const std::string& name) const {
    if (const SourceLayer* found = find(name)) return *found;
    std::string known;
    for (const SourceLayer& one : layers) known += (known.empty() ? "" : ", ") + one.name;
    throw Error(ErrorCode::LayerUnknown, {name, known});
}

std::vector<int> ScoreSource::postsOf(std::optional<Split> split) const {
    std::vector<int> posts;
    for (std::size_t i = 0; i < splits.size(); ++i)
        if (!split || splits[i] == *split) posts.push_back(static_cast<int>(i));
    return posts;
}

std::vector<PostId> ScoreSource::idsOf(std::span<const int> posts) const {
    std::vector<PostId> out;
    out.reserve(posts.size());
    for (const int post : posts) out.push_back(ids[static_cast<std::size_t>(post)]);
    return out;
}

ScoreSource readScoreSource(const project::Project& project, const std::optional<std::vector<std::string>>& names,
                            const std::stop_token& stop) {
    const auto snapshot = project.holdSnapshot();
    const project::Project::Impl& impl = project.impl();
    ScoreSource source;
    source.scheme = project.labels().scheme;
    for (const std::string& type : project.labels().types) source.table->addType(type);
    source.projectTypes = source.table->types().size();
    std::vector<LayerReading> layers;
    for (const std::string& name : wantedLayers(impl, names)) {
        layers.push_back(begun(project, name, source.scheme));
        if (stop.stop_requested()) throw Cancelled{};
    }
    std::unordered_map<PostId, std::vector<std::pair<int, int>>> boxes;
    impl.regions.eachLink(store::kGoldLayer, [&](PostId post, const RegionLink& link) {
        boxes[post].emplace_back(link.entity.first, link.entity.last);
    });
    impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
        if (stop.stop_requested()) throw Cancelled{};
        readPost(source, stored.post, boxes);
        for (LayerReading& layer : layers) addPost(layer, impl, stored, *source.table);
        return true;
    });
    source.words = std::make_unique<eval::WordFactTable>(source.texts.names);
    for (LayerReading& layer : layers) source.layers.push_back(ended(std::move(layer), impl, *source.table));
    return source;
}

LayerUpdate readLayer(const project::Project& project, const std::string& name, const std::stop_token& stop) {
    const auto snapshot = project.holdSnapshot();
    const project::Project::Impl& impl = project.impl();
    LayerUpdate update{std::make_unique<eval::TagTable>(), {}};
    LayerReading layer = begun(project, name, project.labels().scheme);
    impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
        if (stop.stop_requested()) throw Cancelled{};
        addPost(layer, impl, stored, *update.table);
        return true;
    });
    update.layer = ended(std::move(layer), impl, *update.table);
    return update;
}

void takeLayer(ScoreSource& source, const LayerUpdate& update) {
    const eval::LayerTags& read = update.layer->tags.tags();
    if (read.isCovered.size() != source.ids.size()) return;
    std::vector<int> numbers;  // of the source, by those of the update
    for (int tag = 0; tag < update.table->size(); ++tag) numbers.push_back(source.table->idOf(update.table->name(tag)));
    eval::LayerTags tags;
    tags.scheme = read.scheme;
    tags.boxes = read.boxes;
    std::vector<int> ofPost;
    for (std::size_t post = 0; post < source.ids.size(); ++post) {
        if (read.isCovered[post] == 0) {
            tags.addUncovered();
            continue;
        }
        ofPost.clear();
        for (const int tag : read.tags.of(post)) ofPost.push_back(numbers[static_cast<std::size_t>(tag)]);
        tags.add(ofPost);
    }
    SourceLayer fresh{update.layer->name,     update.layer->kind,         eval::Layer(std::move(tags), *source.table),
                      update.layer->findings, update.layer->fingerprints, update.layer->record};
    fresh.confident = update.layer->confident;
    fresh.effects = update.layer->effects;
    fresh.relevance = update.layer->relevance;
    for (SourceLayer& old : source.layers)
        if (old.name == fresh.name) {
            old = std::move(fresh);
            return;
        }
    source.layers.push_back(std::move(fresh));
}

ScoreSource scoreSourceOf(const formats::PredictionFile& file, const std::string& name) {
    ScoreSource source;
    eval::LayerTags gold, predicted;
    const auto ofGold = spokenScheme(file, &formats::PredictionBlock::gold);
    const auto ofPredicted = spokenScheme(file, &formats::PredictionBlock::predicted);
    // A side that speaks for no scheme is read by the other's.
    gold.scheme = ofGold ? *ofGold : ofPredicted.value_or(text::TagScheme::Bio);
    predicted.scheme = ofPredicted.value_or(gold.scheme);
    for (const formats::PredictionBlock& block : file.blocks) {
        std::vector<std::string> words = spacedWords(block.text);
        const bool isKnown = words.size() == block.gold.size();
        if (!isKnown) words.assign(block.gold.size(), "");
        source.ids.emplace_back();
        source.externalIds.push_back(block.image.empty() ? std::to_string(source.ids.size()) : block.image);
        source.splits.push_back(Split::None);
        source.texts.add(words, JoinRule::Space);
        source.hasWords.push_back(isKnown);
        source.facts.pictures.push_back(block.image.empty() ? 0 : 1);
        source.facts.grounded.endPost();
        gold.add(numbersOf(*source.table, block.gold));
        predicted.add(numbersOf(*source.table, block.predicted));
    }
    source.scheme = gold.scheme;
    source.words = std::make_unique<eval::WordFactTable>(source.texts.names);
    source.layers.push_back({"gold", "gold", eval::Layer(std::move(gold), *source.table), {}, {}, {}});
    source.layers.push_back({name, "file", eval::Layer(std::move(predicted), *source.table), {}, {}, {}});
    return source;
}

void addPredictions(ScoreSource& source, const formats::PredictionFile& file, const std::string& name) {
    const eval::LayerTags& gold = source.layer("gold").tags.tags();
    eval::LayerTags predicted;
    predicted.scheme = spokenScheme(file, &formats::PredictionBlock::predicted).value_or(gold.scheme);
    SourceLayer layer{name, "file", eval::Layer({}, *source.table), {}, {}, {}};
    for (std::size_t post = 0; post < source.ids.size(); ++post) {
        const formats::PredictionBlock* block = post < file.blocks.size() ? &file.blocks[post] : nullptr;
        const auto expected = gold.tags.of(post);
        const std::vector<int> theirs = block ? numbersOf(*source.table, block->gold) : std::vector<int>{};
        if (block && std::equal(expected.begin(), expected.end(), theirs.begin(), theirs.end())) {
            predicted.add(numbersOf(*source.table, block->predicted));
            continue;
        }
        if (block && theirs.size() != expected.size())
            layer.findings.add({"word-count-differs", name, block->line, source.externalIds[post]});
        else if (block)
            layer.findings.add({"gold-differs", name, block->line, source.externalIds[post]});
        predicted.addUncovered();
    }
    layer.tags = eval::Layer(std::move(predicted), *source.table);
    source.layers.push_back(std::move(layer));
}

}  // namespace mnerva::workflow
