#include "core/project/refusal_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/translatable.h"

namespace mnerva::project {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kRefusals{{
    {"overlap", MNERVA_TEXT("Refusal", "That would overlap another entity.")},
    {"outside", MNERVA_TEXT("Refusal", "There are no more words on that side.")},
    {"nothing-here", MNERVA_TEXT("Refusal", "There is nothing here for that key.")},
    {"no-text", MNERVA_TEXT("Refusal", "A comment needs a text of at most 20,000 bytes and the name of its author.")},
    {"read-only", MNERVA_TEXT("Refusal", "This project is open read-only; nothing was changed.")},
    {"save-failed", MNERVA_TEXT("Refusal", "The last change could not be saved yet; try that again first.")},
    {"conflict",
     MNERVA_TEXT("Refusal", "The post was changed meanwhile and is being read again; your last key was not applied.")},
    {"nothing-to-undo", MNERVA_TEXT("Refusal", "There is nothing to undo.")},
    {"nothing-to-redo", MNERVA_TEXT("Refusal", "There is nothing to redo.")},
}};

}  // namespace

const std::vector<std::string>& refusalCodes() {
    static const std::vector<std::string> codes = [] {
        std::vector<std::string> out;
        for (const auto& refusal : kRefusals) out.emplace_back(refusal.first);
        return out;
    }();
    return codes;
}

std::string_view refusalSentence(std::string_view code) {
    const auto found = std::find_if(kRefusals.begin(), kRefusals.end(), [&](const auto& r) { return r.first == code; });
    return found == kRefusals.end() ? code : found->second;
}

}  // namespace mnerva::project
