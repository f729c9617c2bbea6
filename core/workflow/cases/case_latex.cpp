#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/domain/confidence.h"
#include "core/eval/latex.h"
#include "core/text/utf8.h"
#include "core/vision/picture_header.h"
#include "core/workflow/cases/case_report.h"

namespace mnerva::workflow {
namespace {

namespace fs = std::filesystem;

/// Fonts are asked for by name and none has to be there: without one the text stays, in the document's font.
constexpr std::string_view kPreamble = R"(% Compile with xelatex or lualatex.
\documentclass[a4paper,10pt]{article}
\usepackage{iftex}
\RequireTUTeX
\usepackage{fontspec}
\usepackage{graphicx,booktabs,longtable,array,amssymb}
\usepackage[margin=18mm]{geometry}
\newcommand{\mnervafirstfont}[2]{\IfFontExistsTF{#2}{\newfontfamily#1{#2}}{}}
\newcommand{\mnervacjk}[1]{{\ifdefined\mnervacjkfont\mnervacjkfont\fi #1}}
\newcommand{\mnervaemoji}[2]{{\ifdefined\mnervaemojifont\mnervaemojifont\fi
  \iffontchar\font"#1 #2\else\normalfont\footnotesize[U+#1]\fi}}
\makeatletter
\@for\mnervaname:=Noto Serif CJK SC,Noto Sans CJK SC,Source Han Serif SC,FandolSong,SimSun,Songti SC,WenQuanYi Micro Hei,WenQuanYi Zen Hei,AR PL UMing CN,Droid Sans Fallback\do{%
  \ifdefined\mnervacjkfont\else\expandafter\mnervafirstfont\expandafter\mnervacjkfont\expandafter{\mnervaname}\fi}
\ifdefined\directlua\IfFontExistsTF{Noto Color Emoji}{\newfontfamily\mnervaemojifont{Noto Color Emoji}[Renderer=HarfBuzz]}{}\fi
\@for\mnervaname:=Noto Emoji,Symbola,Segoe UI Emoji,Apple Symbols,DejaVu Sans\do{%
  \ifdefined\mnervaemojifont\else\expandafter\mnervafirstfont\expandafter\mnervaemojifont\expandafter{\mnervaname}\fi}
\makeatother
\ifdefined\XeTeXlinebreaklocale\XeTeXlinebreaklocale "zh"\XeTeXlinebreakskip=0pt plus 1pt\fi
\newcommand{\mnervatype}[1]{\textsf{\footnotesize #1}}
\newcommand{\mnervaright}{\ensuremath{\checkmark}}
\newcommand{\mnervawrong}[2]{\ensuremath{#1}~\emph{#2}}
\begin{document}
\small
)";

enum class Script { Latin, Cjk, Emoji };

Script scriptOf(char32_t point) {
    const auto c = static_cast<UChar32>(point);
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
            return Script::Cjk;
        default:
            break;
    }
    if (point >= 0x80 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) return Script::Emoji;
    const bool isWide = (point >= 0x3000 && point <= 0x303F) || (point >= 0xFF00 && point <= 0xFFEF);
    return isWide ? Script::Cjk : Script::Latin;
}

std::string escapedPoint(char32_t point) {
    // A long address may break after its signs.
    return eval::latexPoint(point) + (point == '/' || point == '.' ? "\\allowbreak{}" : "");
}

/// Text of files for LaTeX: nothing in it is a command, and what the document's font lacks is in a font of its own.
std::string escaped(std::string_view text) {
    std::string out;
    Script open = Script::Latin;
    const auto change = [&](Script wanted) {
        if (wanted == open) return;
        if (open == Script::Cjk) out += "}";
        if (wanted == Script::Cjk) out += "\\mnervacjk{";
        open = wanted;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = text::nextCodePoint(text, at);
        const bool isJoined = point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F);
        if (isJoined || u_charType(static_cast<UChar32>(point)) == U_FORMAT_CHAR) continue;  // no glyph of its own
        change(scriptOf(point));
        // One by one: a font that lacks a character names it instead of leaving it out.
        out += open == Script::Emoji
                   ? fmt::format("\\mnervaemoji{{{:X}}}{{{}}}", static_cast<std::uint32_t>(point), escapedPoint(point))
                   : escapedPoint(point);
    }
    change(Script::Latin);
    return out;
}

/// The sign of a kind of error in mathematics.
std::string_view mathSign(eval::ErrorKind kind) {
    static constexpr std::array<std::string_view, eval::kErrorKinds> kSigns{"\\leftrightarrow", "\\neq",
                                                                            "\\neq\\leftrightarrow", "\\circ", "+"};
    return kSigns[static_cast<std::size_t>(kind)];
}

std::string laneLatex(const Case& shown, const Lane& lane, const CaseWords& words) {
    if (!lane.reading.isCovered) return "\\emph{" + escaped(words.missing) + "}";
    std::string out;
    for (const LaneEntity& e : lane.entities) {
        if (!out.empty()) out += ";\\quad{} ";
        out += escaped(wordsOf(shown, e.entity.first, e.entity.last)) + " \\mnervatype{" + escaped(e.entity.type) + "}";
        if (lane.isJudged)
            out += e.error ? fmt::format(" \\mnervawrong{{{}}}{{{}}}", mathSign(*e.error), escaped(words.of(e.error)))
                           : " \\mnervaright{}";
        if (e.entity.confidence && !e.isMissed())
            out += fmt::format(" {{\\footnotesize {}}}", confidenceDigits(*e.entity.confidence));
    }
    if (out.empty()) out = "\\emph{" + escaped(words.nothing) + "}";
    if (lane.reading.isAligned) out += " \\emph{(" + escaped(words.aligned) + ")}";
    return out;
}

/// The photo in its column; nothing where LaTeX could not take it.
std::string photoLatex(const Case& shown, const fs::path& file) {
    if (!shown.image || !shown.image->exists || shown.image->path.empty()) return {};
    try {
        const vision::PictureKind kind = vision::peekPictureHeader(shown.image->path).kind;
        if (kind != vision::PictureKind::Jpeg && kind != vision::PictureKind::Png) return {};
    } catch (const Error&) {
        return {};
    }
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    const std::string path = fs::path(shown.image->path).lexically_relative(folder).generic_string();
    // In a file name these are commands to TeX and cannot be written otherwise.
    if (path.empty() || path.find_first_of("\\{}%#~^$&\"'") != std::string::npos) return {};
    return "\\IfFileExists{\\detokenize{" + path +
           "}}{\\includegraphics[width=28mm,height=40mm,keepaspectratio]{\\detokenize{" + path + "}}}{}";
}

/// Widths as shares of the line; without a photo in the whole document its column goes.
struct Columns {
    bool hasPhotos = false;
    static constexpr double kLayer = 0.13;
    double text() const { return hasPhotos ? 0.75 : 0.93; }
};

std::string width(double share) {
    return fmt::format("p{{{:.2f}\\textwidth}}", share);
}

std::string caseLatex(const Case& shown, const std::string& photo, const Columns& columns, const CaseWords& words) {
    std::string out;
    if (!photo.empty()) out += "\\raisebox{\\dimexpr\\ht\\strutbox-\\height\\relax}{" + photo + "}";
    if (columns.hasPhotos) out += " & ";
    out += "\\begin{tabular}[t]{@{}>{\\raggedright\\arraybackslash}" + width(Columns::kLayer) +
           ">{\\raggedright\\arraybackslash}" + width(columns.text() - Columns::kLayer) + "@{}}\n\\multicolumn{2}{@{}" +
           width(columns.text()) + "@{}}{\\raggedright " +
           escaped(wordsOf(shown, 0, static_cast<int>(shown.words.size()) - 1)) + " {\\footnotesize(" +
           escaped(shown.externalId) + ")}} \\\\[2pt]\n";
    for (const Lane& lane : shown.lanes)
        out += escaped(lane.reading.layer) + " & " + laneLatex(shown, lane, words) + " \\\\\n";
    return out + "\\end{tabular} \\\\\n";
}

}  // namespace

std::string casesLatex(const CaseReport& report, const fs::path& file, const CaseWords& words) {
    std::string out(kPreamble);
    std::vector<std::string> photos;
    for (const Case& shown : report.cases) photos.push_back(photoLatex(shown, file));
    const Columns columns{std::any_of(photos.begin(), photos.end(), [](const auto& photo) { return !photo.empty(); })};
    out += "% begin cases\n\\begin{longtable}{@{}" +
           (columns.hasPhotos ? width(0.17) + width(0.78) : width(columns.text() + 0.03)) + "@{}}\n\\toprule\n";
    for (std::size_t i = 0; i < report.cases.size(); ++i)
        out += (i == 0 ? "" : "\\midrule\n") + caseLatex(report.cases[i], photos[i], columns, words);
    out += "\\bottomrule\n\\end{longtable}\n% end cases\n";
    if (!report.caption.empty()) out += "\\noindent{\\footnotesize " + escaped(report.caption) + "}\n";
    return out + "\\end{document}\n";
}

}  // namespace mnerva::workflow
