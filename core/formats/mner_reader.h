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
#include "core/text/tag_reading.h"

namespace mnerva::formats {

/// The word and the tag that set a text about a post apart in tagged text, and the source such a text gets.
inline constexpr std::string_view kAuxiliaryMark = "<EOS>", kAuxiliaryTag = "X", kPgimSource = "pgim";

/// What a whole file of tagged text held.
struct MnerSummary {
    int posts = 0;
    int words = 0;
    int lines = 0;
    int postsWithImageId = 0;
    std::vector<std::string> distinctTags;  ///< as they were taken, sorted
    text::SchemeEvidence evidence;
    text::TagScheme scheme = text::TagScheme::Bio;  ///< that the whole file speaks for
};

struct MnerOptions {
    /// Name of the encoding; empty: UTF-8, or what a byte order mark says. UTF-8 by name also says that bytes which are
    /// none are damage, whatever their share.
    std::string encoding;
    /// What goes before the number of a post without an id of its own; asked for once, when there is such a post.
    /// Absent: "post-".
    std::function<std::string()> madeIdPrefix;
    /// Lines of word, tab, tag and nothing else, every tag as it is: for reading again what was written.
    bool isLiteral = false;
};

/// Gets each post as soon as it is complete. `line` is where its IMGID line (or first word) stands.
using PostSink = std::function<void(Post&& post, int line)>;

/// A post has at most so many words, a file so many different tags.
inline constexpr int kMaxWordsOfAPost = 100000, kMaxDistinctTags = 10000;

/// Reads tagged text (models.md 1.1) post by post; memory does not grow with the file, except eight bytes a post.
///
/// How the columns stand is recognised from the first lines (layoutOf), the scheme from the whole file. PGIM's form
/// (9.2) is understood: after a word "<EOS>" tagged X the words of a post are a text about it, of the source "pgim"
/// (kPgimSource), and no words of its own.
///
/// A single odd line never makes it fail: it becomes a finding, and every word and its tag is kept:
///   empty-file (no post in it), auxiliary-tag (a word after "<EOS>" that is not tagged X), bom (of a line or of its
///   word; left out), crlf and cr-line-ends (once a file), cr-inside-line (once; one that follows a word
///   and its tag is read as a line end),
///   encoding-converted, encoding-doubtful (one was named, but it is UTF-8 by its bytes), missing-final-blank-line,
///   missing-blank-line (an IMGID line right after a word), repeated-blank-lines (a run of them, also at the start),
///   white-space-line (only spaces; read as a blank line), separator-other (no tab between the columns),
///   tag-column-other, columns-left-out (the columns beside word and tag), header-line, comment-line and docstart-line
///   (left out), tabless-line (its word gets O), extra-tabs (other columns than in the rest; first and last field
///   count), empty-word, empty-tag (read as O), padded-tag (spaces around a tag are dropped), tag-cleaned
///   (text::cleanedTag took away more than that), scheme-bilou (L and U read as E and S), unknown-tag,
///   orphan-inside-tag (not in IOB1), invalid-utf8 (repaired to U+FFFD), line-too-long, words-before-imgid and
///   missing-imgid (the post gets a made-up id and no picture), made-up-ids (once: which), odd-imgid-line (spaces or a
///   tab in it), empty-imgid, unsafe-path (an id that leaves the picture folder: no picture), repeated-image-id,
///   empty-post (an IMGID line without words: there is nothing to tag, so the post is left out).
///
/// A file that is something else fails, so that it is never taken for words. Errors: FileMissing, FileIsDirectory,
/// FileNotPlain, FileUnreadable; FormatInvalid (an archive, a picture, JSON, lines without tags, ...); EncodingUnknown
/// (more than a tenth of what is no ASCII is no UTF-8); LineInvalid (most tags of entities are no tags, such as B
/// without a type: the first of them); BoundExceeded; OptionInvalid (an encoding that nobody knows). Throws Cancelled
/// on stop.
MnerSummary readMner(const std::filesystem::path& path, const PostSink& sink, Findings& findings,
                     const ProgressSink& progress = {}, std::stop_token stop = {}, const MnerOptions& options = {});

/// All posts of a file at once, for small files and tests.
std::vector<Post> readMnerPosts(const std::filesystem::path& path, Findings& findings);

/// True for tags that a scheme makes: "O", or one of B, M, I, E, S, then "-" and a type without white space.
bool isKnownTag(std::string_view tag);

/// The split that a file name speaks for: "train", "valid", "dev", "val", "test" in its name; nothing otherwise.
std::optional<Split> splitOfFileName(const std::filesystem::path& path);

}  // namespace mnerva::formats
