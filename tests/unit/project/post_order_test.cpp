#include "core/project/post_order.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/protocol/influence.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::test;

/// Six posts, two runs. The first run knows how sure it is, but for one entity; the second does not.
struct OrderFixture : ProjectFixture {
    std::unique_ptr<Project> project = create();

    OrderFixture() {
        const auto appender = project->append("f", {}, {});
        for (const auto& [id, words, tags] : std::vector<std::tuple<std::string, int, int>>{
                 {"a", 4, 1}, {"b", 2, 0}, {"c", 6, 3}, {"d", 2, 2}, {"e", 5, 1}, {"f", 1, 0}}) {
            Post post;
            post.externalId = id;
            post.split = Split::Train;
            for (int i = 0; i < words; ++i) {
                post.words.push_back("w");
                post.sourceTags.push_back(i < tags ? "B-PER" : "O");
            }
            appender->add(post);
        }
        appender->commit();
        project->storePredictions("sure", {{PostId{1}, {{"PER", 0, 0, 0.9}, {"LOC", 1, 1, 0.8}}},
                                           {PostId{2}, {}},
                                           {PostId{3}, {{"PER", 0, 0, 0.5}, {"LOC", 1, 1, 1.0}}},
                                           {PostId{4}, {{"PER", 0, 0, 0.6}}},
                                           {PostId{5}, {{"PER", 0, 0, std::nullopt}}}});
        project->storePredictions("mute", {{PostId{1}, {{"PER", 0, 0, std::nullopt}}},
                                           {PostId{2}, {{"PER", 0, 0, std::nullopt}, {"PER", 1, 1, std::nullopt}}},
                                           {PostId{3}, {{"PER", 0, 0, std::nullopt}, {"LOC", 1, 1, std::nullopt}}},
                                           {PostId{4}, {{"LOC", 0, 0, std::nullopt}}}});
    }
    std::string ids(const PostOrder& order, const std::string& layer = {}) const {
        std::string all;
        for (const PostId post : sorted(*project, order, layer)) all += project->view(post).post.externalId;
        return all;
    }
};

}  // namespace

TEST_CASE_METHOD(OrderFixture, "Equal posts keep the project's order, whichever way they are sorted") {
    CHECK(ids({OrderKey::Project}) == "abcdef");
    CHECK(ids({OrderKey::Project, true}) == "fedcba");
    CHECK(ids({OrderKey::Length}) == "fbdaec");
    CHECK(ids({OrderKey::Length, true}) == "ceabdf");
}

TEST_CASE_METHOD(OrderFixture, "Entities are those that a person sees in the layer that is edited") {
    CHECK(ids({OrderKey::Entities, true}) == "cdaebf");
    label(*project, 5, 0, 0, "PER");  // f: one now
    project->apply(changeOf(removeEntity(stateAt(*project, 0), {"PER", 0, 0, {}})));
    CHECK(ids({OrderKey::Entities, true}) == "cdefab");
    project->addAnnotator("ann", false);
    CHECK(ids({OrderKey::Entities, true}, "ann") == "abcdef");
    Change change = changeOf(labelSpan(project->view(PostId{2}, {}, "ann").state, 0, 0, "PER"));
    change.layer = "ann";
    project->apply(change);
    CHECK(ids({OrderKey::Entities, true}, "ann") == "bacdef");
}

TEST_CASE_METHOD(OrderFixture, "A run's doubt is that of its entities; posts without a confidence come last") {
    // Lowest confidence: a .8, c .5, d .6. Mean of -log: a .164, c .347, d .511.
    CHECK(ids({OrderKey::LeastConfidence, true, "sure"}) == "cdabef");
    CHECK(ids({OrderKey::LeastConfidence, false, "sure"}) == "adcbef");
    CHECK(ids({OrderKey::MeanUncertainty, true, "sure"}) == "dcabef");
    CHECK(ids({OrderKey::LeastConfidence, true, "mute"}) == "abcdef");
    CHECK(errorOf([&] { ids({OrderKey::LeastConfidence, true, "gone"}); }) == "layer-unknown");
}

TEST_CASE_METHOD(OrderFixture, "Disagreement is the entropy of votes over all spans, and needs two who speak") {
    // Of two runs a span that one alone says is one bit: a 1 (LOC), b 2, c 0, d 2; e and f have one speaker or none.
    CHECK(ids({OrderKey::Disagreement, true}) == "bdacef");
    CHECK(ids({OrderKey::Disagreement, false}) == "cabdef");
}

