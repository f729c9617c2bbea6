#include <algorithm>

#include "core/archive/tensor_file.h"
#include "tests/fuzz/mutators.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/touch.h"

namespace {

using namespace mnerva;

/// Numbers that the form begins with; without them nothing else is looked at.
constexpr std::size_t kMagic = 21;

void run(std::string_view input) {
    fuzz::read([&] { fuzz::touch(archive::readTensors(input, nullptr, "x.pth")); });
}

std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                   const fuzz::PlainMutation& plain) {
    const std::size_t fixed = std::min(size, kMagic);
    return fixed + fuzz::mutatePickle(data + fixed, size - fixed, room - fixed, seed, plain);
}

const fuzz::Known kKnown("torch_legacy", run, mutate);

}  // namespace
