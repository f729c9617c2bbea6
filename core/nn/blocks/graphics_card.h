#pragma once

#include <optional>
#include <string>

#include "core/base/error.h"

namespace mnerva::nn {

/// What there is of NVIDIA cards, and of what it takes to compute on them. Versions as CUDA writes them: 12040 is 12.4.
struct CardReport {
    bool hasCard = false;  ///< the machine has one, whatever its driver says
    bool hasCuda = false;  ///< the torch of this process computes on CUDA
    int devices = 0;       ///< that torch can use
    int driverCuda = 0;    ///< newest CUDA that the driver knows; 0: no driver, or one that does not answer
    int buildCuda = 0;     ///< CUDA that torch was built with; 0: not known
};

CardReport lookAtCards();

/// Why `device` ("cuda", "cuda:0") cannot be used where no CUDA device can: BuildWithoutCuda, DriverTooOld,
/// CardUnusable. Nothing where there is no card to speak of, or where some device can be used.
std::optional<Error> cardTrouble(const CardReport& report, const std::string& device);

/// Why a machine's card is left aside where the choice was ours: `asked` is "auto" or empty, and `used` is the CPU.
/// As cardTrouble().
std::optional<Error> cardLeftAside(const CardReport& report, const std::string& asked, const std::string& used);

}  // namespace mnerva::nn
