#include "core/nn/blocks/threads.h"

#include <ATen/Parallel.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <dlfcn.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <limits>
#include <sstream>

#include "core/base/error.h"
#include "core/base/machine_limits.h"
#include "core/nn/blocks/graphics_card.h"
#include "core/nn/blocks/linear.h"
#include "core/nn/blocks/precision.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;

void* symbol(const char* name) {
    return ::dlsym(RTLD_DEFAULT, name);
}

std::string gibibytes(std::uint64_t bytes) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(1) << static_cast<double>(bytes) / (1 << 30) << " GiB";
    return out.str();
}

/// Threads of the BLAS's own pool, where it has one that can be told.
void setBlasThreads(int threads) {
    for (const char* name : {"openblas_set_num_threads", "MKL_Set_Num_Threads", "bli_thread_set_num_threads"}) {
        if (void* found = symbol(name)) reinterpret_cast<void (*)(int)>(found)(threads);
    }
}

/// The file that the matrix product of this process comes from.
std::string blasLibrary() {
    Dl_info info{};
    void* product = symbol("sgemm_");
    return product && ::dladdr(product, &info) && info.dli_fname
               ? std::filesystem::weakly_canonical(info.dli_fname).string()
               : "";
}

std::string blasName() {
    if (at::hasMKL()) return "mkl";  // inside libtorch itself, whatever else the process has loaded
    const std::string file = blasLibrary();
    const auto in = [&](const char* part) { return file.find(part) != std::string::npos; };
    if (in("openblas")) return "openblas";
    if (in("blis")) return "blis";
    if (in("atlas")) return "atlas";
    if (in("mkl")) return "mkl";
    if (in("libblas")) return "reference";
    return "unknown";
}

