#pragma once

#include <string>
#include <vector>

#include "core/models/model/model_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/nn/blocks/precision.h"

namespace mnerva::models {

/// Class of every used unit of each post, in order.
using UnitClasses = std::vector<std::vector<int>>;

/// Class of every word of each post: that of its (first) unit, `outside` (the class of O) where it has no sub-token.
std::vector<std::vector<int>> wordClasses(const UnitClasses& best, const std::vector<const EncodedPost*>& posts,
                                          UnitMode mode, int outside);

/// Of a run's option or of the command line: "fp32", "bf16" or "fp16", else Error(OptionInvalid).
nn::Precision precisionByName(const std::string& name);

/// Runs `body`; a failed allocation of torch becomes MemoryExhausted {doing}, one of the graphics card
/// DeviceFailed {doing, text}, any other failure of torch Internal.
template <class Body>
auto guarded(const std::string& doing, Body&& body);

[[noreturn]] void translateTorchError(const c10::Error& error, const std::string& doing);

template <class Body>
auto guarded(const std::string& doing, Body&& body) {
    try {
        return body();
    } catch (const c10::Error& error) {
        translateTorchError(error, doing);
    }
}

}  // namespace mnerva::models
