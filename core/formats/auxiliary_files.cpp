#include "core/formats/auxiliary_files.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/translatable.h"
#include "core/formats/line_reader.h"
#include "core/formats/text_layout.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace {

using nlohmann::json;

constexpr JsonLimits kLineLimits{std::size_t{2} << 20, 16, 10'000};
constexpr std::int64_t kMostFileBytes = std::int64_t{1} << 30;  // the texts of a file are held at once
constexpr std::string_view kBlanks = " \t\r\n\v\f";

struct Entry {
    std::string id, source, text;
};

std::optional<Entry> fromJson(std::string_view line) {
    const json object = tryParseJson(line, kLineLimits);
    if (!object.is_object()) return std::nullopt;
    const auto text = [&](const char* name) -> std::optional<std::string> {
        const auto found = object.find(name);
        if (found == object.end()) return std::nullopt;
        if (found->is_number_integer()) return found->dump();
        return found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
    };
    const auto id = text("id"), said = text("text");
    if (!id || !said || (object.contains("source") && !text("source"))) return std::nullopt;
    return Entry{*id, text("source").value_or(""), *said};
}

std::optional<Entry> fromTabs(std::string_view line) {
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? first : line.find('\t', first + 1);
    if (second == line.npos) return std::nullopt;
    return Entry{std::string(line.substr(0, first)), std::string(line.substr(first + 1, second - first - 1)),
                 std::string(line.substr(second + 1))};
}

bool isPlain(const std::string& name) {
    return name.find('\n') == name.npos && name.find('\0') == name.npos;
}

}  // namespace

std::vector<std::string> auxiliaryWords(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = text::nextCodePoint(text, at);
        if (c == 0x3000 || (c < 0x80 && kBlanks.find(static_cast<char>(c)) != kBlanks.npos))
            end();
        else
            word += text.substr(from, at - from);
    }
    end();
    return words;
}

void readAuxiliary(const std::filesystem::path& path, const AuxiliarySink& sink, Findings& findings,
                   const ProgressSink& progress, std::stop_token stop) {
    LineReader reader(path);
    if (const std::string_view kind = foreignKind(reader.head()); !kind.empty())
        throw Error(ErrorCode::FormatInvalid, {path.string(), std::string(kind), "texts about posts, one a line"});
    if (reader.fileBytes() > kMostFileBytes)
        throw Error(ErrorCode::FileTooLarge,
                    {path.string(), std::to_string(reader.fileBytes()), std::to_string(kMostFileBytes)});
    if (!reader.convertedFrom().empty()) findings.add({"encoding-converted", path.string(), 1, reader.convertedFrom()});
    if (reader.lineEnd() == '\r') findings.add({"cr-line-ends", path.string(), 1, {}});
    std::optional<bool> isJson;
    std::string repaired;
    while (const auto line = reader.next()) {
        if (line->number % kLinesBetweenPolls == 0) {
            if (stop.stop_requested()) throw Cancelled{};
            report(progress, "reading", reader.bytesRead(), reader.fileBytes());
        }
        const auto find = [&](const char* code, std::string_view text) {
            findings.add({code, path.string(), line->number, std::string(text.substr(0, 800))});
        };
        std::string_view text = line->text;
        if (text.starts_with("\xEF\xBB\xBF")) {
            find("bom", "");
            text.remove_prefix(3);
        }
        if (line->cut) find("line-too-long", text);
        if (!text::isValidUtf8(text)) {
            text = repaired = text::repairedUtf8(text);
            find("invalid-utf8", text);
        }
        if (text.ends_with('\r')) text.remove_suffix(1);
        const std::size_t begin = text.find_first_not_of(kBlanks);
        if (begin == text.npos) continue;
        if (!isJson) isJson = text[begin] == '{';
        const std::optional<Entry> entry = *isJson ? fromJson(text) : fromTabs(text);
        if (!entry || entry->id.empty() || !isPlain(entry->id) || !isPlain(entry->source)) {
            find("auxiliary-line-invalid", text);
            continue;
        }
        AuxiliaryText out{entry->source, auxiliaryWords(entry->text)};
        if (out.words.empty()) {
            find("auxiliary-empty", text);
            continue;
        }
        sink(entry->id, std::move(out), line->number);
    }
    report(progress, "reading", reader.fileBytes(), reader.fileBytes());
}

void appendAuxiliary(std::string& out, const std::string& id, const AuxiliaryText& text) {
    std::string joined;
    for (const std::string& word : text.words) joined += (joined.empty() ? "" : " ") + word;
    const nlohmann::ordered_json line{{"id", id}, {"source", text.source}, {"text", joined}};
    out += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Format auxiliaryFormat() {
    Format format;
    format.name = "auxiliary";
    format.title = MNERVA_TEXT("Format", "Texts about posts (JSON lines)");
    format.filesTitle = MNERVA_TEXT("Format", "Texts about posts");
    format.help = "the texts about the posts";
    format.files = {{".jsonl", {}}, {".tsv", {}}};
    format.lossyFindings = {"auxiliary-line-invalid", "auxiliary-empty", "invalid-utf8", "line-too-long"};
    AuxiliaryKind kind;
    kind.read = readAuxiliary;
    kind.append = appendAuxiliary;
    format.kind = kind;
    return format;
}

}  // namespace mnerva::formats
