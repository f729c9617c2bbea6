#include "ui/pages/train/check_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "core/workflow/quality/training_check.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

/// Counts as the window's language writes them; other arguments are names.
std::string localized(const std::string& arg) {
    bool isCount = false;
    const qlonglong count = QString::fromStdString(arg).toLongLong(&isCount);
    return isCount ? toUtf8(QLocale().toString(count)) : arg;
}

}  // namespace

QString checkText(const protocol::TrainCheck& check) {
    const std::string_view text = workflow::trainingCheckText(check.code, check.count);
    if (text.empty()) return fromUtf8(check.code);
    std::vector<std::string> args;
    for (const std::string& arg : check.args) args.push_back(localized(arg));
    return fromUtf8(fillTemplate(toUtf8(translated("Check", text)), args));
}

QString checkAdvice(const protocol::TrainCheck& check) {
    const std::string_view advice = workflow::trainingCheckAdvice(check.code);
    return advice.empty() ? QString() : translated("Check", advice);
}

QString checkParagraph(const protocol::TrainCheck& check) {
    const QString finding =
        QCoreApplication::translate("mnerva::ui::TrainPage", "%1.", "a finding as a sentence").arg(checkText(check));
    QStringList lines{finding, checkAdvice(check)};
    for (const std::string& example : check.examples) lines << QStringLiteral("    ") + fromUtf8(example);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

}  // namespace mnerva::ui
