#include "core/workflow/cases/case_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/domain/confidence.h"
#include "core/text/columns.h"
#include "core/workflow/cases/lane_layout.h"

namespace mnerva::workflow {
namespace {

constexpr std::string_view kNameGap = "  ";
constexpr int kWidestName = 24;

std::string repeated(std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
}

std::string padded(const std::string& text, int columns) {
    return text + std::string(static_cast<std::size_t>(std::max(0, columns - text::terminalColumns(text))), ' ');
}

std::string confidenceText(const Entity& entity) {
    if (!entity.confidence) return {};
    return " " + shortConfidence(*entity.confidence);
}

/// What follows the bracket of a mark.
std::string noteOf(const Lane& lane, const LaneEntity& e, const CaseWords& words) {
    std::string note;
    if (lane.isJudged) {
        note = " " + std::string(verdictSign(e.error));
        if (e.error) note += " " + words.of(e.error);
    }
    return note + (e.isMissed() ? "" : confidenceText(e.entity));
}

/// The lines of one post.
class LanesText {
public:
    LanesText(const Case& shown, int columns, const CaseWords& words) : m_case(shown), m_words(words) {
        for (const Lane& lane : shown.lanes)
            m_nameWidth = std::max(m_nameWidth, std::min(kWidestName, text::terminalColumns(lane.reading.layer)));
        std::vector<double> widths;
        for (const std::string& word : shown.words) widths.push_back(text::terminalColumns(word));
        for (std::size_t l = 0; l < shown.lanes.size(); ++l)
            for (const LaneEntity& e : shown.lanes[l].entities) {
                const double least = text::terminalColumns(e.entity.type) + 2;
                m_marks.push_back({static_cast<int>(l), e.entity.first, e.entity.last, least,
                                   static_cast<double>(text::terminalColumns(noteOf(shown.lanes[l], e, words)))});
                m_sources.push_back({&shown.lanes[l], &e});
            }
        const double room = std::max(20, columns - m_nameWidth - 2 * static_cast<int>(kNameGap.size()));
        m_layout = layLanes(widths, m_marks, {room, shown.join == JoinRule::Space ? 1.0 : 0.0, 1.0});
    }

    std::string text() const {
        std::string out;
        for (std::size_t line = 0; line < m_layout.lines.size(); ++line) {
            out += wordsLine(line);
            if (!m_layout.lines[line].hasMarks) continue;
            for (std::size_t lane = 0; lane < m_case.lanes.size(); ++lane)
                if (m_case.lanes[lane].reading.isCovered) out += laneLine(line, lane);
        }
        for (const Lane& lane : m_case.lanes) {
            std::string note;
            if (!lane.reading.isCovered) note = m_words.missing;
            if (lane.reading.isAligned) note = m_words.aligned;
            if (!note.empty()) out += prefix(lane.reading.layer) + "(" + note + ")\n";
        }
        return out;
    }

private:
    std::string prefix(const std::string& name) const {
        std::string shown = name;
        while (text::terminalColumns(shown) > kWidestName) shown.pop_back();
        return std::string(kNameGap) + padded(shown, m_nameWidth) + std::string(kNameGap);
    }

    static void moveTo(std::string& line, int& column, double wanted) {
        const int missing = std::max(0, static_cast<int>(wanted) - column);
        line += std::string(static_cast<std::size_t>(missing), ' ');
        column += missing;
    }

    std::string wordsLine(std::size_t line) const {
        std::string out = prefix({});
        int column = 0;
        for (int w = m_layout.lines[line].firstWord; w <= m_layout.lines[line].lastWord; ++w) {
            const auto word = static_cast<std::size_t>(w);
            moveTo(out, column, m_layout.words[word].left);
            out += m_case.words[word];
            column += text::terminalColumns(m_case.words[word]);
        }
        return out + "\n";
    }

    std::string laneLine(std::size_t line, std::size_t lane) const {
        std::string out = prefix(m_case.lanes[lane].reading.layer);
        int column = 0;
        for (const LaneLayout::Segment& segment : m_layout.segments) {
            const auto mark = static_cast<std::size_t>(segment.mark);
            if (segment.line != static_cast<int>(line) || m_marks[mark].lane != static_cast<int>(lane)) continue;
            moveTo(out, column, segment.left);
            const auto [source, entity] = m_sources[mark];
            std::string label = segment.begins ? entity->entity.type : std::string();
            const int inside = static_cast<int>(segment.right - segment.left) - segment.begins - segment.ends;
            label += repeated(entity->isMissed() ? " " : "─", inside - text::terminalColumns(label));
            label = (segment.begins ? "[" : "") + label + (segment.ends ? "]" : "");
            if (segment.ends) label += noteOf(*source, *entity, m_words);
            out += label;
            column += text::terminalColumns(label);
        }
        while (!out.empty() && out.back() == ' ') out.pop_back();
        return out + "\n";
    }

