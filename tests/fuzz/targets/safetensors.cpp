#include "core/archive/tensor_file.h"
#include "tests/fuzz/mutators.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/touch.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] { fuzz::touch(archive::readTensors(input, nullptr, "x.pth")); });
}

const fuzz::Known kKnown("safetensors", run, fuzz::mutateSafetensors);

}  // namespace
