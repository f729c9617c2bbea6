#include "core/models/systems/rpbert_internal.h"

#include "core/base/error.h"
#include "core/models/text/post_encoder_internal.h"
#include "core/models/text/word_vectors_internal.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

/// Small enough for many models a second.
ModelShape smallShape(std::vector<std::string> assignments = {}, double dropout = 0) {
    assignments.insert(assignments.begin(), "lstm_hidden=6");
    return shapeFor("rpbert", assignments, dropout);
}

Batch usualBatch(const ModelShape& shape) {
    return batchOf(shape, twoPosts(), {picturesOf(1, 0), picturesOf(2, 0)});
}

void change(NerModel& model, const std::string& prefix, double by = 0.5) {
    const torch::NoGradGuard noGradient;
    for (auto& item : model.named_parameters())
        if (item.key().starts_with(prefix)) item.value().add_(by * torch::randn_like(item.value()));
}

/// The posts of rpbert_golden.py.
EncodedPost goldenPost(const std::vector<std::vector<std::int64_t>>& pieces, const std::vector<std::int64_t>& tags) {
    EncodedPost post;
    post.ids = {2};
    for (const auto& word : pieces) {
        post.words.push_back({static_cast<int>(post.ids.size()), static_cast<int>(word.size())});
        post.ids.insert(post.ids.end(), word.begin(), word.end());
    }
    post.ids.push_back(3);
    post.tags = tags;
    return post;
}

std::vector<EncodedPost> goldenPosts() {
    return {goldenPost({{5}, {9, 14}, {7}}, {1, 2, 0}), goldenPost({{4}, {6, 8}, {10}, {12, 19}}, {0, 3, 4, 1}),
            goldenPost({{17}, {18, 11}}, {3, 0})};
}

Batch goldenBatch(const ModelShape& shape, const nlohmann::json& wanted, std::size_t posts = 3) {
    const Tensor grid = formula(wanted.at("grid"), {3, 49, 14}, 3);
    std::vector<PostPictures> pictures(posts);
    for (std::size_t b = 0; b < 2; ++b) pictures[b].grid = grid[static_cast<std::int64_t>(b)];
    std::vector<EncodedPost> all = goldenPosts();
    all.resize(posts);
    Batch batch = batchOf(shape, all, pictures);
    if (shape.wordVectorSize > 0)
        batch.text.wordVectors =
            formula("word vectors", {3, 4, 3}) * batch.text.unitMask.unsqueeze(-1).to(torch::kFloat32);
    return batch;
}

}  // namespace

TEST_CASE("Rpbert: emissions, losses, gate, map and every gradient are those of PyTorch, for each gate and place") {
    for (const nlohmann::json& wanted : goldenJson("rpbert.json")) {
        const bool picture = wanted.at("picture").get<bool>();
        ModelShape shape = smallShape({"gate=" + wanted.at("gate").get<std::string>(),
                                       "cell_positions=" + wanted.at("cell_positions").get<std::string>(),
                                       "lstm_layers=" + std::to_string(wanted.at("lstm_layers").get<int>()),
                                       picture ? "text_only=false" : "text_only=true"});
        shape.encoder.typeVocabulary = wanted.at("types").get<int>();
        shape.wordVectorSize = wanted.at("vectors").get<bool>() ? 3 : 0;
        const auto model = modelOf<Rpbert>(shape);
        fillBert(*model, 0.3);
        const Batch batch = goldenBatch(shape, wanted);
        const Forward out = model->forward(batch, true);
        const auto& posts = wanted.at("emissions");
        for (std::int64_t b = 0; b < 3; ++b) {
            const std::int64_t words = static_cast<std::int64_t>(posts[b].size()) / 5;
            requireClose("emissions of post " + std::to_string(b), out.emissions[b].narrow(0, 0, words),
                         tensorOf(posts[b], {words, 5}), 2e-5);
            if (!picture) continue;
            const auto& map = wanted.at("maps")[b];
            for (std::int64_t w = 0; w < static_cast<std::int64_t>(map.size()); ++w)
                requireClose("map of post " + std::to_string(b) + ", word " + std::to_string(w),
                             out.textToImage.at(0)[b][0][w], tensorOf(map[w], {49}), 2e-5);
        }
        Tensor loss = model->loss(batch);
        requireClose("loss", loss.item<double>(), wanted.at("loss").get<double>(), 2e-5);
        if (wanted.contains("gates")) {
            requireClose("gates", out.relevance, tensorOf(wanted.at("gates"), {3, 1}), 2e-5);
            const Tensor relation = model->relationLoss(goldenBatch(shape, wanted, 2), torch::tensor({1L, 0L}));
            requireClose("relation loss", relation.item<double>(), wanted.at("relation_loss").get<double>(), 2e-5);
            loss = loss + 0.05 * relation;
        }
        loss.backward();
        CHECK(model->parameters().size() == wanted.at("gradients").size());
        requireGradients(*model, wanted.at("gradients"), 2e-5);
    }
}

