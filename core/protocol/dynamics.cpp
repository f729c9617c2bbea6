#include "core/protocol/dynamics.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/protocol/lines_internal.h"

namespace mnerva::protocol {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;
constexpr int kMostWords = 1'000'000;

json entityJson(const Entity& entity) {
    return json::array({entity.first, entity.last, entity.type});
}

/// From three members of an array, of a post with so many words.
Entity entityAt(const json& body, std::size_t at, int words) {
    Entity out{
        body.at(at + 2).get<std::string>(), wholeNumber<int>(body.at(at)), wholeNumber<int>(body.at(at + 1)), {}};
    if (body.size() != at + 3 || out.first < 0 || out.last < out.first || out.last >= words || out.type.empty())
        throw Error(ErrorCode::Internal, {"entity"});
    return out;
}

/// The next line of a text; nothing at its end.
struct Lines {
    std::string_view rest;
    int number = 0;
    std::optional<json> next() {
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            ++number;
            if (!line.empty()) return tryParseJson(line);
        }
        return std::nullopt;
    }
};

/// Number of posts that the first line announces.
std::size_t readHeader(const json& body, Dynamics& out) {
    if (wholeNumber<int>(body.at("format")) != kFormat) throw Error(ErrorCode::Internal, {"another format"});
    out.run = body.at("run").get<std::string>();
    out.layer = body.at("layer").get<std::string>();
    out.inputs = body.at("inputs_sha256").get<std::string>();
    return wholeNumber<std::size_t>(body.at("posts"));
}

DynamicsPost postOf(const json& body) {
    DynamicsPost post{
        body.at("id").get<std::string>(), PostId{detail::postNumber(body)}, wholeNumber<int>(body.at("words")), {}};
    if (post.words < 1 || post.words > kMostWords) throw Error(ErrorCode::Internal, {"words"});
    for (const json& entity : body.at("entities")) post.entities.push_back(entityAt(entity, 0, post.words));
    return post;
}

/// Of a file with so many entities; `words` of the post of each.
DynamicsEpoch epochOf(const json& body, const std::vector<int>& words, int after) {
    DynamicsEpoch out;
    out.epoch = wholeNumber<int>(body.at("epoch"));
    const auto right = body.at("right").get<std::string>();
    const json& logs = body.at("logp");
    if (out.epoch <= after || right.size() != words.size() || !logs.is_array() || logs.size() != words.size())
        throw Error(ErrorCode::Internal, {"epoch"});
    for (std::size_t i = 0; i < words.size(); ++i) {
        const double value = logs[i].get<double>();
        if (!logs[i].is_number() || !(value <= 0) || (right[i] != '0' && right[i] != '1'))
            throw Error(ErrorCode::Internal, {"value"});
        out.logProbabilities.push_back(static_cast<float>(value));
        out.isRight.push_back(right[i] == '1');
    }
    for (const json& said : body.at("said")) {
        const auto place = wholeNumber<std::size_t>(said.at(0));
        if (place >= words.size() || out.isRight[place]) throw Error(ErrorCode::Internal, {"place"});
        out.said.push_back({place, entityAt(said, 1, words[place])});
    }
    return out;
}

}  // namespace

std::size_t Dynamics::entities() const {
    std::size_t count = 0;
    for (const DynamicsPost& post : posts) count += post.entities.size();
    return count;
}

std::string dynamicsStart(const Dynamics& dynamics) {
    std::string out = detail::jsonLine({{"format", kFormat},
                                        {"run", dynamics.run},
                                        {"layer", dynamics.layer},
                                        {"inputs_sha256", dynamics.inputs},
                                        {"posts", dynamics.posts.size()}});
    for (const DynamicsPost& post : dynamics.posts) {
        json entities = json::array();
        for (const Entity& entity : post.entities) entities.push_back(entityJson(entity));
        out += detail::jsonLine(
            {{"id", post.id}, {"number", post.number.value}, {"words", post.words}, {"entities", entities}});
    }
    return out;
}

std::string dynamicsLine(const DynamicsEpoch& epoch) {
    std::string right, logs;
    for (const char isRight : epoch.isRight) right += isRight ? '1' : '0';
    // Four digits by hand: a JSON library gives those that a float32 does not have.
    for (const float value : epoch.logProbabilities)
        logs += (logs.empty() ? "" : ",") + (value < 0 ? fmt::format("{:.4g}", value) : std::string("0"));
    json said = json::array();
    for (const DynamicsEpoch::Said& one : epoch.said)
        said.push_back({one.place, one.entity.first, one.entity.last, one.entity.type});
    std::string line = detail::jsonLine({{"epoch", epoch.epoch}, {"right", right}, {"said", said}});
    line.resize(line.size() - 2);  // "}" and the line feed
    return line + ",\"logp\":[" + logs + "]}\n";
}

Dynamics readDynamics(std::string_view content, const fs::path& file, Findings& odd) {
    Dynamics out;
    Lines lines{content};
    std::vector<int> words;
    try {
        const auto header = lines.next();
        if (!header) throw Error(ErrorCode::Internal, {"nothing"});
        const std::size_t posts = readHeader(*header, out);
        for (std::size_t i = 0; i < posts; ++i) {
            const auto body = lines.next();
            if (!body) throw Error(ErrorCode::Internal, {"fewer posts"});
            out.posts.push_back(postOf(*body));
            words.insert(words.end(), out.posts.back().entities.size(), out.posts.back().words);
        }
    } catch (const std::exception&) {  // a value that is none, JSON that is none
        throw Error(ErrorCode::FormatInvalid, {file.string(), fmt::format("line {}", std::max(1, lines.number)),
                                               "a record of learning dynamics"});
    }
    while (const auto body = lines.next()) {
        try {
            out.epochs.push_back(epochOf(*body, words, out.epochs.empty() ? 0 : out.epochs.back().epoch));
        } catch (const std::exception&) {
            odd.add({"dynamics-epoch-broken", file.string(), lines.number, {}});
        }
    }
    return out;
}

Dynamics readDynamicsFile(const fs::path& runFolder, Findings& odd) {
    return readDynamics(readFile(runFolder / kDynamicsFile, kMostBytes), runFolder / kDynamicsFile, odd);
}

}  // namespace mnerva::protocol
