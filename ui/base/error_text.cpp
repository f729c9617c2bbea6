#include "ui/base/error_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "core/domain/finding_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

struct Phrase {
    std::string_view code;
    const char* english;
};

// clang-format off
constexpr std::array kRefusals{
    Phrase{"overlap", QT_TRANSLATE_NOOP("Refusal", "That would overlap another entity.")},
    Phrase{"outside", QT_TRANSLATE_NOOP("Refusal", "There are no more words on that side.")},
    Phrase{"nothing-here", QT_TRANSLATE_NOOP("Refusal", "There is nothing here for that key.")},
    Phrase{"read-only", QT_TRANSLATE_NOOP("Refusal", "This project is open read-only; nothing was changed.")},
    Phrase{"save-failed", QT_TRANSLATE_NOOP("Refusal", "The last change could not be saved yet; try that again first.")},
    Phrase{"conflict", QT_TRANSLATE_NOOP("Refusal", "The post was changed meanwhile and is being read again; your last key was not applied.")},
    Phrase{"nothing-to-undo", QT_TRANSLATE_NOOP("Refusal", "There is nothing to undo.")},
    Phrase{"nothing-to-redo", QT_TRANSLATE_NOOP("Refusal", "There is nothing to redo.")},
};

constexpr std::array kStages{
    Phrase{"reading", QT_TRANSLATE_NOOP("Stage", "Reading")},
    Phrase{"storing", QT_TRANSLATE_NOOP("Stage", "Storing")},
    Phrase{"writing", QT_TRANSLATE_NOOP("Stage", "Writing")},
    Phrase{"checking", QT_TRANSLATE_NOOP("Stage", "Checking")},
    Phrase{"features", QT_TRANSLATE_NOOP("Stage", "Computing picture features")},
    Phrase{"training", QT_TRANSLATE_NOOP("Stage", "Training")},
    Phrase{"evaluating", QT_TRANSLATE_NOOP("Stage", "Evaluating")},
    Phrase{"predicting", QT_TRANSLATE_NOOP("Stage", "Predicting")},
    Phrase{"drawing", QT_TRANSLATE_NOOP("Stage", "Drawing pictures")},
    Phrase{"pictures", QT_TRANSLATE_NOOP("Stage", "Looking for pictures")},
};
// clang-format on

template <std::size_t N>
QString phraseOf(const std::array<Phrase, N>& phrases, const char* context, const std::string& code) {
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase& p) { return p.code == code; });
    return found == phrases.end() ? fromUtf8(code) : QCoreApplication::translate(context, found->english);
}

}  // namespace

QString translated(const char* context, std::string_view sentence) {
    return QCoreApplication::translate(context, std::string(sentence).c_str());
}

QString errorSentence(ErrorCode code) {
    return translated("ErrorText", errorTemplate(code));
}

QString errorText(const Error& error) {
    return fromUtf8(fillTemplate(toUtf8(errorSentence(error.code())), error.args()));
}

QString findingText(const std::string& code) {
    return translated("Finding", findingSentence(code));
}

QString refusalText(const project::Refusal& refusal) {
    if (refusal.code == "overlap" && refusal.in_the_way) {
        return QCoreApplication::translate("Refusal",
                                           "That would overlap the %1 at words %2 to %3; change or delete it first.")
            .arg(fromUtf8(refusal.in_the_way->type), QString::number(refusal.in_the_way->first + 1),
                 QString::number(refusal.in_the_way->last + 1));
    }
    return phraseOf(kRefusals, "Refusal", refusal.code);
}

QString splitText(Split split) {
    switch (split) {
        case Split::Train:
            return QCoreApplication::translate("Names", "train");
        case Split::Valid:
            return QCoreApplication::translate("Names", "valid");
        case Split::Test:
            return QCoreApplication::translate("Names", "test");
        case Split::None:
            break;
    }
    return QCoreApplication::translate("Names", "no split");
}

QString statusText(PostStatus status) {
    switch (status) {
        case PostStatus::Open:
            return QCoreApplication::translate("Names", "open");
        case PostStatus::Done:
            return QCoreApplication::translate("Names", "done");
        case PostStatus::DoneFlagged:
            return QCoreApplication::translate("Names", "done, flagged");
        case PostStatus::Flagged:
            break;
    }
    return QCoreApplication::translate("Names", "flagged");
}

QString schemeText(text::TagScheme scheme) {
    return fromUtf8(text::schemeName(scheme)).toUpper();
}

QString stageText(const std::string& stage) {
    return phraseOf(kStages, "Stage", stage);
}

}  // namespace mnerva::ui
