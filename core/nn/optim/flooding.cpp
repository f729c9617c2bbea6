#include "core/nn/optim/flooding.h"

#include "core/base/error.h"

namespace mnerva::nn {

torch::Tensor flood(const torch::Tensor& loss, double b) {
    if (!(b >= 0)) throw Error(ErrorCode::OptionInvalid, {"flood_b", std::to_string(b), "0 or more"});
    return b == 0 ? loss : (loss - b).abs() + b;
}

}  // namespace mnerva::nn
