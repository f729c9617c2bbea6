#include "core/project/search_index.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/text/utf8.h"

namespace mnerva::project {
namespace {

constexpr char kBetween = '\x1f';  // between id and text, and after each post; taken out of both
constexpr char32_t kFirstNotAscii = 0x80;

void appendFolded(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < kFirstNotAscii) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == kBetween ? ' ' : c;
            ++at;
            continue;
        }
        const char32_t point = text::nextCodePoint(text, at);
        text::appendCodePoint(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT)));
    }
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out;
    appendFolded(out, text);
    return out;
}

void SearchIndex::add(PostId post, std::string_view externalId, JoinRule join, std::string_view joinedWords) {
    appendFolded(m_text, externalId);
    m_text += kBetween;
    const std::size_t begin = m_text.size();
    appendFolded(m_text, joinedWords);
    const auto words = m_text.begin() + static_cast<std::ptrdiff_t>(begin);
    if (join == JoinRule::Space)
        std::replace(words, m_text.end(), '\n', ' ');
    else
        m_text.erase(std::remove(words, m_text.end(), '\n'), m_text.end());
    m_text += kBetween;
    m_ends.push_back(m_text.size());
    m_posts.push_back(post);
}

std::vector<PostId> SearchIndex::find(std::string_view needle, int limit) const {
    const std::string wanted = folded(needle);
    std::vector<PostId> found;
    for (std::size_t at = 0; static_cast<int>(found.size()) < limit;) {
        at = m_text.find(wanted, at);
        if (at == std::string::npos || at >= m_text.size()) break;
        const auto end = std::upper_bound(m_ends.begin(), m_ends.end(), at);
        found.push_back(m_posts[static_cast<std::size_t>(end - m_ends.begin())]);
        at = *end;
    }
    return found;
}

}  // namespace mnerva::project
