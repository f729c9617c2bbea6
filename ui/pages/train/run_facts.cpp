#include "ui/pages/train/run_facts.h"

#include <QLocale>
#include <cmath>

#include "core/base/json.h"
#include "core/protocol/training_history.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/pages/train/option_texts.h"
#include "ui/pages/train/train_form.h"

namespace mnerva::ui {
namespace {

constexpr qsizetype kShortFingerprint = 12;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RunFacts)
};

QString fileName(const QString& path) {
    return path.contains(QLatin1Char('/')) ? path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty) : path;
}

/// "12.3 M" of 12,300,000.
QString countText(double count) {
    const QLocale locale;
    if (count >= 1e6) return Texts::tr("%1 M", "millions").arg(locale.toString(count / 1e6, 'f', 1));
    return locale.toString(qint64(count));
}

/// Of a split in run.json; empty where it is not told.
QString fingerprintOf(const protocol::RunRecord& record, const char* split) {
    if (!record.data.is_object()) return {};
    const auto part = record.data.find(split);
    if (part == record.data.end() || !part->is_object()) return {};
    const auto found = part->find("fingerprint");
    return found != part->end() && found->is_string() ? fromUtf8(found->get<std::string>()) : QString();
}

QString layerOf(const protocol::RunRecord& record) {
    if (!record.options.is_object()) return {};
    const auto layer = record.options.find("layer");
    return layer != record.options.end() && layer->is_string() ? fromUtf8(layer->get<std::string>()) : QString();
}

}  // namespace

QString deviceText(const QString& device) {
    if (device == QLatin1String("cpu")) return QStringLiteral("CPU");
    if (!device.startsWith(QLatin1String("cuda"))) return device;
    const QString number = device.section(u':', 1);
    return QStringLiteral("GPU %1").arg(number.isEmpty() ? QStringLiteral("0") : number);
}

QString durationText(double seconds) {
    const auto whole = qint64(std::lround(std::max(0.0, seconds)));
    if (whole < 60) return Texts::tr("%1 s", "seconds").arg(whole);
    if (whole < 3600) return Texts::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return Texts::tr("%L1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QStringList runFacts(const RunInfo& info, const protocol::RunHistory& history) {
    const protocol::RunRecord& record = info.record;
    QStringList facts{fromUtf8(record.system).toUpper()};
    if (!record.variant.empty()) facts << variantTitle(fromUtf8(record.variant));
    if (!record.encoder.empty()) facts << fileName(fromUtf8(record.encoder));
    if (!record.resnet.empty()) facts << fileName(fromUtf8(record.resnet));
    if (!record.preset.empty()) facts << Texts::tr("preset %1").arg(fromUtf8(record.preset));
    if (!record.device.empty()) facts << deviceText(fromUtf8(record.device));
    if (history.parameters > 0) facts << Texts::tr("%1 weights").arg(countText(history.parameters));
    facts << runStateText(history.state);
    if (const protocol::EvalPoint* best = history.best(); best && !best->rule.empty())
        facts << Texts::tr("scored by %1", "a rule").arg(ruleText(best->rule));
    if (!record.seed.is_null()) facts << Texts::tr("seed %1").arg(optionText(record.seed));
    if (const QString layer = layerOf(record); !layer.isEmpty())
        facts << Texts::tr("learnt from %1")
                     .arg(layer == QLatin1String("gold")        ? Texts::tr("gold")
                          : layer == QLatin1String("corrected") ? Texts::tr("corrected")
                                                                : layer);
    if (const QString data = fingerprintOf(record, "train"); !data.isEmpty())
        facts << Texts::tr("training data %1").arg(data.left(kShortFingerprint));
    if (history.workSeconds > 0) facts << Texts::tr("took %1").arg(durationText(history.workSeconds));
    facts.removeAll(QString());
    return facts;
}

QString runFingerprints(const protocol::RunRecord& record) {
    QStringList lines;
    for (const char* split : {"train", "valid", "test"})
        if (const QString data = fingerprintOf(record, split); !data.isEmpty())
            lines << QStringLiteral("%1 %2").arg(splitText(splitFromName(split).value_or(Split::None)), data);
    return lines.isEmpty() ? QString() : Texts::tr("SHA-256 of the data:") + QLatin1Char('\n') + lines.join(u'\n');
}

QString runCaption(const RunInfo& info) {
    QStringList parts{QStringLiteral("run %1").arg(fromUtf8(info.name)),
                      QStringLiteral("system %1").arg(fromUtf8(info.record.system))};
    if (info.valid && !info.valid->rule.empty()) parts << QStringLiteral("rule %1").arg(fromUtf8(info.valid->rule));
    if (const QString layer = layerOf(info.record); !layer.isEmpty()) parts << QStringLiteral("layer %1").arg(layer);
    parts << QStringLiteral("split valid");
    if (const QString data = fingerprintOf(info.record, "valid"); !data.isEmpty())
        parts << QStringLiteral("data %1").arg(data.left(kShortFingerprint));
    if (!info.record.seed.is_null()) parts << QStringLiteral("seed %1").arg(optionText(info.record.seed));
    return parts.join(QStringLiteral("; "));
}

}  // namespace mnerva::ui
