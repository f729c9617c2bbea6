#include "core/archive/state_dict_pickle.h"
#include "tests/fuzz/mutators.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    std::size_t consumed = 0;
    fuzz::read([&] { archive::readStateDictPickle(input, "x.pth", &consumed); });
    fuzz::read([&] { archive::readTextsPickle(input, "x.pth", consumed); });
}

const fuzz::Known kKnown("pickle", run, fuzz::mutatePickle);

}  // namespace
