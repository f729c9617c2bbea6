#include "core/models/text/post_encoder_internal.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

text::WordPiece small() {
    return text::WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "to", "##ky", "##o", "paris"},
                                           true);
}

/// The post with `count` auxiliary pieces behind it.
EncodedPost withAuxiliary(EncodedPost post, int count) {
    for (int i = 0; i < count; ++i) post.ids.push_back(4 + (i * 5) % 16);
    post.ids.push_back(3);
    post.auxiliaryIds = count + 1;
    return post;
}

std::vector<PostPictures> picturesFor(const ModelShape& shape, std::size_t posts) {
    std::vector<PostPictures> out;
    for (std::size_t i = 0; shape.pictures.use && i < posts; ++i)
        out.push_back(picturesOf(i + 1, 2, true, std::max(1, shape.pictures.objectRows)));
    return out;
}

Batch batchFor(const ModelShape& shape, const std::vector<EncodedPost>& posts) {
    return batchOf(shape, posts, picturesFor(shape, posts.size()));
}

/// What this file must hold for: every system and variant, and each of its unit modes.
std::vector<ModelShape> everyShape() {
    std::vector<ModelShape> shapes;
    for (const SystemInfo& info : systems())
        for (const std::string& variant : info.variants.empty() ? std::vector<std::string>{""} : info.variants)
            for (const OptionSpec& option : variantInfo(info, variant).options)
                if (option.name == "subtoken")
                    for (const Choice& mode : option.choices)
                        shapes.push_back(shapeFor(info.name, {"subtoken=" + mode.value}, 0, variant));
    return shapes;
}

Tensor ownEmissions(SequenceTagger& model, const Batch& batch, std::int64_t units) {
    return model.forward(batch, false).emissions.narrow(1, 0, units);
}

}  // namespace

TEST_CASE("Auxiliary text: it stands behind the post with a [SEP] of its own, texts one after the other") {
    const EncodedPost post = encodePost(small(), {"Paris"}, {{"a", {"tokyo"}}, {"b", {"paris", ""}}}, 20);
    CHECK(post.ids == std::vector<std::int64_t>{2, 8, 3, 5, 6, 7, 8, 3});
    CHECK(post.auxiliaryIds == 5);
    CHECK(post.ownIds() == 3);
    CHECK(post.words.size() == 1);
    CHECK(post.cutAuxiliary == 0);
}

TEST_CASE("Auxiliary text: what has no room is cut and counted, never the post") {
    const std::vector<std::string> words{"paris", "paris"};
    const EncodedPost cut = encodePost(small(), words, {{"a", {"tokyo", "paris", "paris"}}}, 7);
    CHECK(cut.ids == std::vector<std::int64_t>{2, 8, 8, 3, 5, 6, 3});
    CHECK(cut.cutAuxiliary == 2);
    CHECK(cut.cutWords == 0);
    for (int longest : {4, 5}) {  // no room, or for [SEP] alone
        const EncodedPost full = encodePost(small(), words, {{"a", {"tokyo"}}}, longest);
        CHECK(full.ids == encodePost(small(), words, longest).ids);
        CHECK(full.auxiliaryIds == 0);
        CHECK(full.cutAuxiliary == 1);
    }
    CHECK(encodePost(small(), words, {{"a", {"paris"}}}, 3).cutWords == 1);
}

TEST_CASE("Auxiliary text: without any, a post is encoded as before") {
    CHECK(encodePost(small(), {"paris"}, {}, 9).ids == encodePost(small(), {"paris"}, 9).ids);
    CHECK(encodePost(small(), {"paris"}, {{"a", {}}, {"b", {"\xe2\x80\x8b"}}}, 9).auxiliaryIds == 0);
}

TEST_CASE("Auxiliary text: it is of type 1 and takes part in no unit and no label, in word and in X mode") {
    for (const char* mode : {"x", "first", "mean"}) {
        const ModelShape shape = shapeFor("bert-crf", {std::string("subtoken=") + mode});
        const Batch plain = batchFor(shape, twoPosts());
        const Batch batch = batchFor(shape, {withAuxiliary(twoPosts()[0], 9), twoPosts()[1]});
        REQUIRE(batch.text.types.defined());
        CHECK(batch.text.types.sum().item<int>() == 10);
        CHECK(batch.text.types[0].narrow(0, 6, 10).min().item<int>() == 1);
        CHECK(batch.text.mask[0].sum().item<int>() == 16);
        const std::int64_t units = plain.units();
        CHECK(torch::equal(batch.text.unitMask.narrow(1, 0, units), plain.text.unitMask));
        CHECK(batch.text.unitMask.sum().item<int>() == plain.text.unitMask.sum().item<int>());
        CHECK(torch::equal(batch.text.tags.narrow(1, 0, units), plain.text.tags));
        if (plain.text.pooling.defined())
            CHECK(torch::equal(batch.text.pooling.narrow(2, 0, plain.text.pooling.size(2)), plain.text.pooling));
        CHECK_FALSE(plain.text.types.defined());
    }
}

