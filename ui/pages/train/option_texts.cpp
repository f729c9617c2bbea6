#include "ui/pages/train/option_texts.h"

#include <QCoreApplication>

namespace mnerva::ui {
namespace {

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

QString systemTitle(const SystemField& system) {
    return titled(system.title, system.name);
}

}  // namespace mnerva::ui
