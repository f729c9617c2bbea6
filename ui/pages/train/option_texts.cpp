#include "ui/pages/train/option_texts.h"

#include <QCoreApplication>
#include <QLocale>

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
    if (option.type == QLatin1String("bool"))
        return value == QLatin1String("true") ? TrainForm::tr("on") : TrainForm::tr("off");
    return titled(option.choiceTitles.value(option.choices.indexOf(value)), value);
}

QString optionZeroText(const OptionField& option, const QString& value) {
    bool isNumber = false;
    const double number = QLocale::c().toDouble(value, &isNumber);
    return isNumber && number == 0 ? translated(option.zero) : QString();
}

QString optionReadText(const OptionField& option, const QString& value) {
    if (const QString zero = optionZeroText(option, value); !zero.isEmpty()) return zero;
    const QString shown = optionValueText(option, value), unit = optionUnit(option);
    if (shown.isEmpty()) return TrainForm::tr("none");
    return unit.isEmpty() ? shown : shown + QLatin1Char(' ') + unit;
}

QString variantTitle(const QString& variant) {
    if (variant == QLatin1String("paper")) return TrainForm::tr("as in the paper");
    if (variant == QLatin1String("reference-code")) return TrainForm::tr("as in the public code");
    return variant;
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
