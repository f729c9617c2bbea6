#include "tests/unit/models/tiny.h"

#include "core/base/error.h"
#include "core/nn/weights/weights.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

const std::vector<EncodedPost> kTwoPosts = twoPosts();

Batch usualBatch(const ModelShape& shape) {
    return batchOf(shape, kTwoPosts, {picturesOf(1, 2), picturesOf(2, 3)});
}

/// The first picture's rows with further pictures of two crops, drawn from these seeds.
PostPictures withMore(PostPictures first, const std::vector<std::uint64_t>& seeds) {
    for (std::uint64_t seed : seeds) {
        PostPictures more = picturesOf(seed, 2);
        first.more.push_back({more.grid, more.crops});
    }
    return first;
}

/// Gives the places of further pictures vectors of their own, as training does.
void tellPicturesApart(SequenceTagger& model) {
    const torch::NoGradGuard noGradient;
    torch::manual_seed(9);
    model.named_parameters()["picture_order"].copy_(torch::randn({3, 16}));
}

Tensor emissionsOf(SequenceTagger& model, const ModelShape& shape, const PostPictures& pictures) {
    return model.forward(batchOf(shape, {kTwoPosts[0]}, {pictures}), false).emissions;
}

}  // namespace

TEST_CASE("Mpcfn: emissions have one row a word and one column a tag") {
    const ModelShape shape = shapeOf();
    const Forward out = modelOf(shape)->forward(usualBatch(shape), false);
    CHECK(out.emissions.sizes() == at::IntArrayRef({2, 5, 5}));
    CHECK(out.textToImage.empty());
}

TEST_CASE("Mpcfn: attention has a row a word, 49 + 4K columns and rows that sum to 1, per fusion layer") {
    const ModelShape shape = shapeOf();
    const Forward out = modelOf(shape)->forward(usualBatch(shape), true);
    REQUIRE(out.textToImage.size() == 2);
    REQUIRE(out.imageToText.size() == 2);
    for (const Tensor& attention : out.textToImage) {
        CHECK(attention.sizes() == at::IntArrayRef({2, 2, 5, 61}));
        CHECK(distance(attention.sum(-1), torch::ones({2, 2, 5})) < 1e-5);
    }
    for (const Tensor& attention : out.imageToText) {
        CHECK(attention.sizes() == at::IntArrayRef({2, 2, 61, 7}));
        CHECK(distance(attention.sum(-1), torch::ones({2, 2, 61})) < 1e-5);
    }
}

TEST_CASE("Mpcfn: an absent crop gets no attention and no relevance", "[invariant-6]") {
    const ModelShape shape = shapeOf();
    const Forward out = modelOf(shape)->forward(usualBatch(shape), true);
    for (const Tensor& attention : out.textToImage)
        CHECK(attention[0].narrow(-1, 49 + 8, 4).abs().max().item<float>() == 0.0f);
    CHECK(out.relevance[0][3].item<float>() == 0.0f);
    CHECK(out.relevance[1][3].item<float>() > 0.0f);
}

TEST_CASE("Mpcfn: a post without any picture gives finite numbers and zero attention") {
    const ModelShape shape = shapeOf();
    const Batch batch = batchOf(shape, kTwoPosts, {PostPictures{}, picturesOf(2, 1)});
    const Forward out = modelOf(shape)->forward(batch, true);
    CHECK(out.emissions.isfinite().all().item<bool>());
    CHECK(out.textToImage.back()[0].abs().max().item<float>() == 0.0f);
    CHECK(out.relevance[0].abs().max().item<float>() == 0.0f);
}

TEST_CASE("Mpcfn: words attend to [CLS] and [SEP] from the picture's side, never to padding") {
    const ModelShape shape = shapeOf();
    const Forward out = modelOf(shape)->forward(usualBatch(shape), true);
    const Tensor first = out.imageToText[0][0];  // post of 3 words in a batch of 5
    CHECK(first.narrow(-1, 4, 2).abs().max().item<float>() == 0.0f);
    CHECK(first.select(-1, 0).min().item<float>() > 0.0f);
    CHECK(first.select(-1, 6).min().item<float>() > 0.0f);
}

