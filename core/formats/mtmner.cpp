#include "core/base/translatable.h"
#include "core/formats/prediction_files.h"

namespace mnerva::formats {

Format mtmnerFormat() {
    Format format = blockFormat(/*namesPictures=*/true, "picture, text, predicted tags, gold tags, an empty line");
    format.name = "mtmner";
    format.title = MNERVA_TEXT("Format", "Predictions, five lines a post");
    format.help = "predictions in five lines a post (UMT, MGCMT)";
    return format;
}

}  // namespace mnerva::formats
