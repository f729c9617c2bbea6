#include "core/text/byte_level_bpe.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/words.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input, "tokenizer.json");
    fuzz::read([&] { fuzz::cutWords(text::ByteLevelBpe::loadTokenizerJson(path)); });
}

const fuzz::Known kKnown("tokenizer_json", run);

}  // namespace
