#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::formats {

/// How the lines of a file of tagged text are made: what stands between the columns, and which hold word and tag.
struct TextLayout {
    enum class Separator { Tab, Spaces, Comma, Semicolon };
    Separator separator = Separator::Tab;
    int columns = 2;     ///< that most lines have
    int wordColumn = 0;  ///< from 0
    int tagColumn = -1;  ///< from 0; -1: the last one, however many there are
    bool hasHeader = false;

    /// "tab" and its like, as part of a sentence.
    std::string_view separatorText() const;
};

/// The layout that the first lines of a file speak for. `isWhole`: `head` is the whole file, else its last line may be
/// cut. `path` only names the file in errors.
/// Errors: FormatInvalid, saying what was found: another format (JSON, brat, XML, predictions, ...), a file whose lines
/// have no column of tags.
TextLayout layoutOf(std::string_view head, char lineEnd, bool isWhole, const std::filesystem::path& path);

/// Says what a file is that cannot be text, from its first bytes; empty for text.
std::string_view foreignKind(std::string_view head);

/// A line that says something about the file or the post and is no word: "# text = ...". Only where the line has no
/// tag.
bool isComment(std::string_view line, const TextLayout& layout);

/// Fields of a line. A field of comma- or semicolon-separated values may stand in quotation marks.
void splitFields(std::string_view line, TextLayout::Separator separator, std::vector<std::string>& fields);

/// The spellings that a tag may have before text::cleanedTag: of any scheme, with or without type, special ones.
bool looksLikeATag(std::string_view field);

}  // namespace mnerva::formats
