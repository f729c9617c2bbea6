#include "core/formats/text_layout.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/formats/mner_reader.h"
#include "core/text/tag_reading.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace {

using Separator = TextLayout::Separator;

constexpr std::size_t kSampleLines = 2000;
constexpr double kMostTabs = 0.5;   // of the lines: a word may lack its tab now and then
constexpr double kFewTags = 0.5;    // of the last fields
constexpr double kNearlyAll = 0.8;  // of the lines, where a rarer layout is to be believed

std::string lowered(std::string_view s) {
    std::string out(s);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// "T1<tab>PER 4 8<tab>Mira", "R1<tab>...", "#1<tab>AnnotatorNotes ..."
bool isBrat(std::string_view line) {
    if (line.size() < 4 || std::string_view("TREAMN#*").find(line[0]) == std::string_view::npos) return false;
    std::size_t at = 1;
    while (at < line.size() && isDigit(line[at])) ++at;
    if (at == 1 || at == line.size() || line[at] != '\t') return false;
    const std::size_t end = line.find('\t', at + 1);
    const std::string_view middle = line.substr(at + 1, end - at - 1);
    return middle.find(' ') != middle.npos;
}

bool isTagLine(std::string_view line) {
    if (line.find('\t') != line.npos) return false;
    std::vector<std::string> fields;
    splitFields(line, Separator::Spaces, fields);
    return fields.size() > 1 && std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
               return isKnownTag(field) || field == "X" || field == "[CLS]" || field == "[SEP]";
           });
}

bool isHeader(std::string_view tag) {
    static constexpr std::array<std::string_view, 11> kNames{"tag", "tags",     "label",  "labels", "ner", "ner_tag",
                                                             "bio", "ner_tags", "entity", "iob",    "iob2"};
    return std::find(kNames.begin(), kNames.end(), lowered(tag)) != kNames.end();
}

struct Sample {
    std::vector<std::string_view> lines;
    std::vector<int> numbers;
    std::string_view cutLine;  ///< the last one, without its end
};

Sample sampleOf(std::string_view head, char lineEnd, bool isWhole) {
    Sample sample;
    int number = 0;
    while (!head.empty() && sample.lines.size() < kSampleLines) {
        const std::size_t end = head.find(lineEnd);
        if (end == head.npos && !isWhole) {
            sample.cutLine = head;
            break;
        }
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == head.npos ? head.size() : end + 1);
        ++number;
        while (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        while (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t\r") == line.npos || line.starts_with("IMGID:")) continue;
        if (line.starts_with("-DOCSTART-")) continue;
        sample.lines.push_back(line);
        sample.numbers.push_back(number);
    }
    return sample;
}

/// The lines without what says something about the file; all of them if they are nothing else.
void dropComments(Sample& sample, const TextLayout& layout) {
    Sample kept;
    for (std::size_t i = 0; i < sample.lines.size(); ++i) {
        if (isComment(sample.lines[i], layout)) continue;
        kept.lines.push_back(sample.lines[i]);
        kept.numbers.push_back(sample.numbers[i]);
    }
    sample = std::move(kept);
}

/// What a text is that has no words and tags in columns; empty when that cannot be said.
std::string foreignText(const Sample& sample) {
    const std::string_view first = sample.lines.empty() ? sample.cutLine : sample.lines.front();
    const std::size_t begin = first.find_first_not_of(" \t");
    const std::string_view start = begin == first.npos ? first : first.substr(begin);
    if (start.starts_with("#FORMAT=WebAnno")) return "WebAnno TSV";
    const bool hasTab = first.find('\t') != first.npos;  // then "{" and "[{" are words
    const std::string low = hasTab ? std::string() : lowered(start.substr(0, 16));
    if (low.starts_with("<!doctype html") || low.starts_with("<html")) return "a web page (HTML)";
    if (low.starts_with("<?xml") || low.starts_with("<xmi") || low.starts_with("<annotation")) return "XML";
    if (!hasTab && start.starts_with("{\\rtf")) return "a word processor's document (RTF)";
    if (!hasTab && start.starts_with('{') && (start.find("\":") != start.npos || start == "{")) return "JSON lines";
    if (!hasTab && (start.starts_with("[{") || start == "[")) return "JSON";
    if (sample.lines.empty()) return {};
    const auto share = [&](auto fits) {
        return static_cast<double>(std::count_if(sample.lines.begin(), sample.lines.end(), fits)) /
               static_cast<double>(sample.lines.size());
    };
    if (share(isBrat) > kNearlyAll) return "brat stand-off annotations (.ann)";
    if (share(isTagLine) >= 0.45)
        return "predictions, a text line and lines of tags a post (import them with --format pre)";
    return {};
}

struct Columns {
    int usual = 0;             ///< number that most lines have
    double lastIsTag = 0;      ///< share of the lines whose last field looks like a tag
    std::vector<double> tags;  ///< the same of each column of the usual lines
    double usualShare = 0;
    bool hasHeader = false;  ///< the first line names the columns
};

Columns columnsOf(const Sample& sample, Separator separator) {
    Columns out;
    std::map<std::size_t, int> sizes;
    std::vector<std::vector<std::string>> rows;
    double last = 0;
    for (const std::string_view line : sample.lines) {
        std::vector<std::string> fields;
        splitFields(line, separator, fields);
        if (rows.empty() && !out.hasHeader && fields.size() > 1 &&
            std::any_of(fields.begin(), fields.end(), isHeader)) {
            out.hasHeader = true;
            continue;
        }
        if (fields.size() > 1) {
            ++sizes[fields.size()];
            last += looksLikeATag(fields.back());
        }
        rows.push_back(std::move(fields));
    }
    if (rows.empty()) return out;
    const double all = static_cast<double>(rows.size());
    out.lastIsTag = last / all;
    int most = 0;
    for (const auto& [size, count] : sizes)
        if (count > most) {
            most = count;
            out.usual = static_cast<int>(size);
        }
    out.usualShare = most / all;
    out.tags.assign(static_cast<std::size_t>(out.usual), 0);
    for (const auto& row : rows) {
        if (static_cast<int>(row.size()) != out.usual) continue;
        for (std::size_t i = 0; i < row.size(); ++i) out.tags[i] += looksLikeATag(row[i]) ? 1.0 / most : 0;
    }
    return out;
}

/// Column of tags: the last, unless another one alone holds them. -2: none.
int tagColumnOf(const Columns& columns, double least) {
    if (columns.lastIsTag >= least) return -1;
    int found = -2;
    for (std::size_t i = 0; i < columns.tags.size(); ++i) {
        if (columns.tags[i] * columns.usualShare < kNearlyAll) continue;
        if (found != -2) return -2;
        found = static_cast<int>(i);
    }
    return found;
}

}  // namespace

