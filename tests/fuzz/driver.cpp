#include "tests/fuzz/target.h"

// What libFuzzer calls; a fuzzing program is this and one target.

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    mnerva::fuzz::targets().front().run({reinterpret_cast<const char*>(data), size});
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
    const auto& target = mnerva::fuzz::targets().front();
    // Every fourth change knows nothing of the format, so that what the other three never make is made too.
    if (!target.mutate || seed % 4 == 0) return LLVMFuzzerMutate(data, size, room);
    return target.mutate(data, size, room, seed, LLVMFuzzerMutate);
}
