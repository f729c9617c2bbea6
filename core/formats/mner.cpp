#include "core/base/translatable.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"

namespace mnerva::formats {
namespace {

/// A post has one picture, that of its id.
bool hasOtherImages(const Outgoing& outgoing) {
    const Post& post = outgoing.post;
    return post.images.size() > 1 || (post.images.size() == 1 && post.images[0] != post.externalId + ".jpg");
}

}  // namespace

Format mnerFormat() {
    Format format;
    format.name = "mner";
    format.title = MNERVA_TEXT("Format", "MNER text (one word a line)");
    format.filesTitle = MNERVA_TEXT("Format", "Text files");
    format.help = "tagged text";
    format.files = {{".txt", {}}, {".conll", {}}, {".bio", {}}, {".tsv", {}}};
    format.lossyFindings = {"unknown-tag",   "tabless-line", "extra-tabs",    "columns-left-out",
                            "empty-tag",     "empty-post",   "empty-file",    "invalid-utf8",
                            "line-too-long", "unsafe-path",  "auxiliary-tag", "encoding-doubtful"};
    PostKind kind;
    kind.read = readMner;
    kind.append = [](std::string& out, const Post& post, std::span<const std::string> tags,
                     const WriteOptions& options) { appendMnerPost(out, post, tags, options.auxiliary); };
    kind.losses = {
        {"status-not-kept", [](const Outgoing& o) { return o.post.status != PostStatus::Open; }},
        {"review-not-kept", [](const Outgoing& o) { return o.post.review != Review::None; }},
        {"comments-not-kept", [](const Outgoing& o) { return o.hasComments; }},
        {"images-not-kept", hasOtherImages},
        {"crops-not-kept", [](const Outgoing& o) { return !o.post.crops.empty(); }},
        {"auxiliary-not-kept", [](const Outgoing& o) { return !o.options.auxiliary && !o.post.auxiliary.empty(); }},
        {"boxes-not-kept", [](const Outgoing& o) { return o.hasBoxes; }},
        {"confidence-not-kept", [](const Outgoing& o) { return o.hasConfidence; }}};
    format.kind = std::move(kind);
    return format;
}

}  // namespace mnerva::formats
