#include "core/formats/prediction_files.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/translatable.h"
#include "core/formats/all.h"
#include "core/formats/line_reader.h"
#include "core/formats/text_layout.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace {

constexpr std::int64_t kMostPredictionBytes = std::int64_t{256} << 20;
/// A million posts of the longer form; an empty line takes thirty times its byte.
constexpr std::size_t kMaxLines = 5'000'000;

/// The lines of a file, cleaned; oddities of the bytes become findings.
std::vector<std::string> cleanLines(const std::filesystem::path& path, Findings& findings) {
    std::vector<std::string> lines;
    LineReader reader(path);
    // Real ones have 5 MB; all lines are held at once.
    if (reader.fileBytes() > kMostPredictionBytes)
        throw Error(ErrorCode::FileTooLarge,
                    {path.string(), std::to_string(reader.fileBytes()), std::to_string(kMostPredictionBytes)});
    if (const std::string_view kind = foreignKind(reader.head()); !kind.empty())
        throw Error(ErrorCode::FormatInvalid,
                    {path.string(), std::string(kind), "predictions: a text line and two lines of tags a post"});
    if (!reader.convertedFrom().empty()) findings.add({"encoding-converted", path.string(), 1, reader.convertedFrom()});
    if (reader.lineEnd() == '\r') findings.add({"cr-line-ends", path.string(), 1, {}});
    bool seenCrlf = false;
    while (const auto line = reader.next()) {
        std::string_view text = line->text;
        const auto find = [&](const char* code) {
            findings.add({code, path.string(), line->number, text::repairedUtf8(text.substr(0, 800))});
        };
        if (line->number == 1 && text.substr(0, 3) == "\xEF\xBB\xBF") {
            find("bom");
            text.remove_prefix(3);
        }
        if (line->cut) find("line-too-long");
        if (!text.empty() && text.back() == '\r') {
            text.remove_suffix(1);
            if (!seenCrlf) find("crlf");
            seenCrlf = true;
        }
        if (!text::isValidUtf8(text)) find("invalid-utf8");
        if (lines.size() == kMaxLines)
            throw Error(ErrorCode::BoundExceeded, {path.string(), "lines", std::to_string(kMaxLines)});
        lines.push_back(text::repairedUtf8(text));
    }
    return lines;
}

class BlockReader {
public:
    BlockReader(const std::filesystem::path& path, bool namesPictures)
        : m_file(path.string()), m_namesPictures(namesPictures), m_lines(cleanLines(path, m_result.findings)) {}

    PredictionFile read() {
        std::size_t at = 0;
        while (at < m_lines.size()) at = block(at);
        if (m_lines.empty()) find("empty-file", 0, "");
        if (!m_lines.empty() && !m_lines.back().empty())
            find("missing-final-blank-line", static_cast<int>(m_lines.size()), m_lines.back());
        return std::move(m_result);
    }

private:
    std::size_t linesOfBlock() const { return m_namesPictures ? 4 : 3; }
    void find(const char* code, int line, std::string text) {
        m_result.findings.add({code, m_file, line, std::move(text)});
    }

    /// Reads one block and gives the index of the line after it. A text line may itself be empty (every word of the
    /// post vanished), so blocks are counted by lines first and by empty lines only to find the way back after a bad
    /// one.
    std::size_t block(std::size_t at) {
        const std::size_t end = at + linesOfBlock();
        const bool whole =
            end < m_lines.size() ? m_lines[end].empty() : end == m_lines.size() && !m_lines.back().empty();
        if (whole) {
            PredictionBlock block;
            block.line = static_cast<int>(at) + 1;
            block.predicted = splitTags(m_lines[end - 2]);
            block.gold = splitTags(m_lines[end - 1]);
            if (block.predicted.size() == block.gold.size()) {
                block.text = m_lines[end - 3];
                if (m_namesPictures) block.image = m_lines[at];
                accept(std::move(block));
                return end + 1;
            }
            find("tag-count-mismatch", block.line,
                 std::to_string(block.predicted.size()) + " predicted, " + std::to_string(block.gold.size()) + " gold");
            return end + 1;
        }
        if (m_lines[at].empty()) {  // one empty line too many
            find("malformed-block", static_cast<int>(at) + 1, "");
            return at + 1;
        }
        find("malformed-block", static_cast<int>(at) + 1, m_lines[at]);
        const auto next = std::find(m_lines.begin() + static_cast<std::ptrdiff_t>(at), m_lines.end(), std::string());
        return static_cast<std::size_t>(next - m_lines.begin()) + 1;
    }

    void accept(PredictionBlock&& block) {
        const int goldLine = block.line + static_cast<int>(linesOfBlock()) - 1;
        for (const std::string& tag : block.predicted)
            if (!isKnownPrediction(tag)) find("unknown-tag", goldLine - 1, tag);
        for (const std::string& tag : block.gold)
            if (!isKnownPrediction(tag)) find("unknown-tag", goldLine, tag);
        m_result.blocks.push_back(std::move(block));
    }

    std::string m_file;
    bool m_namesPictures;
    PredictionFile m_result;
    std::vector<std::string> m_lines;
};

/// Good blocks and how many there would be; a block of tags that nobody knows is a chance hit in another format.
struct Fit {
    std::size_t good = 0, all = 0;
    bool isFit() const { return good > 0 && 2 * good > all; }
};