TEST_CASE("Mpcfn: a post alone gives what it gives in a batch of longer posts") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    const Forward both = model->forward(usualBatch(shape), true);
    const Forward alone = model->forward(batchOf(shape, {kTwoPosts[0]}, {picturesOf(1, 2)}), true);
    CHECK(distance(alone.emissions[0], both.emissions[0].narrow(0, 0, 3)) < 2e-5);
    CHECK(distance(alone.relevance[0], both.relevance[0]) < 1e-5);
    CHECK(distance(alone.textToImage[1][0], both.textToImage[1][0].narrow(1, 0, 3)) < 1e-5);
}

TEST_CASE("Mpcfn: with the correlation gate off r_k is the presence of picture k") {
    const ModelShape shape = shapeOf({"cp=false"});
    const Forward out = modelOf(shape)->forward(usualBatch(shape), false);
    CHECK(distance(out.relevance, torch::tensor({{1.f, 1.f, 1.f, 0.f}, {1.f, 1.f, 1.f, 1.f}})) == 0);
}

TEST_CASE("Mpcfn: the level gates of each fusion layer are four weights that sum to 1") {
    const ModelShape shape = shapeOf();
    const Forward out = modelOf(shape)->forward(usualBatch(shape), true);
    REQUIRE(out.levelGates.size() == 2);
    for (const Tensor& gates : out.levelGates) {
        CHECK(gates.sizes() == at::IntArrayRef({2, 4}));
        CHECK(distance(gates.sum(-1), torch::ones({2})) < 1e-6);
    }
}

TEST_CASE("Mpcfn: text-only mode has no picture parameters and ignores pictures") {
    const ModelShape shape = shapeOf({"text_only=true"});
    const auto model = modelOf(shape);
    for (const auto& item : model->named_parameters()) CHECK(model->groupOf(item.key()) != "vision");
    const Forward out = model->forward(batchOf(shape, kTwoPosts, {}), true);
    CHECK_FALSE(out.relevance.defined());
    CHECK(out.textToImage.empty());
    CHECK(model->explains() == std::vector<std::string>{"marginals"});
}

TEST_CASE("Mpcfn: with pictures switched on another picture changes the emissions") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    const Tensor a = model->forward(batchOf(shape, {kTwoPosts[0]}, {picturesOf(1, 0)}), false).emissions;
    const Tensor b = model->forward(batchOf(shape, {kTwoPosts[0]}, {picturesOf(9, 0)}), false).emissions;
    CHECK(distance(a, b) > 1e-6);
}

TEST_CASE("Mpcfn: use_global off masks the 49 cells and sets r_0 to zero") {
    const ModelShape shape = shapeOf({"use_global=false"});
    const auto model = modelOf(shape);
    const Forward out = model->forward(usualBatch(shape), true);
    CHECK(out.relevance.select(1, 0).abs().max().item<float>() == 0.0f);
    CHECK(out.textToImage[0].narrow(-1, 0, 49).abs().max().item<float>() == 0.0f);
    PostPictures other = picturesOf(1, 2);
    other.grid = torch::ones({49, 14});
    const Tensor changed = model->forward(batchOf(shape, kTwoPosts, {other, picturesOf(2, 3)}), false).emissions;
    CHECK(distance(changed, out.emissions) == 0);
}

TEST_CASE("Mpcfn: use_objects off equals posts without crops") {
    const ModelShape with = shapeOf(), without = shapeOf({"use_objects=false"});
    const auto a = modelOf(with), b = modelOf(without);
    const Tensor noCrops = a->forward(batchOf(with, kTwoPosts, {picturesOf(1, 0), picturesOf(2, 0)}), false).emissions;
    const Tensor off = b->forward(usualBatch(without), false).emissions;
    CHECK(distance(noCrops, off) < 2e-5);
}

TEST_CASE("Mpcfn: a list of 54 crops uses the first K", "[invariant-12]") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    PostPictures many = picturesOf(1, 54), few = many;
    few.crops.resize(3);
    const Tensor a = model->forward(batchOf(shape, {kTwoPosts[0]}, {many}), false).emissions;
    const Tensor b = model->forward(batchOf(shape, {kTwoPosts[0]}, {few}), false).emissions;
    CHECK(distance(a, b) == 0);
}

TEST_CASE("Mpcfn: cross fusion without any visual row falls back to none") {
    const ModelShape shape = shapeOf({"use_global=false", "use_objects=false"});
    const auto model = modelOf(shape);
    for (const auto& item : model->named_parameters()) CHECK(item.key().rfind("text_stream", 0) != 0);
    CHECK(model->forward(usualBatch(shape), true).textToImage.empty());
}

