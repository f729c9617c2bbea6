#include "core/models/systems/gmner_internal.h"

#include <cmath>

#include "core/base/error.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

std::shared_ptr<Gmner> gmnerOf(const ModelShape& shape) {
    return modelOf<Gmner>(shape);
}

vision::Box boxOf(const nlohmann::json& edges) {
    return {edges[0].get<double>(), edges[1].get<double>(), edges[2].get<double>(), edges[3].get<double>()};
}

/// A picture of 100 x 100 with these boxes; row r of `features` [R, 14] is what the ResNet says of box r.
PostPictures regionsOf(const std::vector<vision::Box>& boxes, const Tensor& features) {
    PostPictures out;
    out.frame = {0, 0, 100, 100};
    for (std::size_t r = 0; r < boxes.size(); ++r) {
        out.regions.push_back(features[static_cast<std::int64_t>(r)].view({1, 14}));
        out.regionBoxes.push_back(*vision::clippedBox(boxes[r], 100, 100));
        out.regionOf.push_back(static_cast<int>(r));
    }
    out.hasPicture = true;
    return out;
}

struct Posts {
    std::vector<EncodedPost> encoded;
    std::vector<PostPictures> pictures;
    std::vector<const EncodedPost*> pointers() const {
        std::vector<const EncodedPost*> out;
        for (const EncodedPost& post : encoded) out.push_back(&post);
        return out;
    }
    Batch batch(const ModelShape& shape) const { return batchOf(shape, encoded, pictures); }
    Posts only(std::size_t i) const { return {{encoded[i]}, {pictures[i]}}; }
};

Posts goldenPosts() {
    Posts out;
    const auto file = goldenJson("gmner.json");
    const Tensor features = formula("regions", {3, 4, 14});
    for (const auto& post : file.at("posts")) {
        EncodedPost encoded;
        encoded.ids = post.at("ids").get<std::vector<std::int64_t>>();
        for (const auto& word : post.at("words")) encoded.words.push_back({word[0].get<int>(), word[1].get<int>()});
        for (const auto& entity : post.at("entities")) {
            GoldEntity gold{entity[0].get<int>(), entity[1].get<int>(), entity[2].get<std::string>(), {}, {}};
            for (const auto& box : entity[3]) gold.boxes.push_back(boxOf(box));
            encoded.entities.push_back(gold);
        }
        std::vector<vision::Box> boxes;
        for (const auto& box : post.at("regions")) boxes.push_back(boxOf(box));
        out.pictures.push_back(regionsOf(boxes, features[static_cast<std::int64_t>(out.encoded.size())]));
        out.encoded.push_back(encoded);
    }
    return out;
}

ModelShape groundedShape(std::vector<std::string> more = {}, double dropout = 0) {
    more.insert(more.end(), {"grounded=true", "regions=4"});
    return shapeFor("gmner", more, dropout);
}

Question questionOf(const std::vector<const EncodedPost*>& posts, const ModelShape& shape, bool explain = true) {
    return {posts, shape.classes, UnitMode::First, explain, true, false};
}

constexpr double kNever = -1e29;  // below it: a token that cannot come

/// Louder than start values, so that much is said.
void makeLouder(NerModel& model) {
    for (auto& item : model.named_parameters()) {
        const std::string& name = item.key();
        if (item.value().dim() < 2) continue;
        if (name.starts_with("pointer_") || name.starts_with("region_"))
            item.value().mul_(12);
        else
            item.value().normal_(0, 0.24);
    }
}

}  // namespace

