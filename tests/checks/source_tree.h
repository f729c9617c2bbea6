#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::checks {

struct SourceFile {
    std::string path;  ///< from the root of the sources, with '/'
    std::string text;
};

/// Every file under these folders whose name ends in one of the extensions, sorted by path.
std::vector<SourceFile> sourcesIn(const std::vector<std::string>& folders, const std::vector<std::string>& extensions);
/// .h and .cpp files of core, ui and app.
std::vector<SourceFile> programSources();

/// One file; empty when it is not there.
std::string sourceText(const std::string& path);

/// C++ text of the same length with comments and the insides of literals blanked out, line feeds kept.
std::string withoutCommentsAndLiterals(std::string_view text);

/// From the opening brace at `open` to its partner, both included; empty without one.
std::string_view braced(std::string_view blanked, std::size_t open);

/// Number of the line at an offset, from 1.
int lineAt(std::string_view text, std::size_t offset);

}  // namespace mnerva::checks
