#include "core/formats/format.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace mnerva::formats {
namespace {

std::string lowered(const std::string& text) {
    std::string out = text;
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

}  // namespace

bool Format::isWritten() const {
    if (const auto* posts = as<PostKind>()) return posts->append != nullptr;
    if (const auto* predictions = as<PredictionKind>()) return predictions->append != nullptr;
    if (const auto* texts = as<AuxiliaryKind>()) return texts->append != nullptr;
    const auto* boxes = as<BoxKind>();
    return boxes && boxes->write != nullptr;
}

bool Format::isNamedLike(const std::filesystem::path& path) const {
    const std::string written = lowered(path.filename().string());
    return std::any_of(files.begin(), files.end(), [&](const FileName& file) {
        const auto isPart = [&](std::string_view part) { return written.find(part) != written.npos; };
        return written.ends_with(file.ending) &&
               (file.parts.empty() || std::any_of(file.parts.begin(), file.parts.end(), isPart));
    });
}

bool isKnownTag(std::string_view tag) {
    if (tag == "O") return true;
    if (tag.size() < 3 || tag[1] != '-') return false;
    if (std::string_view("BMIES").find(tag[0]) == std::string_view::npos) return false;
    return std::none_of(tag.begin(), tag.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

std::optional<Split> splitOfFileName(const std::filesystem::path& path) {
    const std::string name = lowered(path.stem().string());
    struct Word {
        std::string_view word;
        Split split;
    };
    static constexpr std::array kWords{Word{"train", Split::Train}, Word{"valid", Split::Valid},
                                       Word{"dev", Split::Valid}, Word{"val", Split::Valid}, Word{"test", Split::Test}};
    for (const Word& w : kWords)
        if (name.find(w.word) != name.npos) return w.split;
    return std::nullopt;
}

}  // namespace mnerva::formats
