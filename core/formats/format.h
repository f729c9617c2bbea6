#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/text/tag_reading.h"

namespace mnerva::formats {

class CropDictionary;
struct BoxAnnotation;
struct PredictionBlock;
struct PredictionFile;

/// What of posts was read.
struct PostsSummary {
    int posts = 0;
    int words = 0;
    int lines = 0;
    int postsWithImageId = 0;
    std::vector<std::string> distinctTags;  ///< as they were taken, sorted
    text::SchemeEvidence evidence;
    text::TagScheme scheme = text::TagScheme::Bio;  ///< that the whole file speaks for
};

struct ReadOptions {
    /// Name of the encoding; empty: UTF-8, or what a byte order mark says. UTF-8 by name also says that bytes which are
    /// none are damage, whatever their share.
    std::string encoding;
    /// What goes before the number of a post without an id of its own; asked for once, when there is such a post.
    /// Absent: "post-".
    std::function<std::string()> madeIdPrefix;
    /// The file is what this program wrote, every tag as it is: for reading again what was written.
    bool isLiteral = false;
};

struct WriteOptions {
    bool auxiliary = false;  ///< with the texts about the posts, where the format has a place for them
};

/// Gets each post as soon as it is complete. `line` is where it begins.
using PostSink = std::function<void(Post&& post, int line)>;
/// Gets each text about a post; `id` is the post's id in its file (IMGID), `line` where it stands.
using AuxiliarySink = std::function<void(const std::string& id, AuxiliaryText&& text, int line)>;
/// Gets the size of its picture that a file of boxes says (0: nothing) and answers the size at which boxes are cut.
using BoxFrame = std::function<std::pair<int, int>(int width, int height)>;

/// A post on its way into a file.
struct Outgoing {
    const Post& post;
    bool hasConfidence = false;  ///< its entities come from a run that said how sure it is
    WriteOptions options;
    bool hasBoxes = false;     ///< something is boxed in its pictures
    bool hasComments = false;  ///< somebody wrote about it
};
/// Something that a format has no place for: the code of its finding, and whether a post has it.
struct Loss {
    std::string_view code;
    bool (*isLost)(const Outgoing& outgoing) = nullptr;
};

// What a format holds. Posts, predictions and boxes are not read alike, so each kind says in its own words how it is
// read and written; a function that may be absent says so.

/// Posts with a tag a word.
struct PostKind {
    PostsSummary (*read)(const std::filesystem::path& path, const PostSink& sink, Findings& findings,
                         const ProgressSink& progress, std::stop_token stop, const ReadOptions& options) = nullptr;
    /// Appends one post to what becomes a file, one tag a word. Absent: this format is only read.
    void (*append)(std::string& out, const Post& post, std::span<const std::string> tags,
                   const WriteOptions& options) = nullptr;
    /// What a post has that append() leaves out.
    std::vector<Loss> losses;
    /// Crops of a post that lie below the folder of the pictures by the format's own layout, relative to `folder`.
    /// Absent: crops are what a dictionary says.
    std::vector<std::string> (*cropsOf)(const Post& post, const std::filesystem::path& folder) = nullptr;
};

/// Predicted and gold tags of one split, a block a post.
struct PredictionKind {
    bool namesPictures = false;  ///< a block says which picture its post has
    bool isByPicture = false;    ///< blocks are of any posts in any order, told by their picture alone
    std::string_view block;      ///< the lines of a block, for messages
    PredictionFile (*read)(const std::filesystem::path& path) = nullptr;
    /// Absent: only read.
    void (*append)(std::string& out, const PredictionBlock& block) = nullptr;
};

/// Texts about posts, by the posts' ids.
struct AuxiliaryKind {
    void (*read)(const std::filesystem::path& path, const AuxiliarySink& sink, Findings& findings,
                 const ProgressSink& progress, std::stop_token stop) = nullptr;
    /// Absent: only read.
    void (*append)(std::string& out, const std::string& id, const AuxiliaryText& text) = nullptr;
};

/// Boxes of a picture, a file a picture that is named like it.
struct BoxKind {
    std::vector<std::string_view> folders;  ///< names that a folder of such files has beside the posts, in lower case
    std::optional<BoxAnnotation> (*read)(const std::filesystem::path& path, Findings& findings,
                                         const BoxFrame& frameOf) = nullptr;
    /// Absent: only read.
    void (*write)(const std::filesystem::path& path, const BoxAnnotation& annotation) = nullptr;
};

/// Which crops belong to which picture.
struct CropKind {
    CropDictionary (*read)(const std::filesystem::path& path, Findings& findings) = nullptr;
};

/// How files of a format are named, in lower case: their ending, and what else such a name has one of.
struct FileName {
    std::string_view ending;              ///< ".json"
    std::vector<std::string_view> parts;  ///< "crop", "dict"; empty: any name with the ending
};

/// A file or folder whose format is looked for.
struct Candidate {
    std::filesystem::path path;
    bool isFolder = false;
    std::string head;  ///< first bytes of a file
};

/// A format of files: what it is called, how it is recognised, read and written, and what of it is a loss. One file of
/// this folder makes each; `all()` lists them, and the command line, dialogs and folder scan know no other.
struct Format {
    std::string_view name;        ///< of `--format` and reports; never changes
    std::string_view title;       ///< in a list of choices (context "Format")
    std::string_view filesTitle;  ///< of its files in a file dialog (context "Format")
    std::string_view help;        ///< for `--help`, part of a sentence
    bool isFolder = false;        ///< a folder of files is read as one
    std::vector<FileName> files;  ///< how its files are named; the first ending is what is written
    /// Whether a file or folder is of this format, by its bytes or names. Absent: never said of a file; the first
    /// format of its kind without it is what the others leave.
    bool (*sniff)(const Candidate& candidate) = nullptr;
    /// Findings of its reader which say that something of a file is not kept as it was meant.
    std::vector<std::string_view> lossyFindings;
    std::variant<PostKind, PredictionKind, AuxiliaryKind, BoxKind, CropKind> kind;

    /// What it holds, or null where that is another kind.
    template <class Kind>
    const Kind* as() const {
        return std::get_if<Kind>(&kind);
    }
    bool isWritten() const;
    /// True for a file named like those of this format; only the name is looked at.
    bool isNamedLike(const std::filesystem::path& path) const;
};

/// True for tags that a scheme makes: "O", or one of B, M, I, E, S, then "-" and a type without white space.
bool isKnownTag(std::string_view tag);

/// A post has at most so many words, a file so many different tags.
inline constexpr int kMaxWordsOfAPost = 100000, kMaxDistinctTags = 10000;

/// The split that a file name speaks for: "train", "valid", "dev", "val", "test" in its name; nothing otherwise.
std::optional<Split> splitOfFileName(const std::filesystem::path& path);

}  // namespace mnerva::formats
