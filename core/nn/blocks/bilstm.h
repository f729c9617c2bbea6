#pragma once

#include <torch/torch.h>

namespace mnerva::nn {

/// A bidirectional LSTM over the used positions of each row: each row is read as if it stood alone and had no others
/// (packed), so neither padding nor holes have any influence. Parameter names are those of torch.nn.LSTM
/// (`weight_ih_l0`, `bias_hh_l1_reverse`, ...).
class BiLstmImpl : public torch::nn::LSTMImpl {
public:
    /// `hidden` units a direction; `dropout` acts between layers, in training mode.
    BiLstmImpl(int64_t in, int64_t hidden, int64_t layers, double dropout = 0);

    /// x [B, n, in], mask bool [B, n] (true: use) -> [B, n, 2 * hidden], zero where the mask is false.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask);
};
TORCH_MODULE(BiLstm);

}  // namespace mnerva::nn
