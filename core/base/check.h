#pragma once

#include "core/base/error.h"

/// A rule that must hold in release builds too; breaking it is a bug of ours.
#define MNERVA_CHECK(condition)                                                         \
    do {                                                                                \
        if (!(condition)) throw ::mnerva::Error(::mnerva::ErrorCode::Internal, {#condition}); \
    } while (false)
