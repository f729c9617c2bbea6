#pragma once

#include <functional>
#include <optional>

#include "core/base/error.h"

namespace mnerva::test {

/// The code of the Error that some work ends with; nothing where it ends with none.
inline std::optional<ErrorCode> codeOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

}  // namespace mnerva::test
