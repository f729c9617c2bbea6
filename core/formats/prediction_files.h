#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/finding.h"

namespace mnerva::formats {

/// Published prediction files (models.md 1.5): Pre has text, predicted tags, gold tags and an empty line a post; Mtmner
/// has the picture's name in front of them.
enum class PredictionFormat { Pre, Mtmner };
std::string_view predictionFormatName(PredictionFormat format);
std::optional<PredictionFormat> predictionFormatFromName(std::string_view name);

struct PredictionBlock {
    int line = 0;                              ///< 1-based line where the block begins
    std::string image;                         ///< file name, Mtmner only
    std::string text;                          ///< as in the file; that of Pre cannot be split back into words
    std::vector<std::string> predicted, gold;  ///< equally long
};

struct PredictionFile {
    std::vector<PredictionBlock> blocks;
    Findings findings;
};

/// Reads the good blocks in file order. A block with the wrong number of lines ("malformed-block") or with unequal tag
/// lists ("tag-count-mismatch") is left out and reading goes on behind the next empty line. Other findings: empty-file,
/// bom, crlf, invalid-utf8, unknown-tag (kept; "X", "[CLS]", "[SEP]" and "PAD" are known here),
/// missing-final-blank-line. A mark of UTF-16 and CR line ends are understood. Errors: FileMissing, FileIsDirectory,
/// FileUnreadable; FileTooLarge; BoundExceeded; FormatInvalid (no text).
PredictionFile readPredictionFile(const std::filesystem::path& path, PredictionFormat format);

/// The format whose blocks make up most of a file; nothing for a file of neither. Errors: as readPredictionFile.
std::optional<PredictionFormat> recognisePredictionFormat(const std::filesystem::path& path);

/// readPredictionFile() of a file that is one: in the named format or, where none is named, in the one it is in.
/// Errors: FormatInvalid with what was found and what was wanted, where most of the file does not fit.
PredictionFile readFittingPredictionFile(const std::filesystem::path& path, std::optional<PredictionFormat> format);

/// Writes blocks so that readPredictionFile gives them back (that is tried before the file takes its name); line feeds
/// in a text become spaces. Errors: FileUnwritable (also when what would be read again differs), DiskFull.
void writePredictionFile(const std::filesystem::path& path, const std::vector<PredictionBlock>& blocks,
                         PredictionFormat format);

}  // namespace mnerva::formats
