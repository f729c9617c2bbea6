#pragma once

#include <cstddef>
#include <string_view>

namespace mnerva::protocol {

/// True where the bytes are exactly one CBOR item nested at most `maxDepth` deep, of at most `maxItems` in all: an item
/// of one byte becomes a value of many. The JSON library reads nested items
/// by recursion, so a few hundred kilobytes of opening brackets from a broken peer would end the stack; this walk does
/// not recurse.
bool isSaneCbor(std::string_view bytes, int maxDepth = 64, std::size_t maxItems = std::size_t{1} << 21);

}  // namespace mnerva::protocol
