#include "core/nn/blocks/threads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>
#include <sched.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/nn/blocks/linear.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;

void* symbol(const char* name) {
    return ::dlsym(RTLD_DEFAULT, name);
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
    const std::string file = blasLibrary();
    const auto in = [&](const char* part) { return file.find(part) != std::string::npos; };
    if (in("openblas")) return "openblas";
    if (in("blis")) return "blis";
    if (in("atlas")) return "atlas";
    if (in("mkl") || at::hasMKL()) return "mkl";
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

/// Best guess first. The rest of a step (softmax, norms, dropout) runs in torch's pool whatever computes the products,
/// so the BLAS path wakes both pools; a pool that spins while it waits shows in the measurement.
std::vector<Setting> candidates(int threads) {
    const Setting blas{LinearPath::Blas, threads, threads};
    std::vector<Setting> out;
    if (at::hasMKL()) out.push_back(blas);  // shares torch's pool
    for (const LinearPath path : {LinearPath::OneDnn, LinearPath::Convolution}) {
        if (linearPathAvailable(path)) out.push_back({path, threads, 1});
    }
    if (!at::hasMKL()) out.push_back(blas);
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

void addWarnings(SpeedReport& report) {
    if (report.blas == "reference") {
        report.warnings.push_back(
            "Matrix products run on the reference BLAS, up to 50 times slower than needed. Mend it with: "
            "sudo apt install libopenblas0-pthread");
    }
    const int cores = usableCores();
    if (report.threads < cores) {
        report.warnings.push_back("Only " + std::to_string(report.threads) + " of " + std::to_string(cores) +
                                  " cores are used; unset OMP_NUM_THREADS to use all.");
    }
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

void keepFreedMemory() {
#ifdef M_MMAP_MAX
    constexpr int kMost = std::numeric_limits<int>::max();
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, kMost);
    ::mallopt(M_TOP_PAD, 64 << 20);
#endif
}

int usableCores() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
    return 1;
}

SpeedReport chooseThreads(const ThreadOptions& options) {
    SpeedReport report;
    report.threads = threadsToUse(options);
    report.blas = blasName();
    report.bfloat16 = hasBFloat16();
    report.devices = deviceNames();
    const Setting setting =
        options.measure ? measureSettings(report.threads, report) : candidates(report.threads).front();
    apply(setting);
    report.linearPath = linearPathName(setting.path);
    addWarnings(report);
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

nlohmann::json toJson(const SpeedReport& report) {
    nlohmann::json linearSpeeds = nlohmann::json::array();
    for (const LinearSpeed& speed : report.linear) {
        linearSpeeds.push_back(
            {{"path", speed.path}, {"threads", speed.threads}, {"rows", speed.rows}, {"gflops", speed.gflops}});
    }
    return {{"threads", report.threads},        {"blas", report.blas},        {"gemm_gflops", report.gemmGflops},
            {"linear_path", report.linearPath}, {"linear", linearSpeeds},     {"bf16", report.bfloat16},
            {"devices", report.devices},        {"warnings", report.warnings}};
}

std::vector<std::string> deviceNames() {
    std::vector<std::string> out{"cpu"};
    for (int i = 0; i < static_cast<int>(torch::cuda::device_count()); ++i) out.push_back("cuda:" + std::to_string(i));
    return out;
}

std::string requireDevice(const std::string& device) {
    const std::vector<std::string> here = deviceNames();
    if (device.empty() || device == "auto") return here.size() > 1 ? here[1] : here[0];
    const std::string wanted = device == "cuda" ? "cuda:0" : device;
    if (std::find(here.begin(), here.end(), wanted) != here.end()) return wanted;
    std::string list;
    for (const std::string& name : here) list += (list.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::DeviceMissing, {device, list});
}

}  // namespace mnerva::nn
