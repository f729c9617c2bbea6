#include "core/workflow/advice/preset_choice.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/base/translatable.h"
#include "core/workflow/advice/known_data.h"

namespace mnerva::workflow {
namespace {

bool has(const std::vector<std::string>& offered, std::string_view preset) {
    return std::find(offered.begin(), offered.end(), preset) != offered.end();
}

/// The recipe of a data set that has none of its own: Twitter-10000 is drawn from both of these.
std::string_view recipeFor(const KnownData& data, const std::vector<std::string>& offered,
                           const EncoderSketch& encoder) {
    if (std::string_view(data.name) != "twitter10000") return data.name;
    if (encoder.modelType == "bart" && has(offered, "twitter-gmner")) return "twitter-gmner";
    return "twitter2015";
}

const KnownData& dataCalled(std::string_view name) {
    const std::span<const KnownData> all = knownData();
    const auto found = std::find_if(all.begin(), all.end(), [&](const KnownData& data) { return name == data.name; });
    MNERVA_CHECK(found != all.end());
    return *found;
}

}  // namespace

PresetChoice choosePreset(const std::vector<std::string>& offered, const DataSheet& sheet,
                          const EncoderSketch& encoder) {
    if (const Recognised found = recognise(sheet); found.data) {
        const std::string preset(recipeFor(*found.data, offered, encoder));
        if (has(offered, preset)) {
            const bool isOwn = preset == found.data->name || preset == "twitter-gmner";
            if (!isOwn) return {preset, "relative", {found.data->title, dataCalled(preset).title}};
            return {preset, found.by == Recognised::By::Content ? "content" : "sizes", {found.data->title}};
        }
    }
    if (sheet.isSample && has(offered, "sample")) return {"sample", "sample", {}};
    if (encoder.size == EncoderSize::Tiny && has(offered, "sample")) return {"sample", "tiny", {}};
    const bool readsLanguages = encoder.modelType == "xlm-roberta" || encoder.modelType == "camembert";
    if (encoder.size == EncoderSize::Large && readsLanguages && has(offered, "xlm-r")) return {"xlm-r", "xlm-r", {}};
    if (sheet.language == PostLanguage::Chinese && has(offered, "wukong"))
        return {"wukong", "chinese", {dataCalled("wukong").title}};
    if (sheet.language == PostLanguage::Latin && haveTypesOf(dataCalled("twitter2017"), sheet.types) &&
        has(offered, "twitter2017"))
        return {"twitter2017", "labels", {dataCalled("twitter2017").title}};
    return {"", "none", {}};
}

std::string_view presetReasonText(std::string_view reason) {
    struct Sentence {
        std::string_view code, text;
    };
    static constexpr std::array<Sentence, 9> all{{
        {"content", MNERVA_TEXT("Preset", "Chosen because these are posts of {0}.")},
        {"sizes", MNERVA_TEXT("Preset", "Chosen because splits, labels and language are those of {0}.")},
        {"relative",
         MNERVA_TEXT("Preset", "Chosen because these are posts of {0}, for which {1} has the nearest recipe.")},
        {"sample", MNERVA_TEXT("Preset", "Chosen because this is the sample project.")},
        {"tiny", MNERVA_TEXT("Preset", "Chosen because a tiny encoder, which knows nothing yet, learns best with it.")},
        {"xlm-r", MNERVA_TEXT("Preset", "Chosen because the encoder is a large XLM-RoBERTa.")},
        {"chinese", MNERVA_TEXT("Preset", "Chosen because the posts are Chinese, like those of {0}.")},
        {"labels", MNERVA_TEXT("Preset", "Chosen because language and labels are those of {0}.")},
        {"none", MNERVA_TEXT("Preset", "None was made for data like these; the defaults are a start.")},
    }};
    for (const Sentence& sentence : all)
        if (sentence.code == reason) return sentence.text;
    return {};
}

}  // namespace mnerva::workflow
