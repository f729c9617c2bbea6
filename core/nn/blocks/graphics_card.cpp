#include "core/nn/blocks/graphics_card.h"

#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <torch/torch.h>

#include <filesystem>
#include <fstream>

namespace mnerva::nn {
namespace {
namespace fs = std::filesystem;

/// By what the kernel knows of the bus, so also without a driver.
bool machineHasCard() {
    std::error_code failed;
    if (fs::exists("/proc/driver/nvidia/version", failed)) return true;
    for (fs::directory_iterator entry("/sys/bus/pci/devices", failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::ifstream vendor(entry->path() / "vendor"), kind(entry->path() / "class");
        std::string maker, what;
        if (vendor >> maker && kind >> what && maker == "0x10de" && what.starts_with("0x03")) return true;
    }
    return false;
}

bool isLoaded(const char* library) {
    void* found = ::dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    if (found) ::dlclose(found);
    return found != nullptr;
}

int driverVersion() {
    void* driver = ::dlopen("libcuda.so.1", RTLD_LAZY);
    if (!driver) return 0;
    int version = 0;
    void* ask = ::dlsym(driver, "cuDriverGetVersion");
    if (!ask || reinterpret_cast<int (*)(int*)>(ask)(&version) != 0) version = 0;
    return version;  // the library stays open: torch may hold it too
}

std::string versionText(int version) {
    return version == 0 ? "?" : std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

}  // namespace

CardReport lookAtCards() {
    CardReport out;
    out.devices = static_cast<int>(torch::cuda::device_count());
    out.hasCuda = out.devices > 0 || isLoaded("libtorch_cuda.so") || isLoaded("libtorch_cuda_cu.so");
    out.hasCard = out.devices > 0 || machineHasCard();
    if (!out.hasCard) return out;
    out.driverCuda = driverVersion();
    if (!out.hasCuda) return out;
    try {
        out.buildCuda = static_cast<int>(at::detail::getCUDAHooks().versionCUDART());
    } catch (const c10::Error&) {  // this torch does not say
    }
    return out;
}

std::optional<Error> cardTrouble(const CardReport& report, const std::string& device) {
    if (report.devices > 0 || !report.hasCard) return std::nullopt;
    if (!report.hasCuda) return Error(ErrorCode::BuildWithoutCuda, {device});
    // Within a major version an older driver does (CUDA's minor version compatibility).
    if (report.driverCuda > 0 && report.buildCuda > 0 && report.driverCuda / 1000 < report.buildCuda / 1000)
        return Error(ErrorCode::DriverTooOld, {device, versionText(report.driverCuda), versionText(report.buildCuda)});
    return Error(ErrorCode::CardUnusable, {device});
}

std::optional<Error> cardLeftAside(const CardReport& report, const std::string& asked, const std::string& used) {
    const bool isOurChoice = asked.empty() || asked == "auto";
    return isOurChoice && used == "cpu" ? cardTrouble(report, "auto") : std::nullopt;
}

}  // namespace mnerva::nn