std::string_view TextLayout::separatorText() const {
    switch (separator) {
        case Separator::Tab:
            return "tab";
        case Separator::Spaces:
            return "spaces";
        case Separator::Comma:
            return "comma";
        case Separator::Semicolon:
            return "semicolon";
    }
    return {};
}

bool looksLikeATag(std::string_view field) {
    if (field.empty() || field == "X" || field == "[CLS]" || field == "[SEP]" || field == "PAD") return true;
    if (field.size() > 200) return false;
    const std::string tag = text::cleanedTag(field).text;
    if (tag.empty() || isKnownTag(tag)) return true;
    // "B" and "B-": a tag without its type is told with its line, not as a file of another format.
    return (tag.size() == 1 || (tag.size() == 2 && tag[1] == '-')) &&
           std::string_view("BIES").find(tag[0]) != std::string_view::npos;
}

void splitFields(std::string_view line, Separator separator, std::vector<std::string>& fields) {
    fields.clear();
    if (separator == Separator::Spaces) {
        for (std::size_t at = line.find_first_not_of(" \t"); at != line.npos;) {
            const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
            fields.emplace_back(line.substr(at, end - at));
            at = line.find_first_not_of(" \t", end);
        }
        return;
    }
    const char mark = separator == Separator::Tab ? '\t' : separator == Separator::Comma ? ',' : ';';
    for (std::size_t at = 0; at <= line.size();) {
        if (separator != Separator::Tab && at < line.size() && line[at] == '"') {
            std::string field;
            std::size_t end = at + 1;
            for (; end < line.size(); ++end) {
                if (line[end] != '"') {
                    field += line[end];
                } else if (end + 1 < line.size() && line[end + 1] == '"') {
                    field += '"';
                    ++end;
                } else {
                    break;
                }
            }
            // A quotation mark that closes nothing is a word like any other.
            if (end < line.size() && (end + 1 == line.size() || line[end + 1] == mark)) {
                fields.push_back(std::move(field));
                at = end + 2;
                continue;
            }
        }
        const std::size_t end = std::min(line.find(mark, at), line.size());
        fields.emplace_back(line.substr(at, end - at));
        at = end + 1;
    }
}

