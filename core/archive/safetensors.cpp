#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/archive/forms_internal.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/printable.h"

namespace mnerva::archive {
namespace {

using nlohmann::json;

struct TypeName {
    const char* name;
    ElementType type;
};
constexpr std::array kTypes = {
    TypeName{"F32", ElementType::F32},   TypeName{"F16", ElementType::F16}, TypeName{"BF16", ElementType::BF16},
    TypeName{"I64", ElementType::I64},   TypeName{"F64", ElementType::F64}, TypeName{"I32", ElementType::I32},
    TypeName{"I16", ElementType::I16},   TypeName{"I8", ElementType::I8},   TypeName{"U8", ElementType::U8},
    TypeName{"BOOL", ElementType::Bool},
};
constexpr std::uint64_t kLargestHeader = 100U << 20;  // as the format's own readers
/// A tensor takes about ten values. Word lists of our own stand in the metadata, as one text.
constexpr JsonLimits kHeaderLimits{kLargestHeader, 16, 12 * kMostTensors};

class HeaderReader {
public:
    HeaderReader(std::string_view bytes, TensorFile& out) : m_out(out) {
        if (bytes.size() < 8) throw Error(ErrorCode::ArchiveTruncated, {path()});
        std::uint64_t length = 0;
        for (std::size_t i = 8; i-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes[i]);
        if (length > kLargestHeader) invalid("a header of " + std::to_string(length) + " bytes", "at most 100 MiB");
        if (length > bytes.size() - 8) throw Error(ErrorCode::ArchiveTruncated, {path()});
        m_header = parseJson(bytes.substr(8, length), m_out.path, kHeaderLimits);
        if (!m_header.is_object()) invalid("a header that is no JSON object", "a safetensors header");
        m_data = bytes.substr(8 + length);
    }

    void read() {
        if (m_header.size() > kMostTensors)
            throw Error(ErrorCode::BoundExceeded, {path(), "tensors", std::to_string(kMostTensors)});
        std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
        for (const auto& [name, entry] : m_header.items()) {
            if (name == "__metadata__") {
                if (!entry.is_object()) invalid("\"__metadata__\" is no object", "texts by name");
                for (const auto& [key, text] : entry.items())
                    if (text.is_string()) m_out.metadata[key] = text.get<std::string>();
            } else {
                ranges.push_back(readTensor(name, entry));
            }
        }
        if (ranges.empty()) invalid("no tensor", "tensors by name");
        std::sort(ranges.begin(), ranges.end());
        std::uint64_t end = 0;
        for (const auto& [first, last] : ranges) {
            if (first != end)
                invalid("tensors that overlap or leave a gap at byte " + std::to_string(end), "tensors end to end");
            end = last;
        }
        if (end != m_data.size())
            invalid(std::to_string(m_data.size()) + " bytes of values",
                    std::to_string(end) + " bytes as the header says");
    }

private:
    std::string path() const { return m_out.path.string(); }
    [[noreturn]] void invalid(const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {path(), found, wanted});
    }

    std::vector<std::int64_t> sizes(const std::string& name, const json& entry, const char* field) const {
        std::vector<std::int64_t> out;
        const bool present = entry.is_object() && entry.contains(field) && entry[field].is_array();
        if (!present) invalid("tensor " + excerpt(name) + " without " + field, "a list of whole numbers");
        if (entry[field].size() > kMostSides)
            invalid("tensor " + excerpt(name) + " with " + std::to_string(entry[field].size()) + " numbers as " + field,
                    "at most " + std::to_string(kMostSides));
        for (const json& number : entry[field]) {
            if (!number.is_number_unsigned() || number.get<std::uint64_t>() > kMostElements)
                invalid("tensor " + excerpt(name) + " with " + field + " " + excerpt(entry[field].dump()),
                        "whole numbers from 0");
            out.push_back(number.get<std::int64_t>());
        }
        return out;
    }

    std::pair<std::uint64_t, std::uint64_t> readTensor(const std::string& name, const json& entry) {
        if (name.size() > kLongestTensorName)
            invalid("a tensor's name of " + std::to_string(name.size()) + " bytes",
                    "at most " + std::to_string(kLongestTensorName));
        const std::string what = "tensor " + excerpt(name);
        StoredTensor tensor;
        tensor.shape = sizes(name, entry, "shape");
        const std::vector<std::int64_t> offsets = sizes(name, entry, "data_offsets");
        if (offsets.size() != 2 || offsets[0] > offsets[1])
            invalid(what + " with data_offsets " + excerpt(entry["data_offsets"].dump()), "[begin, end]");
        const std::string typeName = entry.contains("dtype") && entry["dtype"].is_string() ? entry["dtype"] : "nothing";
        const auto known =
            std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName& t) { return t.name == typeName; });
        if (known == kTypes.end()) invalid(what + " of type " + excerpt(typeName), "F32, F16, BF16 or I64");
        tensor.type = known->type;
        const auto count = checkedCount(tensor.shape, kMostElements);
        if (!count) invalid(what + " of impossible size " + excerpt(entry["shape"].dump()), "one that fits");
        const std::uint64_t bytes = *count * widthOf(tensor.type);  // 2^48 times 8 at most
        const auto first = static_cast<std::uint64_t>(offsets[0]), last = static_cast<std::uint64_t>(offsets[1]);
        if (bytes != last - first)
            invalid(what + " of " + std::to_string(last - first) + " bytes",
                    std::to_string(bytes) + " bytes for its shape");
        if (last > m_data.size()) throw Error(ErrorCode::ArchiveTruncated, {path()});
        tensor.strides = contiguousStrides(tensor.shape);
        tensor.data = m_data.data() + first;
        m_out.tensors[name] = std::move(tensor);
        return {first, last};
    }

    TensorFile& m_out;
    json m_header;
    std::string_view m_data;
};

}  // namespace

void readSafetensors(std::string_view bytes, TensorFile& out) {
    HeaderReader(bytes, out).read();
}

}  // namespace mnerva::archive
