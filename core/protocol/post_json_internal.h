#pragma once

#include <string_view>

#include "core/domain/post_input.h"
#include "core/protocol/fields_internal.h"

namespace mnerva::protocol {

/// A post as it is asked about: members of a request.
nlohmann::json postToJson(const PostInput& post);
/// Throws Error(ProtocolInvalid) naming the field.
PostInput postFromFields(const Fields& fields);

nlohmann::json binaryJson(std::string_view bytes);
std::vector<Finding> findingsOf(const Fields& fields, const std::string& field);
/// Cells of the 7x7 grid, 0..48.
std::vector<int> cellsOf(const Fields& fields, const std::string& field);
/// One of attributionBaselines().
std::string baselineOf(const Fields& fields, const std::string& field, const std::string& fallback);

}  // namespace mnerva::protocol
