#include "core/text/wordpiece.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/words.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input, "vocab.txt");
    for (const bool lower : {true, false}) fuzz::read([&] { fuzz::cutWords(text::WordPiece::load(path, lower)); });
}

const fuzz::Known kKnown("wordpiece", run);

}  // namespace
