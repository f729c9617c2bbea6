#include "app/commands/run_support.h"

#include <algorithm>
#include <iostream>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva::app {
namespace fs = std::filesystem;

models::PostInput postInput(const workflow::Project& project, const Post& post) {
    models::PostInput input;
    input.words = post.words;
    const auto pathOr = [](const workflow::PostImage& image, const std::string& name) {
        return image.path.empty() ? name : image.path;
    };
    if (!post.images.empty()) input.imagePath = pathOr(project.resolveImage(post.images.front()), post.images.front());
    for (const std::string& crop : post.crops) input.cropPaths.push_back(pathOr(project.resolveCrop(crop), crop));
    return input;
}

std::vector<std::string> runNames(const fs::path& project) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator it(project / "runs", failed), end; !failed && it != end; it.increment(failed))
        if (fs::exists(it->path() / "run.json", failed)) names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path runFolder(const fs::path& project, const std::string& run) {
    if (!staysInside(run) || run == "." || run.find('/') != std::string::npos)
        throw Error(ErrorCode::OptionInvalid, {"--run", run, "a name that can be a folder's name"});
    return project / "runs" / run;
}

fs::path existingRunFolder(const fs::path& project, const std::string& run) {
    const fs::path folder = runFolder(project, run);
    std::error_code failed;
    if (fs::exists(folder / "run.json", failed)) return folder;
    std::string known;
    for (const std::string& name : runNames(project)) known += (known.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::RunMissing, {run, known.empty() ? "none" : known});
}

fs::path featureCache(const fs::path& project) {
    return project / "cache" / "features";
}

std::optional<Split> splitOption(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto split = splitFromName(name);
    if (!split) throw Error(ErrorCode::OptionInvalid, {"--split", name, "train, valid or test"});
    return split;
}

std::vector<float> meanOverHeads(const models::FloatArray& attention, int row) {
    MNERVA_CHECK(attention.shape.size() == 3 && row >= 0 && row < attention.shape[1]);
    const auto heads = static_cast<std::size_t>(attention.shape[0]),
               rows = static_cast<std::size_t>(attention.shape[1]);
    const auto columns = static_cast<std::size_t>(attention.shape[2]);
    std::vector<float> out(columns, 0.0f);
    for (std::size_t h = 0; h < heads; ++h)
        for (std::size_t c = 0; c < columns; ++c)
            out[c] +=
                attention.values[(h * rows + static_cast<std::size_t>(row)) * columns + c] / static_cast<float>(heads);
    return out;
}

void printFindings(const Findings& findings) {
    for (const auto& [code, count] : findings.counts()) {
        std::cerr << code << ": " << count;
        for (const Finding& finding : findings.list())
            if (finding.code == code) {
                std::cerr << ", first " << finding.file << " (" << finding.text << ")";
                break;
            }
        std::cerr << "\n";
    }
}

}  // namespace mnerva::app