TEST_CASE("Gmner: scores, loss, every gradient and what it writes are those of PyTorch, on both backbones") {
    const auto file = goldenJson("gmner.json");
    int missingChosen = 0;  // places that no region of the post fills
    for (const auto& wanted : file.at("cases")) {
        const bool grounded = wanted.at("grounded").get<bool>();
        const auto text = [&](const char* name) {
            return std::string(name) + "=" +
                   (wanted.at(name).is_string() ? wanted.at(name).get<std::string>() : wanted.at(name).dump());
        };
        ModelShape shape =
            shapeFor("gmner", {text("backbone"), text("grounded"), text("region_loss"), text("compat_mask"),
                               text("score_missing_regions"), text("normalize"), text("region_weight"), "regions=4"});
        const bool onBart = wanted.at("backbone") == "bart";
        if (onBart) shape.bart = nn::BartConfig::fromJson(file.at("bart"), "gmner.json");
        const auto model = gmnerOf(shape);
        {
            const torch::NoGradGuard noGradient;
            for (auto& item : model->named_parameters()) {
                const bool norm = item.key().find("orm") != std::string::npos && item.key().ends_with("weight");
                item.value().copy_(formula(item.key(), item.value().sizes(), 0.15, norm ? 1.0 : 0.0));
            }
            model->named_parameters()[onBart ? "bart.decoder.embed_positions.weight" : "decoder.embed_positions.weight"]
                .mul_(8.0);
            Tensor tags = model->named_parameters()["tag_vectors"];
            if (grounded) tags = tags[0];
            tags.mul_(grounded ? 12.0 : 2.0);
        }
        const Posts posts = goldenPosts();
        const Batch batch = posts.batch(shape);
        const Gmner::Taught taught = model->teach(batch);
        for (std::size_t b = 0; b < posts.encoded.size(); ++b) {
            INFO("grounded " << grounded << " post " << b);
            const auto& of = wanted.at("posts")[b];
            const auto row = static_cast<std::int64_t>(b);
            const auto tokens = of.at("tokens").get<std::vector<std::int64_t>>();
            const auto steps = static_cast<std::int64_t>(tokens.size()) - 1;
            CHECK(taught.tokens[row].narrow(0, 0, steps + 1).equal(torch::tensor(tokens)));
            CHECK(taught.tokens[row]
                      .narrow(0, steps + 1, taught.tokens.size(1) - steps - 1)
                      .eq(Gmner::kPadding)
                      .all()
                      .item<bool>());
            const std::int64_t S = model->space().shift() + static_cast<std::int64_t>(posts.encoded[b].ids.size());
            Tensor scores = taught.scores[row].narrow(0, 0, steps);
            CHECK(scores.narrow(1, S, scores.size(1) - S).lt(kNever).all().item<bool>());
            scores = scores.narrow(1, 0, S);
            CHECK(scores.select(1, 0).lt(kNever).all().item<bool>());                       // begin
            CHECK(scores.select(1, model->space().shift()).lt(kNever).all().item<bool>());  // [CLS]
            CHECK(scores.select(1, S - 1).lt(kNever).all().item<bool>());                   // [SEP]
            const Tensor shown = scores.masked_fill(scores.lt(kNever), 0);
            requireClose("scores", shown, tensorOf(of.at("scores"), {steps, S}), 5e-5);
            const bool missingToo = wanted.value("score_missing_regions", false);
            const auto R = missingToo ? 4 : static_cast<std::int64_t>(posts.pictures[b].regions.size());
            if (R > 0)
                requireClose("region scores", taught.regionScores[row].narrow(0, 0, steps).narrow(1, 0, R),
                             tensorOf(of.at("region_scores"), {steps, R}), 5e-5);
        }
        const Tensor loss = model->loss(batch);
        requireClose("loss", loss.item<double>(), wanted.at("loss").get<double>(), 5e-5);
        loss.backward();
        requireGradients(*model, wanted.at("gradients"), 5e-5);
        const auto written = model->write(batch, true);
        for (std::size_t b = 0; b < written.size(); ++b) {
            const auto& of = wanted.at("posts")[b];
            CHECK(written[b].tokens == of.at("written").get<std::vector<std::int64_t>>());
            std::vector<std::vector<int>> chosen;
            for (std::size_t t = 0; t < written[b].regionAt.size(); ++t)
                if (written[b].regionAt[t] >= 0) chosen.push_back({static_cast<int>(t), written[b].regionAt[t]});
            CHECK(chosen == of.at("chosen").get<std::vector<std::vector<int>>>());
            for (const std::vector<int>& choice : chosen)
                missingChosen += choice[1] >= static_cast<int>(posts.pictures[b].regions.size());
        }
    }
    CHECK(missingChosen > 0);
}

TEST_CASE("Gmner: triples become tokens and tokens triples again") {
    const IndexSpace plain{false, {"PER", "LOC", "ORG"}}, grounded{true, {"PER", "LOC"}};
    CHECK(plain.shift() == 5);
    CHECK(grounded.shift() == 6);
    CHECK(grounded.ofType("LOC") == 5);
    CHECK(grounded.ofType("GPE") == -1);
    std::vector<Triple> triples(2);
    triples[0].positions = {1, 3};
    triples[0].flag = IndexSpace::kWhichRegion;
    triples[0].type = 5;
    triples[1].positions = {6};
    triples[1].flag = IndexSpace::kNoRegion;
    triples[1].type = 4;
    const auto sequence = sequenceOf(triples, grounded, 100);
    CHECK(sequence == std::vector<std::int64_t>{0, 7, 9, 2, 5, 12, 3, 4, 1});
    CHECK(triples[0].flagAt == 3);
    CHECK((triplesOf(sequence, grounded) == triples));
    CHECK(sequenceOf(triples, grounded, 8) == std::vector<std::int64_t>{0, 7, 9, 2, 5, 1});
    CHECK(triples.size() == 1);
}

