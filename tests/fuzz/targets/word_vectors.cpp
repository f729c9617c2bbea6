#include "core/models/text/word_vectors_internal.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] {
        const auto vectors = models::WordVectors::load(fuzz::fileWith(input, "vectors.txt"));
        if (vectors.values().size() != vectors.size() * static_cast<std::size_t>(vectors.dimension())) std::abort();
    });
}

const fuzz::Known kKnown("word_vectors", run);

}  // namespace
