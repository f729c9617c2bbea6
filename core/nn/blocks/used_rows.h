#pragma once

#include <torch/torch.h>

#include <optional>

namespace mnerva::nn {

/// The rows of a batch [B, N, H] that its mask uses, one behind the other, so that padding costs no product.
class UsedRows {
public:
    /// mask bool [B, N] on the CPU. Nothing where so few rows are padding that moving the others would cost more.
    static std::optional<UsedRows> of(const torch::Tensor& mask);

    /// x [B, N, H] -> [R, H].
    torch::Tensor gathered(const torch::Tensor& x) const;
    /// rows [R, H] -> [B, N, H], zeros where the mask uses nothing.
    torch::Tensor spread(const torch::Tensor& rows) const;

    int64_t count() const { return m_places.size(0); }
    int64_t posts() const { return m_posts; }
    int64_t length() const { return m_length; }

private:
    torch::Tensor m_places;  ///< int64 [R] into B * N
    int64_t m_posts = 0, m_length = 0;
};

}  // namespace mnerva::nn
