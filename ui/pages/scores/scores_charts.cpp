#include "ui/pages/scores/scores_charts.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/charts/bar_charts.h"
#include "ui/charts/chart.h"
#include "ui/look/theme.h"
#include "ui/pages/scores/scores_models.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

constexpr std::array kKinds{eval::ErrorKind::Type, eval::ErrorKind::Boundary, eval::ErrorKind::BoundaryAndType,
                            eval::ErrorKind::Missed, eval::ErrorKind::Spurious};
constexpr int kExactColour = 5;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ScoresCharts)
};

QString systemName(const ScoresAnswer& answer) {
    return layerText(answer.choice.system);
}

QString signedScore(double value) {
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + scoreText(std::abs(value));
}

QString pText(double p) {
    return p < 0.001 ? Texts::tr("p < 0.001") : Texts::tr("p = %1").arg(QString::number(p, 'f', 3));
}

QString joined(const std::vector<std::string>& names) {
    QStringList parts;
    for (const std::string& name : names) parts << layerText(name);
    return parts.join(Texts::tr(", ", "between names of layers"));
}

/// Counts are no estimates: they are not drawn again.
bool isResampled(ScoresReport report) {
    return report == ScoresReport::Scores || report == ScoresReport::Types || report == ScoresReport::Buckets ||
           report == ScoresReport::Difference;
}

QString emptyBucketsText(const ScoresAnswer& answer) {
    if (eval::isOfRun(answer.choice.property))
        return Texts::tr("Nobody has asked yet what the pictures do for these runs: mnerva-cli predict --influence.");
    return Texts::tr("This property is known from the train split, and the project has no such posts.");
}

QString titleOf(const ScoresAnswer& answer, ScoresReport report) {
    switch (report) {
        case ScoresReport::Errors:
            return Texts::tr("Mistakes of all systems, and of %1 by type").arg(systemName(answer));
        case ScoresReport::Confusion:
            return Texts::tr("Gold (rows) against %1 (columns)").arg(systemName(answer));
        case ScoresReport::Strings:
            return Texts::tr("Texts that %1 misses or has wrongly most").arg(systemName(answer));
        case ScoresReport::Buckets:
            return Texts::tr("F1 by property: %1").arg(propertyText(answer.choice.property));
        case ScoresReport::Difference:
            return Texts::tr("Difference of F1 by property, %1")
                .arg(Texts::tr("%1 − %2").arg(systemName(answer), layerText(answer.choice.other)));
        case ScoresReport::Reliability:
            return Texts::tr("Confidence against the share that is right");
        case ScoresReport::Slices:
            return Texts::tr("F1 of slices");
        case ScoresReport::Seeds:
            return Texts::tr("Several seeds");
        default:
            return Texts::tr("Scores");
    }
}

}  // namespace

QString scoresCaption(const ScoresAnswer& answer, ScoresReport report) {
    const workflow::CaptionFacts& facts = answer.captionFacts;
    QStringList parts{
        Texts::tr("rule %1").arg(ruleTitleText(facts.question.rule)),
        Texts::tr("%1 against %2", "systems and the layer that counts as true")
            .arg(joined(facts.question.layers), layerText(facts.question.reference)),
        facts.question.split ? Texts::tr("split %1").arg(splitText(*facts.question.split)) : Texts::tr("all posts")};
    if (!facts.fingerprint.empty()) parts << Texts::tr("data %1").arg(fromUtf8(facts.fingerprint));
    if (!facts.seeds.empty()) parts << Texts::tr("seeds %1").arg(joined(facts.seeds));
    if (isResampled(report))
        parts << Texts::tr("%1 resamples of posts, seed %2")
                     .arg(facts.question.resampling.resamples)
                     .arg(facts.question.resampling.seed);
    return Texts::tr("%1: %2.", "title and facts of a figure")
        .arg(titleOf(answer, report), parts.join(Texts::tr("; ", "between facts of a caption")));
}

