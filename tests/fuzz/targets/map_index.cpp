#include "core/protocol/map_index.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] {
        const protocol::MapIndex index = protocol::readMapIndex(input, "maps.bin");
        const std::size_t rows = index.entities.size() * index.sets.size();
        if (index.largest.size() != rows || index.shares.size() != rows * protocol::MapIndex::kCells) std::abort();
    });
}

const fuzz::Known kKnown("map_index", run);

}  // namespace