TEST_CASE("Auxiliary text: every system reads it, and answers finitely for the units of the post") {
    for (const ModelShape& shape : everyShape()) {
        INFO(shape.system << " " << shape.variant << " " << shape.options.at("subtoken"));
        const auto model = modelOf(shape);
        const torch::NoGradGuard noGradient;
        const Batch plain = batchFor(shape, {twoPosts()[0]});
        const Batch batch = batchFor(shape, {withAuxiliary(twoPosts()[0], 9)});
        const Forward out = model->forward(batch, true);
        CHECK(out.emissions.isfinite().all().item<bool>());
        CHECK(model->decoder().bestTags(out.emissions, batch.text.unitMask)[0].size() ==
              static_cast<std::size_t>(plain.text.unitMask.sum().item<int>()));
        const Tensor with = out.emissions.narrow(1, 0, plain.units());
        const Tensor used = plain.text.unitMask.unsqueeze(-1);
        CHECK(((with - ownEmissions(*model, plain, plain.units())) * used).abs().max().item<double>() > 1e-6);
        CHECK(model->loss(batch).isfinite().item<bool>());
    }
}

TEST_CASE("Auxiliary text: a post without one gives the same numbers beside a post that has one") {
    for (const char* system : {"bert", "bert-crf", "umt", "hvpnet"}) {
        INFO(system);
        const ModelShape shape = shapeFor(system);
        const auto model = modelOf(shape);
        const torch::NoGradGuard noGradient;
        const Batch plain = batchFor(shape, twoPosts());
        const Batch mixed = batchFor(shape, {twoPosts()[0], withAuxiliary(twoPosts()[1], 3)});
        const Tensor used = plain.text.unitMask[0].unsqueeze(-1);
        const std::int64_t units = plain.units();
        CHECK(distance(ownEmissions(*model, plain, units)[0] * used, ownEmissions(*model, mixed, units)[0] * used) <
              1e-5);
    }
}

TEST_CASE("Auxiliary text: padding behind it changes nothing") {
    const ModelShape shape = shapeFor("bert-crf");
    const auto model = modelOf(shape);
    const torch::NoGradGuard noGradient;
    const EncodedPost brief = withAuxiliary(twoPosts()[0], 4), lengthy = withAuxiliary(twoPosts()[1], 20);
    const Batch alone = batchFor(shape, {brief}), together = batchFor(shape, {brief, lengthy});
    const Tensor used = alone.text.unitMask[0].unsqueeze(-1);
    CHECK(distance(model->forward(alone, false).emissions[0] * used,
                   ownEmissions(*model, together, alone.units())[0] * used) < 1e-5);
}

TEST_CASE("Auxiliary text: taken out of a batch it leaves what makeBatch makes without it") {
    for (const char* mode : {"x", "sum"}) {
        const ModelShape shape = shapeFor("mpcfn", {std::string("subtoken=") + mode});
        TextLayout layout;
        layout.mode = unitModeOf(shape.options);
        layout.special = specialsOf(shape.classes);
        const Batch plain = batchFor(shape, twoPosts());
        const Batch bare = withoutAuxiliary(
            batchFor(shape, {withAuxiliary(twoPosts()[0], 9), withAuxiliary(twoPosts()[1], 2)}), layout);
        for (const auto& [a, b] : {std::pair{plain.text.ids, bare.text.ids},
                                   {plain.text.mask, bare.text.mask},
                                   {plain.text.tags, bare.text.tags},
                                   {plain.text.unitMask, bare.text.unitMask},
                                   {plain.grid.rows, bare.grid.rows}})
            CHECK(torch::equal(a, b));
        CHECK(plain.text.pooling.defined() == bare.text.pooling.defined());
        if (plain.text.pooling.defined()) CHECK(torch::equal(plain.text.pooling, bare.text.pooling));
        CHECK_FALSE(bare.text.types.defined());
        layout.length = 40;
        CHECK(withoutAuxiliary(batchFor(shape, {withAuxiliary(twoPosts()[0], 60)}), layout).text.ids.size(1) == 40);
    }
}

