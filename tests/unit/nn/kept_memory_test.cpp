#include "core/nn/blocks/kept_memory.h"

#include <c10/core/CPUAllocator.h>

#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::test;
using torch::Tensor;

namespace {

/// The allocator of before comes back.
class AllocatorGuard {
public:
    ~AllocatorGuard() { c10::SetCPUAllocator(m_before); }

private:
    c10::Allocator* m_before = c10::GetCPUAllocator();
};

}  // namespace

TEST_CASE("KeptMemory.HoldsTensorsOfAllSizesAlignedAndWhole") {
    const AllocatorGuard guard;
    const Tensor before = formula("before", {1000});
    nn::keepFreedMemory();
    std::vector<Tensor> tensors;
    for (const int64_t count : {0, 1, 15, 16, 17, 1000, 262143, 262144, 300001}) {
        tensors.push_back(torch::full({count}, static_cast<float>(count)));
        CHECK(reinterpret_cast<std::uintptr_t>(tensors.back().data_ptr()) % 64 == 0);
    }
    tensors[5].resize_({5000}).slice(0, 1000).fill_(7);  // moves what it holds
    for (const Tensor& tensor : tensors)
        if (tensor.numel() > 0 && tensor.numel() != 5000)
            CHECK((tensor == static_cast<float>(tensor.numel())).all().item<bool>());
    CHECK(tensors[5].sum().item<double>() == 1000.0 * 1000 + 4000 * 7);
    CHECK(difference(before, formula("before", {1000})) == 0);
}

TEST_CASE("KeptMemory.TellsWhereThereIsNone") {
    const AllocatorGuard guard;
    nn::keepFreedMemory();
    CHECK_THROWS_AS(torch::empty({int64_t{1} << 50}), c10::Error);
    CHECK(torch::ones({4}).sum().item<double>() == 4);
}
