#pragma once

#include <algorithm>

#include "core/archive/tensor_file.h"

namespace mnerva::fuzz {

/// Reads the first and the last value of each tensor, and one step along each side, so that a view that leaves its
/// bytes is seen.
inline void touch(const archive::TensorFile& file) {
    for (const auto& [name, tensor] : file.tensors) {
        if (std::find(tensor.shape.begin(), tensor.shape.end(), 0) != tensor.shape.end()) continue;  // nothing to read
        std::int64_t last = 0;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) last += (tensor.shape[i] - 1) * tensor.strides[i];
        const auto width = static_cast<std::int64_t>(archive::widthOf(tensor.type));
        volatile char seen = tensor.data[0];
        seen = tensor.data[last * width + width - 1];
        for (std::size_t i = 0; i < tensor.shape.size(); ++i)
            if (tensor.shape[i] > 1) seen = tensor.data[tensor.strides[i] * width];
        static_cast<void>(seen);
    }
}

}  // namespace mnerva::fuzz
