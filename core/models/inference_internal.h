#pragma once

#include <string>
#include <vector>

#include "core/models/model_internal.h"

namespace mnerva::models {

/// Class of every word of each post by Viterbi; `outside` (the class of O) where a word has no sub-token.
std::vector<std::vector<int>> bestTags(NerModel& model, const Batch& batch, const torch::Tensor& emissions,
                                       const std::vector<const EncodedPost*>& posts, int outside);

/// Index of "O". Errors: LabelUnknown.
int outsideClass(const std::vector<std::string>& tagNames);

/// Runs `body`; a failed allocation of torch becomes MemoryExhausted {doing}, any other failure of torch Internal.
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
