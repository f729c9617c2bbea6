#include "core/text/tag_scheme.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"

using namespace mnerva;
using namespace mnerva::text;

namespace {

using Tags = std::vector<std::string>;
using Spans = std::vector<TypedSpan>;

Spans lenient(const Tags& tags) {
    return lenientChunks(tags);
}
Spans strict(const Tags& tags, TagScheme scheme) {
    return strictChunks(tags, scheme);
}
Tags written(const Spans& spans, int words, TagScheme scheme) {
    return tagsFromSpans(spans, words, scheme);
}

}  // namespace

namespace mnerva::text {
std::ostream& operator<<(std::ostream& out, const TypedSpan& s) {
    return out << s.type << " " << s.first << "-" << s.last;
}
}  // namespace mnerva::text

// The expected chunks of models.md 2.2, in its order.
TEST_CASE("Lenient.InsideWithoutBeginOpens", "[invariant-10]") {
    CHECK(lenient({"I-PER", "O"}) == Spans{{"PER", 0, 0}});
}
TEST_CASE("Lenient.OtherTypeInsideOpensAnother", "[invariant-10]") {
    CHECK(lenient({"B-PER", "I-LOC"}) == Spans{{"PER", 0, 0}, {"LOC", 1, 1}});
}
TEST_CASE("Lenient.MiddleContinuesThoughItIsUnknown", "[invariant-10]") {
    CHECK(lenient({"B-PER", "M-PER", "E-PER"}) == Spans{{"PER", 0, 2}});
}
TEST_CASE("Lenient.MiddleMayBeLast", "[invariant-10]") {
    CHECK(lenient({"B-PER", "M-PER", "O"}) == Spans{{"PER", 0, 1}});
}
TEST_CASE("Lenient.EndAloneIsAChunk", "[invariant-10]") {
    CHECK(lenient({"E-PER"}) == Spans{{"PER", 0, 0}});
}
TEST_CASE("Lenient.MiddlesAloneAreAChunk", "[invariant-10]") {
    CHECK(lenient({"M-PER", "M-PER"}) == Spans{{"PER", 0, 1}});
}
TEST_CASE("Lenient.SubtokenTagBetweenOutsidesIsNothing", "[invariant-10]") {
    CHECK(lenient({"O", "X", "O"}).empty());
}
TEST_CASE("Lenient.SubtokenTagEndsAChunk", "[invariant-10]") {
    CHECK(lenient({"B-PER", "X", "O"}) == Spans{{"PER", 0, 0}});
}
TEST_CASE("Lenient.SubtokenTagBeforeAnEntityIsAChunkOfNoType", "[invariant-10]") {
    CHECK(lenient({"B-PER", "X", "B-LOC"}) == Spans{{"PER", 0, 0}, {"_", 1, 1}, {"LOC", 2, 2}});
}
TEST_CASE("Lenient.SubtokenTagAfterOutsideHasAStaleBegin", "[invariant-10]") {
    CHECK(lenient({"O", "X", "B-LOC"}) == Spans{{"_", 0, 1}, {"LOC", 2, 2}});
}
TEST_CASE("Lenient.SubtokenRunIsOneChunk", "[invariant-10]") {
    CHECK(lenient({"O", "O", "X", "X", "B-LOC", "I-LOC"}) == Spans{{"_", 0, 3}, {"LOC", 4, 5}});
}
TEST_CASE("Lenient.InsideAfterSubtokenTagOpensAgain", "[invariant-10]") {
    CHECK(lenient({"B-PER", "X", "I-PER"}) == Spans{{"PER", 0, 0}, {"_", 1, 1}, {"PER", 2, 2}});
}
TEST_CASE("Lenient.StaleBeginReachesBackToTheLastStart", "[invariant-10]") {
    CHECK(lenient({"B-PER", "O", "X", "B-LOC"}) == Spans{{"PER", 0, 0}, {"_", 0, 2}, {"LOC", 3, 3}});
}
TEST_CASE("Lenient.SeparatorTagIsAChunk", "[invariant-10]") {
    CHECK(lenient({"O", "[SEP]", "O"}) == Spans{{"SEP]", 1, 1}});
}
TEST_CASE("Lenient.PaddingTagIsAChunk", "[invariant-10]") {
    CHECK(lenient({"O", "PAD", "O"}) == Spans{{"AD", 1, 1}});
}
TEST_CASE("Lenient.EmptyPostHasNoChunks", "[invariant-10]") {
    CHECK(lenient({}).empty());
}
TEST_CASE("Lenient.NeighboursOfOneTypeAreTwo") {
    CHECK(lenient({"B-PER", "B-PER", "I-PER"}) == Spans{{"PER", 0, 0}, {"PER", 1, 2}});
}
TEST_CASE("Lenient.SingleEndsAtOnce") {
    CHECK(lenient({"S-GPE", "S-GPE"}) == Spans{{"GPE", 0, 0}, {"GPE", 1, 1}});
}
TEST_CASE("Lenient.ChunkMayReachTheEndOfThePost") {
    CHECK(lenient({"O", "B-ORG", "I-ORG"}) == Spans{{"ORG", 1, 2}});
}
TEST_CASE("Lenient.EmptyTagReadsAsOutside") {
    CHECK(lenient({"B-ORG", "", "B-ORG"}) == Spans{{"ORG", 0, 0}, {"ORG", 2, 2}});
}

