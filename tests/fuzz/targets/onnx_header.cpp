#include "core/vision/detect/onnx_header.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] {
        const vision::OnnxHeader header = vision::readOnnxHeader(input, "x.onnx");
        for (const auto& value : header.inputs) vision::shapeText(value.shape);
        for (const auto& [name, note] : header.notes) vision::namesOfNote(note);
    });
}

const fuzz::Known kKnown("onnx_header", run);

}  // namespace
