#include "core/store/change_json.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/store/connection.h"
#include "core/store/label_json.h"
#include "core/store/rows.h"

namespace mnerva::store {
namespace {

using nlohmann::json;

json entitiesToJson(const std::vector<Entity>& entities) {
    json list = json::array();
    for (const Entity& e : entities) {
        json item{e.type, e.first, e.last};
        if (e.confidence) item.push_back(*e.confidence);
        list.push_back(std::move(item));
    }
    return list;
}

[[noreturn]] void refuse(const char* what, const json& found) {
    throw Error(ErrorCode::Internal,
                {std::string(what) + " " + found.dump(-1, ' ', false, json::error_handler_t::replace)});
}

int wordOf(const json& number) {
    const int word = wholeNumber<int>(number);
    if (word < 0 || word == std::numeric_limits<int>::max()) refuse("word", number);
    return word;
}

std::vector<Entity> entitiesFromJson(const json& post, const char* key) {
    std::vector<Entity> entities;
    if (!post.contains(key)) return entities;
    for (const json& item : post.at(key)) {
        Entity e;
        e.type = item.at(0).get<std::string>();
        e.first = wordOf(item.at(1));
        e.last = wordOf(item.at(2));
        if (e.last < e.first || !isTypeName(e.type)) refuse("entity", item);
        if (item.size() > 3) e.confidence = item.at(3).get<double>();
        if (e.confidence && !(*e.confidence >= 0 && *e.confidence <= 1)) refuse("confidence", item);
        entities.push_back(std::move(e));
    }
    return entities;
}

json verdictsToJson(const std::vector<Verdict>& verdicts) {
    json list = json::array();
    for (const Verdict& v : verdicts) list.push_back({v.doubt, v.first, v.last, v.type});
    return list;
}

std::vector<Verdict> verdictsFromJson(const json& post, const char* key) {
    std::vector<Verdict> verdicts;
    if (!post.contains(key)) return verdicts;
    for (const json& item : post.at(key)) {
        Verdict v{item.at(0).get<std::string>(), wordOf(item.at(1)), wordOf(item.at(2)), item.at(3).get<std::string>()};
        if (v.last < v.first || !isTypeName(v.doubt) || (!v.type.empty() && !isTypeName(v.type)))
            refuse("verdict", item);
        verdicts.push_back(std::move(v));
    }
    return verdicts;
}

json decisionsToJson(const std::vector<Decision>& decisions) {
    json list = json::array();
    for (const Decision& d : decisions) list.push_back({d.first, d.last, d.cause, d.note, d.isForGuideline});
    return list;
}

std::vector<Decision> decisionsFromJson(const json& post, const char* key) {
    std::vector<Decision> decisions;
    if (!post.contains(key)) return decisions;
    for (const json& item : post.at(key)) {
        Decision d{wordOf(item.at(0)), wordOf(item.at(1)), item.at(2).get<std::string>(), item.at(3).get<std::string>(),
                   item.at(4).get<bool>()};
        const bool isKnown = d.cause.empty() || std::find(kDecisionCauses.begin(), kDecisionCauses.end(), d.cause) !=
                                                    kDecisionCauses.end();
        if (d.last < d.first || !isKnown) refuse("decision", item);
        decisions.push_back(std::move(d));
    }
    return decisions;
}

json commentsToJson(const std::vector<Comment>& comments) {
    json list = json::array();
    for (const Comment& c : comments) list.push_back({c.id, c.author, c.writtenAtMs, c.text});
    return list;
}

std::vector<Comment> commentsFromJson(const json& post, const char* key) {
    std::vector<Comment> comments;
    if (!post.contains(key)) return comments;
    for (const json& item : post.at(key)) {
        Comment c{wholeNumber<std::int64_t>(item.at(0)), item.at(1).get<std::string>(),
                  wholeNumber<std::int64_t>(item.at(2)), item.at(3).get<std::string>()};
        if (!canBe(c)) refuse("comment", item);
        comments.push_back(std::move(c));
    }
    return comments;
}

json boxesToJson(const std::vector<Region>& boxes) {
    json list = json::array();
    for (const Region& b : boxes) list.push_back({b.id.value, b.image, b.left, b.top, b.width, b.height, b.label});
    return list;
}

std::vector<Region> boxesFromJson(const json& post, const char* key) {
    std::vector<Region> boxes;
    if (!post.contains(key)) return boxes;
    for (const json& item : post.at(key)) {
        Region box;
        box.id = RegionId{wholeNumber<std::int64_t>(item.at(0))};
        box.image = wholeNumber<int>(item.at(1));
        box.left = wholeNumber<int>(item.at(2));
        box.top = wholeNumber<int>(item.at(3));
        box.width = wholeNumber<int>(item.at(4));
        box.height = wholeNumber<int>(item.at(5));
        box.label = item.at(6).get<std::string>();
        if (box.id.value <= 0) refuse("box", item);
        checkRegion(box);
        boxes.push_back(std::move(box));
    }
    return boxes;
}

json linksToJson(const std::vector<RegionLink>& links) {
    json list = json::array();
    for (const RegionLink& l : links) list.push_back({l.entity.type, l.entity.first, l.entity.last, l.region.value});
    return list;
}

std::vector<RegionLink> linksFromJson(const json& post, const char* key) {
    std::vector<RegionLink> links;
    if (!post.contains(key)) return links;
    for (const json& item : post.at(key)) {
        const Entity entity{item.at(0).get<std::string>(), wordOf(item.at(1)), wordOf(item.at(2)), {}};
        const RegionId region{wholeNumber<std::int64_t>(item.at(3))};
        if (entity.last < entity.first || !isTypeName(entity.type) || region.value <= 0) refuse("link", item);
        links.push_back({entity, region});
    }
    return links;
}

json postToJson(const PostChange& change) {
    json post{{"post", change.post.value}};
    const auto put = [&](const char* key, const std::vector<Entity>& entities) {
        if (!entities.empty()) post[key] = entitiesToJson(entities);
    };
    put("removed", change.removed);
    put("added", change.added);
    put("rejectionsRemoved", change.rejectionsRemoved);
    put("rejectionsAdded", change.rejectionsAdded);
    const auto putVerdicts = [&](const char* key, const std::vector<Verdict>& verdicts) {
        if (!verdicts.empty()) post[key] = verdictsToJson(verdicts);
    };
    putVerdicts("verdictsRemoved", change.verdictsRemoved);
    putVerdicts("verdictsAdded", change.verdictsAdded);
    if (!change.decisionsRemoved.empty()) post["decisionsRemoved"] = decisionsToJson(change.decisionsRemoved);
    if (!change.decisionsAdded.empty()) post["decisionsAdded"] = decisionsToJson(change.decisionsAdded);
    if (!change.commentsRemoved.empty()) post["commentsRemoved"] = commentsToJson(change.commentsRemoved);
    if (!change.commentsAdded.empty()) post["commentsAdded"] = commentsToJson(change.commentsAdded);
    if (!change.boxesRemoved.empty()) post["boxesRemoved"] = boxesToJson(change.boxesRemoved);
    if (!change.boxesAdded.empty()) post["boxesAdded"] = boxesToJson(change.boxesAdded);
    if (!change.linksRemoved.empty()) post["linksRemoved"] = linksToJson(change.linksRemoved);
    if (!change.linksAdded.empty()) post["linksAdded"] = linksToJson(change.linksAdded);
    post["corrected"] = {change.correctedBefore, change.correctedAfter};
    if (change.statusBefore != PostStatus::Open || change.statusAfter != PostStatus::Open)
        post["status"] = {statusName(change.statusBefore), statusName(change.statusAfter)};
    if (change.reviewBefore != Review::None || change.reviewAfter != Review::None)
        post["review"] = {reviewName(change.reviewBefore), reviewName(change.reviewAfter)};
    return post;
}

PostStatus statusOf(const json& name) {
    const auto status = statusFromName(name.get<std::string>());
    if (!status) refuse("status", name);
    return *status;
}

Review reviewOf(const json& name) {
    const auto review = reviewFromName(name.get<std::string>());
    if (!review) refuse("review", name);
    return *review;
}

PostChange postFromJson(const json& post) {
    PostChange change;
    change.post = PostId{wholeNumber<std::int64_t>(post.at("post"))};
    change.removed = entitiesFromJson(post, "removed");
    change.added = entitiesFromJson(post, "added");
    change.rejectionsRemoved = entitiesFromJson(post, "rejectionsRemoved");
    change.rejectionsAdded = entitiesFromJson(post, "rejectionsAdded");
    change.verdictsRemoved = verdictsFromJson(post, "verdictsRemoved");
    change.verdictsAdded = verdictsFromJson(post, "verdictsAdded");
    change.decisionsRemoved = decisionsFromJson(post, "decisionsRemoved");
    change.decisionsAdded = decisionsFromJson(post, "decisionsAdded");
    change.commentsRemoved = commentsFromJson(post, "commentsRemoved");
    change.commentsAdded = commentsFromJson(post, "commentsAdded");
    change.boxesRemoved = boxesFromJson(post, "boxesRemoved");
    change.boxesAdded = boxesFromJson(post, "boxesAdded");
    change.linksRemoved = linksFromJson(post, "linksRemoved");
    change.linksAdded = linksFromJson(post, "linksAdded");
    change.correctedBefore = post.at("corrected").at(0).get<bool>();
    change.correctedAfter = post.at("corrected").at(1).get<bool>();
    if (post.contains("status")) {
        change.statusBefore = statusOf(post.at("status").at(0));
        change.statusAfter = statusOf(post.at("status").at(1));
    }
    if (post.contains("review")) {
        change.reviewBefore = reviewOf(post.at("review").at(0));
        change.reviewAfter = reviewOf(post.at("review").at(1));
    }
    return change;
}

}  // namespace

std::string changeToJson(const Change& change) {
    const auto textOf = [](const json& part) { return part.dump(-1, ' ', false, json::error_handler_t::replace); };
    // A post at a time: the tree of a change of many posts would take ten times the text.
    std::string body = R"({"action":)" + textOf(change.action);
    if (!change.layer.empty()) body += R"(,"layer":)" + textOf(change.layer);
    if (change.labels)
        body += R"(,"labels":)" + textOf({labelsToJson(change.labels->before), labelsToJson(change.labels->after)});
    body += R"(,"posts":[)";
    for (std::size_t i = 0; i < change.posts.size(); ++i)
        body += (i == 0 ? "" : ",") + textOf(postToJson(change.posts[i]));
    return body + "]}";
}

Change changeFromJson(const std::string& text) {
    try {
        const json body = tryParseJson(text, {static_cast<std::size_t>(Connection::kLongestValue)});
        if (!body.is_object()) throw Error(ErrorCode::Internal, {"no JSON object"});
        Change change;
        change.action = body.at("action").get<std::string>();
        if (body.contains("layer")) change.layer = body.at("layer").get<std::string>();
        if (body.contains("labels")) {
            const auto before = labelsFromJson(body["labels"].at(0)), after = labelsFromJson(body["labels"].at(1));
            if (!before || !after) refuse("labels", body["labels"]);
            change.labels = {*before, *after};
        }
        for (const json& post : body.at("posts")) change.posts.push_back(postFromJson(post));
        return change;
    } catch (const json::exception& error) {
        throw Error(ErrorCode::Internal, {error.what()});
    }
}

}  // namespace mnerva::store
