#include "core/protocol/held_out.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] {
        for (const protocol::HeldOut heldOut = protocol::readHeldOut(input, "held-out.jsonl");
             const protocol::HeldOutPost& post : heldOut.posts)
            if (post.probabilities.size() != post.tags.size() * heldOut.tags.size()) std::abort();
    });
}

const fuzz::Known kKnown("held_out", run);

}  // namespace
