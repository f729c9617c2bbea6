#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"

namespace mnerva::io {

/// The word and the tag that set a text about a post apart in tagged text, and the source such a text gets.
inline constexpr std::string_view kAuxiliaryMark = "<EOS>", kAuxiliaryTag = "X", kPgimSource = "pgim";

/// What a whole file of tagged text held.
struct MnerSummary {
    int posts = 0;
    int words = 0;
    int lines = 0;
    int postsWithImageId = 0;
    std::vector<std::string> distinctTags;  ///< as in the file, sorted
    text::TagScheme scheme = text::TagScheme::Bio;
};

/// Gets each post as soon as it is complete. `line` is where its IMGID line (or first word) stands.
using PostSink = std::function<void(Post&& post, int line)>;

/// Reads tagged text (models.md 1.1) post by post; memory does not grow with the file, except eight bytes a post.
///
/// PGIM's form (9.2) is understood: after a word "<EOS>" tagged X the words of a post are a text about it, of the source
/// "pgim" (kPgimSource), and no words of its own.
///
/// Nothing in the text makes it fail. Each oddity becomes a finding, and every word and its tag is kept:
///   empty-file (no post in it), auxiliary-tag (a word after "<EOS>" that is not tagged X), bom, crlf (once a file), missing-final-blank-line, missing-blank-line (an IMGID line
///   right after a word), repeated-blank-lines (a run of them, also at the start), white-space-line (only spaces; read
///   as a blank line), tabless-line (its word gets O), extra-tabs (first and last field count), empty-word, empty-tag
///   (read as O), padded-tag (spaces around a tag are dropped), unknown-tag, orphan-inside-tag, invalid-utf8 (repaired
///   to U+FFFD), line-too-long, words-before-imgid and missing-imgid (the post gets the id "post-<number>" and no
///   picture), odd-imgid-line (spaces or a tab in it), empty-imgid, unsafe-path (an id that leaves the picture folder:
///   no picture), repeated-image-id, empty-post (an IMGID line without words: there is nothing to tag, so the post is
///   left out).
///
/// Errors: FileMissing, FileIsDirectory, FileUnreadable; FormatInvalid for a file that is no UTF-8 text at all (an
/// archive, a picture, UTF-16). Throws Cancelled on stop.
MnerSummary readMner(const std::filesystem::path& path, const PostSink& sink, Findings& findings,
                     const ProgressSink& progress = {}, std::stop_token stop = {});

/// All posts of a file at once, for small files and tests.
std::vector<Post> readMnerPosts(const std::filesystem::path& path, Findings& findings);

/// True for tags that a scheme makes: "O", or one of B, M, I, E, S, then "-" and a type without white space.
bool isKnownTag(std::string_view tag);

/// The split that a file name speaks for: "train", "valid", "dev", "val", "test" in its name; nothing otherwise.
std::optional<Split> splitOfFileName(const std::filesystem::path& path);

}  // namespace mnerva::io
