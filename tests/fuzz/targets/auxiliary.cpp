#include "core/formats/auxiliary_files.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    Findings findings;
    fuzz::read([&] {
        formats::readAuxiliary(
            fuzz::fileWith(input), [](const auto&, auto&&, int) {}, findings);
    });
}

const fuzz::Known kKnown("auxiliary", run);

}  // namespace
