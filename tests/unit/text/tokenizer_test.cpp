#include "core/text/tokenizer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/byte_level_bpe.h"
#include "core/text/gpt2_split.h"
#include "core/text/sentencepiece_model.h"
#include "core/text/unigram.h"
#include "core/text/utf8.h"
#include "core/text/wordpiece.h"
#include "tests/support/data.h"
#include "tests/unit/text/golden_words.h"

using namespace mnerva;
using namespace mnerva::text;
using namespace mnerva::text::test;
using mnerva::test::TemporaryFolder;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> piecesOf(const std::string& text) {
    std::vector<std::size_t> ends;
    gpt2Split(text, ends);
    std::vector<std::string> out;
    std::size_t at = 0;
    for (const std::size_t end : ends) {
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

/// A small folder of byte-level BPE: the 256 bytes are not all there, "a", "b" and the space are.
struct SmallBpe {
    SmallBpe() {
        put("vocab.json", R"({"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "a": 4, "b": 5, "\u0120": 6, "ab": 7,
                              "\u0120ab": 8, "ba": 9, "<mask>": 10})");
        put("merges.txt", "#version: 0.2\na b\n\u0120 ab\nb a\n");
    }
    void put(const char* name, const std::string& content) const { writeFileAtomic(folder / name, content); }
    Error failure() const {
        try {
            loadTokenizer(folder.path());
        } catch (const Error& error) {
            return error;
        }
        return Error(ErrorCode::Internal, {"nothing was refused"});
    }
    TemporaryFolder folder;
};

}  // namespace

TEST_CASE("Gpt2Split.CutsAsThePatternSays") {
    using Pieces = std::vector<std::string>;
    CHECK(piecesOf(" don't") == Pieces{" don", "'t"});
    CHECK(piecesOf(" we'll've") == Pieces{" we", "'ll", "'ve"});
    CHECK(piecesOf(" 'S") == Pieces{" '", "S"});
    CHECK(piecesOf("a  b") == Pieces{"a", " ", " b"});
    CHECK(piecesOf("a \u00a0b") == Pieces{"a", " ", "\u00a0", "b"});
    CHECK(piecesOf("a  ") == Pieces{"a", "  "});
    CHECK(piecesOf(" x1!?\u4e2d\u0662") == Pieces{" x", "1", "!?", "\u4e2d", "\u0662"});
    CHECK(piecesOf("").empty());
    CHECK(piecesOf(" ") == Pieces{" "});
}

TEST_CASE("ByteLevelBpe.MergesThePairLearnedFirst") {
    const SmallBpe files;
    const auto tokenizer = loadTokenizer(files.folder.path());
    CHECK(tokenizer->ids("ab") == std::vector<int>{8});
    CHECK(tokenizer->ids("aba") == std::vector<int>{8, 4});
    CHECK(tokenizer->ids("bab") == std::vector<int>{6, 5, 7});
    CHECK(tokenizer->ids("bba") == std::vector<int>{6, 5, 9});
}

TEST_CASE("ByteLevelBpe.EmptyWordHasNoPiecesAndUnknownBytesAreLeftOut") {
    const SmallBpe files;
    const auto tokenizer = loadTokenizer(files.folder.path());
    CHECK(tokenizer->ids("").empty());
    CHECK(tokenizer->ids("azb") == std::vector<int>{8});
    CHECK(tokenizer->ids(" ab") == std::vector<int>{8});
}

TEST_CASE("ByteLevelBpe.SpecialIdsComeFromTheVocabulary") {
    const SmallBpe files;
    const auto tokenizer = loadTokenizer(files.folder.path());
    CHECK(tokenizer->begin() == 0);
    CHECK(tokenizer->pad() == 1);
    CHECK(tokenizer->end() == 2);
    CHECK(tokenizer->unk() == 3);
    CHECK(tokenizer->mask() == 10);
    CHECK(tokenizer->size() == 11);
}

TEST_CASE("ByteLevelBpe.DamagedFilesAreNamed") {
    SmallBpe files;
    files.put("merges.txt", "#version: 0.2\na b c\n");
    CHECK(files.failure().code() == ErrorCode::LineInvalid);
    CHECK(files.failure().args().at(1) == "2");
    files.put("merges.txt", "b b\n");
    CHECK(files.failure().code() == ErrorCode::EncoderInvalid);
    CHECK(files.failure().args().at(1).find("b b") != std::string::npos);
    files.put("merges.txt", "");
    files.put("vocab.json", "[1]");
    CHECK(files.failure().code() == ErrorCode::FormatInvalid);
    files.put("vocab.json", R"({"<s>": 0, "<pad>": -1})");
    CHECK(files.failure().code() == ErrorCode::FormatInvalid);
    files.put("vocab.json", R"({"<s>": 0, "<pad>": 1})");
    CHECK(files.failure().code() == ErrorCode::EncoderInvalid);
    CHECK(files.failure().args().at(1).find("</s>") != std::string::npos);
}

