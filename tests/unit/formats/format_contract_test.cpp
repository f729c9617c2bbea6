#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/finding_text.h"
#include "core/formats/all.h"
#include "tests/support/data.h"

// What every format owes, asked of all that `all()` lists: a new one is asked without being named here.

using namespace mnerva;
using namespace mnerva::formats;

namespace {

using Strings = std::vector<std::string>;

Post postOf(const std::string& id, Strings words, Strings tags) {
    Post post;
    post.externalId = id;
    post.images = {id + ".jpg"};
    post.words = std::move(words);
    post.sourceTags = std::move(tags);
    return post;
}

/// Posts whose words and tags hold what formats use as marks, and what people write.
std::vector<Post> oddPosts() {
    return {
        postOf("1015799", {"👩‍👩‍👧", "Kevin", "Durant", "in", "多伦多", "🇨🇦"},
               {"O", "B-PER", "I-PER", "O", "B-LOC", "O"}),
        postOf("17_06_多", {"我", "在", "北京"}, {"O", "O", "B-LOC"}),
        postOf("3", {"a/b", "|", "%41", "%", "#", "\"", "'", "\\n", "\\", "{", "<b>", "&amp;", ":", ",", ";", "=", "O"},
               Strings(17, "O")),
        postOf("4", {"B-PER", "e\u0301", "\u2028", "\u0085", "\uFEFFx", "\u200F", "New York"},
               {"O", "B_PER", "PERSON", "I-LOC", "b-ORG", "L-MISC", "B-LOC"})};
}

struct Taken {
    std::vector<Post> posts;
    Findings findings;
};

Taken readBy(const PostKind& kind, const std::filesystem::path& path, bool isLiteral) {
    Taken taken;
    ReadOptions options;
    options.isLiteral = isLiteral;
    kind.read(
        path, [&](Post&& post, int) { taken.posts.push_back(std::move(post)); }, taken.findings, {}, {}, options);
    return taken;
}

std::string bytesOf(const PostKind& kind, const std::vector<Post>& posts) {
    std::string bytes;
    for (const Post& post : posts) kind.append(bytes, post, post.sourceTags, {});
    return bytes;
}

/// A file whose name is one of the format's.
std::filesystem::path fileOf(const test::TemporaryFolder& folder, const Format& format, const std::string& bytes) {
    const auto path = folder / ("posts" + std::string(format.files.front().ending));
    writeFileAtomic(path, bytes);
    return path;
}

/// Formats of posts that are files; one that is a folder has tests of its own.
std::vector<const Format*> postFiles() {
    std::vector<const Format*> found = ofKind<PostKind>();
    std::erase_if(found, [](const Format* format) { return format->isFolder; });
    return found;
}

std::string withoutSentence(const Findings& findings) {
    std::string codes;
    for (const auto& [code, count] : findings.counts())
        if (findingSentence(code) == code || findingAdvice(code).empty()) codes += code + " ";
    return codes;
}

/// Beginnings and damage of a good file, and what is no file of posts at all.
Strings brokenFiles(const std::string& good) {
    Strings files{"\n",           "\n\n\n",           " ",           std::string(3, '\0'),
                  "\xEF\xBB\xBF", "caf\xE9 \xFF\xFE", "\t\t\n|/\n%", "x\r\ry\r\n\r\n",
                  "{}\n[]",       "IMGID:\n"};
    std::mt19937 random(7);
    for (int i = 0; i < 20; ++i) {
        files.push_back(good.substr(0, random() % (good.size() + 1)));
        std::string damaged = good;
        for (int k = 0; k < 4 && !damaged.empty(); ++k)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        files.push_back(damaged);
        std::string noise(random() % 400, ' ');
        for (char& c : noise) c = static_cast<char>(random());
        files.push_back(noise);
    }
    return files;
}

}  // namespace

TEST_CASE("Formats.EveryCodeThatOneNamesHasASentenceAndAnAdvice") {
    const auto look = [](std::string_view code) {
        INFO(code << ": a row in core/domain/finding_text.cpp");
        CHECK(findingSentence(code) != code);
        CHECK_FALSE(findingAdvice(code).empty());
    };
    for (const Format& format : all()) {
        for (const std::string_view code : format.lossyFindings) look(code);
        if (const auto* posts = format.as<PostKind>())
            for (const Loss& loss : posts->losses) look(loss.code);
    }
}

TEST_CASE("Formats.OnlyOneOfPostsTakesWhatTheOthersLeave") {
    const std::vector<const Format*> known = ofKind<PostKind>();
    CHECK(std::count_if(known.begin(), known.end(), [](const Format* format) { return !format->sniff; }) == 1);
}

TEST_CASE("Formats.WrittenPostsComeBackToTheLetter") {
    for (const Format* format : writtenOfKind<PostKind>()) {
        INFO(format->name);
        const PostKind& kind = *format->as<PostKind>();
        const std::vector<Post> posts = oddPosts();
        const std::string bytes = bytesOf(kind, posts);
        const test::TemporaryFolder folder;
        const auto path = fileOf(folder, *format, bytes);
        CHECK(recognise<PostKind>(path).name == format->name);
        CHECK(format->isNamedLike(path));
        const Taken again = readBy(kind, path, true);
        REQUIRE(again.posts.size() == posts.size());
        for (std::size_t i = 0; i < posts.size(); ++i) {
            CHECK(again.posts[i].externalId == posts[i].externalId);
            CHECK(again.posts[i].words == posts[i].words);
            CHECK(again.posts[i].sourceTags == posts[i].sourceTags);
        }
        CHECK(bytesOf(kind, again.posts) == bytes);
    }
}

TEST_CASE("Formats.AnEmptyFileOfPostsIsAFinding") {
    for (const Format* format : postFiles()) {
        INFO(format->name);
        const test::TemporaryFolder folder;
        const Taken taken = readBy(*format->as<PostKind>(), fileOf(folder, *format, {}), false);
        CHECK(taken.posts.empty());
        CHECK(taken.findings.count("empty-file") == 1);
    }
}

TEST_CASE("Formats.BrokenFilesOfPostsAreFindingsWithASentenceOrAnError") {
    for (const Format* format : postFiles()) {
        INFO(format->name);
        const PostKind& kind = *format->as<PostKind>();
        const std::string good = kind.append ? bytesOf(kind, oddPosts()) : std::string();
        const test::TemporaryFolder folder;
        for (const std::string& bytes : brokenFiles(good)) {
            INFO(bytes);
            const auto path = fileOf(folder, *format, bytes);
            try {
                const Taken taken = readBy(kind, path, false);
                CHECK(withoutSentence(taken.findings) == "");
                for (const Post& post : taken.posts) {
                    CHECK_FALSE(post.words.empty());
                    CHECK(post.words.size() == post.sourceTags.size());
                    CHECK(std::all_of(post.images.begin(), post.images.end(),
                                      [](const std::string& image) { return staysInside(image); }));
                }
            } catch (const Error& error) {
                CHECK(error.code() != ErrorCode::Internal);
                CHECK(std::string_view(error.what()) != "");
            }
        }
    }
}
