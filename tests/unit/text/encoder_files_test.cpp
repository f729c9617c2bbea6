#include "core/text/encoder_files.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

using namespace mnerva;
using namespace mnerva::text;
using namespace mnerva::test;
namespace fs = std::filesystem;

namespace {

using Part = EncoderPart;

void put(const TemporaryFolder& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) writeFileAtomic(folder / name, "x");
}

std::string foundOf(const TemporaryFolder& folder, Part part) {
    return EncoderFiles(folder.path()).require(part).filename().string();
}

}  // namespace

TEST_CASE("EncoderFiles.AFolderIsWholeWithAConfigurationAVocabularyAndWeights") {
    const TemporaryFolder folder;
    CHECK(EncoderFiles(folder.path()).missing() ==
          std::vector<std::string>{"config.json", "vocab.txt", "model.safetensors"});
    put(folder, {"config.json", "vocab.txt"});
    CHECK(EncoderFiles(folder.path()).missing() == std::vector<std::string>{"model.safetensors"});
    CHECK_FALSE(EncoderFiles(folder.path()).isWhole());
    put(folder, {"pytorch_model.bin"});
    CHECK(EncoderFiles::in(folder.path()).isWhole());
}

TEST_CASE("EncoderFiles.OfSeveralFilesOfAPartOneIsTakenAlways") {
    const TemporaryFolder folder;
    put(folder, {"pytorch_model.bin", "tokenizer.json"});
    CHECK(foundOf(folder, Part::Weights) == "pytorch_model.bin");
    CHECK(foundOf(folder, Part::Vocabulary) == "tokenizer.json");
    put(folder, {"model.safetensors", "vocab.txt"});
    CHECK(foundOf(folder, Part::Weights) == "model.safetensors");
    CHECK(foundOf(folder, Part::Vocabulary) == "vocab.txt");
    put(folder, {"vocab.json"});
    CHECK(foundOf(folder, Part::Vocabulary) == "vocab.txt");  // no merges, no pairs
    put(folder, {"merges.txt"});
    CHECK(foundOf(folder, Part::Vocabulary) == "vocab.json");
    put(folder, {"sentencepiece.bpe.model"});
    CHECK(foundOf(folder, Part::Vocabulary) == "sentencepiece.bpe.model");
}

TEST_CASE("EncoderFiles.AMissingPartIsToldWithEveryNameItCouldHave") {
    const TemporaryFolder folder;
    CHECK(errorOf([&] { EncoderFiles(folder.path()).require(Part::Config); }) == "encoder-incomplete");
    std::vector<std::string> told;
    try {
        EncoderFiles(folder.path()).require(Part::Weights);
    } catch (const Error& error) {
        told = error.args();
    }
    CHECK(told == std::vector<std::string>{folder.path().string(), "model.safetensors or pytorch_model.bin"});
}

TEST_CASE("EncoderFiles.NoFolderAndAFileAreTold") {
    const TemporaryFolder folder;
    put(folder, {"file"});
    CHECK(errorOf([&] { EncoderFiles::in(folder / "none"); }) == "file-missing");
    CHECK(errorOf([&] { EncoderFiles::in(folder / "file"); }) == "encoder-invalid");
    CHECK(EncoderFiles(folder / "none").missing().size() == 3);
    CHECK(EncoderFiles(folder / "file").missing().size() == 3);
}

TEST_CASE("EncoderFiles.TheTokenizerConfigurationSaysNothingWhereItIsNotThere") {
    const TemporaryFolder folder;
    CHECK_FALSE(readTokenizerConfig(folder.path()).lowerCase);
    writeFileAtomic(folder / "tokenizer_config.json",
                    R"({"do_lower_case": false, "tokenizer_class": "BertTokenizer"})");
    CHECK(readTokenizerConfig(folder.path()).lowerCase == false);
    CHECK(readTokenizerConfig(folder.path()).tokenizerClass == "BertTokenizer");
    writeFileAtomic(folder / "tokenizer_config.json", R"({"do_lower_case": "no", "tokenizer_class": 3})");
    CHECK_FALSE(readTokenizerConfig(folder.path()).lowerCase);
    CHECK(readTokenizerConfig(folder.path()).tokenizerClass.empty());
    writeFileAtomic(folder / "tokenizer_config.json", "[]");
    CHECK(errorOf([&] { readTokenizerConfig(folder.path()); }) == "format-invalid");
}
