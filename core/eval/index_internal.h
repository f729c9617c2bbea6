#pragma once

#include <cstddef>

namespace mnerva::eval {

/// Words and classes are counted in int; containers want std::size_t.
inline std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace mnerva::eval