bool isComment(std::string_view line, const TextLayout& layout) {
    if (line.size() < 2 || line[0] != '#') return false;
    if (line[1] != ' ' && line[1] != '#' && line.find('=') == line.npos) return false;
    if (layout.separator == Separator::Tab) return line.find('\t') == line.npos;
    std::vector<std::string> fields;
    splitFields(line, layout.separator, fields);
    return fields.size() < 2 || !looksLikeATag(fields.back());
}

std::string_view foreignKind(std::string_view head) {
    struct Magic {
        std::string_view bytes, kind;
    };
    static constexpr std::array kMagics{
        Magic{"PK\x03\x04", "a zip archive (or a document of an office program)"},
        Magic{"\x1f\x8b", "a gzip file"},
        Magic{"BZh", "a bzip2 file"},
        Magic{"\xFD"
              "7zXZ",
              "an xz file"},
        Magic{"7z\xBC\xAF", "a 7-Zip archive"},
        Magic{"Rar!", "a RAR archive"},
        Magic{"\x89PNG", "a PNG picture"},
        Magic{"\xff\xd8\xff", "a JPEG picture"},
        Magic{"GIF8", "a GIF picture"},
        Magic{"%PDF-", "a PDF document"},
        Magic{"\xD0\xCF\x11\xE0", "a document of an office program"},
        Magic{"SQLite format 3", "a database"},
        Magic{"\x80\x02", "a Python pickle"},
        Magic{"\x93NUMPY", "a NumPy array"},
        Magic{"PAR1", "a Parquet table"},
        Magic{"\x7f"
              "ELF",
              "a program"},
    };
    for (const Magic& magic : kMagics)
        if (head.starts_with(magic.bytes)) return magic.kind;
    // A stray NUL is odd text; many of them are another kind of file.
    const std::string_view start = head.substr(0, 4096);
    const auto zeros = static_cast<std::size_t>(std::count(start.begin(), start.end(), '\0'));
    return zeros > 1 && zeros * 50 > start.size() ? "binary data" : std::string_view();
}

TextLayout layoutOf(std::string_view head, char lineEnd, bool isWhole, const std::filesystem::path& path) {
    TextLayout layout;
    Sample sample = sampleOf(head, lineEnd, isWhole);
    const auto refuse = [&](const std::string& found) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), found, "a word, a tab and its tag on each line"});
    };
    // A line that is no comment in any layout comes first: formats with a head of such lines name themselves there.
    if (const std::string kind = foreignText(sample); !kind.empty()) refuse(kind);
    dropComments(sample, layout);
    if (sample.lines.empty()) return layout;
    const auto tabs = std::count_if(sample.lines.begin(), sample.lines.end(),
                                    [](std::string_view line) { return line.find('\t') != line.npos; });
    const bool hasTabs = static_cast<double>(tabs) >= kMostTabs * static_cast<double>(sample.lines.size());
    int tagColumn = -2;
    Columns columns;
    for (const Separator separator : {Separator::Tab, Separator::Spaces, Separator::Comma, Separator::Semicolon}) {
        if (hasTabs != (separator == Separator::Tab)) continue;
        columns = columnsOf(sample, separator);
        layout.separator = separator;
        tagColumn = tagColumnOf(
            columns,
            hasTabs ? kFewTags * static_cast<double>(tabs) / static_cast<double>(sample.lines.size()) : kNearlyAll);
        if (tagColumn != -2) break;
    }
    const std::string first = printable(text::repairedUtf8(sample.lines.front().substr(0, 60)));
    if (tagColumn == -2)
        refuse((hasTabs ? "columns of which none holds tags (line " : "lines without a column of tags (line ") +
               std::to_string(sample.numbers.front()) + ": " + first + ")");
    layout.columns = std::max(columns.usual, 2);
    layout.tagColumn = tagColumn;
    layout.wordColumn = tagColumn == 0 ? 1 : 0;
    // With a comma between them, several columns are a table of somebody's own: which of them is the word?
    const bool isTable = layout.separator == Separator::Comma || layout.separator == Separator::Semicolon;
    if (isTable && layout.columns != 2)
        refuse("a table of " + std::to_string(layout.columns) + " columns with a " +
               std::string(layout.separatorText()) + " between them (line " + std::to_string(sample.numbers.front()) +
               ": " + first + ")");
    layout.hasHeader = columns.hasHeader;
    return layout;
}

}  // namespace mnerva::formats
