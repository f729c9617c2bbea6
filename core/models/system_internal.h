#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/models/model_internal.h"
#include "core/models/system.h"

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
    /// The words' vectors of the file that the option "word_vectors" names stand in Batch::wordVectors.
    bool wordVectors = false;
};

/// In the order in which they are shown; variants follow their system.
const std::vector<System>& systemList();
/// The entry of a variant; of its system where the variant has none of its own. Errors: OptionInvalid {"system", name,
/// known names}.
const System& systemCode(const std::string& name, const std::string& variant);

inline PictureLayout noPictures(const nlohmann::json&, const std::array<int, 4>&) {
    return {};
}
inline int noPositions(const ModelShape&) {
    return 0;
}

}  // namespace mnerva::models