TEST_CASE("Rpbert: one emission and one row of the map a word; rows of the map sum to 1") {
    const ModelShape shape = smallShape();
    const auto model = modelOf(shape);
    const Batch batch = usualBatch(shape);
    const Forward out = model->forward(batch, true);
    CHECK(out.emissions.sizes() == at::IntArrayRef({2, 5, 5}));
    CHECK(out.relevance.sizes() == at::IntArrayRef({2, 1}));
    REQUIRE(out.textToImage.size() == 1);
    CHECK(out.textToImage[0].sizes() == at::IntArrayRef({2, 1, 5, 49}));
    CHECK(distance(out.textToImage[0].sum(-1)[1], torch::ones({1, 5})) < 1e-5);
    CHECK(model->forward(batch, false).textToImage.empty());
}

TEST_CASE("Rpbert: a post alone gives what it gives in a batch of longer posts, unless its cells stand behind those") {
    for (const bool published : {false, true}) {
        const ModelShape shape = smallShape({published ? "cell_positions=batch" : "cell_positions=post"});
        const auto model = modelOf(shape);
        change(*model, "bert.");
        const Forward both = model->forward(usualBatch(shape), true);
        const Forward alone = model->forward(batchOf(shape, {twoPosts()[0]}, {picturesOf(1, 0)}), true);
        const std::int64_t n = alone.emissions.size(1);
        const double emissions = distance(alone.emissions[0], both.emissions[0].narrow(0, 0, n));
        const double map = distance(alone.textToImage[0][0], both.textToImage[0][0].narrow(1, 0, n));
        if (published) {
            CHECK(emissions > 1e-5);
        } else {
            CHECK(emissions < 1e-5);
            CHECK(map < 1e-5);
            CHECK(distance(alone.relevance[0], both.relevance[0]) < 1e-5);
        }
    }
}

TEST_CASE("Rpbert: both places of the cells agree where no post is padded") {
    const ModelShape shape = smallShape(), published = smallShape({"cell_positions=batch"});
    const auto of = [&](const ModelShape& any) {
        return modelOf(any)->forward(batchOf(any, {twoPosts()[1]}, {picturesOf(2, 0)}), false).emissions;
    };
    CHECK(distance(of(shape), of(published)) < 1e-6);
}

TEST_CASE("Rpbert: without picture the gate is shut, the map empty, and what reads pictures has no say") {
    for (const char* places : {"cell_positions=post", "cell_positions=batch"}) {
        const ModelShape shape = smallShape({places});
        const auto model = modelOf(shape);
        const Batch batch = batchOf(shape, twoPosts(), {PostPictures{}, picturesOf(2, 0)});
        const Forward before = model->forward(batch, true);
        CHECK(before.emissions.isfinite().all().item<bool>());
        CHECK(before.relevance[0].item<float>() == 0.0f);
        CHECK(before.relevance[1].item<float>() > 0.0f);
        CHECK(before.textToImage[0][0].abs().max().item<float>() == 0.0f);
        change(*model, "grid_projection");
        const Forward after = model->forward(batch, true);
        CHECK(distance(after.emissions[0], before.emissions[0]) == 0);
        CHECK(distance(after.emissions[1], before.emissions[1]) > 1e-7);
        model->train();
        const Tensor loss = model->loss(batchOf(shape, twoPosts(), {PostPictures{}, PostPictures{}}));
        loss.backward();
        CHECK(loss.isfinite().item<bool>());
        for (const Tensor& parameter : model->parameters())
            if (parameter.grad().defined()) CHECK(parameter.grad().isfinite().all().item<bool>());
    }
}

TEST_CASE("Rpbert: a post without picture is tagged as the same model tags it without any picture part") {
    const ModelShape shape = smallShape(), text = smallShape({"text_only=true"});
    const auto model = modelOf(shape), bare = modelOf(text);
    nn::loadInto(*bare, nn::stateOf(*model), "the model with pictures");
    const Tensor a = model->forward(batchOf(shape, twoPosts(), {PostPictures{}, PostPictures{}}), false).emissions;
    const Tensor b = bare->forward(batchOf(text, twoPosts(), {}), false).emissions;
    CHECK(distance(a, b) < 1e-5);
}

