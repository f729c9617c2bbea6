#include "core/base/file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

RunConfig configWith(const Toy& toy, const std::string& run, const std::string& file) {
    return toy.configOf("rpbert", run, {"epochs=2", "text_only=true", "word_vectors=" + (toy.folder / file).string()});
}

}  // namespace

TEST_CASE("Word vectors: a run keeps its file, so that it predicts without the one it was given") {
    const Toy toy(8, true);
    writeFileAtomic(toy.folder / "words.vec", "3 2\nmister 1 0\nin 0 1\nbuy -1 0\n");
    const RunConfig config = configWith(toy, "vectors", "words.vec");
    trained(toy, config);
    std::filesystem::remove(toy.folder / "words.vec");
    const auto of = [&] { return models::Predictor::load(config.runFolder, "cpu"); };
    const auto first = of()->predict(toy.data.train[0].input, {true, false});
    CHECK(first.marginals.values == of()->predict(toy.data.train[0].input, {true, false}).marginals.values);
    // Other vectors, other numbers: they are read.
    models::PostInput other = toy.data.train[0].input;
    other.words[0] = "unheard";
    CHECK(of()->predict(other, {true, false}).marginals.values != first.marginals.values);
    writeFileAtomic(config.runFolder / "word-vectors.vec", "1 2\nmister 0 0\n");
    try {
        of();
        FAIL("the vectors were exchanged");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::RunDamaged);
        CHECK(error.args().at(1).find("word-vectors.vec") != std::string::npos);
    }
}

TEST_CASE("Word vectors: a missing file and one that holds none fail with their name") {
    const Toy toy(8, true);
    CHECK(failureOf(toy, configWith(toy, "missing", "none.vec")) == ErrorCode::FileMissing);
    writeFileAtomic(toy.folder / "bad.vec", "one 1 2\ntwo 1\n");
    CHECK(failureOf(toy, configWith(toy, "bad", "bad.vec")) == ErrorCode::FormatInvalid);
}
