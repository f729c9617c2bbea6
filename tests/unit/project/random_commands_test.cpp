#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "core/project/box_editing.h"
#include "core/project/project_internal.h"
#include "tests/support/project_fixture.h"

// Random commands against a plain model of what a person sees, written anew and without a thought for storing: after
// each command both say the same of every post. MNERVA_COMMANDS=10000 gives that many, MNERVA_COMMAND_SEED another
// seed.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

int numberFrom(const char* name, int usual) {
    const char* given = std::getenv(name);
    return given ? std::max(1, std::atoi(given)) : usual;
}

/// One post in one layer.
struct ModelPost {
    std::map<int, std::pair<int, std::string>> spans;  ///< first word: last word, type
    int stage = 0;                                     ///< open, done, skipped
    int review = 0;
    bool isFlagged = false, isTouched = false;
    std::map<std::int64_t, std::pair<std::string, std::string>> comments;  ///< by id: author, text
    std::set<std::pair<int, std::string>> answered;                        ///< doubts: word, name
    std::set<std::tuple<int, int, std::string>> turnedDown;
    std::map<int, std::set<int>> drawn;  ///< left edge of each box: first words of the entities that it shows
    bool operator==(const ModelPost&) const = default;

    /// The entity at `from` became the one at `to`, or went (-1): its boxes show that, or nothing.
    void moveLinks(int from, int to) {
        for (auto& [left, shown] : drawn)
            if (shown.erase(from) == 1 && to >= 0) shown.insert(to);
    }

    std::vector<int> touched(int first, int last) const {
        std::vector<int> found;
        for (const auto& [from, span] : spans)
            if (from <= last && first <= span.first) found.push_back(from);
        return found;
    }
};

/// All posts of both layers, with a history of whole pictures of what a command changed.
struct Model {
    using Posts = std::map<std::size_t, ModelPost>;
    using Types = std::vector<std::string>;
    struct Step {
        Posts before, after;
        std::optional<std::pair<Types, Types>> types = {};  ///< of the project, before and after
    };
    struct Layer {
        Posts posts, gold;
        std::vector<Step> undo, redo;
    };
    std::map<std::string, Layer> layers;
    std::vector<std::string> types;
    std::map<std::size_t, std::vector<int>> boxes;  ///< left edges of what the detector found

    void keep(Layer& layer, const Posts& before) {
        Step step;
        for (const auto& [at, post] : before) {
            if (post == layer.posts[at]) continue;
            step.before[at] = post;
            step.after[at] = layer.posts[at];
        }
        layer.undo.push_back(step);
        layer.redo.clear();
    }
    /// Types that come back with what is taken back.
    void know(const Posts& posts) {
        for (const auto& [at, post] : posts)
            for (const auto& [first, span] : post.spans)
                if (std::find(types.begin(), types.end(), span.second) == types.end()) types.push_back(span.second);
    }
    void relabel(const Types& before, const Types& after) {
        Layer& layer = layers[""];
        layer.undo.push_back({{}, {}, std::pair(before, after)});
        layer.redo.clear();
    }
    /// The types after a step from `before` to `after`: what came since stays, what went since does not come back.
    Types typesAfter(const Types& before, const Types& after) const {
        const auto has = [](const Types& list, const std::string& type) {
            return std::find(list.begin(), list.end(), type) != list.end();
        };
        Types out;
        for (const std::string& type : after)
            if (!has(before, type) || has(types, type)) out.push_back(type);
        for (const std::string& type : types)
            if (!has(before, type) && !has(out, type)) out.push_back(type);
        return out;
    }
    bool uses(const std::string& type) const {
        if (type == "ORG" || type == "PER" || type == "LOC") return true;  // the run says these
        for (const auto& [name, layer] : layers)
            for (const auto* posts : {&layer.posts, &layer.gold})
                for (const auto& [at, post] : *posts)
                    for (const auto& [first, span] : post.spans)
                        if (span.second == type) return true;
        return false;
    }
};

