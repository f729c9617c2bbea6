#include "core/formats/mner_writer.h"

#include "core/base/check.h"
#include "core/formats/mner_reader.h"

namespace mnerva::formats {

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

}  // namespace mnerva::formats