    const Case& m_case;
    const CaseWords& m_words;
    int m_nameWidth = 0;
    std::vector<LaneMark> m_marks;
    std::vector<std::pair<const Lane*, const LaneEntity*>> m_sources;
    LaneLayout m_layout;
};

std::string sumsText(const CaseReport& report, const CaseWords& words) {
    std::string out = fmt::format("{:<{}}  {:>6}  {:>6}", "layer", kWidestName, "posts", words.right);
    for (const std::string& error : words.errors) out += fmt::format("  {:>17}", error);
    out += "\n";
    for (const auto& [layer, sum] : report.layers) {
        out += fmt::format("{}  {:>6}  {:>6}", padded(layer.name, kWidestName), sum.posts, sum.right);
        for (const int count : sum.errors) out += fmt::format("  {:>17}", count);
        out += "\n";
    }
    return out;
}

nlohmann::json laneJson(const Case& shown, const Lane& lane) {
    nlohmann::json entities = nlohmann::json::array();
    for (const LaneEntity& e : lane.entities) {
        nlohmann::json one{{"type", e.entity.type},
                           {"first", e.entity.first},
                           {"last", e.entity.last},
                           {"text", wordsOf(shown, e.entity.first, e.entity.last)}};
        if (e.entity.confidence && !e.isMissed()) one["confidence"] = *e.entity.confidence;
        if (lane.isJudged) one["verdict"] = e.error ? eval::errorKindName(*e.error) : "right";
        entities.push_back(std::move(one));
    }
    return {{"layer", lane.reading.layer},
            {"covered", lane.reading.isCovered},
            {"aligned", lane.reading.isAligned},
            {"reference", lane.isReference},
            {"entities", std::move(entities)}};
}

}  // namespace

const std::string& CaseWords::of(const std::optional<eval::ErrorKind>& error) const {
    return error ? errors[static_cast<std::size_t>(*error)] : right;
}

std::string_view verdictSign(const std::optional<eval::ErrorKind>& error) {
    if (!error) return "✓";
    switch (*error) {
        case eval::ErrorKind::Boundary:
            return "↔";
        case eval::ErrorKind::Type:
            return "≠";
        case eval::ErrorKind::BoundaryAndType:
            return "≠↔";
        case eval::ErrorKind::Missed:
            return "○";
        case eval::ErrorKind::Spurious:
            return "+";
    }
    return "";
}

std::string wordsOf(const Case& shown, int first, int last) {
    std::string out;
    for (int w = first; w <= last; ++w)
        out += (w > first && shown.join == JoinRule::Space ? " " : "") + shown.words[static_cast<std::size_t>(w)];
    return out;
}

CaseReport reportOf(const project::Project& project, const CaseTable& table, const std::vector<std::uint32_t>& rows,
                    std::size_t limit, const std::stop_token& stop) {
    CaseReport report;
    report.labels = project.labels();
    report.reference = table.layers()[table.reference()].name;
    for (std::size_t layer = 0; layer < table.layers().size(); ++layer)
        if (layer != table.reference()) report.layers.emplace_back(table.layers()[layer], table.sumOf(layer));
    report.found = rows.size();
    for (std::size_t i = 0; i < std::min(limit, rows.size()); ++i) {
        if (stop.stop_requested()) throw Cancelled{};
        report.cases.push_back(caseOf(project, table, rows[i]));
    }
    return report;
}

std::string casesText(const CaseReport& report, int columns, const CaseWords& words) {
    std::string out = report.title.empty() ? "" : report.title + "\n";
    if (!report.caption.empty()) out += report.caption + "\n";
    out += "\n" + sumsText(report, words);
    for (const Case& shown : report.cases) {
        out += "\n" + shown.externalId;
        if (shown.split != Split::None) out += " · " + std::string(splitName(shown.split));
        out += "\n" + LanesText(shown, columns, words).text();
    }
    return out;
}

nlohmann::json casesJson(const CaseReport& report) {
    nlohmann::json layers = nlohmann::json::array(), cases = nlohmann::json::array();
    for (const auto& [layer, sum] : report.layers) {
        nlohmann::json errors = nlohmann::json::object();
        for (std::size_t kind = 0; kind < sum.errors.size(); ++kind)
            errors[std::string(eval::errorKindName(static_cast<eval::ErrorKind>(kind)))] = sum.errors[kind];
        layers.push_back(
            {{"layer", layer.name}, {"posts", sum.posts}, {"right", sum.right}, {"errors", std::move(errors)}});
    }
    for (const Case& shown : report.cases) {
        nlohmann::json lanes = nlohmann::json::array();
        for (const Lane& lane : shown.lanes) lanes.push_back(laneJson(shown, lane));
        cases.push_back({{"id", shown.externalId},
                         {"split", splitName(shown.split)},
                         {"words", shown.words},
                         {"picture", shown.image ? shown.image->file : ""},
                         {"lanes", std::move(lanes)}});
    }
    return {{"reference", report.reference},
            {"caption", report.caption},
            {"layers", std::move(layers)},
            {"found", report.found},
            {"cases", std::move(cases)}};
}

}  // namespace mnerva::workflow