TEST_CASE("Strict.OrphanInsideIsNothing") {
    CHECK(strict({"I-PER", "O", "B-LOC", "I-PER"}, TagScheme::Bio) == Spans{{"LOC", 2, 2}});
}
TEST_CASE("Strict.BeginOpensInsideContinues") {
    CHECK(strict({"B-PER", "I-PER", "B-PER"}, TagScheme::Bio) == Spans{{"PER", 0, 1}, {"PER", 2, 2}});
}
TEST_CASE("Strict.SpecialTagsAreOutside") {
    CHECK(strict({"X", "[SEP]", "PAD", "O"}, TagScheme::Bio).empty());
}
TEST_CASE("Strict.WithEndsAnOpenChunkIsNothing") {
    CHECK(strict({"B-PER", "M-PER", "O"}, TagScheme::Bmes).empty());
    CHECK(strict({"B-PER"}, TagScheme::Bioes).empty());
}
TEST_CASE("Strict.WithEndsWholeChunksCount") {
    CHECK(strict({"B-PER", "M-PER", "E-PER", "S-LOC"}, TagScheme::Bmes) == Spans{{"PER", 0, 2}, {"LOC", 3, 3}});
    CHECK(strict({"B-PER", "I-PER", "E-PER", "S-LOC"}, TagScheme::Bioes) == Spans{{"PER", 0, 2}, {"LOC", 3, 3}});
}
TEST_CASE("Strict.EndOfAnotherTypeClosesNothing") {
    CHECK(strict({"B-PER", "E-LOC"}, TagScheme::Bmes).empty());
}
TEST_CASE("Strict.EndWithoutBeginIsNothing") {
    CHECK(strict({"O", "E-PER", "M-PER"}, TagScheme::Bmes).empty());
}
TEST_CASE("Strict.Iob1OpensWithInside") {
    CHECK(strict({"I-PER", "I-PER", "B-PER", "O", "I-LOC"}, TagScheme::Iob1) ==
          Spans{{"PER", 0, 1}, {"PER", 2, 2}, {"LOC", 4, 4}});
}

TEST_CASE("SplitTag.TypeStandsBehindTheFirstDash") {
    CHECK(splitTag("B-PER-X").type == "PER-X");
    CHECK(splitTag("B-PER").prefix == "B");
    CHECK(splitTag("O").type == "_");
    CHECK(splitTag("BPER").type == "PER");
}
TEST_CASE("SplitTag.PrefixIsACharacterNotAByte") {
    CHECK(splitTag("\u4e2d-PER").prefix == "\u4e2d");
}

TEST_CASE("Tags.Bio") {
    CHECK(written({{"PER", 0, 2}}, 4, TagScheme::Bio) == Tags{"B-PER", "I-PER", "I-PER", "O"});
}
TEST_CASE("Tags.BioOfNeighbours") {
    CHECK(written({{"PER", 0, 0}, {"PER", 1, 1}}, 2, TagScheme::Bio) == Tags{"B-PER", "B-PER"});
}
TEST_CASE("Tags.Bmes") {
    CHECK(written({{"ORG", 0, 2}, {"GPE", 3, 3}}, 4, TagScheme::Bmes) == Tags{"B-ORG", "M-ORG", "E-ORG", "S-GPE"});
}
TEST_CASE("Tags.BmesOfTwoWordsHasNoMiddle") {
    CHECK(written({{"ORG", 0, 1}}, 2, TagScheme::Bmes) == Tags{"B-ORG", "E-ORG"});
}
TEST_CASE("Tags.Bioes") {
    CHECK(written({{"ORG", 1, 3}}, 4, TagScheme::Bioes) == Tags{"O", "B-ORG", "I-ORG", "E-ORG"});
}
TEST_CASE("Tags.Iob1BeginsOnlyBesideItsOwnType") {
    CHECK(written({{"PER", 0, 1}, {"PER", 2, 2}, {"LOC", 3, 3}}, 4, TagScheme::Iob1) ==
          Tags{"I-PER", "I-PER", "B-PER", "I-LOC"});
}
TEST_CASE("Tags.SpansOutsideThePostAreABug") {
    CHECK_THROWS_AS(written({{"PER", 0, 4}}, 4, TagScheme::Bio), Error);
    CHECK_THROWS_AS(written({{"PER", 2, 1}}, 4, TagScheme::Bio), Error);
}
TEST_CASE("Tags.OverlappingSpansAreABug") {
    CHECK_THROWS_AS(written({{"PER", 0, 1}, {"LOC", 1, 2}}, 4, TagScheme::Bio), Error);
}
TEST_CASE("Tags.EverySchemeReadsBackWhatItWrote") {
    const Spans spans{{"PER", 0, 0}, {"PER", 1, 3}, {"LOC", 4, 5}, {"ORG", 7, 7}};
    for (const TagScheme scheme : {TagScheme::Bio, TagScheme::Bmes, TagScheme::Bioes, TagScheme::Iob1}) {
        INFO(schemeName(scheme));
        CHECK(strict(written(spans, 8, scheme), scheme) == spans);
        if (scheme != TagScheme::Iob1) CHECK(lenient(written(spans, 8, scheme)) == spans);
    }
}

