#include "core/query/matching.h"

#include <algorithm>

#include "core/eval/errors.h"
#include "core/eval/grounding.h"
#include "core/query/search_text.h"
#include "core/text/folding.h"

namespace mnerva::query {
namespace {

bool hasLabel(const std::vector<Entity>& entities, std::string_view wanted) {
    if (wanted == "*") return !entities.empty();
    return std::any_of(entities.begin(), entities.end(),
                       [&](const Entity& entity) { return text::isFoldedTo(entity.type, wanted); });
}

bool hasConfidence(const std::vector<Entity>& entities, const Term& term) {
    return std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
        return entity.confidence && compares(*entity.confidence, term.compare, term.number);
    });
}

bool areSame(const std::vector<Entity>& a, const std::vector<Entity>& b) {
    if (a == b) return true;  // both come in order
    std::vector<Entity> left = a, right = b;
    sortEntities(left);
    sortEntities(right);
    return left == right;
}

bool disagree(const Term& term, const Facts& facts) {
    const std::vector<Entity>* first = nullptr;
    for (const std::size_t layer : term.layers) {
        const std::vector<Entity>* said = facts.entities(layer);
        if (!said) continue;
        if (first && !areSame(*first, *said)) return true;
        if (!first) first = said;
    }
    return false;
}

/// An entity that is right but for the region that shows it.
bool hasOtherRegion(const Term& term, const Facts& facts, const std::vector<Entity>& truth,
                    const std::vector<Entity>& run) {
    const auto *trueBoxes = facts.boxes(term.layers[1]), *boxes = facts.boxes(term.layers[0]);
    return trueBoxes && boxes && std::any_of(run.begin(), run.end(), [&](const Entity& entity) {
               const bool isRight = std::any_of(truth.begin(), truth.end(), [&](const Entity& other) {
                   return other.first == entity.first && other.last == entity.last && other.type == entity.type;
               });
               return isRight && !eval::isRegionRight(*trueBoxes, *boxes, entity.first, entity.last);
           });
}

/// error, right, wrong: a run against what is true.
bool comparesWithTruth(const Term& term, const Facts& facts) {
    const std::vector<Entity>* run = facts.entities(term.layers[0]);
    const std::vector<Entity>* truth = run ? facts.entities(term.layers[1]) : nullptr;
    if (!truth) return false;
    if (looksAtRegions(term)) return hasOtherRegion(term, facts, *truth, *run);
    if (term.field != Field::Error) return areSame(*truth, *run) == (term.field == Field::Right);
    const auto differences = eval::differences(*truth, *run);
    return std::any_of(differences.begin(), differences.end(),
                       [&](const eval::Difference& d) { return static_cast<int>(d.kind) == term.value; });
}

bool holdsOfLayers(const Term& term, const Facts& facts) {
    switch (term.field) {
        case Field::Label:
            return hasLabel(facts.corrected(), term.text);
        case Field::Gold:
            return hasLabel(facts.gold(), term.text);
        case Field::Predicted: {
            const std::vector<Entity>* layer = facts.entities(term.layers[0]);
            return layer && hasLabel(*layer, term.text);
        }
        case Field::Confidence:
            return std::any_of(term.layers.begin(), term.layers.end(), [&](std::size_t at) {
                const std::vector<Entity>* layer = facts.entities(at);
                return layer && hasConfidence(*layer, term);
            });
        case Field::Disagree:
            return disagree(term, facts);
        case Field::Conflict:
            return facts.hasConflict() == (term.value == 1);
        case Field::Picture: {
            const auto influence = facts.influence(term.layers[0]);
            return influence && static_cast<int>(*influence) == term.value;
        }
        default:
            return comparesWithTruth(term, facts);
    }
}

bool holds(const Term& term, const Facts& facts) {
    switch (term.field) {
        case Field::Any:
            return facts.text().find(term.text) != std::string_view::npos ||
                   facts.id().find(term.text) != std::string_view::npos;
        case Field::Text:
            return facts.text().find(term.text) != std::string_view::npos;
        case Field::Id:
            return term.isWhole ? facts.id() == term.text : facts.id().find(term.text) != std::string_view::npos;
        case Field::Length:
            return compares(facts.wordCount(), term.compare, term.number);
        case Field::Image:
            return static_cast<int>(facts.image()) == term.value;
        case Field::Status:
            return static_cast<int>(stageOf(facts.status())) == term.value;
        case Field::Review:
            return static_cast<int>(facts.review()) == term.value;
        case Field::Has:
            return !facts.comments().empty();
        case Field::Comment:
            return std::any_of(facts.comments().begin(), facts.comments().end(), [&](const std::string& comment) {
                return comment.find(term.text) != std::string::npos;
            });
        case Field::Flag:
            return isFlagged(facts.status()) == (term.value == 1);
        case Field::Split:
            return static_cast<int>(facts.split()) == term.value;
        case Field::Edited:
            return facts.isEdited() == (term.value == 1);
        default:
            return holdsOfLayers(term, facts);
    }
}

