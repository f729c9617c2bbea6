#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::vision {

/// What an ONNX file says of itself, read without running anything: the network's inputs, its outputs and its notes.
struct OnnxHeader {
    struct Value {
        std::string name;
        std::vector<std::int64_t> shape;  ///< -1: left open
        int elementType = 0;              ///< 1: float32
    };
    std::vector<Value> inputs, outputs;  ///< inputs without weights
    std::map<std::string, std::string> notes;
};

/// Throws FormatInvalid naming `file` when the bytes are no ONNX model with a graph.
OnnxHeader readOnnxHeader(std::string_view bytes, const std::string& file);

/// "1 x 3 x 640 x 640", "?" for what is left open.
std::string shapeText(const std::vector<std::int64_t>& shape);

/// The class names that Ultralytics' programs write into a model: "{0: 'person', 1: 'bicycle'}" or "['a', 'b']". Empty
/// when the text is something else.
std::vector<std::string> namesOfNote(std::string_view text);

}  // namespace mnerva::vision