TEST_CASE("Scheme.NamesGoBothWays") {
    for (const TagScheme scheme : {TagScheme::Bio, TagScheme::Bmes, TagScheme::Bioes, TagScheme::Iob1})
        CHECK(schemeFromName(schemeName(scheme)) == scheme);
    CHECK_FALSE(schemeFromName("BIO2"));
}
TEST_CASE("Scheme.GuessedFromTags") {
    CHECK(guessScheme(Tags{"O", "B-PER", "I-PER"}) == TagScheme::Bio);
    CHECK(guessScheme(Tags{"O", "B-PER", "M-PER", "E-PER"}) == TagScheme::Bmes);
    CHECK(guessScheme(Tags{"O", "B-PER", "I-PER", "E-PER", "S-PER"}) == TagScheme::Bioes);
    CHECK(guessScheme(Tags{"O", "S-PER"}) == TagScheme::Bmes);
    CHECK(guessScheme(Tags{"O", "MISC", "E", "SEP"}) == TagScheme::Bio);
    CHECK(guessScheme(Tags{}) == TagScheme::Bio);
}
TEST_CASE("Scheme.TagsOfATypeBeginWithTheBorders") {
    CHECK(tagsOfType("PER", TagScheme::Bio) == Tags{"B-PER", "I-PER"});
    CHECK(tagsOfType("GPE", TagScheme::Bmes) == Tags{"B-GPE", "M-GPE", "E-GPE", "S-GPE"});
    CHECK(tagsOfType("GPE", TagScheme::Bioes) == Tags{"B-GPE", "I-GPE", "E-GPE", "S-GPE"});
}
TEST_CASE("CanonicalTag.OtherIsMisc") {
    CHECK(canonicalTag("B-OTHER") == "B-MISC");
    CHECK(canonicalTag("I-OTHER") == "I-MISC");
    CHECK(canonicalTag("B-MISC") == "B-MISC");
    CHECK(canonicalTag("O") == "O");
    CHECK(canonicalTag("B-OTHERS") == "B-OTHERS");
}

TEST_CASE("Scheme.TagsThatEverySchemeHasSpeakForNone") {
    CHECK_FALSE(schemeSpoken(Tags{}));
    CHECK_FALSE(schemeSpoken(Tags{"O", "B-PER", "X", "[SEP]", "PAD"}));
    CHECK(schemeSpoken(Tags{"O", "B-PER", "I-PER"}) == TagScheme::Bio);
    CHECK(schemeSpoken(Tags{"O", "S-PER"}) == TagScheme::Bmes);
    CHECK(schemeSpoken(Tags{"B-PER", "I-PER", "E-PER", "S-LOC"}) == TagScheme::Bioes);
}

TEST_CASE("Orphan.IsATagThatGoesOnWithNothing") {
    for (const char* before : {"", "O", "X", "[SEP]", "B-LOC", "I-LOC", "E-PER", "S-PER"})
        for (const char* tag : {"I-PER", "M-PER", "E-PER"}) {
            INFO(before << " " << tag);
            CHECK(isOrphan(before, tag));
            CHECK_FALSE(goesOn(before, tag));
        }
}
TEST_CASE("Orphan.WhatBeginsOrGoesOnIsNone") {
    for (const char* before : {"B-PER", "I-PER", "M-PER"})
        for (const char* tag : {"I-PER", "M-PER", "E-PER"}) CHECK_FALSE(isOrphan(before, tag));
    for (const char* tag : {"", "O", "B-PER", "S-PER", "X", "[CLS]", "I-", "I", "Q-PER"}) {
        INFO(tag);
        CHECK_FALSE(isOrphan("O", tag));
    }
}
