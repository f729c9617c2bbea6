#include "core/formats/mner_reader.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    Findings findings;
    fuzz::read([&] {
        for (const Post& post : formats::readMnerPosts(fuzz::fileWith(input), findings))
            if (post.words.size() != post.sourceTags.size()) std::abort();
    });
}

const fuzz::Known kKnown("mner", run);

}  // namespace
