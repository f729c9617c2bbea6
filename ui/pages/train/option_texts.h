#pragma once

#include <QString>

#include "ui/pages/train/train_form.h"

namespace mnerva::ui {

/// What an option is called in the form, in the window's language; an option that is not known here keeps its own name.
QString optionTitle(const OptionField& option);
/// The option's sentence in the window's language; the listed English one when it is not known here.
QString optionSentence(const OptionField& option);
/// Its unit, likewise.
QString optionUnit(const OptionField& option);
/// A value as the form shows it: that of a choice in words, any other as it is typed.
QString optionValueText(const OptionField& option, const QString& value);
/// Heading of a group of options.
QString optionGroupTitle(const QString& group);
/// What a preset is for.
QString presetTitle(const QString& preset);
/// What a warning of the trainer says, by its code; an unknown code is shown as it is.
QString warningText(const std::string& code);
/// Full name of a system.
QString systemTitle(const SystemField& system);

}  // namespace mnerva::ui
