#include "app/commands/split_option.h"

#include "core/base/error.h"

namespace mnerva::app {

std::optional<Split> splitOption(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto split = splitFromName(name);
    if (!split) throw Error(ErrorCode::OptionInvalid, {"--split", name, "train, valid or test"});
    return split;
}

}  // namespace mnerva::app
