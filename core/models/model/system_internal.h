#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/models/model/model_internal.h"
#include "core/models/model/system_info.h"

namespace mnerva::models {

/// A system, or a variant of one with options or code of its own (same name, its own `info.variants`): what people see
/// of it, and how a model of it is made. Each lives in a file of systems/, and registry.cpp lists them all: nothing
/// else has to be told of a new one.
struct System {
    SystemInfo info;
    /// What of the pictures a run with these options uses; `widths` are those of its ResNet.
    PictureLayout (*pictures)(const nlohmann::json& options, const std::array<int, 4>& widths);
    /// Positions of the encoder that pictures take from the text.
    int (*reservedPositions)(const ModelShape& shape);
    std::shared_ptr<NerModel> (*make)(const ModelShape& shape);
    /// Every batch is padded to the longest sequence, because values of padding matter.
    bool fixedLength = false;
    /// The words' vectors of the file that the option "word_vectors" names stand in TextBatch::wordVectors.
    bool wordVectors = false;
};

// What most systems say.
inline PictureLayout noPictures(const nlohmann::json&, const std::array<int, 4>&) {
    return {};
}
/// The post picture's cells only, and nothing with the option `text_only`.
inline PictureLayout gridLayout(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = !options.value("text_only", false);
    layout.widths = widths;
    return layout;
}
inline int noPositions(const ModelShape&) {
    return 0;
}

template <class Model>
std::shared_ptr<NerModel> newModel(const ModelShape& shape) {
    return std::make_shared<Model>(shape);
}

}  // namespace mnerva::models
