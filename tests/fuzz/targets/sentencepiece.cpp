#include "core/text/unigram.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/words.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const auto path = fuzz::fileWith(input, "sentencepiece.bpe.model");
    for (const auto ids : {text::Unigram::Ids::XlmRoberta, text::Unigram::Ids::Camembert})
        fuzz::read([&] { fuzz::cutWords(text::Unigram::load(path, ids)); });
}

const fuzz::Known kKnown("sentencepiece", run);

}  // namespace
