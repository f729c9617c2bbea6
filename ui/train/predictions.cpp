#include "ui/train/predictions.h"

#include <QRegularExpression>
#include <sstream>

#include "core/base/error.h"
#include "core/base/json.h"
#include "ui/common/text_border.h"

namespace mnerva::ui {
namespace {

using nlohmann::json;

Entity entityFromJson(const json& body) {
    Entity entity;
    entity.type = body.at("type").get<std::string>();
    entity.first = body.at("first").get<int>();
    entity.last = body.at("last").get<int>();
    if (body.contains("confidence") && body["confidence"].is_number())
        entity.confidence = body["confidence"].get<double>();
    return entity;
}

}  // namespace

std::vector<std::pair<PostId, std::vector<Entity>>> readPredictions(const std::string& content,
                                                                    const std::filesystem::path& file) {
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    std::istringstream stream(content);
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty()) continue;
        const json body = tryParseJson(line);
        try {
            std::vector<Entity> entities;
            for (const json& entity : body.at("entities")) entities.push_back(entityFromJson(entity));
            predictions.emplace_back(PostId{body.at("post").get<std::int64_t>()}, std::move(entities));
        } catch (const json::exception&) {
            throw Error(ErrorCode::LineInvalid,
                        {file.string(), std::to_string(number), line.substr(0, 80), "a post and its entities"});
        }
    }
    return predictions;
}

std::optional<double> progressFromLine(const QString& line) {
    static const QRegularExpression pattern(QStringLiteral("(\\d+) of (\\d+)\\s*$"));
    const auto match = pattern.match(line);
    if (!match.hasMatch() || match.captured(2).toDouble() <= 0) return std::nullopt;
    return std::min(1.0, match.captured(1).toDouble() / match.captured(2).toDouble());
}

QStringList resumeArguments(const QString& projectFolder, const RunInfo& run) {
    QStringList list{QStringLiteral("train"), projectFolder};
    const auto add = [&](const char* option, const QString& value) {
        if (!value.isEmpty()) list << QString::fromLatin1(option) << value;
    };
    add("--run", run.name);
    add("--device", run.device);
    list << QStringLiteral("--resume");
    return list;
}

}  // namespace mnerva::ui
