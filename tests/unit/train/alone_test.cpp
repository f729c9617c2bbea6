// models.md 5.3 step 3 and 7: what a run says of a post does not depend on the posts that are read with it.
#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/models/predictor.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

constexpr double kTolerance = 1e-6;

/// Short, long, with a word that vanishes, without picture, with crops, boxes, texts about it, more pictures: twenty
/// posts, more than a batch of prediction holds.
std::vector<models::PostInput> mixedPosts(const Toy& toy) {
    const auto picture = [&](const char* name) { return (toy.folder / (std::string(name) + ".png")).string(); };
    std::vector<models::PostInput> out;
    for (int i = 0; i < 20; ++i) {
        models::PostInput post = toy.data.train[static_cast<std::size_t>(i) % toy.data.train.size()].input;
        for (int more = 0; more < i % 7; ++more) post.words.push_back(more % 2 ? "photograph" : "jordan");
        if (i % 4 == 1) post.words.insert(post.words.begin() + 1, "\xEF\xB8\x8F");
        if (i % 5 == 2) post.imagePath.clear();
        if (i % 3 == 1 && !post.imagePath.empty()) post.cropPaths = {picture("LOC")};
        if (i % 3 == 2 && !post.imagePath.empty())
            post.regions = {{10, 10, 150, 150, "person", 1, "file"}, {50, 60, 200, 200, "dog", .5, "file"}};
        if (i % 6 == 3) post.auxiliary = {{"caption", {"anna", "lee", "in", "a", "photograph"}}};
        if (i % 6 == 4 && !post.imagePath.empty()) post.morePictures = {{picture("ORG"), {}, {}, {}}};
        out.push_back(post);
    }
    return out;
}

void requireSame(const std::string& what, const std::vector<double>& alone, const std::vector<double>& among) {
    INFO(what);
    REQUIRE(alone.size() == among.size());
    for (std::size_t i = 0; i < alone.size(); ++i)
        if (!(std::abs(alone[i] - among[i]) <= kTolerance))
            FAIL_CHECK(what << "[" << i << "] is " << among[i] << " among others and " << alone[i] << " alone");
}

std::vector<double> asDoubles(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

void requireSame(const std::string& what, const std::vector<models::FloatArray>& alone,
                 const std::vector<models::FloatArray>& among) {
    REQUIRE(alone.size() == among.size());
    for (std::size_t l = 0; l < alone.size(); ++l) {
        REQUIRE(alone[l].shape == among[l].shape);
        requireSame(what + " " + std::to_string(l), asDoubles(alone[l].values), asDoubles(among[l].values));
    }
}

void requireSame(const models::Prediction& alone, const models::Prediction& among) {
    CHECK(alone.tags == among.tags);
    CHECK((alone.entities == among.entities));
    std::vector<double> a, b;
    for (const Entity& entity : alone.entities) a.push_back(entity.confidence.value_or(-1));
    for (const Entity& entity : among.entities) b.push_back(entity.confidence.value_or(-1));
    requireSame("confidence", a, b);
    requireSame("relevance", alone.relevance, among.relevance);
    requireSame("visual gate", alone.visualGate, among.visualGate);
    REQUIRE(alone.levelGates.size() == among.levelGates.size());
    for (std::size_t l = 0; l < alone.levelGates.size(); ++l)
        requireSame("level gates", alone.levelGates[l], among.levelGates[l]);
    requireSame("marginals", {alone.marginals}, {among.marginals});
    requireSame("text to image", alone.textToImage, among.textToImage);
    requireSame("image to text", alone.imageToText, among.imageToText);
    CHECK(alone.pictureOf == among.pictureOf);
    CHECK(alone.cropRegions == among.cropRegions);
    CHECK(alone.regions == among.regions);
    CHECK(alone.hasPicture == among.hasPicture);
    REQUIRE(alone.groundings.size() == among.groundings.size());
    for (std::size_t e = 0; e < alone.groundings.size(); ++e) {
        CHECK(alone.groundings[e].region == among.groundings[e].region);
        requireSame("weights of regions", asDoubles(alone.groundings[e].weights),
                    asDoubles(among.groundings[e].weights));
    }
}

bool hasOption(const models::SystemInfo& info, const std::string& name) {
    return std::any_of(info.options.begin(), info.options.end(), [&](const auto& o) { return o.name == name; });
}

void requireAloneEqualsAmongOthers(const std::string& system, const std::string& variant,
                                   const std::vector<std::string>& assignments) {
    INFO(system << " " << variant << " " << (assignments.empty() ? std::string() : assignments.back()));
    Toy toy;
    std::vector<std::string> all{"epochs=1", "auxiliary_text=true"};
    all.insert(all.end(), assignments.begin(), assignments.end());
    const RunConfig config = toy.configOf(system, "alone", all, variant);
    trained(toy, config);
    const std::vector<models::PostInput> posts = mixedPosts(toy);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    const models::Wanted everything{true, true, true};
    const auto together = predictor->predictMany(posts, everything, {}, {});
    std::vector<models::PostInput> backwards(posts.rbegin(), posts.rend());
    backwards.resize(7);
    const auto others = predictor->predictMany(backwards, everything, {}, {});
    // A run that was just loaded, as serve and explain have it.
    const auto fresh = models::Predictor::load(config.runFolder, "cpu");
    for (std::size_t i = 0; i < posts.size(); ++i) {
        INFO("post " << i);
        const models::Prediction alone = fresh->predict(posts[i], everything);
        requireSame(alone, together[i]);
        if (const std::size_t back = posts.size() - 1 - i; back < others.size()) requireSame(alone, others[back]);
    }
}

}  // namespace

