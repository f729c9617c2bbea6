#include "app/commands/report_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/domain/finding_text.h"
#include "core/protocol/finding_json.h"
#include "core/text/columns.h"

namespace mnerva::app {
namespace {

/// What a terminal needs: a Chinese character takes two.
std::size_t columnsOf(const std::string& cell) {
    return static_cast<std::size_t>(text::terminalColumns(cell));
}

std::string placeOf(const Finding& finding) {
    std::string place = finding.file;
    if (finding.line > 0) place += ":" + std::to_string(finding.line);
    if (!finding.text.empty()) place += (place.empty() ? "" : ": ") + finding.text;
    return place;
}

}  // namespace

nlohmann::json prfJson(const eval::Prf& prf) {
    return {{"p", prf.precision}, {"r", prf.recall}, {"f1", prf.f1}, {"support", prf.support}};
}

nlohmann::json findingsJson(const Findings& findings) {
    nlohmann::json list = nlohmann::json::array();
    for (const Finding& f : findings.list()) list.push_back(protocol::toJson(f));
    return list;
}

nlohmann::json findingCountsJson(const Findings& findings) {
    nlohmann::json counts = nlohmann::json::object();
    for (const auto& [code, count] : findings.counts()) counts[code] = count;
    return counts;
}

std::string findingsText(const Findings& findings) {
    std::string text;
    for (const auto& [code, count] : findings.counts()) {
        const auto& list = findings.list();
        const auto first =
            std::find_if(list.begin(), list.end(), [&, &name = code](const Finding& f) { return f.code == name; });
        text += fmt::format("  {:>8} x {} [{}]\n", count, findingSentence(code), code);
        if (const std::string place = first == list.end() ? "" : printable(placeOf(*first)); !place.empty())
            text += fmt::format("             first: {}\n", place);
        if (const std::string_view advice = findingAdvice(code); !advice.empty())
            text += fmt::format("             {}\n", advice);
    }
    return text.empty() ? text : "Findings:\n" + text;
}

nlohmann::json scoreJson(const eval::Score& score) {
    nlohmann::json types = nlohmann::json::object();
    for (const auto& [type, prf] : score.types) types[type] = prfJson(prf);
    return {{"rule", eval::ruleName(score.rule)},  {"micro", prfJson(score.micro)}, {"macro", prfJson(score.macro)},
            {"weighted", prfJson(score.weighted)}, {"types", std::move(types)},     {"gold", score.gold},
            {"predicted", score.predicted}};
}

std::optional<text::TagScheme> schemeOption(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto scheme = text::schemeFromName(name);
    if (!scheme) throw Error(ErrorCode::OptionInvalid, {"--scheme", name, "bio, bmes, bioes or iob1"});
    return scheme;
}

std::string tableText(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], columnsOf(row[i]));
        }
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - columnsOf(row[i]), ' ');
            out += i == 0 ? row[i] + padding : "  " + padding + row[i];
        }
        out.erase(out.find_last_not_of(' ') + 1);
        out += '\n';
    }
    return out;
}

}  // namespace mnerva::app
