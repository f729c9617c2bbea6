#include "core/workflow/cases/case_filter.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/translatable.h"

namespace mnerva::workflow {
namespace {

constexpr std::size_t kRowsBetweenLooks = 16384;

/// Names as the query language takes them: in quotes where they hold more than letters, digits and the usual signs.
std::string quoted(const std::string& name) {
    const bool isPlain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return c >= 0x80 || std::isalnum(c) || c == '-' || c == '_' || c == '.';
    });
    if (isPlain) return name;
    std::string out = "\"";
    for (const char c : name) out += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
    return out + "\"";
}

bool hasWrong(const CaseTable& table, std::size_t layer, std::size_t row, const std::vector<eval::ErrorKind>& kinds) {
    if (!table.isJudged(layer, row)) return false;
    const Standing& standing = table.standing(layer, row);
    if (kinds.empty()) return standing.wrong() > 0;
    return std::any_of(kinds.begin(), kinds.end(), [&](eval::ErrorKind kind) { return standing.of(kind) > 0; });
}

bool isRight(const CaseTable& table, std::size_t layer, std::size_t row) {
    return layer == table.reference() || (table.isJudged(layer, row) && table.standing(layer, row).wrong() == 0);
}

template <class Test>
bool anySystem(const CaseTable& table, const Test& test) {
    for (std::size_t layer = 0; layer < table.layers().size(); ++layer)
        if (table.layers()[layer].isSystem() && test(layer)) return true;
    return false;
}

bool agrees(const CaseTable& table, std::size_t row, SentenceFilter::Agreement agreement,
            const std::vector<eval::ErrorKind>& kinds) {
    using Agreement = SentenceFilter::Agreement;
    const auto wrong = [&](std::size_t layer) { return hasWrong(table, layer, row, kinds); };
    switch (agreement) {
        case Agreement::Any:
            return true;
        case Agreement::SomeWrong:
            return anySystem(table, wrong);
        case Agreement::Differ:
            return anySystem(table, [&](std::size_t layer) { return table.isCovered(layer, row); }) &&
                   !table.areSystemsEqual(row);
        case Agreement::AllAgainst:
            return table.areSystemsEqual(row) && anySystem(table, wrong);
        case Agreement::AllRight:
            return anySystem(table, [&](std::size_t layer) { return table.isJudged(layer, row); }) &&
                   !anySystem(table, [&](std::size_t layer) { return hasWrong(table, layer, row, {}); });
    }
    return false;
}

}  // namespace

std::vector<std::uint32_t> SentenceFilter::rows(const CaseTable& table, const std::stop_token& stop) const {
    struct Part {
        std::size_t layer = 0;
        Wanted wanted = Wanted::Right;
    };
    std::vector<Part> parts;
    for (const LayerPart& part : layers) {
        const auto layer = table.layerOf(part.layer);
        if (!layer) return {};
        parts.push_back({*layer, part.wanted});
    }
    const bool saysWrong =
        std::any_of(parts.begin(), parts.end(), [](const Part& p) { return p.wanted == Wanted::Wrong; });
    // Kinds alone, without a layer that is to be wrong, are of any of the systems.
    const Agreement held =
        agreement == Agreement::Any && !kinds.empty() && !saysWrong ? Agreement::SomeWrong : agreement;
    const std::unordered_set<std::string> ids(posts.begin(), posts.end());
    std::vector<std::uint32_t> kept;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row % kRowsBetweenLooks == 0 && stop.stop_requested()) throw Cancelled{};
        if (!ids.empty() && !ids.contains(table.externalId(row))) continue;
        if (picture != Picture::Any && table.hasPicture(row) != (picture == Picture::With)) continue;
        const bool fits = std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
            return part.wanted == Wanted::Right ? isRight(table, part.layer, row)
                                                : hasWrong(table, part.layer, row, kinds);
        });
        if (fits && agrees(table, row, held, kinds)) kept.push_back(static_cast<std::uint32_t>(row));
    }
    return kept;
}

std::string SentenceFilter::queryLine() const {
    std::string line;
    const auto add = [&](const std::string& term) { line += (line.empty() ? "" : " ") + term; };
    for (const LayerPart& part : layers) {
        if (part.wanted == Wanted::Right) {
            add("right(" + quoted(part.layer) + ")");
        } else if (kinds.empty()) {
            add("error(" + quoted(part.layer) + ")");
        } else {
            std::string any;
            for (const eval::ErrorKind kind : kinds)
                any += (any.empty() ? "" : " or ") + ("error(" + quoted(part.layer) + "):") +
                       std::string(eval::errorKindName(kind));
            add(kinds.size() > 1 ? "(" + any + ")" : any);
        }
    }
    switch (agreement) {
        case Agreement::Any:
            break;
        case Agreement::SomeWrong:
            add("error()");
            break;
        case Agreement::Differ:
            add("disagree()");
            break;
        case Agreement::AllAgainst:
            add("against()");
            break;
        case Agreement::AllRight:
            add("right()");
            break;
    }
    if (picture != Picture::Any) add(picture == Picture::With ? "img:yes" : "img:no");
    std::string ids;
    for (const std::string& id : posts) ids += (ids.empty() ? "" : " or ") + ("id:" + quoted(id));
    if (!ids.empty()) add(posts.size() > 1 ? "(" + ids + ")" : ids);
    return line;
}

void sortRows(std::vector<std::uint32_t>& rows, const CaseTable& table, CaseOrder order) {
    if (order == CaseOrder::Project) {
        std::sort(rows.begin(), rows.end());
        return;
    }
    std::vector<std::pair<double, std::uint32_t>> keyed;
    keyed.reserve(rows.size());
    for (const std::uint32_t row : rows)
        keyed.emplace_back(
            order == CaseOrder::Disagreeing ? table.disagreeing(row) : table.confidenceGap(row).value_or(-1), row);
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = keyed[i].second;
}

void sortByName(std::vector<std::uint32_t>& rows, const CaseTable& table, const std::vector<std::string>& posts) {
    const auto place = [&](std::uint32_t row) {
        return std::find(posts.begin(), posts.end(), table.externalId(row)) - posts.begin();
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
}

const std::vector<SavedView>& builtInViews() {
    static const std::vector<SavedView> views{{"figure-3",
                                               MNERVA_TEXT("SavedView", "Figure 3 of the paper"),
                                               {"587868", "791750", "841095", "456985", "806530"}}};
    return views;
}

std::vector<SavedView> viewsOf(const CaseTable& table) {
    std::unordered_set<std::string> ids;
    for (std::size_t row = 0; row < table.rows(); ++row) ids.insert(table.externalId(row));
    std::vector<SavedView> there;
    for (const SavedView& view : builtInViews())
        if (std::all_of(view.posts.begin(), view.posts.end(), [&](const std::string& id) { return ids.contains(id); }))
            there.push_back(view);
    return there;
}

}  // namespace mnerva::workflow