/// The rules of the tagging page in plain words; false: refused, nothing changes.
bool labelled(ModelPost& post, int words, int first, int last, const std::string& type) {
    if (last >= words) return false;
    const std::vector<int> there = post.touched(first, last);
    post.isTouched = true;
    if (there.empty()) {
        post.spans[first] = {last, type};
        return true;
    }
    auto& [end, known] = post.spans[there.front()];
    if (first == last || (there.front() == first && end == last)) {
        if (known == type) {
            post.spans.erase(there.front());
            post.moveLinks(there.front(), -1);
        } else {
            known = type;
        }
        return true;
    }
    int from = first, to = last;
    for (const int at : there) {
        const auto& [spanEnd, spanType] = post.spans[at];
        if (spanType != type || (at <= first && spanEnd >= last)) return false;
        from = std::min(from, at);
        to = std::max(to, spanEnd);
    }
    std::map<int, std::set<int>> drawn = post.drawn;
    for (auto& [left, shown] : drawn)
        for (const int at : there)
            if (shown.erase(at) == 1) shown.insert(from);
    post.drawn = drawn;
    for (const int at : there) post.spans.erase(at);
    post.spans[from] = {to, type};
    return true;
}

class RandomCommands {
public:
    RandomCommands(const ProjectFixture& fixture, unsigned seed) : m_f(fixture), m_random(seed) {
        {
            const auto project = m_f.filled(text());
            const std::vector<std::string> ofText = project->labels().types;
            project->setLabels({{"PER", "LOC", "ORG", "MISC"}, text::TagScheme::Bio});
            m_model.relabel(ofText, project->labels().types);
            project->addAnnotator("anna", false);
            std::vector<std::pair<PostId, std::vector<Entity>>> said;
            for (std::size_t i = 0; i < kPosts; ++i) {
                m_ids.push_back(postAt(*project, i));
                said.push_back({m_ids[i], {{"ORG", 2, 3, 0.5}, {"LOC", 5, 5, 0.75}, {"PER", 0, 1, 0.25}}});
            }
            project->storePredictions("run", said);
            m_model.types = project->labels().types;
        }
        for (std::size_t i = 0; i < kPosts; ++i) {
            ModelPost gold;
            gold.spans = {{0, {1, "PER"}}, {4, {4, "LOC"}}};
            m_model.layers[""].posts[i] = m_model.layers[""].gold[i] = gold;
            m_model.layers["anna"].posts[i] = m_model.layers["anna"].gold[i] = ModelPost{};
        }
        m_project = m_f.open();
    }

    /// Gives how many were compared.
    int run(int commands) {
        const auto begun = std::chrono::steady_clock::now();
        for (int i = 0; i < commands; ++i) {
            INFO("command " << i);
            const int what = below(100);
            if (what == 99)
                m_project = (m_project.reset(), m_f.open());
            else if (what >= 97)
                detect();
            else if (what >= 95)
                changeLabels();
            else if (what >= 72)
                travel(what < 86);
            else
                edit();
            compare();
        }
        const Findings findings = checkProject(*m_project);
        for (const Finding& finding : findings.list()) UNSCOPED_INFO(finding.code << ": " << finding.text);
        CHECK(findings.isEmpty());
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        std::string told;
        for (const auto& [name, count] : m_done) told += " " + name + " " + std::to_string(count);
        WARN(commands << " commands in " << seconds << " s, equal after each:" << told);
        CHECK(m_done.size() >= 16);
        return commands;
    }

private:
    static constexpr std::size_t kPosts = 8;
    static constexpr int kWords = 7;

    static std::string text() {
        std::string all;
        for (std::size_t i = 0; i < kPosts; ++i)
            all += "IMGID:" + std::to_string(i) +
                   "\nKevin\tB-PER\nDurant\tI-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n🔥\tO\n多\tO\n\n";
        return all;
    }
    int below(std::size_t n) { return static_cast<int>(m_random() % n); }
    std::string type() { return m_model.types[static_cast<std::size_t>(below(m_model.types.size()))]; }
    PostState stateOf(std::size_t post, const std::string& layer) const {
        return m_project->view(m_ids[post], layer.empty() ? "run" : "", layer).state;
    }
    static Entity entityOf(const std::pair<const int, std::pair<int, std::string>>& span) {
        return {span.second.second, span.first, span.second.first, {}};
    }

