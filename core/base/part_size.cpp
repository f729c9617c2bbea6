#include "core/base/part_size.h"

#include <array>
#include <new>

namespace mnerva {

bool saysOutOfMemory(std::string_view text) {
    // What follows this mark is a list of functions, whose names say nothing of the failure.
    text = text.substr(0, text.find("Exception raised from"));
    constexpr std::array<std::string_view, 7> kSigns{
        "out of memory",  "not enough memory",          "can't allocate memory",    "alloc_cpu",
        "std::bad_alloc", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED"};
    return std::any_of(kSigns.begin(), kSigns.end(),
                       [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

bool isOutOfMemory(const std::exception& failure) {
    if (dynamic_cast<const std::bad_alloc*>(&failure)) return true;
    if (const auto* error = dynamic_cast<const Error*>(&failure)) return error->code() == ErrorCode::MemoryExhausted;
    return saysOutOfMemory(failure.what());
}

std::size_t PartSize::next(std::size_t left) const {
    const std::size_t limit = m_limit;
    if (limit == 0 || left <= limit) return left;
    const std::size_t parts = (left + limit - 1) / limit;
    return (left + parts - 1) / parts;
}

void PartSize::lower(std::size_t failed, const std::string& doing) {
    if (failed <= 1) throw Error(ErrorCode::MemoryOfOne, {doing});
    m_limit = failed / 2;
    if (m_told) m_told(failed / 2);
}

}  // namespace mnerva
