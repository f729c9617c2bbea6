#include "core/formats/all.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"

// A line a format; `one(x)` is `Format xFormat()` of its file.
#define MNERVA_FORMATS(one) one(mner) one(umgf) one(pre) one(mtmner) one(systems) one(auxiliary) one(crops) one(voc)

namespace mnerva::formats {
namespace {

constexpr std::size_t kHeadBytes = 4096;

/// The first bytes; none where the file cannot be read, which its reader then says.
std::string headOf(const std::filesystem::path& path) {
    try {
        const Descriptor file = openForReading(path);
        std::array<char, kHeadBytes> buffer{};
        std::string head;
        while (head.size() < kHeadBytes) {
            const auto count = retried([&] { return ::read(file.get(), buffer.data(), kHeadBytes - head.size()); });
            if (count <= 0) break;
            head.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return head;
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

#define MNERVA_DECLARED(name) Format name##Format();
MNERVA_FORMATS(MNERVA_DECLARED)
#undef MNERVA_DECLARED

const std::vector<Format>& all() {
#define MNERVA_LISTED(name) name##Format(),
    static const std::vector<Format> formats{MNERVA_FORMATS(MNERVA_LISTED)};
#undef MNERVA_LISTED
    return formats;
}

const Format* find(std::string_view name) {
    const auto found =
        std::find_if(all().begin(), all().end(), [&](const Format& format) { return format.name == name; });
    return found == all().end() ? nullptr : &*found;
}

const Format& recogniseAmong(const std::vector<const Format*>& formats, const std::filesystem::path& path) {
    Candidate candidate{path, false, {}};
    std::error_code ignored;
    candidate.isFolder = std::filesystem::is_directory(path, ignored);
    const bool looksInside = std::any_of(formats.begin(), formats.end(),
                                         [](const Format* format) { return format->sniff && !format->isFolder; });
    if (looksInside && !candidate.isFolder) candidate.head = headOf(path);
    const Format* rest = nullptr;
    for (const Format* format : formats) {
        if (!format->sniff) {
            if (!rest) rest = format;
        } else if (format->sniff(candidate)) {
            return *format;
        }
    }
    return *rest;
}

bool isOf(const Format& format, const std::filesystem::path& path) {
    return !format.sniff || format.sniff({path, false, headOf(path)});
}

bool isLossOfReading(std::string_view code) {
    static const std::set<std::string_view> codes = [] {
        std::set<std::string_view> found;
        for (const Format& format : all()) found.insert(format.lossyFindings.begin(), format.lossyFindings.end());
        return found;
    }();
    return codes.contains(code);
}

std::string namesOf(const std::vector<const Format*>& formats, std::string_view first) {
    std::vector<std::string_view> names;
    if (!first.empty()) names.push_back(first);
    for (const Format* format : formats) names.push_back(format->name);
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += std::string(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + std::string(names[i]);
    return text;
}

std::string helpOf(const std::vector<const Format*>& formats) {
    std::string text;
    for (const Format* format : formats)
        text += (text.empty() ? "" : "; ") + std::string(format->name) + ": " + std::string(format->help);
    return text;
}

}  // namespace mnerva::formats
