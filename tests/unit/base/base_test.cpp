#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/progress.h"
#include "tests/support/data.h"
#include "tests/unit/base/error_code.h"

using namespace mnerva;
using mnerva::test::codeOf;
namespace fs = std::filesystem;

TEST_CASE("Errors.NamesAreUniqueAndGoBothWays") {
    std::set<std::string_view> names;
    for (const ErrorCode code : allErrorCodes()) {
        CHECK(names.insert(errorName(code)).second);
        CHECK(errorFromName(errorName(code)) == code);
    }
    CHECK(names.size() == allErrorCodes().size());
}
TEST_CASE("Errors.CatalogStandsInTheOrderOfTheCodes") {
    const auto& codes = allErrorCodes();
    for (std::size_t i = 0; i < codes.size(); ++i) CHECK(static_cast<std::size_t>(codes[i]) == i);
}
TEST_CASE("Errors.EverySentenceIsOne") {
    for (const ErrorCode code : allErrorCodes()) {
        const std::string_view sentence = errorTemplate(code);
        INFO(sentence);
        REQUIRE_FALSE(sentence.empty());
        CHECK((sentence.back() == '.' || sentence.back() == ')'));
    }
}
TEST_CASE("Errors.UnknownNameIsInternal") {
    CHECK(errorFromName("no-such-error") == ErrorCode::Internal);
}
TEST_CASE("Errors.ArgumentsFillTheirPlaces") {
    CHECK(fillTemplate("{1} before {0}", {"a", "b"}) == "b before a");
    CHECK(fillTemplate("{0} and {3}", {"a"}) == "a and ?");
    CHECK(fillTemplate("plain {", {}) == "plain {");
}
TEST_CASE("Errors.ArgumentWithPlacesIsNotFilledAgain") {
    CHECK(fillTemplate("{0}", {"{1}", "x"}) == "{1}");
}
TEST_CASE("Errors.ANulInAnArgumentEndsNoSentence") {
    const std::string found("f\0x", 3);
    const Error error(ErrorCode::FormatInvalid, {"a.json", found, "f32"});
    CHECK(error.args()[1] == "f\\0x");
    CHECK(std::string(error.what()).find("f32") != std::string::npos);
}
TEST_CASE("Errors.WhatIsTheEnglishSentence") {
    CHECK(std::string(Error(ErrorCode::FileMissing, {"a.txt"}).what()) == "a.txt does not exist.");
}
TEST_CASE("Check.FailureIsAnInternalError") {
    CHECK(codeOf([] { MNERVA_CHECK(1 == 2); }) == ErrorCode::Internal);
    CHECK_NOTHROW([] { MNERVA_CHECK(1 == 1); }());
}

TEST_CASE("File.ContentComesBackToTheByte") {
    const test::TemporaryFolder folder;
    const std::string content("a\0b\r\n\xFF", 6);
    writeFileAtomic(folder / "f", content);
    CHECK(readFile(folder / "f") == content);
}
TEST_CASE("File.MissingAndFolderAreTold") {
    const test::TemporaryFolder folder;
    CHECK(codeOf([&] { readFile(folder / "none"); }) == ErrorCode::FileMissing);
    CHECK(codeOf([&] { readFile(folder.path()); }) == ErrorCode::FileIsDirectory);
}
TEST_CASE("File.MissingFolderCannotBeWritten") {
    CHECK(codeOf([] { writeFileAtomic("/no/such/folder/f", "x"); }) == ErrorCode::FileUnwritable);
}
TEST_CASE("AtomicFile.OldContentStaysWithoutCommit") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "f", "old");
    {
        AtomicFile file(folder / "f");
        file.write("new");
    }
    CHECK(readFile(folder / "f") == "old");
}
TEST_CASE("AtomicFile.LeavesNoTemporaryFile") {
    const test::TemporaryFolder folder;
    {
        AtomicFile dropped(folder / "a");
        dropped.write("x");
    }
    writeFileAtomic(folder / "b", "y");
    int files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder.path())) ++files;
    CHECK(files == 1);
}
TEST_CASE("AtomicFile.CommitReplaces") {
    const test::TemporaryFolder folder;
    writeFileAtomic(folder / "f", "old and longer");
    writeFileAtomic(folder / "f", "new");
    CHECK(readFile(folder / "f") == "new");
}
TEST_CASE("StaysInside.RefusesRootsAndParents") {
    CHECK(staysInside("a.png"));
    CHECK(staysInside("sub/a.png"));
    CHECK(staysInside("..a/b..png"));
    CHECK_FALSE(staysInside("/etc/passwd"));
    CHECK_FALSE(staysInside("../a"));
    CHECK_FALSE(staysInside("a/../../b"));
    CHECK_FALSE(staysInside(""));
}
TEST_CASE("Sha256.KnownVectors") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
TEST_CASE("Sha256.OfAFileEqualsThatOfItsContent") {
    const test::TemporaryFolder folder;
    const std::string content(200000, 'x');
    writeFileAtomic(folder / "f", content);
    CHECK(sha256OfFile(folder / "f") == sha256(content));
}
TEST_CASE("Ids.ZeroIsNone") {
    CHECK_FALSE(PostId{}.isValid());
    CHECK(PostId{3}.isValid());
    CHECK(PostId{3} < PostId{4});
    CHECK(std::hash<PostId>{}(PostId{3}) == std::hash<PostId>{}(PostId{3}));
}
TEST_CASE("Progress.EmptySinkIsAllowed") {
    CHECK_NOTHROW(report({}, "reading", 1, 2));
    std::int64_t seen = 0;
    report([&](const Progress& p) { seen = p.done * 10 + p.total; }, "reading", 1, 2);
    CHECK(seen == 12);
}
