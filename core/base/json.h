#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

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

/// Whether a value is a whole number that fits into `Int`.
template <class Int>
bool isWholeNumber(const nlohmann::json& value) noexcept {
    if (value.is_number_unsigned()) return std::in_range<Int>(*value.get_ptr<const std::uint64_t*>());
    return value.is_number_integer() && std::in_range<Int>(*value.get_ptr<const std::int64_t*>());
}

/// A value as a whole number. Throws json::type_error, as get() does for other wrong types, for what is no whole number
/// or does not fit into `Int`: get() would make a number of it that nobody wrote, or worse for one like 1e22.
template <class Int>
Int wholeNumber(const nlohmann::json& value) {
    if (!isWholeNumber<Int>(value))
        throw nlohmann::json::type_error::create(302, "a whole number in its range was wanted", &value);
    return value.get<Int>();
}

/// The same of a member; `fallback` where it is missing or none.
template <class Int>
Int wholeNumberOr(const nlohmann::json& object, const char* name, Int fallback) noexcept {
    const auto found = object.find(name);  // end() for what is no object
    return found != object.end() && isWholeNumber<Int>(*found) ? found->template get<Int>() : fallback;
}

}  // namespace mnerva
