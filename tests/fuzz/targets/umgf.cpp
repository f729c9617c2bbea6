#include "core/base/file.h"
#include "core/formats/umgf_reader.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

/// Words, tags and picture of one post.
void run(std::string_view input) {
    const auto pieces = fuzz::parts(input, 3);
    const auto words = fuzz::fileWith(pieces[0], "umgf/1_s.txt");
    fuzz::fileWith(pieces[1], "umgf/1_l.txt");
    fuzz::fileWith(pieces[2], "umgf/1_p.txt");
    Findings findings;
    const auto keep = [](Post&& post, int) {
        if (post.words.size() != post.sourceTags.size()) std::abort();
        for (const std::string& image : post.images)
            if (!staysInside(image)) std::abort();
    };
    fuzz::read([&] { formats::readUmgf(words.parent_path(), keep, findings); });
}

const fuzz::Known kKnown("umgf", run);

}  // namespace
