#include "core/store/change_json.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

/// What is no change is an internal error here; the journal says that the project is damaged.
void run(std::string_view input) {
    try {
        const Change change = store::changeFromJson(std::string(input));
        store::changeFromJson(store::changeToJson(change));
    } catch (const Error&) {
    }
}

const fuzz::Known kKnown("change_json", run);

}  // namespace