TEST_CASE("Gmner: a triple is valid when positions rise, a flag follows and then a type") {
    const IndexSpace grounded{true, {"PER", "LOC"}}, plain{false, {"PER", "LOC"}};
    const auto spans = [](const std::vector<std::int64_t>& tokens, const IndexSpace& space) {
        std::vector<std::vector<int>> out;
        for (const Triple& triple : triplesOf(tokens, space)) out.push_back(triple.positions);
        return out;
    };
    using Spans = std::vector<std::vector<int>>;
    CHECK(spans({0, 8, 9, 2, 4, 1}, grounded) == Spans{{2, 3}});
    CHECK(spans({0, 9, 8, 2, 4, 1}, grounded).empty());                // falls
    CHECK(spans({0, 8, 8, 2, 4, 1}, grounded).empty());                // stays
    CHECK(spans({0, 8, 4, 1}, grounded).empty());                      // no flag
    CHECK(spans({0, 8, 2, 1}, grounded).empty());                      // no type
    CHECK(spans({0, 2, 4, 1}, grounded).empty());                      // no word
    CHECK(spans({0, 8, 2, 3, 4, 1}, grounded).empty());                // two flags
    CHECK(spans({0, 8, 2, 9, 3, 5, 1}, grounded) == Spans{{3}});       // the first is broken off
    CHECK(spans({0, 8, 2, 4, 1, 9, 2, 4}, grounded) == Spans{{2}});    // nothing counts behind the end
    CHECK(spans({0, 8, 2, 4, 9, 3, 5}, grounded) == Spans{{2}, {3}});  // cut by the limit of steps
    CHECK(spans({0, 5, 2, 6, 7, 3, 1}, plain) == Spans{{1}, {2, 3}});
    CHECK(spans({0, 5, 2, 3, 1}, plain) == Spans{{1}});
}

TEST_CASE("Gmner: the types are those of the label set, whatever they are") {
    ModelShape shape = shapeFor("gmner");
    CHECK(gmnerOf(shape)->space().types == std::vector<std::string>{"PER", "LOC"});
    shape.classes = {"O",         "B-GPE",     "M-GPE",     "E-GPE",     "S-GPE",
                     "B-MOHUGPE", "M-MOHUGPE", "E-MOHUGPE", "S-MOHUGPE", "S-PE"};
    const auto model = gmnerOf(shape);
    CHECK(model->space().types == std::vector<std::string>{"GPE", "MOHUGPE", "PE"});
    CHECK(model->named_parameters()["tag_vectors"].size(0) == 3);
}

TEST_CASE("Gmner: answers come as tags of the run's scheme and as entities that share no word") {
    for (const auto& classes :
         {std::vector<std::string>{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"},
          std::vector<std::string>{"O", "B-PER", "M-PER", "E-PER", "S-PER", "B-LOC", "M-LOC", "E-LOC", "S-LOC"}}) {
        ModelShape shape = groundedShape();
        shape.classes = classes;
        const Posts posts = goldenPosts();
        const auto pointers = posts.pointers();
        int entities = 0;
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            const auto model = modelOf<Gmner>(shape, seed);
            {
                const torch::NoGradGuard noGradient;
                makeLouder(*model);
            }
            const Answers answers = model->answer(posts.batch(shape), questionOf(pointers, shape));
            REQUIRE(answers.classes.size() == 3);
            REQUIRE(answers.groundings.size() == 3);
            for (std::size_t b = 0; b < 3; ++b) {
                std::vector<std::string> tags;
                for (int c : answers.classes[b]) tags.push_back(classes[static_cast<std::size_t>(c)]);
                CHECK(tags.size() == posts.encoded[b].words.size());
                CHECK(entitiesFromTags(tags).size() == answers.entities[b].size());
                CHECK(answers.groundings[b].size() == answers.entities[b].size());
                for (std::size_t e = 0; e < answers.entities[b].size(); ++e) {
                    const Entity& entity = answers.entities[b][e];
                    const double confidence = entity.confidence.value_or(-1);
                    CHECK((confidence >= 0 && confidence <= 1));
                    const std::vector<float>& weights = answers.groundings[b][e].weights;
                    float sum = 0;
                    for (float weight : weights) sum += weight;
                    CHECK(sum == Approx(1).epsilon(1e-4));
                    CHECK(answers.groundings[b][e].region < static_cast<int>(posts.pictures[b].regions.size()));
                    ++entities;
                }
            }
        }
        CHECK(entities > 0);
    }
}

