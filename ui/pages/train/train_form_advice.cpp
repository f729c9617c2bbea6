#include <QCoreApplication>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/pages/train/option_texts.h"
#include "ui/pages/train/train_form.h"

// What the form offers by itself: the preset that fits data and encoder, and learning rates that fit the encoder.

namespace mnerva::ui {
namespace {

using nlohmann::json;

/// Whom a recipe was made for.
QString madeForText(workflow::EncoderSize size) {
    switch (size) {
        case workflow::EncoderSize::Tiny:
            return TrainForm::tr("a tiny encoder");
        case workflow::EncoderSize::Small:
            return TrainForm::tr("a small encoder");
        case workflow::EncoderSize::Base:
            return TrainForm::tr("an encoder like BERT-base");
        case workflow::EncoderSize::Large:
            return TrainForm::tr("a large encoder");
    }
    return {};
}

}  // namespace

void TrainForm::setSheet(workflow::DataSheet sheet) {
    m_sheet = std::move(sheet);
    if (takeOffer()) Q_EMIT optionsReset();
    Q_EMIT changed();
}

void TrainForm::offerPreset() {
    m_presetIsOwn = false;
    m_preset.clear();
    forgetOptions();
    m_ofRecipe.clear();
    takeOffer();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

void TrainForm::setEncoderSketch(std::optional<workflow::EncoderSketch> sketch) {
    m_sketch = std::move(sketch);
    if (takeOffer()) Q_EMIT optionsReset();
    Q_EMIT changed();
}

workflow::PresetChoice TrainForm::choice() const {
    std::vector<std::string> offered;
    if (const SystemField* now = chosen())
        for (const auto& [preset, values] : now->presets) offered.push_back(toUtf8(preset));
    // Of an encoder that nobody has looked at yet: one of the usual size.
    return workflow::choosePreset(offered, m_sheet.value_or(workflow::DataSheet{}),
                                  m_sketch.value_or(workflow::EncoderSketch{workflow::EncoderSize::Base, ""}));
}

/// True where it is another preset than before. What a person set stays: nobody asked for another recipe.
bool TrainForm::takeOffer() {
    if (m_presetIsOwn || !m_sheet || !chosen()) return false;
    const QString preset = fromUtf8(choice().preset);
    if (preset == m_preset) return false;
    m_preset = preset;
    return true;
}

/// A preset that the chosen system lacks, be it a person's choice, makes room for an offer.
void TrainForm::dropForeignPreset() {
    const SystemField* now = chosen();
    if (m_preset.isEmpty() || (now && now->preset(m_preset))) return;
    m_preset.clear();
    m_presetIsOwn = false;
}

QString TrainForm::presetReason() const {
    if (!m_sheet || !chosen()) return {};
    const workflow::PresetChoice offer = choice();
    if (fromUtf8(offer.preset) == m_preset)
        return fromUtf8(
            fillTemplate(toUtf8(translated("Preset", workflow::presetReasonText(offer.reason))), offer.args));
    if (offer.preset.empty()) return {};
    return tr("For these data and this encoder “%1” would be offered.")
        .arg(presetTitle(*chosen(), fromUtf8(offer.preset)));
}

json TrainForm::presetValue(const QString& name) const {
    const json recipe = recipeValue(name);
    const SystemField* now = chosen();
    const OptionField* option = now ? now->option(name) : nullptr;
    if (!m_sketch || !option || !option->isOffered || !recipe.is_number() || !option->fallback.is_number() ||
        !workflow::isRate(toUtf8(name)))
        return recipe;
    const workflow::EncoderSize madeFor = workflow::sizeOfPreset(toUtf8(m_preset));
    if (madeFor == m_sketch->size) return recipe;
    return workflow::fittedRate(toUtf8(name), recipe.get<double>(), madeFor, m_sketch->size,
                                option->fallback.get<double>());
}

QString TrainForm::rateNote() const {
    const QString rate = QStringLiteral("lr");
    const json recipe = recipeValue(rate), fitted = presetValue(rate);
    const SystemField* now = chosen();
    const OptionField* option = now ? now->option(rate) : nullptr;
    if (!option || !option->isOffered || !fitted.is_number()) return {};
    if (isChanged(rate)) {
        const ParsedOption own = parseOption(*option, text(rate));
        if (!own.problem.isEmpty() || !own.value.is_number() ||
            !workflow::isFarFrom(own.value.get<double>(), fitted.get<double>()))
            return {};
        return tr("The learning rate %1 was set by hand; %2 is usual with this encoder.")
            .arg(optionText(own.value), optionText(fitted));
    }
    if (recipe == fitted) return {};
    return tr("The learning rate follows the encoder: %1 in place of %2, which is for %3.")
        .arg(optionText(fitted), optionText(recipe), madeForText(workflow::sizeOfPreset(toUtf8(m_preset))));
}

}  // namespace mnerva::ui
