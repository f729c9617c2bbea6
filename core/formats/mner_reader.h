#pragma once

#include <filesystem>
#include <stop_token>
#include <string_view>
#include <vector>

#include "core/formats/format.h"

namespace mnerva::formats {

/// The word and the tag that set a text about a post apart in tagged text, and the source such a text gets.
inline constexpr std::string_view kAuxiliaryMark = "<EOS>", kAuxiliaryTag = "X", kPgimSource = "pgim";

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
PostsSummary readMner(const std::filesystem::path& path, const PostSink& sink, Findings& findings,
                      const ProgressSink& progress = {}, std::stop_token stop = {}, const ReadOptions& options = {});

/// All posts of a file at once, for small files and tests.
std::vector<Post> readMnerPosts(const std::filesystem::path& path, Findings& findings);

}  // namespace mnerva::formats
