#include "ui/pages/data/detections.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr std::size_t kShownLabels = 8;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Detections)
};

}  // namespace

QString DetectReport::sentence() const {
    // The name of the built-in one is a word, that of another its file.
    const QString detector = told.detector == "faces" ? Texts::tr("faces") : fromUtf8(told.detector);
    if (told.pictures == 0) return Texts::tr("No picture could be looked at.");
    const QString seen = Texts::tr("%Ln picture(s)", nullptr, told.pictures);
    if (told.boxes == 0)
        return Texts::tr("Nothing found in %1 by the detector %2.", "pictures, detector").arg(seen, detector);
    return Texts::tr("%1 found in %2 by the detector %3.", "boxes, pictures, detector")
        .arg(Texts::tr("%Ln box(es)", nullptr, told.boxes), seen, detector);
}

QString DetectReport::detail() const {
    QStringList lines;
    QStringList kinds;
    for (const auto& [label, count] : told.labels) {
        if (static_cast<std::size_t>(kinds.size()) == kShownLabels) {
            kinds << QStringLiteral("…");
            break;
        }
        kinds << Texts::tr("%1 %2", "a kind of box and how many").arg(fromUtf8(label), QLocale().toString(count));
    }
    if (!kinds.isEmpty()) lines << kinds.join(QStringLiteral(" · "));
    if (told.unusablePictures > 0) {
        QString first;
        if (!told.findings.empty())
            first = Texts::tr("%1: %2", "what is wrong, and with which file")
                        .arg(findingText(told.findings.front().code), fromUtf8(told.findings.front().file));
        lines << Texts::tr("%Ln picture(s) missing or unreadable. The first: %1", nullptr, told.unusablePictures)
                     .arg(first);
    }
    if (told.pictures == 0 && told.unusablePictures == 0) lines << Texts::tr("None of these posts has a picture.");
    return lines.join(QLatin1Char('\n'));
}

}  // namespace mnerva::ui
