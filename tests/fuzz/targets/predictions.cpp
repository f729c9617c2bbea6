#include "core/formats/prediction_files.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input);
    for (const auto format : {formats::PredictionFormat::Pre, formats::PredictionFormat::Mtmner})
        fuzz::read([&] {
            for (const formats::PredictionBlock& block : formats::readPredictionFile(path, format).blocks)
                if (block.predicted.size() != block.gold.size()) std::abort();
        });
}

const fuzz::Known kKnown("predictions", run);

}  // namespace