TEST_CASE("Rpbert: the gate weighs the cells: soft by its probability, hard by all or nothing, none not at all") {
    const auto full = modelOf(smallShape({"gate=soft"}));  // one set of weights for all: without gate fewer are drawn
    const auto with = [&](const char* gate, double bias) {
        const ModelShape shape = smallShape({gate});
        const auto model = modelOf(shape);
        nn::loadInto(*model, nn::stateOf(*full), "the model with a gate");
        const torch::NoGradGuard noGradient;
        for (auto& item : model->named_parameters())
            if (item.key() == "relevance.bias") item.value().copy_(torch::tensor({0.0, bias}));
        return model->forward(usualBatch(shape), false);
    };
    const Tensor open = with("gate=none", 0).emissions;
    CHECK_FALSE(with("gate=none", 0).relevance.defined());
    CHECK(with("gate=hard", 5).relevance.eq(1).all().item<bool>());
    CHECK(with("gate=hard", -5).relevance.eq(0).all().item<bool>());
    CHECK(distance(with("gate=soft", 100).emissions, open) < 1e-5);
    CHECK(distance(with("gate=hard", 5).emissions, open) < 1e-6);
    CHECK(distance(with("gate=soft", -100).emissions, with("gate=hard", -5).emissions) < 1e-6);
    CHECK(distance(with("gate=hard", -5).emissions, open) > 1e-6);
    const Tensor between = with("gate=soft", 0.1).relevance;
    CHECK(between.gt(0).logical_and(between.lt(1)).all().item<bool>());
}

TEST_CASE("Rpbert: with a shut gate the picture's content has no say, though its cells are still read") {
    const ModelShape shape = smallShape({"gate=hard"});
    const auto model = modelOf(shape);
    const auto of = [&](double bias, std::uint64_t picture) {
        const torch::NoGradGuard noGradient;
        for (auto& item : model->named_parameters())
            if (item.key() == "relevance.bias") item.value().copy_(torch::tensor({0.0, bias}));
        return model->forward(batchOf(shape, {twoPosts()[0]}, {picturesOf(picture, 0)}), false).emissions;
    };
    CHECK(distance(of(-5, 1), of(-5, 2)) == 0);
    CHECK(distance(of(5, 1), of(5, 2)) > 1e-7);
}

TEST_CASE("Rpbert: only the last stage of the picture is read, cell by cell") {
    const ModelShape shape = smallShape();
    const auto model = modelOf(shape);
    change(*model, "bert.");
    const auto of = [&](const PostPictures& picture) {
        return model->forward(batchOf(shape, {twoPosts()[0]}, {picture}), false).emissions;
    };
    const PostPictures picture = picturesOf(1, 0);
    PostPictures early = picture, late = picture, moved = picture;
    early.grid = picture.grid.clone();
    early.grid.narrow(1, 0, 9).fill_(3);
    late.grid = picture.grid.clone();
    late.grid.narrow(1, 9, 5).normal_();
    moved.grid = picture.grid.flip(0);
    CHECK(distance(of(early), of(picture)) == 0);
    CHECK(distance(of(late), of(picture)) > 1e-6);
    CHECK(distance(of(moved), of(picture)) > 1e-6);
}

TEST_CASE("Rpbert: a word is the mean of its pieces, or its first piece") {
    const EncodedPost post = postOf({1, 3});
    const auto with = [&](const char* mode) {
        const ModelShape shape = smallShape({mode, "text_only=true"});
        return modelOf(shape)->forward(batchOf(shape, {post}, {}), false).emissions;
    };
    CHECK(distance(with("subtoken=mean"), with("subtoken=first")) > 1e-6);
    const ModelShape shape = smallShape({"text_only=true"});
    CHECK(batchOf(shape, {post}, {}).text.pooling[0][2].max().item<float>() == Approx(1.0 / 3));
}

TEST_CASE("Rpbert: word vectors stand behind the words and change the tags") {
    ModelShape shape = smallShape({"text_only=true"});
    shape.wordVectorSize = 3;
    const auto model = modelOf(shape);
    Batch batch = batchOf(shape, twoPosts(), {});
    batch.text.wordVectors = torch::zeros({2, 5, 3});
    const Tensor before = model->forward(batch, false).emissions;
    batch.text.wordVectors[1][2].fill_(1);
    const Tensor after = model->forward(batch, false).emissions;
    CHECK(distance(before[0], after[0]) == 0);
    CHECK(distance(before[1], after[1]) > 1e-6);
}

TEST_CASE("Rpbert: every parameter learns, in the groups of models.md 4.4") {
    for (const char* gate : {"gate=soft", "gate=hard", "gate=none"}) {
        const ModelShape shape = smallShape({gate, "lstm_dropout=0.3"}, 0.1);
        const auto model = modelOf(shape);
        model->train();
        model->loss(usualBatch(shape)).backward();
        for (const auto& item : model->named_parameters()) {
            INFO(gate << " " << item.key());
            REQUIRE(item.value().grad().defined());
            CHECK(item.value().grad().abs().max().item<double>() >= 0);
            CHECK(model->groupOf(item.key()) == (item.key().starts_with("bert.") ? "text" : "crf"));
        }
    }
    CHECK(modelOf(smallShape())->groupOf("resnet.conv1.weight") == "vision");
}

