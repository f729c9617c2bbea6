// What each tokenizer makes of words, held against Hugging Face's (tests/reference/tokenizer_digests.py): hand-written
// words, and every word of the data sets where these are on this machine.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/text/gpt2_split.h"
#include "core/text/wordpiece.h"
#include "tests/support/data.h"
#include "tests/unit/text/golden_words.h"

using namespace mnerva;
using namespace mnerva::text;
using namespace mnerva::text::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// SHA-256 over the ids of each word of a file of the data sets, in the byte form of the script.
std::string digestOf(const Tokenizer& tokenizer, const std::string& content, std::size_t& words) {
    std::string all;
    std::vector<int> ids;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::string_view line(content.data() + at, end - at);
        if (const std::size_t tab = line.find('\t'); tab != line.npos) {
            ++words;
            ids.clear();
            tokenizer.appendIds(line.substr(0, tab), ids);
            for (std::size_t i = 0; i < ids.size(); ++i) all += (i ? " " : "") + std::to_string(ids[i]);
            all += '\n';
        }
        at = end + 1;
    }
    return sha256(all);
}

/// One line for each file below `prefix` whose ids are not as recorded; files that are not here are skipped, and
/// realData() says why. Fails where fewer than `least` are recorded. An empty column: entries are digests themselves.
std::string differentFiles(const Tokenizer& tokenizer, const json& files, const std::string& column,
                           const std::string& prefix = "", int least = 1) {
    std::string out;
    int recorded = 0;
    for (const auto& [file, expected] : files.items()) {
        if (file.rfind(prefix, 0) != 0) continue;
        ++recorded;
        const auto data = mnerva::test::realData(file);
        if (!data) continue;
        std::size_t words = 0;
        const std::string digest = digestOf(tokenizer, readFile(*data), words);
        const json& wanted = column.empty() ? expected : expected.at(column);
        if (digest != wanted.get<std::string>()) out += file + ": " + digest + "\n";
        if (!column.empty() && words != expected.at("words").get<std::size_t>()) out += file + ": other words\n";
    }
    CHECK(recorded >= least);
    return out;
}

json goldenFiles() {
    return goldenJson("tokenizer_digests.json").at("files");
}

/// For each published WordPiece vocabulary that is on this machine.
void withVocabularies(bool lowerCase, const std::function<void(const WordPiece&, const std::string& name)>& use) {
    for (const std::string name : {"bert-base-uncased", "bert-base-chinese"}) {
        INFO(name);
        if (const auto path = mnerva::test::realData("vocab/" + name + ".txt"))
            use(WordPiece::load(*path, lowerCase), name);
    }
}

void checkWordPieceFiles(const std::string& prefix) {
    withVocabularies(true, [&](const WordPiece& tokenizer, const std::string& name) {
        CHECK(differentFiles(tokenizer, goldenFiles(), name, prefix, 3) == "");
    });
}

}  // namespace

TEST_CASE("Golden.EveryCharacterHasTheClassOfGpt2sPattern") {
    std::string classes;
    for (char32_t c = 0; c < 0x110000; ++c)
        if (c < 0xD800 || c > 0xDFFF) classes += "olns"[static_cast<std::size_t>(gpt2ClassOf(c))];
    CHECK(sha256(classes) == goldenJson("tokenizer_digests.json").at("gpt2_classes").get<std::string>());
}

TEST_CASE("Golden.HandWrittenWordsByBytesAndUnigram") {
    CHECK(goldenWords().size() > 150);
    CHECK(differentWords(*bpe(), goldenWords(), "bpe") == "");
    CHECK(differentWords(*unigram(), goldenWords(), "unigram") == "");
}

TEST_CASE("Golden.HandWrittenWordsByWordPiece") {
    for (const bool lowerCase : {true, false})
        withVocabularies(lowerCase, [&](const WordPiece& tokenizer, const std::string& name) {
            CHECK(differentWords(tokenizer, goldenWords(), name + (lowerCase ? " uncased" : " cased"), 140) == "");
        });
}

TEST_CASE("Golden.EveryWordOfTheDataSetsByBytes") {
    CHECK(differentFiles(*bpe(), goldenFiles(), "bpe", "", 12) == "");
}

TEST_CASE("Golden.EveryWordOfTheDataSetsByUnigram") {
    CHECK(differentFiles(*unigram(), goldenFiles(), "unigram", "", 12) == "");
}

TEST_CASE("Golden.EveryWordOfTwitter2015ByWordPiece") {
    checkWordPieceFiles("twitter2015/");
}

TEST_CASE("Golden.EveryWordOfTwitter2015OriginalByWordPiece") {
    checkWordPieceFiles("twitter2015-original/");
}

TEST_CASE("Golden.EveryWordOfTwitter2017ByWordPiece") {
    checkWordPieceFiles("twitter2017/");
}

TEST_CASE("Golden.EveryWordOfWukongByWordPiece") {
    checkWordPieceFiles("wukong/");
}

// Not run by default: holds the whole nmt_nfkc map, made by tests/reference/tokenizer_digests.py --full, against ours.
TEST_CASE("Golden.EveryWordByUnigramWithTheWholeCharacterMap", "[.python]") {
    const char* folder = std::getenv("MNERVA_UNIGRAM");
    REQUIRE(folder != nullptr);
    const json expected = json::parse(readFile(fs::path(folder) / "expected.json"));
    const auto tokenizer = loadTokenizer(folder);
    CHECK(differentWords(*tokenizer, expected.at("words"), "unigram") == "");
    CHECK(differentFiles(*tokenizer, expected.at("files"), "") == "");
}
