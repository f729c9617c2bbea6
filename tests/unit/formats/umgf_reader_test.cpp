#include "core/formats/umgf_reader.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"

namespace {
using namespace mnerva;
using namespace mnerva::formats;

struct Folder {
    mnerva::test::TemporaryFolder folder;
    Findings findings;
    PostsSummary summary;
    void put(const std::string& name, const std::string& content) const { writeFileAtomic(folder / name, content); }
    void post(int number, const std::string& words, const std::string& tags, const std::string& picture) const {
        put(std::to_string(number) + "_s.txt", words);
        put(std::to_string(number) + "_l.txt", tags);
        put(std::to_string(number) + "_p.txt", picture);
    }
    std::vector<Post> read() {
        std::vector<Post> posts;
        summary = readUmgf(
            folder.path(), [&](Post&& p, int) { posts.push_back(std::move(p)); }, findings);
        return posts;
    }
};
}  // namespace

TEST_CASE("Umgf.PostsComeInTheOrderOfTheirNumbers") {
    Folder f;
    f.post(10, "多\t伦\t多", "B-LOC\tI-LOC\tI-LOC", "17_06_2");
    f.post(9, "👩‍👩‍👧\tKevin\tDurant\n", "O\tB-PER\tI-PER\n", "1015799.jpg\r\n");
    f.put("notes_s.txt", "x");
    const auto posts = f.read();
    REQUIRE(posts.size() == 2);
    CHECK(posts[0].words == std::vector<std::string>{"👩‍👩‍👧", "Kevin", "Durant"});
    CHECK(posts[0].sourceTags == std::vector<std::string>{"O", "B-PER", "I-PER"});
    CHECK(posts[0].externalId == "1015799");
    CHECK(posts[0].images == std::vector<std::string>{"1015799.jpg"});
    CHECK(posts[1].images == std::vector<std::string>{"17_06_2.jpg"});
    CHECK(posts[1].join == JoinRule::Nothing);
    CHECK(f.summary.posts == 2);
    CHECK(f.summary.words == 6);
    CHECK(f.findings.isEmpty());
    CHECK(isUmgfFolder(f.folder.path()));
}

TEST_CASE("Umgf.OddPartsAreFindingsAndEveryWordStays") {
    Folder f;
    f.post(1, "a\tb\tc", "B-PER", "../up");
    f.put("2_s.txt", "alone");
    f.post(3, "", "", "7");
    f.post(4, "x\t\ty", "O\tO\tPERSON", "8");
    f.post(5, "caf\xE9", "O\tO", "9");
    const auto posts = f.read();
    REQUIRE(posts.size() == 4);
    CHECK(posts[0].sourceTags == std::vector<std::string>{"B-PER", "O", "O"});
    CHECK(posts[0].images.empty());
    CHECK(posts[1].externalId == "post-2");
    CHECK(posts[1].sourceTags == std::vector<std::string>{"O"});
    CHECK(posts[3].words == std::vector<std::string>{"caf\uFFFD"});
    CHECK(f.findings.counts() == std::map<std::string, int>{{"empty-post", 1},
                                                            {"empty-word", 1},
                                                            {"invalid-utf8", 1},
                                                            {"made-up-ids", 1},
                                                            {"tag-count-differs", 2},
                                                            {"umgf-part-missing", 2},
                                                            {"unknown-tag", 1},
                                                            {"unsafe-path", 1}});
}

TEST_CASE("Umgf.AnEmptyFolderIsAFindingAndAMissingOneAnError") {
    Folder f;
    CHECK(f.read().empty());
    CHECK(f.findings.count("empty-file") == 1);
    CHECK_FALSE(isUmgfFolder(f.folder.path()));
    CHECK_THROWS_AS(readUmgf(
                        "/nowhere", [](Post&&, int) {}, f.findings),
                    Error);
}