    /// Applies one command to both; a bulk one to several posts as one step.
    void edit() {
        const std::string name = below(4) == 0 ? "anna" : "";
        Model::Layer& layer = m_model.layers[name];
        const Model::Posts before = layer.posts;
        const int what = below(21);
        const std::size_t count = what == 10 || what == 11 ? 2 + static_cast<std::size_t>(below(kPosts - 2)) : 1;
        std::set<std::size_t> posts;
        while (posts.size() < count) posts.insert(static_cast<std::size_t>(below(kPosts)));
        const int first = below(kWords), last = first + (below(2) == 0 ? 0 : below(3));
        const std::string kind = type();
        const PostStatus status = static_cast<PostStatus>(below(6));
        Change all;
        for (const std::size_t post : posts) {
            ModelPost wanted = layer.posts[post];
            const PostState state = stateOf(post, name);
            const Edit one = command(what, state, wanted, layer.gold[post], first, last, kind, status);
            const auto* change = std::get_if<Change>(&one);
            const bool isChanged = change && !change->isEmpty();
            // Whoever marks a post in a layer of an annotator has looked at it.
            if (isChanged && !name.empty() && (wanted.stage != 0 || wanted.isFlagged || wanted.review != 0))
                wanted.isTouched = true;
            REQUIRE(isChanged == m_isAllowed);
            if (!isChanged) continue;
            all.action = change->action;
            all.posts.push_back(change->posts.front());
            layer.posts[post] = wanted;
        }
        if (all.posts.empty()) return;
        all.layer = name;
        if (!name.empty())
            for (PostChange& part : all.posts)
                part.correctedAfter =
                    part.correctedAfter || part.statusAfter != PostStatus::Open || part.reviewAfter != Review::None;
        m_project->apply(all);
        m_model.keep(layer, before);
        ++m_done[all.posts.size() > 1 ? "bulk-" + all.action : all.action];
    }

    /// What the program makes of a command; the model makes the same of `wanted`, and says whether it is allowed.
    Edit command(int what, const PostState& state, ModelPost& wanted, const ModelPost& gold, int first, int last,
                 const std::string& kind, PostStatus status) {
        m_isAllowed = false;
        const bool isCorrected = !gold.spans.empty();
        if (what < 4 || what == 10) {
            ModelPost after = wanted;
            m_isAllowed = labelled(after, kWords, first, last, kind);
            if (m_isAllowed) wanted = after;
            return labelSpan(state, first, last, kind);
        }
        if (what == 4 || what == 11) {
            const PostStatus old = postStatus(static_cast<PostStage>(wanted.stage), wanted.isFlagged);
            m_isAllowed = status != old;
            wanted.stage = static_cast<int>(stageOf(status));
            wanted.isFlagged = isFlagged(status);
            return setStatus(state, status);
        }
        if (what == 12) {
            const int review = below(4);
            m_isAllowed = review != wanted.review;
            wanted.review = review;
            return setReview(state, static_cast<Review>(review));
        }
        if (what >= 13 && what < 16) return comment(what, state, wanted);
        if (what == 5 || what == 6) return changeEntity(what == 5, state, wanted, first, last);
        if (what >= 16) return changeBox(what - 4, state, wanted, first);
        if (what == 7 && isCorrected) {
            m_isAllowed = wanted.isTouched;
            if (m_isAllowed) {
                revertLinks(wanted, gold);
                wanted.spans = gold.spans;
                wanted.isTouched = false;
            }
            std::vector<Entity> entities;
            for (const auto& span : gold.spans) entities.push_back(entityOf(span));
            return revertToGold(state, entities);
        }
        if (what == 8 && isCorrected) return answerDoubt(state, wanted, first);
        if (what == 9 && isCorrected && !state.suggestions.empty())
            return answerSuggestion(state, wanted, first % 2 == 0);
        return Refusal{"nothing-here", {}};
    }

