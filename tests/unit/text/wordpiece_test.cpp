#include "core/text/wordpiece.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/bert_words.h"
#include "tests/support/data.h"

using namespace mnerva;
using text::WordPiece;

namespace {

const std::vector<std::string>& smallVocabulary() {
    static const std::vector<std::string> entries{
        "[PAD]", "[UNK]", "[CLS]",  "[SEP]",  "[MASK]",   "want", "##want", "##ed", "wa", "un",   "runn", "##ing",
        ",",     "low",   "lowest", "\u4e2d", "##\u4e2d", "a",    "##b",    "#",    "##", "cafe", "ab"};
    return entries;
}

WordPiece small(bool lowerCase = true) {
    return WordPiece::fromVocabulary(smallVocabulary(), lowerCase);
}

std::string wordsOf(const std::string& word, bool lowerCase = true) {
    std::string out;
    text::BertWords(lowerCase).split(word, out);
    return out;
}

}  // namespace

TEST_CASE("WordPiece.TakesTheLongestEntryFromTheLeft") {
    CHECK(small().ids("lowest") == std::vector<int>{14});
}

TEST_CASE("WordPiece.ContinuesWithHashEntries") {
    CHECK(small().ids("unwanted") == std::vector<int>{9, 6, 7});
    CHECK(small().ids("running") == std::vector<int>{10, 11});
}

TEST_CASE("WordPiece.OneMissingPieceMakesTheWholeWordUnknown") {
    CHECK(small().ids("wantedX") == std::vector<int>{1});
}

TEST_CASE("WordPiece.UnknownWordBesideAKnownOneStaysAlone") {
    CHECK(small().ids("zzz,want") == std::vector<int>{1, 12, 5});
}

TEST_CASE("WordPiece.EmptyWordHasNoPieces") {
    CHECK(small().ids("").empty());
}

TEST_CASE("WordPiece.WordOfFormatCharactersVanishes") {
    for (const char* word : {"\u200d", "\u00ad", "\ufffd", "\ue000", "\x05", "\ufe0f", " "})
        CHECK(small().ids(word).empty());
}

TEST_CASE("WordPiece.CasedVocabularyDoesNotLower") {
    CHECK(small(false).ids("WANT") == std::vector<int>{1});
    CHECK(small(true).ids("WANT") == std::vector<int>{5});
}

TEST_CASE("WordPiece.AccentsAreStrippedOnlyWhenLowering") {
    CHECK(small(true).ids("CAF\u00c9") == std::vector<int>{21});
    CHECK(small(false).ids("caf\u00e9") == std::vector<int>{1});
}

TEST_CASE("WordPiece.MoreThanAHundredCharactersAreUnknown") {
    auto entries = smallVocabulary();
    entries.push_back("x");
    entries.push_back("##x");
    const WordPiece wordPiece = WordPiece::fromVocabulary(entries, true);
    CHECK(wordPiece.ids(std::string(100, 'x')).size() == 100);
    CHECK(wordPiece.ids(std::string(101, 'x')) == std::vector<int>{1});
}

TEST_CASE("WordPiece.TheHundredAreCharactersNotBytes") {
    auto entries = smallVocabulary();
    entries.push_back("\u0436");
    entries.push_back("##\u0436");
    std::string word;
    for (int i = 0; i < 100; ++i) word += "\u0436";
    CHECK(WordPiece::fromVocabulary(entries, true).ids(word).size() == 100);
}

TEST_CASE("WordPiece.IdeographsStandAlone") {
    CHECK(small().ids("a\u4e2d") == std::vector<int>{17, 15});
    CHECK(small().ids("\u4e2d\u4e2d") == std::vector<int>{15, 15});
}

TEST_CASE("WordPiece.SpecialTokensInTextAreText") {
    CHECK(small().ids("[SEP]") == std::vector<int>{1, 1, 1});
}

TEST_CASE("WordPiece.SpecialIdsComeFromTheVocabulary") {
    const WordPiece wordPiece = small();
    CHECK(wordPiece.pad() == 0);
    CHECK(wordPiece.unk() == 1);
    CHECK(wordPiece.begin() == 2);
    CHECK(wordPiece.end() == 3);
    CHECK(wordPiece.mask() == 4);
    CHECK(wordPiece.size() == static_cast<int>(smallVocabulary().size()));
}

TEST_CASE("WordPiece.MaskMayBeMissing") {
    CHECK(WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"}, true).mask() == -1);
}

TEST_CASE("WordPiece.VocabularyWithoutASpecialIsRefused") {
    try {
        WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "a"}, true);
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::EncoderInvalid);
        CHECK(std::string(error.what()).find("[SEP]") != std::string::npos);
    }
}

