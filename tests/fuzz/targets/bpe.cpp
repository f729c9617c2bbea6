#include "core/text/byte_level_bpe.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/words.h"

namespace {

using namespace mnerva;

/// vocab.json and merges.txt.
void run(std::string_view input) {
    const auto pieces = fuzz::parts(input, 2);
    const auto vocabulary = fuzz::fileWith(pieces[0], "vocab.json"), merges = fuzz::fileWith(pieces[1], "merges.txt");
    fuzz::read([&] { fuzz::cutWords(text::ByteLevelBpe::load(vocabulary, merges)); });
}

const fuzz::Known kKnown("bpe", run);

}  // namespace
