#include "ui/pages/train/check_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

struct CheckText {
    const char *code, *text, *advice;
};

// The engine says these in English (core/workflow/quality/training_check.cpp); here they can be translated.
// clang-format off
constexpr std::array kChecks{
    CheckText{"no-train-posts", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "There is no post in train"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Import posts for the train split first: there is nothing to learn from.")},
    CheckText{"no-entity-in-train", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "None of the {0} posts in train has an entity"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Look at the tags of the training file; the model would learn to answer O everywhere.")},
    CheckText{"no-valid-posts", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "There is no post in valid"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Import a validation file: without one no epoch can be told from another, and the last one is kept.")},
    CheckText{"no-test-posts", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "There is no post in test"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "The run will end without test scores.")},
    CheckText{"valid-equals-test", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Valid and test hold the same {0} posts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Import the right file for one of them: the checkpoint would be chosen on the test posts.")},
    CheckText{"label-outside-set", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} tags have a type that the project's labels lack: {1}"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Add the types in Settings, or correct the tags; they would be trained as O.")},
    CheckText{"pictures-unreadable", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} of {1} pictures are missing or cannot be read"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Check the picture folder of the import; these posts would be trained without picture.")},
    CheckText{"post-in-two-splits", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} posts stand in two splits ({1})"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Remove them from one of the splits: scores would count what was learned by heart.")},
    CheckText{"text-near-in-two-splits", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} posts have a near-duplicate text in another split ({1})"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Look at the examples; retweets in train and test make scores too high.")},
    CheckText{"picture-in-two-splits", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} posts share their picture file with a post of another split ({1})"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Known of WuKong (texts differ). Elsewhere keep such posts in one split.")},
    CheckText{"picture-near-in-two-splits", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} posts have a near-duplicate picture in another split ({1})"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Look at the examples; copies of a photo in train and test make scores too high.")},
    CheckText{"label-not-in-train", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Types that only valid or test have: {0}"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "The model cannot learn them; every such entity counts as missed.")},
    CheckText{"orphan-inside-tag", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0} entities begin with an inside tag ({1})"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Known of TWITTER-2015. The lenient rule counts them as entities, the strict rule does not.")},
    CheckText{"split-sizes-differ", QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "{0}/{1}/{2} posts in train/valid/test, but {3} has {4}"), QT_TRANSLATE_NOOP("mnerva::ui::TrainPage", "Do not compare the scores with published ones of that data set.")},
};
// clang-format on

const CheckText* find(const std::string& code) {
    const auto found = std::find_if(kChecks.begin(), kChecks.end(), [&](const CheckText& c) { return code == c.code; });
    return found == kChecks.end() ? nullptr : &*found;
}

QString translated(const char* text) {
    return QCoreApplication::translate("mnerva::ui::TrainPage", text);
}

/// Counts as the window's language writes them; other arguments are names.
std::string localized(const std::string& arg) {
    bool isCount = false;
    const qlonglong count = QString::fromStdString(arg).toLongLong(&isCount);
    return isCount ? toUtf8(QLocale().toString(count)) : arg;
}

}  // namespace

QString checkText(const protocol::TrainCheck& check) {
    const CheckText* known = find(check.code);
    if (!known) return fromUtf8(check.code);
    std::vector<std::string> args;
    for (const std::string& arg : check.args) args.push_back(localized(arg));
    return fromUtf8(fillTemplate(toUtf8(translated(known->text)), args));
}

QString checkAdvice(const protocol::TrainCheck& check) {
    const CheckText* known = find(check.code);
    return known ? translated(known->advice) : QString();
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