TEST_CASE("Mpcfn: without cross fusion a post without picture is tagged by its words alone") {
    const ModelShape shape = shapeOf({"cf=false"});
    const auto model = modelOf(shape);
    const Tensor a = model->forward(batchOf(shape, {kTwoPosts[0]}, {PostPictures{}}), false).emissions;
    const Tensor b = model->forward(batchOf(shape, {kTwoPosts[0]}, {picturesOf(4, 2)}), false).emissions;
    CHECK(a.isfinite().all().item<bool>());
    CHECK(distance(a, b) > 1e-7);
}

TEST_CASE("Mpcfn: gate_layers stops the joint pass early and changes only the relevance path") {
    const ModelShape all = shapeOf(), one = shapeOf({"gate_layers=1"});
    const auto a = modelOf(all), b = modelOf(one);
    const Forward x = a->forward(usualBatch(all), false), y = b->forward(usualBatch(one), false);
    CHECK(distance(x.relevance, y.relevance) > 1e-8);
    CHECK(nn::parameterCount(*a) == nn::parameterCount(*b));
}

TEST_CASE("Mpcfn: a separate gate encoder starts as a copy and has its own parameters") {
    const ModelShape shared = shapeOf(), separate = shapeOf({"gate_encoder=separate"});
    const auto model = modelOf(separate);
    CHECK(nn::parameterCount(*model) > nn::parameterCount(*modelOf(shared)));
    const auto parameters = model->named_parameters();
    const Tensor own = parameters["gate_bert.embeddings.word_embeddings.weight"];
    const Tensor text = parameters["bert.embeddings.word_embeddings.weight"];
    CHECK(distance(own, text) == 0);
    CHECK(own.data_ptr() != text.data_ptr());
    CHECK(model->groupOf("gate_bert.embeddings.word_embeddings.weight") == "text");
}

TEST_CASE("Mpcfn: fusion layers start from the encoder's last blocks unless asked for random ones") {
    const std::string tail = "attention.self.query.weight";
    const auto copied = modelOf(shapeOf({"fusion_layers=1"}))->named_parameters();
    CHECK(distance(copied["text_stream_1." + tail], copied["bert.encoder.layer.1." + tail]) == 0);
    CHECK(distance(copied["vision_stream_1." + tail], copied["bert.encoder.layer.1." + tail]) == 0);
    const auto fresh = modelOf(shapeOf({"fusion_layers=1", "cmt_init=random"}))->named_parameters();
    CHECK(distance(fresh["text_stream_1." + tail], fresh["bert.encoder.layer.1." + tail]) > 1e-3);
}

TEST_CASE("Mpcfn: more fusion or gate layers than the encoder has are refused with the number it has") {
    for (const char* assignment : {"fusion_layers=3", "gate_layers=3"}) {
        try {
            modelOf(shapeOf({assignment}));
            FAIL("no error for " << assignment);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::OptionInvalid);
            CHECK(std::string(error.what()).find("at most 2") != std::string::npos);
        }
    }
}

TEST_CASE("Mpcfn: an encoder with one token type learns a vector for the picture") {
    ModelShape shape = shapeOf();
    shape.encoder.typeVocabulary = 1;
    const auto model = modelOf(shape);
    CHECK(model->named_parameters().contains("picture_type"));
    CHECK(model->forward(usualBatch(shape), false).emissions.isfinite().all().item<bool>());
}

TEST_CASE("Mpcfn: the order of cells matters only through where a word looks, never by position in the stream") {
    const ModelShape shape = shapeOf({"cp=false"});
    const auto model = modelOf(shape);
    PostPictures picture = picturesOf(3, 0), turned = picture;
    const Tensor order = torch::arange(48, -1, -1, torch::kInt64);
    turned.grid = picture.grid.index_select(0, order);
    const Forward a = model->forward(batchOf(shape, {kTwoPosts[0]}, {picture}), true);
    const Forward b = model->forward(batchOf(shape, {kTwoPosts[0]}, {turned}), true);
    CHECK(distance(a.emissions, b.emissions) < 1e-5);
    CHECK(distance(a.textToImage[0].narrow(-1, 0, 49).index_select(-1, order), b.textToImage[0].narrow(-1, 0, 49)) <
          1e-6);
}

