#include "core/eval/properties.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

#include "core/base/translatable.h"
#include "core/eval/buckets.h"

namespace mnerva::eval {
namespace {

struct PropertyRow {
    Property property;
    std::string_view name, title;
};

constexpr std::array<PropertyRow, 21> kProperties{{
    {Property::Type, "type", MNERVA_TEXT("scores", "type")},
    {Property::SpanWords, "span-words", MNERVA_TEXT("scores", "words of the entity")},
    {Property::SpanCharacters, "span-characters", MNERVA_TEXT("scores", "characters of the entity")},
    {Property::Position, "position", MNERVA_TEXT("scores", "place in the post")},
    {Property::Capitalisation, "capitalisation", MNERVA_TEXT("scores", "capital letters")},
    {Property::Consistency, "consistency", MNERVA_TEXT("scores", "consistency of the string in training")},
    {Property::TrainingFrequency, "training-frequency", MNERVA_TEXT("scores", "times an entity in training")},
    {Property::SeenWithOtherType, "seen-with-other-type", MNERVA_TEXT("scores", "seen in training")},
    {Property::Hashtag, "hashtag", MNERVA_TEXT("scores", "in a hashtag")},
    {Property::Mention, "mention", MNERVA_TEXT("scores", "after @")},
    {Property::Script, "script", MNERVA_TEXT("scores", "script")},
    {Property::EmojiNear, "emoji-near", MNERVA_TEXT("scores", "emoji within two words")},
    {Property::Grounded, "grounded", MNERVA_TEXT("scores", "with a box in the picture")},
    {Property::PictureEffect, "picture-effect", MNERVA_TEXT("scores", "what the picture does")},
    {Property::Relevance, "relevance", MNERVA_TEXT("scores", "relevance r₀ of the picture")},
    {Property::PostWords, "post-words", MNERVA_TEXT("scores", "words of the post")},
    {Property::EntityShare, "entity-share", MNERVA_TEXT("scores", "share of entity words")},
    {Property::UnseenWords, "unseen-words", MNERVA_TEXT("scores", "words unseen in training")},
    {Property::FrequencyRank, "frequency-rank", MNERVA_TEXT("scores", "mean frequency rank of the words")},
    {Property::HasPicture, "has-picture", MNERVA_TEXT("scores", "with a picture")},
    {Property::Pictures, "pictures", MNERVA_TEXT("scores", "number of pictures")},
}};

constexpr auto kPropertyOrder = [] {
    std::array<Property, kProperties.size()> order{};
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = kProperties[i].property;
    return order;
}();

const PropertyRow& rowOf(Property property) {
    for (const PropertyRow& row : kProperties)
        if (row.property == property) return row;
    return kProperties[0];
}

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr int kEmojiReach = 2;

/// One unit with the words around it.
class UnitReader {
public:
    UnitReader(const Unit& unit, const PropertySource& source)
        : m_unit(unit), m_source(source), m_words(source.texts.words.of(static_cast<std::size_t>(unit.post))) {}

    const WordFacts& word(int at) const { return m_source.words.of(m_words[static_cast<std::size_t>(at)]); }
    int words() const { return static_cast<int>(m_words.size()); }

    template <class Test>
    bool any(Test test) const {
        for (int at = m_unit.first; at <= m_unit.last; ++at)
            if (test(word(at))) return true;
        return false;
    }
    template <class Test>
    bool all(Test test) const {
        return !any([&](const WordFacts& facts) { return !test(facts); });
    }

