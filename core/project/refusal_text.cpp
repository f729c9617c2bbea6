#include "core/project/refusal_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/translatable.h"

namespace mnerva::project {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kRefusals{{
    {"overlap", MNERVA_TEXT("Refusal", "That would overlap another entity.")},
    {"outside", MNERVA_TEXT("Refusal", "There are no more words on that side.")},
    {"nothing-here", MNERVA_TEXT("Refusal", "There is nothing here for that key.")},
    {"no-text", MNERVA_TEXT("Refusal", "A comment needs a text of at most 20,000 bytes and the name of its author.")},
    {"read-only", MNERVA_TEXT("Refusal", "This project is open read-only; nothing was changed.")},
    {"save-failed", MNERVA_TEXT("Refusal", "The last change could not be saved yet; try that again first.")},
    {"conflict",
     MNERVA_TEXT("Refusal", "The post was changed meanwhile and is being read again; your last key was not applied.")},
    {"box-empty", MNERVA_TEXT("Refusal", "A box needs a width and a height inside the picture.")},
    {"box-found",
     MNERVA_TEXT("Refusal", "This box comes from a file or a detector and stays; link it, or draw one of your own.")},
    {"box-linked", MNERVA_TEXT("Refusal", "The entity is linked to this box already.")},
    {"box-name", MNERVA_TEXT("Refusal", "The name of a box is one line of at most 200 characters.")},
    {"link-of-gold",
     MNERVA_TEXT("Refusal", "That link is gold's and stays; link the entity to another box, and that one counts.")},
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
