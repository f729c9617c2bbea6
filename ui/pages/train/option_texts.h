#pragma once

#include <QString>

#include "ui/pages/train/train_form.h"

namespace mnerva::ui {

// What the engine lists of systems and options, in the window's language. Each text is decided once, in core; one that
// is not listed is replaced by the name.

/// What an option is called in the form.
QString optionTitle(const OptionField& option);
/// One sentence about it.
QString optionSentence(const OptionField& option);
QString optionUnit(const OptionField& option);
/// A value as the form shows it: that of a choice or switch in words, any other as it is typed.
QString optionValueText(const OptionField& option, const QString& value);
/// A value as it is read: "0.3 loss", "off", "8 epochs".
QString optionReadText(const OptionField& option, const QString& value);
/// What 0 means where it is not just a number ("automatic"); empty for any other value.
QString optionZeroText(const OptionField& option, const QString& value);
/// What a variant of a system is called.
QString variantTitle(const QString& variant);
/// Heading of the group that an option is in.
QString optionGroupTitle(const OptionField& option);
/// What a preset is for.
QString presetTitle(const SystemField& system, const QString& preset);
/// What no preset means.
QString noPresetTitle();
/// Full name of a system.
QString systemTitle(const SystemField& system);

}  // namespace mnerva::ui
