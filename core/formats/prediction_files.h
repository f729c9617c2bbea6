#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/finding.h"
#include "core/formats/format.h"

namespace mnerva::formats {

struct PredictionBlock {
    int line = 0;                              ///< 1-based line where the block begins
    std::string image;                         ///< file name; empty where the format names no picture
    std::string text;                          ///< as in the file; it cannot be split back into words
    std::vector<std::string> predicted, gold;  ///< equally long
    /// Where the format has several systems: the tags of each, as long; the first is `predicted`.
    std::vector<std::vector<std::string>> systems = {};
};

struct PredictionFile {
    std::vector<PredictionBlock> blocks;
    Findings findings;
};

/// Reads the good blocks of a published prediction file (models.md 1.5) in file order: a line with the picture's name
/// where `namesPictures`, then text, predicted tags, gold tags and an empty line. A block with the wrong number of
/// lines ("malformed-block") or with unequal tag lists ("tag-count-mismatch") is left out and reading goes on behind
/// the next empty line. Other findings: empty-file, bom, crlf, invalid-utf8, unknown-tag (kept; "X", "[CLS]", "[SEP]"
/// and "PAD" are known here), missing-final-blank-line. A mark of UTF-16 and CR line ends are understood. Errors:
/// FileMissing, FileIsDirectory, FileUnreadable; FileTooLarge; BoundExceeded; FormatInvalid (no text).
PredictionFile readBlocks(const std::filesystem::path& path, bool namesPictures);
/// Appends a block as readBlocks() reads it; line feeds in its text become spaces.
void appendBlock(std::string& out, const PredictionBlock& block, bool namesPictures);

/// True for tags that a scheme makes and for those that published systems predict beside them ("X", "[SEP]", "PAD").
bool isKnownPrediction(std::string_view tag);

// The formats below are those of PredictionKind.

/// What formats of such blocks have alike; `block`, a literal, says of what lines one is made. Name, title and help are
/// their own.
Format blockFormat(bool namesPictures, std::string_view block);

/// The format whose blocks make up most of a file; null for a file of none. Errors: as its reader.
const Format* recognisePredictions(const std::filesystem::path& path);

/// A file that is one of predictions: in the given format or, where none is given, in the one it is in. Errors: those
/// of its reader; FormatInvalid with what was found and what was wanted, where most of the file does not fit.
PredictionFile readFittingPredictions(const std::filesystem::path& path, const Format* format);

/// Writes blocks so that the format gives them back (that is tried before the file takes its name). Errors:
/// FileUnwritable (also when what would be read again differs), DiskFull.
void writePredictions(const std::filesystem::path& path, const std::vector<PredictionBlock>& blocks,
                      const Format& format);

/// The tags of a line, between single or several spaces.
std::vector<std::string> splitTags(std::string_view line);

}  // namespace mnerva::formats