TEST_CASE(
    "Gmner: shares of regions are those of the post's own regions and of none, whatever others of its batch have") {
    const ModelShape usual = groundedShape(), missing = groundedShape({"score_missing_regions=true"});
    const Posts posts = goldenPosts();
    const auto pointers = posts.pointers();
    int entities = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        for (const ModelShape* shape : {&usual, &missing}) {
            const auto model = modelOf<Gmner>(*shape, seed);
            {
                const torch::NoGradGuard noGradient;
                makeLouder(*model);
            }
            const Answers answers = model->answer(posts.batch(*shape), questionOf(pointers, *shape));
            for (std::size_t b = 0; b < pointers.size(); ++b) {
                const int own = static_cast<int>(posts.pictures[b].regions.size());
                for (const Grounding& grounding : answers.groundings[b]) {
                    CHECK(grounding.weights.size() == static_cast<std::size_t>(own) + 1);
                    double sum = 0;
                    for (const float weight : grounding.weights) sum += weight;
                    CHECK(sum == Approx(1).epsilon(1e-4));
                    if (shape == &usual) CHECK(grounding.region < own);
                    ++entities;
                }
            }
        }
    }
    CHECK(entities > 0);
}

TEST_CASE("Gmner: a post alone is taught and written as in a batch") {
    for (const char* compat : {"compat_mask=false", "compat_mask=true", "score_missing_regions=true"}) {
        const ModelShape shape = groundedShape({compat});
        const auto model = gmnerOf(shape);
        const Posts posts = goldenPosts();
        const Gmner::Taught both = model->teach(posts.batch(shape));
        const auto written = model->write(posts.batch(shape), true);
        for (std::size_t b = 0; b < posts.encoded.size(); ++b) {
            const Posts one = posts.only(b);
            const Gmner::Taught alone = model->teach(one.batch(shape));
            const std::int64_t T = alone.scores.size(1), S = alone.scores.size(2);
            const Tensor in = both.scores[static_cast<std::int64_t>(b)].narrow(0, 0, T).narrow(1, 0, S);
            const Tensor never = in.lt(kNever);
            CHECK(never.equal(alone.scores[0].lt(kNever)));
            CHECK(distance(in.masked_fill(never, 0), alone.scores[0].masked_fill(never, 0)) < 1e-5);
            CHECK(model->write(one.batch(shape), true)[0].tokens == written[b].tokens);
        }
    }
}

TEST_CASE("Gmner: labels of regions stand where the flag is read, and only for entities that a region covers") {
    const ModelShape shape = groundedShape();
    const Gmner::Taught taught = gmnerOf(shape)->teach(goldenPosts().batch(shape));
    const Tensor rows = taught.labels.sum(2);
    CHECK(rows[0][3].item<float>() == Approx(1));  // tokens 0 8 10 [2] 5 11 3 4 1
    CHECK(rows[1][2].item<float>() == Approx(1));
    CHECK(rows.sum().item<float>() == Approx(2));
    CHECK(taught.labels[0][3][0].item<float>() == Approx(0.9 / 1.6));
    CHECK(taught.labels[0][3][1].item<float>() == Approx(0.7 / 1.6));
}

TEST_CASE("Gmner: every parameter of a grounded run gets a gradient, with either loss of regions, and with dropout") {
    for (const char* kind : {"region_loss=kl", "region_loss=bce"}) {
        const ModelShape shape = groundedShape({kind}, 0.1);
        const auto model = gmnerOf(shape);
        model->train();
        model->loss(goldenPosts().batch(shape)).backward();
        for (const auto& item : model->named_parameters()) {
            INFO(item.key());
            REQUIRE(item.value().grad().defined());
            CHECK(item.value().grad().isfinite().all().item<bool>());
            // Keys' biases move all scores of a row alike.
            const bool flat = item.key().ends_with("k_proj.bias") || item.key().ends_with("key.bias");
            if (!flat) CHECK(item.value().grad().abs().max().item<float>() > 0);
            CHECK((model->groupOf(item.key()) == (item.key().starts_with("bert.") ? "text" : "vision")));
        }
    }
}

