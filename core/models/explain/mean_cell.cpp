#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/models/explain/mean_cell_internal.h"

namespace mnerva::models {

torch::Tensor readMeanCell(const std::filesystem::path& runFolder, int channels) {
    const std::filesystem::path file = runFolder / kMeanCellFile;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return {};
    try {
        const nlohmann::json body = readJson(file);
        if (!body.is_object() || wholeNumberOr<int>(body, "format", 0) != 1) return {};
        const auto cell = body.find("cell");
        if (cell == body.end() || !cell->is_array() || cell->size() != static_cast<std::size_t>(channels)) return {};
        std::vector<float> values;
        for (const nlohmann::json& value : *cell) {
            if (!value.is_number() || !std::isfinite(value.get<float>())) return {};
            values.push_back(value.get<float>());
        }
        return torch::tensor(values);
    } catch (const Error&) {
        return {};
    }
}

void writeMeanCell(const std::filesystem::path& runFolder, const torch::Tensor& cell, std::int64_t posts) {
    const torch::Tensor values = cell.to(torch::kCPU, torch::kFloat32).contiguous();
    nlohmann::json list = nlohmann::json::array();
    for (std::int64_t c = 0; c < values.numel(); ++c) list.push_back(values.data_ptr<float>()[c]);
    const nlohmann::json body{{"format", 1}, {"posts", posts}, {"cell", std::move(list)}};
    writeFileAtomic(runFolder / kMeanCellFile, body.dump() + "\n");
}

}  // namespace mnerva::models
