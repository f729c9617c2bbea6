#include "ui/base/error_text.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/domain/finding_text.h"
#include "core/project/refusal_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {

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

QString findingText(const std::string& code, qint64 count) {
    if (count == 1) return findingText(code);
    const QString number = QLocale().toString(count);
    const std::string_view many = findingSentenceOfMany(code);
    if (!many.empty()) return fromUtf8(fillTemplate(toUtf8(translated("Finding", many)), {toUtf8(number)}));
    return QCoreApplication::translate("Finding", "%1 × %2", "how often × which finding")
        .arg(number, findingText(code));
}

QString refusalText(const project::Refusal& refusal) {
    if (refusal.code == "overlap" && refusal.in_the_way) {
        return QCoreApplication::translate("Refusal",
                                           "That would overlap the %1 at words %2 to %3; change or delete it first.")
            .arg(fromUtf8(refusal.in_the_way->type), QString::number(refusal.in_the_way->first + 1),
                 QString::number(refusal.in_the_way->last + 1));
    }
    return translated("Refusal", project::refusalSentence(refusal.code));
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
        case PostStatus::Skipped:
            return QCoreApplication::translate("Names", "skipped");
        case PostStatus::SkippedFlagged:
            return QCoreApplication::translate("Names", "skipped, flagged");
        case PostStatus::Flagged:
            break;
    }
    return QCoreApplication::translate("Names", "flagged");
}

QString reviewText(Review review) {
    switch (review) {
        case Review::ToReview:
            return QCoreApplication::translate("Names", "to review");
        case Review::Accepted:
            return QCoreApplication::translate("Names", "accepted");
        case Review::Returned:
            return QCoreApplication::translate("Names", "returned");
        case Review::None:
            break;
    }
    return QCoreApplication::translate("Names", "not reviewed");
}

QString schemeText(text::TagScheme scheme) {
    return fromUtf8(text::schemeName(scheme)).toUpper();
}

}  // namespace mnerva::ui