Fit fitOf(const PredictionFile& file) {
    Fit fit;
    for (const PredictionBlock& block : file.blocks) {
        const auto known = [](const std::vector<std::string>& tags) {
            return std::all_of(tags.begin(), tags.end(), [](const std::string& tag) { return isKnownPrediction(tag); });
        };
        if (known(block.predicted) && known(block.gold)) ++fit.good;
    }
    fit.all = file.blocks.size() + static_cast<std::size_t>(file.findings.count("malformed-block") +
                                                            file.findings.count("tag-count-mismatch"));
    return fit;
}

/// How a file fits a format; one that is not of it by its first bytes is not read by its reader.
Fit fitIn(const Format& format, const std::filesystem::path& path) {
    if (format.sniff && !isOf(format, path)) return {};
    return fitOf(format.as<PredictionKind>()->read(path));
}

const PredictionKind& kindOf(const Format& format) {
    const PredictionKind* kind = format.as<PredictionKind>();
    MNERVA_CHECK(kind);
    return *kind;
}

std::string describe(const Format& format) {
    return std::string(format.name) + " (" + std::string(kindOf(format).block) + ")";
}

}  // namespace

std::vector<std::string> splitTags(std::string_view line) {
    std::vector<std::string> tags;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        if (end > at) tags.emplace_back(line.substr(at, end - at));
        at = end + 1;
    }
    return tags;
}

bool isKnownPrediction(std::string_view tag) {
    return isKnownTag(tag) || tag == "X" || tag == "[CLS]" || tag == "[SEP]" || tag == "PAD";
}

PredictionFile readBlocks(const std::filesystem::path& path, bool namesPictures) {
    return BlockReader(path, namesPictures).read();
}

namespace {

template <bool kNamesPictures>
PredictionKind blockKind() {
    PredictionKind kind;
    kind.namesPictures = kNamesPictures;
    kind.read = [](const std::filesystem::path& path) { return readBlocks(path, kNamesPictures); };
    kind.append = [](std::string& out, const PredictionBlock& block) { appendBlock(out, block, kNamesPictures); };
    return kind;
}

}  // namespace

Format blockFormat(bool namesPictures, std::string_view block) {
    Format format;
    format.filesTitle = MNERVA_TEXT("Format", "Text files");
    format.files = {{".txt", {}}};
    format.lossyFindings = {"malformed-block", "tag-count-mismatch", "unknown-tag",
                            "empty-file",      "invalid-utf8",       "line-too-long"};
    PredictionKind kind = namesPictures ? blockKind<true>() : blockKind<false>();
    kind.block = block;
    format.kind = kind;
    return format;
}

const Format* recognisePredictions(const std::filesystem::path& path) {
    const Format* best = nullptr;
    std::size_t most = 0;
    for (const Format* format : ofKind<PredictionKind>()) {
        const Fit fit = fitIn(*format, path);
        if (!fit.isFit() || fit.good <= most) continue;
        best = format;
        most = fit.good;
    }
    return best;
}

PredictionFile readFittingPredictions(const std::filesystem::path& path, const Format* format) {
    const std::vector<const Format*> known = ofKind<PredictionKind>();
    if (!format) format = recognisePredictions(path);
    if (!format) {
        std::string wanted;
        for (const Format* one : known) wanted += (wanted.empty() ? "" : " or ") + describe(*one);
        throw Error(ErrorCode::FormatInvalid, {path.string(), "no predictions, or few among other lines", wanted});
    }
    PredictionFile file = kindOf(*format).read(path);
    const Fit fit = fitOf(file);
    if (fit.isFit()) return file;
    std::string found = std::to_string(fit.good) + " good blocks of " + std::to_string(fit.all);
    for (const Format* other : known)
        if (other != format && fitIn(*other, path).isFit()) found = "the format " + describe(*other);
    throw Error(ErrorCode::FormatInvalid, {path.string(), found, describe(*format)});
}

void appendBlock(std::string& out, const PredictionBlock& block, bool namesPictures) {
    const auto tagLine = [&](const std::vector<std::string>& tags) {
        for (std::size_t i = 0; i < tags.size(); ++i) out += (i == 0 ? "" : " ") + tags[i];
        out += '\n';
    };
    if (namesPictures) out += block.image + '\n';
    std::string text = block.text;
    std::replace(text.begin(), text.end(), '\n', ' ');
    out += text + '\n';
    tagLine(block.predicted);
    tagLine(block.gold);
    out += '\n';
}

void writePredictions(const std::filesystem::path& path, const std::vector<PredictionBlock>& blocks,
                      const Format& format) {
    const PredictionKind& kind = kindOf(format);
    AtomicFile file(path);
    for (const PredictionBlock& block : blocks) {
        std::string text;
        kind.append(text, block);
        file.write(text);
    }
    file.finish();
    // Blocks are found again by their lines alone: a word or a tag that broke them would move every later post.
    const PredictionFile again = kind.read(file.temporaryPath());
    bool isSame = again.blocks.size() == blocks.size();
    for (std::size_t i = 0; isSame && i < blocks.size(); ++i)
        isSame = again.blocks[i].predicted == blocks[i].predicted && again.blocks[i].gold == blocks[i].gold;
    if (!isSame)
        throw Error(ErrorCode::FileUnwritable,
                    {path.string(), "read again, the predictions would not be those of the project"});
    file.commit();
}

}  // namespace mnerva::formats
