#pragma once

#include <string>

#include "core/base/error.h"

namespace mnerva::test {

/// The name of the Error that a call throws; "no error" where it throws none, which no error is called.
template <class Call>
std::string errorOf(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(errorName(error.code()));
    }
    return "no error";
}

}  // namespace mnerva::test
