#pragma once

#include <cmath>

#include "core/nn/encoders/resnet.h"
#include "tests/unit/nn/nn_test.h"

namespace mnerva::test {

/// A ResNet's weights as fill_resnet of tests/reference/nn_formula.py makes them.
inline nn::TensorMap formulaState(nn::ResNetKind kind) {
    nn::TensorMap state = nn::randomResNetState(kind, 0);
    for (auto& [name, tensor] : state) {
        if (tensor.dim() == 4) {
            const double fanIn = static_cast<double>(tensor.size(1) * tensor.size(2) * tensor.size(3));
            tensor = formula(name, tensor.sizes(), std::sqrt(6.0 / fanIn));
        } else if (name.ends_with("running_var")) {
            tensor = formula(name, tensor.sizes(), 0.3, 1.0);
        } else if (name.ends_with("weight")) {
            tensor = formula(name, tensor.sizes(), 0.1, 0.5);
        } else {
            tensor = formula(name, tensor.sizes(), 0.1);
        }
    }
    return state;
}

}  // namespace mnerva::test
