#pragma once

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/workflow/cases/case_table.h"

namespace mnerva::workflow {

/// The words of a report for people; in English, or translated by whoever asks for it.
struct CaseWords {
    std::string right = "right", missing = "no answer for this post", aligned = "placed by characters",
                nothing = "no entity", reference = "reference";
    std::array<std::string, eval::kErrorKinds> errors{"boundary", "type", "type and boundary", "missed", "spurious"};

    const std::string& of(const std::optional<eval::ErrorKind>& error) const;
};

/// The sign that stands before a word of CaseWords, so that no colour is needed.
std::string_view verdictSign(const std::optional<eval::ErrorKind>& error);

/// Cases on their way out, with all that must stand beside them.
struct CaseReport {
    std::string title;    ///< of the project
    std::string caption;  ///< layers, reference, split, fingerprint: what a figure must say of itself
    std::string reference;
    std::vector<std::pair<CaseTable::Layer, CaseTable::Sum>> layers;
    std::size_t found = 0;  ///< posts that were picked; the cases may be the first of them
    std::vector<Case> cases;
    LabelSet labels;  ///< of the project: they give the types their colours
};

/// The cases of rows; the caption and the title are left to the caller. Throws Cancelled.
CaseReport reportOf(const project::Project& project, const CaseTable& table, const std::vector<std::uint32_t>& rows,
                    std::size_t limit, const std::stop_token& stop = {});

/// The words first to last of a post, joined by its rule.
std::string wordsOf(const Case& shown, int first, int last);

/// Lanes under the words, in lines of so many terminal columns.
std::string casesText(const CaseReport& report, int columns = 100, const CaseWords& words = {});
nlohmann::json casesJson(const CaseReport& report);
/// One page that needs nothing else: no scripts, nothing from the network. A photo of up to 300 kB stands in it, a
/// larger one is linked from the folder of `file`. Text is escaped.
std::string casesHtml(const CaseReport& report, const std::filesystem::path& file, const CaseWords& words = {});
/// A document with the cases as one long table (Figure 3 of the paper), for XeLaTeX or LuaLaTeX with booktabs,
/// longtable, array, amssymb, graphicx, iftex and fontspec; Chinese and emoji get a font that has them where one is
/// installed. Photos in JPEG or PNG are linked from the folder of `file`. The lines between "% begin cases" and "% end
/// cases" are the table alone.
std::string casesLatex(const CaseReport& report, const std::filesystem::path& file, const CaseWords& words = {});

}  // namespace mnerva::workflow
