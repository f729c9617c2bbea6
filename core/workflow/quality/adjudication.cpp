#include "core/workflow/quality/adjudication.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/error.h"
#include "core/project/project_internal.h"

namespace mnerva::workflow {
namespace {

using Said = std::vector<std::optional<std::vector<Entity>>>;

/// What layers say of posts, in project order.
struct Spoken {
    Post post;
    bool isTouched = false;      ///< in the corrected layer
    std::vector<Entity> stands;  ///< there
    Said said;

    int speaking() const {
        return static_cast<int>(std::count_if(said.begin(), said.end(), [](const auto& one) { return one; }));
    }
};

std::vector<Spoken> spokenOf(const project::Project& project, const std::vector<std::string>& layers,
                             std::optional<Split> split, const std::stop_token& stop) {
    const std::set<std::string> distinct(layers.begin(), layers.end());
    if (distinct.size() < 2 || distinct.size() != layers.size())
        throw Error(ErrorCode::OptionInvalid,
                    {"--layers", std::to_string(layers.size()) + " layers", "two or more different layers"});
    const project::Project::Impl& impl = project.impl();
    std::vector<Spoken> all;
    project::eachInLayer(impl, "corrected", split,
                         [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                             all.push_back({stored.post, isCovered, std::move(entities), {}});
                             return !stop.stop_requested();
                         });
    for (const std::string& layer : layers) {
        if (stop.stop_requested()) throw Cancelled{};
        const bool isPartial = impl.layerOrThrow(layer).isPartial();
        std::size_t row = 0;
        project::eachInLayer(impl, layer, split,
                             [&](const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered) {
                                 auto& of = all[row++].said.emplace_back();
                                 const bool speaks = isCovered || (!isPartial && !stored.post.sourceTags.empty());
                                 if (speaks) of = std::move(entities);
                                 return !stop.stop_requested();
                             });
    }
    if (stop.stop_requested()) throw Cancelled{};
    return all;
}

std::vector<Entity> within(const std::vector<Entity>& entities, int first, int last) {
    std::vector<Entity> found;
    for (const Entity& entity : entities)
        if (entity.overlaps(first, last)) found.push_back({entity.type, entity.first, entity.last, {}});
    return found;
}

/// Words that entities of any layer cover, overlapping ones as one.
std::vector<std::pair<int, int>> rangesOf(const Said& said) {
    std::vector<std::pair<int, int>> ranges, merged;
    for (const auto& layer : said)
        if (layer)
            for (const Entity& entity : *layer) ranges.emplace_back(entity.first, entity.last);
    std::sort(ranges.begin(), ranges.end());
    for (const auto& [first, last] : ranges) {
        if (!merged.empty() && first <= merged.back().second)
            merged.back().second = std::max(merged.back().second, last);
        else
            merged.emplace_back(first, last);
    }
    return merged;
}

std::vector<Entity> consensusOf(const Said& said) {
    std::vector<Entity> agreed;
    const std::vector<Entity>* first = nullptr;
    for (const auto& layer : said) {
        if (!layer) continue;
        if (!first) {
            first = &*layer;
            for (const Entity& entity : *layer) agreed.push_back({entity.type, entity.first, entity.last, {}});
            continue;
        }
        std::erase_if(agreed, [&](const Entity& entity) {
            return std::none_of(layer->begin(), layer->end(), [&](const Entity& e) { return e.sameAs(entity); });
        });
    }
    return agreed;
}

std::string joined(const Post& post, int first, int last) {
    Post part;
    part.join = post.join;
    part.words.assign(post.words.begin() + first, post.words.begin() + last + 1);
    return textOf(part);
}

void addConflicts(const Spoken& spoken, const std::vector<Decision>& decisions, std::vector<Conflict>& conflicts) {
    for (const auto& [first, last] : rangesOf(spoken.said)) {
        Said there;
        const std::vector<Entity>* one = nullptr;
        bool differ = false;
        for (const auto& layer : spoken.said) {
            auto& of = there.emplace_back();
            if (layer) of = within(*layer, first, last);
        }
        for (const auto& of : there) {
            if (!of) continue;
            differ = differ || (one && *one != *of);
            if (!one) one = &*of;
        }
        if (!differ) continue;
        Conflict conflict{spoken.post.id, spoken.post.externalId,           spoken.post.split, first,
                          last,           joined(spoken.post, first, last), std::move(there),  {}};
        for (const Decision& decision : decisions)
            if (decision.first == first && decision.last == last) conflict.decision = decision;
        conflicts.push_back(std::move(conflict));
    }
}

}  // namespace

int Adjudication::decided() const {
    return static_cast<int>(std::count_if(conflicts.begin(), conflicts.end(),
                                          [](const Conflict& one) { return one.decision.has_value(); }));
}

Adjudication adjudicationOf(const project::Project& project, const std::vector<std::string>& layers,
                            std::optional<Split> split, const std::stop_token& stop) {
    const auto moment = project.holdSnapshot();
    Adjudication out;
    out.layers = layers;
    const auto decisions = project.decisions();
    for (const Spoken& spoken : spokenOf(project, layers, split, stop)) {
        if (spoken.speaking() < 2) continue;
        ++out.posts;
        out.startable += !spoken.isTouched;
        const std::size_t before = out.conflicts.size();
        const auto known = decisions.find(spoken.post.id);
        addConflicts(spoken, known == decisions.end() ? std::vector<Decision>{} : known->second, out.conflicts);
        out.unanimous += out.conflicts.size() == before;
    }
    return out;
}

Change startFromAgreement(const project::Project& project, const std::vector<std::string>& layers,
                          std::optional<Split> split, const std::stop_token& stop) {
    const auto moment = project.holdSnapshot();
    Change change{"start-adjudication", {}};
    for (const Spoken& spoken : spokenOf(project, layers, split, stop)) {
        if (spoken.isTouched || spoken.speaking() < 2) continue;
        const std::vector<Entity> agreed = consensusOf(spoken.said);
        PostChange& post = change.posts.emplace_back(unchangedPart(spoken.post, false));
        post.correctedAfter = true;
        const auto without = [](const std::vector<Entity>& from, const std::vector<Entity>& taken) {
            std::vector<Entity> left;
            for (const Entity& entity : from)
                if (std::none_of(taken.begin(), taken.end(), [&](const Entity& e) { return e.sameAs(entity); }))
                    left.push_back(entity);
            return left;
        };
        post.removed = without(spoken.stands, agreed);
        post.added = without(agreed, spoken.stands);
    }
    return change;
}

std::string entitiesText(const std::vector<Entity>& entities) {
    std::string text;
    for (const Entity& entity : entities) {
        text += (text.empty() ? "" : ", ") + entity.type + " " + std::to_string(entity.first + 1);
        if (entity.last != entity.first) text += "-" + std::to_string(entity.last + 1);
    }
    return text.empty() ? "O" : text;
}

std::vector<std::vector<std::string>> conflictRows(const Adjudication& found) {
    std::vector<std::vector<std::string>> rows{{"id", "number", "first", "last", "words"}};
    for (const std::string& layer : found.layers) rows.front().push_back(layer);
    for (const char* name : {"decided", "cause", "note", "guideline"}) rows.front().emplace_back(name);
    for (const Conflict& conflict : found.conflicts) {
        auto& row = rows.emplace_back();
        row = {conflict.id, std::to_string(conflict.post.value), std::to_string(conflict.first + 1),
               std::to_string(conflict.last + 1), conflict.words};
        for (const auto& said : conflict.said) row.push_back(said ? entitiesText(*said) : std::string("-"));
        const Decision decision = conflict.decision.value_or(Decision{});
        row.insert(row.end(), {conflict.decision ? "yes" : "no", decision.cause, decision.note,
                               decision.isForGuideline ? "yes" : "no"});
    }
    return rows;
}

std::vector<DecisionRow> decisionRows(const project::Project& project, bool forGuideline) {
    const auto moment = project.holdSnapshot();
    std::vector<DecisionRow> rows;
    for (const auto& [post, decisions] : project.decisions()) {
        const project::PostView view = project.view(post);
        for (const Decision& decision : decisions) {
            if (forGuideline && !decision.isForGuideline) continue;
            if (decision.last >= static_cast<int>(view.post.words.size())) continue;
            rows.push_back({post, view.post.externalId, joined(view.post, decision.first, decision.last),
                            textOf(view.post), within(view.state.entities, decision.first, decision.last), decision});
        }
    }
    return rows;
}

}  // namespace mnerva::workflow
