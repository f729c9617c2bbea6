#include "core/domain/post.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.h"
#include "core/text/utf8.h"

namespace mnerva {
namespace {

constexpr std::array<std::pair<Split, std::string_view>, 4> kSplitNames{{
    {Split::Train, "train"},
    {Split::Valid, "valid"},
    {Split::Test, "test"},
    {Split::None, "none"},
}};
constexpr std::array<std::pair<PostStatus, std::string_view>, 6> kStatusNames{{
    {PostStatus::Open, "open"},
    {PostStatus::Done, "done"},
    {PostStatus::Flagged, "flagged"},
    {PostStatus::DoneFlagged, "done-flagged"},
    {PostStatus::Skipped, "skipped"},
    {PostStatus::SkippedFlagged, "skipped-flagged"},
}};
constexpr std::array<std::pair<Review, std::string_view>, 4> kReviewNames{{
    {Review::None, "none"},
    {Review::ToReview, "to-review"},
    {Review::Accepted, "accepted"},
    {Review::Returned, "returned"},
}};

template <class Table, class Value>
std::string_view nameOf(const Table& table, Value value) {
    for (const auto& [known, name] : table)
        if (known == value) return name;
    return table[0].second;
}

template <class Value, std::size_t N>
std::optional<Value> valueOf(const std::array<std::pair<Value, std::string_view>, N>& table, std::string_view name) {
    for (const auto& [value, known] : table)
        if (known == name) return value;
    return std::nullopt;
}

bool hasLineFeed(const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [](const std::string& w) { return w.find('\n') != w.npos; });
}

/// Scripts that are written without spaces: kana, ideographs with their extensions, full-width forms.
bool isWrittenWithoutSpaces(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF9F) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

}  // namespace

std::string_view splitName(Split split) {
    return nameOf(kSplitNames, split);
}
std::optional<Split> splitFromName(std::string_view name) {
    return valueOf(kSplitNames, name);
}
std::string_view statusName(PostStatus status) {
    return nameOf(kStatusNames, status);
}
std::optional<PostStatus> statusFromName(std::string_view name) {
    return valueOf(kStatusNames, name);
}
std::string_view reviewName(Review review) {
    return nameOf(kReviewNames, review);
}
std::optional<Review> reviewFromName(std::string_view name) {
    return valueOf(kReviewNames, name);
}

void checkPost(const Post& post) {
    MNERVA_CHECK(post.sourceTags.empty() || post.sourceTags.size() == post.words.size());
    MNERVA_CHECK(!hasLineFeed(post.words));
    MNERVA_CHECK(!hasLineFeed(post.sourceTags));
    for (const AuxiliaryText& text : post.auxiliary) MNERVA_CHECK(!hasLineFeed(text.words));
}

std::string textOf(const Post& post) {
    std::string text;
    for (std::size_t i = 0; i < post.words.size(); ++i) {
        if (i > 0 && post.join == JoinRule::Space) text += ' ';
        text += post.words[i];
    }
    return text;
}

JoinRule guessJoinRule(const std::vector<std::string>& words) {
    bool spaceless = false;
    for (const std::string& word : words) {
        if (word.empty()) continue;
        std::size_t at = 0;
        spaceless |= isWrittenWithoutSpaces(text::nextCodePoint(word, at));
        if (at < word.size()) return JoinRule::Space;
    }
    return spaceless ? JoinRule::Nothing : JoinRule::Space;
}

}  // namespace mnerva
