#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>

#include "core/base/error.h"
#include "core/models/post_encoder_internal.h"
#include "core/text/utf8.h"

namespace mnerva::models {

struct PostEncoder::Impl {
    std::unordered_map<std::string, int> ids;
};

PostEncoder::PostEncoder(std::string vocabulary, bool lowerCase, const std::string& name)
    : m_impl(std::make_unique<Impl>()), m_vocabulary(std::move(vocabulary)), m_lowerCase(lowerCase) {
    std::istringstream s(m_vocabulary);
    std::string line;
    while (std::getline(s, line)) m_impl->ids.emplace(line, static_cast<int>(m_impl->ids.size()));
    for (const char* t : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"})
        if (!m_impl->ids.count(t)) throw Error(ErrorCode::EncoderInvalid, {name, std::string("no ") + t, t});
    m_pad = m_impl->ids["[PAD]"];
    m_cls = m_impl->ids["[CLS]"];
    m_sep = m_impl->ids["[SEP]"];
}
PostEncoder::~PostEncoder() = default;
int PostEncoder::size() const {
    return static_cast<int>(m_impl->ids.size());
}

EncodedPost PostEncoder::encode(const std::vector<std::string>& words, int longest) const {
    EncodedPost out;
    out.ids.push_back(m_cls);
    for (std::string w : words) {
        std::transform(w.begin(), w.end(), w.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        EncodedPost::Word e{static_cast<int>(out.ids.size()), 0};
        if (!w.empty() && static_cast<int>(out.ids.size()) + 1 < longest) {
            const auto f = m_impl->ids.find(w);
            out.ids.push_back(f == m_impl->ids.end() ? m_impl->ids["[UNK]"] : f->second);
            e.pieces = 1;
        }
        if (!w.empty() && e.pieces == 0) ++out.cutWords;
        out.words.push_back(e);
    }
    out.ids.push_back(m_sep);
    return out;
}

std::string tinyVocabulary(const std::vector<const std::vector<std::string>*>& posts, int) {
    std::map<std::string, int> c;
    for (const auto* p : posts)
        for (std::string w : *p) {
            std::transform(w.begin(), w.end(), w.begin(), [](char ch) { return static_cast<char>(std::tolower(ch)); });
            ++c[w];
        }
    std::string out = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
    for (auto& [w, n] : c) out += w + "\n";
    return out;
}
}  // namespace mnerva::models
