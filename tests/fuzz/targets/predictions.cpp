#include "core/formats/prediction_files.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input);
    for (const bool namesPictures : {false, true})
        fuzz::read([&] {
            for (const formats::PredictionBlock& block : formats::readBlocks(path, namesPictures).blocks)
                if (block.predicted.size() != block.gold.size()) std::abort();
        });
}

const fuzz::Known kKnown("predictions", run, nullptr, {"pre", "mtmner"});

}  // namespace
