#include "core/domain/finding.h"

#include "core/text/utf8.h"

namespace mnerva {
namespace {
constexpr std::size_t kShownCodePoints = 200;
}

void Findings::add(Finding finding) {
    if (++m_counts[finding.code] > kKept) return;
    const std::string_view shown = text::firstCodePoints(finding.text, kShownCodePoints);
    if (shown.size() < finding.text.size()) finding.text = std::string(shown) + "…";
    m_list.push_back(std::move(finding));
}

void Findings::append(const Findings& other) {
    std::map<std::string, int> kept;
    for (const auto& [code, count] : m_counts) kept[code] = count;
    for (const Finding& finding : other.m_list)
        if (++kept[finding.code] <= kKept) m_list.push_back(finding);
    for (const auto& [code, count] : other.m_counts) m_counts[code] += count;
}

int Findings::count(const std::string& code) const {
    const auto found = m_counts.find(code);
    return found == m_counts.end() ? 0 : found->second;
}

}  // namespace mnerva
