#pragma once

#include <string>
#include <utility>

#include "core/base/error.h"

namespace mnerva::protocol {

/// Throws ProtocolInvalid with what is wrong in a message.
[[noreturn]] inline void refuseMessage(std::string detail) {
    throw Error(ErrorCode::ProtocolInvalid, {std::move(detail)});
}

}  // namespace mnerva::protocol
