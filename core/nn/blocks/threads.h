#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/machine_limits.h"

namespace mnerva::nn {

/// Speed of one way to compute linear layers, at one size.
struct LinearSpeed {
    std::string path;  ///< "blas", "convolution", "onednn"
    int threads = 1;
    int rows = 0;  ///< x [rows, 768] times W [768, 768], forward and backward
    double gflops = 0;
};

/// What speed depends on here, for `mnerva-cli doctor` and run records.
struct SpeedReport {
    int threads = 1;         ///< of torch's pool
    std::string torch;       ///< version of the libtorch that this was built with
    std::string blas;        ///< "openblas", "mkl", "blis", "reference", "unknown"
    double gemmGflops = 0;   ///< 1024^3 float32 product through the BLAS; 0 when not measured
    std::string linearPath;  ///< the chosen one
    std::vector<LinearSpeed> linear;
    int blasThreads = 1;               ///< of the BLAS's own pool; 1 where torch's computes the products
    std::string instructions;          ///< widest of the processor that products use: "AVX2", "AVX-512", "AVX-512 BF16"
    MachineLimits limits;              ///< what the process may use
    bool bfloat16 = false;             ///< the processor has it: option precision=bf16 is worth a try
    std::vector<std::string> devices;  ///< names that requireDevice takes
    std::vector<std::string> warnings;  ///< a sentence each, with the way to mend it
};
nlohmann::json toJson(const SpeedReport& report);

struct ThreadOptions {
    int threads = 0;      ///< 0: all cores this process may use
    bool measure = true;  ///< false: settings known to be good, no measurement (a fraction of a second saved)
};

/// Call once at program start, before other threads use torch: one pool on the cores (torch's; the BLAS gets one
/// thread, or the other way round where that is faster), and the fastest way to compute linear layers.
SpeedReport chooseThreads(const ThreadOptions& options = {});

/// All figures: the matrix product too. Takes about two seconds. Leaves the settings as chooseThreads would.
SpeedReport measureSpeed(const ThreadOptions& options = {});

/// Cores that this process may use: by its affinity and its control group (core/base/machine_limits.h).
int usableCores();

/// From now on work of this thread is not shared with others: for one that works beside those that compute.
void keepThisThreadSingle();

/// Devices as names that requireDevice takes: "cpu", "cuda:0", ..., "xpu:0" and those of
/// devices that have registered themselves where torch has such.
std::vector<std::string> deviceNames();
/// Errors: DeviceMissing {device, devices here}; where there is a card that cannot be used, those of cardTrouble()
/// (graphics_card.h). "cuda" means "cuda:0", "auto" the first CUDA device or the CPU.
/// Returns the canonical name, fit for torch::Device.
std::string requireDevice(const std::string& device);

}  // namespace mnerva::nn