TEST_CASE("Mpcfn: every combination of switches goes forward and backward with finite gradients") {
    for (const char* cp : {"cp=true", "cp=false"})
        for (const char* cf : {"cf=true", "cf=false"})
            for (const char* global : {"use_global=true", "use_global=false"})
                for (const char* objects : {"use_objects=true", "use_objects=false"})
                    for (const char* mode : {"subtoken=sum", "subtoken=mean", "subtoken=first"}) {
                        const ModelShape shape = shapeOf({cp, cf, global, objects, mode, "flood_b=0.5"}, 0.1);
                        const auto model = modelOf(shape);
                        model->train();
                        const Tensor loss = model->loss(usualBatch(shape));
                        loss.backward();
                        INFO(cp << " " << cf << " " << global << " " << objects << " " << mode);
                        CHECK(loss.isfinite().item<bool>());
                        bool finite = true;
                        for (const Tensor& parameter : model->parameters())
                            finite = finite &&
                                     (!parameter.grad().defined() || parameter.grad().isfinite().all().item<bool>());
                        CHECK(finite);
                    }
}

TEST_CASE("Mpcfn: with all switches on every parameter learns from the loss") {
    for (const char* gate : {"gate_encoder=shared", "gate_encoder=separate"}) {
        const ModelShape shape = shapeOf({gate});
        const auto model = modelOf(shape);
        model->train();
        model->loss(batchOf(shape, kTwoPosts, {withMore(picturesOf(1, 2), {3}), picturesOf(2, 3)})).backward();
        for (const auto& item : model->named_parameters()) {
            INFO(item.key());
            CHECK(item.value().grad().defined());
        }
    }
}

TEST_CASE("Mpcfn: parameters fall into the three optimiser groups") {
    const auto model = modelOf(shapeOf());
    CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
    CHECK(model->groupOf("emission.weight") == "crf");
    CHECK(model->groupOf("crf.transitions") == "crf");
    for (const char* name : {"level_projection_1.weight", "level_norm.bias", "relevance.weight", "level_gate_1.bias",
                             "text_stream_1.output.dense.weight", "vision_stream_2.output.dense.bias"})
        CHECK(model->groupOf(name) == "vision");
}

TEST_CASE("Mpcfn: equal seeds give equal models, other seeds others") {
    const ModelShape shape = shapeOf();
    const Batch batch = usualBatch(shape);
    const Tensor a = modelOf(shape, 4)->forward(batch, false).emissions;
    CHECK(distance(a, modelOf(shape, 4)->forward(batch, false).emissions) == 0);
    CHECK(distance(a, modelOf(shape, 5)->forward(batch, false).emissions) > 1e-6);
}

TEST_CASE("Mpcfn: one picture gives the very same bits, however many pictures a post may have") {
    const ModelShape one = shapeOf({"pictures=1"}), four = shapeOf({"pictures=4"});
    const auto plain = modelOf(one), model = modelOf(four);
    tellPicturesApart(*model);
    const Forward a = plain->forward(usualBatch(one), true), b = model->forward(usualBatch(four), true);
    CHECK(torch::equal(a.emissions, b.emissions));
    CHECK(torch::equal(a.relevance, b.relevance));
    for (std::size_t f = 0; f < a.textToImage.size(); ++f) CHECK(torch::equal(a.textToImage[f], b.textToImage[f]));
    CHECK_FALSE(plain->named_parameters().contains("picture_order"));
    CHECK(modelOf(four)->named_parameters()["picture_order"].abs().max().item<float>() == 0);
}

TEST_CASE("Mpcfn: every picture of a post has its own relevance and block of columns") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    const Batch batch =
        batchOf(shape, kTwoPosts, {withMore(picturesOf(1, 2), {3, 4}), withMore(picturesOf(2, 3), {5})});
    const Forward out = model->forward(batch, true);
    CHECK(out.relevance.sizes() == at::IntArrayRef({2, 12}));
    for (const Tensor& attention : out.textToImage) {
        CHECK(attention.sizes() == at::IntArrayRef({2, 2, 5, 3 * 61}));
        CHECK(distance(attention.sum(-1), torch::ones({2, 2, 5})) < 1e-5);
        CHECK(attention[1].narrow(-1, 2 * 61, 61).abs().max().item<float>() == 0);      // it has two pictures
        CHECK(attention[0].narrow(-1, 61 + 49 + 8, 4).abs().max().item<float>() == 0);  // of two crops each
        CHECK(attention[0].narrow(-1, 61, 49).max().item<float>() > 0);
    }
    for (const Tensor& attention : out.imageToText) CHECK(attention.sizes() == at::IntArrayRef({2, 2, 3 * 61, 7}));
    // A picture's relevance is what it is when it stands alone.
    const PostPictures third = picturesOf(4, 2);
    const Tensor alone = model->forward(batchOf(shape, {kTwoPosts[0]}, {third}), true).relevance[0];
    CHECK(distance(out.relevance[0].narrow(0, 8, 4), alone) < 1e-5);
    CHECK(out.relevance[1].narrow(0, 8, 4).abs().max().item<float>() == 0);
}