TEST_CASE("Two views: the loss is that of the view with the texts plus the weighted divergence of the marginals") {
    for (const char* system : {"bert", "bert-crf", "mpcfn"})
        for (const char* mode : {"x", "first"}) {
            INFO(system << " " << mode);
            const ModelShape shape = shapeFor(system, {std::string("subtoken=") + mode});
            const auto model = modelOf(shape);
            TextLayout layout;
            layout.mode = unitModeOf(shape.options);
            const Batch plain = batchFor(shape, twoPosts());
            const Batch batch = batchFor(shape, {twoPosts()[0], withAuxiliary(twoPosts()[1], 7)});
            // By hand: the marginals that prediction uses, of the post that has a text.
            const Tensor with =
                model->decoder().marginals(model->forward(batch, false).emissions, batch.text.unitMask)[1];
            const Tensor without =
                model->decoder().marginals(model->forward(plain, false).emissions, plain.text.unitMask)[1];
            double divergence = 0;
            for (std::int64_t i = 0; i < plain.units(); ++i) {
                if (!plain.text.unitMask[1][i].item<bool>()) continue;
                const Tensor p = with[i].to(torch::kFloat64), q = without[i].to(torch::kFloat64);
                divergence += (p * (p.log() - q.log())).sum().item<double>();
            }
            const double wanted = model->loss(batch).item<double>() + 0.7 * divergence / 2;
            CHECK(divergence > 1e-9);
            CHECK(model->twoViewLoss(batch, layout, 0.7).item<double>() == Approx(wanted).epsilon(1e-4));
            CHECK(model->twoViewLoss(batch, layout, 0).item<double>() == model->loss(batch).item<double>());
            CHECK(model->twoViewLoss(plain, layout, 0.7).item<double>() == model->loss(plain).item<double>());
            model->zero_grad();
            model->twoViewLoss(batch, layout, 0.7).backward();
            for (const auto& item : model->named_parameters())
                if (item.key().rfind("crf.", 0) == 0) CHECK(item.value().grad().isfinite().all().item<bool>());
        }
}

TEST_CASE("Word dropout: blanks out whole words in training, at its rate, and does nothing otherwise") {
    torch::manual_seed(3);
    const Tensor units = torch::ones({50, 40, 4});
    CHECK(torch::equal(wordsDropped(units, 0.3, false), units));
    CHECK(torch::equal(wordsDropped(units, 0, true), units));
    const Tensor dropped = wordsDropped(units, 0.3, true);
    CHECK(dropped.mean().item<double>() == Approx(0.7).margin(0.03));
    CHECK(torch::equal(dropped.select(2, 0), dropped.select(2, 3)));
    for (const char* system : {"bert-crf", "mpcfn"}) {
        const ModelShape shape = shapeFor(system, {"word_dropout=0.9"});
        const auto model = modelOf(shape);
        const Batch batch = batchFor(shape, twoPosts());
        const Tensor asked = model->forward(batch, false).emissions;
        CHECK(torch::equal(model->forward(batch, false).emissions, asked));
        model->train();
        CHECK(distance(model->forward(batch, false).emissions, asked) > 1e-4);
    }
}

TEST_CASE("Preset xlm-r: the recipe of models.md 9.1") {
    for (const char* system : {"bert-crf", "mpcfn"}) {
        const nlohmann::json values = resolveOptions(systemByName(system), "xlm-r", {});
        CHECK(values.at("optimiser") == "adamw");
        CHECK(values.at("lr").get<double>() >= 5e-6);
        CHECK(values.at("lr").get<double>() <= 7e-6);
        CHECK(values.at("crf_lr").get<double>() >= 0.008);
        CHECK(values.at("crf_lr").get<double>() <= 0.015);
        CHECK(values.at("batch") == 4);
        CHECK(values.at("epochs") == 25);
        CHECK(values.at("word_dropout").get<double>() >= 0.1);
        CHECK(values.at("word_dropout").get<double>() <= 0.3);
        for (const OptionSpec& spec : systemByName(system).options) CHECK_NOTHROW(checkOption(spec, values[spec.name]));
    }
}
