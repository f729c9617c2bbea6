#include "core/models/systems/joint_pass_internal.h"

namespace mnerva::models {

using torch::Tensor;

Tensor reordered(const Tensor& x, const Tensor& order) {
    return x.gather(1, order.unsqueeze(-1).expand({-1, -1, x.size(2)}));
}

Tensor paddingLast(const Tensor& mask) {
    return mask.logical_not().to(torch::kInt64).argsort(/*stable=*/true, /*dim=*/1);
}

JointSequence::JointSequence(const Tensor& textMask, const Tensor& textTypes, const Tensor& rowMask,
                             const nn::BertConfig& encoder, bool rowsBehindPost) {
    const std::int64_t posts = textMask.size(0), pieces = textMask.size(1), rows = rowMask.size(1);
    mask = torch::cat({textMask, rowMask}, 1);
    types = torch::zeros({posts, pieces + rows}, mask.options().dtype(torch::kInt64));
    if (textTypes.defined()) types.narrow(1, 0, pieces).copy_(textTypes);
    if (encoder.typeVocabulary >= 2) types.narrow(1, pieces, rows).fill_(1);
    if (!rowsBehindPost) return;
    order = paddingLast(mask);
    types = types.gather(1, order);
    mask = mask.gather(1, order);
}

Tensor JointSequence::joined(const Tensor& words, const Tensor& rows) const {
    const Tensor all = torch::cat({words, rows}, 1);
    return order.defined() ? reordered(all, order) : all;
}

Tensor JointSequence::read(nn::Bert& reader, const Tensor& joined, int layers) const {
    return reader->encode(reader->embed(joined, types, mask), mask, layers);
}

Tensor JointSequence::readCls(nn::Bert& reader, const Tensor& joined, int layers) const {
    const Tensor hidden = reader->encodeUsed(reader->embed(joined, types, mask), mask, layers - 1);
    return reader->block(layers - 1)->forward(hidden.narrow(1, 0, 1), hidden, mask).output.squeeze(1);
}

}  // namespace mnerva::models
