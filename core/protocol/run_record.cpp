#include "core/protocol/run_record.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/run_record_internal.h"

namespace mnerva::protocol {

namespace {
namespace fs = std::filesystem;
constexpr JsonLimits kLimits{std::size_t{64} << 20, 64, std::size_t{1} << 20};
}  // namespace

bool isLeak(const TrainCheck& check) {
    return check.code.ends_with("-in-two-splits") || check.code == "valid-equals-test";
}

bool leaksIntoTest(const TrainCheck& check) {
    if (check.code == "valid-equals-test") return true;
    return isLeak(check) && check.args.size() > 1 && check.args[1].find("/test") != std::string::npos;
}

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