TEST_CASE("Mpcfn: a post alone gives what it gives beside one with more pictures") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    tellPicturesApart(*model);
    const PostPictures two = withMore(picturesOf(1, 2), {3});
    const Batch batch = batchOf(shape, kTwoPosts, {two, withMore(picturesOf(2, 3), {5, 6, 7})});
    const Tensor both = model->forward(batch, false).emissions[0].narrow(0, 0, 3);
    CHECK(distance(emissionsOf(*model, shape, two)[0], both) < 1e-5);
}

TEST_CASE("Mpcfn: further pictures count, and the order of pictures counts once training told them apart") {
    const ModelShape shape = shapeOf();
    const auto model = modelOf(shape);
    const PostPictures first = picturesOf(1, 2);
    const Tensor usual = emissionsOf(*model, shape, withMore(first, {3, 4}));
    CHECK(distance(usual, emissionsOf(*model, shape, first)) > 1e-6);
    CHECK(distance(usual, emissionsOf(*model, shape, withMore(first, {4, 3}))) < 1e-5);
    tellPicturesApart(*model);
    CHECK(distance(emissionsOf(*model, shape, withMore(first, {3, 4})),
                   emissionsOf(*model, shape, withMore(first, {4, 3}))) > 1e-6);
    // A crop is read with its picture's place.
    PostPictures moved = withMore(first, {3, 4}), kept = moved;
    std::swap(moved.more[0].crops, moved.more[1].crops);
    CHECK(distance(emissionsOf(*model, shape, moved), emissionsOf(*model, shape, kept)) > 1e-6);
}

TEST_CASE("Mpcfn: an absent further picture is masked, and without the whole picture all are") {
    const ModelShape shape = shapeOf(), blind = shapeOf({"use_global=false"});
    PostPictures absent = picturesOf(1, 2);
    absent.more.push_back({});
    const auto model = modelOf(shape), without = modelOf(blind);
    CHECK(distance(emissionsOf(*model, shape, absent), emissionsOf(*model, shape, picturesOf(1, 2))) < 1e-5);
    PostPictures a = withMore(picturesOf(1, 2), {3}), b = a;
    b.more[0].grid = -a.more[0].grid;
    CHECK(distance(emissionsOf(*without, blind, a), emissionsOf(*without, blind, b)) < 1e-6);
    CHECK(distance(emissionsOf(*model, shape, a), emissionsOf(*model, shape, b)) > 1e-6);
    for (const char* mode : {"cp=false", "cf=false"}) {
        const ModelShape other = shapeOf({mode});
        CHECK(emissionsOf(*modelOf(other), other, a).isfinite().all().item<bool>());
    }
}

TEST_CASE("Mpcfn: a post alone gives what it gives in a batch of longer posts, unless its cells stand behind those") {
    for (const char* places : {"cell_positions=post", "cell_positions=batch"}) {
        for (const int types : {2, 1}) {
            INFO(places << " " << types);
            ModelShape shape = shapeOf({places, "objects=2"});
            shape.encoder.typeVocabulary = types;
            const auto model = modelOf(shape);
            {
                const torch::NoGradGuard noGradient;  // positions far apart, so that a wrong one shows
                model->named_parameters()["bert.embeddings.position_embeddings.weight"].mul_(20);
            }
            const std::vector<PostPictures> pictures{picturesOf(1, 2), picturesOf(2, 1)};
            const Forward both = model->forward(batchOf(shape, twoPosts(), pictures), false);
            const Forward alone = model->forward(batchOf(shape, {twoPosts()[0]}, {pictures[0]}), false);
            const double relevance = distance(alone.relevance[0], both.relevance[0]);
            if (shape.options.at("cell_positions") == "post") {
                CHECK(relevance < 1e-6);
                CHECK(distance(alone.emissions[0], both.emissions[0].narrow(0, 0, 3)) < 1e-6);
            } else {
                CHECK(relevance > 1e-5);
            }
        }
    }
}