/// Best of some runs, in seconds.
template <class Work>
double fastest(int runs, Work work) {
    work();  // the first one pays for start-up
    double best = 1e9;
    for (int i = 0; i < runs; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

/// A way to share the cores: torch's pool, or the BLAS's, never both.
struct Setting {
    LinearPath path;
    int torchThreads, blasThreads;
};

void apply(const Setting& setting) {
    at::set_num_threads(setting.torchThreads);
    setBlasThreads(setting.blasThreads);
    setLinearPath(setting.path);
}

/// Best guess first: oneDNN, which takes bias, GELU and residual into the product, and which MKL, on processors that
/// are not Intel's, is half as fast as. The rest of a step (softmax, norms, dropout) runs in torch's pool whatever
/// computes the products, so another BLAS than MKL wakes both pools; a pool that spins while it waits shows in the
/// measurement.
std::vector<Setting> candidates(int threads) {
    std::vector<Setting> out;
    for (const LinearPath path : {LinearPath::OneDnn, LinearPath::Convolution}) {
        if (linearPathAvailable(path)) out.push_back({path, threads, 1});
    }
    out.push_back({LinearPath::Blas, threads, threads});
    return out;
}

/// Forward and backward of a linear layer with a pointwise step between, as in a block of BERT: what training does.
constexpr int kIn = 768, kOut = 768;
double linearSeconds(int rows) {
    const Tensor x = torch::randn({rows, kIn}).requires_grad_(), weight = torch::randn({kOut, kIn}).requires_grad_();
    const Tensor bias = torch::zeros({kOut});
    return fastest(3, [&] { linear(x, weight, bias).relu().sum().backward(); });
}

double gflops(int rows, double seconds) {
    return 3 * 2.0 * rows * kIn * kOut / seconds / 1e9;
}

Setting measureSettings(int threads, SpeedReport& report) {
    constexpr int kRows = 384;  // 8 posts of 48 sub-tokens
    Setting best = candidates(threads).front();
    double bestSeconds = 1e9;
    for (const Setting& setting : candidates(threads)) {
        apply(setting);
        const double seconds = linearSeconds(kRows);
        report.linear.push_back({linearPathName(setting.path), setting.torchThreads, kRows, gflops(kRows, seconds)});
        if (seconds < bestSeconds) {
            bestSeconds = seconds;
            best = setting;
        }
    }
    return best;
}

void addLimitWarnings(SpeedReport& report) {
    const MachineLimits& limits = report.limits;
    const int few = limits.usableCores();
    if (few < limits.machineCores) {
        const bool byQuota = limits.quotaCores && few < limits.affinityCores;
        report.warnings.push_back("The machine has " + std::to_string(limits.machineCores) + " cores, of which " +
                                  (byQuota ? "the control group" : "the affinity of this process") + " allows " +
                                  std::to_string(few) + ": as many threads compute.");
    }
    if (limits.memoryLimit) {
        report.warnings.push_back("The control group allows " + gibibytes(*limits.memoryLimit) + " of " +
                                  gibibytes(limits.machineMemory) + " of memory; a run that takes more is killed.");
    }
    if (report.threads > few) {
        report.warnings.push_back(std::to_string(report.threads) + " threads compute on " + std::to_string(few) +
                                  " cores, so they wait for each other; say --threads 0 for as many as there are.");
    }
}

void addWarnings(SpeedReport& report, int wanted) {
    if (report.blas == "reference") {
        report.warnings.push_back(
            "Matrix products run on the reference BLAS, up to 50 times slower than needed. Mend it with: "
            "sudo apt install libopenblas0-pthread");
    }
    const int cores = report.limits.usableCores();
    if (report.threads < cores && wanted == 0) {
        report.warnings.push_back("OMP_NUM_THREADS is set, so only " + std::to_string(report.threads) + " of " +
                                  std::to_string(cores) + " cores are used; unset it, or say --threads, to use more.");
    }
    addLimitWarnings(report);
    if (report.instructions.find("AVX-512") == std::string::npos) {
        report.warnings.push_back("This processor has " + report.instructions +
                                  " and no AVX-512: all works, in fp32, at about half the speed of one that has it.");
    }
    if (const auto trouble = cardTrouble(lookAtCards(), "cuda:0")) report.warnings.push_back(trouble->what());
    std::ifstream load("/proc/loadavg");
    double average = 0;
    if (load >> average && average > cores + 0.5) {
        report.warnings.push_back("The machine is busy (load " + nlohmann::json(average).dump() + " on " +
                                  std::to_string(cores) + " cores), so these figures are too low.");
    }
}

int threadsToUse(const ThreadOptions& options) {
    if (options.threads > 0) return options.threads;
    if (const char* given = std::getenv("OMP_NUM_THREADS")) {
        if (const int count = std::atoi(given); count > 0) return std::min(count, usableCores());
    }
    return usableCores();
}

}  // namespace

int usableCores() {
    return readMachineLimits().usableCores();
}

void keepThisThreadSingle() {
    at::get_num_threads();  // torch sets a new thread's count once, at its first question
    if (void* found = symbol("omp_set_num_threads")) reinterpret_cast<void (*)(int)>(found)(1);
}

SpeedReport chooseThreads(const ThreadOptions& options) {
    SpeedReport report;
    report.limits = readMachineLimits();
    report.instructions = instructionSet();
    report.threads = threadsToUse(options);
    report.torch = TORCH_VERSION;
    report.blas = blasName();
    report.bfloat16 = hasBFloat16();
    report.devices = deviceNames();
    const Setting setting =
        options.measure ? measureSettings(report.threads, report) : candidates(report.threads).front();
    apply(setting);
    report.linearPath = linearPathName(setting.path);
    report.blasThreads = setting.blasThreads;
    addWarnings(report, options.threads);
    return report;
}

SpeedReport measureSpeed(const ThreadOptions& options) {
    SpeedReport report = chooseThreads(options);
    const torch::NoGradGuard noGradients;
    const LinearPath chosen = linearPath();
    setBlasThreads(report.threads);
    const Tensor a = torch::randn({1024, 1024}), b = torch::randn({1024, 1024});
    report.gemmGflops = 2.0 * 1024 * 1024 * 1024 / fastest(5, [&] { torch::mm(a, b); }) / 1e9;
    if (chosen != LinearPath::Blas) setBlasThreads(1);
    if (report.gemmGflops < 10 && report.blas != "reference") {
        report.warnings.push_back("The matrix product reaches only " +
                                  std::to_string(static_cast<int>(report.gemmGflops)) +
                                  " GFLOP/s; a good BLAS reaches 50 and more a core.");
    }
    return report;
}

namespace {

nlohmann::json limitsJson(const MachineLimits& limits) {
    nlohmann::json out{{"machine_cores", limits.machineCores},
                       {"usable_cores", limits.usableCores()},
                       {"machine_memory", limits.machineMemory},
                       {"available_memory", limits.availableMemory},
                       {"control_group", limits.controlGroup}};
    if (limits.quotaCores) out["quota_cores"] = *limits.quotaCores;
    if (limits.memoryLimit) out["memory_limit"] = *limits.memoryLimit;
    return out;
}

}  // namespace

nlohmann::json toJson(const SpeedReport& report) {
    nlohmann::json linearSpeeds = nlohmann::json::array();
    for (const LinearSpeed& speed : report.linear) {
        linearSpeeds.push_back(
            {{"path", speed.path}, {"threads", speed.threads}, {"rows", speed.rows}, {"gflops", speed.gflops}});
    }
    return {{"threads", report.threads},
            {"torch", report.torch},
            {"blas", report.blas},
            {"gemm_gflops", report.gemmGflops},
            {"linear_path", report.linearPath},
            {"linear", linearSpeeds},
            {"bf16", report.bfloat16},
            {"devices", report.devices},
            {"warnings", report.warnings},
            {"blas_threads", report.blasThreads},
            {"instructions", report.instructions},
            {"limits", limitsJson(report.limits)}};
}

std::vector<std::string> deviceNames() {
    std::vector<std::string> out{"cpu"};
    for (int i = 0; i < static_cast<int>(torch::cuda::device_count()); ++i) out.push_back("cuda:" + std::to_string(i));
    for (const torch::DeviceType type : {torch::kXPU, torch::kPrivateUse1}) {  // where this torch computes on such
        if (!c10::impl::hasDeviceGuardImpl(type)) continue;
        const int count = c10::impl::getDeviceGuardImpl(type)->deviceCount();
        for (int i = 0; i < count; ++i) out.push_back(c10::DeviceTypeName(type, true) + ":" + std::to_string(i));
    }
    return out;
}

std::string requireDevice(const std::string& device) {
    const std::vector<std::string> here = deviceNames();
    if (device.empty() || device == "auto") return here.size() > 1 ? here[1] : here[0];
    const std::string wanted = device == "cuda" ? "cuda:0" : device;
    if (std::find(here.begin(), here.end(), wanted) != here.end()) return wanted;
    if (wanted.starts_with("cuda"))
        if (const auto trouble = cardTrouble(lookAtCards(), device)) throw *trouble;
    std::string list;
    for (const std::string& name : here) list += (list.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::DeviceMissing, {device, list});
}

}  // namespace mnerva::nn