TEST_CASE("Gmner: without region of any kind numbers stay finite and nothing is grounded") {
    const ModelShape shape = groundedShape();
    const auto model = gmnerOf(shape);
    Posts posts = goldenPosts();
    for (PostPictures& pictures : posts.pictures) pictures = {};
    const Batch batch = posts.batch(shape);
    CHECK(model->loss(batch).isfinite().item<bool>());
    const auto pointers = posts.pointers();
    const Answers answers = model->answer(batch, questionOf(pointers, shape));
    for (const auto& groundings : answers.groundings)
        for (const Grounding& grounding : groundings) CHECK(grounding.region == -1);
    const auto textOnly = gmnerOf(shapeFor("gmner", {"text_only=true"}));
    CHECK_FALSE(textOnly->named_parameters().contains("region_projection.weight"));
    CHECK(textOnly->loss(posts.batch(shapeFor("gmner", {"text_only=true"}))).isfinite().item<bool>());
    CHECK_THROWS_AS(makeModel(shapeFor("gmner", {"text_only=true", "grounded=true"})), Error);
}

TEST_CASE("Gmner: normalised features do not depend on their scale, others do") {
    Posts posts = goldenPosts(), louder = posts;
    for (PostPictures& pictures : louder.pictures)
        for (Tensor& region : pictures.regions) region = region * 7;
    for (const bool normalize : {true, false}) {
        const ModelShape shape = groundedShape({normalize ? "normalize=true" : "normalize=false"});
        const auto model = gmnerOf(shape);
        const double before = model->loss(posts.batch(shape)).item<double>();
        const double after = model->loss(louder.batch(shape)).item<double>();
        CHECK((std::abs(before - after) < 1e-5) == normalize);
    }
}

TEST_CASE("Gmner: one scale of each region's features takes their mean and spread away") {
    Posts posts = goldenPosts(), moved = posts;
    for (PostPictures& pictures : moved.pictures)
        for (std::size_t r = 0; r < pictures.regions.size(); ++r)
            pictures.regions[r] = pictures.regions[r] * static_cast<double>(2 + r) + 100;
    for (const bool norm : {true, false}) {
        const ModelShape shape = groundedShape({norm ? "region_norm=true" : "region_norm=false", "normalize=false"});
        const auto model = gmnerOf(shape);
        const double before = model->loss(posts.batch(shape)).item<double>();
        const double after = model->loss(moved.batch(shape)).item<double>();
        CHECK((std::abs(before - after) < 1e-3) == norm);
    }
}

TEST_CASE("Gmner: with the public code's mask the words do not read the regions") {
    Posts posts = goldenPosts(), other = posts;
    for (PostPictures& pictures : other.pictures)
        for (Tensor& region : pictures.regions) region = region.flip(1);
    for (const bool compat : {true, false}) {
        const ModelShape shape = groundedShape({compat ? "compat_mask=true" : "compat_mask=false"});
        const auto model = gmnerOf(shape);
        {
            const torch::NoGradGuard noGradient;  // the decoder's own way to the regions is cut
            for (auto& item : model->named_parameters())
                if (item.key().find("encoder_attn.out_proj") != std::string::npos) item.value().zero_();
            model->named_parameters()["region_projection.weight"].mul_(20);
        }
        const Tensor before = model->teach(posts.batch(shape)).scores, after = model->teach(other.batch(shape)).scores;
        CHECK((distance(before, after) < 1e-6) == compat);
    }
}

TEST_CASE("Gmner: a type's vector starts as the mean of its phrase's pieces") {
    const auto model = gmnerOf(groundedShape());
    std::vector<std::string> asked;
    model->startFromPhrases([&](const std::string& phrase) {
        asked.push_back(phrase);
        return std::vector<std::int64_t>{static_cast<std::int64_t>(asked.size()), 10};
    });
    CHECK(asked == std::vector<std::string>{"which region", "no region", "person", "location"});
    const Tensor table = dynamic_cast<nn::BertImpl&>(model->encoder()).wordEmbeddings(torch::arange(20));
    CHECK(distance(model->named_parameters()["tag_vectors"][2], (table[3] + table[10]) / 2) < 1e-7);
}
