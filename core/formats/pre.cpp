#include "core/base/translatable.h"
#include "core/formats/prediction_files.h"

namespace mnerva::formats {
namespace {

constexpr bool kNamesPictures = false;

}  // namespace

Format preFormat() {
    Format format;
    format.name = "pre";
    format.title = MNERVA_TEXT("Format", "Predictions, four lines a post");
    format.filesTitle = MNERVA_TEXT("Format", "Text files");
    format.help = "predictions in four lines a post (MPCFN)";
    format.files = {{".txt", {}}};
    format.lossyFindings = {"malformed-block", "tag-count-mismatch", "unknown-tag",
                            "empty-file",      "invalid-utf8",       "line-too-long"};
    PredictionKind kind;
    kind.namesPictures = kNamesPictures;
    kind.block = "text, predicted tags, gold tags, an empty line";
    kind.read = [](const std::filesystem::path& path) { return readBlocks(path, kNamesPictures); };
    kind.append = [](std::string& out, const PredictionBlock& block) { appendBlock(out, block, kNamesPictures); };
    format.kind = kind;
    return format;
}

}  // namespace mnerva::formats
