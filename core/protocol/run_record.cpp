#include "core/protocol/run_record.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/run_record_internal.h"

namespace mnerva::protocol {

namespace {
namespace fs = std::filesystem;
constexpr JsonLimits kLimits{std::size_t{64} << 20, 64, std::size_t{1} << 20};
}  // namespace

nlohmann::json toJson(const RunRecord& record) {
    return detail::written(record);
}

RunRecord runRecordFromJson(const nlohmann::json& value) {
    RunRecord record;
    detail::read(value, record);
    return record;
}

std::optional<nlohmann::json> readRunObject(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return std::nullopt;
    try {
        nlohmann::json body = readJson(path, kLimits);
        return body.is_object() ? std::optional(std::move(body)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::optional<RunRecord> readRunRecord(const fs::path& runFolder) {
    const auto body = readRunObject(runFolder / "run.json");
    return body ? std::optional(runRecordFromJson(*body)) : std::nullopt;
}

}  // namespace mnerva::protocol
