#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query.h"

namespace mnerva::query {

/// A query as the conditions that must all hold: what is joined by "and" at its top.
struct Parts {
    struct Part {
        std::string text;  ///< as it was written; in parentheses where it could not stand beside another one
        Node node;
    };
    Query query;              ///< names in it are as they were written
    std::vector<Part> parts;  ///< in the order of the text
};

/// Nothing: the text is no query.
std::optional<Parts> partsOf(std::string_view text);

/// Conditions as one query; empty ones are left out.
std::string allOf(std::span<const std::string> conditions);
/// One condition that holds where any of these does; empty for none.
std::string anyOf(std::span<const std::string> conditions);

}  // namespace mnerva::query
