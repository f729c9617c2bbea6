#include "core/nn/blocks/used_rows.h"

#include <ATen/Parallel.h>

#include <cstring>

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double kLeastPadding = 0.03;
constexpr int64_t kRowsAShare = 64;

/// Row places[r] of `from` to row r, or row r to row places[r] of zeros.
Tensor gatheredRows(const Tensor& from, const Tensor& places) {
    return from.index_select(0, places);
}

Tensor spreadRows(const Tensor& from, const Tensor& places, int64_t total) {
    const int64_t width = from.size(1) * static_cast<int64_t>(from.element_size());  // in bytes
    const Tensor rows = from.contiguous();
    Tensor out = torch::empty({total, from.size(1)}, from.options());
    const int64_t* place = places.data_ptr<int64_t>();
    const auto* source = static_cast<const char*>(rows.data_ptr());
    auto* target = static_cast<char*>(out.data_ptr());
    const int64_t count = places.size(0);
    const auto bytes = [&](int64_t n) { return static_cast<size_t>(n * width); };
    // Places rise, so each share writes its rows and the zeros before them.
    at::parallel_for(0, count, kRowsAShare, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            const int64_t before = r == 0 ? 0 : place[r - 1] + 1;
            std::memset(target + before * width, 0, bytes(place[r] - before));
            std::memcpy(target + place[r] * width, source + r * width, bytes(1));
        }
    });
    const int64_t after = count == 0 ? 0 : place[count - 1] + 1;
    std::memset(target + after * width, 0, bytes(total - after));
    return out;
}

/// Gathering and spreading are each other's way back.
class MovedRows : public torch::autograd::Function<MovedRows> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& places, int64_t total,
                          bool gathers) {
        context->save_for_backward({places});
        context->saved_data["total"] = total;
        context->saved_data["gathers"] = gathers;
        return gathers ? gatheredRows(x, places) : spreadRows(x, places, total);
    }
    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const Tensor places = context->get_saved_variables()[0];
        variable_list out(4);
        out[0] = context->saved_data["gathers"].toBool()
                     ? spreadRows(gradients[0], places, context->saved_data["total"].toInt())
                     : gatheredRows(gradients[0], places);
        return out;
    }
};

}  // namespace

std::optional<UsedRows> UsedRows::of(const Tensor& mask) {
    if (!mask.defined() || !mask.device().is_cpu()) return std::nullopt;
    UsedRows out;
    out.m_posts = mask.size(0);
    out.m_length = mask.size(1);
    out.m_places = mask.flatten().nonzero().squeeze(1);
    const auto all = static_cast<double>(mask.numel());
    if (out.count() == 0 || static_cast<double>(out.count()) > (1 - kLeastPadding) * all) return std::nullopt;
    return out;
}

Tensor UsedRows::gathered(const Tensor& x) const {
    return MovedRows::apply(x.reshape({-1, x.size(-1)}), m_places, m_posts * m_length, true);
}

Tensor UsedRows::spread(const Tensor& rows) const {
    return MovedRows::apply(rows, m_places, m_posts * m_length, false).view({m_posts, m_length, rows.size(-1)});
}

}  // namespace mnerva::nn