    /// Entities that go hand their boxes to the one of gold that has most of their words.
    static void revertLinks(ModelPost& wanted, const ModelPost& gold) {
        std::map<int, std::set<int>> drawn;
        for (const auto& [left, shown] : wanted.drawn) {
            drawn[left];
            for (const int from : shown) {
                const auto& [last, type] = wanted.spans.at(from);
                int best = -1, most = 0;
                for (const auto& [first, span] : gold.spans) {
                    const int shared = std::min(last, span.first) - std::max(from, first) + 1;
                    const bool isOfType = shared == most && best >= 0 && gold.spans.at(best).second != type;
                    if (shared > most || (isOfType && shared > 0 && span.second == type)) best = first, most = shared;
                }
                if (best >= 0) drawn[left].insert(best);
            }
        }
        wanted.drawn = drawn;
    }

    /// The box of the state with a left edge; edges tell boxes apart here.
    static const Region& boxAt(const PostState& state, int left) {
        const auto found =
            std::find_if(state.boxes.begin(), state.boxes.end(), [&](const Region& b) { return b.left == left; });
        REQUIRE(found != state.boxes.end());
        return *found;
    }

    Edit changeBox(int what, const PostState& state, ModelPost& wanted, int word) {
        const PictureSize size{100000, 100};
        const std::vector<int> there = wanted.touched(word, word);
        const auto entity = [&] { return entityOf(*wanted.spans.find(there.front())); };
        if (what == 12 || wanted.drawn.empty()) {
            const int left = ++m_boxes;
            const bool isLinked = below(2) == 0 && !there.empty();
            m_isAllowed = true;
            wanted.drawn[left] = isLinked ? std::set<int>{there.front()} : std::set<int>{};
            return drawBox(state, {0, double(left), 0, double(left) + 5, 5}, size, "", newRegionId(),
                           isLinked ? std::optional(entity()) : std::nullopt);
        }
        auto at = std::next(wanted.drawn.begin(), below(wanted.drawn.size()));
        const Region box = boxAt(state, at->first);
        m_isAllowed = true;
        if (what == 13) {
            const int left = ++m_boxes;
            wanted.drawn[left] = at->second;
            wanted.drawn.erase(at);
            return placeBox(state, box.id, {0, double(left), 0, double(left) + 5 + below(3), 5}, size);
        }
        if (what == 14) {
            wanted.drawn.erase(at);
            return removeBox(state, box.id);
        }
        m_isAllowed = !there.empty();
        if (there.empty()) return Refusal{"nothing-here", {}};
        const bool isLinked = at->second.contains(there.front());
        if (isLinked) {
            at->second.erase(there.front());
            return unlinkBox(state, entity(), box.id);
        }
        at->second.insert(there.front());
        return linkBox(state, entity(), box, newRegionId());
    }

    Edit changeEntity(bool isRemoved, const PostState& state, ModelPost& wanted, int first, int last) {
        const std::vector<int> there = wanted.touched(first, first);
        if (there.empty()) return Refusal{"nothing-here", {}};
        const auto span = *wanted.spans.find(there.front());
        if (isRemoved) {
            m_isAllowed = true;
            wanted.spans.erase(span.first);
            wanted.moveLinks(span.first, -1);
            wanted.isTouched = true;
            return removeEntity(state, entityOf(span));
        }
        const int from = below(2) == 0 ? span.first : first, to = last;
        const std::vector<int> others = wanted.touched(from, to);
        const bool isFree = std::all_of(others.begin(), others.end(), [&](int at) { return at == span.first; });
        m_isAllowed = from <= to && to < kWords && isFree && (from != span.first || to != span.second.first);
        if (m_isAllowed) {
            wanted.spans.erase(span.first);
            // What shares no word with what it was is another entity.
            wanted.moveLinks(span.first, from <= span.second.first && span.first <= to ? from : -1);
            wanted.spans[from] = {to, span.second.second};
            wanted.isTouched = true;
        }
        return resizeEntity(state, entityOf(span), from, to);
    }

