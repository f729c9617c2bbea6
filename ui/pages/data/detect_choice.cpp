#include "ui/pages/data/detect_choice.h"

#include <QFileInfo>
#include <algorithm>

#include "ui/base/settings.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr auto kFacesKey = "detect/faces";
constexpr auto kFileKey = "detect/file";
constexpr auto kNamesKey = "detect/names";
constexpr auto kScoreKey = "detect/minScore";

}  // namespace

DetectChoice DetectChoice::remembered() {
    DetectChoice choice;
    choice.faces = settings::value(QLatin1String(kFacesKey), true).toBool();
    choice.file = settings::value(QLatin1String(kFileKey)).toString();
    choice.namesFile = settings::value(QLatin1String(kNamesKey)).toString();
    bool isNumber = false;
    const double score = settings::value(QLatin1String(kScoreKey), kMinScore).toDouble(&isNumber);
    choice.minScore = isNumber ? std::clamp(score, 0.0, 1.0) : kMinScore;
    return choice;
}

void DetectChoice::remember() const {
    settings::setValue(QLatin1String(kFacesKey), faces);
    settings::setValue(QLatin1String(kFileKey), file);
    settings::setValue(QLatin1String(kNamesKey), namesFile);
    settings::setValue(QLatin1String(kScoreKey), minScore);
}

QString DetectChoice::detectorName() const {
    return faces ? QStringLiteral("faces") : QFileInfo(file).completeBaseName();
}

QStringList DetectChoice::arguments(const QString& projectFolder, const QString& output) const {
    QStringList list{QStringLiteral("detect"), projectFolder, QStringLiteral("--detector"),
                     faces ? QStringLiteral("faces") : file};
    if (!faces && !namesFile.isEmpty()) list << QStringLiteral("--names") << namesFile;
    list << QStringLiteral("--min-score") << QString::number(minScore, 'f', 2);
    if (split) list << QStringLiteral("--split") << fromUtf8(splitName(*split));
    list << QStringLiteral("--output") << output;
    return list;
}

}  // namespace mnerva::ui
