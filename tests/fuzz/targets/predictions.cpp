#include "core/io/prediction_files.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input);
    for (const auto format : {io::PredictionFormat::Pre, io::PredictionFormat::Mtmner})
        fuzz::read([&] {
            for (const io::PredictionBlock& block : io::readPredictionFile(path, format).blocks)
                if (block.predicted.size() != block.gold.size()) std::abort();
        });
}

const fuzz::Known kKnown("predictions", run);

}  // namespace