    Edit comment(int what, const PostState& state, ModelPost& wanted) {
        m_isAllowed = true;
        const std::int64_t id = ++m_comments;
        const Comment added{id, "anna", 1000 - id, "多 \"" + std::to_string(below(50)) + "\"\nline"};
        if (what == 13 || wanted.comments.empty()) {
            wanted.comments[id] = {added.author, added.text};
            if (below(2) == 0) return addComment(state, added);
            wanted.review = static_cast<int>(Review::Returned);
            return returnPost(state, added);
        }
        const auto one = std::next(wanted.comments.begin(), below(wanted.comments.size()));
        const std::int64_t known = one->first;
        if (what == 14) {
            wanted.comments.erase(one);
            return removeComment(state, known);
        }
        m_isAllowed = one->second.second != added.text;
        one->second.second = added.text;
        return editComment(state, known, added.text);
    }

    Edit answerDoubt(const PostState& state, ModelPost& wanted, int word) {
        std::vector<Verdict> known;
        for (const auto& [at, doubt] : wanted.answered) known.push_back({doubt, at, at, ""});
        const Verdict verdict{"no-entity", word, word, ""};
        m_isAllowed = true;
        if (wanted.answered.insert({word, "no-entity"}).second) return dismissDoubt(state, verdict, known);
        wanted.answered.erase({word, "no-entity"});
        return recallDoubt(state, verdict, known);
    }

    Edit answerSuggestion(const PostState& state, ModelPost& wanted, bool isAccepted) {
        const Entity suggestion = state.suggestions[static_cast<std::size_t>(below(state.suggestions.size()))];
        m_isAllowed = true;
        if (!isAccepted) {
            wanted.turnedDown.insert({suggestion.first, suggestion.last, suggestion.type});
            return rejectSuggestion(state, suggestion);
        }
        for (const int at : wanted.touched(suggestion.first, suggestion.last)) {
            wanted.spans.erase(at);
            if (at != suggestion.first) wanted.moveLinks(at, suggestion.first);
        }
        wanted.spans[suggestion.first] = {suggestion.last, suggestion.type};
        wanted.isTouched = true;
        return acceptSuggestion(state, suggestion);
    }

    void travel(bool isBack) {
        const std::string name = below(4) == 0 ? "anna" : "";
        Model::Layer& layer = m_model.layers[name];
        auto& from = isBack ? layer.undo : layer.redo;
        REQUIRE((isBack ? m_project->canUndo(name) : m_project->canRedo(name)) == !from.empty());
        if (from.empty()) return;
        const Model::Step step = from.back();
        if (step.types) {
            const auto& [before, after] = *step.types;
            Model::Types next = isBack ? m_model.typesAfter(after, before) : m_model.typesAfter(before, after);
            // What is in use stays: an undo never stands in the way of those before it.
            for (const std::string& type : m_model.types)
                if (std::find(next.begin(), next.end(), type) == next.end() && m_model.uses(type)) next.push_back(type);
            m_model.types = next;
        }
        from.pop_back();
        const Model::Posts& now = isBack ? step.before : step.after;
        for (const auto& [at, post] : now) layer.posts[at] = post;
        m_model.know(now);
        (isBack ? layer.redo : layer.undo).push_back(step);
        isBack ? m_project->undo(name) : m_project->redo(name);
        ++m_done[isBack ? "undo" : "redo"];
    }

    void changeLabels() {
        LabelSet labels = m_project->labels();
        if (below(2) == 0) {
            const std::string added = "T" + std::to_string(m_labels++);
            labels.types.push_back(added);
            const Model::Types before = m_model.types;
            m_model.types.push_back(added);
            m_model.relabel(before, m_model.types);
            m_project->setLabels(labels);
            ++m_done["label-added"];
            return;
        }
        const std::string gone = type();
        std::erase(labels.types, gone);
        if (m_model.uses(gone)) {
            CHECK(errorOf([&] { m_project->setLabels(labels); }) == "label-in-use");
            return;
        }
        m_project->setLabels(labels);
        const Model::Types before = m_model.types;
        std::erase(m_model.types, gone);
        m_model.relabel(before, m_model.types);
        ++m_done["label-removed"];
    }

