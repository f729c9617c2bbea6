#pragma once

#include "tests/fuzz/target.h"

namespace mnerva::fuzz {

/// Puts whole opcodes of a pickle in, takes some out, repeats some, or changes an operand.
std::size_t mutatePickle(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                         const PlainMutation& plain);
/// Changes one member of a zip archive (its pickle by mutatePickle) or the list of members and writes the archive anew,
/// with right offsets and checksums.
std::size_t mutateZip(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                      const PlainMutation& plain);
/// Changes the header of a safetensors file or a number in it and sets the length before it right.
std::size_t mutateSafetensors(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                              const PlainMutation& plain);

}  // namespace mnerva::fuzz
