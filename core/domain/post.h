#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/text/tag_scheme.h"

namespace mnerva {

enum class Split { Train, Valid, Test, None };
std::string_view splitName(Split split);
std::optional<Split> splitFromName(std::string_view name);

/// How the words of a post make its text: one space between them, or nothing (single-character Chinese).
enum class JoinRule { Space, Nothing };

/// Where the human work on a post stands: open, done, or skipped (looked at and put aside: never counted as done), and
/// beside that flagged or not. Suggestions and imported gold never count as done.
enum class PostStatus { Open, Done, Flagged, DoneFlagged, Skipped, SkippedFlagged };
enum class PostStage { Open, Done, Skipped };
constexpr PostStage stageOf(PostStatus status) {
    return status == PostStatus::Done || status == PostStatus::DoneFlagged         ? PostStage::Done
           : status == PostStatus::Skipped || status == PostStatus::SkippedFlagged ? PostStage::Skipped
                                                                                   : PostStage::Open;
}
constexpr bool isDone(PostStatus status) {
    return stageOf(status) == PostStage::Done;
}
constexpr bool isSkipped(PostStatus status) {
    return stageOf(status) == PostStage::Skipped;
}
constexpr bool isFlagged(PostStatus status) {
    return status == PostStatus::Flagged || status == PostStatus::DoneFlagged || status == PostStatus::SkippedFlagged;
}
constexpr PostStatus postStatus(PostStage stage, bool flagged) {
    return stage == PostStage::Done      ? (flagged ? PostStatus::DoneFlagged : PostStatus::Done)
           : stage == PostStage::Skipped ? (flagged ? PostStatus::SkippedFlagged : PostStatus::Skipped)
                                         : (flagged ? PostStatus::Flagged : PostStatus::Open);
}
std::string_view statusName(PostStatus status);
std::optional<PostStatus> statusFromName(std::string_view name);

/// What a second person says of the work on a post, beside its status. Returned: with a comment that says why.
enum class Review { None, ToReview, Accepted, Returned };
std::string_view reviewName(Review review);
std::optional<Review> reviewFromName(std::string_view name);

/// A text about a post (models.md 9.2): a caption, words in the picture, what is known about its names.
struct AuxiliaryText {
    std::string source;              ///< who or what says so, with its version: "blip-2 caption"
    std::vector<std::string> words;  ///< UTF-8
    bool operator==(const AuxiliaryText&) const = default;
};

/// One post of a data set as it was imported: text, source tags and the names of its pictures.
/// Invariant (checkPost): sourceTags is empty or as long as words; no word, auxiliary word or tag holds a line feed.
struct Post {
    PostId id;
    std::string externalId;  ///< IMGID, may repeat
    Split split = Split::None;
    std::vector<std::string> words;       ///< UTF-8
    std::vector<std::string> sourceTags;  ///< exactly as in the file ("B-OTHER"); the gold layer writes them back
    JoinRule join = JoinRule::Space;
    std::vector<std::string> images;  ///< file names relative to the image folder, usually one: "<id>.jpg"
    std::vector<std::string> crops;   ///< file names relative to the crop folder, in list order
    PostStatus status = PostStatus::Open;
    Review review = Review::None;
    std::vector<AuxiliaryText> auxiliary;  ///< one of each source
};

/// Throws Error(Internal) if the invariant does not hold.
void checkPost(const Post& post);

/// The words joined by the post's rule.
std::string textOf(const Post& post);

/// Space when any word is longer than one code point or holds a Latin letter pair; nothing for character-split Chinese.
JoinRule guessJoinRule(const std::vector<std::string>& words);

}  // namespace mnerva