    /// What a detector finds is no step of the history, and no step may touch it.
    void detect() {
        const auto post = static_cast<std::size_t>(below(kPosts));
        std::vector<int>& lefts = m_model.boxes[post];
        lefts.clear();
        std::vector<Region> found;
        for (int i = below(3); i >= 0; --i) {
            Region region;
            region.left = 20 * i + below(10);
            region.width = region.height = 10;
            region.score = 0.5;
            region.origin = RegionOrigin::Detector;
            region.detector = "yolo";
            found.push_back(region);
            lefts.push_back(region.left);
        }
        std::sort(lefts.begin(), lefts.end());
        m_project->storeDetections("yolo", "{}", {{m_ids[post], found}});
        ++m_done["boxes"];
    }

    void compare() const {
        for (const auto& [name, layer] : m_model.layers)
            for (const auto& [at, wanted] : layer.posts) {
                const PostState state = stateOf(at, name);
                std::map<int, std::pair<int, std::string>> spans;
                for (const Entity& e : state.entities) spans[e.first] = {e.last, e.type};
                INFO("post " << at << " in " << (name.empty() ? "corrected" : name));
                REQUIRE(spans == wanted.spans);
                REQUIRE(state.status == postStatus(static_cast<PostStage>(wanted.stage), wanted.isFlagged));
                REQUIRE(static_cast<int>(state.review) == wanted.review);
                std::map<std::int64_t, std::pair<std::string, std::string>> comments;
                for (const Comment& c : state.comments) comments[c.id] = {c.author, c.text};
                REQUIRE(comments == wanted.comments);
                std::map<int, std::set<int>> drawn;
                for (const Region& box : state.boxes) {
                    drawn[box.left];
                    for (const RegionLink& link : state.links)
                        if (link.region == box.id) drawn[box.left].insert(link.entity.first);
                }
                REQUIRE(drawn == wanted.drawn);
                REQUIRE(state.corrected == wanted.isTouched);
                if (name.empty()) compareSuggestions(state, wanted);
            }
        // One that comes back with what is taken back comes last; of several the order is nobody's matter.
        std::vector<std::string> types = m_project->labels().types, wantedTypes = m_model.types;
        std::sort(types.begin(), types.end());
        std::sort(wantedTypes.begin(), wantedTypes.end());
        REQUIRE(types == wantedTypes);
        const auto answered = m_project->verdicts();
        for (std::size_t at = 0; at < kPosts; ++at) {
            const auto found = answered.find(m_ids[at]);
            const std::size_t count = found == answered.end() ? 0 : found->second.size();
            REQUIRE(count == m_model.layers.at("").posts.at(at).answered.size());
        }
        for (const auto& [at, lefts] : m_model.boxes) {
            std::vector<int> stored;
            for (const Region& region : m_project->regions(m_ids[at]).regions)
                if (region.origin == RegionOrigin::Detector) stored.push_back(region.left);
            std::sort(stored.begin(), stored.end());
            REQUIRE(stored == lefts);
        }
    }

    static void compareSuggestions(const PostState& state, const ModelPost& wanted) {
        std::set<std::tuple<int, int, std::string>> expected, shown;
        for (const auto& [first, last, kind] :
             {std::tuple<int, int, std::string>{2, 3, "ORG"}, {5, 5, "LOC"}, {0, 1, "PER"}}) {
            const auto span = wanted.spans.find(first);
            const bool isThere = span != wanted.spans.end() && span->second == std::pair(last, kind);
            if (!isThere && !wanted.turnedDown.contains({first, last, kind})) expected.insert({first, last, kind});
        }
        for (const Entity& e : state.suggestions) shown.insert({e.first, e.last, e.type});
        REQUIRE(shown == expected);
    }

    const ProjectFixture& m_f;
    std::mt19937 m_random;
    std::unique_ptr<Project> m_project;
    Model m_model;
    std::vector<PostId> m_ids;
    std::map<std::string, int> m_done;
    bool m_isAllowed = false;
    int m_labels = 0, m_boxes = 0;
    std::int64_t m_comments = 0;
};

}  // namespace

TEST_CASE("RandomCommands.AndAPlainModelSayTheSameAfterEach") {
    const ProjectFixture f;
    const int commands = numberFrom("MNERVA_COMMANDS", 600);
    RandomCommands both(f, static_cast<unsigned>(numberFrom("MNERVA_COMMAND_SEED", 14)));
    REQUIRE(commands > 0);
    CHECK(both.run(commands) == commands);
}
