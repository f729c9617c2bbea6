#pragma once

#include <vector>

#include "core/query/query.h"

namespace mnerva::query {

/// Something that may stand at the cursor.
struct Completion {
    std::string text;  ///< "label:", "PER", "\"my run\"": put in place of `replaced`
    std::string note;  ///< an example of a field; empty for values
    Place replaced;
};

/// What may be written at a cursor (a code point of `text`), best first, at most `most`: fields, labels, runs, layers
/// and values whose names begin with what stands before it, then those that hold it. Nothing inside quotes and where
/// what stands before is wrong.
std::vector<Completion> completions(std::string_view text, std::size_t cursor, const Names& names,
                                    std::size_t most = 32);

/// A query with `condition` in place of its condition about `field`, where one stands by itself or beside others joined
/// by and; else with it added. An empty condition takes it away. For menus that write into the query line.
std::string withCondition(std::string_view text, Field field, std::string_view condition);

/// The value of a query's condition about a field, as withCondition() would replace it: "test" of "split:test x"; empty
/// without one.
std::string conditionValue(std::string_view text, Field field);

}  // namespace mnerva::query
