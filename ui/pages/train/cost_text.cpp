#include "ui/pages/train/cost_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "ui/pages/train/run_facts.h"

namespace mnerva::ui {
namespace {

struct CostTexts {
    Q_DECLARE_TR_FUNCTIONS(Cost)
};

QString memoryText(double mebibytes) {
    return QLocale().formattedDataSize(qint64(mebibytes * (1 << 20)), 1, QLocale::DataSizeTraditionalFormat);
}

/// Short times with one decimal: an epoch of a tiny encoder takes two seconds.
QString timeText(double seconds) {
    return seconds < 10 ? CostTexts::tr("%L1 s", "seconds").arg(seconds, 0, 'f', 1) : durationText(seconds);
}

}  // namespace

QString costText(const protocol::RunEstimate& estimate) {
    const double epoch = estimate.secondsEpoch + estimate.secondsScoring;
    QStringList sentences{CostTexts::tr("About %1 an epoch, %2 for %Ln epoch(s).", nullptr, int(estimate.epochs))
                              .arg(timeText(epoch), timeText(epoch * double(estimate.epochs)))};
    constexpr double kWorthTelling = 1;
    if (estimate.secondsPictures > kWorthTelling)
        sentences << CostTexts::tr("Pictures that no run has read yet: up to %1 more.")
                         .arg(timeText(estimate.secondsPictures));
    const QString peak = memoryText(estimate.peakMebibytes), room = memoryText(estimate.availableMebibytes);
    if (estimate.availableMebibytes <= 0)
        sentences << CostTexts::tr("It takes %1 of memory.").arg(peak);
    else if (estimate.peakMebibytes > estimate.availableMebibytes)
        sentences << CostTexts::tr(
                         "It takes %1 of memory, but only %2 are free: take smaller batches, or a smaller "
                         "encoder.")
                         .arg(peak, room);
    else
        sentences << CostTexts::tr("It takes %1 of memory; %2 are free.").arg(peak, room);
    return sentences.join(u' ');
}

}  // namespace mnerva::ui
