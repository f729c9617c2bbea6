#include "core/domain/prediction.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/error.h"

namespace mnerva {
namespace {

/// Cuts one axis of a row-major array to its first `kept` entries.
void cut(FloatArray& array, std::size_t axis, int kept) {
    std::size_t outer = 1, inner = 1;
    for (std::size_t i = 0; i < axis; ++i) outer *= static_cast<std::size_t>(array.shape[i]);
    for (std::size_t i = axis + 1; i < array.shape.size(); ++i) inner *= static_cast<std::size_t>(array.shape[i]);
    const auto length = static_cast<std::size_t>(array.shape[axis]) * inner,
               wanted = static_cast<std::size_t>(kept) * inner;
    std::vector<float> out;
    out.reserve(outer * wanted);
    for (std::size_t o = 0; o < outer; ++o) {
        const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(o * length);
        out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(wanted));
    }
    array.values = std::move(out);
    array.shape[axis] = kept;
}

}  // namespace

float FloatArray::at(std::initializer_list<int> index) const {
    std::size_t offset = 0, axis = 0;
    for (int i : index) {
        if (axis >= shape.size() || i < 0 || i >= shape[axis]) throw Error(ErrorCode::Internal, {"tensor index"});
        offset = offset * static_cast<std::size_t>(shape[axis++]) + static_cast<std::size_t>(i);
    }
    if (axis != shape.size() || offset >= values.size()) throw Error(ErrorCode::Internal, {"tensor index"});
    return values[offset];
}

void keepPictures(Prediction& prediction, int count) {
    MNERVA_CHECK(count >= 1);
    if (prediction.pictures <= count) return;
    const int pictures = std::exchange(prediction.pictures, count);
    if (prediction.pictureOf.size() > static_cast<std::size_t>(count))
        prediction.pictureOf.resize(static_cast<std::size_t>(count));
    const std::size_t block = prediction.relevance.size() / static_cast<std::size_t>(pictures);
    prediction.relevance.resize(block * static_cast<std::size_t>(count));
    for (FloatArray& array : prediction.textToImage) cut(array, 2, array.shape[2] / pictures * count);
    for (FloatArray& array : prediction.imageToText) cut(array, 1, array.shape[1] / pictures * count);
}

}  // namespace mnerva
