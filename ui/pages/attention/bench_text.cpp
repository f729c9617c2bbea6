#include "ui/pages/attention/bench_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "ui/base/text_border.h"
#include "ui/session/heat_legend.h"

namespace mnerva::ui {
namespace {

using protocol::MapFigure;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(BenchText)
};

bool isKnown(const std::optional<MapFigure>& figure) {
    return figure && figure->count > 0;
}

/// Where 0 is useless, the sign stands before what is above it too.
QString signedText(double value) {
    return (value > 0 ? QStringLiteral("+") : QString()) + weightText(value);
}

/// "+.35 (.30 to .41)": the mean, and the interval under resampling of posts.
QString withInterval(const MapFigure& of, bool isSigned) {
    const auto text = [&](double value) { return isSigned ? signedText(value) : weightText(value); };
    return Texts::tr("%1 (%2 to %3)", "a figure and its interval").arg(text(of.mean), text(of.low), text(of.high));
}

/// What is left of the map when all layers are random.
std::optional<MapFigure> leftWhenRandom(const protocol::MethodFigures& of) {
    if (of.randomised.empty() || of.randomised.back().count == 0) return std::nullopt;
    return of.randomised.back();
}

}  // namespace

QString benchNote(const protocol::MethodFigures& of) {
    if (isKnown(of.pointing)) return Texts::tr("points %1", "share of maps that do").arg(weightText(of.pointing->mean));
    if (!isKnown(of.deletion)) return {};
    // Two places, as there is no room for more: what is less is useless too.
    const double deletion = std::round(of.deletion->mean * 100) / 100;
    return Texts::tr("del. %1", "deletion, under a small map").arg(signedText(deletion));
}

QString benchLine(const protocol::MethodFigures& of, const protocol::Explanation& all) {
    QStringList parts;
    if (isKnown(of.pointing)) {
        const QString points = weightText(of.pointing->mean);
        parts << (all.chance ? Texts::tr("points at the object %1, by chance %2").arg(points, weightText(*all.chance))
                             : Texts::tr("points at the object %1").arg(points));
    }
    if (isKnown(of.deletion)) parts << Texts::tr("deletion %1").arg(signedText(of.deletion->mean));
    if (isKnown(of.insertion)) parts << Texts::tr("insertion %1").arg(signedText(of.insertion->mean));
    if (const auto left = leftWhenRandom(of)) parts << Texts::tr("left when random %1").arg(weightText(left->mean));
    return parts.join(QStringLiteral(" · "));
}

QString benchTip(const protocol::MethodFigures& of, const protocol::Explanation& all) {
    QStringList lines;
    if (isKnown(of.pointing)) {
        lines << Texts::tr("Hottest cell on the object: %1").arg(withInterval(*of.pointing, false));
        if (all.chance) lines << Texts::tr("By chance: %1").arg(weightText(*all.chance));
    }
    if (isKnown(of.deletion))
        lines << Texts::tr("Deletion against random order: %1").arg(withInterval(*of.deletion, true));
    if (isKnown(of.insertion))
        lines << Texts::tr("Insertion against random order: %1").arg(withInterval(*of.insertion, true));
    if (const auto left = leftWhenRandom(of))
        lines << Texts::tr("Rank correlation left when all layers are random: %1").arg(withInterval(*left, false));
    if (lines.isEmpty()) return {};
    lines << benchAbout(all);
    return lines.join(QLatin1Char('\n'));
}

QString benchAbout(const protocol::Explanation& all) {
    const QString posts = all.split == "train"   ? Texts::tr("the training posts")
                          : all.split == "valid" ? Texts::tr("the validation posts")
                          : all.split == "test"  ? Texts::tr("the test posts")
                                                 : Texts::tr("all posts");
    return Texts::tr("Measured on %n entity(s) of %1 that the run finds right, %2 of them with a box.", nullptr,
                     int(all.entities))
        .arg(posts)
        .arg(all.grounded);
}

}  // namespace mnerva::ui