bool holds(const Query& query, const Node& node, const Facts& facts) {
    const auto part = [&](const Node& inner) { return holds(query, inner, facts); };
    switch (node.kind) {
        case Node::Kind::Everything:
            return true;
        case Node::Kind::Term:
            return holds(query.terms[node.term], facts);
        case Node::Kind::And:
            return std::all_of(node.parts.begin(), node.parts.end(), part);
        case Node::Kind::Or:
            return std::any_of(node.parts.begin(), node.parts.end(), part);
        case Node::Kind::Not:
            return !part(node.parts.front());
    }
    return false;
}

/// "x not x": something is wanted, and that it is not so.
bool contradictsItself(const Query& query, const Node& node, const RangeFacts& range) {
    if (node.kind != Node::Kind::And) return false;
    for (const Node& wanted : node.parts) {
        if (wanted.kind != Node::Kind::Term) continue;
        for (const Node& other : node.parts) {
            const bool denies = other.kind == Node::Kind::Not && other.parts.front().kind == Node::Kind::Term;
            if (denies && range.areOne(query.terms[wanted.term], query.terms[other.parts.front().term])) return true;
        }
    }
    return false;
}

Chance chanceOf(const Query& query, const Node& node, const RangeFacts& range) {
    if (contradictsItself(query, node, range)) return Chance::Never;
    switch (node.kind) {
        case Node::Kind::Everything:
            return Chance::Always;
        case Node::Kind::Term:
            return range.chance(query.terms[node.term]);
        case Node::Kind::Not: {
            const Chance inner = chanceOf(query, node.parts.front(), range);
            return inner == Chance::Never ? Chance::Always : inner == Chance::Always ? Chance::Never : Chance::Perhaps;
        }
        default:
            break;
    }
    // And is as good as its worst part, Or as its best; either ends at once where nothing can change it.
    const bool all = node.kind == Node::Kind::And;
    Chance chance = all ? Chance::Always : Chance::Never;
    for (const Node& part : node.parts) {
        const Chance one = chanceOf(query, part, range);
        chance = all ? std::min(chance, one) : std::max(chance, one);
        if (chance == (all ? Chance::Never : Chance::Always)) break;
    }
    return chance;
}

void collectWords(const Query& query, const Node& node, std::vector<std::string>& words) {
    if (node.kind == Node::Kind::Not) return;
    for (const Node& part : node.parts) collectWords(query, part, words);
    if (node.kind != Node::Kind::Term) return;
    const Term& term = query.terms[node.term];
    if (term.field == Field::Any || term.field == Field::Text) words.push_back(term.text);
}

}  // namespace

bool compares(double value, Compare compare, double with) {
    switch (compare) {
        case Compare::Less:
            return value < with;
        case Compare::LessOrEqual:
            return value <= with;
        case Compare::Equal:
            return value == with;
        case Compare::Unequal:
            return value != with;
        case Compare::GreaterOrEqual:
            return value >= with;
        case Compare::Greater:
            return value > with;
    }
    return false;
}

Chance chanceOfComparison(double least, double most, Compare compare, double with) {
    const bool low = compares(least, compare, with), high = compares(most, compare, with);
    // Between two bounds that both fail, or both hold, equality alone can turn out otherwise.
    const bool inside = least < with && with < most;
    if (compare == Compare::Equal)
        return low && high ? Chance::Always : low || high || inside ? Chance::Perhaps : Chance::Never;
    if (compare == Compare::Unequal)
        return !low && !high ? Chance::Never : low && high && !inside ? Chance::Always : Chance::Perhaps;
    return low && high ? Chance::Always : low || high ? Chance::Perhaps : Chance::Never;
}

bool matches(const Query& query, const Facts& facts) {
    return holds(query, query.root, facts);
}

Chance chanceOf(const Query& query, const RangeFacts& range) {
    return chanceOf(query, query.root, range);
}

std::vector<std::string> wantedWords(const Query& query) {
    std::vector<std::string> words;
    collectWords(query, query.root, words);
    return words;
}

PostFacts::PostFacts(const Post& post, const std::vector<Entity>& gold, const std::vector<Entity>* corrected,
                     std::vector<const std::vector<Entity>*> layers, ImageState image)
    : m_post(post),
      m_gold(gold),
      m_corrected(corrected),
      m_layers(std::move(layers)),
      m_image(image),
      m_id(searchForm(post.externalId)) {}

std::string_view PostFacts::text() const {
    if (!m_text) m_text = searchFormOf(m_post);
    return *m_text;
}

void PostFacts::setComments(const std::vector<std::string>& texts) {
    m_comments.clear();
    for (const std::string& text : texts) m_comments.push_back(searchForm(text));
}

const std::vector<Entity>* PostFacts::entities(std::size_t layer) const {
    return layer < m_layers.size() ? m_layers[layer] : nullptr;
}

const std::vector<EntityBox>* PostFacts::boxes(std::size_t layer) const {
    return layer < m_boxes.size() ? m_boxes[layer] : nullptr;
}

std::optional<Influence> PostFacts::influence(std::size_t layer) const {
    return layer < m_influences.size() ? m_influences[layer] : std::nullopt;
}

}  // namespace mnerva::query
