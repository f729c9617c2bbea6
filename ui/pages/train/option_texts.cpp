#include "ui/pages/train/option_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

struct WarningText {
    const char *code, *sentence;
};
// clang-format off
constexpr std::array kWarnings{
    WarningText{"words-cut", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words are beyond the encoder's length and get no tag")},
    WarningText{"auxiliary-cut", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words of texts about posts found no room behind the post")},
    WarningText{"picture-missing", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are missing; those posts are learned from their text")},
    WarningText{"picture-unreadable", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures cannot be read; those posts are learned from their text")},
    WarningText{"picture-kind-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are of a kind that is not read; those posts are learned from their text")},
    WarningText{"picture-too-large", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are larger than can be read; those posts are learned from their text")},
    WarningText{"picture-outside", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures lie outside of the picture folder and are not read")},
    WarningText{"picture-damaged", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures can be read in part; that part is used")},
    WarningText{"tag-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words have a tag that was not in the training posts; they count as O")},
    WarningText{"relation-line-invalid", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "lines of the relation file cannot be used")},
    WarningText{"object-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "labels of boxes are no object classes of COCO and are not read")},
};
// clang-format on

/// A text that core decided and the engine listed, marked there with this context (core/base/translatable.h).
QString translated(const QString& text) {
    return text.isEmpty() ? text : QCoreApplication::translate("options", text.toUtf8().constData());
}

/// Its title, or else what it is called.
QString titled(const QString& title, const QString& name) {
    return title.isEmpty() ? name : translated(title);
}

}  // namespace

QString optionTitle(const OptionField& option) {
    return titled(option.title, option.name);
}

QString optionSentence(const OptionField& option) {
    return translated(option.sentence);
}

QString optionUnit(const OptionField& option) {
    return translated(option.unit);
}

QString optionValueText(const OptionField& option, const QString& value) {
    return titled(option.choiceTitles.value(option.choices.indexOf(value)), value);
}

QString optionGroupTitle(const OptionField& option) {
    return titled(option.groupTitle, option.group);
}

QString presetTitle(const SystemField& system, const QString& preset) {
    const auto title = system.presetTitles.find(preset);
    return titled(title == system.presetTitles.end() ? QString() : title->second, preset);
}

QString noPresetTitle() {
    return TrainForm::tr("None: every option at its default");
}

QString warningText(const std::string& code) {
    const auto found =
        std::find_if(kWarnings.begin(), kWarnings.end(), [&](const WarningText& entry) { return code == entry.code; });
    if (found == kWarnings.end()) return findingText(code);
    return QCoreApplication::translate("mnerva::ui::TrainForm", found->sentence);
}

QString systemTitle(const SystemField& system) {
    return titled(system.title, system.name);
}

}  // namespace mnerva::ui
