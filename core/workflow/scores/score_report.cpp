#include "core/workflow/scores/score_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace mnerva::workflow {
namespace {

std::string number(double value) {
    return fmt::format("{:.4f}", value);
}

std::string intervalText(const std::optional<eval::Interval>& interval) {
    return interval ? number(interval->low) + " to " + number(interval->high) : std::string();
}

std::string typeName(const ScoreSource& source, int type) {
    return type == eval::Unit::kNone ? "O" : source.table->types().name(type);
}

std::vector<std::string> prfRow(const std::string& layer, const std::string& type, const eval::Prf& prf) {
    return {layer,
            type,
            number(prf.precision),
            number(prf.recall),
            number(prf.f1),
            std::to_string(prf.support),
            std::to_string(prf.predicted),
            std::to_string(prf.correct)};
}

constexpr std::array kKinds{eval::ErrorKind::Boundary, eval::ErrorKind::Type, eval::ErrorKind::BoundaryAndType,
                            eval::ErrorKind::Missed, eval::ErrorKind::Spurious};

}  // namespace

eval::ReportTable systemsReport(const ScoreTable& table, const std::string& caption) {
    eval::ReportTable out{
        "scores", "Scores: " + caption, {"layer", "P", "R", "F1", "95 % interval", "macro F1", "weighted F1"}, {}};
    for (const std::string& type : table.types) out.head.push_back(type + " F1");
    out.head.push_back("posts");
    for (const SystemScore& row : table.rows) {
        const eval::Score& score = row.score.score;
        if (!row.score.isScored) {
            std::vector<std::string> cells{row.layer, std::string(noRegionsText())};
            cells.resize(out.head.size());
            out.rows.push_back(std::move(cells));
            continue;
        }
        std::vector<std::string> cells{row.layer,
                                       number(score.micro.precision),
                                       number(score.micro.recall),
                                       number(score.micro.f1),
                                       intervalText(row.interval),
                                       number(score.macro.f1),
                                       number(score.weighted.f1)};
        for (const std::string& type : table.types) {
            const auto found = score.types.find(type);
            cells.push_back(found == score.types.end() ? "" : number(found->second.f1));
        }
        cells.push_back(std::to_string(row.score.posts.size()));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

eval::ReportTable typesReport(const ScoreTable& table, const std::string& caption) {
    eval::ReportTable out{"types",
                          "Scores by type: " + caption,
                          {"layer", "type", "precision", "recall", "f1", "support", "predicted", "correct"},
                          {}};
    for (const SystemScore& row : table.rows) {
        const eval::Score& score = row.score.score;
        if (!row.score.isScored) {
            out.rows.push_back({row.layer, std::string(noRegionsText()), "", "", "", "", "", ""});
            continue;
        }
        for (const auto& [type, prf] : score.types) out.rows.push_back(prfRow(row.layer, type, prf));
        out.rows.push_back(prfRow(row.layer, "micro avg", score.micro));
        out.rows.push_back(prfRow(row.layer, "macro avg", score.macro));
        out.rows.push_back(prfRow(row.layer, "weighted avg", score.weighted));
        if (!row.score.grounding) continue;
        out.rows.push_back(prfRow(row.layer, "without type (EEG)", row.score.grounding->eeg));
        out.rows.push_back(prfRow(row.layer, "without region (MNER)", row.score.grounding->mner));
    }
    return out;
}

eval::ReportTable confusionReport(const ScoreSource& source, const LayerErrors& errors, const std::string& layer,
                                  const std::string& caption) {
    const eval::Confusion confusion = confusionOf(source, errors);
    std::vector<int> labels = confusion.types();
    labels.push_back(eval::Unit::kNone);
    eval::ReportTable out{"confusion", "Gold (rows) against " + layer + " (columns): " + caption, {"gold"}, {}};
    for (const int label : labels) out.head.push_back(typeName(source, label));
    for (const int gold : labels) {
        std::vector<std::string> cells{typeName(source, gold)};
        for (const int predicted : labels) cells.push_back(std::to_string(confusion.at(gold, predicted)));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

std::vector<ErrorRow> errorRows(const ScoreSource& source, const LayerErrors& errors) {
    std::map<int, ErrorRow> byType;
    ErrorRow all;
    for (const eval::Unit& unit : errors.units) {
        if (unit.isMisplaced) {
            ++byType[unit.type()].region;
            ++all.region;
        }
        if (!unit.isRight()) continue;
        ++byType[unit.type()].right;
        ++all.right;
    }
    for (const eval::Mistake& mistake : errors.mistakes) {
        ++byType[mistake.type].kinds[static_cast<int>(mistake.kind)];
        ++all.kinds[static_cast<int>(mistake.kind)];
    }
    std::vector<ErrorRow> rows;
    for (auto& [type, row] : byType) {
        row.type = type;
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const ErrorRow& a, const ErrorRow& b) {
        // The project's types in its order, then the others by how often they occur.
        const int pa = std::min(a.type, source.projectTypes), pb = std::min(b.type, source.projectTypes);
        const int na = a.right + a.wrong(), nb = b.right + b.wrong();
        return pa != pb ? pa < pb : na != nb ? na > nb : typeName(source, a.type) < typeName(source, b.type);
    });
    rows.push_back(all);
    return rows;
}

eval::ReportTable errorsReport(const ScoreSource& source, const LayerErrors& errors, const std::string& layer,
                               const std::string& caption) {
    eval::ReportTable out{"errors", "Mistakes of " + layer + ": " + caption, {"type", "right"}, {}};
    for (const eval::ErrorKind kind : kKinds) out.head.emplace_back(eval::errorKindName(kind));
    if (errors.looksAtRegions) out.head.emplace_back("region");
    for (const ErrorRow& row : errorRows(source, errors)) {
        std::vector<std::string> cells{row.type == eval::Unit::kNone ? "all" : typeName(source, row.type),
                                       std::to_string(row.right)};
        for (const eval::ErrorKind kind : kKinds) cells.push_back(std::to_string(row.kinds[static_cast<int>(kind)]));
        if (errors.looksAtRegions) cells.push_back(std::to_string(row.region));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

eval::ReportTable surfacesReport(const ScoreSource& source, const std::vector<eval::SurfaceRow>& rows, int most,
                                 const std::string& layer, const std::string& caption) {
    eval::ReportTable out{"surfaces",
                          "Strings that " + layer + " misses or has wrongly most: " + caption,
                          {"text", "type", "error", "count", "posts"},
                          {}};
    for (const eval::SurfaceRow& row : rows) {
        if (static_cast<int>(out.rows.size()) >= most) break;
        out.rows.push_back({row.text, typeName(source, row.type), row.isMissed ? "missed" : "spurious",
                            std::to_string(row.count), std::to_string(row.posts.size())});
    }
    return out;
}

eval::ReportTable bucketsReport(const ScoreSource& source, const ScoreQuestion& question, const BucketTable& table,
                                const std::string& caption) {
    eval::ReportTable out{"buckets-" + std::string(eval::propertyName(table.property)),
                          "F1 of buckets, " + std::string(eval::propertyTitle(table.property)) + ": " + caption,
                          {std::string(eval::propertyTitle(table.property)), "n"},
                          {}};
    for (const std::string& layer : question.layers) {
        out.head.push_back(layer + " F1");
        out.head.push_back("95 % interval");
    }
    for (std::size_t at = 0; at < table.ranges.size(); ++at) {
        int support = 0;
        for (const auto& layer : table.layers) support = std::max(support, layer[at].prf.support);
        std::vector<std::string> cells{eval::bucketName(table.property, table.ranges[at], source.table->types()),
                                       std::to_string(support)};
        for (const auto& layer : table.layers) {
            cells.push_back(number(layer[at].prf.f1));
            cells.push_back(intervalText(layer[at].interval));
        }
        out.rows.push_back(std::move(cells));
    }
    return out;
}

eval::ReportTable comparisonReport(const eval::Comparison& comparison, const std::string& first,
                                   const std::string& second, const std::string& caption) {
    eval::ReportTable out{"significance",
                          "Difference of two layers, micro F1: " + caption,
                          {"layers", "first F1", "second F1", "difference", "95 % interval", "p (paired bootstrap)",
                           "p (randomisation)", "posts"},
                          {}};
    out.rows.push_back({first + " - " + second, number(comparison.first), number(comparison.second),
                        number(comparison.difference), intervalText(comparison.interval), number(comparison.pBootstrap),
                        number(comparison.pRandomisation), std::to_string(comparison.posts)});
    return out;
}

eval::ReportTable seedsReport(const std::vector<SeedGroup>& groups, const std::string& caption) {
    eval::ReportTable out{
        "seeds", "Several seeds, micro F1: " + caption, {"layers", "mean", "sd", "n", "least", "most", "seeds"}, {}};
    const auto joined = [](const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ", ")); };
    for (const SeedGroup& group : groups)
        out.rows.push_back({joined(group.layers), number(group.f1.mean), number(group.f1.sd.value_or(0)),
                            std::to_string(group.f1.count), number(group.least), number(group.most),
                            joined(group.seeds)});
    return out;
}

eval::ReportTable reliabilityReport(const eval::Reliability& found, const std::string& layer,
                                    const std::string& caption) {
    eval::ReportTable out{
        "reliability",
        fmt::format("Confidence of {} against share right, calibration error {:.4f}: {}", layer, found.ece, caption),
        {"bin", "n", "mean confidence", "share right"},
        {}};
    for (const eval::ReliabilityBin& bin : found.bins)
        out.rows.push_back({fmt::format("{:.1f} to {:.1f}", bin.from, bin.to), std::to_string(bin.count),
                            bin.count > 0 ? number(bin.confidence) : "", bin.count > 0 ? number(bin.right) : ""});
    return out;
}

}  // namespace mnerva::workflow
