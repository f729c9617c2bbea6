#include "core/workflow/library/encoder_places.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/base/error.h"
#include "core/text/encoder_files.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepest = 4;  // hub/models--x/snapshots/<commit>
constexpr int kMostEntries = 10'000;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// Calls use(entry) for what is in a place; true: nothing below this folder is wanted.
template <class Use>
void eachEntry(const fs::path& place, const std::stop_token& stop, Use use) {
    std::error_code failed;
    fs::recursive_directory_iterator entry(place, fs::directory_options::skip_permission_denied, failed), end;
    for (int count = 0; !failed && entry != end && count < kMostEntries; entry.increment(failed), ++count) {
        if (stop.stop_requested()) throw Cancelled{};
        if (entry.depth() >= kDeepest || use(*entry)) entry.disable_recursion_pending();
    }
}

std::vector<fs::path> sorted(std::vector<fs::path> found) {
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

fs::path dataHome() {
    const std::string data = environment("XDG_DATA_HOME");
    return data.empty() ? fs::path(environment("HOME")) / ".local" / "share" : fs::path(data);
}

}  // namespace

fs::path ownEncoderFolder() {
    return dataHome() / "mnerva" / "encoders";
}

std::vector<fs::path> encoderPlaces() {
    std::vector<fs::path> places;
    const std::string given = environment("MNERVA_ENCODERS");
    for (std::size_t from = 0; from < given.size();) {
        const std::size_t end = std::min(given.find(':', from), given.size());
        if (end > from) places.emplace_back(given.substr(from, end - from));
        from = end + 1;
    }
    const fs::path home = environment("HOME");
    const std::string hub = environment("HF_HOME"), torch = environment("TORCH_HOME");
    places.push_back(ownEncoderFolder());
    places.push_back((hub.empty() ? home / ".cache" / "huggingface" : fs::path(hub)) / "hub");
    places.push_back((torch.empty() ? home / ".cache" / "torch" : fs::path(torch)) / "hub" / "checkpoints");
    return places;
}

std::vector<fs::path> encodersIn(const fs::path& place, const std::stop_token& stop) {
    std::vector<fs::path> found;
    if (text::EncoderFiles(place).isWhole()) found.push_back(place);
    eachEntry(place, stop, [&](const fs::directory_entry& entry) {
        std::error_code odd;
        if (!entry.is_directory(odd) || !text::EncoderFiles(entry.path()).isWhole()) return false;
        found.push_back(entry.path());
        return true;
    });
    return sorted(std::move(found));
}

std::vector<fs::path> pictureEncodersIn(const fs::path& place, const std::stop_token& stop) {
    std::vector<fs::path> found;
    eachEntry(place, stop, [&](const fs::directory_entry& entry) {
        std::error_code odd;
        const std::string name = entry.path().filename().string(), extension = entry.path().extension().string();
        const bool isWeights = extension == ".pth" || extension == ".pt" || extension == ".safetensors";
        if (name.starts_with("resnet") && isWeights && entry.is_regular_file(odd)) found.push_back(entry.path());
        return false;
    });
    return sorted(std::move(found));
}

}  // namespace mnerva::workflow