TEST_CASE("Alone: every system says of a post alone what it says of it in any batch", "[every-system]") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            const models::SystemInfo& info = models::variantInfo(system, variant);
            requireAloneEqualsAmongOthers(system.name, variant, {});
            // Runs of version 0.1, and those that follow the public code of RpBERT.
            if (hasOption(info, "cell_positions"))
                requireAloneEqualsAmongOthers(system.name, variant, {"cell_positions=batch"});
            if (hasOption(info, "grounded")) {
                requireAloneEqualsAmongOthers(system.name, variant, {"grounded=true"});
                requireAloneEqualsAmongOthers(system.name, variant, {"grounded=true", "score_missing_regions=true"});
            }
            if (hasOption(info, "subtoken") && info.explains.size() > 1 && system.name != "rpbert")
                requireAloneEqualsAmongOthers(system.name, variant,
                                              {variant == "reference-code" ? "subtoken=x" : "subtoken=first"});
        }
    }
}

TEST_CASE("Alone: a run keeps the place of its cells, and one that names none has that of version 0.1",
          "[every-system]") {
    Toy toy;
    const RunConfig config = toy.config("place", {"epochs=1"});
    trained(toy, config);
    const auto path = config.runFolder / "config.json";
    auto stored = nlohmann::json::parse(readFile(path));
    CHECK(stored.at("options").at("cell_positions") == "post");
    stored["options"].erase("cell_positions");
    writeFileAtomic(path, stored.dump());
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    CHECK(predictor->options().at("cell_positions") == "batch");
}

TEST_CASE("Alone: a word that no system sees is O with probability 1", "[every-system]") {
    for (const char* system : {"mpcfn", "bert", "bert-crf", "umt"}) {
        INFO(system);
        Toy toy;
        const RunConfig config = toy.configOf(system, "vanished", {"epochs=1"});
        trained(toy, config);
        const auto predictor = models::Predictor::load(config.runFolder, "cpu");
        const std::vector<std::string>& names = predictor->tagNames();
        const auto outside = std::find(names.begin(), names.end(), "O") - names.begin();
        std::vector<std::string> words{"see", "\xEF\xB8\x8F", "jordan"};
        words.resize(400, "anna");  // more than the encoder has places for
        const models::Prediction out = predictor->predict({words, "", "", {}}, {true, false});
        REQUIRE(out.cutWords > 0);
        const auto tags = static_cast<std::size_t>(names.size());
        for (const std::size_t w : {std::size_t(1), words.size() - 1})
            for (std::size_t t = 0; t < tags; ++t)
                CHECK(out.marginals.values[w * tags + t] == (t == static_cast<std::size_t>(outside) ? 1.0f : 0.0f));
        // And rows of words that are seen sum to 1.
        double sum = 0;
        for (std::size_t t = 0; t < tags; ++t) sum += out.marginals.values[2 * tags + t];
        CHECK(sum == Approx(1).margin(1e-5));
    }
}
