#include "ui/session/predictions.h"

#include <QRegularExpression>
#include <algorithm>
#include <sstream>

#include "core/base/error.h"
#include "core/base/json.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Entity entityFromJson(const json& body) {
    Entity entity;
    entity.type = body.at("type").get<std::string>();
    entity.first = wholeNumber<int>(body.at("first"));
    entity.last = wholeNumber<int>(body.at("last"));
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
            predictions.emplace_back(
                PostId{wholeNumber<std::int64_t>(body.at(body.contains("number") ? "number" : "post"))},
                std::move(entities));
        } catch (const json::exception&) {
            throw Error(ErrorCode::LineInvalid,
                        {file.string(), std::to_string(number), line.substr(0, 80), "a post and its entities"});
        }
    }
    return predictions;
}

project::RawTags readRawTags(const std::string& content) {
    project::RawTags tags;
    std::istringstream stream(content);
    for (std::string line; std::getline(stream, line);) {
        const json body = tryParseJson(line);
        if (!body.is_object() || !body.contains("tags")) continue;
        try {
            tags[PostId{wholeNumber<std::int64_t>(body.at(body.contains("number") ? "number" : "post"))}] =
                body.at("tags").get<std::vector<std::string>>();
        } catch (const json::exception&) {
            continue;  // what a line cannot say is made of its entities, which readPredictions() has checked
        }
    }
    return tags;
}

std::vector<std::pair<PostId, std::vector<Entity>>> readTestTags(const std::string& content, const fs::path& file,
                                                                 const std::vector<Post>& testPosts) {
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    std::istringstream stream(content);
    int number = 0;
    std::ptrdiff_t at = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty()) continue;
        const json body = tryParseJson(line);
        const auto refuse = [&](const char* wanted) {
            return Error(ErrorCode::LineInvalid, {file.string(), std::to_string(number), line.substr(0, 80), wanted});
        };
        std::vector<std::string> tags;
        const Post* post = nullptr;
        try {
            tags = body.at("tags").get<std::vector<std::string>>();
            if (body.contains("id")) {
                // Ids may repeat; lines stand in the order of the split, so the next one of that id is meant.
                const auto isMeant = [id = body.at("id").get<std::string>()](const Post& p) {
                    return p.externalId == id;
                };
                auto found = std::find_if(testPosts.begin() + at, testPosts.end(), isMeant);
                if (found == testPosts.end()) found = std::find_if(testPosts.begin(), testPosts.end(), isMeant);
                if (found != testPosts.end()) {
                    post = &*found;
                    at = found - testPosts.begin() + 1;
                }
            } else if (const auto index = wholeNumber<std::size_t>(body.at("index")); index < testPosts.size()) {
                post = &testPosts[index];
            }
        } catch (const json::exception&) {
            throw refuse("a post and its tags");
        }
        if (!post) throw refuse("a test post of this project");
        if (tags.size() != post->words.size()) throw refuse("a tag for each word of the post");
        predictions.emplace_back(post->id, entitiesFromTags(tags));
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
