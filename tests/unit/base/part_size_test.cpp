#include "core/base/part_size.h"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>
#include <vector>

#include "tests/unit/base/error_code.h"

using namespace mnerva;
using mnerva::test::codeOf;

TEST_CASE("PartSize.TheWordsOfTorchAndCudaForFullMemoryAreKnown") {
    for (const char* text :
         {"CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 7.79 GiB total capacity)",
          "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 9",
          "CUDA error: out of memory\nCUDA kernel errors might be",
          "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling", "cuDNN error: CUDNN_STATUS_ALLOC_FAILED"})
        CHECK(saysOutOfMemory(text));
    CHECK_FALSE(saysOutOfMemory("CUDA error: unspecified launch failure"));
    CHECK_FALSE(saysOutOfMemory("shape '[2]' is invalid\nException raised from alloc_cpu at x"));
    CHECK(isOutOfMemory(std::bad_alloc()));
    CHECK(isOutOfMemory(Error(ErrorCode::MemoryExhausted, {"x"})));
    CHECK_FALSE(isOutOfMemory(Error(ErrorCode::Internal, {"out of memory"})));
}

TEST_CASE("PartSize.AllIsDoneOnceInOrderInPartsThatFit") {
    PartSize size;
    std::vector<std::size_t> told, done;
    size.setTold([&](std::size_t limit) { told.push_back(limit); });
    const auto work = [&](std::size_t first, std::size_t count) {
        if (count > 3) throw std::bad_alloc();
        for (std::size_t i = 0; i < count; ++i) done.push_back(first + i);
    };
    size.each(10, "testing", work);
    CHECK(told == std::vector<std::size_t>{5, 2});
    CHECK(done == std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    done.clear();
    size.each(3, "testing", work);  // remembers
    CHECK(told.size() == 2);
    CHECK(done.size() == 3);
}

TEST_CASE("PartSize.PartsAreEven") {
    PartSize size;
    CHECK(size.next(10) == 10);
    size.setLimit(4);
    CHECK(size.next(10) == 4);
    CHECK(size.next(6) == 3);
    CHECK(size.next(4) == 4);
}

TEST_CASE("PartSize.OneThatDoesNotFitIsAnErrorAndOtherFailuresPass") {
    PartSize size;
    CHECK(codeOf([&] { size.each(4, "testing", [](std::size_t, std::size_t) { throw std::bad_alloc(); }); }) ==
          ErrorCode::MemoryOfOne);
    CHECK_THROWS_AS(size.each(4, "testing", [](std::size_t, std::size_t) { throw std::out_of_range("no"); }),
                    std::out_of_range);
}
