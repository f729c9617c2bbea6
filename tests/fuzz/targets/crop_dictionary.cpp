#include "core/formats/crop_dictionary.h"
#include "tests/fuzz/mutators.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    Findings findings;
    fuzz::read([&] { formats::readCropDictionary(fuzz::fileWith(input), findings); });
}

/// Archives as archives, anything else plainly.
std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                   const fuzz::PlainMutation& plain) {
    const bool isZip = size > 4 && data[0] == 'P' && data[1] == 'K';
    return isZip ? fuzz::mutateZip(data, size, room, seed, plain) : plain(data, size, room);
}

const fuzz::Known kKnown("crop_dictionary", run, mutate, {"crops"});

}  // namespace