TEST_CASE("WordPiece.RepeatedEntryHasTheLaterId") {
    auto entries = smallVocabulary();
    entries.push_back("want");
    CHECK(WordPiece::fromVocabulary(entries, true).ids("want") ==
          std::vector<int>{static_cast<int>(entries.size()) - 1});
}

TEST_CASE("WordPiece.AppendAddsBehindWhatIsThere") {
    std::vector<int> ids{42};
    CHECK(small().appendIds("unwanted", ids) == 3);
    CHECK(ids == std::vector<int>{42, 9, 6, 7});
}

TEST_CASE("WordPiece.AWordThatBecomesUnknownKeepsWhatWasThereBefore") {
    std::vector<int> ids{42};
    small().appendIds("wantedX", ids);
    CHECK(ids == std::vector<int>{42, 1});
}

TEST_CASE("WordPiece.SavedVocabularyLoadsTheSame") {
    const test::TemporaryFolder folder;
    small().save(folder.path());
    CHECK(WordPiece::load(folder / "vocab.txt", true).entries() == smallVocabulary());
}

TEST_CASE("WordPiece.LoadsCrlfVocabularies") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "vocab.txt", "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\nword\r\n");
    CHECK(WordPiece::load(folder / "vocab.txt", true).ids("word") == std::vector<int>{4});
}

TEST_CASE("WordPiece.MissingVocabularyIsNamed") {
    try {
        WordPiece::load("/no/such/vocab.txt", true);
        FAIL("loaded");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FileMissing);
    }
}

TEST_CASE("WordPiece.EmptyVocabularyIsRefusedWithItsPath") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "vocab.txt", "");
    try {
        WordPiece::load(folder / "vocab.txt", true);
        FAIL("loaded");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::EncoderInvalid);
        CHECK(error.args().at(0) == (folder / "vocab.txt").string());
    }
}

TEST_CASE("WordPiece.BrokenUtf8NeverCrashes") {
    const WordPiece wordPiece = small();
    std::uint32_t state = 7;
    for (int round = 0; round < 5000; ++round) {
        std::string word;
        for (int i = 0; i < 12; ++i) {
            state = state * 1664525u + 1013904223u;
            word += static_cast<char>(state >> 24);
        }
        const std::vector<int> ids = wordPiece.ids(word);
        REQUIRE(std::all_of(ids.begin(), ids.end(), [&](int id) { return id >= 0 && id < wordPiece.size(); }));
    }
}

TEST_CASE("BertWords.SplitsAroundEachPunctuationMark") {
    CHECK(wordsOf("don't!!") == "don ' t ! ! ");
}
TEST_CASE("BertWords.LowersAndStripsAccents") {
    CHECK(wordsOf("\u00c5NGSTR\u00d6M") == "angstrom ");
}
TEST_CASE("BertWords.CasedKeepsAccents") {
    CHECK(wordsOf("\u00c5b", false) == "\u00c5b ");
}
TEST_CASE("BertWords.TurkishDottedILosesItsDot") {
    CHECK(wordsOf("\u0130stanbul") == "istanbul ");
}
TEST_CASE("BertWords.SharpSStays") {
    CHECK(wordsOf("Stra\u00dfe \u1e9e") == "stra\u00dfe \u00df ");
}
TEST_CASE("BertWords.SigmaHasNoFinalForm") {
    CHECK(wordsOf("\u039f\u03a3") == "\u03bf\u03c3 ");
}
TEST_CASE("BertWords.HangulDecomposes") {
    CHECK(wordsOf("\ud55c") == "\u1112\u1161\u11ab ");
}
TEST_CASE("BertWords.KanaLosesItsVoicingMark") {
    CHECK(wordsOf("\u304c") == "\u304b ");
}
TEST_CASE("BertWords.CompatibilityIdeographStandsAloneThenDecomposes") {
    CHECK(wordsOf("a\uf900b") == "a \u8c48 b ");
}
TEST_CASE("BertWords.UnicodeSpacesSeparate") {
    CHECK(wordsOf("a\u00a0b\u3000c\u2028d") == "a b c d ");
}
TEST_CASE("BertWords.ControlAndPrivateUseAreDropped") {
    CHECK(wordsOf("a\x07"
                  "b\ue000c\u200dd\ufffd") == "abcd ");
}
TEST_CASE("BertWords.CharactersNewerThanUnicode8AreLetters") {
    CHECK(wordsOf("a\u2e52b\u08e2") == "a\u2e52b\u08e2 ");
}
