#include "core/base/json.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    const JsonLimits limits{1 << 16, 64, 1000};
    const bool tried = !tryParseJson(input, limits).is_discarded();
    bool parsed = false;
    fuzz::read([&] {
        parseJson(input, "x.json", limits).dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
        parsed = true;
    });
    if (parsed != tried) std::abort();
}

const fuzz::Known kKnown("json", run);

}  // namespace