TEST_CASE("ByteLevelBpe.DeepJsonAndIdsFarOutAreRefused") {
    const TemporaryFolder folder;
    const auto codeOfFile = [&](const std::string& content) {
        writeFileAtomic(folder / "tokenizer.json", content);
        try {
            ByteLevelBpe::loadTokenizerJson(folder / "tokenizer.json");
        } catch (const Error& error) {
            CHECK(error.args().at(0) == (folder / "tokenizer.json").string());
            return error.code();
        }
        return ErrorCode::Internal;
    };
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    CHECK(codeOfFile(R"({"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":)" + deep + "}") ==
          ErrorCode::FormatInvalid);
    const auto withId = [](const std::string& id) {
        return R"({"model":{"type":"BPE","vocab":{"<s>":0,"</s>":1,"<pad>":2,"<unk>":3,"a":)" + id +
               R"(},"merges":[]},"pre_tokenizer":{"type":"ByteLevel"}})";
    };
    CHECK(codeOfFile(withId("100")) == ErrorCode::Internal);            // read
    CHECK(codeOfFile(withId("2000000")) == ErrorCode::EncoderInvalid);  // a table of 64 MB for five entries
    CHECK(codeOfFile(withId("16777215")) == ErrorCode::FormatInvalid);
    CHECK(codeOfFile(withId("18446744073709551615")) == ErrorCode::FormatInvalid);
}

TEST_CASE("Tokenizer.DeepConfigIsTold") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "tokenizer_config.json", R"({"do_lower_case":)" + std::string(200000, '['));
    try {
        loadTokenizer(folder.path());
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args().at(0) == (folder / "tokenizer_config.json").string());
    }
}

TEST_CASE("WordPiece.MillionsOfEmptyLinesAreTooMany") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n" + std::string(3 << 20, '\n'));
    try {
        WordPiece::load(folder / "vocab.txt", true);
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::BoundExceeded);
    }
}

TEST_CASE("Unigram.AFieldOfAnotherKindDoesNotRepeatThePieceBeforeIt") {
    // A piece of 1 MB and then 100,000 fields "1" that hold numbers: each took the piece's bytes once more (100 GB).
    std::string piece = "\x0a\x80\x80\x40" + std::string(1 << 20, 'a');
    std::string model = "\x0a\x84\x80\x40" + piece;
    for (int i = 0; i < 100'000; ++i) model += std::string("\x08\0", 2);
    const SentencePieceModel parsed = SentencePieceModel::parse(model, "model");
    REQUIRE(parsed.pieces.size() == 100'001);
    CHECK(parsed.pieces[0].text.size() == 1 << 20);
    CHECK(parsed.pieces[1].text.empty());
}

TEST_CASE("Unigram.MillionsOfEmptyPiecesAndPagesOfReplacementAreRefused") {
    std::string model;
    for (int i = 0; i < (3 << 20); ++i) model += std::string("\x0a\0", 2);
    try {
        SentencePieceModel::parse(model, "model");
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::BoundExceeded);
    }
    SentencePieceModel pages;
    pages.characterMap = std::string("\4\0\0\0\0\0\0\0", 8) + std::string(100'000, 'x') + std::string(1, '\0');
    CHECK_THROWS_AS(SentencePieceNormalizer(pages, "model"), Error);
}

TEST_CASE("ByteLevelBpe.LongWordsEndInGoodTime") {
    std::string word;
    for (int i = 0; i < 200000; ++i) word += "abcdefg"[i % 7];
    CHECK(bpe()->ids(word).size() > 1000);
}

TEST_CASE("ByteLevelBpe.TokenizerJsonAloneIsTheSame") {
    const TemporaryFolder folder;
    fs::copy_file(golden("bpe/tokenizer.json"), folder / "tokenizer.json");
    const auto alone = loadTokenizer(folder.path());
    CHECK(alone->size() == bpe()->size());
    CHECK(differentWords(*alone, goldenWords(), "bpe") == "");
}

TEST_CASE("ByteLevelBpe.TokenizerJsonOfAnotherKindSaysWhatItIs") {
    const TemporaryFolder folder;
    const json good = goldenJson("bpe/tokenizer.json");
    const auto refusal = [&](const json& changed) {
        writeFileAtomic(folder / "tokenizer.json", changed.dump());
        try {
            loadTokenizer(folder.path());
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::FormatInvalid);
            return error.args().at(1);
        }
        return std::string();
    };
    json other = good;
    other["model"]["type"] = "Unigram";
    CHECK(refusal(other).find("Unigram") != std::string::npos);
    other = good;
    other["pre_tokenizer"]["type"] = "Metaspace";
    CHECK(refusal(other).find("Metaspace") != std::string::npos);
    other = good;
    other["normalizer"] = {{"type", "NFC"}};
    CHECK(refusal(other).find("NFC") != std::string::npos);
}

TEST_CASE("Unigram.SpecialIdsAreThoseOfXlmRoberta") {
    const auto tokenizer = unigram();
    CHECK(tokenizer->begin() == 0);
    CHECK(tokenizer->pad() == 1);
    CHECK(tokenizer->end() == 2);
    CHECK(tokenizer->unk() == 3);
    CHECK(tokenizer->mask() == tokenizer->size() - 1);
}

TEST_CASE("Unigram.CamembertMovesItsIdsFurther") {
    const TemporaryFolder folder;
    fs::copy_file(golden("unigram/sentencepiece.bpe.model"), folder / "sentencepiece.bpe.model");
    const auto byModel = loadTokenizer(folder.path(), {"camembert", {}});
    CHECK(byModel->begin() == 5);
    CHECK(byModel->end() == 6);
    CHECK(byModel->size() == unigram()->size() + 3);
    CHECK(differentWords(*byModel, goldenWords(), "camembert") == "");
    writeFileAtomic(folder / "tokenizer_config.json", R"({"tokenizer_class": "XLMRobertaTokenizer"})");
    CHECK(loadTokenizer(folder.path(), {"camembert", {}})->begin() == 0);
}

TEST_CASE("Unigram.EveryTruncationAndManyDamagedBytesAreErrorsOrModels") {
    const TemporaryFolder folder;
    const std::string whole = readFile(golden("unigram/sentencepiece.bpe.model"));
    const fs::path path = folder / "sentencepiece.bpe.model";
    const auto tryIt = [&](const std::string& bytes) {
        std::ofstream(path, std::ios::binary) << bytes;
        try {
            const Unigram loaded = Unigram::load(path, Unigram::Ids::XlmRoberta);
            const std::vector<int> ids = loaded.ids("\uff33\u00bd models \u4e2d\u0f00");
            return std::all_of(ids.begin(), ids.end(), [&](int id) { return id >= 0 && id < loaded.size(); });
        } catch (const Error& error) {
            return error.code() != ErrorCode::Internal;
        }
    };
    for (std::size_t size = 0; size < whole.size(); size += 211) REQUIRE(tryIt(whole.substr(0, size)));
    std::uint32_t state = 11;
    for (int round = 0; round < 300; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 3; ++i) {
            state = state * 1664525u + 1013904223u;
            damaged[(state >> 8) % damaged.size()] = static_cast<char>(state >> 24);
        }
        REQUIRE(tryIt(damaged));
    }
}

