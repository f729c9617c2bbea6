#include "core/base/translatable.h"
#include "core/formats/prediction_files.h"

namespace mnerva::formats {

Format preFormat() {
    Format format = blockFormat(/*namesPictures=*/false, "text, predicted tags, gold tags, an empty line");
    format.name = "pre";
    format.title = MNERVA_TEXT("Format", "Predictions, four lines a post");
    format.help = "predictions in four lines a post (MPCFN)";
    return format;
}

}  // namespace mnerva::formats