std::vector<MistakeBar> fillMistakes(StackedBars& chart, const ScoresAnswer& answer) {
    QStringList series;
    for (const eval::ErrorKind kind : kKinds) series << errorKindText(kind);
    const bool looksAtRegions = std::any_of(answer.errors.begin(), answer.errors.end(),
                                            [](const workflow::LayerErrors& errors) { return errors.looksAtRegions; });
    if (looksAtRegions) series << errorKindText(std::nullopt);
    std::vector<StackedBars::Row> rows;
    std::vector<MistakeBar> parts;
    const auto add = [&](const QString& name, int system, const workflow::ErrorRow& row, bool startsGroup) {
        StackedBars::Row bar{name, {}, {}, startsGroup};
        for (const eval::ErrorKind kind : kKinds) {
            bar.counts.push_back(row.kinds[static_cast<int>(kind)]);
            bar.ids.push_back(static_cast<int>(parts.size()));
            parts.push_back({system, kind, row.type});
        }
        if (looksAtRegions) {
            bar.counts.push_back(row.region);
            bar.ids.push_back(static_cast<int>(parts.size()));
            parts.push_back({system, std::nullopt, row.type});
        }
        rows.push_back(std::move(bar));
    };
    for (std::size_t i = 0; i < answer.errorRows.size(); ++i)
        add(layerText(answer.table.rows[i].layer), static_cast<int>(i), answer.errorRows[i].back(), false);
    const auto& ofSystem = answer.errorRows[static_cast<std::size_t>(answer.systemRow)];
    for (std::size_t i = 0; i + 1 < ofSystem.size(); ++i)
        add(Texts::tr("%1 · %2", "a system and a type")
                .arg(systemName(answer), fromUtf8(answer.typeNames[static_cast<std::size_t>(ofSystem[i].type)])),
            answer.systemRow, ofSystem[i], i == 0);
    chart.setColours(Theme::mistakeColor);
    chart.setCaption(scoresCaption(answer, ScoresReport::Errors));
    chart.setRows(series, std::move(rows));
    return parts;
}

void fillBuckets(IntervalChart& chart, const ScoresAnswer& answer) {
    const auto systems = static_cast<int>(answer.table.rows.size());
    QStringList series;
    for (const auto& row : answer.table.rows) series << layerText(row.layer);
    std::vector<IntervalChart::Group> groups;
    for (std::size_t b = 0; b < answer.buckets.ranges.size(); ++b) {
        IntervalChart::Group group;
        group.name = bucketText(answer.choice.property, answer.bucketNames[b]);
        int support = 0;
        for (std::size_t s = 0; s < answer.buckets.layers.size(); ++s) {
            const eval::Bucket& bucket = answer.buckets.layers[s][b];
            support = std::max(support, bucket.prf.support);
            IntervalChart::Value value;
            value.value = bucket.prf.f1;
            if (bucket.interval) value.interval = {bucket.interval->low, bucket.interval->high};
            value.text = scoreText(bucket.prf.f1);
            value.id = static_cast<int>(b) * systems + static_cast<int>(s);
            group.values.push_back(bucket.posts.empty() ? std::nullopt : std::optional(value));
        }
        group.detail = Texts::tr("n = %L1").arg(support);
        groups.push_back(std::move(group));
    }
    chart.setEmptyText(emptyBucketsText(answer));
    chart.setCaption(scoresCaption(answer, ScoresReport::Buckets));
    chart.setGroups(series, std::move(groups), false);
}

void fillDifference(IntervalChart& chart, const ScoresAnswer& answer) {
    if (answer.otherRow < 0) return chart.setGroups({}, {}, true);
    std::vector<IntervalChart::Group> groups;
    for (std::size_t b = 0; b < answer.bucketDifferences.size(); ++b) {
        const auto& found = answer.bucketDifferences[b];
        IntervalChart::Group group{bucketText(answer.choice.property, answer.bucketNames[b]), {}, {}};
        if (found && found->posts > 0) {
            group.detail = Texts::tr("%Ln posts", nullptr, found->posts);
            group.values.push_back(IntervalChart::Value{found->difference,
                                                        std::pair(found->interval.low, found->interval.high),
                                                        signedScore(found->difference), static_cast<int>(b)});
        }
        groups.push_back(std::move(group));
    }
    chart.setEmptyText(emptyBucketsText(answer));
    chart.setCaption(scoresCaption(answer, ScoresReport::Difference));
    chart.setGroups({Texts::tr("%1 − %2").arg(systemName(answer), layerText(answer.choice.other))}, std::move(groups),
                    true);
}