TEST_CASE("Unigram.AModelOfAnotherKindSaysWhichItIs") {
    const TemporaryFolder folder;
    std::string bytes = readFile(golden("unigram/sentencepiece.bpe.model"));
    bytes += std::string("\x12\x02\x18\x02", 4);  // trainer_spec { model_type: BPE }
    writeFileAtomic(folder / "sentencepiece.bpe.model", bytes);
    try {
        loadTokenizer(folder.path());
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args().at(1).find("kind 2") != std::string::npos);
    }
}

TEST_CASE("Tokenizer.EachKindIsSavedAndLoadedTheSame") {
    const auto words = goldenWords();
    const WordPiece wordPiece = WordPiece::fromVocabulary(
        {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "Model", "model", "##s", "a", "b"}, false);
    for (const Tokenizer* original : {bpe().get(), unigram().get(), static_cast<const Tokenizer*>(&wordPiece)}) {
        const TemporaryFolder folder;
        original->save(folder.path());
        const auto loaded = loadTokenizer(folder.path());
        CHECK(loaded->size() == original->size());
        CHECK(loaded->mask() == original->mask());
        for (const json& row : words) {
            const auto word = row.at("word").get<std::string>();
            CHECK(loaded->ids(word) == original->ids(word));
        }
        const TemporaryFolder again;
        loaded->save(again.path());
        for (const auto& entry : fs::directory_iterator(folder.path()))
            CHECK(readFile(again.path() / entry.path().filename()) == readFile(entry.path()));
    }
}

TEST_CASE("Tokenizer.LowerCaseComesFromTheConfigElseFromTheHint") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nword\n");
    CHECK(loadTokenizer(folder.path())->ids("Word") == std::vector<int>{4});
    CHECK(loadTokenizer(folder.path(), {"bert", false})->ids("Word") == std::vector<int>{1});
    writeFileAtomic(folder / "tokenizer_config.json", R"({"do_lower_case": true})");
    CHECK(loadTokenizer(folder.path(), {"bert", false})->ids("Word") == std::vector<int>{4});
}

TEST_CASE("Tokenizer.FolderWithoutVocabularyIsToldWhatIsMissing") {
    const TemporaryFolder folder;
    try {
        loadTokenizer(folder.path());
        FAIL("loaded");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::EncoderIncomplete);
        CHECK(error.args().at(1).find("sentencepiece.bpe.model") != std::string::npos);
    }
}

TEST_CASE("Tokenizer.BrokenUtf8NeverCrashesAndIdsAreInTheVocabulary") {
    std::uint32_t state = 7;
    for (int round = 0; round < 5000; ++round) {
        std::string word;
        for (int i = 0; i < 12; ++i) {
            state = state * 1664525u + 1013904223u;
            word += static_cast<char>(state >> 24);
        }
        for (const auto& tokenizer : {bpe(), unigram()}) {
            const std::vector<int> ids = tokenizer->ids(word);
            REQUIRE(std::all_of(ids.begin(), ids.end(), [&](int id) { return id >= 0 && id < tokenizer->size(); }));
            REQUIRE(tokenizer->ids(repairedUtf8(word)) == ids);
        }
    }
}
