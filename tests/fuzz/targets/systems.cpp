#include "core/formats/all.h"
#include "core/formats/prediction_files.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input);
    fuzz::read([&] {
        const formats::Format& format = *formats::find("systems");
        for (const formats::PredictionBlock& block : format.as<formats::PredictionKind>()->read(path).blocks)
            for (const std::vector<std::string>& tags : block.systems)
                if (tags.size() != block.gold.size()) std::abort();
    });
}

const fuzz::Known kKnown("systems", run);

}  // namespace
