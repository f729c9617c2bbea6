#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

namespace mnerva {

/// What a JSON text may cost before it is refused. The defaults hold every file that Mnerva and Hugging Face write.
struct JsonLimits {
    std::size_t maxBytes = std::size_t{256} << 20;
    int maxDepth = 64;  ///< nested lists and objects; copying and writing a value needs stack for each level
    std::size_t maxValues = std::size_t{16} << 20;  ///< a value takes at least 16 bytes of memory, a member about 80
};

/// The value of a JSON text. `name` (a path) only names it in errors. Errors: FormatInvalid with the line and what was
/// found; FileTooLarge.
nlohmann::json parseJson(std::string_view text, const std::filesystem::path& name, const JsonLimits& limits = {});

/// parseJson() of a plain file. Errors: as readFile and parseJson.
nlohmann::json readJson(const std::filesystem::path& path, const JsonLimits& limits = {});

/// parseJson() that answers nothing (a discarded value) in place of an error: for lines and notes whose loss is told by
/// the caller, never for files.
nlohmann::json tryParseJson(std::string_view text, const JsonLimits& limits = {}) noexcept;

}  // namespace mnerva