QString comparisonText(const ScoresAnswer& answer) {
    if (answer.otherRow < 0) return Texts::tr("There is only one system; a second one is needed for a difference.");
    for (const int row : {answer.systemRow, answer.otherRow}) {
        const workflow::SystemScore& system = answer.table.rows[static_cast<std::size_t>(row)];
        if (!system.score.isScored)
            return Texts::tr("This rule needs regions, and %1 or the layer that counts as true has none.")
                .arg(layerText(system.layer));
    }
    if (!answer.comparison)
        return Texts::tr("This rule counts the whole split as one document, so no post can be drawn again.");
    const eval::Comparison& found = *answer.comparison;
    const QString pair = Texts::tr("%1 − %2").arg(systemName(answer), layerText(answer.choice.other));
    return Texts::tr("%1: %2 (95 % interval %3 to %4) · %5 by randomisation, %6 by bootstrap · %Ln posts", nullptr,
                     found.posts)
        .arg(pair, signedScore(found.difference), signedScore(found.interval.low), signedScore(found.interval.high),
             pText(found.pRandomisation), pText(found.pBootstrap));
}

std::vector<std::pair<int, std::vector<int>>> fillReliability(Chart& chart, const ScoresAnswer& answer) {
    std::vector<std::pair<int, std::vector<int>>> meaning;
    std::vector<Chart::Series> series;
    int colour = 0;
    for (const int row : {answer.systemRow, answer.otherRow}) {
        if (row < 0 || !answer.reliability[static_cast<std::size_t>(row)]) continue;
        const eval::Reliability& found = answer.reliability[static_cast<std::size_t>(row)]->found;
        Chart::Series line;
        line.name = Texts::tr("%1, calibration error %2")
                        .arg(layerText(answer.table.rows[static_cast<std::size_t>(row)].layer),
                             QLocale().toString(found.ece, 'f', 3));
        line.colour = colour++;
        line.markers = true;
        meaning.push_back({row, {}});
        for (std::size_t bin = 0; bin < found.bins.size(); ++bin) {
            if (found.bins[bin].count == 0) continue;
            line.x.push_back(found.bins[bin].confidence);
            line.y.push_back(found.bins[bin].right);
            meaning.back().second.push_back(static_cast<int>(bin));
        }
        series.push_back(std::move(line));
    }
    if (!series.empty()) {
        Chart::Series exact;
        exact.name = Texts::tr("exact");
        exact.colour = kExactColour;
        exact.dashed = true;
        exact.x = exact.y = {0, 1};
        series.push_back(std::move(exact));
        meaning.push_back({-1, {}});
    }
    chart.setTitles(Texts::tr("Can confidences be believed?"), Texts::tr("confidence"), Texts::tr("share right"));
    chart.setEmptyText(Texts::tr("Neither of the two systems gives confidences."));
    chart.setCaption(scoresCaption(answer, ScoresReport::Reliability), QStringLiteral("reliability"));
    chart.setSeries(std::move(series));
    return meaning;
}

QString scoresSummary(const ScoresAnswer& answer) {
    QString text = Texts::tr("%1 against %2", "a system and the layer that counts as true")
                       .arg(systemName(answer), layerText(answer.choice.reference));
    for (const workflow::SeedGroup& group : answer.seeds)
        if (group.f1.sd &&
            std::find(group.layers.begin(), group.layers.end(), answer.choice.system) != group.layers.end())
            text += QStringLiteral(" · ") + Texts::tr("%Ln seeds: %1 ± %2", nullptr, group.f1.count)
                                                .arg(scoreText(group.f1.mean), scoreText(*group.f1.sd));
    return text;
}

}  // namespace mnerva::ui
