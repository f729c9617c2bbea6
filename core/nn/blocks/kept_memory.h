#pragma once

namespace mnerva::nn {

/// From now on memory that is freed stays with this process and is used again, as a step of training wants it: what it
/// gives back it asks for again, and the system clears each page of it. For programs whose work is steps. Does nothing
/// where the C library has no such setting.
void keepFreedMemory();

}  // namespace mnerva::nn