TEST_CASE_METHOD(OrderFixture, "What was changed last comes last, an undo counts, and each layer has its own") {
    CHECK(ids({OrderKey::Changed}) == "abcdef");
    const auto pause = [] {
        const auto before = std::chrono::system_clock::now();
        while (std::chrono::system_clock::now() - before < std::chrono::milliseconds(3)) {
        }
    };
    project->apply(changeOf(setStatus(stateAt(*project, 3), PostStatus::Done)));
    pause();
    project->apply(changeOf(setStatus(stateAt(*project, 1), PostStatus::Done)));
    pause();
    label(*project, 5, 0, 0, "PER");
    pause();
    CHECK(ids({OrderKey::Changed}) == "dbface");
    CHECK(ids({OrderKey::Changed, true}) == "fbdace");
    project->undo();
    pause();
    project->apply(changeOf(setStatus(stateAt(*project, 3), PostStatus::Open)));
    CHECK(ids({OrderKey::Changed, true}) == "dfbace");
    project->addAnnotator("ann", false);
    CHECK(ids({OrderKey::Changed, true}, "ann") == "abcdef");
}

TEST_CASE_METHOD(OrderFixture, "What the picture does to a run is read from its influence.json") {
    protocol::Influence influence;
    const auto add = [&](std::int64_t post, double change, bool hasEntity) {
        protocol::PostInfluence one;
        one.number = post;
        one.effect = "same-right";
        one.change = change;
        if (hasEntity) one.entities.push_back({"PER", 0, 0, "same-right", "same-right", "same-right", change, 0});
        influence.list.push_back(std::move(one));
    };
    add(2, 0.1, true);
    add(4, -3, true);
    add(5, 1, true);
    add(6, 9, false);  // a mean over no entity
    CHECK(ids({OrderKey::PictureDoubt, true, "sure"}) == "abcdef");
    std::filesystem::create_directories(projectFolder / "runs" / "sure");
    writeFileAtomic(projectFolder / "runs" / "sure" / protocol::kInfluenceFile, toJson(influence).dump());
    CHECK(ids({OrderKey::PictureDoubt, true, "sure"}) == "debacf");
    const auto numbers = runNumbers(*project);
    REQUIRE(numbers.size() == 2);
    CHECK((numbers[0].run == "sure" && numbers[0].hasConfidence && numbers[0].hasInfluence));
    CHECK((numbers[1].run == "mute" && !numbers[1].hasConfidence && !numbers[1].hasInfluence));
}

TEST_CASE("Places in order: a stable order with those that have no number last") {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    CHECK(placesInOrder({2, none, 1, 2, none, 0}, false) == std::vector<std::int32_t>{5, 2, 0, 3, 1, 4});
    CHECK(placesInOrder({2, none, 1, 2, none, 0}, true) == std::vector<std::int32_t>{0, 3, 2, 5, 1, 4});
    CHECK(placesInOrder({}, true).empty());
}

TEST_CASE("A post order is looked for in steps that do not grow with the project") {
    ProjectFixture fixture;
    const auto project = fixture.create();
    const auto steps = [&](int posts) {
        const auto appender = project->append("f", {}, {});
        for (int i = 0; i < posts; ++i) {
            Post post;
            post.externalId = std::to_string(i);
            post.words.assign(static_cast<std::size_t>(1 + i * 7 % 13), "w");
            appender->add(post);
        }
        appender->commit();
        PostSorter sorter(*project, {OrderKey::Length});
        int taken = 1;
        double before = 0;
        for (; sorter.next(); ++taken) {
            CHECK(sorter.fraction() > before);
            before = sorter.fraction();
        }
        CHECK(sorter.fraction() == 1);
        const auto keys = sorter.take();
        CHECK(keys.posts.size() == keys.values.size());
        return std::pair(taken, keys.posts.size());
    };
    const auto few = steps(3000), many = steps(27000);
    CHECK(few.second == 3000);
    CHECK(many.second == 30000);
    CHECK(many.first <= 12 * few.first);
    CHECK(many.first >= 10);
}

TEST_CASE("An order survives its JSON, and what is none is refused") {
    for (int i = 0; i < kOrderKeys; ++i) {
        const auto key = static_cast<OrderKey>(i);
        PostOrder order{key, i % 2 == 0, isOfOneRun(key) ? "run 1" : ""};
        CHECK(orderFromJson(toJson(order)) == order);
        CHECK(orderKeyFromName(orderKeyName(key)) == key);
    }
    for (const char* odd : {"null", "[]", "\"length\"", R"({"key":"size"})", R"({"key":1})",
                            R"({"key":"length","descending":1})", R"({"key":"least-confidence"})",
                            R"({"key":"least-confidence","run":"../../etc"})", R"({"key":"length","run":[]})"})
        CHECK_FALSE(orderFromJson(nlohmann::json::parse(odd)));
}
