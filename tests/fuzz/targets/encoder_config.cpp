#include "core/nn/config/bart_config.h"
#include "core/nn/config/bert_config.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input, "config.json");
    fuzz::read([&] {
        const nn::BertConfig config = nn::BertConfig::fromFile(path);
        if (config.parameters() > nn::kMostParameters || config.padId >= config.vocabularySize) std::abort();
        if (nn::BertConfig::fromJson(config.toJson(), path) != config) std::abort();
    });
    fuzz::read([&] {
        const nn::BartConfig config = nn::BartConfig::fromFile(path);
        if (config.parameters() > nn::kMostParameters) std::abort();
        if (nn::BartConfig::fromJson(config.toJson(), path) != config) std::abort();
    });
}

const fuzz::Known kKnown("encoder_config", run);

}  // namespace