    double capitalisation() const {
        if (all([](const WordFacts& w) { return w.isLower; })) return 0;
        if (all([](const WordFacts& w) { return w.isUpper; })) return 1;
        return word(m_unit.first).startsUpper ? 2 : 3;
    }
    double script() const {
        const bool latin = any([](const WordFacts& w) { return w.hasLatin; });
        const bool han = any([](const WordFacts& w) { return w.hasHan; });
        const bool other = any([](const WordFacts& w) { return w.hasOtherLetter; });
        if (latin && !han && !other) return 0;
        if (han && !latin && !other) return 1;
        return latin || han ? 2 : 3;
    }
    bool isInHashtag() const {
        return any([](const WordFacts& w) { return w.isHashtag; }) ||
               (m_unit.first > 0 && word(m_unit.first - 1).isHashSign);
    }
    bool isAfterAt() const {
        return any([](const WordFacts& w) { return w.isMention; }) ||
               (m_unit.first > 0 && word(m_unit.first - 1).isAtSign);
    }
    bool isNearEmoji() const {
        const int from = std::max(0, m_unit.first - kEmojiReach), to = std::min(words() - 1, m_unit.last + kEmojiReach);
        for (int at = from; at <= to; ++at)
            if (word(at).isEmoji) return true;
        return false;
    }
    double characters() const {
        int count = 0;
        for (int at = m_unit.first; at <= m_unit.last; ++at) count += word(at).codePoints;
        return count;
    }

private:
    const Unit& m_unit;
    const PropertySource& m_source;
    std::span<const int> m_words;
};

double consistencyOf(const Unit& unit, const TrainingIndex& training) {
    const TrainingIndex::Surface* surface = training.surfaceOf(unit);
    if (!surface || surface->occurrences == 0) return 0;
    for (const auto& [type, times] : surface->asType)
        if (type == unit.type()) return static_cast<double>(times) / surface->occurrences;
    return 0;
}

double frequencyOf(const Unit& unit, const TrainingIndex& training) {
    int times = 0;
    if (const TrainingIndex::Surface* surface = training.surfaceOf(unit))
        for (const auto& counted : surface->asType) times += counted.second;
    return times;
}

/// 0 never an entity, 1 only with this type, 2 with another one too or instead.
double otherTypeOf(const Unit& unit, const TrainingIndex& training) {
    const TrainingIndex::Surface* surface = training.surfaceOf(unit);
    if (!surface || surface->asType.empty()) return 0;
    return std::all_of(surface->asType.begin(), surface->asType.end(),
                       [&](const auto& counted) { return counted.first == unit.type(); })
               ? 1
               : 2;
}

double effectOf(const Unit& unit, const PropertySource& source) {
    if (!source.effects || unit.gold == Unit::kNone) return kUnknown;
    for (const EntityEffect& one : source.effects->of(static_cast<std::size_t>(unit.post)))
        if (one.first == unit.first && one.last == unit.last) return one.effect;
    return kUnknown;
}

double ofPost(Property property, int post, const PropertySource& source) {
    const auto at = static_cast<std::size_t>(post);
    const std::span<const int> words = source.texts.words.of(at);
    const auto count = static_cast<double>(words.size());
    switch (property) {
        case Property::PostWords:
            return count;
        case Property::EntityShare: {
            int inside = 0;
            for (const Chunk& chunk : source.gold.of(at)) inside += chunk.last - chunk.first + 1;
            return count > 0 ? inside / count : 0;
        }
        case Property::UnseenWords:
            return static_cast<double>(std::count_if(words.begin(), words.end(), [&](int word) {
                return source.training.wordCount(source.words.of(word).folded) == 0;
            }));
        case Property::FrequencyRank: {
            double sum = 0;
            for (const int word : words) sum += source.training.wordRank(source.words.of(word).folded);
            return count > 0 ? sum / count : 0;
        }
        case Property::HasPicture:
            return source.facts.pictures[at] > 0;
        case Property::Pictures:
            return source.facts.pictures[at];
        case Property::Relevance:
            return at < source.relevance.size() ? source.relevance[at] : kUnknown;
        default:
            return kUnknown;
    }
}

double ofSpan(Property property, const Unit& unit, const PropertySource& source) {
    const UnitReader reader(unit, source);
    switch (property) {
        case Property::SpanWords:
            return unit.last - unit.first + 1;
        case Property::SpanCharacters:
            return reader.characters();
        case Property::Position:
            return reader.words() > 1 ? static_cast<double>(unit.first) / (reader.words() - 1) : 0;
        case Property::Capitalisation:
            return reader.capitalisation();
        case Property::Type:
            return unit.type();
        case Property::Consistency:
            return consistencyOf(unit, source.training);
        case Property::TrainingFrequency:
            return frequencyOf(unit, source.training);
        case Property::SeenWithOtherType:
            return otherTypeOf(unit, source.training);
        case Property::Hashtag:
            return reader.isInHashtag();
        case Property::Mention:
            return reader.isAfterAt();
        case Property::Script:
            return reader.script();
        case Property::EmojiNear:
            return reader.isNearEmoji();
        case Property::Grounded: {
            const auto boxes = source.facts.grounded.of(static_cast<std::size_t>(unit.post));
            return std::find(boxes.begin(), boxes.end(), std::pair(unit.first, unit.last)) != boxes.end();
        }
        case Property::PictureEffect:
            return effectOf(unit, source);
        default:
            return kUnknown;
    }
}

}  // namespace

std::span<const Property> allProperties() {
    return kPropertyOrder;
}

std::string_view propertyName(Property property) {
    return rowOf(property).name;
}

std::optional<Property> propertyFromName(std::string_view name) {
    for (const PropertyRow& row : kProperties)
        if (row.name == name) return row.property;
    return std::nullopt;
}

std::string_view propertyTitle(Property property) {
    return rowOf(property).title;
}

bool isOfRun(Property property) {
    return property == Property::PictureEffect || property == Property::Relevance;
}

bool isOfPost(Property property) {
    return property >= Property::PostWords;
}

bool needsTraining(Property property) {
    switch (property) {
        case Property::Consistency:
        case Property::TrainingFrequency:
        case Property::SeenWithOtherType:
        case Property::UnseenWords:
        case Property::FrequencyRank:
            return true;
        default:
            return false;
    }
}

std::vector<std::string_view> categoriesOf(Property property) {
    switch (property) {
        case Property::Capitalisation:
            return {MNERVA_TEXT("scores", "no capital"), MNERVA_TEXT("scores", "all capitals"),
                    MNERVA_TEXT("scores", "first capital"), MNERVA_TEXT("scores", "capitals inside")};
        case Property::SeenWithOtherType:
            return {MNERVA_TEXT("scores", "never an entity"), MNERVA_TEXT("scores", "with this type only"),
                    MNERVA_TEXT("scores", "with another type")};
        case Property::Script:
            return {MNERVA_TEXT("scores", "Latin"), MNERVA_TEXT("scores", "Han"), MNERVA_TEXT("scores", "mixed"),
                    MNERVA_TEXT("scores", "other")};
        case Property::PictureEffect:
            return {MNERVA_TEXT("scores", "helped"), MNERVA_TEXT("scores", "hurt"),
                    MNERVA_TEXT("scores", "right either way"), MNERVA_TEXT("scores", "wrong either way")};
        case Property::Relevance:
            return {MNERVA_TEXT("scores", "lowest third"), MNERVA_TEXT("scores", "middle third"),
                    MNERVA_TEXT("scores", "highest third")};
        case Property::Hashtag:
        case Property::Mention:
        case Property::EmojiNear:
        case Property::Grounded:
        case Property::HasPicture:
            return {MNERVA_TEXT("scores", "no"), MNERVA_TEXT("scores", "yes")};
        default:
            return {};
    }
}

std::vector<double> thirdsOf(std::span<const double> values) {
    std::vector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known), [](double value) { return value == value; });
    const std::vector<BucketRange> cuts = equalSizeCuts(known, 3);
    std::vector<double> thirds;
    for (const double value : values) {
        const auto in =
            std::find_if(cuts.begin(), cuts.end(), [&](const BucketRange& range) { return value <= range.to; });
        thirds.push_back(value == value ? static_cast<double>(in - cuts.begin()) : kUnknown);
    }
    return thirds;
}

std::vector<double> valuesOf(Property property, std::span<const Unit> units, const PropertySource& source) {
    std::vector<double> values(units.size(), kUnknown);
    if (needsTraining(property) && source.training.isEmpty()) return values;
    const bool ofPosts = isOfPost(property);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const bool isSamePost = ofPosts && i > 0 && units[i - 1].post == units[i].post;
        values[i] = isSamePost ? values[i - 1]
                    : ofPosts  ? ofPost(property, units[i].post, source)
                               : ofSpan(property, units[i], source);
    }
    return values;
}

}  // namespace mnerva::eval
