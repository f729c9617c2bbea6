#include "core/train/relation_file.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/utf8.h"

namespace mnerva::train {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isShortLink(std::string_view word) {
    return word.starts_with("http://t.co/") || word.starts_with("https://t.co/");
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (!text::isWhiteSpace(text::nextCodePoint(text, at)))
            words.back() += text.substr(begin, at - begin);
        else if (!words.back().empty())
            words.emplace_back();
    }
    while (!words.empty() && (words.back().empty() || isShortLink(words.back()))) words.pop_back();
    return words;
}

/// What is wrong with a line, or nothing and `out` filled.
const char* parsed(std::string_view line, const fs::path& folder, RelationExample& out) {
    const std::size_t first = line.find('\t'), last = line.rfind('\t');
    if (first == std::string_view::npos || first == last) return "no three fields: ";
    const std::string_view picture = line.substr(0, first), label = line.substr(last + 1);
    if (label != "0" && label != "1") return "neither 0 nor 1 at the end: ";
    if (picture.empty() || !staysInside(fs::path(picture))) return "no picture in the file's folder: ";
    out.input.words = wordsOf(text::repairedUtf8(line.substr(first + 1, last - first - 1)));
    if (out.input.words.empty()) return "no word: ";
    out.input.imagePath = (folder / picture).string();
    out.label = label == "1" ? 1 : 0;
    return nullptr;
}

}  // namespace

std::vector<RelationExample> readRelationFile(const fs::path& path, Findings& findings) {
    const std::string content = readFile(path);
    std::string_view rest = content;
    if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
    std::vector<RelationExample> out;
    for (int number = 1; !rest.empty(); ++number) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        RelationExample example;
        if (const char* wrong = parsed(line, path.parent_path(), example))
            findings.add({"relation-line-invalid", path.string(), number, wrong + text::repairedUtf8(line)});
        else
            out.push_back(std::move(example));
    }
    if (out.empty())
        throw Error(ErrorCode::FormatInvalid,
                    {path.string(), "no good line", "lines of a picture's path, a text and 0 or 1, with tabs between"});
    return out;
}

}  // namespace mnerva::train
