#include "core/protocol/map_index.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/eval/map_measures.h"
#include "core/protocol/run_record.h"

namespace mnerva::protocol {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kMark = "MNVMAPS\n";
constexpr std::size_t kRowBytes = 2 * 4 + MapIndex::kCells * 2;
constexpr std::uint64_t kMostMapBytes = std::uint64_t{1} << 30;
constexpr std::size_t kMostEntities = 1'000'000, kMostSets = 4096;
constexpr JsonLimits kHeadLimits{std::size_t{256} << 20, 6, std::size_t{8} << 20};
constexpr float kMostShare = 32767;
constexpr const char* kWeightsFile = "model.safetensors";

void putNumber(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

std::uint64_t bitsOf(float value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

float floatAt(std::string_view bytes, std::size_t at) {
    const auto bits = static_cast<std::uint32_t>(numberAt(bytes, at, 4));
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

Error notMaps(const fs::path& file, const std::string& found) {
    return Error(ErrorCode::FormatInvalid, {file.string(), found, "the maps of a run"});
}

json headOf(const MapIndex& index, const std::string& rows) {
    json sets = json::array(), entities = json::array();
    for (const MapSet& set : index.sets) sets.push_back({set.layer, set.head});
    for (const MappedEntity& e : index.entities) entities.push_back({e.id, e.number, e.first, e.last, e.type, e.text});
    return {{"format", MapIndex::kFormat},
            {"run", index.run},
            {"method", index.method},
            {"split", index.split},
            {"weights", index.weights},
            {"boxes", index.boxes},
            {"image_to_text", index.imageToText},
            {"posts", index.posts},
            {"sets", sets},
            {"entities", entities},
            {"rows", sha256(rows)}};
}

MappedEntity entityFromJson(const json& item, const fs::path& file) {
    MappedEntity e{item.at(0).get<std::string>(), wholeNumber<std::int64_t>(item.at(1)), wholeNumber<int>(item.at(2)),
                   wholeNumber<int>(item.at(3)),  item.at(4).get<std::string>(),         item.at(5).get<std::string>()};
    if (e.number <= 0 || e.first < 0 || e.last < e.first || e.type.empty()) throw notMaps(file, "an odd entity");
    return e;
}

void readHead(const json& head, const fs::path& file, MapIndex& out) {
    if (const int format = wholeNumber<int>(head.at("format")); format != MapIndex::kFormat)
        throw notMaps(file, "format " + std::to_string(format));
    out.run = head.at("run").get<std::string>();
    out.method = head.at("method").get<std::string>();
    out.split = head.at("split").get<std::string>();
    out.weights = head.at("weights").get<std::string>();
    out.boxes = head.at("boxes").get<std::string>();
    out.imageToText = head.at("image_to_text").get<bool>();
    out.posts = wholeNumber<std::int64_t>(head.at("posts"));
    const json &sets = head.at("sets"), &entities = head.at("entities");
    if (!sets.is_array() || !entities.is_array() || sets.size() > kMostSets || entities.size() > kMostEntities)
        throw notMaps(file, "too many maps");
    if (sets.empty() && !entities.empty()) throw notMaps(file, "entities without a map");
    for (const json& set : sets) {
        out.sets.push_back({wholeNumber<int>(set.at(0)), wholeNumber<int>(set.at(1))});
        if (out.sets.back().layer < 0 || out.sets.back().head < 0) throw notMaps(file, "an odd layer or head");
    }
    for (const json& item : entities) out.entities.push_back(entityFromJson(item, file));
}

void readRows(std::string_view rows, const fs::path& file, MapIndex& out) {
    for (std::size_t at = 0; at < rows.size(); at += kRowBytes) {
        out.largest.push_back(floatAt(rows, at));
        out.entropy.push_back(floatAt(rows, at + 4));
        if (!std::isfinite(out.largest.back()) || out.largest.back() < 0 || !(out.entropy.back() >= 0) ||
            out.entropy.back() > 1.001F)
            throw notMaps(file, "a number that cannot be");
        for (std::size_t cell = 0; cell < MapIndex::kCells; ++cell)
            out.shares.push_back(
                static_cast<std::int16_t>(static_cast<std::uint16_t>(numberAt(rows, at + 8 + 2 * cell, 2))));
    }
}

}  // namespace

void MapIndex::addMap(std::span<const float> map) {
    MNERVA_CHECK(map.size() == kCells);
    float most = 0;
    for (const float value : map) most = std::max(most, std::abs(value));
    largest.push_back(most);
    entropy.push_back(static_cast<float>(eval::entropyOf(map)));
    for (const float value : map)
        shares.push_back(most > 0 ? static_cast<std::int16_t>(std::lround(value / most * kMostShare))
                                  : std::int16_t{0});
}

std::vector<float> MapIndex::cells(std::size_t entity, std::size_t set) const {
    std::vector<float> out;
    for (const std::int16_t share : sharesOf(entity, set))
        out.push_back(static_cast<float>(share) / kMostShare * largest[row(entity, set)]);
    return out;
}

std::optional<std::size_t> MapIndex::setOf(const MapSet& wanted) const {
    const auto found = std::find(sets.begin(), sets.end(), wanted);
    return found == sets.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - sets.begin()));
}

std::string mapIndexBytes(const MapIndex& index) {
    MNERVA_CHECK(index.largest.size() == index.entities.size() * index.sets.size());
    MNERVA_CHECK(index.entropy.size() == index.largest.size());
    MNERVA_CHECK(index.shares.size() == index.largest.size() * MapIndex::kCells);
    std::string rows;
    rows.reserve(index.largest.size() * kRowBytes);
    for (std::size_t row = 0; row < index.largest.size(); ++row) {
        putNumber(rows, bitsOf(index.largest[row]), 4);
        putNumber(rows, bitsOf(index.entropy[row]), 4);
        for (std::size_t cell = 0; cell < MapIndex::kCells; ++cell)
            putNumber(rows, static_cast<std::uint16_t>(index.shares[row * MapIndex::kCells + cell]), 2);
    }
    const std::string head = headOf(index, rows).dump(-1, ' ', false, json::error_handler_t::replace);
    std::string out(kMark);
    putNumber(out, head.size(), 8);
    return out + head + rows;
}

MapIndex readMapIndex(std::string_view bytes, const fs::path& file) {
    const std::size_t begin = kMark.size() + 8;
    if (bytes.size() < begin || bytes.substr(0, kMark.size()) != kMark) throw notMaps(file, "something else");
    const std::uint64_t length = numberAt(bytes, kMark.size(), 8);
    if (length > bytes.size() - begin) throw notMaps(file, "a head that is cut off");
    const std::string_view rows = bytes.substr(begin + length);
    MapIndex out;
    try {
        const json head = parseJson(bytes.substr(begin, length), file, kHeadLimits);
        readHead(head, file, out);
        if (rows.size() != out.entities.size() * out.sets.size() * kRowBytes)
            throw notMaps(file, std::to_string(rows.size()) + " bytes of maps");
        if (head.at("rows").get<std::string>() != sha256(rows)) throw notMaps(file, "damaged maps");
    } catch (const json::exception& error) {
        throw notMaps(file, error.what());
    }
    readRows(rows, file, out);
    return out;
}

fs::path mapIndexFile(const fs::path& runFolder, const std::string& method, const std::string& split) {
    return runFolder / ("maps-" + method + "-" + (split.empty() ? "all" : split) + ".bin");
}

std::string weightsNameOf(const fs::path& runFolder) {
    if (const auto record = readRunRecord(runFolder); record && record->files && record->files->is_object())
        if (const auto digest = record->files->find(kWeightsFile);
            digest != record->files->end() && digest->is_string())
            return digest->get<std::string>();
    std::error_code failed;
    if (!fs::is_regular_file(runFolder / kWeightsFile, failed)) return {};
    return sha256OfFile(runFolder / kWeightsFile);
}

MapIndexFound findMapIndex(const fs::path& runFolder, const std::string& method, const std::string& split) {
    MapIndexFound out;
    const fs::path file = mapIndexFile(runFolder, method, split);
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(file, failed))) return out;
    try {
        out.index = readMapIndex(readFile(file, kMostMapBytes), file);
        const bool isOther = out.index.method != method || out.index.split != split;
        if (isOther) throw notMaps(file, "maps of another method or split");
        out.state = out.index.weights == weightsNameOf(runFolder) ? MapIndexFound::State::Ready
                                                                  : MapIndexFound::State::OtherWeights;
    } catch (const Error& error) {
        out.state = MapIndexFound::State::Damaged;
        out.fault = error;
    }
    if (out.state != MapIndexFound::State::Ready) out.index = {};
    return out;
}

}  // namespace mnerva::protocol
