#include "core/formats/voc.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    Findings findings;
    fuzz::read([&] {
        const auto found = formats::readVoc(fuzz::fileWith(input), findings);
        if (found) formats::vocText(*found);
    });
}

const fuzz::Known kKnown("voc", run);

}  // namespace
