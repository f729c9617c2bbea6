#include "core/archive/name_pickle.h"
#include "tests/fuzz/mutators.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    std::vector<std::string> skipped;
    fuzz::read([&] { archive::readNamePickle(input, "crops.pth", &skipped); });
}

const fuzz::Known kKnown("name_pickle", run, fuzz::mutatePickle);

}  // namespace
