#include "ui/pages/train/check_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>
#include <optional>

#include "core/workflow/quality/training_check.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

struct CheckTexts {
    Q_DECLARE_TR_FUNCTIONS(Checks)
};

QString splitNamed(const QString& name) {
    const auto split = splitFromName(toUtf8(name));
    return split ? splitText(*split) : name;
}

/// "train/test 3, valid/test 1", as the engine tells where posts stand, in the window's language; nothing for others.
std::optional<QString> splitsText(const QString& arg) {
    static const QRegularExpression one(QStringLiteral("^(train|valid|test)(?:/(train|valid|test))? (\\d+)$"));
    QStringList parts;
    for (const QString& part : arg.split(QStringLiteral(", "))) {
        const auto match = one.match(part);
        if (!match.hasMatch()) return std::nullopt;
        const QString count = QLocale().toString(match.captured(3).toLongLong()), first = splitNamed(match.captured(1));
        parts << (match.captured(2).isEmpty() ? CheckTexts::tr("%1 %2", "split, posts").arg(first, count)
                                              : CheckTexts::tr("%1 / %2 %3", "two splits, posts")
                                                    .arg(first, splitNamed(match.captured(2)), count));
    }
    return parts.join(CheckTexts::tr(", ", "between counts of splits"));
}

/// Counts and splits as the window's language writes them; other arguments are names.
std::string localized(const std::string& arg) {
    bool isCount = false;
    const qlonglong count = QString::fromStdString(arg).toLongLong(&isCount);
    if (isCount) return toUtf8(QLocale().toString(count));
    const std::optional<QString> splits = splitsText(fromUtf8(arg));
    return splits ? toUtf8(*splits) : arg;
}

/// "test 9 = train 1": the names of splits are the language's, the rest is data.
QString exampleText(const std::string& example) {
    static const QRegularExpression split(QStringLiteral("(^|= )(train|valid|test) "));
    QString out, text = fromUtf8(example);
    qsizetype from = 0;
    for (auto matches = split.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        out += text.mid(from, match.capturedStart() - from) + match.captured(1) + splitNamed(match.captured(2)) + u' ';
        from = match.capturedEnd();
    }
    return out + text.mid(from);
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

QStringList checkExamples(const protocol::TrainCheck& check) {
    QStringList lines;
    for (const std::string& example : check.examples) lines << exampleText(example);
    const auto untold = check.count - std::int64_t(check.examples.size());
    if (!lines.isEmpty() && untold > 0) lines << CheckTexts::tr("and %Ln more", nullptr, int(untold));
    return lines;
}

QString checkParagraph(const protocol::TrainCheck& check) {
    const QString finding =
        QCoreApplication::translate("mnerva::ui::TrainPage", "%1.", "a finding as a sentence").arg(checkText(check));
    QStringList lines{finding, checkAdvice(check)};
    for (const QString& example : checkExamples(check)) lines << QString(4, u' ') + example;
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

}  // namespace mnerva::ui
