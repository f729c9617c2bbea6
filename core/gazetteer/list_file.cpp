#include "core/gazetteer/list_file.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/formats/line_reader.h"
#include "core/gazetteer/atoms.h"
#include "core/gazetteer/definition.h"
#include "core/gazetteer/hash_table.h"
#include "core/text/encoding.h"
#include "core/text/utf8.h"

namespace mnerva::gazetteer {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::size_t kKeptBytes = 400;  // of a line, in a finding

/// White space at the ends goes, inside it becomes one space.
std::string tidied(std::string_view text) {
    std::string out;
    bool wants = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (text::isWhiteSpace(text::nextCodePoint(text, at))) {
            wants = !out.empty();
            continue;
        }
        if (wants) out += ' ';
        wants = false;
        out += text.substr(begin, at - begin);
    }
    return out;
}

std::string_view nextColumn(std::string_view& line) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    const std::string_view column = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return column;
}

bool isCount(std::string_view text, std::int64_t& count) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
    return fault == std::errc() && end == text.data() + text.size() && count >= 0;
}

/// Bytes of text hold no zero; those of pictures and archives do.
void requireText(const formats::LineReader& reader, const std::filesystem::path& file) {
    if (reader.convertedFrom().empty() && reader.head().find('\0') != std::string_view::npos)
        throw Error(ErrorCode::FormatInvalid, {file.string(), "bytes that are no text", "a text file, a name a line"});
}

class ListParser {
public:
    ListParser(std::string file, bool isUtf8) : m_file(std::move(file)), m_isUtf8(isUtf8) {}

    void line(const formats::LineReader::Line& given) {
        m_number = given.number;
        std::string_view line = given.text;
        if (given.number == 1 && line.starts_with(kMark)) line.remove_prefix(kMark.size());
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (given.cut) return odd("line-too-long", line);
        if (line.starts_with("# ") || line.starts_with("##") || line == "#" || line.starts_with("#\t")) {
            ++content().comments;
            return;
        }
        if (m_isUtf8 && !text::isValidUtf8(line)) return odd("invalid-utf8", line);
        std::string_view rest = line;
        const std::string name = tidied(nextColumn(rest));
        const std::string label = labelNamed(tidied(nextColumn(rest)));
        if (name.empty() && label.empty()) {
            ++content().emptyLines;
            return;
        }
        take(name, label, tidied(rest), line);
    }
    ListContent& content() { return m_writer.content(); }
    void found(const char* code, const std::string& text) { content().findings.add({code, m_file, 0, text}); }

private:
    void take(const std::string& name, const std::string& label, const std::string& rest, std::string_view line) {
        std::int64_t count = 0;
        if (printable(name) != name) return odd("name-with-controls", line);
        if (!hasLetters(name)) return odd("name-without-letters", line);
        if (text::codePointCount(name) > kLongestListName) return odd("name-too-long", line);
        if (!label.empty() && !isLabelName(label)) return odd("name-label-invalid", line);
        if (!rest.empty() && !isCount(rest, count)) return odd("name-label-invalid", line);
        if (!m_writer.add({name, label, count})) odd("name-repeated", line);
    }
    void odd(const char* code, std::string_view line) {
        content().findings.add({code, m_file, m_number, text::repairedUtf8(line.substr(0, kKeptBytes))});
    }

    std::string m_file;
    bool m_isUtf8;
    int m_number = 0;
    ListWriter m_writer;
};

/// The encoding of a file without a mark that nobody named: empty for UTF-8.
std::string encodingOf(const std::filesystem::path& file) {
    const formats::LineReader reader(file);
    requireText(reader, file);
    if (!reader.convertedFrom().empty()) return {};
    const text::Utf8Counts counts = text::countUtf8(reader.head());
    const std::size_t broken = counts.broken - std::min<std::size_t>(counts.broken, reader.isHeadAll() ? 0 : 1);
    if (broken * 10 <= counts.characters + counts.broken) return {};  // damage, as the importers have it
    std::string guess = text::guessedEncoding(reader.head());
    if (guess.empty()) throw Error(ErrorCode::EncodingUnknown, {file.string(), "something that could not be guessed"});
    return guess;
}

}  // namespace

struct ListWriter::Seen {
    HashTable lines;
};

ListWriter::ListWriter() : m_seen(std::make_unique<Seen>()) {}
ListWriter::~ListWriter() = default;

bool ListWriter::add(const ListedName& name) {
    std::uint64_t digest = joinedDigest(kNoDigest, std::hash<std::string_view>{}(name.name));
    digest = joinedDigest(digest, std::hash<std::string_view>{}(name.label));
    if (!m_seen->lines.insert(digest)) return false;
    if (m_content.names >= kMostNames)
        throw Error(ErrorCode::BoundExceeded, {"word list", "names", std::to_string(kMostNames)});
    ++m_content.names;
    m_content.text += name.name;
    if (!name.label.empty()) {
        m_content.text.append("\t").append(name.label);
        ++m_content.labels[std::string(name.label)];
    }
    if (name.count > 0) {
        if (name.label.empty()) m_content.text += '\t';
        m_content.text.append("\t").append(std::to_string(name.count));
    }
    m_content.text += '\n';
    if (m_content.text.size() > kMostListBytes)
        throw Error(ErrorCode::BoundExceeded, {"word list", "bytes", std::to_string(kMostListBytes)});
    return true;
}

ListContent readListFile(const std::filesystem::path& file, const std::string& encoding, const ProgressSink& progress,
                         std::stop_token stop) {
    const std::string named = encoding.empty() ? encodingOf(file) : encoding;
    formats::LineReader reader(file, named);
    requireText(reader, file);
    ListParser parser(file.string(), reader.convertedFrom().empty());
    if (!reader.convertedFrom().empty()) {
        parser.content().encoding = reader.convertedFrom();
        parser.found("encoding-converted", reader.convertedFrom());
    }
    if (reader.isNameDoubtful()) parser.found("encoding-doubtful", encoding);
    while (const auto line = reader.next()) {
        if (line->number % formats::kLinesBetweenPolls == 0) {
            if (stop.stop_requested()) throw Cancelled{};
            report(progress, "reading", reader.bytesRead(), reader.fileBytes());
        }
        parser.line(*line);
    }
    if (stop.stop_requested()) throw Cancelled{};
    report(progress, "reading", reader.fileBytes(), reader.fileBytes());
    return std::move(parser.content());
}

void eachListed(std::string_view text, const std::filesystem::path& place,
                const std::function<void(const ListedName&)>& use, const std::stop_token& stop) {
    std::int64_t number = 0;
    while (!text.empty()) {
        if (++number % formats::kLinesBetweenPolls == 0 && stop.stop_requested()) throw Cancelled{};
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ListedName one;
        one.name = nextColumn(line);
        one.label = nextColumn(line);
        if (one.name.empty() || (!line.empty() && !isCount(line, one.count)))
            throw Error(ErrorCode::FormatInvalid,
                        {place.string(), "line " + std::to_string(number), "a list as this program keeps it"});
        use(one);
    }
}

}  // namespace mnerva::gazetteer
