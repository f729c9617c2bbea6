#include "core/nn/blocks/bilstm.h"

namespace mnerva::nn {

using torch::Tensor;
namespace rnn = torch::nn::utils::rnn;

namespace {

torch::nn::LSTMOptions optionsOf(int64_t in, int64_t hidden, int64_t layers, double dropout) {
    return torch::nn::LSTMOptions(in, hidden)
        .num_layers(layers)
        .dropout(layers > 1 ? dropout : 0)
        .bidirectional(true)
        .batch_first(true);
}

}  // namespace

BiLstmImpl::BiLstmImpl(int64_t in, int64_t hidden, int64_t layers, double dropout)
    : torch::nn::LSTMImpl(optionsOf(in, hidden, layers, dropout)) {}

Tensor BiLstmImpl::forward(const Tensor& x, const Tensor& mask) {
    const int64_t n = x.size(1);
    // Used positions to the left, in their order; lengths must stand on the CPU and be positive.
    const Tensor order = mask.logical_not().to(torch::kInt64).argsort(/*stable=*/true, /*dim=*/1);  // [B, n]
    const auto along = [&](const Tensor& rows) { return order.unsqueeze(-1).expand({-1, -1, rows.size(2)}); };
    const Tensor lengths = mask.sum(1).clamp_min(1).to(torch::kCPU, torch::kInt64);
    // The longest first. torch would sort them itself, but then reads lengths, which stand on the CPU, by places that
    // stand on the device.
    const auto [sorted, places] = lengths.sort(/*stable=*/true, /*dim=*/0, /*descending=*/true);
    const Tensor longestFirst = places.to(x.device()), asBefore = places.argsort().to(x.device());
    const auto packed = rnn::pack_padded_sequence(x.gather(1, along(x)).index_select(0, longestFirst), sorted,
                                                  /*batch_first=*/true, /*enforce_sorted=*/true);
    const auto result = std::get<0>(forward_with_packed_input(packed));
    const Tensor padded = std::get<0>(rnn::pad_packed_sequence(result, /*batch_first=*/true, /*padding_value=*/0, n));
    const Tensor rows = padded.index_select(0, asBefore);
    const Tensor back = torch::zeros_like(rows).scatter(1, along(rows), rows);  // [B, n, 2 * hidden]
    return back * mask.unsqueeze(-1).to(back.scalar_type());
}

}  // namespace mnerva::nn
