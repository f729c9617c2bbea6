#include "core/formats/mner_writer.h"

#include "core/base/check.h"
#include "core/formats/mner_reader.h"

namespace mnerva::formats {
namespace {
constexpr std::size_t kBlockBytes = 1 << 18;
}

void appendMnerPost(std::string& out, const Post& post, std::span<const std::string> tags, bool auxiliary) {
    MNERVA_CHECK(tags.size() == post.words.size());
    out += "IMGID:";
    out += post.externalId;
    out += '\n';
    for (std::size_t i = 0; i < tags.size(); ++i) {
        out += post.words[i];
        out += '\t';
        out += tags[i];
        out += '\n';
    }
    const auto add = [&](std::string_view word) {
        out += word;
        out += '\t';
        out += kAuxiliaryTag;
        out += '\n';
    };
    if (auxiliary && !post.auxiliary.empty()) {
        add(kAuxiliaryMark);
        for (const AuxiliaryText& text : post.auxiliary)
            for (const std::string& word : text.words) add(word);
    }
    out += '\n';
}

void MnerWriter::add(const Post& post, std::span<const std::string> tags) {
    appendMnerPost(m_pending, post, tags, m_auxiliary);
    ++m_posts;
    if (m_pending.size() < kBlockBytes) return;
    m_file.write(m_pending);
    m_pending.clear();
}

void MnerWriter::finish() {
    if (!m_pending.empty()) m_file.write(m_pending);
    m_pending.clear();
    m_file.finish();
}

void MnerWriter::commit() {
    finish();
    m_file.commit();
}

}  // namespace mnerva::formats
