#include "core/io/voc.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    Findings findings;
    fuzz::read([&] {
        const auto found = io::readVoc(fuzz::fileWith(input), findings);
        if (found) io::vocText(*found);
    });
}

const fuzz::Known kKnown("voc", run);

}  // namespace
