#include "tests/checks/source_tree.h"

#include <algorithm>

#include "core/base/file.h"

namespace mnerva::checks {
namespace fs = std::filesystem;

std::vector<SourceFile> sourcesIn(const std::vector<std::string>& folders, const std::vector<std::string>& extensions) {
    const fs::path root = MNERVA_SOURCE_DIR;
    std::vector<SourceFile> out;
    for (const std::string& folder : folders) {
        if (!fs::is_directory(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const bool wanted =
                std::find(extensions.begin(), extensions.end(), entry.path().extension()) != extensions.end();
            if (entry.is_regular_file() && wanted)
                out.push_back({fs::relative(entry.path(), root).generic_string(), readFile(entry.path())});
        }
    }
    std::sort(out.begin(), out.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return out;
}

std::vector<SourceFile> programSources() {
    return sourcesIn({"core", "ui", "app"}, {".h", ".cpp"});
}

std::string sourceText(const std::string& path) {
    const fs::path whole = fs::path(MNERVA_SOURCE_DIR) / path;
    return fs::is_regular_file(whole) ? readFile(whole) : std::string();
}

namespace {

/// Blanks [from, to) but for line feeds.
void blank(std::string& text, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, text.size()); ++i)
        if (text[i] != '\n') text[i] = ' ';
}

/// Offset behind the quote that ends a plain literal opened at `from`.
std::size_t endOfLiteral(std::string_view text, std::size_t from) {
    const char quote = text[from];
    std::size_t i = from + 1;
    while (i < text.size() && text[i] != quote && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

bool isWordCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

}  // namespace

std::string withoutCommentsAndLiterals(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (text.substr(i, 2) == "//") {
            end = std::min(text.find('\n', i), text.size());
            blank(out, i, end);
        } else if (text.substr(i, 2) == "/*") {
            end = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
            blank(out, i, end);
        } else if (text.substr(i, 2) == "R\"" && (i == 0 || !isWordCharacter(text[i - 1]))) {
            const std::size_t open = std::min(text.find('(', i), text.size());
            std::string close(1, ')');
            close.append(text.substr(i + 2, open - i - 2)).append(1, '"');
            end = std::min(text.find(close, open), text.size() - close.size()) + close.size();
            blank(out, i + 2, end - 1);
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !isWordCharacter(text[i - 1])))) {
            // A quote inside a number (1'000) is no literal.
            end = endOfLiteral(text, i);
            blank(out, i + 1, end - 1);
        }
        i = end;
    }
    return out;
}

std::string_view braced(std::string_view blanked, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < blanked.size(); ++i) {
        if (blanked[i] == '{') ++depth;
        if (blanked[i] == '}' && --depth == 0) return blanked.substr(open, i - open + 1);
    }
    return {};
}

int lineAt(std::string_view text, std::size_t offset) {
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace mnerva::checks