TEST_CASE("Rpbert: the relation task moves the gate, not the tagger") {
    const ModelShape shape = smallShape();
    const auto model = modelOf<Rpbert>(shape);
    const Batch batch = usualBatch(shape);
    model->relationLoss(batch, torch::tensor({1L, 0L})).backward();
    for (const auto& item : model->named_parameters()) {
        INFO(item.key());
        const bool tagger =
            item.key().starts_with("lstm.") || item.key().starts_with("emission.") || item.key().starts_with("crf.");
        CHECK(item.value().grad().defined() == !tagger);
    }
    const auto before = model->forward(batch, false).relevance.clone();
    {
        const torch::NoGradGuard noGradient;
        for (auto& item : model->named_parameters())
            if (item.value().grad().defined()) item.value().sub_(item.value().grad(), 0.1);
    }
    const Tensor after = model->forward(batch, false).relevance;
    CHECK((after[0] - after[1]).item<float>() > (before[0] - before[1]).item<float>());
}

TEST_CASE("Rpbert: a relation file without a gate or a picture is refused") {
    for (const char* without : {"gate=none", "text_only=true"}) {
        const ModelShape shape = smallShape({without, "relation_file=pairs.tsv"});
        CHECK(errorOf([&] { makeModel(shape); }).code() == ErrorCode::OptionInvalid);
    }
    makeModel(smallShape({"relation_file=pairs.tsv"}));
}

TEST_CASE("Rpbert: pictures take 49 of the encoder's positions") {
    CHECK(longestSequence(smallShape()) == 80 - 49);
    CHECK(longestSequence(smallShape({"text_only=true"})) == 80);
    const ModelShape shape = smallShape({"cell_positions=batch"});
    const EncodedPost longest = postOf(std::vector<int>(29, 1));
    CHECK(modelOf(shape)->forward(batchOf(shape, {longest}, {picturesOf(1, 0)}), false).emissions.size(1) == 29);
}

TEST_CASE("Rpbert: equal seeds give equal models, other seeds others") {
    const ModelShape shape = smallShape();
    const Batch batch = usualBatch(shape);
    const Tensor a = modelOf(shape, 4)->forward(batch, false).emissions;
    CHECK(distance(a, modelOf(shape, 4)->forward(batch, false).emissions) == 0);
    CHECK(distance(a, modelOf(shape, 5)->forward(batch, false).emissions) > 1e-6);
}

TEST_CASE("Odd words: white space, joiners, selectors and t.co links, and nothing else") {
    for (const char* odd : {"", " ", "\t \xC2\xA0", "\xE3\x80\x80", "\xEF\xB8\x8F", "\xE2\x80\x8D", "\xE2\x80\x8B",
                            "\xC2\x92", "http://t.co/abc", "\x1F", "\xC2\x85"})
        CHECK(isOddWord(odd));
    for (const char* usual : {"a", "http://example.org", "https://t.co/abc", "x\xEF\xB8\x8F", "\xF0\x9F\x98\x80", "0"})
        CHECK_FALSE(isOddWord(usual));
}

TEST_CASE("Odd words: are one unknown piece where a system cleans words, and keep their tag") {
    const auto pieces = text::WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "to"}, true);
    const std::vector<std::string> words{"to", "\xEF\xB8\x8F", "http://t.co/x"};
    TextLayout cleaning;
    cleaning.oddWordsUnknown = true;
    const EncodedPost clean = encodePost(pieces, words, 20, cleaning), plain = encodePost(pieces, words, 20);
    CHECK(clean.ids == std::vector<std::int64_t>{2, 5, 1, 1, 3});
    CHECK(clean.words[1].pieces == 1);
    CHECK(plain.words[1].pieces == 0);
    CHECK(plain.ids.size() > clean.ids.size());
}

TEST_CASE("Word vectors: a batch holds those of its words, also by their lower case, and zeros for unknown ones") {
    const WordVectors vectors({"see", "Anna"}, {1, 2, 3, 4}, 2);
    TextLayout layout;
    layout.wordVectors = &vectors;
    const auto pieces = text::WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "see"}, true);
    const EncodedPost a = encodePost(pieces, {"SEE", "", "Anna", "anna"}, 20, layout),
                      b = encodePost(pieces, {"see"}, 20, layout);
    CHECK(a.vectorRows == std::vector<std::int64_t>{0, -1, 1, -1});
    const Tensor found = makeBatch({&a, &b}, {}, PictureLayout{}, layout).text.wordVectors;
    CHECK(found.equal(torch::tensor({1.f, 2.f, 0.f, 0.f, 3.f, 4.f, 0.f, 0.f, 1.f, 2.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f})
                          .view({2, 4, 2})));
}
